package dev.meso.runtime.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.CancelledException;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DistancesTest {
    private static final Parallel TWO = new Parallel(2, Monitor.NONE);

    /** The plain twin: one queue, one source. Distances, -1 where there is no path. */
    private static int[] plain(boolean[][] a, int source, boolean directed) {
        int[] distance = new int[a.length];
        Arrays.fill(distance, -1);
        distance[source] = 0;
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        queue.add(source);
        while (!queue.isEmpty()) {
            int v = queue.remove();
            for (int u = 0; u < a.length; u++) {
                if (distance[u] < 0 && (a[v][u] || !directed && a[u][v])) {
                    distance[u] = distance[v] + 1;
                    queue.add(u);
                }
            }
        }
        return distance;
    }

    private static void compare(Wiring w, int[] sources, boolean directed) {
        boolean[][] a = RandomWirings.matrix(w);
        long[] pairsAt = new long[w.n() + 1];
        int[] reached = new int[sources.length];
        long[] sums = new long[sources.length];
        int[] longest = new int[sources.length];
        double inverse = 0;
        for (int s = 0; s < sources.length; s++) {
            for (int d : plain(a, sources[s], directed)) {
                if (d > 0) {
                    pairsAt[d]++;
                    reached[s]++;
                    sums[s] += d;
                    longest[s] = Math.max(longest[s], d);
                    inverse += 1.0 / d;
                }
            }
        }
        Distances found = Distances.from(w, sources, directed, TWO);
        String what = w + (directed ? " directed" : " undirected");
        assertArrayEquals(Arrays.copyOf(pairsAt, found.pairsAt().length), found.pairsAt(), what);
        assertEquals(Arrays.stream(pairsAt).sum(), found.pairs(), what);
        assertArrayEquals(reached, found.reachedFrom(), what);
        assertArrayEquals(sums, found.sumsFrom(), what);
        assertArrayEquals(longest, found.longestFrom(), what);
        assertEquals(Arrays.stream(longest).max().orElse(0), found.longest(), what);
        assertEquals(Arrays.stream(sums).sum() / (double) found.pairs(), found.mean(), 1e-12, what);
        double possible = sources.length * (w.n() - 1.0);
        assertEquals(found.pairs() / possible, found.reach(), 1e-12, what);
        assertEquals(inverse / possible, found.efficiency(), 1e-12, what);
    }

    @Test
    void searchingManySourcesAtOnceFindsWhatOneByOneFinds() {
        for (Wiring w : RandomWirings.shapes()) {
            int[] everyone = new int[w.n()];
            Arrays.setAll(everyone, v -> v);
            compare(w, everyone, true);
            compare(w, everyone, false);
            assertArrayEquals(
                    Distances.from(w, everyone, true, TWO).pairsAt(),
                    Distances.all(w, true, Parallel.serial()).pairsAt());
        }
    }

    @Test
    void someSources() {
        Wiring w = RandomWirings.gilbert(400, 0.01, 5);
        for (int count : new int[] {1, 64, 100, 256, 257}) {
            compare(w, Distances.sampleSources(400, count, count), true);
        }
    }

    @Test
    void closedForms() {
        // A directed cycle: every distance 1 .. n-1 once from each neuron.
        int n = 70;
        int[][] edges = new int[n][];
        Arrays.setAll(edges, v -> new int[] {v, (v + 1) % n});
        Distances cycle = Distances.all(RandomWirings.of(n, edges), true, TWO);
        assertEquals(n / 2.0, cycle.mean());
        assertEquals(n - 1, cycle.longest());
        assertEquals(1, cycle.reach());
        // A directed chain: (n+1)/3 over the pairs with a path, half of all.
        Distances chain = Distances.all(RandomWirings.chain(n), true, TWO);
        assertEquals((n + 1) / 3.0, chain.mean(), 1e-12);
        assertEquals(0.5, chain.reach());
        assertEquals(2, Distances.all(RandomWirings.star(n), false, TWO).longest());
        assertTrue(Double.isNaN(Distances.all(RandomWirings.of(3), true, TWO).mean()));
    }

    /** Over all samples of s of n sources the mean is right on average and the error has the size of what it is off. */
    @Test
    void theErrorOfASampleHasItsSize() {
        Wiring w = RandomWirings.gilbert(300, 0.012, 3);
        double exact = Distances.all(w, true, TWO).mean();
        double squares = 0;
        double estimated = 0;
        int repeats = 400;
        for (int seed = 0; seed < repeats; seed++) {
            Distances some = Distances.from(w, Distances.sampleSources(300, 60, seed), true, Parallel.serial());
            squares += (some.mean() - exact) * (some.mean() - exact);
            estimated += some.error() * some.error();
        }
        // Both are means of 400 squares: 7 % each, so a quarter is four standard errors.
        assertEquals(1, Math.sqrt(estimated / squares), 0.25);
        assertEquals(
                0,
                Distances.from(w, Distances.sampleSources(300, 300, 1), true, TWO)
                        .error());
    }

    @Test
    void sourcesAreDifferentAndEachEquallyLikely() {
        int[] times = new int[20];
        for (int seed = 0; seed < 2000; seed++) {
            int[] sources = Distances.sampleSources(20, 5, seed);
            for (int i = 0; i < 5; i++) {
                times[sources[i]]++;
                assertTrue(i == 0 || sources[i - 1] < sources[i]);
            }
        }
        for (int count : times) {
            // 2,000 draws at 1/4: sd 19.
            assertEquals(500, count, 80);
        }
    }

    @Test
    void isStoppedOnRequest() {
        AtomicInteger asked = new AtomicInteger();
        Monitor impatient = new Monitor() {
            @Override
            public void checkpoint() {
                if (asked.incrementAndGet() > 20) {
                    throw new CancelledException();
                }
            }
        };
        Wiring w = RandomWirings.chain(2000);
        assertThrows(CancelledException.class, () -> Distances.all(w, true, new Parallel(1, impatient)));
    }
}
