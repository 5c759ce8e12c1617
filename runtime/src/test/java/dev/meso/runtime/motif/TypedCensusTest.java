package dev.meso.runtime.motif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.SharedData;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TypedCensusTest {
    /** The drawings of std.motifs, written out: which connections there are, all others being absent. */
    private static final Map<String, String> DRAWINGS = Map.ofEntries(
            Map.entry("003", ""),
            Map.entry("012", "ab"),
            Map.entry("102", "ab ba"),
            Map.entry("021D", "ba bc"),
            Map.entry("021U", "ab cb"),
            Map.entry("021C", "ab bc"),
            Map.entry("111D", "ab ba cb"),
            Map.entry("111U", "ab ba bc"),
            Map.entry("030T", "ab bc ac"),
            Map.entry("030C", "ab bc ca"),
            Map.entry("201", "ab ba bc cb"),
            Map.entry("120D", "ba bc ac ca"),
            Map.entry("120U", "ab cb ac ca"),
            Map.entry("120C", "ab bc ac ca"),
            Map.entry("210", "ab bc cb ca ac"),
            Map.entry("300", "ab ba bc cb ac ca"));

    private static boolean drawn(Wiring g, String drawing, int... roles) {
        for (int x = 0; x < 3; x++) {
            for (int y = 0; y < 3; y++) {
                String arrow = "" + (char) ('a' + x) + (char) ('a' + y);
                if (x != y && g.connects(roles[x], roles[y]) != drawing.contains(arrow)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Every triple in every order: the motif, then the first of its types in the orders that fit. */
    private static Map<String, Long> plain(Wiring g, int[] type) {
        Map<String, Long> counts = new HashMap<>();
        for (int i = 0; i < g.n(); i++) {
            for (int j = i + 1; j < g.n(); j++) {
                for (int k = j + 1; k < g.n(); k++) {
                    String first = null;
                    int[][] orders = {{i, j, k}, {i, k, j}, {j, i, k}, {j, k, i}, {k, i, j}, {k, j, i}};
                    for (int[] o : orders) {
                        for (Map.Entry<String, String> motif : DRAWINGS.entrySet()) {
                            String found = motif.getKey() + " " + type[o[0]] + type[o[1]] + type[o[2]];
                            if (drawn(g, motif.getValue(), o) && (first == null || found.compareTo(first) < 0)) {
                                first = found;
                            }
                        }
                    }
                    counts.merge(first, 1L, Long::sum);
                }
            }
        }
        return counts;
    }

    private static Wiring graph(int n, double density, long seed) {
        return CensusTest.random(new Random(seed), n, density, 0.3, false);
    }

    @Property(tries = 120, seed = "51")
    void triplesAreThoseFoundOneByOne(
            @ForAll @IntRange(max = 12) int n,
            @ForAll @DoubleRange(max = 1) double density,
            @ForAll @IntRange(min = 1, max = 4) int types,
            @ForAll long seed) {
        Wiring g = graph(n, density, seed);
        int[] type = new Random(seed).ints(n, 0, types).toArray();
        TypedCensus census = TypedCensus.triads(g, type, types, Parallel.serial());
        Map<String, Long> expected = plain(g, type);
        for (int triad = 0; triad < 16; triad++) {
            for (int a = 0; a < types; a++) {
                for (int b = 0; b < types; b++) {
                    for (int c = 0; c < types; c++) {
                        String name = Census.TRIADS.get(triad) + " " + a + b + c;
                        long count = census.get(triad, a, b, c);
                        assertEquals(expected.getOrDefault(name, 0L), count, name);
                        assertTrue(count == 0 || TypedCensus.counts(triad, a, b, c), name);
                    }
                }
            }
        }
    }

    @Property(tries = 60, seed = "52")
    void pairsAreThoseFoundOneByOne(
            @ForAll @IntRange(max = 20) int n,
            @ForAll @DoubleRange(max = 1) double density,
            @ForAll @IntRange(min = 1, max = 4) int types,
            @ForAll long seed) {
        Wiring g = graph(n, density, seed);
        int[] type = new Random(seed).ints(n, 0, types).toArray();
        long[][] expected = new long[3][types * types];
        for (int v = 0; v < n; v++) {
            for (int w = 0; w < v; w++) {
                int low = Math.min(type[v], type[w]) * types + Math.max(type[v], type[w]);
                boolean there = g.connects(v, w);
                boolean back = g.connects(w, v);
                if (there == back) {
                    expected[there ? 2 : 0][low]++;
                } else {
                    expected[1][there ? type[v] * types + type[w] : type[w] * types + type[v]]++;
                }
            }
        }
        TypedCensus census = TypedCensus.dyads(g, type, types);
        for (int dyad = 0; dyad < 3; dyad++) {
            for (int a = 0; a < types; a++) {
                for (int b = 0; b < types; b++) {
                    assertEquals(expected[dyad][a * types + b], census.get(dyad, a, b));
                    assertTrue(census.get(dyad, a, b) == 0 || TypedCensus.counts(dyad, a, b));
                }
            }
        }
    }

    /** With one type, and summed over types, it is the census; on any number of threads, with autapses there. */
    @Test
    void sumsAreTheCensus() {
        Wiring g = CensusTest.random(new Random(3), 300, 0.05, 0.2, true);
        long[] triads = Census.triads(g);
        for (int types : new int[] {1, 5, 16}) {
            int[] type = new Random(4).ints(300, 0, types).toArray();
            TypedCensus one = TypedCensus.triads(g, type, types, Parallel.serial());
            TypedCensus many = TypedCensus.triads(g, type, types, new Parallel(3, Monitor.NONE));
            for (int triad = 0; triad < 16; triad++) {
                long sum = 0;
                for (int i = 0; i < types * types * types; i++) {
                    long count = one.get(triad, i / types / types, i / types % types, i % types);
                    assertTrue(count >= 0);
                    assertEquals(count, many.get(triad, i / types / types, i / types % types, i % types));
                    sum += count;
                }
                assertEquals(triads[triad], sum, Census.TRIADS.get(triad));
            }
        }
    }

    @Test
    void symmetricMotifsCountUnderOneOrder() {
        int cycle = Census.TRIADS.indexOf("030C");
        assertTrue(TypedCensus.counts(cycle, 0, 2, 1) && TypedCensus.counts(cycle, 0, 1, 2));
        assertFalse(TypedCensus.counts(cycle, 2, 1, 0) || TypedCensus.counts(cycle, 1, 0, 2));
        int chain = Census.TRIADS.indexOf("021C");
        assertTrue(TypedCensus.counts(chain, 2, 1, 0) && TypedCensus.counts(chain, 0, 1, 2));
    }

    /** The largest number of neurons whose triples fit a long, all of one type. */
    @Test
    void countsDoNotOverflow() {
        int n = Census.MOST_NEURONS;
        Wiring g = Wiring.of(n, new int[] {0}, new int[] {1}, false);
        TypedCensus census = TypedCensus.triads(g, new int[n], 1, Parallel.serial());
        assertEquals(n - 2L, census.get(1, 0, 0, 0));
        BigInteger triples = BigInteger.valueOf(n)
                .multiply(BigInteger.valueOf(n - 1L))
                .multiply(BigInteger.valueOf(n - 2L))
                .divide(BigInteger.valueOf(6));
        assertEquals(triples.longValueExact() - (n - 2L), census.get(0, 0, 0, 0));
    }

    /** The worm by type: all motifs of the reference census, shared out. */
    @Test
    void theWormByType() {
        var worm = SharedData.graph("cook_chemical");
        var column = worm.neurons().column("type");
        var p = dev.meso.runtime.partition.Partition.of(column);
        int[] type = Arrays.stream(p.blocks()).map(b -> b < 0 ? p.count() : b).toArray();
        int types = p.count() + 1;
        TypedCensus census = TypedCensus.triads(worm.wiring(), type, types, Parallel.serial());
        long[] triads = Census.triads(worm.wiring());
        for (int triad = 0; triad < 16; triad++) {
            long sum = 0;
            for (int i = 0; i < types * types * types; i++) {
                sum += census.get(triad, i / types / types, i / types % types, i % types);
            }
            assertEquals(triads[triad], sum);
        }
    }
}
