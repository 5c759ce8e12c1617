package dev.meso.runtime.mesoscale;

import java.io.Serializable;
import java.util.random.RandomGenerator;

/**
 * A domain's variables z in the coordinates of its module: y = map z + shift.
 *
 * @param map k x k by rows
 * @param shift k
 */
record Link(double[] map, double[] shift) implements Serializable {
    static Link identity(int k) {
        return new Link(Coordinates.identity(k), new double[k]);
    }

    /** This link, then another: y = next.map (map z + shift) + next.shift. */
    Link then(Link next) {
        int k = shift.length;
        double[] product = new double[k * k];
        double[] sum = next.shift.clone();
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                sum[i] += next.map[i * k + j] * shift[j];
                for (int c = 0; c < k; c++) {
                    product[i * k + c] += next.map[i * k + j] * map[j * k + c];
                }
            }
        }
        return new Link(product, sum);
    }

    /** The way back: z = map⁻¹ (y - shift). */
    Link inverse() {
        int k = shift.length;
        double[] inverse = new double[k * k];
        if (!Coordinates.invert(map, k, inverse)) {
            throw new IllegalStateException("the link of a domain is singular");
        }
        double[] back = new double[k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                back[i] -= inverse[i * k + j] * shift[j];
            }
        }
        return new Link(inverse, back);
    }

    /** Map and shift are the means of those of several links. */
    static Link mean(Link... links) {
        int k = links[0].shift.length;
        Link mean = new Link(new double[k * k], new double[k]);
        for (Link link : links) {
            for (int i = 0; i < k * k; i++) {
                mean.map[i] += link.map[i] / links.length;
            }
            for (int i = 0; i < k; i++) {
                mean.shift[i] += link.shift[i] / links.length;
            }
        }
        return mean;
    }

    /** A rotation or reflection, uniformly drawn. */
    static Link random(int k, RandomGenerator random) {
        return new Link(Coordinates.random(k, random), new double[k]);
    }
}
