package dev.meso.runtime.network;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The triangles at each neuron by kind. Neurons are ranked by their number of partners; each triangle is found once, from its
 * neuron of lowest rank, whose higher-ranked partners are marked (Latapy 2008). Cost at most in proportion to m^1.5; memory
 * 5 bytes a pair of partners and 40 bytes a neuron and thread.
 */
final class Triangles {
    /** Counters a neuron: undirected triangles, then Fagiolo's four kinds of directed ones. */
    static final int KINDS = 5;

    static final int UNDIRECTED = 0;

    /** i -> j -> k -> i. */
    static final int CYCLE = 1;

    /** i -> j, k -> j, k -> i: i sends where one of its inputs sends. */
    static final int MIDDLEMAN = 2;

    /** j -> i, k -> i, j -> k: two inputs of i are connected. */
    static final int IN = 3;

    /** i -> j, i -> k, j -> k: two targets of i are connected. */
    static final int OUT = 4;

    private static final int PIECES = 256;

    /** How a pair is connected, as two bits: 1 from the first to the second, 2 back. */
    private static final int FORTH = 1;

    private static final int BACK = 2;

    /** For each way in which i and j, i and k, j and k are connected (two bits each): what corner i counts, by kind. */
    private static final int[][] CORNERS = corners();

    private final int n;
    private final int[] neuron;
    private final int[] start;
    private final int[] higher;
    private final byte[] how;

    private Triangles(Wiring wiring, Undirected graph) {
        n = graph.n();
        neuron = new int[n];
        int[] rank = new int[n];
        rank(graph, neuron, rank);
        start = new int[n + 1];
        higher = new int[graph.neighbours().length / 2];
        how = new byte[higher.length];
        int size = 0;
        for (int r = 0; r < n; r++) {
            int v = neuron[r];
            int out = wiring.outStart()[v];
            int outEnd = wiring.outStart()[v + 1];
            int in = wiring.inStart()[v];
            int inEnd = wiring.inStart()[v + 1];
            for (int e = graph.start()[v]; e < graph.start()[v + 1]; e++) {
                int w = graph.neighbours()[e];
                while (out < outEnd && wiring.outTargets()[out] < w) {
                    out++;
                }
                while (in < inEnd && wiring.inSources()[in] < w) {
                    in++;
                }
                if (rank[w] > r) {
                    boolean forth = out < outEnd && wiring.outTargets()[out] == w;
                    boolean back = in < inEnd && wiring.inSources()[in] == w;
                    higher[size] = rank[w];
                    how[size++] = (byte) ((forth ? FORTH : 0) | (back ? BACK : 0));
                }
            }
            start[r + 1] = size;
        }
    }

    /** The counts of neuron v stand at {@code KINDS * v} and after, in the order of the constants. */
    static long[] counts(Wiring wiring, Undirected graph, Parallel parallel) {
        Triangles triangles = new Triangles(wiring, graph);
        ConcurrentLinkedQueue<Workspace> workspaces = new ConcurrentLinkedQueue<>();
        // Whole numbers: it does not matter which thread counts what.
        parallel.forEach(Math.min(PIECES, wiring.n()), null, (piece, monitor) -> {
            Workspace free = workspaces.poll();
            Workspace workspace = free == null ? new Workspace(wiring.n()) : free;
            triangles.count(piece, workspace, monitor);
            workspaces.add(workspace);
        });
        long[] counts = new long[KINDS * wiring.n()];
        for (Workspace workspace : workspaces) {
            for (int r = 0; r < wiring.n(); r++) {
                int to = KINDS * triangles.neuron[r];
                for (int k = 0; k < KINDS; k++) {
                    counts[to + k] += workspace.counts[KINDS * r + k];
                }
            }
        }
        return counts;
    }

    private static final class Workspace {
        final long[] counts;
        final byte[] mark;

        Workspace(int n) {
            counts = new long[KINDS * n];
            mark = new byte[n];
        }
    }

    /** Orders neurons by their number of partners, then by number (a counting sort). */
    private static void rank(Undirected graph, int[] neuron, int[] rank) {
        int n = graph.n();
        int[] first = new int[n + 1];
        for (int v = 0; v < n; v++) {
            first[graph.degree(v) + 1]++;
        }
        for (int d = 0; d < n; d++) {
            first[d + 1] += first[d];
        }
        for (int v = 0; v < n; v++) {
            rank[v] = first[graph.degree(v)]++;
            neuron[rank[v]] = v;
        }
    }

    /** Every {@link #PIECES}th neuron as the one of lowest rank. */
    private void count(int piece, Workspace workspace, Monitor monitor) {
        byte[] mark = workspace.mark;
        long[] counts = workspace.counts;
        for (int i = piece; i < n; i += PIECES) {
            if (start[i + 1] - start[i] < 2) {
                continue;
            }
            monitor.checkpoint();
            for (int e = start[i]; e < start[i + 1]; e++) {
                mark[higher[e]] = how[e];
            }
            for (int e = start[i]; e < start[i + 1]; e++) {
                int j = higher[e];
                int ij = how[e];
                for (int f = start[j]; f < start[j + 1]; f++) {
                    int k = higher[f];
                    int ik = mark[k];
                    if (ik != 0) {
                        int jk = how[f];
                        add(counts, i, ij | ik << 2 | jk << 4);
                        add(counts, j, turned(ij) | jk << 2 | ik << 4);
                        add(counts, k, turned(ik) | turned(jk) << 2 | ij << 4);
                    }
                }
            }
            for (int e = start[i]; e < start[i + 1]; e++) {
                mark[higher[e]] = 0;
            }
        }
    }

    private static void add(long[] counts, int corner, int connected) {
        int[] kinds = CORNERS[connected];
        int at = KINDS * corner;
        counts[at] += kinds[UNDIRECTED];
        counts[at + CYCLE] += kinds[CYCLE];
        counts[at + MIDDLEMAN] += kinds[MIDDLEMAN];
        counts[at + IN] += kinds[IN];
        counts[at + OUT] += kinds[OUT];
    }

    /** The same pair seen from its other end. */
    private static int turned(int pair) {
        return pair >> 1 | (pair & 1) << 1;
    }

    private static int[][] corners() {
        int[][] corners = new int[64][KINDS];
        for (int code = 0; code < 64; code++) {
            int ij = code & FORTH;
            int ji = (code & BACK) >> 1;
            int ik = code >> 2 & FORTH;
            int ki = (code >> 2 & BACK) >> 1;
            int jk = code >> 4 & FORTH;
            int kj = (code >> 4 & BACK) >> 1;
            boolean closed = ij + ji > 0 && ik + ki > 0 && jk + kj > 0;
            // Each kind with its mirror image, j and k exchanged.
            corners[code][UNDIRECTED] = closed ? 1 : 0;
            corners[code][CYCLE] = ij * jk * ki + ik * kj * ji;
            corners[code][MIDDLEMAN] = ij * kj * ki + ik * jk * ji;
            corners[code][IN] = ji * ki * jk + ki * ji * kj;
            corners[code][OUT] = ij * ik * jk + ik * ij * kj;
        }
        return corners;
    }
}
