package dev.meso.runtime.spectrum;

import dev.meso.runtime.random.Streams;
import dev.meso.runtime.task.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A few eigenvalues of a large linear map by the Krylov-Schur method (Stewart 2002, SIAM Journal on Matrix Analysis and
 * Applications 23:601), the stable form of implicitly restarted Arnoldi. A basis V grows by images under A, so that
 * A V = V H + v b' with a small H; when it is full the wanted part of H's Schur form is kept and grown again.
 *
 * <p>One starting vector finds one copy of a repeated eigenvalue. So what has converged is kept and the basis is grown from another
 * vector, until that brings nothing larger.
 *
 * <p>Vectors are real: the space of complex pairs is spanned by real and imaginary parts. The seed is fixed.
 */
final class KrylovSchur {
    private static final double TOLERANCE = 1e-12;
    /** How well the first eigenvalue that is not wanted must be known to say that no larger one was missed. */
    private static final double NEXT_TOLERANCE = 1e-2;

    private static final double BREAKDOWN = 1e-13;
    private static final long SEED = 1;

    private final LinearMap map;
    private final int wanted;
    private final boolean largestReal;
    private final int mostRestarts;
    private final Parallel parallel;
    private final int most;
    private final Basis basis;
    private final double[][] h;
    private final RandomGenerator random = Streams.of(SEED, 0, 0);

    /** Vectors in the basis; vector {@code size} is the next one. */
    private int size;
    /** What {@code A V - V H} has of the next vector, for each column of H. */
    private double[] rest;

    /**
     * @param wanted how many eigenvalues, less than the size of the map
     * @param largestReal whether those of the largest real part are wanted, else those of the largest modulus
     * @param mostRestarts after which {@link #solve} gives what it has
     */
    KrylovSchur(LinearMap map, int wanted, boolean largestReal, int mostRestarts, Parallel parallel) {
        this.map = map;
        this.wanted = wanted;
        this.largestReal = largestReal;
        this.mostRestarts = mostRestarts;
        this.parallel = parallel;
        this.most = Math.min(map.size(), Math.max(2 * wanted + 20, 40));
        this.basis = new Basis(map.size(), most + 1, parallel);
        this.h = new double[most][most];
        this.rest = new double[most];
    }

    /** The wanted eigenvalues, best first; what has not converged is among them with the residual it has. */
    List<Eigenvalue> solve() {
        startAnew();
        double last = Double.NaN;
        boolean again = false;
        for (int restart = 0; ; restart++) {
            grow();
            ComplexSchur schur = sorted();
            int converged = converged(schur, wanted);
            parallel.monitor().progress("eigenvalues", Math.min(converged, wanted), wanted);
            boolean all = converged >= wanted && (!again || nextIsKnown(schur));
            if (size == map.size() || restart == mostRestarts) {
                return values(schur);
            }
            if (all) {
                double found = key(schur, wanted - 1);
                if (again && found <= last + 1e-9 * Math.abs(last)) {
                    return values(schur);
                }
                last = found;
                again = true;
            }
            shrink(schur, all ? wanted : Math.min(most - 2, wanted + (most - wanted) / 2), all);
        }
    }

    /** A random next vector, orthogonal to the basis, that A V has nothing of. */
    private void startAnew() {
        double[] v = basis.vector(size);
        double norm;
        do {
            for (int i = 0; i < v.length; i++) {
                v[i] = random.nextDouble() - 0.5;
            }
            basis.orthogonalize(v, size, new double[size]);
            norm = basis.norm(v);
        } while (norm == 0);
        basis.scale(v, 1 / norm);
        Arrays.fill(rest, 0);
    }

    /** Fills the basis. */
    private void grow() {
        while (size < most) {
            parallel.monitor().checkpoint();
            double[] next = basis.vector(size + 1);
            map.apply(basis.vector(size), next, parallel);
            System.arraycopy(rest, 0, h[size], 0, size);
            double image = basis.norm(next);
            double[] column = new double[size + 1];
            basis.orthogonalize(next, size + 1, column);
            for (int i = 0; i <= size; i++) {
                h[i][size] = column[i];
            }
            double norm = basis.norm(next);
            size++;
            rest = new double[most];
            if (norm > BREAKDOWN * image && size < map.size()) {
                basis.scale(next, 1 / norm);
                rest[size - 1] = norm;
            } else if (size < map.size()) {
                // The basis spans a space that A maps to itself: what is beyond is found from another vector.
                startAnew();
            }
        }
    }

    /** The Schur form of H, wanted eigenvalues first. */
    private ComplexSchur sorted() {
        ComplexSchur schur = new ComplexSchur(h, size);
        for (int to = 0; to < size; to++) {
            int best = to;
            for (int i = to + 1; i < size; i++) {
                best = before(schur, i, best) ? i : best;
            }
            schur.move(best, to);
        }
        return schur;
    }

    private double key(ComplexSchur schur, int i) {
        return largestReal ? schur.re(i) : schur.modulus(i);
    }

    /** Larger ones first; the two of a pair have equal keys but for rounding and stay together by their real parts. */
    private boolean before(ComplexSchur schur, int i, int j) {
        double a = key(schur, i);
        double b = key(schur, j);
        double close = 1e-10 * Math.max(Math.abs(a), Math.abs(b));
        if (Math.abs(a - b) > close) {
            return a > b;
        }
        double byReal = schur.re(i) - schur.re(j);
        if (Math.abs(byReal) > close) {
            return byReal > 0;
        }
        double byPair = Math.abs(schur.im(i)) - Math.abs(schur.im(j));
        return Math.abs(byPair) > close ? byPair > 0 : schur.im(i) > schur.im(j) + close;
    }

    /** |b' y| for the eigenvector y: the norm of A x - x lambda. */
    private double residual(ComplexSchur schur, int i) {
        double[][] y = schur.eigenvector(i);
        double sumRe = 0;
        double sumIm = 0;
        for (int k = 0; k < size; k++) {
            sumRe += rest[k] * y[0][k];
            sumIm += rest[k] * y[1][k];
        }
        return Math.hypot(sumRe, sumIm);
    }

    private int converged(ComplexSchur schur, int count) {
        double scale = Math.max(schur.modulus(0), Double.MIN_NORMAL);
        int converged = 0;
        while (converged < Math.min(count, size) && residual(schur, converged) <= TOLERANCE * scale) {
            converged++;
        }
        return converged;
    }

    /** Whether the first that is not wanted is known well enough to say that it is not one of the wanted ones. */
    private boolean nextIsKnown(ComplexSchur schur) {
        // The partner of the last wanted one comes with it.
        int next = closed(schur, wanted);
        if (next >= size) {
            return true;
        }
        double residual = residual(schur, next);
        return residual <= Math.max(NEXT_TOLERANCE * schur.modulus(next), 1e-10 * schur.modulus(0))
                || key(schur, next) + residual <= key(schur, wanted - 1);
    }

    /** {@code count}, or more where that would part a complex pair. */
    private int closed(ComplexSchur schur, int count) {
        double scale = schur.modulus(0);
        double pairs = 0;
        for (int i = 0; i < size; i++) {
            if (i >= count && Math.abs(pairs) <= 1e-12 * scale) {
                return i;
            }
            pairs += schur.im(i);
        }
        return size;
    }

    /**
     * Keeps the space of the first {@code count} eigenvalues. Its projection Q Q* is a real matrix, since pairs are kept
     * together; a basis of its columns, the longest remaining one first, is U. Then A (V U) = (V U) (U' H U) + v (b' U).
     *
     * @param anew whether what is kept has converged and the basis is to be grown from a random vector
     */
    private void shrink(ComplexSchur schur, int count, boolean anew) {
        int kept = closed(schur, count);
        double[][] u = realBasis(schur, kept);
        double[][] hu = new double[size][kept];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < size; k++) {
                for (int j = 0; j < kept; j++) {
                    hu[i][j] += h[i][k] * u[k][j];
                }
            }
        }
        double[] newRest = new double[most];
        double[][] small = new double[kept][kept];
        for (int k = 0; k < size; k++) {
            for (int j = 0; j < kept; j++) {
                newRest[j] += rest[k] * u[k][j];
                for (int i = 0; i < kept; i++) {
                    small[i][j] += u[k][i] * hu[k][j];
                }
            }
        }
        basis.combine(u, size, kept);
        for (double[] row : h) {
            Arrays.fill(row, 0);
        }
        for (int i = 0; i < kept; i++) {
            System.arraycopy(small[i], 0, h[i], 0, kept);
        }
        basis.swap(kept, size);
        size = kept;
        rest = newRest;
        if (anew) {
            startAnew();
        }
    }

    private double[][] realBasis(ComplexSchur schur, int kept) {
        double[][] projection = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double sum = 0;
                for (int k = 0; k < kept; k++) {
                    sum += schur.qRe()[i][k] * schur.qRe()[j][k] + schur.qIm()[i][k] * schur.qIm()[j][k];
                }
                projection[i][j] = sum;
            }
        }
        double[][] columns = new double[kept][];
        for (int k = 0; k < kept; k++) {
            int longest = 0;
            double best = -1;
            for (int i = 0; i < size; i++) {
                double square = 0;
                for (double x : projection[i]) {
                    square += x * x;
                }
                longest = square > best ? i : longest;
                best = Math.max(best, square);
            }
            double[] column = projection[longest].clone();
            for (int pass = 0; pass < 2; pass++) {
                for (int j = 0; j < k; j++) {
                    remove(columns[j], column);
                }
            }
            double norm = 0;
            for (double x : column) {
                norm += x * x;
            }
            for (int i = 0; i < size; i++) {
                column[i] /= Math.sqrt(norm);
            }
            columns[k] = column;
            for (double[] row : projection) {
                remove(column, row);
            }
        }
        double[][] u = new double[size][kept];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < kept; k++) {
                u[i][k] = columns[k][i];
            }
        }
        return u;
    }

    private static void remove(double[] unit, double[] from) {
        double dot = 0;
        for (int i = 0; i < unit.length; i++) {
            dot += unit[i] * from[i];
        }
        for (int i = 0; i < unit.length; i++) {
            from[i] -= dot * unit[i];
        }
    }

    /**
     * The vector of the first eigenvalue of a matrix without negative entries whose neurons all reach each other, after {@link
     * #solve}: up to rounding no entry is negative (Perron and Frobenius). Its entries add up to 1.
     */
    double[] positiveVector() {
        double[][] y = sorted().eigenvector(0);
        double[] re = basis.combination(y[0], size);
        double[] im = basis.combination(y[1], size);
        double sumRe = 0;
        double sumIm = 0;
        for (int i = 0; i < re.length; i++) {
            sumRe += re[i];
            sumIm += im[i];
        }
        double square = sumRe * sumRe + sumIm * sumIm;
        for (int i = 0; i < re.length; i++) {
            re[i] = Math.max(0, (re[i] * sumRe + im[i] * sumIm) / square);
        }
        return re;
    }

    /** The wanted ones, each with the norm of A x - x lambda for its vector x. */
    private List<Eigenvalue> values(ComplexSchur schur) {
        List<Eigenvalue> values = new ArrayList<>();
        for (int i = 0; i < Math.min(wanted, size); i++) {
            double[][] y = schur.eigenvector(i);
            double[] re = basis.combination(y[0], size);
            double[] im = basis.combination(y[1], size);
            double[] imageRe = new double[map.size()];
            double[] imageIm = new double[map.size()];
            map.apply(re, imageRe, parallel);
            map.apply(im, imageIm, parallel);
            double a = schur.re(i);
            double b = schur.im(i);
            for (int k = 0; k < imageRe.length; k++) {
                imageRe[k] -= a * re[k] - b * im[k];
                imageIm[k] -= a * im[k] + b * re[k];
            }
            values.add(new Eigenvalue(a, b, Math.hypot(basis.norm(imageRe), basis.norm(imageIm))));
        }
        return values;
    }
}
