package dev.meso.runtime.stats;

/** Running mean and variance of a sequence (Welford, Technometrics 4, 1962). */
final class Moments {
    private long count;
    private double mean;
    private double squares;

    void add(double value) {
        count++;
        double before = value - mean;
        mean += before / count;
        squares += before * (value - mean);
    }

    double mean() {
        return mean;
    }

    /** The standard deviation with n - 1 below; 0 for fewer than two values. */
    double sd() {
        return count < 2 ? 0 : Math.sqrt(squares / (count - 1));
    }
}
