package dev.meso.runtime.tensor;

/** The learning rate of each step, from step 0 on. */
@FunctionalInterface
public interface Schedule {
    double rate(long step);

    static Schedule constant(double rate) {
        return step -> rate;
    }

    /** From {@code rate} down to {@code last} along half a cosine over {@code steps}, then constant (Loshchilov and Hutter 2017). */
    static Schedule cosine(double rate, double last, long steps) {
        return step ->
                last + (rate - last) * 0.5 * (1 + StrictMath.cos(Math.PI * Math.min(step, steps) / Math.max(steps, 1)));
    }

    /** Halved every {@code halfLife} steps. */
    static Schedule exponential(double rate, double halfLife) {
        return step -> rate * StrictMath.pow(0.5, step / halfLife);
    }

    /** Rises in proportion over the first {@code steps}, then as before. */
    default Schedule warmup(long steps) {
        return step -> rate(step) * Math.min(1, (step + 1.0) / Math.max(steps, 1));
    }
}
