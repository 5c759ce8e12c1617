package dev.meso.runtime.mesoscale;

import dev.meso.runtime.random.Streams;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * Eigenvalues of a symmetric matrix, the largest first, with their eigenvectors.
 *
 * @param values as many as the matrix has rows
 * @param vectors eigenvector r stands at {@code r * size .. (r + 1) * size - 1}
 */
record Spectrum(double[] values, double[] vectors) {
    private static final int SIMULTANEOUS = 0x53494D55;
    private static final int MORE = 5;
    private static final int ITERATIONS = 30;

    static Spectrum of(double[] matrix, int size) {
        var eig = DecompositionFactory_DDRM.eig(size, true, true);
        if (!eig.decompose(new DMatrixRMaj(size, size, true, matrix.clone()))) {
            throw new IllegalStateException("no eigenvalues of a matrix of " + size + " rows");
        }
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(eig.getEigenvalue(b).real, eig.getEigenvalue(a).real));
        double[] values = new double[size];
        double[] vectors = new double[size * size];
        for (int r = 0; r < size; r++) {
            values[r] = eig.getEigenvalue(order[r]).real;
            System.arraycopy(eig.getEigenVector(order[r]).data, 0, vectors, r * size, size);
        }
        return new Spectrum(values, vectors);
    }

    /**
     * The largest eigenvalues of {@code rows' rows / count} by simultaneous iteration (Rutishauser 1969, Numer Math 13:4-13), without the matrix itself:
     * a few more are followed than are asked for, and returned, but less exactly. Cost: count x columns x (wanted + 5) x 30.
     *
     * @param rows count x columns
     */
    static Spectrum leading(double[] rows, int count, int columns, int wanted) {
        int m = Math.min(columns, wanted + MORE);
        RandomGenerator random = Streams.of(0, SIMULTANEOUS, 0);
        double[] vectors = random.doubles((long) m * columns, -1, 1).toArray();
        double[] seen = new double[m];
        double[] small = new double[m * m];
        for (int i = 0; i < ITERATIONS; i++) {
            orthonormalize(vectors, m, columns);
            double[] next = new double[vectors.length];
            Arrays.fill(small, 0);
            for (int t = 0; t < count; t++) {
                for (int r = 0; r < m; r++) {
                    seen[r] = dot(rows, t * columns, vectors, r * columns, columns);
                }
                for (int r = 0; r < m; r++) {
                    addScaled(seen[r] / count, rows, t * columns, next, r * columns, columns);
                    addScaled(seen[r] / count, seen, 0, small, r * m, m);
                }
            }
            if (i + 1 < ITERATIONS) {
                vectors = next;
            }
        }
        // Within the space that was found, the eigenvectors of the small matrix.
        Spectrum within = of(small, m);
        double[] turned = new double[vectors.length];
        for (int r = 0; r < m; r++) {
            for (int c = 0; c < m; c++) {
                addScaled(within.vectors[r * m + c], vectors, c * columns, turned, r * columns, columns);
            }
        }
        return new Spectrum(within.values, turned);
    }

    /** Gram-Schmidt, each vector freed of those before it. */
    private static void orthonormalize(double[] vectors, int m, int columns) {
        for (int r = 0; r < m; r++) {
            for (int c = 0; c < r; c++) {
                double shared = dot(vectors, r * columns, vectors, c * columns, columns);
                addScaled(-shared, vectors, c * columns, vectors, r * columns, columns);
            }
            double length = Math.sqrt(dot(vectors, r * columns, vectors, r * columns, columns));
            for (int i = 0; i < columns; i++) {
                vectors[r * columns + i] /= Math.max(length, 1e-300);
            }
        }
    }

    private static double dot(double[] a, int x, double[] b, int y, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += a[x + i] * b[y + i];
        }
        return sum;
    }

    private static void addScaled(double weight, double[] from, int at, double[] to, int goal, int n) {
        for (int i = 0; i < n; i++) {
            to[goal + i] += weight * from[at + i];
        }
    }
}
