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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HomologyTest {
    private static final Parallel TWO = new Parallel(2, Monitor.NONE);
    private static final long MEMORY = 1L << 30;

    private static long[] betti(Wiring g) {
        return Homology.of(g, Simplices.ALL, Simplices.MOST, MEMORY, TWO).betti();
    }

    /** The plain twin: lists all tuples and eliminates the boundary matrices. */
    private static long[] plain(Wiring g) {
        List<List<List<Integer>>> tuples = new ArrayList<>();
        tuples.add(new ArrayList<>());
        for (int v = 0; v < g.n(); v++) {
            tuples.get(0).add(List.of(v));
        }
        while (!tuples.get(tuples.size() - 1).isEmpty()) {
            List<List<Integer>> longer = new ArrayList<>();
            for (List<Integer> tuple : tuples.get(tuples.size() - 1)) {
                for (int w = 0; w < g.n(); w++) {
                    int next = w;
                    if (tuple.stream().allMatch(v -> v != next && g.connects(v, next))) {
                        List<Integer> more = new ArrayList<>(tuple);
                        more.add(w);
                        longer.add(more);
                    }
                }
            }
            tuples.add(longer);
        }
        long[] betti = new long[tuples.size() - 1];
        for (int d = 0; d < betti.length; d++) {
            betti[d] += tuples.get(d).size();
            if (d > 0) {
                long rank = boundaryRank(tuples.get(d), tuples.get(d - 1));
                betti[d] -= rank;
                betti[d - 1] -= rank;
            }
        }
        return betti;
    }

    private static long boundaryRank(List<List<Integer>> tuples, List<List<Integer>> faces) {
        Map<List<Integer>, Integer> index = new HashMap<>();
        faces.forEach(f -> index.put(f, index.size()));
        Map<Integer, BitSet> pivots = new HashMap<>();
        for (List<Integer> tuple : tuples) {
            BitSet column = new BitSet();
            for (int i = 0; i < tuple.size(); i++) {
                List<Integer> face = new ArrayList<>(tuple);
                face.remove(i);
                column.flip(index.get(face));
            }
            while (!column.isEmpty() && pivots.containsKey(column.length())) {
                column.xor(pivots.get(column.length()));
            }
            if (!column.isEmpty()) {
                pivots.put(column.length(), column);
            }
        }
        return pivots.size();
    }

    private static long alternating(long[] numbers) {
        return Simplices.eulerCharacteristic(numbers);
    }

    @Test
    void isThatOfThePlainTwin() {
        for (int seed = 0; seed < 40; seed++) {
            Wiring g = SmallGraphs.random(2 + seed % 12, 0.9 - 0.015 * seed, seed);
            if (g.n() > 8 && seed < 20) {
                continue;
            }
            long[] expected = plain(g);
            Homology found = Homology.of(g, Simplices.ALL, Simplices.MOST, MEMORY, TWO);
            assertArrayEquals(expected, found.betti(), "seed " + seed);
            assertEquals(alternating(found.simplices()), alternating(found.betti()));
            for (int top = 0; top < expected.length; top++) {
                long[] some = Homology.of(g, top, Simplices.MOST, MEMORY, Parallel.serial())
                        .betti();
                assertArrayEquals(Arrays.copyOf(expected, top + 1), some, "seed " + seed + ", up to " + top);
            }
        }
    }

    @Test
    void theRankDoesNotDependOnTheOrderOfNeurons() {
        // In the order of their numbers few pairs are apparent, so that many columns have to be added and kept.
        Wiring g = SmallGraphs.random(60, 0.25, 3);
        Homology found = Homology.of(g, 2, Simplices.MOST, MEMORY, TWO);
        FlagLevel connections = FlagLevel.neurons(g).next(TWO);
        Coboundary coboundary = new Coboundary(connections.size(), connections.next(TWO), new BitSet(), MEMORY);
        long rank = coboundary.reduce(TWO).cardinality();
        assertEquals(found.betti()[1], connections.size() - (60 - 1) - rank);
        assertTrue(coboundary.keptColumns() > 20, coboundary.keptColumns() + " columns");
        assertThrows(
                MesoException.class,
                () -> new Coboundary(connections.size(), connections.next(TWO), new BitSet(), 1000).reduce(TWO));
    }

    @Test
    void ofKnownSpaces() {
        assertArrayEquals(new long[] {1}, betti(SmallGraphs.full(1)));
        assertArrayEquals(new long[] {5}, betti(SmallGraphs.where(5, (i, j) -> false)));
        assertArrayEquals(new long[] {1, 1}, betti(SmallGraphs.ring(2)), "two connections make a circle");
        assertArrayEquals(new long[] {1, 1}, betti(SmallGraphs.ring(3)), "a cycle of three is hollow");
        assertArrayEquals(new long[] {1, 1}, betti(SmallGraphs.ring(9)));
        assertArrayEquals(new long[] {1, 0, 0}, betti(SmallGraphs.where(3, (i, j) -> i < j)), "a triangle is filled");
        assertArrayEquals(new long[] {2, 2}, betti(SmallGraphs.beside(SmallGraphs.ring(5), SmallGraphs.ring(4))));
    }

    @Test
    void ofJoinsOfPointsAreSpheres() {
        // k layers of w points: a wedge of (w - 1)^k spheres of dimension k - 1.
        assertArrayEquals(new long[] {1, 1}, betti(SmallGraphs.layers(2, 2)));
        assertArrayEquals(new long[] {1, 0, 0, 0, 1}, betti(SmallGraphs.layers(5, 2)));
        assertArrayEquals(new long[] {1, 0, 0, 27 * 3}, betti(SmallGraphs.layers(4, 4)));
    }

    @Test
    void ofAFullGraphAreDerangements() {
        // The complex of injective words (Farmer 1979): a wedge of spheres, as many as permutations without a fixed
        // point.
        long[] derangements = {0, 1, 2, 9, 44, 265, 1854};
        for (int n = 2; n <= 7; n++) {
            long[] expected = new long[n];
            expected[0] = 1;
            expected[n - 1] += derangements[n - 1];
            assertArrayEquals(expected, betti(SmallGraphs.full(n)), n + " neurons");
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        Wiring g = SmallGraphs.full(7);
        MesoException e =
                assertThrows(MesoException.class, () -> Homology.of(g, Simplices.ALL, Simplices.MOST, 100_000, TWO));
        assertEquals(ErrorCode.TOO_LARGE, e.code());
        assertTrue(e.notes().get(0).contains("max_dimension: 2"), e.notes().toString());
        assertArrayEquals(
                new long[] {1, 0, 0},
                Homology.of(g, 2, Simplices.MOST, 100_000, TWO).betti());
    }

    @Test
    void asksWhetherToStop() {
        Wiring g = SmallGraphs.random(60, 0.25, 3);
        for (int question : new int[] {1, 10, 20}) {
            assertThrows(
                    CancelledException.class,
                    () -> Homology.of(g, Simplices.ALL, Simplices.MOST, MEMORY, SmallGraphs.stoppedAt(question)));
        }
    }

    @Test
    void ofTheWormIsThatOfFlagser() {
        // pyflagser 0.4.7, flagser_unweighted(directed=True).
        Homology worm =
                Homology.of(SharedData.graph("cook_chemical").wiring(), Simplices.ALL, Simplices.MOST, MEMORY, TWO);
        assertArrayEquals(new long[] {302, 3671, 12553, 22430, 29862, 33710, 28729, 14441, 2699}, worm.simplices());
        assertArrayEquals(new long[] {1, 75, 522, 715, 758, 627, 521, 519, 27}, worm.betti());
        assertEquals(-107, alternating(worm.betti()));
    }
}
