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

    /** A rotation or reflection, uniformly drawn. */
    static Link random(int k, RandomGenerator random) {
        return new Link(Coordinates.random(k, random), new double[k]);
    }
}
