package dev.meso.runtime.space;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;

/**
 * Pairs of neurons by their distance, in bins of equal width: bin k holds distances d with {@code (int) (d / width) == k}.
 * Neurons without a place are left out. Immutable.
 */
public final class PairDistances {
    /** With more, bins hold next to nothing. */
    public static final int MOST_BINS = 10_000;

    /** Three rows of coordinates and one of bins fit in a core's first cache. */
    private static final int TILE = 512;

    private final Positions positions;
    private final double width;
    /** The neurons that have a place, and their coordinates in the same order. */
    private final int[] placed;

    private final double[] x;
    private final double[] y;
    private final double[] z;
    private final int bins;

    /**
     * @param width of the bins, in the unit of the positions
     * @throws MesoException WRONG_VALUE where the width is not positive, or so small that there are more than 10,000 bins
     */
    public PairDistances(Positions positions, double width) {
        if (!(width > 0) || Double.isInfinite(width)) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    "the width of distance bins must be positive, not " + positions.write(width));
        }
        this.positions = positions;
        this.width = width;
        int[] found = new int[positions.n()];
        int count = 0;
        for (int v = 0; v < found.length; v++) {
            if (positions.has(v)) {
                found[count++] = v;
            }
        }
        this.placed = Arrays.copyOf(found, count);
        this.x = placed(0);
        this.y = placed(1);
        this.z = placed(2);
        double last = Math.sqrt(Positions.squared(extent(x), extent(y), extent(z))) / width;
        if (last >= MOST_BINS) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    String.format(
                            java.util.Locale.ROOT,
                            "bins of %s are too narrow: up to %.0f of them between the neurons",
                            positions.write(width),
                            last),
                    "each is to hold many pairs; is the unit of the positions right?");
        }
        this.bins = (int) last + 1;
    }

    private double[] placed(int axis) {
        double[] all = positions.along(axis);
        double[] some = new double[placed.length];
        for (int i = 0; i < some.length; i++) {
            some[i] = all[placed[i]];
        }
        return some;
    }

    private static double extent(double[] axis) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double a : axis) {
            low = Math.min(low, a);
            high = Math.max(high, a);
        }
        return axis.length == 0 ? 0 : high - low;
    }

    /** Number of bins; the last ones may hold no pair. */
    public int bins() {
        return bins;
    }

    /** Number of neurons without a place. */
    public int unplaced() {
        return positions.n() - placed.length;
    }

    /** The bin of two neurons that have a place. */
    public int bin(int u, int v) {
        double dx = positions.x()[u] - positions.x()[v];
        double dy = positions.y()[u] - positions.y()[v];
        double dz = positions.z()[u] - positions.z()[v];
        return (int) (Math.sqrt(Positions.squared(dx, dy, dz)) / width);
    }

    /**
     * The unordered pairs of different neurons in each bin. Exact. Cost: n (n - 1) / 2 distances, about 1 ns each; the loops are
     * bare so that the compiler makes vectors of them.
     */
    public long[] pairs(Parallel parallel) {
        int tiles = (placed.length + TILE - 1) / TILE;
        long[][] parts = new long[tiles][];
        parallel.forEach(tiles, "distances", (a, monitor) -> parts[a] = tileRow(a, tiles, monitor));
        long[] counts = new long[bins];
        for (long[] part : parts) {
            for (int k = 0; k < bins; k++) {
                counts[k] += part[k];
            }
        }
        return counts;
    }

    /** Pairs of a neuron of tile a and a later neuron. */
    private long[] tileRow(int a, int tiles, Monitor monitor) {
        long[] counts = new long[bins];
        // Neighbours often fall into one bin: two sets of counters, so that one does not wait for the other.
        int[] even = new int[bins];
        int[] odd = new int[bins];
        int[] bin = new int[TILE];
        int end = Math.min(x.length, (a + 1) * TILE);
        for (int b = a; b < tiles; b++) {
            monitor.checkpoint();
            int to = Math.min(x.length, (b + 1) * TILE);
            for (int i = a * TILE; i < end; i++) {
                int from = Math.max(i + 1, b * TILE);
                bins(i, from, to, bin);
                int size = to - from;
                int j = 0;
                for (; j + 1 < size; j += 2) {
                    even[bin[j]]++;
                    odd[bin[j + 1]]++;
                }
                if (j < size) {
                    even[bin[j]]++;
                }
            }
            // A pair of tiles holds 2^18 pairs, so these counters cannot overflow.
            for (int k = 0; k < bins; k++) {
                counts[k] += even[k] + odd[k];
                even[k] = 0;
                odd[k] = 0;
            }
        }
        return counts;
    }

    /** The bin of i and each of {@code from .. to-1}. */
    private void bins(int i, int from, int to, int[] bin) {
        double xi = x[i];
        double yi = y[i];
        double zi = z[i];
        double w = width;
        for (int j = from; j < to; j++) {
            double dx = x[j] - xi;
            double dy = y[j] - yi;
            double dz = z[j] - zi;
            bin[j - from] = (int) (Math.sqrt(dx * dx + dy * dy + dz * dz) / w);
        }
    }

    /** The connections in each bin whose neurons both have a place, autapses left out. */
    public long[] connections(Wiring wiring) {
        long[] counts = new long[bins];
        for (int v = 0; v < wiring.n(); v++) {
            for (int e = wiring.outStart()[v]; positions.has(v) && e < wiring.outStart()[v + 1]; e++) {
                int w = wiring.outTargets()[e];
                if (w != v && positions.has(w)) {
                    counts[bin(v, w)]++;
                }
            }
        }
        return counts;
    }
}
