package dev.meso.runtime.topology;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.random.Streams;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * About how many directed simplices of each dimension a wiring has, without listing them (Knuth, "Estimating the efficiency
 * of backtrack programs", Mathematics of Computation 29, 1975). A probe goes down the tree of simplices along random
 * branches: it starts at a random connection and goes on to a random neuron of those that extend the simplex. The product
 * of the numbers of branches on its way estimates the number of simplices of each dimension without bias.
 *
 * <p>The seed is fixed, so that the same graph is always judged alike. Cost: about 0.1 s at most.
 */
final class SimplexCost {
    private static final int MOST_PROBES = 20_000;
    private static final long MOST_STEPS = 50_000_000;
    private static final long SEED = 1;

    private SimplexCost() {}

    /** Estimates by dimension, up to {@code top} or the highest dimension that a probe reached. */
    static double[] of(Wiring wiring, int top) {
        double[] sums = new double[8];
        int probes = 0;
        if (wiring.m() > 0) {
            RandomGenerator random = Streams.of(SEED, 0, 0);
            int[] sources = wiring.edgeSources();
            int[] candidates = new int[16];
            for (long steps = 0; probes < MOST_PROBES && steps < MOST_STEPS; probes++) {
                int e = random.nextInt(wiring.m());
                if (sources[e] == wiring.outTargets()[e]) {
                    continue;
                }
                double weight = wiring.m();
                steps += 2L * wiring.outDegree(sources[e]);
                int size = intersect(wiring, null, 0, sources[e], null);
                candidates = candidates.length < size ? new int[2 * size] : candidates;
                size = intersect(wiring, null, 0, sources[e], candidates);
                int next = wiring.outTargets()[e];
                for (int d = 1; ; d++) {
                    sums = sums.length <= d + 1 ? Arrays.copyOf(sums, 2 * d + 2) : sums;
                    sums[d] += weight;
                    if (d == top) {
                        break;
                    }
                    steps += size + wiring.outDegree(next);
                    size = intersect(wiring, candidates, size, next, candidates);
                    if (size == 0) {
                        break;
                    }
                    next = candidates[random.nextInt(size)];
                    weight *= size;
                }
            }
        }
        int dimensions = 1;
        for (int d = 1; d < sums.length && sums[d] > 0; d++) {
            sums[d] /= probes;
            dimensions = d + 1;
        }
        sums[0] = wiring.n();
        return Arrays.copyOf(sums, dimensions);
    }

    /** Those of {@code set} (all where null) that v sends to, autapses left out; their number. */
    private static int intersect(Wiring wiring, int[] set, int size, int v, int[] into) {
        int found = 0;
        int i = 0;
        for (int j = wiring.outStart()[v]; j < wiring.outStart()[v + 1]; j++) {
            int w = wiring.outTargets()[j];
            while (set != null && i < size && set[i] < w) {
                i++;
            }
            if (w != v && (set == null || i < size && set[i] == w)) {
                if (into != null) {
                    into[found] = w;
                }
                found++;
            }
        }
        return found;
    }
}
