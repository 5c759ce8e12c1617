package dev.meso.runtime.stats;

import java.util.Arrays;

/** How fast a stationary sequence forgets. */
final class Autocorrelation {
    private Autocorrelation() {}

    /**
     * The integrated autocorrelation time 1 + 2 sum rho_k of a series, in its own steps, summed up to the first lag k that is at least
     * five times the sum so far (Sokal's window; Madras and Sokal, J. Statistical Physics 50, 1988). 1 for a constant
     * series, and never less.
     */
    static double time(double[] series) {
        int n = series.length;
        if (Arrays.stream(series).allMatch(x -> x == series[0])) {
            // The mean of equal numbers need not equal them in floating point.
            return 1;
        }
        double mean = 0;
        for (double x : series) {
            mean += x / n;
        }
        double variance = 0;
        for (double x : series) {
            variance += (x - mean) * (x - mean);
        }
        double time = 1;
        for (int lag = 1; lag < n && lag < 5 * time; lag++) {
            double covariance = 0;
            for (int i = 0; i + lag < n; i++) {
                covariance += (series[i] - mean) * (series[i + lag] - mean);
            }
            time += 2 * covariance / variance;
        }
        return Math.max(1, time);
    }

    /** The correlation at a distance, for a sequence that forgets geometrically with this autocorrelation time. */
    static double at(double distance, double time) {
        return Math.pow((time - 1) / (time + 1), distance);
    }
}
