package dev.meso.runtime.mesoscale;

import dev.meso.runtime.recording.Forecasts;
import java.io.Serializable;
import java.util.List;

/**
 * How a fit went.
 *
 * @param terms names of the terms of the loss
 * @param history for each epoch the mean of each term, then the validation error
 * @param errors of the model, first, and the baselines: each 1 .. horizon frames ahead on the test part, in standardized units
 * @param explained R² one frame ahead of each neuron on the test part; NaN where it was not recorded
 * @param byModule mean squared error one frame ahead of the neurons of each module; NaN for a module without neurons
 * @param length description length of the training part
 * @param rounding validation error before and after switches and assignment were decided
 * @param restarts what each seed came to
 * @param seed the one that was kept: the shortest description
 * @param frames frames of the training and of the test part
 * @param stopped whether the fit was stopped before its last epoch
 */
public record FitReport(
        List<String> terms,
        List<double[]> history,
        List<Forecasts.Error[]> errors,
        double[] explained,
        double[] byModule,
        DescriptionLength length,
        double[] rounding,
        List<Restart> restarts,
        long seed,
        int[] frames,
        boolean stopped)
        implements Serializable {
    /** One of several fits from different seeds. */
    public record Restart(long seed, double length, double error) implements Serializable {}

    /** The same beside one more model. */
    FitReport beside(Forecasts.Error[] other) {
        List<Forecasts.Error[]> all = new java.util.ArrayList<>(errors);
        all.add(other);
        return new FitReport(
                terms,
                history,
                List.copyOf(all),
                explained,
                byModule,
                length,
                rounding,
                restarts,
                seed,
                frames,
                stopped);
    }

    FitReport after(List<Restart> all) {
        return new FitReport(
                terms, history, errors, explained, byModule, length, rounding, List.copyOf(all), seed, frames, stopped);
    }
}
