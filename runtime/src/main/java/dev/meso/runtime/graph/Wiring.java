package dev.meso.runtime.graph;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Who connects to whom: a directed graph without parallel edges, in compressed sparse rows both ways. Rows are sorted.
 * Immutable; the arrays it hands out are its own and must not be written to. This is what the kernels work on;
 * names, positions, weights and single synapses are kept by {@code Connectome}.
 *
 * <p>Memory: 8 bytes a connection and 8 bytes a neuron. At most 2^31 - 9 connections.
 */
public final class Wiring implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int n;
    private final int[] outStart;
    private final int[] outTargets;
    private final int[] inStart;
    private final int[] inSources;

    private Wiring(int n, int[] outStart, int[] outTargets) {
        this.n = n;
        this.outStart = outStart;
        this.outTargets = outTargets;
        this.inStart = new int[n + 1];
        this.inSources = new int[outTargets.length];
        transpose();
    }

    /**
     * The graph with these connections: parallel ones become one; autapses are dropped unless {@code autapses}.
     * Cost: linear in n + m (two counting passes).
     *
     * @param n number of neurons; all entries lie in 0..n-1
     * @param pre presynaptic neuron of each connection
     * @param post postsynaptic neuron of each connection
     */
    public static Wiring of(int n, int[] pre, int[] post, boolean autapses) {
        int m = pre.length;
        // Counting sort by post, then stably by pre: each row comes out sorted.
        int[] start = new int[n + 1];
        for (int e = 0; e < m; e++) {
            start[post[e] + 1]++;
        }
        for (int v = 0; v < n; v++) {
            start[v + 1] += start[v];
        }
        int[] byPost = new int[m];
        int[] cursor = Arrays.copyOf(start, n);
        for (int e = 0; e < m; e++) {
            byPost[cursor[post[e]]++] = e;
        }
        int[] rows = new int[n + 1];
        for (int e = 0; e < m; e++) {
            rows[pre[e] + 1]++;
        }
        for (int v = 0; v < n; v++) {
            rows[v + 1] += rows[v];
        }
        int[] targets = new int[m];
        System.arraycopy(rows, 0, cursor, 0, n);
        for (int e : byPost) {
            targets[cursor[pre[e]]++] = post[e];
        }
        int kept = 0;
        int[] outStart = new int[n + 1];
        for (int v = 0; v < n; v++) {
            int last = -1;
            for (int i = rows[v]; i < rows[v + 1]; i++) {
                int w = targets[i];
                if (w != last && (autapses || w != v)) {
                    targets[kept++] = w;
                }
                last = w;
            }
            outStart[v + 1] = kept;
        }
        return new Wiring(n, outStart, kept == m ? targets : Arrays.copyOf(targets, kept));
    }

    private void transpose() {
        for (int w : outTargets) {
            inStart[w + 1]++;
        }
        for (int v = 0; v < n; v++) {
            inStart[v + 1] += inStart[v];
        }
        int[] cursor = Arrays.copyOf(inStart, n);
        for (int v = 0; v < n; v++) {
            for (int i = outStart[v]; i < outStart[v + 1]; i++) {
                inSources[cursor[outTargets[i]]++] = v;
            }
        }
    }

    /** Number of neurons. */
    public int n() {
        return n;
    }

    /** Number of connections. */
    public int m() {
        return outTargets.length;
    }

    /** Row bounds of {@link #outTargets}: the targets of v stand at {@code outStart[v] .. outStart[v+1]-1}. */
    public int[] outStart() {
        return outStart;
    }

    public int[] outTargets() {
        return outTargets;
    }

    /** Row bounds of {@link #inSources}. */
    public int[] inStart() {
        return inStart;
    }

    public int[] inSources() {
        return inSources;
    }

    public int outDegree(int v) {
        return outStart[v + 1] - outStart[v];
    }

    public int inDegree(int v) {
        return inStart[v + 1] - inStart[v];
    }

    /** Whether {@code pre -> post} is a connection; cost logarithmic in the out-degree. */
    public boolean connects(int pre, int post) {
        return Arrays.binarySearch(outTargets, outStart[pre], outStart[pre + 1], post) >= 0;
    }

    /** The presynaptic neuron of each connection, in row order; with {@link #outTargets} an edge list. */
    public int[] edgeSources() {
        int[] sources = new int[m()];
        for (int v = 0; v < n; v++) {
            Arrays.fill(sources, outStart[v], outStart[v + 1], v);
        }
        return sources;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Wiring w
                && n == w.n
                && Arrays.equals(outStart, w.outStart)
                && Arrays.equals(outTargets, w.outTargets);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(outStart) + Arrays.hashCode(outTargets);
    }

    @Override
    public String toString() {
        return n + (n == 1 ? " neuron, " : " neurons, ") + m() + (m() == 1 ? " connection" : " connections");
    }
}
