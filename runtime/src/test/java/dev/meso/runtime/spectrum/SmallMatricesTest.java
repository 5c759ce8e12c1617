package dev.meso.runtime.spectrum;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import dev.meso.runtime.topology.SmallGraphs;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class SmallMatricesTest {
    private static double[][] random(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] a = new double[n][n];
        for (double[] row : a) {
            for (int j = 0; j < n; j++) {
                row[j] = random.nextDouble() - 0.4;
            }
        }
        return a;
    }

    /** H Q = Q T, Q unitary, T triangular, and H x = x lambda. */
    private static void isSchurForm(double[][] h, ComplexSchur schur) {
        int n = h.length;
        double[][] qRe = schur.qRe();
        double[][] qIm = schur.qIm();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double re = 0;
                double im = 0;
                for (int k = 0; k < n; k++) {
                    re += qRe[k][i] * qRe[k][j] + qIm[k][i] * qIm[k][j];
                    im += qRe[k][i] * qIm[k][j] - qIm[k][i] * qRe[k][j];
                }
                assertEquals(i == j ? 1 : 0, re, 1e-13);
                assertEquals(0, im, 1e-13);
            }
        }
        for (int i = 0; i < n; i++) {
            double[][] x = schur.eigenvector(i);
            for (int row = 0; row < n; row++) {
                double re = -schur.re(i) * x[0][row] + schur.im(i) * x[1][row];
                double im = -schur.re(i) * x[1][row] - schur.im(i) * x[0][row];
                for (int k = 0; k < n; k++) {
                    re += h[row][k] * x[0][k];
                    im += h[row][k] * x[1][k];
                }
                assertEquals(0, Math.hypot(re, im), 1e-11, "eigenvector " + i);
            }
        }
    }

    @Test
    void schurFormsAreThatAlsoInAnotherOrder() {
        for (int n : new int[] {1, 2, 3, 4, 10, 33}) {
            double[][] h = random(n, n);
            ComplexSchur schur = new ComplexSchur(h, n);
            isSchurForm(h, schur);
            double[] last = {schur.re(n - 1), schur.im(n - 1)};
            schur.move(n - 1, 0);
            assertEquals(last[0], schur.re(0), 1e-12);
            assertEquals(last[1], schur.im(0), 1e-12);
            isSchurForm(h, schur);
        }
    }

    @Test
    void schurFormsOfHardMatrices() {
        double[][] shift = new double[12][12];
        double[][] jordan = new double[6][6];
        for (int i = 0; i < 12; i++) {
            shift[i][(i + 1) % 12] = 1;
        }
        for (int i = 0; i < 6; i++) {
            jordan[i][i] = 2;
            jordan[i][Math.min(5, i + 1)] += i < 5 ? 1 : 0;
        }
        isSchurForm(shift, new ComplexSchur(shift, 12));
        isSchurForm(jordan, new ComplexSchur(jordan, 6));
        isSchurForm(new double[5][5], new ComplexSchur(new double[5][5], 5));
    }

    @Test
    void denseEigenvaluesAreThoseOfTheSchurForm() {
        double[][] a = random(20, 5);
        ComplexSchur schur = new ComplexSchur(a, 20);
        List<Eigenvalue> expected = Eigenvalue.ordered(
                IntStream.range(0, 20)
                        .mapToObj(i -> new Eigenvalue(schur.re(i), schur.im(i), 0))
                        .toList(),
                false);
        List<Eigenvalue> found = Eigenvalue.ordered(DenseSpectrum.of(a, false), false);
        for (int i = 0; i < 20; i++) {
            assertEquals(expected.get(i).re(), found.get(i).re(), 1e-12);
            assertEquals(expected.get(i).im(), found.get(i).im(), 1e-12);
            assertTrue(found.get(i).residual() < 1e-13, found.get(i).toString());
        }
    }

    @Test
    void residualsTellWrongEigenvalues() {
        // Of a diagonal matrix the residual of any number is its distance from the nearest entry.
        double[][] diagonal = {{1, 0, 0}, {0, 4, 0}, {0, 0, 9}};
        List<Eigenvalue> values = DenseSpectrum.of(diagonal, false);
        assertArrayEquals(
                new double[] {1, 4, 9},
                values.stream()
                        .map(Eigenvalue::re)
                        .sorted(Comparator.naturalOrder())
                        .mapToDouble(x -> x)
                        .toArray(),
                1e-14);
        assertTrue(values.stream().allMatch(e -> e.residual() < 1e-14));
        assertEquals(0.5, DenseSpectrum.residual(new DMatrixRMaj(diagonal), 4.3, 0.4), 1e-3);
    }

    @Test
    void sumsDoNotDependOnThreads() {
        // Long enough for several pieces of a product and chunks of a sum.
        int n = 40_000;
        SplittableRandom random = new SplittableRandom(1);
        int[] pre = random.ints(260_000, 0, n).toArray();
        int[] post = random.ints(260_000, 0, n).toArray();
        SparseMatrix a = SparseMatrix.of(Wiring.of(n, pre, post, false), null);
        double[][] results = new double[2][];
        for (int t = 0; t < 2; t++) {
            Parallel parallel = new Parallel(1 + 2 * t, Monitor.NONE);
            Basis basis = new Basis(n, 3, parallel);
            SplittableRandom same = new SplittableRandom(2);
            for (int j = 0; j < 2; j++) {
                double[] v = basis.vector(j);
                for (int i = 0; i < n; i++) {
                    v[i] = same.nextDouble() - 0.5;
                }
            }
            basis.scale(basis.vector(0), 1 / basis.norm(basis.vector(0)));
            a.multiply(basis.vector(1), basis.vector(2), parallel);
            double[] column = new double[1];
            basis.orthogonalize(basis.vector(2), 1, column);
            basis.combine(new double[][] {{0.3, 0.2}, {0.1, -0.4}}, 2, 2);
            results[t] = new double[] {
                column[0], basis.norm(basis.vector(0)), basis.norm(basis.vector(1)), basis.norm(basis.vector(2))
            };
        }
        assertArrayEquals(results[0], results[1], 0);
    }

    @Test
    void partsAndTransposesOfSparseMatrices() {
        Wiring g = SmallGraphs.random(9, 0.4, 2);
        double[] weights = new SplittableRandom(3).doubles(g.m()).toArray();
        SparseMatrix a = SparseMatrix.of(g, weights);
        int[] members = {1, 4, 8};
        int[] place = new int[9];
        Arrays.fill(place, -1);
        SparseMatrix part = a.restricted(members, place);
        assertTrue(IntStream.of(place).allMatch(p -> p == -1));
        for (int i = 0; i < 9; i++) {
            for (int j = 0; j < 9; j++) {
                assertEquals(at(a, i, j), at(a.transposed(), j, i));
                if (i < 3 && j < 3) {
                    assertEquals(at(a, members[i], members[j]), at(part, i, j));
                }
            }
        }
    }

    private static double at(SparseMatrix a, int i, int j) {
        double[] unit = new double[a.size()];
        double[] column = new double[a.size()];
        unit[j] = 1;
        a.multiply(unit, column, Parallel.serial());
        return column[i];
    }
}
