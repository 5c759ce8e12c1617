package dev.meso.runtime.mesoscale;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * Eigenvalues of a symmetric matrix, the largest first, with their eigenvectors.
 *
 * @param values as many as the matrix has rows
 * @param vectors eigenvector r stands at {@code r * size .. (r + 1) * size - 1}
 */
record Spectrum(double[] values, double[] vectors) {
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
}
