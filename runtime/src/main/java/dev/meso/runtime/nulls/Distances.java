package dev.meso.runtime.nulls;

import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.space.PairDistances;
import dev.meso.runtime.space.Positions;
import dev.meso.runtime.task.Parallel;
import java.io.Serializable;

/**
 * How far the neurons of a null model are from each other, in bins of equal width: bin k holds the pairs at distances from k up to k + 1
 * widths. Immutable.
 */
public final class Distances implements Serializable {
    private static final long serialVersionUID = 1L;

    private final double[][] axes;
    private final double width;
    private final String source;
    private final long[] pairs;

    private Distances(double[][] axes, double width, String source, long[] pairs) {
        this.axes = axes;
        this.width = width;
        this.source = source;
        this.pairs = pairs;
    }

    /**
     * Counts the pairs in each bin: n (n - 1) / 2 distances, about 1 ns each.
     *
     * @param positions of the neurons, all of which have one
     * @param width of the bins, in the unit of the positions
     * @param source the bins as the declaration writes them, {@code 10 um}
     * @throws MesoException WRONG_VALUE where the width is not positive, or so small that there are more than 10,000 bins
     */
    public static Distances of(Positions positions, double width, String source, Parallel parallel) {
        PairDistances all = new PairDistances(positions, width);
        if (all.unplaced() > 0) {
            throw new IllegalArgumentException(all.unplaced() + " neurons without a position");
        }
        long[] ordered = all.pairs(parallel);
        for (int k = 0; k < ordered.length; k++) {
            ordered[k] *= 2;
        }
        return new Distances(new double[][] {positions.x(), positions.y(), positions.z()}, width, source, ordered);
    }

    /** Number of neurons. */
    int n() {
        return axes[0].length;
    }

    double[][] axes() {
        return axes;
    }

    /** The bin of the pair u, v; the same as that of v, u and as {@link PairDistances} has it. */
    int bin(int u, int v) {
        double dx = axes[0][u] - axes[0][v];
        double dy = axes[1][u] - axes[1][v];
        double dz = axes[2][u] - axes[2][v];
        return bin(dx * dx + dy * dy + dz * dz);
    }

    /** The bin of a squared distance. */
    int bin(double squares) {
        return (int) (Math.sqrt(squares) / width);
    }

    /** The ordered pairs of different neurons in each bin. */
    long[] pairs() {
        return pairs;
    }

    /** The connections in each bin. */
    long[] edges(Observed observed) {
        long[] counts = new long[pairs.length];
        for (int e = 0; e < observed.m(); e++) {
            counts[bin(observed.pre()[e], observed.post()[e])]++;
        }
        return counts;
    }

    /** The statistic as a declaration writes it: {@code expected distance(bins: 10 um)}. */
    String statistic() {
        return "expected distance(bins: " + source + ")";
    }
}
