package dev.meso.runtime.mesoscale;

import java.io.Serializable;

/**
 * How many nats it takes to write down a recording with the help of a model: the residuals, the model, and who belongs where. The lowest of
 * several models is the best one. It approximates a two-part code as the criterion of Schwarz (1978, Ann Stat 6:461) does: differences
 * count, not values, and the residuals of a recording without noise are no noise.
 *
 * @param residuals of each neuron as Gaussian with a variance of its own: T/2 (ln(2 pi variance) + 1), T its predicted values
 * @param parameters ln(T)/2 for each free parameter of the rounded networks and of the interfaces, T the predicted frames
 * @param assignment ln of the number of (location, module) pairs to choose from, for each assigned neuron
 */
public record DescriptionLength(double residuals, double parameters, double assignment) implements Serializable {
    /** Variances are at least this: nothing finer than a thousandth of a standardized neuron's deviation is coded. */
    public static final double PRECISION = 1e-6;

    /**
     * The length under a fitted model.
     *
     * @param variances mean squared residual of each neuron on the training part, in standardized units
     * @param values number of predicted values of each neuron
     * @param freeParameters of the rounded networks and of all interfaces
     * @param frames number of predicted frames
     * @param pairs number of (location, module) pairs whose sphere holds each neuron, 0 for one that is not assigned
     */
    public static DescriptionLength of(
            double[] variances, long[] values, long freeParameters, long frames, int[] pairs) {
        double residuals = 0;
        double assignment = 0;
        for (int i = 0; i < variances.length; i++) {
            residuals += values[i] / 2.0 * (Math.log(2 * Math.PI * Math.max(PRECISION, variances[i])) + 1);
            assignment += pairs[i] > 0 ? Math.log(pairs[i]) : 0;
        }
        return new DescriptionLength(residuals, freeParameters * Math.log(frames) / 2, assignment);
    }

    /** The whole length in nats. */
    public double total() {
        return residuals + parameters + assignment;
    }
}
