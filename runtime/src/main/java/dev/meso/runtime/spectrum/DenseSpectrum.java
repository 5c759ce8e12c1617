package dev.meso.runtime.spectrum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.Complex_F64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.hessenberg.HessenbergSimilarDecomposition_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * All eigenvalues of a small matrix, by EJML's QR algorithm. The residual of each is found by inverse iteration in the
 * Hessenberg form of the matrix, which has the same eigenvalues. Cost: about 10 n^3, and n^2 for each residual.
 */
final class DenseSpectrum {
    private static final int ITERATIONS = 3;

    private DenseSpectrum() {}

    /** @throws IllegalStateException where the QR algorithm does not converge */
    static List<Eigenvalue> of(double[][] matrix, boolean symmetric) {
        int n = matrix.length;
        DMatrixRMaj a = new DMatrixRMaj(matrix);
        EigenDecomposition_F64<DMatrixRMaj> eig = DecompositionFactory_DDRM.eig(n, false, symmetric);
        if (!eig.decompose(a.copy())) {
            throw new IllegalStateException("QR steps do not converge");
        }
        DMatrixRMaj hessenberg = a;
        if (n > 2) {
            HessenbergSimilarDecomposition_DDRM reduction = new HessenbergSimilarDecomposition_DDRM(n);
            reduction.decompose(a.copy());
            hessenberg = reduction.getH(null);
        }
        List<Eigenvalue> values = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Complex_F64 value = eig.getEigenvalue(i);
            values.add(new Eigenvalue(value.real, value.imaginary, residual(hessenberg, value.real, value.imaginary)));
        }
        return values;
    }

    /** All singular values s with the norm of A v - s u for their vectors. */
    static List<Eigenvalue> singular(double[][] matrix) {
        int n = matrix.length;
        DMatrixRMaj a = new DMatrixRMaj(matrix);
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(n, n, true, true, false);
        if (!svd.decompose(a.copy())) {
            throw new IllegalStateException("QR steps do not converge");
        }
        DMatrixRMaj u = svd.getU(null, false);
        DMatrixRMaj images = new DMatrixRMaj(n, n);
        CommonOps_DDRM.mult(a, svd.getV(null, false), images);
        List<Eigenvalue> values = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double value = svd.getSingularValues()[i];
            double square = 0;
            for (int row = 0; row < n; row++) {
                double difference = images.get(row, i) - value * u.get(row, i);
                square += difference * difference;
            }
            values.add(new Eigenvalue(value, 0, Math.sqrt(square)));
        }
        return values;
    }

    /** The least norm of H x - x lambda that inverse iteration finds for a unit vector x. */
    static double residual(DMatrixRMaj h, double re, double im) {
        int n = h.numRows;
        HessenbergSolve solve = new HessenbergSolve(h, re, im);
        double[] xRe = new double[n];
        double[] xIm = new double[n];
        Arrays.fill(xRe, 1 / Math.sqrt(n));
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < ITERATIONS; i++) {
            // (H - lambda) y = x with |x| = 1: the residual of y / |y| is 1 / |y|.
            solve.solve(xRe, xIm);
            double norm = 0;
            for (int k = 0; k < n; k++) {
                norm += xRe[k] * xRe[k] + xIm[k] * xIm[k];
            }
            norm = Math.sqrt(norm);
            best = Math.min(best, 1 / norm);
            for (int k = 0; k < n; k++) {
                xRe[k] /= norm;
                xIm[k] /= norm;
            }
        }
        return best;
    }
}
