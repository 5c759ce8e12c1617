package dev.meso.runtime.mesoscale;

import dev.meso.runtime.tensor.Options.Precision;
import java.io.Serializable;

/**
 * How a model is fitted.
 *
 * @param epochs passes over the training windows at most
 * @param window predictions in each window, for which memories and learned gains are followed
 * @param batch windows in each step of the optimizer
 * @param method how parameters change
 * @param rate of learning, at the start; it falls along half a cosine to a hundredth
 * @param validation the last part of the training frames, which decides when to stop and which state is kept
 * @param patience epochs without a better validation error after which training stops
 * @param temperature of the assignment at the start; it falls to {@code coldest} over the first half of the epochs
 * @param coldest temperature of the assignment at the end
 * @param clip longest gradient; longer ones are shortened to it
 * @param alternate whether epochs take turns between assignment and mixture on one side and all else on the other
 * @param precision of the arithmetic
 * @param seed of the starting weights and the order of windows
 */
public record FitOptions(
        int epochs,
        int window,
        int batch,
        Method method,
        double rate,
        double validation,
        int patience,
        double temperature,
        double coldest,
        double clip,
        boolean alternate,
        Precision precision,
        long seed)
        implements Serializable {
    /** Ways to change parameters. */
    public enum Method {
        ADAM,
        SGD,
        /** Weights keep their signs: Dale's law. */
        EXPONENTIATED
    }

    public static final FitOptions DEFAULT =
            new FitOptions(100, 8, 32, Method.ADAM, 1e-2, 0.15, 20, 1, 0.05, 5, false, Precision.DOUBLE, 1);

    public FitOptions withSeed(long other) {
        return new FitOptions(
                epochs,
                window,
                batch,
                method,
                rate,
                validation,
                patience,
                temperature,
                coldest,
                clip,
                alternate,
                precision,
                other);
    }
}
