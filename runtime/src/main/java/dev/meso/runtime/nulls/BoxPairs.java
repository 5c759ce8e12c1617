package dev.meso.runtime.nulls;

import dev.meso.runtime.task.Monitor;
import java.util.Arrays;

/**
 * Neurons sorted into boxes of neighbours, and the ordered pairs of boxes sorted by the most likely of the distances that can occur between
 * them. A thinned draw of {@link PM} then looks at few pairs in vain.
 */
final class BoxPairs {
    /** At least so many neurons a box, and at most about so many boxes: a million pairs of boxes are 4 MB. */
    private static final int SMALLEST_BOX = 8;

    private static final int MOST_BOXES = 1024;

    private final Distances distances;
    private final int[] order;
    /** Where each box begins in {@link #order}. */
    private final int[] start;

    private final int boxes;
    /** Pairs of boxes, sorted by their most likely bin; those of bin k stand at {@code begin[k] .. begin[k+1]-1}. */
    private final int[] pairs;

    private final int[] begin;

    /** @param chances of a connection in each bin */
    BoxPairs(Distances distances, double[] chances, Monitor monitor) {
        this.distances = distances;
        int n = distances.n();
        this.order = new int[n];
        Arrays.setAll(order, v -> v);
        int largest = Math.max(SMALLEST_BOX, (n + MOST_BOXES / 2 - 1) / (MOST_BOXES / 2));
        int[] starts = new int[n + 1];
        this.boxes = split(0, n, largest, starts, 0);
        starts[boxes] = n;
        this.start = Arrays.copyOf(starts, boxes + 1);
        double[][] low = bounds(true);
        double[][] high = bounds(false);
        int[] likeliest = new int[boxes * boxes];
        this.begin = new int[chances.length + 1];
        for (int c = 0; c < boxes; c++) {
            monitor.checkpoint();
            for (int d = 0; d < boxes; d++) {
                int k = likeliest(low, high, c, d, chances);
                likeliest[c * boxes + d] = k;
                begin[k + 1]++;
            }
        }
        for (int k = 0; k < chances.length; k++) {
            begin[k + 1] += begin[k];
        }
        int[] cursor = begin.clone();
        this.pairs = new int[boxes * boxes];
        for (int i = 0; i < likeliest.length; i++) {
            pairs[cursor[likeliest[i]]++] = i;
        }
    }

    /** Halves the neurons along their widest axis until boxes are small; returns the number of boxes so far. */
    private int split(int from, int to, int largest, int[] starts, int found) {
        if (to - from <= largest) {
            starts[found] = from;
            return found + 1;
        }
        double[] widest = null;
        double width = -1;
        for (double[] axis : distances.axes()) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int i = from; i < to; i++) {
                low = Math.min(low, axis[order[i]]);
                high = Math.max(high, axis[order[i]]);
            }
            if (high - low > width) {
                width = high - low;
                widest = axis;
            }
        }
        sort(from, to, widest);
        int middle = (from + to) >>> 1;
        return split(middle, to, largest, starts, split(from, middle, largest, starts, found));
    }

    private void sort(int from, int to, double[] axis) {
        Integer[] sorted = new Integer[to - from];
        Arrays.setAll(sorted, i -> order[from + i]);
        Arrays.sort(sorted, (u, v) -> axis[u] != axis[v] ? Double.compare(axis[u], axis[v]) : Integer.compare(u, v));
        for (int i = from; i < to; i++) {
            order[i] = sorted[i - from];
        }
    }

    /** The lowest or highest coordinate of each box on each axis. */
    private double[][] bounds(boolean lowest) {
        double[][] bounds = new double[distances.axes().length][boxes];
        for (int a = 0; a < bounds.length; a++) {
            double[] axis = distances.axes()[a];
            for (int c = 0; c < boxes; c++) {
                double bound = axis[order[start[c]]];
                for (int i = start[c]; i < start[c + 1]; i++) {
                    bound = lowest ? Math.min(bound, axis[order[i]]) : Math.max(bound, axis[order[i]]);
                }
                bounds[a][c] = bound;
            }
        }
        return bounds;
    }

    /** The bin with the highest chance among those between the nearest and the farthest points of two boxes. */
    private int likeliest(double[][] low, double[][] high, int c, int d, double[] chances) {
        double nearest = 0;
        double farthest = 0;
        // In the order in which distances are summed: rounding is monotone, so no pair of neurons falls outside.
        for (int a = 0; a < low.length; a++) {
            double gap = Math.max(0, Math.max(low[a][c] - high[a][d], low[a][d] - high[a][c]));
            double reach = Math.max(high[a][c] - low[a][d], high[a][d] - low[a][c]);
            nearest += gap * gap;
            farthest += reach * reach;
        }
        int best = distances.bin(nearest);
        int last = distances.bin(farthest);
        for (int k = best + 1; k <= last; k++) {
            best = chances[k] > chances[best] ? k : best;
        }
        return best;
    }

    int begin(int bin) {
        return begin[bin];
    }

    int end(int bin) {
        return begin[bin + 1];
    }

    private int size(int box) {
        return start[box + 1] - start[box];
    }

    /** Ordered pairs of neurons between the boxes of pair {@code at}, of a neuron with itself included. */
    long places(int at) {
        return (long) size(pairs[at] / boxes) * size(pairs[at] % boxes);
    }

    int pre(int at, long place) {
        return order[start[pairs[at] / boxes] + (int) (place / size(pairs[at] % boxes))];
    }

    int post(int at, long place) {
        int box = pairs[at] % boxes;
        return order[start[box] + (int) (place % size(box))];
    }
}
