package dev.meso.runtime.mesoscale;

import java.io.Serializable;
import java.util.random.RandomGenerator;

/**
 * A small network from k variables to their values one frame later: y + V tanh(U y + b) + c, one layer and a skip connection.
 * Parameters lie in one array, which belongs to the network: rows of U with their b, then rows of V with their c.
 */
public final class SmallNetwork implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int k;
    private final int width;
    private final double[] parameters;

    SmallNetwork(int k, int width, double[] parameters) {
        this.k = k;
        this.width = width;
        this.parameters = parameters;
    }

    /** Weights into the layer random, weights out of it 0: at first nothing changes. */
    static SmallNetwork random(int k, int width, RandomGenerator random) {
        double[] parameters = new double[count(k, width)];
        for (int h = 0; h < width; h++) {
            for (int j = 0; j < k; j++) {
                parameters[h * (k + 1) + j] = random.nextGaussian() / Math.sqrt(k);
            }
            parameters[h * (k + 1) + k] = random.nextGaussian();
        }
        return new SmallNetwork(k, width, parameters);
    }

    static int count(int k, int width) {
        return width * (k + 1) + k * (width + 1);
    }

    /** Number of variables. */
    public int variables() {
        return k;
    }

    /** Number of units of the layer. */
    public int width() {
        return width;
    }

    /** The network's own array. */
    double[] parameters() {
        return parameters;
    }

    /** Number of free parameters. */
    public int freeParameters() {
        return parameters.length;
    }

    /** A copy of all parameters: rows of U with their b, then rows of V with their c. */
    public double[] weights() {
        return parameters.clone();
    }

    /** The variables one frame later; {@code hidden} keeps what the units did. */
    void apply(double[] y, double[] hidden, double[] next) {
        int at = 0;
        for (int h = 0; h < width; h++) {
            double sum = 0;
            for (int j = 0; j < k; j++) {
                sum += parameters[at++] * y[j];
            }
            hidden[h] = Math.tanh(sum + parameters[at++]);
        }
        for (int j = 0; j < k; j++) {
            double sum = y[j];
            for (int h = 0; h < width; h++) {
                sum += parameters[at++] * hidden[h];
            }
            next[j] = sum + parameters[at++];
        }
    }

    /**
     * Backwards through {@link #apply}.
     *
     * @param slope derivative by the output
     * @param gradient derivative by the parameters, added to
     * @param back derivative by y, replaced
     */
    void backward(double[] y, double[] hidden, double[] slope, double[] gradient, double[] back) {
        int second = width * (k + 1);
        System.arraycopy(slope, 0, back, 0, k);
        for (int j = 0; j < k; j++) {
            int row = second + j * (width + 1);
            for (int h = 0; h < width; h++) {
                gradient[row + h] += slope[j] * hidden[h];
            }
            gradient[row + width] += slope[j];
        }
        for (int h = 0; h < width; h++) {
            double sum = 0;
            for (int j = 0; j < k; j++) {
                sum += slope[j] * parameters[second + j * (width + 1) + h];
            }
            sum *= 1 - hidden[h] * hidden[h];
            int row = h * (k + 1);
            for (int j = 0; j < k; j++) {
                gradient[row + j] += sum * y[j];
                back[j] += sum * parameters[row + j];
            }
            gradient[row + k] += sum;
        }
    }
}
