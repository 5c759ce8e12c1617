package dev.meso.runtime.mesoscale;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Small square matrices, k x k by rows, that change the coordinates of a module. */
final class Coordinates {
    private static final double SINGULAR = 1e-9;

    private Coordinates() {}

    static double[] identity(int k) {
        double[] q = new double[k * k];
        for (int i = 0; i < k; i++) {
            q[i * k + i] = 1;
        }
        return q;
    }

    /** Uniform over rotations and reflections: Gram and Schmidt on Gaussian rows. */
    static double[] random(int k, RandomGenerator random) {
        double[] q = new double[k * k];
        for (int i = 0; i < k; i++) {
            double norm;
            do {
                for (int j = 0; j < k; j++) {
                    q[i * k + j] = random.nextGaussian();
                }
                for (int before = 0; before < i; before++) {
                    double dot = 0;
                    for (int j = 0; j < k; j++) {
                        dot += q[i * k + j] * q[before * k + j];
                    }
                    for (int j = 0; j < k; j++) {
                        q[i * k + j] -= dot * q[before * k + j];
                    }
                }
                norm = 0;
                for (int j = 0; j < k; j++) {
                    norm += q[i * k + j] * q[i * k + j];
                }
            } while (norm < 1e-6);
            for (int j = 0; j < k; j++) {
                q[i * k + j] /= Math.sqrt(norm);
            }
        }
        return q;
    }

    /** Gauss and Jordan with pivots; false where the matrix is singular, and then {@code to} holds nothing of use. */
    static boolean invert(double[] a, int k, double[] to) {
        double[] m = a.clone();
        Arrays.fill(to, 0);
        for (int i = 0; i < k; i++) {
            to[i * k + i] = 1;
        }
        for (int c = 0; c < k; c++) {
            int pivot = c;
            for (int i = c + 1; i < k; i++) {
                if (Math.abs(m[i * k + c]) > Math.abs(m[pivot * k + c])) {
                    pivot = i;
                }
            }
            if (!(Math.abs(m[pivot * k + c]) > SINGULAR)) {
                return false;
            }
            swapRows(m, k, c, pivot);
            swapRows(to, k, c, pivot);
            double scale = 1 / m[c * k + c];
            for (int j = 0; j < k; j++) {
                m[c * k + j] *= scale;
                to[c * k + j] *= scale;
            }
            for (int i = 0; i < k; i++) {
                double x = m[i * k + c];
                if (i != c && x != 0) {
                    for (int j = 0; j < k; j++) {
                        m[i * k + j] -= x * m[c * k + j];
                        to[i * k + j] -= x * to[c * k + j];
                    }
                }
            }
        }
        return true;
    }

    private static void swapRows(double[] m, int k, int i, int j) {
        for (int c = 0; c < k; c++) {
            double old = m[i * k + c];
            m[i * k + c] = m[j * k + c];
            m[j * k + c] = old;
        }
    }
}
