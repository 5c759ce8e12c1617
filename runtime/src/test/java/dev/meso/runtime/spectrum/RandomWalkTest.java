package dev.meso.runtime.spectrum;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.SharedData;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import dev.meso.runtime.topology.SmallGraphs;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class RandomWalkTest {
    private static final Parallel TWO = new Parallel(2, Monitor.NONE);

    private static double[] weights(Wiring g, long seed) {
        return new SplittableRandom(seed).doubles(g.m(), 0.1, 4).toArray();
    }

    /** The plain twin: solves p = d P' p + (1 - d) / n with the rows of ends replaced by 1 / n; for d = 1 one equation by sum p = 1. */
    private static double[] solved(Wiring g, double[] weights, double damping) {
        int n = g.n();
        double[] chances = WalkWeights.of(g, weights);
        DMatrixRMaj a = CommonOps_DDRM.identity(n);
        DMatrixRMaj b = new DMatrixRMaj(n, 1);
        DMatrixRMaj x = new DMatrixRMaj(n, 1);
        for (int v = 0; v < n; v++) {
            for (int e = g.outStart()[v]; e < g.outStart()[v + 1]; e++) {
                a.add(g.outTargets()[e], v, -damping * chances[e]);
            }
            for (int w = 0; w < n && g.outDegree(v) == 0; w++) {
                a.add(w, v, -damping / n);
            }
            b.set(v, (1 - damping) / n);
        }
        if (damping == 1) {
            for (int v = 0; v < n; v++) {
                a.set(0, v, 1);
            }
            b.set(0, 1);
        }
        assertTrue(CommonOps_DDRM.solve(a, b, x));
        return x.data;
    }

    @Test
    void pageRankIsThatOfTheLinearSystem() {
        for (int seed = 0; seed < 6; seed++) {
            Wiring g = SmallGraphs.random(30, 0.02 + 0.02 * seed, seed);
            double[] weights = seed % 2 == 0 ? null : weights(g, seed);
            double damping = seed == 5 ? 0.99 : 0.85;
            RandomWalk walk = RandomWalk.pageRank(g, weights, damping, TWO);
            assertArrayEquals(solved(g, weights, damping), walk.probabilities(), 1e-12);
        }
        assertArrayEquals(
                new double[] {0.5, 0.5},
                RandomWalk.pageRank(SmallGraphs.full(2), null, 0, TWO).probabilities());
    }

    @Test
    void pageRankOfTheWormIsThatOfIgraph() {
        Connectome worm = SharedData.graph("cook_chemical");
        double[] found = RandomWalk.pageRank(worm.wiring(), null, 0.85, TWO).probabilities();
        assertEquals(0.018397557652016346, found[worm.requireNeuron("DD1")], 1e-9);
        assertEquals(0.015162165326853676, found[worm.requireNeuron("VD2")], 1e-9);
        assertEquals(0.013063129583527889, found[worm.requireNeuron("AVAR")], 1e-9);
        double[] reverse =
                RandomWalk.pageRank(worm.reverse().wiring(), null, 0.85, TWO).probabilities();
        assertEquals(0.01258104188838054, reverse[worm.requireNeuron("HSNR")], 1e-9, "networkx");
    }

    @Test
    void stationaryDistributionIsThatOfTheLinearSystem() {
        for (int seed = 0; seed < 4; seed++) {
            Wiring g = SmallGraphs.random(40, 0.2, seed);
            double[] weights = seed % 2 == 0 ? null : weights(g, seed);
            assertArrayEquals(
                    solved(g, weights, 1),
                    RandomWalk.stationary(g, weights, TWO).probabilities(),
                    1e-12);
        }
    }

    @Test
    void whatSettlesSlowlyIsFoundToo() {
        // Two halves that are hardly connected: thousands of steps go by before the walk has found the balance.
        Wiring half = SmallGraphs.random(200, 0.1, 1);
        Wiring both = SmallGraphs.beside(half, SmallGraphs.random(200, 0.05, 2));
        Wiring g = SmallGraphs.where(400, (i, j) -> both.connects(i, j) || i == 3 && j == 290 || i == 300 && j == 7);
        RandomWalk walk = RandomWalk.stationary(g, null, TWO);
        assertArrayEquals(solved(g, null, 1), walk.probabilities(), 1e-12);
        assertTrue(walk.steps() > 300 && walk.steps() < 2000, walk.steps() + " steps");
    }

    @Test
    void ofUndirectedGraphsAreDegrees() {
        Wiring g = SmallGraphs.where(6, (i, j) -> i != j && (i == 0 || j == 0 || Math.abs(i - j) == 1));
        double[] found = RandomWalk.stationary(g, null, TWO).probabilities();
        for (int v = 0; v < 6; v++) {
            assertEquals((double) g.outDegree(v) / g.m(), found[v], 1e-12);
        }
        // A ring has a period; the walk has a distribution all the same.
        assertArrayEquals(
                new double[] {0.25, 0.25, 0.25, 0.25},
                RandomWalk.stationary(SmallGraphs.ring(4), null, TWO).probabilities(),
                1e-15);
        assertArrayEquals(
                new double[] {1},
                RandomWalk.stationary(SmallGraphs.full(1), null, TWO).probabilities());
    }

    @Test
    void wantsNeuronsThatReachEachOther() {
        MesoException e =
                assertThrows(MesoException.class, () -> RandomWalk.stationary(SmallGraphs.layers(2, 3), null, TWO));
        assertEquals(ErrorCode.WRONG_VALUE, e.code());
        assertTrue(e.notes().get(0).contains("largest_component"));
        assertThrows(
                MesoException.class, () -> RandomWalk.stationary(SmallGraphs.ring(3), new double[] {1, 0, 1}, TWO));
        assertThrows(
                MesoException.class,
                () -> RandomWalk.pageRank(SmallGraphs.ring(3), new double[] {1, -1, 1}, 0.85, TWO));
    }
}
