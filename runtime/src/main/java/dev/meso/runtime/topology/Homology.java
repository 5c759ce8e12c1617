package dev.meso.runtime.topology;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;

/**
 * The homology over Z/2 of the directed flag complex of a wiring: the simplicial complex of its directed simplices
 * (Reimann et al. 2017; Lütgehetmann et al. 2020, "Computing persistent homology of directed flag complexes"). Betti
 * number 0 counts the weak components, Betti number k the holes of dimension k.
 *
 * @param simplices the number of simplices of each dimension, from 0 to the highest asked for
 * @param betti the Betti number of each of these dimensions
 */
public record Homology(long[] simplices, long[] betti) {

    /**
     * @param top the highest dimension wanted; simplices of one dimension more are needed for it
     * @param memory bytes that may be used
     * @throws MesoException TOO_LARGE where there are too many simplices for {@code limit} or for the memory
     */
    public static Homology of(Wiring wiring, int top, double limit, long memory, Parallel parallel) {
        int needed = top == Simplices.ALL ? top : top + 1;
        long[] counts = Simplices.count(wiring, needed, top, limit, parallel);
        refuseBeyond(counts, memory);
        int dimensions = Math.min(counts.length - 1, top);
        // rank[k] is that of the coboundary from dimension k - 1 to k.
        long[] rank = new long[dimensions + 2];
        // Simplices that share a hub then have a coface that comes first, and so pair without work: 30 times faster
        // than in
        // ascending order on graphs of 4,000 neurons in space.
        Wiring hubsFirst = HubsFirst.of(wiring);
        BitSet pivots = forest(hubsFirst);
        rank[1] = pivots.cardinality();
        FlagLevel level = FlagLevel.neurons(hubsFirst);
        if (dimensions >= 1 && counts.length > 2) {
            level = level.next(parallel);
        }
        for (int k = 1; k <= dimensions && k + 1 < counts.length; k++) {
            FlagLevel above = level.next(parallel);
            level.forgetFaces();
            pivots = new Coboundary(level.size(), above, pivots, memory - bytes(counts, k)).reduce(parallel);
            rank[k + 1] = pivots.cardinality();
            level = above;
        }
        long[] betti = new long[dimensions + 1];
        for (int k = 0; k <= dimensions; k++) {
            betti[k] = counts[k] - rank[k] - rank[k + 1];
        }
        return new Homology(Arrays.copyOf(counts, dimensions + 1), betti);
    }

    /** Connections that join neurons not yet joined: pivots of the coboundary of the neurons, in the order of rows. */
    private static BitSet forest(Wiring wiring) {
        int[] parent = new int[wiring.n()];
        Arrays.setAll(parent, v -> v);
        BitSet forest = new BitSet();
        int e = 0;
        for (int v = 0; v < wiring.n(); v++) {
            for (int i = wiring.outStart()[v]; i < wiring.outStart()[v + 1]; i++) {
                int w = wiring.outTargets()[i];
                if (w == v) {
                    continue;
                }
                int a = root(parent, v);
                int b = root(parent, w);
                if (a != b) {
                    parent[Math.max(a, b)] = Math.min(a, b);
                    forest.set(e);
                }
                e++;
            }
        }
        return forest;
    }

    private static int root(int[] parent, int v) {
        int r = v;
        while (parent[r] != r) {
            parent[r] = parent[parent[r]];
            r = parent[r];
        }
        return r;
    }

    /** What the coboundary from dimension k takes, before columns are reduced. */
    private static long bytes(long[] counts, int k) {
        long below = counts[k] * (4L * (k + 1) + 16);
        return below + (k + 1 < counts.length ? counts[k + 1] * (8L * (k + 2) + 13) : 0);
    }

    private static void refuseBeyond(long[] counts, long memory) {
        for (int k = 1; k + 1 < counts.length; k++) {
            // Reduced columns come on top; as a rule they take less than the complex.
            long bytes = bytes(counts, k);
            if (bytes > memory || counts[k + 1] * (k + 2) > Integer.MAX_VALUE - 8) {
                throw new MesoException(
                        ErrorCode.TOO_LARGE,
                        String.format(
                                Locale.ROOT,
                                "Betti number %d needs %,d simplices of dimension %d and %.1f GB; there are %.1f GB",
                                k,
                                counts[k + 1],
                                k + 1,
                                bytes / 1e9,
                                memory / 1e9),
                        "ask for max_dimension: " + (k - 1) + ", or for a part of the graph such as"
                                + " g.largest_component(\"strong\")",
                        "more memory is given with `MESO_JAVA_OPTS=-Xmx…`");
            }
        }
    }
}
