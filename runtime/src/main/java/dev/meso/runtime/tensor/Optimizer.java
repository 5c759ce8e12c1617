package dev.meso.runtime.tensor;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;

/**
 * Changes a vector of parameters against the gradient of a loss. Works on some {@link Ranges} of the vector, so several
 * optimizers may share one. Its state is an array: restoring it and the parameters continues with the same bits.
 */
public abstract sealed class Optimizer permits Adam, Sgd, ExponentiatedGradient {
    final Ranges ranges;
    private final Schedule schedule;
    private long steps;

    Optimizer(Ranges ranges, Schedule schedule) {
        this.ranges = ranges;
        this.schedule = schedule;
    }

    /**
     * One step.
     *
     * @param values the whole vector, changed in place
     * @param gradient as long as {@code values}
     */
    public final void step(double[] values, double[] gradient) {
        apply(values, gradient, schedule.rate(steps), steps + 1);
        steps++;
    }

    /** @param number of this step, from 1 */
    abstract void apply(double[] values, double[] gradient, double rate, long number);

    /** Moments that are carried from step to step. */
    abstract double[][] memory();

    /** How many steps were made. */
    public final long steps() {
        return steps;
    }

    /** Everything that later steps depend on. */
    public final double[] state() {
        double[][] memory = memory();
        double[] state = new double[1 + memory.length * ranges.size()];
        state[0] = steps;
        for (int m = 0; m < memory.length; m++) {
            System.arraycopy(memory[m], 0, state, 1 + m * ranges.size(), ranges.size());
        }
        return state;
    }

    /** Continues from a {@link #state} of an optimizer of the same kind and size. */
    public final void restore(double[] state) {
        double[][] memory = memory();
        if (state.length != 1 + memory.length * ranges.size()) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH,
                    "the state of an optimizer has " + state.length + " numbers, this one needs "
                            + (1 + memory.length * ranges.size()),
                    "it was saved by another kind of optimizer or for another model");
        }
        steps = (long) state[0];
        for (int m = 0; m < memory.length; m++) {
            System.arraycopy(state, 1 + m * ranges.size(), memory[m], 0, ranges.size());
        }
    }

    /** Scales a gradient down to Euclidean length {@code longest} if it is longer; returns the length it had. */
    public static double clip(double[] gradient, double longest) {
        double squares = 0;
        for (double g : gradient) {
            squares += g * g;
        }
        double length = Math.sqrt(squares);
        if (length > longest) {
            double scale = longest / length;
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] *= scale;
            }
        }
        return length;
    }
}
