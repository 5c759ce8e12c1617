package dev.meso.runtime.motif;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meso.runtime.graph.Wiring;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What holds for the census of any graph. */
class CensusProperties {
    private static Wiring graph(int n, double density, double reciprocal, long seed) {
        return CensusTest.random(new Random(seed), n, density, reciprocal, false);
    }

    @Property(tries = 200, seed = "1")
    void allPairsAndTriplesAreCounted(
            @ForAll @IntRange(max = 40) int n,
            @ForAll @DoubleRange(max = 1) double density,
            @ForAll @DoubleRange(max = 1) double reciprocal,
            @ForAll long seed) {
        Wiring graph = graph(n, density, reciprocal, seed);
        long[] dyads = Census.dyads(graph);
        long[] triads = Census.triads(graph);
        assertEquals(n * (n - 1L) / 2, Arrays.stream(dyads).sum());
        assertEquals(n * (n - 1L) * (n - 2L) / 6, Arrays.stream(triads).sum());
        assertEquals(graph.m(), dyads[1] + 2 * dyads[2]);
    }

    @Property(tries = 200, seed = "2")
    void namesOfNeuronsDoNotMatter(
            @ForAll @IntRange(max = 40) int n, @ForAll @DoubleRange(max = 1) double density, @ForAll long seed) {
        Wiring graph = graph(n, density, 0.3, seed);
        List<Integer> names = new ArrayList<>();
        for (int v = 0; v < n; v++) {
            names.add(v);
        }
        Collections.shuffle(names, new Random(seed));
        int[] pre = Arrays.stream(graph.edgeSources()).map(names::get).toArray();
        int[] post = Arrays.stream(graph.outTargets()).map(names::get).toArray();
        assertArrayEquals(Census.triads(graph), Census.triads(Wiring.of(n, pre, post, false)));
    }

    @Property(tries = 200, seed = "3")
    void reversingAllConnectionsExchangesUpAndDown(
            @ForAll @IntRange(max = 40) int n, @ForAll @DoubleRange(max = 1) double density, @ForAll long seed) {
        Wiring graph = graph(n, density, 0.3, seed);
        Wiring reversed = Wiring.of(n, graph.outTargets(), graph.edgeSources(), false);
        long[] turned = Census.triads(reversed);
        for (int[] pair : new int[][] {{3, 4}, {6, 7}, {11, 12}}) {
            long first = turned[pair[0]];
            turned[pair[0]] = turned[pair[1]];
            turned[pair[1]] = first;
        }
        assertArrayEquals(Census.triads(graph), turned);
    }
}
