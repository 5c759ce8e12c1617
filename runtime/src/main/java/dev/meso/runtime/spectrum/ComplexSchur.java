package dev.meso.runtime.spectrum;

import java.util.Arrays;

/**
 * The complex Schur form of a small real matrix: H = Q T Q* with T upper triangular, its diagonal the eigenvalues in any
 * wanted order. Householder reduction to Hessenberg form, then QR steps with a single complex shift and deflation (Golub and
 * Van Loan, "Matrix Computations", chapter 7). About 25 n^3 complex operations.
 */
final class ComplexSchur {
    private static final double EPSILON = 0x1p-52;
    private static final int MOST_STEPS_EACH = 60;

    private final int n;
    private final double[][] re;
    private final double[][] im;
    private final double[][] qRe;
    private final double[][] qIm;

    // The rotation last made: [c, s; -conj(s), c].
    private double c;
    private double sRe;
    private double sIm;

    /** @param h is not changed */
    ComplexSchur(double[][] h, int n) {
        this.n = n;
        this.re = new double[n][];
        this.im = new double[n][n];
        this.qRe = new double[n][n];
        this.qIm = new double[n][n];
        for (int i = 0; i < n; i++) {
            re[i] = Arrays.copyOf(h[i], n);
            qRe[i][i] = 1;
        }
        toHessenberg();
        triangularize();
    }

    double re(int i) {
        return re[i][i];
    }

    double im(int i) {
        return im[i][i];
    }

    double modulus(int i) {
        return Math.hypot(re[i][i], im[i][i]);
    }

    double[][] qRe() {
        return qRe;
    }

    double[][] qIm() {
        return qIm;
    }

    private void toHessenberg() {
        double[] v = new double[n];
        for (int k = 0; k + 2 < n; k++) {
            double norm = 0;
            for (int i = k + 1; i < n; i++) {
                v[i] = re[i][k];
                norm += v[i] * v[i];
            }
            double below = norm - v[k + 1] * v[k + 1];
            if (below == 0) {
                continue;
            }
            norm = Math.sqrt(norm);
            double head = v[k + 1] > 0 ? v[k + 1] + norm : v[k + 1] - norm;
            double scale = 2 / (below + head * head);
            v[k + 1] = head;
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int i = k + 1; i < n; i++) {
                    sum += v[i] * re[i][j];
                }
                sum *= scale;
                for (int i = k + 1; i < n; i++) {
                    re[i][j] -= sum * v[i];
                }
            }
            for (double[][] matrix : new double[][][] {re, qRe}) {
                for (double[] row : matrix) {
                    double sum = 0;
                    for (int i = k + 1; i < n; i++) {
                        sum += row[i] * v[i];
                    }
                    sum *= scale;
                    for (int i = k + 1; i < n; i++) {
                        row[i] -= sum * v[i];
                    }
                }
            }
            for (int i = k + 2; i < n; i++) {
                re[i][k] = 0;
            }
        }
    }

    private void triangularize() {
        int steps = 0;
        for (int last = n - 1; last > 0; ) {
            int first = last;
            while (first > 0 && !negligible(first)) {
                first--;
            }
            if (first == last) {
                last--;
                steps = 0;
                continue;
            }
            if (++steps > MOST_STEPS_EACH) {
                throw new IllegalStateException("QR steps do not converge");
            }
            step(first, last, steps % 10 == 0);
        }
    }

    /** Sets the entry below the diagonal at row i to zero where it is small. */
    private boolean negligible(int i) {
        double sizes =
                Math.abs(re[i][i]) + Math.abs(im[i][i]) + Math.abs(re[i - 1][i - 1]) + Math.abs(im[i - 1][i - 1]);
        if (Math.abs(re[i][i - 1]) + Math.abs(im[i][i - 1]) > EPSILON * sizes + Double.MIN_NORMAL) {
            return false;
        }
        re[i][i - 1] = 0;
        im[i][i - 1] = 0;
        return true;
    }

    /** One explicitly shifted QR step of the rows {@code first .. last}. */
    private void step(int first, int last, boolean exceptional) {
        double[] shift = exceptional
                ? new double[] {
                    re[last][last] + Math.abs(re[last][last - 1]) + Math.abs(im[last][last - 1]),
                    im[last][last] + 0.5 * Math.abs(re[last][last - 1])
                }
                : wilkinson(last);
        double[] cosine = new double[last + 1];
        double[][] sine = new double[last + 1][2];
        for (int i = first; i <= last; i++) {
            re[i][i] -= shift[0];
            im[i][i] -= shift[1];
        }
        for (int k = first; k < last; k++) {
            rotation(re[k][k], im[k][k], re[k + 1][k], im[k + 1][k]);
            rotateRows(k, k);
            re[k + 1][k] = 0;
            im[k + 1][k] = 0;
            cosine[k] = c;
            sine[k][0] = sRe;
            sine[k][1] = sIm;
        }
        for (int k = first; k < last; k++) {
            c = cosine[k];
            sRe = sine[k][0];
            sIm = sine[k][1];
            rotateColumns(re, im, k, Math.min(k + 2, last + 1));
            rotateColumns(qRe, qIm, k, n);
        }
        for (int i = first; i <= last; i++) {
            re[i][i] += shift[0];
            im[i][i] += shift[1];
        }
    }

    /** The eigenvalue of the last two rows and columns that is nearer to the last entry. */
    private double[] wilkinson(int last) {
        double aRe = re[last - 1][last - 1];
        double aIm = im[last - 1][last - 1];
        double dRe = re[last][last];
        double dIm = im[last][last];
        double bRe = re[last - 1][last];
        double bIm = im[last - 1][last];
        double cRe = re[last][last - 1];
        double cIm = im[last][last - 1];
        double halfRe = (aRe - dRe) / 2;
        double halfIm = (aIm - dIm) / 2;
        double squareRe = halfRe * halfRe - halfIm * halfIm + bRe * cRe - bIm * cIm;
        double squareIm = 2 * halfRe * halfIm + bRe * cIm + bIm * cRe;
        double modulus = Math.hypot(squareRe, squareIm);
        double rootRe = Math.sqrt((modulus + Math.abs(squareRe)) / 2);
        double rootIm = rootRe == 0 ? 0 : squareIm / (2 * rootRe);
        if (squareRe < 0) {
            double swapped = Math.abs(rootIm);
            rootIm = squareIm < 0 ? -rootRe : rootRe;
            rootRe = swapped;
        }
        // d + half - or + root: the sign that makes the sum with half larger leaves the nearer one.
        double sign = halfRe * rootRe + halfIm * rootIm > 0 ? -1 : 1;
        return new double[] {dRe + halfRe + sign * rootRe, dIm + halfIm + sign * rootIm};
    }

    /** The rotation that takes (a, b) to (r, 0). */
    private void rotation(double aRe, double aIm, double bRe, double bIm) {
        double a = Math.hypot(aRe, aIm);
        double b = Math.hypot(bRe, bIm);
        if (b == 0) {
            c = 1;
            sRe = 0;
            sIm = 0;
        } else if (a == 0) {
            // conj(b) / |b|
            c = 0;
            sRe = bRe / b;
            sIm = -bIm / b;
        } else {
            double r = Math.hypot(a, b);
            // (a / |a|) conj(b) / r
            double unitRe = aRe / a;
            double unitIm = aIm / a;
            c = a / r;
            sRe = (unitRe * bRe + unitIm * bIm) / r;
            sIm = (unitIm * bRe - unitRe * bIm) / r;
        }
    }

    /** Rows k and k + 1 from column {@code from} on. */
    private void rotateRows(int k, int from) {
        double[] aRe = re[k];
        double[] aIm = im[k];
        double[] bRe = re[k + 1];
        double[] bIm = im[k + 1];
        for (int j = from; j < n; j++) {
            double xRe = aRe[j];
            double xIm = aIm[j];
            double yRe = bRe[j];
            double yIm = bIm[j];
            aRe[j] = c * xRe + sRe * yRe - sIm * yIm;
            aIm[j] = c * xIm + sRe * yIm + sIm * yRe;
            bRe[j] = c * yRe - sRe * xRe - sIm * xIm;
            bIm[j] = c * yIm - sRe * xIm + sIm * xRe;
        }
    }

    /** Columns k and k + 1 of the rows before {@code to}, by the conjugate transpose of the rotation. */
    private void rotateColumns(double[][] matrixRe, double[][] matrixIm, int k, int to) {
        for (int i = 0; i < to; i++) {
            double[] rowRe = matrixRe[i];
            double[] rowIm = matrixIm[i];
            double xRe = rowRe[k];
            double xIm = rowIm[k];
            double yRe = rowRe[k + 1];
            double yIm = rowIm[k + 1];
            rowRe[k] = c * xRe + sRe * yRe + sIm * yIm;
            rowIm[k] = c * xIm + sRe * yIm - sIm * yRe;
            rowRe[k + 1] = c * yRe - sRe * xRe + sIm * xIm;
            rowIm[k + 1] = c * yIm - sRe * xIm - sIm * xRe;
        }
    }

    /** Brings the eigenvalue at {@code from} to {@code to <= from}; those between move down by one. */
    void move(int from, int to) {
        for (int k = from - 1; k >= to; k--) {
            // The eigenvector of entry k + 1 within rows k, k + 1 is (t_k,k+1, t_k+1,k+1 - t_kk).
            rotation(re[k][k + 1], im[k][k + 1], re[k + 1][k + 1] - re[k][k], im[k + 1][k + 1] - im[k][k]);
            rotateRows(k, k);
            rotateColumns(re, im, k, k + 2);
            rotateColumns(qRe, qIm, k, n);
            re[k + 1][k] = 0;
            im[k + 1][k] = 0;
        }
    }

    /**
     * The eigenvector of eigenvalue i in the coordinates of H: back substitution in T, then Q. Entries that would divide by
     * (nearly) nothing, for equal eigenvalues, divide by a rounding error instead.
     *
     * @return real parts, imaginary parts; of norm 1
     */
    double[][] eigenvector(int i) {
        double[] yRe = new double[i + 1];
        double[] yIm = new double[i + 1];
        yRe[i] = 1;
        double smallest = EPSILON * Math.max(modulus(i), largest());
        for (int j = i - 1; j >= 0; j--) {
            double sumRe = 0;
            double sumIm = 0;
            for (int k = j + 1; k <= i; k++) {
                sumRe += re[j][k] * yRe[k] - im[j][k] * yIm[k];
                sumIm += re[j][k] * yIm[k] + im[j][k] * yRe[k];
            }
            double dRe = re[i][i] - re[j][j];
            double dIm = im[i][i] - im[j][j];
            if (Math.hypot(dRe, dIm) <= smallest) {
                dRe = smallest == 0 ? 1 : smallest;
                dIm = 0;
            }
            double square = dRe * dRe + dIm * dIm;
            yRe[j] = (sumRe * dRe + sumIm * dIm) / square;
            yIm[j] = (sumIm * dRe - sumRe * dIm) / square;
            double size = Math.hypot(yRe[j], yIm[j]);
            for (int k = j; size > 1e100 && k <= i; k++) {
                yRe[k] /= size;
                yIm[k] /= size;
            }
        }
        double[][] vector = new double[2][n];
        double norm = 0;
        for (int row = 0; row < n; row++) {
            for (int k = 0; k <= i; k++) {
                vector[0][row] += qRe[row][k] * yRe[k] - qIm[row][k] * yIm[k];
                vector[1][row] += qRe[row][k] * yIm[k] + qIm[row][k] * yRe[k];
            }
            norm += vector[0][row] * vector[0][row] + vector[1][row] * vector[1][row];
        }
        norm = Math.sqrt(norm);
        for (int row = 0; row < n; row++) {
            vector[0][row] /= norm;
            vector[1][row] /= norm;
        }
        return vector;
    }

    private double largest() {
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, modulus(i));
        }
        return largest;
    }
}
