package dev.meso.runtime.spectrum;

import org.ejml.data.DMatrixRMaj;

/**
 * Solves (H - lambda) y = x for a Hessenberg matrix and a complex shift, by elimination with row exchanges in n^2 steps. A pivot
 * that vanishes, as it should for an eigenvalue, becomes a rounding error.
 */
final class HessenbergSolve {
    private final int n;
    private final double[][] re;
    private final double[][] im;
    private final boolean[] exchanged;
    private final double[] factorRe;
    private final double[] factorIm;

    HessenbergSolve(DMatrixRMaj h, double shiftRe, double shiftIm) {
        n = h.numRows;
        re = new double[n][n];
        im = new double[n][n];
        exchanged = new boolean[n];
        factorRe = new double[n];
        factorIm = new double[n];
        double largest = Double.MIN_NORMAL;
        for (int i = 0; i < n; i++) {
            for (int j = Math.max(0, i - 1); j < n; j++) {
                re[i][j] = h.unsafe_get(i, j);
                largest = Math.max(largest, Math.abs(re[i][j]));
            }
            re[i][i] -= shiftRe;
            im[i][i] -= shiftIm;
        }
        eliminate(0x1p-52 * largest);
    }

    private void eliminate(double smallest) {
        for (int k = 0; k < n; k++) {
            if (k + 1 < n && Math.hypot(re[k + 1][k], im[k + 1][k]) > Math.hypot(re[k][k], im[k][k])) {
                exchanged[k] = true;
                double[] row = re[k];
                re[k] = re[k + 1];
                re[k + 1] = row;
                row = im[k];
                im[k] = im[k + 1];
                im[k + 1] = row;
            }
            if (Math.hypot(re[k][k], im[k][k]) < smallest) {
                re[k][k] = smallest;
                im[k][k] = 0;
            }
            if (k + 1 < n) {
                double square = re[k][k] * re[k][k] + im[k][k] * im[k][k];
                double fRe = (re[k + 1][k] * re[k][k] + im[k + 1][k] * im[k][k]) / square;
                double fIm = (im[k + 1][k] * re[k][k] - re[k + 1][k] * im[k][k]) / square;
                factorRe[k] = fRe;
                factorIm[k] = fIm;
                for (int j = k; j < n; j++) {
                    re[k + 1][j] -= fRe * re[k][j] - fIm * im[k][j];
                    im[k + 1][j] -= fRe * im[k][j] + fIm * re[k][j];
                }
            }
        }
    }

    /** Replaces x by y. */
    void solve(double[] xRe, double[] xIm) {
        for (int k = 0; k + 1 < n; k++) {
            if (exchanged[k]) {
                double swap = xRe[k];
                xRe[k] = xRe[k + 1];
                xRe[k + 1] = swap;
                swap = xIm[k];
                xIm[k] = xIm[k + 1];
                xIm[k + 1] = swap;
            }
            xRe[k + 1] -= factorRe[k] * xRe[k] - factorIm[k] * xIm[k];
            xIm[k + 1] -= factorRe[k] * xIm[k] + factorIm[k] * xRe[k];
        }
        for (int k = n - 1; k >= 0; k--) {
            double sumRe = xRe[k];
            double sumIm = xIm[k];
            for (int j = k + 1; j < n; j++) {
                sumRe -= re[k][j] * xRe[j] - im[k][j] * xIm[j];
                sumIm -= re[k][j] * xIm[j] + im[k][j] * xRe[j];
            }
            double square = re[k][k] * re[k][k] + im[k][k] * im[k][k];
            xRe[k] = (sumRe * re[k][k] + sumIm * im[k][k]) / square;
            xIm[k] = (sumIm * re[k][k] - sumRe * im[k][k]) / square;
        }
    }
}
