package dev.meso.runtime.spectrum;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Wiring;
import java.util.Arrays;

/** Weights of connections as the chances of a random walk, and their symmetric form. */
public final class WalkWeights {
    private WalkWeights() {}

    /**
     * The chance of each connection, in row order, to be the one a walker leaves its neuron by: in proportion to the weights.
     *
     * @param weights in row order; null for ones
     * @throws MesoException WRONG_VALUE where a weight is negative or not finite
     */
    public static double[] of(Wiring wiring, double[] weights) {
        double[] chances = new double[wiring.m()];
        for (int v = 0; v < wiring.n(); v++) {
            double sum = 0;
            for (int e = wiring.outStart()[v]; e < wiring.outStart()[v + 1]; e++) {
                chances[e] = weights == null ? 1 : required(weights[e]);
                sum += chances[e];
            }
            for (int e = wiring.outStart()[v]; sum > 0 && e < wiring.outStart()[v + 1]; e++) {
                chances[e] /= sum;
            }
        }
        return chances;
    }

    private static double required(double weight) {
        if (weight >= 0 && weight < Double.POSITIVE_INFINITY) {
            return weight;
        }
        throw new MesoException(
                ErrorCode.WRONG_VALUE,
                "a random walk needs weights of 0 or more, and one is " + weight,
                "leave `weights` out to count every connection alike");
    }

    /** D^-1/2 S D^-1/2, S with 1 where neurons are connected either way, or with the sum of both weights. */
    static SparseMatrix symmetric(Wiring wiring, double[] weights) {
        for (int e = 0; weights != null && e < weights.length; e++) {
            required(weights[e]);
        }
        SparseMatrix a = SparseMatrix.of(wiring, weights);
        SparseMatrix back = a.transposed();
        int n = wiring.n();
        int[] start = new int[n + 1];
        int[] columns = new int[2 * wiring.m()];
        double[] values = new double[2 * wiring.m()];
        double[] sums = new double[n];
        int count = 0;
        for (int v = 0; v < n; v++) {
            int i = a.start()[v];
            int j = back.start()[v];
            while (i < a.start()[v + 1] || j < back.start()[v + 1]) {
                int to = i < a.start()[v + 1] ? a.columns()[i] : Integer.MAX_VALUE;
                int from = j < back.start()[v + 1] ? back.columns()[j] : Integer.MAX_VALUE;
                double value = 0;
                if (to <= from) {
                    value += a.value(i++);
                }
                if (from <= to) {
                    value += back.value(j++);
                }
                values[count] = weights == null ? 1 : value;
                sums[v] += values[count];
                columns[count++] = Math.min(to, from);
            }
            start[v + 1] = count;
        }
        for (int v = 0; v < n; v++) {
            for (int e = start[v]; e < start[v + 1]; e++) {
                double product = sums[v] * sums[columns[e]];
                values[e] = product == 0 ? 0 : values[e] / Math.sqrt(product);
            }
        }
        return new SparseMatrix(start, Arrays.copyOf(columns, count), Arrays.copyOf(values, count));
    }
}
