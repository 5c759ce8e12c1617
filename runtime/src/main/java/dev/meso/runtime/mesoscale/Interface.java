package dev.meso.runtime.mesoscale;

import java.io.Serializable;

/**
 * How a module is linked to the neurons of one domain: y = in (x - means) + shift are the module's variables, x = means + out (y - shift) the
 * neurons again. Tied: in out = 1.
 *
 * @param location of the domain's centre
 * @param module that works there
 * @param neurons of the domain, ascending
 * @param means of the neurons
 * @param in variables x neurons
 * @param shift of the variables
 * @param out neurons x variables
 */
public record Interface(
        int location, int module, int[] neurons, double[] means, double[] in, double[] shift, double[] out)
        implements Serializable {
    /** The interface of a domain whose variables are linked to a module. */
    static Interface of(int location, int module, Latents z, Link link) {
        int k = z.rank();
        int n = z.neurons().length;
        double[] inverse = new double[k * k];
        if (!Coordinates.invert(link.map(), k, inverse)) {
            throw new IllegalStateException("the link of a domain is singular");
        }
        double[] in = new double[k * n];
        double[] out = new double[n * k];
        for (int a = 0; a < k; a++) {
            for (int i = 0; i < n; i++) {
                for (int b = 0; b < k; b++) {
                    in[a * n + i] += link.map()[a * k + b] * z.in()[b * n + i];
                    out[i * k + a] += z.out()[i * k + b] * inverse[b * k + a];
                }
            }
        }
        return new Interface(location, module, z.neurons(), z.means(), in, link.shift(), out);
    }

    /** Number of variables. */
    public int rank() {
        return shift.length;
    }

    /** Weights of {@code out}, which decides {@code in}, and the shift; the means are those of the data. */
    public int freeParameters() {
        return out.length + shift.length;
    }

    /** The module's variables from the state of all neurons. */
    void read(double[] state, double[] y) {
        int n = neurons.length;
        for (int a = 0; a < y.length; a++) {
            double sum = shift[a];
            for (int i = 0; i < n; i++) {
                sum += in[a * n + i] * (state[neurons[i]] - means[i]);
            }
            y[a] = sum;
        }
    }

    /** The domain's neurons from the module's variables. */
    void write(double[] y, double[] state) {
        int k = y.length;
        for (int i = 0; i < neurons.length; i++) {
            double sum = means[i];
            for (int a = 0; a < k; a++) {
                sum += out[i * k + a] * (y[a] - shift[a]);
            }
            state[neurons[i]] = sum;
        }
    }
}
