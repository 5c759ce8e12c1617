package dev.meso.runtime.mesoscale;

import dev.meso.runtime.recording.Forecasts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
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
 * @param similarity how well the network of each module, rows, serves the domains of each, columns; see {@link ModuleSimilarity}. NaN where it is not
 *     known
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
        boolean stopped,
        double[][] similarity)
        implements Serializable {
    /** One of several fits from different seeds. */
    public record Restart(long seed, double length, double error) implements Serializable {}

    /** The same beside one more model. */
    FitReport beside(Forecasts.Error[] other) {
        List<Forecasts.Error[]> all = new ArrayList<>(errors);
        all.add(other);
        return with(List.copyOf(all), restarts, similarity);
    }

    FitReport after(List<Restart> all) {
        return with(errors, List.copyOf(all), similarity);
    }

    FitReport similar(double[][] matrix) {
        return with(errors, restarts, matrix);
    }

    private FitReport with(List<Forecasts.Error[]> otherErrors, List<Restart> otherRestarts, double[][] matrix) {
        return new FitReport(
                terms,
                history,
                otherErrors,
                explained,
                byModule,
                length,
                rounding,
                otherRestarts,
                seed,
                frames,
                stopped,
                matrix);
    }

    /** Where nothing is known of it. */
    static double[][] unknown(int modules) {
        double[][] matrix = new double[modules][modules];
        for (double[] row : matrix) {
            Arrays.fill(row, Double.NaN);
        }
        return matrix;
    }
}
