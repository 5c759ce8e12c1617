package dev.meso.runtime.network;

import dev.meso.runtime.graph.Components;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.task.Parallel;
import it.unimi.dsi.fastutil.ints.IntArrays;

/**
 * How a network falls apart: the largest weak and the largest strong component as neurons or connections are removed in a given
 * order. The weak one follows from adding them back in reverse with union-find, for all steps at once (Newman MEJ, Ziff RM (2000). Efficient Monte Carlo
 * algorithm and high-precision results for percolation. Phys Rev Lett 85:4104-4107); the strong one is found anew for each step. Cost: linear in n + m for
 * each step.
 *
 * @param removed how many are gone at each step, ascending from 0 to all
 * @param weak neurons of the largest weak component at each step
 * @param strong neurons of the largest strong component
 */
public record Percolation(int[] removed, int[] weak, int[] strong) {
    private static final int CHECK = 1 << 12;

    /** Removes neurons with their connections, in this order: a permutation of all neurons. */
    public static Percolation neurons(Wiring wiring, int[] order, int steps, Parallel parallel) {
        int n = wiring.n();
        int[] when = inverse(order);
        int[] removed = steps(n, steps);
        int[] weak = new int[removed.length];
        Sets sets = new Sets(n);
        for (int left = n, step = removed.length - 1; left >= 0; left--) {
            while (step >= 0 && removed[step] == left) {
                weak[step--] = sets.largest;
            }
            if (left > 0) {
                int v = order[left - 1];
                if ((left & CHECK - 1) == 0) {
                    parallel.monitor().checkpoint();
                }
                sets.add(v);
                for (int e = wiring.outStart()[v]; e < wiring.outStart()[v + 1]; e++) {
                    joinIfThere(sets, v, wiring.outTargets()[e], when, left);
                }
                for (int e = wiring.inStart()[v]; e < wiring.inStart()[v + 1]; e++) {
                    joinIfThere(sets, v, wiring.inSources()[e], when, left);
                }
            }
        }
        int[] pre = wiring.edgeSources();
        int[] gone = new int[pre.length];
        for (int e = 0; e < gone.length; e++) {
            gone[e] = Math.min(when[pre[e]], when[wiring.outTargets()[e]]);
        }
        int[] strong = strong(wiring, gone, removed, parallel);
        // Without connections a neuron is a component, and of removed ones none is left.
        strong[strong.length - 1] = 0;
        return new Percolation(removed, weak, strong);
    }

    private static void joinIfThere(Sets sets, int v, int w, int[] when, int left) {
        if (when[w] >= left - 1) {
            sets.join(v, w);
        }
    }

    /** Removes connections, in this order: a permutation of the connections in row order. All neurons stay. */
    public static Percolation connections(Wiring wiring, int[] order, int steps, Parallel parallel) {
        int m = wiring.m();
        int[] pre = wiring.edgeSources();
        int[] removed = steps(m, steps);
        int[] weak = new int[removed.length];
        Sets sets = new Sets(wiring.n());
        for (int v = 0; v < wiring.n(); v++) {
            sets.add(v);
        }
        for (int left = m, step = removed.length - 1; left >= 0; left--) {
            while (step >= 0 && removed[step] == left) {
                weak[step--] = sets.largest;
            }
            if (left > 0) {
                if ((left & CHECK - 1) == 0) {
                    parallel.monitor().checkpoint();
                }
                sets.join(pre[order[left - 1]], wiring.outTargets()[order[left - 1]]);
            }
        }
        return new Percolation(removed, weak, strong(wiring, inverse(order), removed, parallel));
    }

    /** {@code steps} equal parts of {@code all}, from none to all, each number once. */
    private static int[] steps(int all, int steps) {
        int parts = Math.max(1, Math.min(steps, all));
        int[] removed = new int[all == 0 ? 1 : parts + 1];
        for (int i = 0; i < removed.length; i++) {
            removed[i] = (int) Math.round((double) all * i / parts);
        }
        return removed;
    }

    private static int[] inverse(int[] order) {
        int[] when = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            when[order[i]] = i;
        }
        return when;
    }

    /** @param gone the place of each connection, or of its first end to go, in the order of removal */
    private static int[] strong(Wiring wiring, int[] gone, int[] removed, Parallel parallel) {
        int[] strong = new int[removed.length];
        parallel.forEach(removed.length, "percolation steps", (step, monitor) -> {
            int[] sizes =
                    Components.strong(wiring, gone, removed[step], monitor).sizes();
            strong[step] = sizes.length == 0 ? 0 : sizes[0];
        });
        return strong;
    }

    /**
     * The order in which to remove things with these values, ties in random order.
     *
     * @param values one for each; null for a random order
     * @param largestFirst else the smallest first
     */
    public static int[] order(int count, double[] values, boolean largestFirst, long seed) {
        var random = Streams.of(Streams.seed(seed, "percolation"), 0, 0);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        if (values == null) {
            return order;
        }
        // Stable, so that ties stay in random order.
        IntArrays.mergeSort(
                order,
                (a, b) -> largestFirst ? Double.compare(values[b], values[a]) : Double.compare(values[a], values[b]));
        return order;
    }

    /** Union-find by size with path halving; knows the largest set. */
    private static final class Sets {
        private final int[] parent;
        private final int[] size;
        private int largest;

        Sets(int n) {
            parent = new int[n];
            size = new int[n];
        }

        void add(int v) {
            parent[v] = v;
            size[v] = 1;
            largest = Math.max(largest, 1);
        }

        void join(int v, int w) {
            int a = root(v);
            int b = root(w);
            if (a != b) {
                int big = size[a] >= size[b] ? a : b;
                parent[a + b - big] = big;
                size[big] = size[a] + size[b];
                largest = Math.max(largest, size[big]);
            }
        }

        private int root(int v) {
            int r = v;
            while (parent[r] != r) {
                parent[r] = parent[parent[r]];
                r = parent[r];
            }
            return r;
        }
    }
}
