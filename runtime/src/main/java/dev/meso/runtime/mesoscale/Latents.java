package dev.meso.runtime.mesoscale;

import dev.meso.runtime.task.Monitor;

/**
 * The common variables of a domain: principal components of its neurons, scaled to unit variance (Karhunen and Loève).
 *
 * @param neurons of the domain, ascending
 * @param rank number of variables, K
 * @param in K x neurons: z = in (x - means)
 * @param out neurons x K, the inverse of {@code in}: x - means is about out z
 * @param means of the neurons' states
 * @param unexplained variance of each neuron beyond {@code out z}
 * @param values frames x K
 */
record Latents(
        int[] neurons, int rank, double[] in, double[] out, double[] means, double[] unexplained, double[] values) {
    /** @param states frames x n */
    static Latents of(double[] states, int n, int[] neurons, int rank, Monitor monitor) {
        int k = neurons.length;
        int frames = states.length / n;
        double[] means = new double[k];
        for (int t = 0; t < frames; t++) {
            for (int i = 0; i < k; i++) {
                means[i] += states[t * n + neurons[i]] / frames;
            }
        }
        double[] covariance = new double[k * k];
        double[] row = new double[k];
        for (int t = 0; t < frames; t++) {
            if (t % 256 == 0) {
                monitor.checkpoint();
            }
            for (int i = 0; i < k; i++) {
                row[i] = states[t * n + neurons[i]] - means[i];
            }
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                    covariance[i * k + j] += row[i] * row[j] / frames;
                }
            }
        }
        Spectrum spectrum = Spectrum.of(covariance, k);
        double[] in = new double[rank * k];
        double[] out = new double[k * rank];
        double[] unexplained = new double[k];
        for (int i = 0; i < k; i++) {
            unexplained[i] = covariance[i * k + i];
            for (int r = 0; r < rank; r++) {
                // A component without variance stays finite and is read as 0.
                double deviation = Math.sqrt(Math.max(1e-12, spectrum.values()[r]));
                double v = spectrum.vectors()[r * k + i];
                in[r * k + i] = v / deviation;
                out[i * rank + r] = v * deviation;
                unexplained[i] -= out[i * rank + r] * out[i * rank + r];
            }
            unexplained[i] = Math.max(0, unexplained[i]);
        }
        double[] values = new double[frames * rank];
        for (int t = 0; t < frames; t++) {
            for (int r = 0; r < rank; r++) {
                double sum = 0;
                for (int i = 0; i < k; i++) {
                    sum += in[r * k + i] * (states[t * n + neurons[i]] - means[i]);
                }
                values[t * rank + r] = sum;
            }
        }
        return new Latents(neurons, rank, in, out, means, unexplained, values);
    }
}
