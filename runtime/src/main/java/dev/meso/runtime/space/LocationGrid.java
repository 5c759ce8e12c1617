package dev.meso.runtime.space;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;

/**
 * Centres of spheres on a cubic lattice that spans the box around the neurons (Dean et al., section 4.2: spherical
 * subvolumes of a fixed diameter, a stride apart, the stride well below the diameter). Every place of the box is at most half a stride from
 * the lattice along each axis, so spheres whose diameter is at least √3 strides leave no gap.
 *
 * @param diameter of each sphere
 * @param stride distance between neighbouring centres
 * @param x first coordinate of each centre; centres are in order of z, then y, then x
 * @param y second
 * @param z third
 */
public record LocationGrid(double diameter, double stride, double[] x, double[] y, double[] z) {
    /** More centres than this are a mistake in a unit, not a model. */
    private static final double LARGEST = 1e7;

    /** The lattice with its middle in the middle of the box. */
    public static LocationGrid over(Positions positions, double diameter, double stride) {
        return shifted(positions, diameter, stride, 0, 0, 0);
    }

    /** As {@link #over}, moved by these parts of a stride along each axis. */
    public static LocationGrid shifted(
            Positions positions, double diameter, double stride, double shiftX, double shiftY, double shiftZ) {
        check(diameter, stride);
        double[] low = extreme(positions, true);
        double[] high = extreme(positions, false);
        double[] shift = {shiftX, shiftY, shiftZ};
        double[] origin = new double[3];
        for (int a = 0; a < 3; a++) {
            double steps = Math.floor((high[a] - low[a]) / stride);
            origin[a] = (low[a] + high[a]) / 2 - steps / 2 * stride + shift[a] * stride;
        }
        return lattice(positions, diameter, stride, origin, low, high);
    }

    /** The lattice through a given place: that of another recording, or of planted tissue. */
    public static LocationGrid through(
            Positions positions, double diameter, double stride, double originX, double originY, double originZ) {
        check(diameter, stride);
        return lattice(
                positions,
                diameter,
                stride,
                new double[] {originX, originY, originZ},
                extreme(positions, true),
                extreme(positions, false));
    }

    private static void check(double diameter, double stride) {
        if (!(diameter > 0) || !(stride > 0) || Double.isInfinite(diameter) || Double.isInfinite(stride)) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    "a domain needs a diameter and a stride above 0, not " + diameter + " and " + stride);
        }
    }

    private static double[] extreme(Positions positions, boolean low) {
        double[] found = new double[3];
        for (int a = 0; a < 3; a++) {
            double[] c = positions.along(a);
            double best = low ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
            for (int v = 0; v < c.length; v++) {
                if (positions.has(v)) {
                    best = low ? Math.min(best, c[v]) : Math.max(best, c[v]);
                }
            }
            found[a] = best;
        }
        if (Double.isInfinite(found[0])) {
            throw new MesoException(
                    ErrorCode.NOT_A_NUMBER,
                    "no neuron has a position",
                    "receptive fields are spheres around places: the neurons need coordinates");
        }
        return found;
    }

    private static LocationGrid lattice(
            Positions positions, double diameter, double stride, double[] origin, double[] low, double[] high) {
        long[] first = new long[3];
        long[] count = new long[3];
        double all = 1;
        for (int a = 0; a < 3; a++) {
            // The lattice points nearest to the faces of the box; halves round outwards, so that a face is not left
            // out.
            first[a] = (long) Math.ceil((low[a] - origin[a]) / stride - 0.5);
            count[a] = Math.max(1, (long) Math.floor((high[a] - origin[a]) / stride + 0.5) - first[a] + 1);
            all *= count[a];
        }
        if (all > LARGEST) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    String.format(
                            java.util.Locale.ROOT,
                            "a stride of %s makes a grid of %.0f locations in a box of %s x %s x %s",
                            positions.write(stride),
                            all,
                            positions.write(high[0] - low[0]),
                            positions.write(high[1] - low[1]),
                            positions.write(high[2] - low[2])),
                    "is it in the unit of the positions?");
        }
        int n = (int) all;
        double[] x = new double[n];
        double[] y = new double[n];
        double[] z = new double[n];
        int at = 0;
        for (long k = 0; k < count[2]; k++) {
            for (long j = 0; j < count[1]; j++) {
                for (long i = 0; i < count[0]; i++, at++) {
                    x[at] = origin[0] + (first[0] + i) * stride;
                    y[at] = origin[1] + (first[1] + j) * stride;
                    z[at] = origin[2] + (first[2] + k) * stride;
                }
            }
        }
        return new LocationGrid(diameter, stride, x, y, z);
    }

    /** Number of locations. */
    public int size() {
        return x.length;
    }

    /** These locations of the grid, in the order given. */
    LocationGrid only(int[] kept) {
        double[][] c = new double[3][kept.length];
        for (int i = 0; i < kept.length; i++) {
            c[0][i] = x[kept[i]];
            c[1][i] = y[kept[i]];
            c[2][i] = z[kept[i]];
        }
        return new LocationGrid(diameter, stride, c[0], c[1], c[2]);
    }
}
