package dev.meso.runtime.recording;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Mean and standard deviation (over n, not n - 1) of each neuron over the frames of a training part. A neuron that never changed there, or was
 * never seen, has the deviation 1, so that nothing is divided by 0; {@link #constant} names them.
 *
 * @param means of each neuron, 0 for one never seen
 * @param deviations of each neuron
 * @param constant names of the neurons without variance in the training part
 */
public record Scaling(double[] means, double[] deviations, List<String> constant) implements Serializable {
    /** Learned from the training part only. Cost: two passes. */
    public static Scaling of(Activity train) {
        int n = train.neurons();
        double[] means = new double[n];
        double[] squares = new double[n];
        int[] seen = new int[n];
        for (int t = 0; t < train.frames(); t++) {
            for (int i = 0; i < n; i++) {
                if (!train.missing(t, i)) {
                    means[i] += train.value(t, i);
                    seen[i]++;
                }
            }
        }
        for (int i = 0; i < n; i++) {
            means[i] /= Math.max(1, seen[i]);
        }
        for (int t = 0; t < train.frames(); t++) {
            for (int i = 0; i < n; i++) {
                if (!train.missing(t, i)) {
                    double d = train.value(t, i) - means[i];
                    squares[i] += d * d;
                }
            }
        }
        List<String> constant = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            squares[i] = Math.sqrt(squares[i] / Math.max(1, seen[i]));
            // A constant's mean is off by rounding, so its deviation is not exactly 0.
            if (!(squares[i] > 1e-12 * Math.abs(means[i]))) {
                squares[i] = 1;
                constant.add(train.names().get(i));
            }
        }
        return new Scaling(means, squares, List.copyOf(constant));
    }

    /** (x - mean) / deviation of every value; missing stays missing. */
    public Activity standardize(Activity activity) {
        int n = activity.neurons();
        double[] scaled = new double[activity.values().length];
        for (int t = 0; t < activity.frames(); t++) {
            for (int i = 0; i < n; i++) {
                scaled[t * n + i] = activity.missing(t, i) ? 0 : (activity.value(t, i) - means[i]) / deviations[i];
            }
        }
        return activity.withValues(scaled);
    }

    /** The way back, in place: {@code state} of one frame. */
    public void restore(double[] state) {
        for (int i = 0; i < state.length; i++) {
            state[i] = state[i] * deviations[i] + means[i];
        }
    }
}
