package dev.meso.runtime.motif;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;

/**
 * The triangles of a graph by kind. Neurons are renamed by rank in order of degree; each keeps the list of its partners
 * of higher rank with the code of the dyad. For each u its list is written into a table of marks; then, for each v of the
 * list, each w of v's list that is marked closes a triangle. Lists are at most sqrt(2m) long, so the cost is below m^1.5
 * (Chiba and Nishizeki, "Arboricity and subgraph listing algorithms", SIAM Journal on Computing 14, 1985).
 */
final class TriadKernel {
    /** Enough for balance on 8 threads; each costs a table of n bytes. */
    private static final int PIECES = 64;

    private static final int STEPS_BETWEEN_CHECKPOINTS = 1 << 18;

    private final int n;
    private final long[] wedges = new long[16];
    private final long[] dyads = new long[3];

    /** The list of rank u stands at {@code start[u] .. start[u+1]-1}; entries are {@code rank << 2 | code}. */
    private int[] start;

    private int[] partners;

    /** The neuron of each rank. */
    private int[] byRank;

    private TriadKernel(int n) {
        this.n = n;
    }

    static TriadKernel of(Wiring graph, Parallel parallel) {
        TriadKernel kernel = new TriadKernel(graph.n());
        kernel.count(graph, parallel);
        return kernel;
    }

    long[] dyads() {
        return dyads.clone();
    }

    private void count(Wiring graph, Parallel parallel) {
        int[] rank = ranks(graph);
        byRank = new int[n];
        for (int v = 0; v < n; v++) {
            byRank[rank[v]] = v;
        }
        start = new int[n + 1];
        int pieces = (int) Math.min(PIECES, 1 + graph.m() / 10_000L);
        long[][] part = new long[pieces][];
        parallel.forEach(pieces, null, (p, monitor) -> {
            part[p] = countLists(graph, rank, bound(p, pieces), bound(p + 1, pieces));
            monitor.checkpoint();
        });
        for (long[] sums : part) {
            for (int t = 0; t < 16; t++) {
                wedges[t] += sums[t];
            }
            dyads[1] += sums[16];
            dyads[2] += sums[17];
        }
        dyads[1] /= 2;
        dyads[2] /= 2;
        dyads[0] = n * (n - 1L) / 2 - dyads[1] - dyads[2];
        for (int u = 0; u < n; u++) {
            start[u + 1] += start[u];
        }
        partners = new int[start[n]];
        parallel.forEach(pieces, null, (p, monitor) -> {
            fillLists(graph, rank, bound(p, pieces), bound(p + 1, pieces));
            monitor.checkpoint();
        });
    }

    private int bound(int piece, int pieces) {
        return (int) ((long) n * piece / pieces);
    }

    /** The place of each neuron in order of degree, then index; a counting sort. */
    private static int[] ranks(Wiring graph) {
        int n = graph.n();
        int[] cursor = new int[2 * n + 2];
        for (int v = 0; v < n; v++) {
            cursor[graph.outDegree(v) + graph.inDegree(v) + 1]++;
        }
        for (int d = 1; d < cursor.length; d++) {
            cursor[d] += cursor[d - 1];
        }
        int[] rank = new int[n];
        for (int v = 0; v < n; v++) {
            rank[v] = cursor[graph.outDegree(v) + graph.inDegree(v)]++;
        }
        return rank;
    }

    /** Lengths of the lists into {@code start[u+1]}; gives wedges, then twice the asymmetric and mutual dyads. */
    private long[] countLists(Wiring graph, int[] rank, int from, int to) {
        int[] outs = graph.outTargets();
        int[] ins = graph.inSources();
        long[] sums = new long[18];
        for (int u = from; u < to; u++) {
            int v = byRank[u];
            int o = graph.outStart()[v];
            int i = graph.inStart()[v];
            int oEnd = graph.outStart()[v + 1];
            int iEnd = graph.inStart()[v + 1];
            int higher = 0;
            int sends = 0;
            int receives = 0;
            int both = 0;
            while (o < oEnd || i < iEnd) {
                int a = o < oEnd ? outs[o] : Integer.MAX_VALUE;
                int b = i < iEnd ? ins[i] : Integer.MAX_VALUE;
                int w = Math.min(a, b);
                o += a == w ? 1 : 0;
                i += b == w ? 1 : 0;
                if (w == v) {
                    continue;
                }
                sends += a < b ? 1 : 0;
                receives += b < a ? 1 : 0;
                both += a == b ? 1 : 0;
                higher += rank[w] > u ? 1 : 0;
            }
            start[u + 1] = higher;
            TriadAlgebra.addWedges(sums, sends, receives, both);
            sums[16] += sends + receives;
            sums[17] += both;
        }
        return sums;
    }

    private void fillLists(Wiring graph, int[] rank, int from, int to) {
        int[] outs = graph.outTargets();
        int[] ins = graph.inSources();
        for (int u = from; u < to; u++) {
            int v = byRank[u];
            int o = graph.outStart()[v];
            int i = graph.inStart()[v];
            int oEnd = graph.outStart()[v + 1];
            int iEnd = graph.inStart()[v + 1];
            int next = start[u];
            while (o < oEnd || i < iEnd) {
                int a = o < oEnd ? outs[o] : Integer.MAX_VALUE;
                int b = i < iEnd ? ins[i] : Integer.MAX_VALUE;
                int w = Math.min(a, b);
                int code = 0;
                if (a == w) {
                    code |= TriadAlgebra.SENDS;
                    o++;
                }
                if (b == w) {
                    code |= TriadAlgebra.RECEIVES;
                    i++;
                }
                if (rank[w] > u) {
                    partners[next++] = rank[w] << 2 | code;
                }
            }
        }
    }

    /** The whole census; cost that of the triangles. */
    long[] triads(Parallel parallel) {
        int[] bounds = balancedBounds(PIECES);
        long[][] part = new long[bounds.length - 1][];
        parallel.forEach(part.length, "triads", (p, monitor) -> {
            part[p] = countTriangles(bounds[p], bounds[p + 1], monitor);
        });
        long[] census = wedges.clone();
        for (long[] byKey : part) {
            for (int key = 0; key < 64; key++) {
                if (TriadAlgebra.TRIANGLE[key] >= 0) {
                    census[TriadAlgebra.TRIANGLE[key]] += byKey[key];
                }
            }
        }
        return TriadAlgebra.complete(census, n, dyads);
    }

    /** Cuts the ranks where the steps of {@link #countTriangles} are shared out evenly. */
    private int[] balancedBounds(int most) {
        long[] steps = new long[n + 1];
        for (int u = 0; u < n; u++) {
            long work = 1;
            for (int j = start[u]; j < start[u + 1]; j++) {
                int v = partners[j] >>> 2;
                work += 2 + start[v + 1] - start[v];
            }
            steps[u + 1] = steps[u] + work;
        }
        int pieces = (int) Math.max(1, Math.min(most, steps[n] / 20_000));
        int[] bounds = new int[pieces + 1];
        int u = 0;
        for (int p = 1; p < pieces; p++) {
            while (steps[u] < steps[n] / pieces * p) {
                u++;
            }
            bounds[p] = u;
        }
        bounds[pieces] = n;
        return bounds;
    }

    /** Triangles whose lowest rank is in {@code from .. to-1}, by their three codes (see TriadAlgebra.TRIANGLE). */
    private long[] countTriangles(int from, int to, Monitor monitor) {
        long[] byKey = new long[64];
        byte[] mark = new byte[n];
        long steps = 0;
        for (int u = from; u < to; u++) {
            int end = start[u + 1];
            for (int j = start[u]; j < end; j++) {
                mark[partners[j] >>> 2] = (byte) (partners[j] & 3);
            }
            for (int j = start[u]; j < end; j++) {
                int v = partners[j] >>> 2;
                int key = (partners[j] & 3) << 4;
                int listEnd = start[v + 1];
                steps += listEnd - start[v];
                for (int k = start[v]; k < listEnd; k++) {
                    int entry = partners[k];
                    int uw = mark[entry >>> 2];
                    if (uw != 0) {
                        byKey[key | uw << 2 | entry & 3]++;
                    }
                }
            }
            for (int j = start[u]; j < end; j++) {
                mark[partners[j] >>> 2] = 0;
            }
            if (steps > STEPS_BETWEEN_CHECKPOINTS) {
                monitor.checkpoint();
                steps = 0;
            }
        }
        return byKey;
    }

    /**
     * Triangles by their three codes and the types of their neurons: the number of those with codes {@code key} (see
     * TriadAlgebra.TRIANGLE) and types a, b, c of the neurons in that order stands at {@code ((key * T + a) * T + b) * T + c}.
     *
     * @param typeOf the type of each neuron, below {@code types}
     */
    long[] typedTriangles(int[] typeOf, int types, Parallel parallel) {
        byte[] type = new byte[n];
        for (int u = 0; u < n; u++) {
            type[u] = (byte) typeOf[byRank[u]];
        }
        // Each piece needs a table of its own, so large tables mean few pieces.
        long[] counts = new long[64 * types * types * types];
        int[] bounds = balancedBounds(counts.length > 1 << 20 ? parallel.threads() : PIECES);
        parallel.forEach(bounds.length - 1, "triads", (p, monitor) -> {
            long[] own = countTyped(bounds[p], bounds[p + 1], type, types, monitor);
            synchronized (counts) {
                for (int i = 0; i < counts.length; i++) {
                    counts[i] += own[i];
                }
            }
        });
        return counts;
    }

    private long[] countTyped(int from, int to, byte[] type, int types, Monitor monitor) {
        long[] counts = new long[64 * types * types * types];
        byte[] mark = new byte[n];
        long steps = 0;
        for (int u = from; u < to; u++) {
            int end = start[u + 1];
            for (int j = start[u]; j < end; j++) {
                mark[partners[j] >>> 2] = (byte) (partners[j] & 3);
            }
            for (int j = start[u]; j < end; j++) {
                int v = partners[j] >>> 2;
                int key = (partners[j] & 3) << 4;
                int pair = type[u] * types + type[v];
                int listEnd = start[v + 1];
                steps += listEnd - start[v];
                for (int k = start[v]; k < listEnd; k++) {
                    int entry = partners[k];
                    int uw = mark[entry >>> 2];
                    if (uw != 0) {
                        counts[((key | uw << 2 | entry & 3) * types * types + pair) * types + type[entry >>> 2]]++;
                    }
                }
            }
            for (int j = start[u]; j < end; j++) {
                mark[partners[j] >>> 2] = 0;
            }
            if (steps > STEPS_BETWEEN_CHECKPOINTS) {
                monitor.checkpoint();
                steps = 0;
            }
        }
        return counts;
    }
}
