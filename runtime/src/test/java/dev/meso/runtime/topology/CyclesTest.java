package dev.meso.runtime.topology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.SharedData;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.motif.Census;
import dev.meso.runtime.task.CancelledException;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CyclesTest {
    private static final Parallel THREE = new Parallel(3, Monitor.NONE);

    private static long[] cycles(Wiring g, int longest) {
        return Cycles.count(g, longest, Cycles.MOST, THREE);
    }

    /** The plain twin: all paths that begin at their least neuron and can be closed. */
    private static long[] plain(Wiring g, int longest) {
        long[] counts = new long[longest + 1];
        for (int root = 0; root < g.n(); root++) {
            walk(g, root, root, 1, new boolean[g.n()], counts);
        }
        return counts;
    }

    private static void walk(Wiring g, int root, int v, int length, boolean[] onPath, long[] counts) {
        onPath[v] = true;
        for (int w = root; w < g.n(); w++) {
            if (w == root && length > 1 && length < counts.length && g.connects(v, w)) {
                counts[length]++;
            } else if (!onPath[w] && length + 1 < counts.length && g.connects(v, w)) {
                walk(g, root, w, length + 1, onPath, counts);
            }
        }
        onPath[v] = false;
    }

    @Test
    void areThoseOfThePlainTwin() {
        for (int seed = 0; seed < 40; seed++) {
            Wiring g = SmallGraphs.random(1 + seed % 8, 0.15 + 0.02 * seed, seed);
            for (int longest = 2; longest <= 10; longest += 1 + seed % 3) {
                assertArrayEquals(plain(g, longest), cycles(g, longest), "seed " + seed + ", up to " + longest);
            }
        }
        Wiring larger = SmallGraphs.random(60, 0.1, 7);
        assertArrayEquals(plain(larger, 6), cycles(larger, 6));
        Wiring parts = SmallGraphs.beside(larger, SmallGraphs.ring(5));
        long[] expected = plain(larger, 5);
        expected[5]++;
        assertArrayEquals(expected, cycles(parts, 5));
    }

    @Test
    void ofFullGraphsAndRings() {
        // C(n, k) (k - 1)!
        assertArrayEquals(new long[] {0, 0, 28, 112, 420, 1344, 3360, 5760, 5040}, cycles(SmallGraphs.full(8), 8));
        assertArrayEquals(new long[] {0, 0, 0, 0, 0, 0, 0, 1, 0}, cycles(SmallGraphs.ring(7), 8));
        assertEquals(
                0,
                Arrays.stream(cycles(SmallGraphs.where(30, (i, j) -> i < j), 9)).sum());
    }

    @Test
    void ofTheWormAreThoseOfItsCensus() {
        Wiring worm = SharedData.graph("cook_chemical").wiring();
        long[] found = cycles(worm, 5);
        assertEquals(Census.dyads(worm)[2], found[2]);
        // Cycles of three in each triad: 030C 1, 120C 1, 210 1, 300 2; GrandIso counts each three times.
        assertEquals(184 + 673 + 1057 + 2 * 278, found[3]);
        assertEquals(7_410 / 3, found[3]);
        Wiring fish = SharedData.graph("zebrafish").wiring();
        assertEquals(110_448 / 4, cycles(fish, 4)[4], "as GrandIso counts them");
    }

    @Test
    void searchAsksWhetherToStop() {
        // All cycles of 11 neurons are one piece.
        assertThrows(
                CancelledException.class,
                () -> Cycles.count(SmallGraphs.full(11), 11, Cycles.MOST, SmallGraphs.stoppedAt(4)));
    }

    @Test
    void tooManyAreRefusedWithWhatIsAffordable() {
        Wiring full = SmallGraphs.full(40);
        MesoException e = assertThrows(MesoException.class, () -> cycles(full, 15));
        assertEquals(ErrorCode.TOO_LARGE, e.code());
        // C(40, k) (k - 1)! paths of k neurons below their root: 3.9e11 of 8 neurons, which are needed for cycles of 9.
        assertTrue(e.notes().get(0).contains("at most 9 neurons"), e.notes().toString());
        assertEquals(40 * 39 * 38 / 3, Cycles.count(full, 3, 10, THREE)[3]);
    }
}
