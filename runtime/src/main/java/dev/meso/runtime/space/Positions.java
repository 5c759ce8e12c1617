package dev.meso.runtime.space;

import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.unit.Unit;

/**
 * Places of neurons in space. A neuron with a NaN coordinate has none. Arrays are taken over and must not be written to.
 *
 * @param x first coordinate of each neuron
 * @param y second, all 0 for neurons on a line
 * @param z third, all 0 for neurons in a plane
 * @param unit of all coordinates, {@link Unit#ONE} where it is not known
 */
public record Positions(double[] x, double[] y, double[] z, Unit unit) {
    public Positions {
        if (x.length != y.length || x.length != z.length) {
            throw new IllegalArgumentException("coordinates of " + x.length + ", " + y.length + ", " + z.length);
        }
    }

    /** Positions of a connectome's neurons in {@code unit}; axes it does not have are 0. Errors: those of {@link Connectome#position}. */
    public static Positions of(Connectome g, Unit unit) {
        int axes = g.positionColumns().size();
        return new Positions(
                g.position(0, unit),
                axes > 1 ? g.position(1, unit) : new double[g.n()],
                axes > 2 ? g.position(2, unit) : new double[g.n()],
                unit);
    }

    /** Number of neurons, with or without a place. */
    public int n() {
        return x.length;
    }

    /** Whether neuron {@code v} has a place. */
    public boolean has(int v) {
        return Double.isFinite(x[v]) && Double.isFinite(y[v]) && Double.isFinite(z[v]);
    }

    /** Coordinates along {@code axis} 0, 1 or 2. */
    public double[] along(int axis) {
        return axis == 0 ? x : axis == 1 ? y : z;
    }

    /** A number with the unit, for messages. */
    String write(double length) {
        String number = String.format(java.util.Locale.ROOT, "%.4g", length);
        if (number.contains(".") && !number.contains("e")) {
            number = number.replaceAll("0+$", "").replaceAll("\\.$", "");
        }
        return unit.isOne() ? number : number + " " + unit;
    }

    static double squared(double dx, double dy, double dz) {
        return dx * dx + dy * dy + dz * dz;
    }
}
