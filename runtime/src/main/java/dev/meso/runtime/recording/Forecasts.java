package dev.meso.runtime.recording;

import dev.meso.runtime.task.Parallel;
import java.util.Arrays;

/** How well a {@link Forecaster} foresees a recording it was not fitted to. */
public final class Forecasts {
    /** Starts that are followed together: enough that a forecaster's products are worth while. */
    public static final int TOGETHER = 32;

    private Forecasts() {}

    /**
     * @param model the forecaster's name
     * @param steps frames ahead
     * @param squared mean squared error over all starts and neurons with a value there, in the square of the recording's
     *     unit; NaN where there is none
     * @param explained R²: 1 - error / mean square of the values, which for a recording standardized on the training part
     *     compares with the training mean; it may be negative
     * @param values number of values predicted
     */
    public record Error(String model, int steps, double squared, double explained, long values) {}

    /**
     * The state at each frame of the recording: corrected by all frames up to it, each recording from its own beginning.
     *
     * @return frames x (neurons, then what the forecaster remembers)
     */
    public static double[] states(Forecaster forecaster, Activity activity) {
        return states(forecaster, null, activity);
    }

    /**
     * The same, where each recording goes on from an earlier part of it.
     *
     * @param before as many recordings, which end where those of {@code activity} begin; null for none
     */
    public static double[] states(Forecaster forecaster, Activity before, Activity activity) {
        int width = activity.neurons() + forecaster.memory();
        double[] states = new double[Math.multiplyExact(activity.frames(), width)];
        double[] state = new double[width];
        for (int s = 0; s + 1 < activity.bounds().length; s++) {
            boolean first = true;
            int begin = activity.bounds()[s];
            int recording = before == null ? -1 : Arrays.binarySearch(activity.recordings(), begin);
            if (recording >= 0) {
                // The run of frames that the earlier part of this recording ended with.
                int end = before.recordings()[recording + 1];
                int run = Arrays.binarySearch(before.bounds(), end) - 1;
                for (int t = before.bounds()[run]; t < end; t++) {
                    observe(forecaster, before, t, first, state);
                    first = false;
                }
            }
            for (int t = begin; t < activity.bounds()[s + 1]; t++) {
                observe(forecaster, activity, t, first, state);
                first = false;
                System.arraycopy(state, 0, states, t * width, width);
            }
        }
        return states;
    }

    private static void observe(Forecaster forecaster, Activity activity, int t, boolean first, double[] state) {
        double[] seen = new double[activity.neurons()];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = activity.missing(t, i) ? Double.NaN : activity.value(t, i);
        }
        if (first) {
            Arrays.fill(state, 0);
            for (int i = 0; i < seen.length; i++) {
                state[i] = Double.isNaN(seen[i]) ? 0 : seen[i];
            }
        }
        forecaster.observe(seen, state);
    }

    /**
     * Error {@code 1 .. steps} frames ahead, from every frame that has so many after it in its recording. Cost: frames x
     * steps times {@link Forecaster#step}, in parallel over blocks of starts.
     */
    public static Error[] errors(Forecaster forecaster, Activity activity, int steps, Parallel parallel) {
        return errors(forecaster, null, activity, steps, parallel);
    }

    /** The same, where each recording goes on from an earlier part of it; see {@link #states(Forecaster, Activity, Activity)}. */
    public static Error[] errors(
            Forecaster forecaster, Activity before, Activity activity, int steps, Parallel parallel) {
        int n = activity.neurons();
        double[] states = states(forecaster, before, activity);
        int width = n + forecaster.memory();
        int frames = activity.frames();
        // Per start and step: sum of squared errors, of squares, and number of values; summed in order of the starts.
        double[] wrong = new double[frames * steps];
        double[] power = new double[frames * steps];
        long[] count = new long[frames * steps];
        int[] end = new int[frames];
        for (int s = 0; s + 1 < activity.bounds().length; s++) {
            Arrays.fill(end, activity.bounds()[s], activity.bounds()[s + 1], activity.bounds()[s + 1]);
        }
        parallel.forEach((frames + TOGETHER - 1) / TOGETHER, null, (block, monitor) -> {
            int first = block * TOGETHER;
            int rows = Math.min(TOGETHER, frames - first);
            int longest = 0;
            for (int t = first; t < first + rows; t++) {
                longest = Math.max(longest, end[t] - t - 1);
            }
            double[] state = Arrays.copyOfRange(states, first * width, (first + rows) * width);
            double[] next = new double[state.length];
            for (int k = 0; k < Math.min(steps, longest); k++) {
                monitor.checkpoint();
                forecaster.step(state, next, rows);
                // Those that have reached the end of their recording go on, but nothing asks where to.
                for (int r = 0; r < rows; r++) {
                    int t = first + r;
                    int at = t * steps + k;
                    for (int i = 0; i < n && t + k + 1 < end[t]; i++) {
                        if (!activity.missing(t + k + 1, i)) {
                            double value = activity.value(t + k + 1, i);
                            double error = next[r * width + i] - value;
                            wrong[at] += error * error;
                            power[at] += value * value;
                            count[at]++;
                        }
                    }
                }
                double[] swap = state;
                state = next;
                next = swap;
            }
        });
        Error[] errors = new Error[steps];
        for (int k = 0; k < steps; k++) {
            double sum = 0;
            double squares = 0;
            long values = 0;
            for (int t = 0; t < frames; t++) {
                sum += wrong[t * steps + k];
                squares += power[t * steps + k];
                values += count[t * steps + k];
            }
            errors[k] = new Error(forecaster.name(), k + 1, sum / values, 1 - sum / squares, values);
        }
        return errors;
    }
}
