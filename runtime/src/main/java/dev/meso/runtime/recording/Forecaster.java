package dev.meso.runtime.recording;

import java.util.Arrays;

/**
 * Something that follows a recording with a state of one number a neuron and predicts the next frame from it. What it remembers
 * besides stands after the neurons in the state, 0 in the first frame.
 */
public interface Forecaster {
    /** What tables call it. */
    String name();

    /** How many numbers it remembers besides those of the neurons. */
    default int memory() {
        return 0;
    }

    /**
     * Brings the state to a frame that was seen.
     *
     * @param seen the values of the frame, NaN where missing
     * @param state that of the frame before, to be changed in place; in the first frame of a recording {@code seen} itself,
     *     0 where missing
     */
    default void observe(double[] seen, double[] state) {
        for (int i = 0; i < seen.length; i++) {
            if (!Double.isNaN(seen[i])) {
                state[i] = seen[i];
            }
        }
    }

    /** The state one frame later; {@code next} is not {@code state}. Called by several threads at once. */
    void step(double[] state, double[] next);

    /**
     * Several states one frame later, one after the other in {@code states} and {@code next}: of each the same bits as {@link #step(double[],
     * double[])} gives.
     */
    default void step(double[] states, double[] next, int rows) {
        int width = states.length / rows;
        double[] to = new double[width];
        for (int r = 0; r < rows; r++) {
            step(Arrays.copyOfRange(states, r * width, (r + 1) * width), to);
            System.arraycopy(to, 0, next, r * width, width);
        }
    }
}
