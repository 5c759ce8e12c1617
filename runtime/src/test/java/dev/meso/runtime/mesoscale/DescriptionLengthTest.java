package dev.meso.runtime.mesoscale;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Cases computed by hand. */
class DescriptionLengthTest {
    private static DescriptionLength of(double[] variances, long[] values, long parameters, long frames, int... pairs) {
        return DescriptionLength.of(variances, values, parameters, frames, pairs);
    }

    @Test
    void residualsAreGaussianWithOneVarianceANeuron() {
        // 1/(2 pi e) is the variance of a Gaussian with entropy 0.
        double zero = 1 / (2 * Math.PI * Math.E);
        assertEquals(0, of(new double[] {zero}, new long[] {100}, 0, 100, 0).total(), 1e-12);
        // Variance 1: 100/2 (ln 2 pi + 1) = 141.8938533; e^2 times the variance costs a nat a value more.
        assertEquals(
                141.8938533204673,
                of(new double[] {1}, new long[] {100}, 0, 100, 0).residuals(),
                1e-9);
        assertEquals(
                141.8938533204673 + 0 + 30,
                of(new double[] {1, zero * Math.exp(2)}, new long[] {100, 30}, 0, 100, 0, 0)
                        .residuals(),
                1e-9);
    }

    @Test
    void parametersCostHalfALogOfTheFrames() {
        DescriptionLength length = of(new double[] {1}, new long[] {100}, 12, (long) Math.exp(10), 0);
        assertEquals(12 * Math.log((long) Math.exp(10)) / 2, length.parameters());
        assertEquals(60, length.parameters(), 1e-3);
    }

    @Test
    void assignedNeuronsCostTheLogOfTheirPairs() {
        double[] variances = {1, 1, 1, 1};
        long[] values = {10, 10, 10, 10};
        DescriptionLength length = of(variances, values, 0, 10, 8, 1, 0, 4);
        assertEquals(Math.log(8) + Math.log(4), length.assignment(), 1e-12);
        assertEquals(length.residuals() + length.parameters() + length.assignment(), length.total());
    }

    @Test
    void perfectPredictionsAreCodedToAPrecision() {
        assertEquals(
                of(new double[] {DescriptionLength.PRECISION}, new long[] {10}, 0, 10, 0),
                of(new double[] {0}, new long[] {10}, 0, 10, 0));
    }
}
