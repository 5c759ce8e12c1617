package dev.meso.runtime.topology;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;
import java.util.Locale;

/**
 * Directed simplices: tuples (v0, …, vk) of neurons with a connection vi -> vj for every i < j, from its source v0 to its
 * sink vk. k is the dimension: neurons are of dimension 0, connections of dimension 1. Other connections among the neurons may be
 * there too, so that neurons joined both ways can form several simplices (Reimann et al. 2017, Frontiers in Computational
 * Neuroscience 11:48; Lütgehetmann et al. 2020, Algorithms 13:19). Autapses are ignored.
 */
public final class Simplices {
    /** No limit to the dimension. */
    public static final int ALL = Integer.MAX_VALUE;

    /** Listing more simplices than this is refused: it takes more than three hours on one core. */
    public static final double MOST = 1e12;

    /** Enough for balance; each costs a workspace of 4 bytes a neuron. */
    private static final int PIECES = 512;

    private Simplices() {}

    /**
     * How many simplices there are of each dimension, from 0 up to {@code top} or the highest there is. Exact. Cost: one step
     * for each simplex below the last dimension, and one for each pair of a connection and a target of its end.
     *
     * @throws MesoException TOO_LARGE where there would be more than {@code limit} simplices to list, INTEGER_OVERFLOW
     */
    public static long[] count(Wiring wiring, int top, double limit, Parallel parallel) {
        return count(wiring, top, top, limit, parallel);
    }

    /** @param asked the dimension that the user named, for messages */
    static long[] count(Wiring wiring, int top, int asked, double limit, Parallel parallel) {
        if (top <= 1) {
            return top == 0 ? new long[] {wiring.n()} : trimmed(new long[] {wiring.n(), connections(wiring)});
        }
        refuseBeyond(wiring, top, asked, limit, false);
        int[] bounds = bounds(wiring);
        long[][] parts = new long[bounds.length - 1][];
        parallel.forEach(parts.length, "simplices", (p, monitor) -> {
            SimplexSearch search = new SimplexSearch(wiring, top, false, monitor);
            for (int v = bounds[p]; v < bounds[p + 1]; v++) {
                search.from(v);
            }
            parts[p] = search.counts();
        });
        long[] counts = new long[0];
        for (long[] part : parts) {
            counts = sum(counts, part);
        }
        return trimmed(counts);
    }

    /**
     * How many simplices of each dimension each neuron belongs to, {@code [dimension][neuron]}. Cost: one step for each
     * simplex; memory: 8 bytes a neuron and dimension for each thread.
     *
     * @throws MesoException TOO_LARGE where there would be more than {@code limit} simplices to list, INTEGER_OVERFLOW
     */
    public static long[][] participation(Wiring wiring, int top, double limit, Parallel parallel) {
        if (top == 0) {
            long[] ones = new long[wiring.n()];
            Arrays.fill(ones, 1);
            return new long[][] {ones};
        }
        refuseBeyond(wiring, top, top, limit, true);
        int[] bounds = bounds(wiring);
        long[][][] all = {new long[1][wiring.n()]};
        parallel.forEach(bounds.length - 1, "simplices", (p, monitor) -> {
            SimplexSearch search = new SimplexSearch(wiring, top, true, monitor);
            for (int v = bounds[p]; v < bounds[p + 1]; v++) {
                search.from(v);
            }
            // Whole numbers: the order in which pieces are added does not matter.
            synchronized (all) {
                long[][] credit = search.credit();
                for (int d = 0; d < credit.length && credit[d] != null; d++) {
                    all[0] = all[0].length <= d ? Arrays.copyOf(all[0], d + 1) : all[0];
                    all[0][d] = all[0][d] == null ? credit[d] : sum(all[0][d], credit[d]);
                }
            }
        });
        return all[0];
    }

    /** Sum over dimensions d of (-1)^d times the number of simplices. @throws MesoException INTEGER_OVERFLOW */
    public static long eulerCharacteristic(long[] counts) {
        long sum = 0;
        for (int d = 0; d < counts.length; d++) {
            sum = exactly(sum, d % 2 == 0 ? counts[d] : -counts[d]);
        }
        return sum;
    }

    private static void refuseBeyond(Wiring wiring, int top, int asked, double limit, boolean perNeuron) {
        double[] estimate = SimplexCost.of(wiring, top);
        double listed = 0;
        int affordable = 1;
        for (int d = 1; d < estimate.length; d++) {
            // Without participation the last dimension is counted, not listed.
            affordable = listed + (perNeuron ? estimate[d] : 0) <= limit ? d : affordable;
            listed += perNeuron || d < top ? estimate[d] : 0;
        }
        if (listed > limit) {
            throw new MesoException(
                    ErrorCode.TOO_LARGE,
                    String.format(
                            Locale.ROOT,
                            "about %.1g directed simplices would have to be listed, more than the %.1g allowed",
                            listed,
                            limit),
                    "ask for fewer dimensions, max_dimension: " + (affordable - (top - asked))
                            + ", or for a part of the graph; a higher `limit:` allows more",
                    "the estimate comes from random probes and may be wrong by a factor of a few");
        }
    }

    private static long connections(Wiring wiring) {
        long autapses = 0;
        for (int v = 0; v < wiring.n(); v++) {
            autapses += wiring.connects(v, v) ? 1 : 0;
        }
        return wiring.m() - autapses;
    }

    /** Cuts the neurons into ranges of about equal first steps: targets of targets. */
    private static int[] bounds(Wiring wiring) {
        int n = wiring.n();
        long[] work = new long[n + 1];
        for (int v = 0; v < n; v++) {
            long steps = 1;
            for (int i = wiring.outStart()[v]; i < wiring.outStart()[v + 1]; i++) {
                steps += 1 + wiring.outDegree(wiring.outTargets()[i]);
            }
            work[v + 1] = work[v] + steps;
        }
        int pieces = (int) Math.max(1, Math.min(PIECES, work[n] / 20_000));
        int[] bounds = new int[pieces + 1];
        for (int p = 1, v = 0; p < pieces; p++) {
            while (work[v] < work[n] / pieces * p) {
                v++;
            }
            bounds[p] = v;
        }
        bounds[pieces] = n;
        return bounds;
    }

    private static long[] trimmed(long[] counts) {
        int dimensions = counts.length;
        while (dimensions > 1 && counts[dimensions - 1] == 0) {
            dimensions--;
        }
        return Arrays.copyOf(counts, dimensions);
    }

    private static long[] sum(long[] a, long[] b) {
        long[] sum = Arrays.copyOf(a, Math.max(a.length, b.length));
        for (int i = 0; i < b.length; i++) {
            sum[i] = exactly(sum[i], b[i]);
        }
        return sum;
    }

    /** a + b. @throws MesoException INTEGER_OVERFLOW */
    static long exactly(long a, long b) {
        try {
            return Math.addExact(a, b);
        } catch (ArithmeticException e) {
            throw new MesoException(
                    ErrorCode.INTEGER_OVERFLOW,
                    "there are more than 2^63 directed simplices",
                    "ask for fewer dimensions");
        }
    }
}
