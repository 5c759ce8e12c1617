package dev.meso.runtime.recording;

/**
 * A recording relative to a slow baseline of each neuron, {@code b + gain (x - b)} from frame to frame, which begins at 0, the mean of a standardized
 * training part. Fluorescence changes over minutes for reasons that are no activity, such as bleaching.
 *
 * @param baseline of each frame after it was seen, frames x neurons
 * @param relative the recording without it
 */
public record Drift(double[] baseline, Activity relative) {
    /** @param gain 0 for no baseline but 0 */
    public static Drift of(Activity activity, double gain) {
        int n = activity.neurons();
        double[] baseline = new double[activity.values().length];
        if (gain == 0) {
            return new Drift(baseline, activity);
        }
        double[] relative = new double[baseline.length];
        for (int s = 0; s + 1 < activity.bounds().length; s++) {
            double[] b = new double[n];
            for (int t = activity.bounds()[s]; t < activity.bounds()[s + 1]; t++) {
                for (int i = 0; i < n; i++) {
                    int at = t * n + i;
                    if (!activity.missing(t, i)) {
                        b[i] += gain * (activity.values()[at] - b[i]);
                        relative[at] = activity.values()[at] - b[i];
                    }
                    baseline[at] = b[i];
                }
            }
        }
        return new Drift(baseline, activity.withValues(relative));
    }
}
