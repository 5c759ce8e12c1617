package dev.meso.runtime.tensor;

/** Gradient descent with momentum: {@code v = momentum · v + g}, {@code w = w - rate · v} (Polyak 1964). */
public final class Sgd extends Optimizer {
    private final double momentum;
    private final double[] velocity;

    /** @param momentum 0 for none, below 1 */
    public Sgd(Ranges ranges, Schedule schedule, double momentum) {
        super(ranges, schedule);
        this.momentum = momentum;
        this.velocity = new double[ranges.size()];
    }

    @Override
    void apply(double[] values, double[] gradient, double rate, long number) {
        ranges.forEach((from, to, own) -> {
            for (int i = from; i < to; i++) {
                int o = own + i - from;
                velocity[o] = momentum * velocity[o] + gradient[i];
                values[i] -= rate * velocity[o];
            }
        });
    }

    @Override
    double[][] memory() {
        return new double[][] {velocity};
    }
}
