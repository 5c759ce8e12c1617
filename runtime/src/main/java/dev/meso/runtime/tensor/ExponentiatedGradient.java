package dev.meso.runtime.tensor;

/**
 * Multiplies each weight by {@code exp(-rate · g · sign(w))}, so that a weight never changes its sign and 0 stays 0:
 * descent under the entropy of the sizes (Kivinen and Warmuth, "Exponentiated gradient versus gradient descent for linear
 * predictors", Information and Computation 132, 1997), which keeps Dale's law.
 */
public final class ExponentiatedGradient extends Optimizer {
    /** A single step changes no weight by more than a factor of e: a large gradient must not overflow it. */
    private static final double LARGEST = 1;

    public ExponentiatedGradient(Ranges ranges, Schedule schedule) {
        super(ranges, schedule);
    }

    @Override
    void apply(double[] values, double[] gradient, double rate, long number) {
        ranges.forEach((from, to, own) -> {
            for (int i = from; i < to; i++) {
                double exponent = -rate * gradient[i] * Math.signum(values[i]);
                values[i] *= StrictMath.exp(Math.clamp(exponent, -LARGEST, LARGEST));
            }
        });
    }

    @Override
    double[][] memory() {
        return new double[][] {};
    }
}
