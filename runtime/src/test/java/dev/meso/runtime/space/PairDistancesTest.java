package dev.meso.runtime.space;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.stats.Proportion;
import dev.meso.runtime.task.CancelledException;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import dev.meso.runtime.topology.SmallGraphs;
import dev.meso.runtime.unit.Unit;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairDistancesTest {
    private static final Parallel THREE = new Parallel(3, Monitor.NONE);

    private static Positions random(int n, int lost, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] axes = new double[3][n];
        for (int v = 0; v < n; v++) {
            for (double[] axis : axes) {
                // Multiples of a quarter: many distances fall on the edge of a bin.
                axis[v] = random.nextInt(40) * 0.25;
            }
        }
        for (int i = 0; i < lost; i++) {
            axes[random.nextInt(3)][random.nextInt(n)] = Double.NaN;
        }
        return new Positions(axes[0], axes[1], axes[2], Unit.ONE);
    }

    @Test
    void areThoseOfThePlainTwin() {
        // Sizes around one and two tiles of 512.
        for (int n : new int[] {0, 1, 2, 511, 512, 513, 1100}) {
            Positions places = random(n, n / 100, n);
            PairDistances distances = new PairDistances(places, 0.75);
            long[] expected = new long[distances.bins()];
            long all = 0;
            for (int u = 0; u < n; u++) {
                for (int v = 0; v < u; v++) {
                    if (places.has(u) && places.has(v)) {
                        expected[distances.bin(u, v)]++;
                        all++;
                    }
                }
            }
            assertArrayEquals(expected, distances.pairs(THREE));
            assertArrayEquals(expected, distances.pairs(Parallel.serial()));
            long placed = n - distances.unplaced();
            assertEquals(placed * (placed - 1) / 2, all);
        }
    }

    @Test
    void asksWhetherToStop() {
        // Twice for the single pieces of 1,100 neurons, and once for each pair of tiles.
        PairDistances distances = new PairDistances(random(1100, 0, 1), 1);
        assertThrows(CancelledException.class, () -> distances.pairs(SmallGraphs.stoppedAt(8)));
        assertEquals(
                1100 * 1099 / 2,
                Arrays.stream(distances.pairs(SmallGraphs.stoppedAt(10))).sum());
    }

    @Test
    void onALineAreDifferences() {
        double[] x = {0, 1, 2, 3, 10};
        PairDistances distances = new PairDistances(new Positions(x, new double[5], new double[5], Unit.ONE), 2);
        // 1 1 1 | 2 2 3 | | 7 | 8 9 | 10
        assertArrayEquals(new long[] {3, 3, 0, 1, 2, 1}, distances.pairs(THREE));
        Wiring wiring = Wiring.of(5, new int[] {0, 0, 3, 4, 4}, new int[] {1, 4, 1, 0, 4}, true);
        assertArrayEquals(new long[] {1, 1, 0, 0, 0, 2}, distances.connections(wiring));
    }

    @Test
    void binsMustHoldPairs() {
        Positions places = random(50, 0, 1);
        for (double width : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e-6}) {
            MesoException e = assertThrows(MesoException.class, () -> new PairDistances(places, width));
            assertEquals(ErrorCode.WRONG_VALUE, e.code());
        }
    }

    @Test
    void wilsonIntervals() {
        // Newcombe 1998, Statistics in Medicine 17:857, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
        interval(81, 263, 0.2553, 0.3662);
        interval(15, 148, 0.0624, 0.1605);
        interval(0, 20, 0.0000, 0.1611);
        interval(1, 29, 0.0061, 0.1718);
        assertEquals(1, Proportion.of(7, 7).high());
        assertTrue(Arrays.stream(new double[] {Proportion.of(0, 0).share()}).allMatch(Double::isNaN));
    }

    private static void interval(long successes, long cases, double low, double high) {
        Proportion p = Proportion.of(successes, cases);
        assertEquals((double) successes / cases, p.share());
        assertEquals(low, p.low(), 5e-5);
        assertEquals(high, p.high(), 5e-5);
    }
}
