package dev.meso.runtime.mesoscale;

import dev.meso.runtime.task.Monitor;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Fits one network and the links of the domains that use it, together, to the next frames of the domains' neurons: Adam (Kingma and Ba 2015) on
 * squared residuals over each neuron's variance, frames drawn at random.
 */
final class NetworkFit {
    /** Frames in a step, shared by the domains, so that a module of few domains is fitted no better than one of many. */
    private static final int FRAMES_A_STEP = 216;

    private static final int FEWEST = 8;
    private static final double MOMENTUM = 0.9;
    private static final double MEMORY = 0.999;

    private final int k;
    private final Latents[] latents;
    private final int[] starts;
    private final SmallNetwork network;
    private final Link[] links;

    /** K x K weight of residuals of each domain's variables: out' diag(1 / variance) out. */
    private final double[][] metric;

    /** All parameters, network first, then map and shift of each domain. */
    private final double[] all;

    private final double[] gradient;
    private final int own;

    NetworkFit(Latents[] latents, Link[] links, int[] starts, int width, double[][] variances, RandomGenerator random) {
        this.k = latents[0].rank();
        this.latents = latents;
        this.starts = starts;
        this.network = SmallNetwork.random(k, width, random);
        this.links = new Link[links.length];
        this.own = network.freeParameters();
        int each = k * k + k;
        all = new double[own + latents.length * each];
        gradient = new double[all.length];
        System.arraycopy(network.parameters(), 0, all, 0, own);
        metric = new double[latents.length][];
        double mean = 0;
        for (int d = 0; d < latents.length; d++) {
            System.arraycopy(links[d].map(), 0, all, own + d * each, k * k);
            System.arraycopy(links[d].shift(), 0, all, own + d * each + k * k, k);
            this.links[d] = links[d];
            metric[d] = metric(latents[d], variances[d]);
            for (int i = 0; i < k; i++) {
                mean += metric[d][i * k + i] / (k * latents.length);
            }
        }
        for (double[] m : metric) {
            for (int i = 0; i < m.length; i++) {
                m[i] /= mean;
            }
        }
        unpack();
    }

    private double[] metric(Latents z, double[] variances) {
        double[] m = new double[k * k];
        for (int i = 0; i < variances.length; i++) {
            double weight = 1 / Math.max(DescriptionLength.PRECISION, variances[i]);
            for (int a = 0; a < k; a++) {
                for (int b = 0; b < k; b++) {
                    m[a * k + b] += weight * z.out()[i * k + a] * z.out()[i * k + b];
                }
            }
        }
        return m;
    }

    /** Puts the parameters where they are used; a link that would become singular stays as it is. */
    private void unpack() {
        int each = k * k + k;
        System.arraycopy(all, 0, network.parameters(), 0, own);
        for (int d = 0; d < latents.length; d++) {
            int at = own + d * each;
            Link link =
                    new Link(Arrays.copyOfRange(all, at, at + k * k), Arrays.copyOfRange(all, at + k * k, at + each));
            if (Coordinates.invert(link.map(), k, new double[k * k])) {
                links[d] = link;
            } else {
                System.arraycopy(links[d].map(), 0, all, at, k * k);
                System.arraycopy(links[d].shift(), 0, all, at + k * k, k);
            }
        }
    }

    SmallNetwork network() {
        return network;
    }

    Link[] links() {
        return links;
    }

    /** Some steps of Adam, the rate falling from {@code rate} to 0 as a cosine. */
    void run(int steps, double rate, RandomGenerator random, Monitor monitor) {
        double[] first = new double[all.length];
        double[] second = new double[all.length];
        int[] some = new int[Math.max(FEWEST, FRAMES_A_STEP / latents.length)];
        for (int s = 1; s <= steps; s++) {
            if (s % 16 == 0) {
                monitor.checkpoint();
            }
            Arrays.fill(gradient, 0);
            for (int d = 0; d < latents.length; d++) {
                for (int i = 0; i < some.length; i++) {
                    some[i] = starts[random.nextInt(starts.length)];
                }
                add(d, some);
            }
            double now = rate * 0.5 * (1 + Math.cos(Math.PI * (s - 1) / steps));
            double a = 1 - Math.pow(MOMENTUM, s);
            double b = 1 - Math.pow(MEMORY, s);
            for (int i = 0; i < all.length; i++) {
                first[i] = MOMENTUM * first[i] + (1 - MOMENTUM) * gradient[i];
                second[i] = MEMORY * second[i] + (1 - MEMORY) * gradient[i] * gradient[i];
                all[i] -= now * (first[i] / a) / (Math.sqrt(second[i] / b) + 1e-8);
            }
            unpack();
        }
    }

    /** All parameters, the gradient that {@link #add} adds to, for tests. */
    double[] all() {
        return all;
    }

    double[] gradient() {
        return gradient;
    }

    void moveTo(double[] parameters) {
        System.arraycopy(parameters, 0, all, 0, all.length);
        unpack();
    }

    /** The loss of some frames of a domain, half the mean over frames and domains of residual' metric residual; adds its gradient. */
    double add(int d, int[] frames) {
        Latents z = latents[d];
        double[] map = links[d].map();
        double[] shift = links[d].shift();
        double[] inverse = new double[k * k];
        Coordinates.invert(map, k, inverse);
        double[] y = new double[k];
        double[] hidden = new double[network.width()];
        double[] next = new double[k];
        double[] guess = new double[k];
        double[] slope = new double[k];
        double[] through = new double[k];
        double[] back = new double[k];
        int at = own + d * (k * k + k);
        double share = 1.0 / (frames.length * latents.length);
        double loss = 0;
        for (int t : frames) {
            forward(z.values(), t, map, shift, inverse, y, hidden, next, guess);
            for (int i = 0; i < k; i++) {
                double sum = 0;
                for (int j = 0; j < k; j++) {
                    sum += metric[d][i * k + j] * (guess[j] - z.values()[(t + 1) * k + j]);
                }
                slope[i] = share * sum;
                loss += slope[i] * (guess[i] - z.values()[(t + 1) * k + i]) / 2;
            }
            for (int i = 0; i < k; i++) {
                double sum = 0;
                for (int j = 0; j < k; j++) {
                    sum += inverse[j * k + i] * slope[j];
                }
                through[i] = sum;
            }
            network.backward(y, hidden, through, gradient, back);
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                    // By the link on the way in, and by its inverse on the way out.
                    gradient[at + i * k + j] += back[i] * z.values()[t * k + j] - through[i] * guess[j];
                }
                gradient[at + k * k + i] += back[i] - through[i];
            }
        }
        return loss;
    }

    /** guess = A⁻¹ (network(A z + c) - c). */
    private void forward(
            double[] z,
            int t,
            double[] map,
            double[] shift,
            double[] inverse,
            double[] y,
            double[] hidden,
            double[] next,
            double[] guess) {
        for (int i = 0; i < k; i++) {
            y[i] = shift[i];
            for (int j = 0; j < k; j++) {
                y[i] += map[i * k + j] * z[t * k + j];
            }
        }
        network.apply(y, hidden, next);
        for (int i = 0; i < k; i++) {
            guess[i] = 0;
            for (int j = 0; j < k; j++) {
                guess[i] += inverse[i * k + j] * (next[j] - shift[j]);
            }
        }
    }
}
