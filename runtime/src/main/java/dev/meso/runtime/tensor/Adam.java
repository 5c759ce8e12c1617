package dev.meso.runtime.tensor;

/**
 * Adam: steps along the running mean of the gradient over the root of its running mean square, both corrected for their
 * start at 0 (Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015).
 */
public final class Adam extends Optimizer {
    private final double keepMean;
    private final double keepSquare;
    private final double epsilon;
    private final double[] mean;
    private final double[] square;

    /** With the constants of the paper: 0.9, 0.999, 1e-8. */
    public Adam(Ranges ranges, Schedule schedule) {
        this(ranges, schedule, 0.9, 0.999, 1e-8);
    }

    public Adam(Ranges ranges, Schedule schedule, double keepMean, double keepSquare, double epsilon) {
        super(ranges, schedule);
        this.keepMean = keepMean;
        this.keepSquare = keepSquare;
        this.epsilon = epsilon;
        this.mean = new double[ranges.size()];
        this.square = new double[ranges.size()];
    }

    @Override
    void apply(double[] values, double[] gradient, double rate, long number) {
        double step = rate / (1 - StrictMath.pow(keepMean, number));
        double correct = 1 / (1 - StrictMath.pow(keepSquare, number));
        ranges.forEach((from, to, own) -> {
            for (int i = from; i < to; i++) {
                int o = own + i - from;
                double g = gradient[i];
                mean[o] = keepMean * mean[o] + (1 - keepMean) * g;
                square[o] = keepSquare * square[o] + (1 - keepSquare) * g * g;
                values[i] -= step * mean[o] / (Math.sqrt(square[o] * correct) + epsilon);
            }
        });
    }

    @Override
    double[][] memory() {
        return new double[][] {mean, square};
    }
}
