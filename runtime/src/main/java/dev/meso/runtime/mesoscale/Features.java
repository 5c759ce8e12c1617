package dev.meso.runtime.mesoscale;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.error.Suggest;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.task.Parallel;
import dev.meso.runtime.topology.Simplices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * What the assignment of a model may know of each recorded neuron besides its signal: local topology, and statistics of its activity
 * (Dean 2017, figure 6b, level I). Each feature has mean 0 and standard deviation 1 over the neurons that have it; the others have 0.
 *
 * @param names of the features
 * @param values neurons x features
 */
public record Features(List<String> names, double[] values) {
    /** {@code log1p} of the number of different partners in and out. */
    public static final String DEGREES = "degrees";

    /** {@code log1p} of the number of directed 2- and 3-simplices that the neuron is in. */
    public static final String SIMPLICES = "simplices";

    /**
     * Variance of the difference from a frame to the next, autocorrelation at one frame, and skewness, over the frames that are not
     * missing and, for two frames, in one run.
     */
    public static final String ACTIVITY = "activity";

    /** What can be asked for. */
    public static final List<String> KINDS = List.of(DEGREES, SIMPLICES, ACTIVITY);

    private static final int HIGHEST = 3;

    /**
     * Cost: frames x neurons; for simplices that of listing them.
     *
     * @param kinds of {@link #KINDS}
     * @param g the whole graph: degrees and simplices count all its neurons, recorded or not
     * @param neuronOfColumn the neuron of the graph for each recorded one, -1 for one without a place
     * @param train the recording, its training part only
     * @throws MesoException UNKNOWN_CLAUSE for another kind, TOO_LARGE where there are too many simplices to list
     */
    public static Features of(
            List<String> kinds, Connectome g, int[] neuronOfColumn, Activity train, Parallel parallel) {
        int n = train.neurons();
        if (neuronOfColumn.length != n) {
            throw new IllegalArgumentException(neuronOfColumn.length + " places for " + n + " neurons");
        }
        List<String> names = new ArrayList<>();
        List<double[]> columns = new ArrayList<>();
        for (String kind : kinds) {
            switch (kind) {
                case DEGREES -> {
                    names.addAll(List.of("in_degree", "out_degree"));
                    columns.add(logarithm(neuronOfColumn, v -> g.wiring().inDegree(v)));
                    columns.add(logarithm(neuronOfColumn, v -> g.wiring().outDegree(v)));
                }
                case SIMPLICES -> {
                    long[][] counts = Simplices.participation(g.wiring(), HIGHEST, Simplices.MOST, parallel);
                    for (int d = 2; d <= HIGHEST; d++) {
                        long[] own = d < counts.length ? counts[d] : new long[g.n()];
                        names.add("simplices_" + d);
                        columns.add(logarithm(neuronOfColumn, v -> own[v]));
                    }
                }
                case ACTIVITY -> {
                    names.addAll(List.of("difference_variance", "autocorrelation", "skewness"));
                    columns.addAll(statistics(train));
                }
                default -> {
                    String near = Suggest.didYouMean(kind, KINDS);
                    throw new MesoException(
                            ErrorCode.UNKNOWN_CLAUSE,
                            "there is no feature called '" + kind + "'",
                            near.isEmpty() ? "there are " + String.join(", ", KINDS) : near);
                }
            }
        }
        double[] values = new double[Math.multiplyExact(n, names.size())];
        for (int f = 0; f < names.size(); f++) {
            standardize(columns.get(f));
            for (int i = 0; i < n; i++) {
                values[i * names.size() + f] = columns.get(f)[i];
            }
        }
        return new Features(List.copyOf(names), values);
    }

    /** NaN for a neuron without a place. */
    private static double[] logarithm(int[] neurons, IntToDoubleFunction count) {
        return Arrays.stream(neurons)
                .mapToDouble(v -> v < 0 ? Double.NaN : Math.log1p(count.applyAsDouble(v)))
                .toArray();
    }

    /** The three statistics of activity; NaN for a neuron that never changes, or has no two frames in a row. */
    private static List<double[]> statistics(Activity train) {
        int n = train.neurons();
        double[] mean = new double[n];
        double[] squares = new double[n];
        double[] cubes = new double[n];
        double[] product = new double[n];
        double[] step = new double[n];
        double[] stepSquares = new double[n];
        int[] seen = new int[n];
        int[] pairs = new int[n];
        for (int t = 0; t < train.frames(); t++) {
            for (int i = 0; i < n; i++) {
                if (!train.missing(t, i)) {
                    mean[i] += train.value(t, i);
                    seen[i]++;
                }
            }
        }
        for (int i = 0; i < n; i++) {
            mean[i] /= Math.max(1, seen[i]);
        }
        for (int r = 0; r + 1 < train.bounds().length; r++) {
            for (int t = train.bounds()[r]; t < train.bounds()[r + 1]; t++) {
                boolean follows = t > train.bounds()[r];
                for (int i = 0; i < n; i++) {
                    if (train.missing(t, i)) {
                        continue;
                    }
                    double now = train.value(t, i) - mean[i];
                    squares[i] += now * now;
                    cubes[i] += now * now * now;
                    if (follows && !train.missing(t - 1, i)) {
                        double before = train.value(t - 1, i) - mean[i];
                        product[i] += now * before;
                        step[i] += now - before;
                        stepSquares[i] += (now - before) * (now - before);
                        pairs[i]++;
                    }
                }
            }
        }
        double[] difference = new double[n];
        double[] autocorrelation = new double[n];
        double[] skewness = new double[n];
        for (int i = 0; i < n; i++) {
            double variance = squares[i] / seen[i];
            // A constant's mean is off by rounding, so its variance is not exactly 0.
            boolean changes = Math.sqrt(variance) > 1e-12 * Math.abs(mean[i]);
            difference[i] = changes ? stepSquares[i] / pairs[i] - Math.pow(step[i] / pairs[i], 2) : Double.NaN;
            autocorrelation[i] = changes ? product[i] / pairs[i] / variance : Double.NaN;
            skewness[i] = changes ? cubes[i] / seen[i] / Math.pow(variance, 1.5) : Double.NaN;
        }
        return List.of(difference, autocorrelation, skewness);
    }

    /** In place: mean 0 and deviation 1 of what is there, 0 elsewhere; all 0 where there is no deviation. */
    private static void standardize(double[] column) {
        double mean = Arrays.stream(column).filter(Double::isFinite).average().orElse(0);
        double variance = Arrays.stream(column)
                .filter(Double::isFinite)
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElse(0);
        double deviation = Math.sqrt(variance);
        for (int i = 0; i < column.length; i++) {
            boolean there = Double.isFinite(column[i]) && deviation > 1e-12 * Math.abs(mean);
            column[i] = there ? (column[i] - mean) / deviation : 0;
        }
    }
}
