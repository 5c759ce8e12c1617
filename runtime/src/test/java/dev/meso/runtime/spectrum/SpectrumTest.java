package dev.meso.runtime.spectrum;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.SharedData;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.spectrum.Spectrum.Matrix;
import dev.meso.runtime.task.CancelledException;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import dev.meso.runtime.topology.SmallGraphs;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.SingularOps_DDRM;
import org.junit.jupiter.api.Test;

class SpectrumTest {
    private static final Parallel TWO = new Parallel(2, Monitor.NONE);

    private static List<Eigenvalue> of(Wiring g, Matrix matrix, int count) {
        return Spectrum.of(g, null, matrix, count, TWO);
    }

    private static double[] re(List<Eigenvalue> values) {
        return values.stream().mapToDouble(Eigenvalue::re).toArray();
    }

    private static double[] moduli(List<Eigenvalue> values) {
        return values.stream().mapToDouble(Eigenvalue::modulus).toArray();
    }

    private static double[] repeated(double value, int times) {
        double[] values = new double[times];
        Arrays.fill(values, value);
        return values;
    }

    private static double[][] dense(Wiring g, double[] weights) {
        double[][] a = new double[g.n()][g.n()];
        int[] pre = g.edgeSources();
        for (int e = 0; e < pre.length; e++) {
            a[pre[e]][g.outTargets()[e]] = weights == null ? 1 : weights[e];
        }
        return a;
    }

    private static double[] randomWeights(int m, long seed, double low) {
        SplittableRandom random = new SplittableRandom(seed);
        return random.doubles(m, low, 3).toArray();
    }

    private static void same(List<Eigenvalue> expected, List<Eigenvalue> found, double tolerance) {
        for (int i = 0; i < found.size(); i++) {
            assertEquals(expected.get(i).re(), found.get(i).re(), tolerance, "real part " + i);
            assertEquals(expected.get(i).im(), found.get(i).im(), tolerance, "imaginary part " + i);
        }
    }

    @Test
    void largeMatricesHaveTheEigenvaluesOfTheDenseTwin() {
        for (int seed = 0; seed < 3; seed++) {
            Wiring g = SmallGraphs.random(230, 0.03 + 0.02 * seed, seed);
            double[] weights = seed == 0 ? null : randomWeights(g.m(), seed, -1);
            List<Eigenvalue> all = Eigenvalue.ordered(DenseSpectrum.of(dense(g, weights), false), false);
            List<Eigenvalue> found = Spectrum.of(g, weights, Matrix.ADJACENCY, 7, TWO);
            assertEquals(7, found.size());
            same(all, found, 1e-9);
            assertTrue(Spectrum.converged(found));
        }
    }

    @Test
    void repeatedEigenvaluesAreAllFound() {
        assertArrayEquals(new double[] {211, -1, -1, -1}, re(of(SmallGraphs.full(212), Matrix.ADJACENCY, 4)), 1e-9);
        // A hypercube of dimension 8: 8 - 2i, C(8, i) times.
        Wiring cube = SmallGraphs.where(256, (i, j) -> Integer.bitCount(i ^ j) == 1);
        assertArrayEquals(
                new double[] {8, -8, 6, 6, 6, 6, 6, 6, 6, 6, -6, -6, -6, -6, -6, -6, -6, -6},
                re(of(cube, Matrix.ADJACENCY, 18)),
                1e-9);
        assertArrayEquals(
                new double[] {0, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.5},
                re(of(cube, Matrix.LAPLACIAN, 10)),
                1e-9);
    }

    @Test
    void ofARingAreRootsOfUnity() {
        for (int n : new int[] {2, 3, 7, 150}) {
            List<Eigenvalue> found = of(SmallGraphs.ring(n), Matrix.ADJACENCY, n);
            assertEquals(n, found.size());
            double sum = 0;
            for (Eigenvalue e : found) {
                assertEquals(1, e.modulus(), 1e-12);
                double turns = Math.atan2(e.im(), e.re()) / (2 * Math.PI) * n;
                assertEquals(Math.rint(turns), turns, 1e-9);
                sum += e.re();
            }
            assertEquals(n == 1 ? 1 : 0, sum, 1e-10);
            assertEquals(1, found.get(0).re(), 1e-12);
        }
    }

    @Test
    void whereIterationFailsTheWholeMatrixIsSolved() {
        // All moduli are 1: no basis smaller than the matrix tells them apart.
        List<Eigenvalue> found = of(SmallGraphs.ring(210), Matrix.ADJACENCY, 3);
        assertArrayEquals(repeated(1, 3), moduli(found), 1e-10);
        assertTrue(Spectrum.converged(found));
    }

    @Test
    void feedForwardPartsHaveEigenvalueZeroExactly() {
        assertArrayEquals(repeated(0, 5), moduli(of(SmallGraphs.layers(100, 3), Matrix.ADJACENCY, 5)));
        Wiring tail = SmallGraphs.where(40, (i, j) -> i < 3 && j == (i + 1) % 3 || i >= 2 && j == i + 1);
        List<Eigenvalue> found = of(tail, Matrix.ADJACENCY, 5);
        assertArrayEquals(new double[] {1, 1, 1, 0, 0}, moduli(found), 1e-12);
        assertEquals(-0.5, found.get(1).re(), 1e-12);
        assertEquals(Math.sqrt(0.75), found.get(1).im(), 1e-12);
        assertEquals(-found.get(1).im(), found.get(2).im());
    }

    @Test
    void ofARandomWalkStartWithOne() {
        Wiring g = SmallGraphs.random(250, 0.05, 4);
        double[] weights = randomWeights(g.m(), 5, 0);
        List<Eigenvalue> found = Spectrum.of(g, weights, Matrix.WALK, 6, TWO);
        double[] chances = WalkWeights.of(g, weights);
        same(Eigenvalue.ordered(DenseSpectrum.of(dense(g, chances), false), false), found, 1e-9);
        assertEquals(1, found.get(0).re(), 1e-12);
        MesoException e = assertThrows(
                MesoException.class, () -> Spectrum.of(g, randomWeights(g.m(), 5, -1), Matrix.WALK, 6, TWO));
        assertEquals(ErrorCode.WRONG_VALUE, e.code());
    }

    @Test
    void theLaplacianCountsComponents() {
        Wiring two = SmallGraphs.beside(SmallGraphs.full(5), SmallGraphs.where(4, (i, j) -> i == 0 && j > 0));
        // n / (n - 1) for a full graph; 0, 1 and 2 for a star.
        assertArrayEquals(
                new double[] {0, 0, 1, 1, 1.25, 1.25, 1.25, 1.25, 2}, re(of(two, Matrix.LAPLACIAN, 9)), 1e-12);
        assertArrayEquals(new double[] {0}, re(of(SmallGraphs.full(1), Matrix.LAPLACIAN, 1)));
        Wiring ring = SmallGraphs.ring(100);
        double[] found = re(of(ring, Matrix.LAPLACIAN, 5));
        for (int i = 0; i < 5; i++) {
            assertEquals(1 - Math.cos(2 * Math.PI * ((i + 1) / 2) / 100), found[i], 1e-12);
        }
    }

    @Test
    void ofTheLaplacianWithWeightsAreThoseOfTheDenseTwin() {
        Wiring g = SmallGraphs.random(220, 0.04, 8);
        double[] weights = randomWeights(g.m(), 9, 0.1);
        double[][] a = dense(g, weights);
        double[] sums = new double[220];
        for (int i = 0; i < 220; i++) {
            for (int j = 0; j < 220; j++) {
                sums[i] += i == j ? a[i][i] * 2 : a[i][j] + a[j][i];
            }
        }
        double[][] l = new double[220][220];
        for (int i = 0; i < 220; i++) {
            for (int j = 0; j < 220; j++) {
                double s = (a[i][j] + a[j][i]) / Math.sqrt(sums[i] * sums[j]);
                l[i][j] = i == j ? 1 - s : -s;
            }
        }
        double[] all = DenseSpectrum.of(l, true).stream()
                .mapToDouble(Eigenvalue::re)
                .sorted()
                .toArray();
        double[] found = re(Spectrum.of(g, weights, Matrix.LAPLACIAN, 8, TWO));
        assertArrayEquals(Arrays.copyOf(all, 8), found, 1e-10);
    }

    @Test
    void singularValuesAreThoseOfTheDenseTwin() {
        for (int n : new int[] {1, 5, 240}) {
            Wiring g = SmallGraphs.random(n, 0.06, n);
            double[] weights = randomWeights(g.m(), 3, -2);
            int count = Math.min(n, 6);
            double[] found = re(Spectrum.of(g, weights, Matrix.SINGULAR, count, TWO));
            double[] all = SingularOps_DDRM.singularValues(new DMatrixRMaj(dense(g, weights)));
            assertArrayEquals(Arrays.copyOf(all, count), found, 1e-7);
        }
    }

    @Test
    void asksWhetherToStop() {
        // Two questions for each column of the basis.
        assertThrows(
                CancelledException.class,
                () -> Spectrum.of(
                        SmallGraphs.random(250, 0.1, 1), null, Matrix.ADJACENCY, 3, SmallGraphs.stoppedAt(100)));
    }

    @Test
    void tooManyOfALargeMatrixAreRefused() {
        Wiring ring = SmallGraphs.ring(2100);
        MesoException e = assertThrows(MesoException.class, () -> of(ring, Matrix.ADJACENCY, 800));
        assertEquals(ErrorCode.TOO_LARGE, e.code());
        assertThrows(MesoException.class, () -> of(ring, Matrix.SINGULAR, 800));
    }

    @Test
    void singularValuesOfARankTwoMatrix() {
        // The zeros are zeros, which roots of rounded squares would miss.
        Wiring g = SmallGraphs.where(50, (i, j) -> i == 0 && j == 1 || i == 2 && j > 2 && j < 7);
        List<Eigenvalue> found = of(g, Matrix.SINGULAR, 5);
        assertArrayEquals(new double[] {2, 1, 0, 0, 0}, re(found), 1e-14);
        assertTrue(Spectrum.converged(found));
    }

    @Test
    void ofTheWormAreKnown() {
        Wiring worm = SharedData.graph("cook_chemical").wiring();
        List<Eigenvalue> all = of(worm, Matrix.ADJACENCY, worm.n());
        assertEquals(302, all.size());
        // tr A = 0, tr A^2 = two-way connections, tr A^3 = three times the cycles of three.
        double[] traces = new double[3];
        for (Eigenvalue e : all) {
            traces[0] += e.re();
            traces[1] += e.re() * e.re() - e.im() * e.im();
            traces[2] += e.re() * e.re() * e.re() - 3 * e.re() * e.im() * e.im();
        }
        assertEquals(0, traces[0], 1e-9);
        assertEquals(2 * 669, traces[1], 1e-8);
        assertEquals(7410, traces[2], 1e-7);
        same(all, of(worm, Matrix.ADJACENCY, 10), 1e-9);
        // numpy.linalg.eigvals
        assertArrayEquals(
                new double[] {15.297823574951328, 10.380003783354939, 9.17062699357046, 7.542647052485496},
                moduli(all.subList(0, 4)),
                1e-11);
    }
}
