package dev.meso.runtime.topology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.SharedData;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.CancelledException;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SimplicesTest {
    private static final Parallel THREE = new Parallel(3, Monitor.NONE);

    /** The plain twin: extends each tuple by every target of its first neuron that the others send to as well. */
    private static final class Plain {
        final Wiring g;
        final long[] counts = new long[64];
        final long[][] credit;
        final int[] tuple = new int[64];

        Plain(Wiring g) {
            this.g = g;
            this.credit = new long[64][g.n()];
            extend(0);
        }

        private void extend(int size) {
            if (size > 0) {
                counts[size - 1]++;
                for (int i = 0; i < size; i++) {
                    credit[size - 1][tuple[i]]++;
                }
            }
            int choices = size == 0 ? g.n() : g.outDegree(tuple[0]);
            for (int c = 0; c < choices; c++) {
                int w = size == 0 ? c : g.outTargets()[g.outStart()[tuple[0]] + c];
                boolean all = true;
                for (int i = 0; i < size && all; i++) {
                    all = tuple[i] != w && g.connects(tuple[i], w);
                }
                if (all) {
                    tuple[size] = w;
                    extend(size + 1);
                }
            }
        }

        long[] counts() {
            int dimensions = 64;
            while (counts[dimensions - 1] == 0) {
                dimensions--;
            }
            return Arrays.copyOf(counts, dimensions);
        }
    }

    private static void agrees(Wiring g) {
        Plain plain = new Plain(g);
        long[] expected = plain.counts();
        assertArrayEquals(expected, Simplices.count(g, Simplices.ALL, Simplices.MOST, Parallel.serial()));
        long[][] each = Simplices.participation(g, Simplices.ALL, Simplices.MOST, THREE);
        assertEquals(expected.length, each.length);
        for (int d = 0; d < expected.length; d++) {
            assertArrayEquals(plain.credit[d], each[d]);
        }
        for (int top = 0; top < expected.length; top++) {
            long[] first = Arrays.copyOf(expected, top + 1);
            assertArrayEquals(first, Simplices.count(g, top, Simplices.MOST, THREE));
            assertEquals(top + 1, Simplices.participation(g, top, Simplices.MOST, THREE).length);
        }
    }

    @Test
    void areThoseOfThePlainTwin() {
        for (int seed = 0; seed < 30; seed++) {
            agrees(SmallGraphs.random(1 + seed % 9, 0.2 + 0.025 * seed, seed));
        }
    }

    @Test
    void wideNeighbourhoodsAreBitsOrLists() {
        // Densely connected targets of a hub are searched as bits of several words. 599 targets with hardly a
        // connection are searched
        // as lists; a clique among them makes them deep. In the last graph sources of both kinds follow each other.
        Wiring dense = SmallGraphs.random(70, 0.3, 1);
        Wiring sparse = SmallGraphs.random(600, 0.0002, 2);
        Wiring star = SmallGraphs.where(
                600,
                (i, j) -> i == 0 && j > 0
                        || sparse.connects(i, j)
                        || i > 500 && i < j && j < 507
                        || i == 504 && j == 502);
        agrees(star);
        agrees(SmallGraphs.where(130, (i, j) -> i == 0 && j > 0 || i > 0 && i < 70 && j < 70 && dense.connects(i, j)));
        agrees(SmallGraphs.beside(star, SmallGraphs.beside(dense, star)));
    }

    @Test
    void ofAFullGraphAreOrderedTuples() {
        long[] counts = Simplices.count(SmallGraphs.full(8), Simplices.ALL, Simplices.MOST, THREE);
        assertArrayEquals(new long[] {8, 56, 336, 1680, 6720, 20160, 40320, 40320}, counts);
    }

    @Test
    void ofATournamentInOrderAreSubsets() {
        Wiring tournament = SmallGraphs.where(20, (i, j) -> i < j);
        long[] counts = Simplices.count(tournament, Simplices.ALL, Simplices.MOST, THREE);
        assertEquals(20, counts.length);
        assertEquals(184_756, counts[9]);
        assertEquals(1, Simplices.eulerCharacteristic(counts));
    }

    @Test
    void eulerCharacteristicThatOverflowsIsAnError() {
        MesoException e = assertThrows(
                MesoException.class, () -> Simplices.eulerCharacteristic(new long[] {Long.MAX_VALUE, 0, 1}));
        assertEquals(ErrorCode.INTEGER_OVERFLOW, e.code());
    }

    @Test
    void tooManyAreRefusedWithWhatIsAffordable() {
        Wiring full = SmallGraphs.full(30);
        MesoException e =
                assertThrows(MesoException.class, () -> Simplices.count(full, Simplices.ALL, Simplices.MOST, THREE));
        assertEquals(ErrorCode.TOO_LARGE, e.code());
        // 30!/22! = 2.4e11 tuples of 8 are listed so that those of 9 can be counted; of 9 there are 5.2e12.
        assertTrue(e.notes().get(0).contains("max_dimension: 8"), e.notes().toString());
        assertEquals(4, Simplices.count(full, 3, Simplices.MOST, THREE).length);
        e = assertThrows(MesoException.class, () -> Simplices.participation(full, 3, 100_000, THREE));
        assertTrue(e.notes().get(0).contains("max_dimension: 2"), e.notes().toString());
        e = assertThrows(MesoException.class, () -> Homology.of(full, Simplices.ALL, Simplices.MOST, 1L << 40, THREE));
        assertTrue(e.notes().get(0).contains("max_dimension: 8"), e.notes().toString());
        e = assertThrows(MesoException.class, () -> Homology.of(full, 3, 100_000, 1L << 40, THREE));
        assertTrue(e.notes().get(0).contains("max_dimension: 2"), e.notes().toString());
        assertEquals(4, Simplices.count(full, 3, 100_000, THREE).length);
    }

    @Test
    void estimatesAreExactWhereAllBranchesAreAlike() {
        assertArrayEquals(new double[] {6, 30, 120, 360, 720, 720}, SimplexCost.of(SmallGraphs.full(6), 99), 1e-9);
        assertArrayEquals(
                new double[] {6, 18, 24},
                SimplexCost.of(
                        SmallGraphs.layers(3, 2).n() == 6
                                ? SmallGraphs.where(
                                        6, (i, j) -> j == (i + 1) % 6 || j == (i + 2) % 6 || j == (i + 3) % 6)
                                : null,
                        2),
                25);
    }

    @Test
    void estimatesHaveNoBias() {
        Wiring g = SmallGraphs.random(60, 0.3, 5);
        long[] exact = Simplices.count(g, 4, Simplices.MOST, THREE);
        double[] estimate = SimplexCost.of(g, 4);
        // 20,000 probes with a relative spread of about 1 each.
        for (int d = 0; d <= 4; d++) {
            assertEquals(1, estimate[d] / exact[d], 0.1, "dimension " + d);
        }
    }

    @Test
    void searchAsksWhetherToStop() {
        // Once for each of 12 neurons at most; the other questions are those of the kernel.
        Wiring full = SmallGraphs.full(12);
        assertThrows(
                CancelledException.class,
                () -> Simplices.count(full, Simplices.ALL, Simplices.MOST, SmallGraphs.stoppedAt(20)));
    }

    @Test
    void trianglesOfTheWormAreThoseOfItsCensus() {
        Wiring worm = SharedData.graph("cook_chemical").wiring();
        long[] counts = Simplices.count(worm, Simplices.ALL, Simplices.MOST, THREE);
        // Transitive triples in each triad: 030T 1, 120D 2, 120U 2, 120C 1, 210 3, 300 6.
        assertEquals(2281 + 2 * 1032 + 2 * 1348 + 673 + 3 * 1057 + 6 * 278, counts[2]);
        assertEquals(302, counts[0]);
        assertEquals(3671, counts[1]);
    }
}
