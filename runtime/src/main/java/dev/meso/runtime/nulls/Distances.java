package dev.meso.runtime.nulls;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.task.Monitor;
import java.io.Serializable;

/**
 * How far neurons are from each other, in bins of equal width: bin k holds the pairs at distances from k up to k + 1 widths.
 * Immutable.
 */
public final class Distances implements Serializable {
    private static final long serialVersionUID = 1L;

    /** With more, bins hold next to nothing. */
    private static final int MOST_BINS = 10_000;

    private final double[][] axes;
    private final double width;
    private final String source;
    private final int bins;
    private long[] pairs;

    /**
     * @param axes the coordinates of the neurons, one array an axis (up to three), all numbers
     * @param width of the bins, in the same unit
     * @param source the bins as the declaration writes them, {@code 10 um}
     * @throws MesoException WRONG_VALUE where the width is not positive, or so small that there are more than 10,000 bins
     */
    public Distances(double[][] axes, double width, String source) {
        if (!(width > 0) || Double.isInfinite(width)) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE, "the width of distance bins must be positive, not " + source);
        }
        this.axes = axes;
        this.width = width;
        this.source = source;
        double squares = 0;
        for (double[] axis : axes) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (double x : axis) {
                low = Math.min(low, x);
                high = Math.max(high, x);
            }
            squares += (high - low) * (high - low);
        }
        double last = Math.sqrt(squares) / width;
        if (last >= MOST_BINS) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    "bins of " + source + " are too narrow: up to " + Math.round(last) + " of them between the neurons",
                    "each is to hold many pairs; is the unit of the positions right?");
        }
        this.bins = (int) last + 1;
    }

    /** Number of neurons. */
    public int n() {
        return axes[0].length;
    }

    /** Number of bins; some may hold no pair. */
    public int bins() {
        return bins;
    }

    double[][] axes() {
        return axes;
    }

    /** The bin of the pair u, v; the same as that of v, u. */
    int bin(int u, int v) {
        double squares = 0;
        for (double[] axis : axes) {
            double d = axis[u] - axis[v];
            squares += d * d;
        }
        return bin(squares);
    }

    /** The bin of a squared distance. */
    int bin(double squares) {
        return (int) (Math.sqrt(squares) / width);
    }

    /** The ordered pairs of different neurons in each bin. Counted once: n (n - 1) / 2 distances, some 2 ns each. */
    synchronized long[] pairs(Monitor monitor) {
        if (pairs == null) {
            long[] counts = new long[bins];
            for (int v = 0; v < n(); v++) {
                if ((v & 63) == 0) {
                    monitor.checkpoint();
                    monitor.progress("distances", v, n());
                }
                for (int u = 0; u < v; u++) {
                    counts[bin(u, v)] += 2;
                }
            }
            pairs = counts;
        }
        return pairs;
    }

    /** The connections in each bin. */
    long[] edges(Observed observed) {
        long[] counts = new long[bins];
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
