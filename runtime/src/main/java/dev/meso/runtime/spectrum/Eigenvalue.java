package dev.meso.runtime.spectrum;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An eigenvalue {@code re + i im}.
 *
 * @param residual the norm of A x - x lambda for the unit vector x that was found: how far A is from a matrix that has exactly
 *     this eigenvalue
 */
public record Eigenvalue(double re, double im, double residual) {
    /** What differs by less than this, relative to the largest, is the same but for rounding. */
    private static final double SAME = 1e-10;

    public double modulus() {
        return Math.hypot(re, im);
    }

    /**
     * The eigenvalues of a real matrix in descending order of their moduli, or of their real parts. Two that form a pair but for
     * rounding become one, and imaginary parts that are rounding errors 0; equal moduli are ordered by their real parts, and pairs
     * with the positive imaginary part first.
     */
    static List<Eigenvalue> ordered(List<Eigenvalue> found, boolean byReal) {
        double largest = 0;
        for (Eigenvalue e : found) {
            largest = Math.max(largest, e.modulus());
        }
        double same = SAME * largest;
        List<Eigenvalue> left = new ArrayList<>();
        for (Eigenvalue e : found) {
            left.add(Math.abs(e.im) <= same ? new Eigenvalue(e.re, 0, e.residual) : e);
        }
        for (int i = 0; i < left.size(); i++) {
            Eigenvalue e = left.get(i);
            for (int j = i + 1; j < left.size() && e.im != 0; j++) {
                Eigenvalue f = left.get(j);
                if (Math.abs(e.re - f.re) <= 10 * same && Math.abs(e.im + f.im) <= 10 * same) {
                    double re = (e.re + f.re) / 2;
                    double im = (Math.abs(e.im) + Math.abs(f.im)) / 2;
                    left.set(i, new Eigenvalue(re, im, e.residual));
                    left.set(j, left.get(i + 1));
                    left.set(i + 1, new Eigenvalue(re, -im, f.residual));
                    i++;
                    break;
                }
            }
        }
        Comparator<Eigenvalue> order = byReal
                ? Comparator.comparingDouble(e -> -rounded(e.re, same))
                : Comparator.comparingDouble(e -> -rounded(e.modulus(), same));
        left.sort(order.thenComparingDouble(e -> -rounded(e.re, same))
                .thenComparingDouble(e -> -rounded(Math.abs(e.im), same))
                .thenComparingDouble(e -> -e.im));
        return left;
    }

    private static double rounded(double x, double unit) {
        return unit == 0 ? x : Math.rint(x / (100 * unit));
    }
}
