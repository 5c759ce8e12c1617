package dev.meso.runtime.nulls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.motif.Census;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The tuned kernels do what their plain twins do, and every sample keeps what its model preserves. */
class TwinTest {
    static Observed random(int n, int m, boolean autapses, long seed) {
        Random random = new Random(seed);
        int[] pre = new int[m];
        int[] post = new int[m];
        for (int e = 0; e < m; e++) {
            // Squares make some neurons much more connected than others.
            pre[e] = (int) (n * Math.pow(random.nextDouble(), 2));
            post[e] = random.nextInt(4) == 0 && e > 0 ? pre[e - 1] : (int) (n * Math.pow(random.nextDouble(), 1.5));
        }
        return Observed.of(n, pre, post, null, autapses);
    }

    @Property(tries = 60)
    void switchingIsThatOfThePlainTwin(
            @ForAll @IntRange(min = 2, max = 90) int n,
            @ForAll @IntRange(min = 1, max = 400) int m,
            @ForAll boolean autapses,
            @ForAll long seed) {
        Observed g = random(n, m, autapses, seed);
        if (g.m() == 0) {
            return;
        }
        int steps = 2000;
        PlainSwitching plain = new PlainSwitching(g, autapses);
        RandomGenerator random = Streams.of(seed, 0, 0);
        long accepted = 0;
        for (int i = 0; i < steps; i++) {
            accepted += plain.step(random) ? 1 : 0;
        }
        for (Adjacency form :
                new Adjacency[] {new BitRows(n, g.start(), g.post()), new HashRows(n, g.start(), g.post())}) {
            for (boolean batched : new boolean[] {false, true}) {
                Edges edges = new Edges(n, g.start(), g.pre(), g.post().clone(), form.copy());
                SwitchChain chain = new SwitchChain(edges, autapses, batched);
                // In two parts: where batches begin does not matter.
                RandomGenerator again = Streams.of(seed, 0, 0);
                chain.run(777, again, Monitor.NONE);
                chain.run(steps - 777, again, Monitor.NONE);
                assertArrayEquals(plain.post, chain.post());
                assertEquals(accepted, chain.accepted());
            }
        }
    }

    @Property(tries = 40)
    void chainsAreTheSameOnBitsAndHashes(@ForAll @IntRange(min = 3, max = 60) int n, @ForAll long seed) {
        Observed g = random(n, 4 * n, false, seed);
        Edges[] forms = {
            new Edges(n, g.start(), g.pre(), g.post(), new BitRows(n, g.start(), g.post())),
            new Edges(n, g.start(), g.pre(), g.post(), new HashRows(n, g.start(), g.post()))
        };
        int[] labels = IntStream.range(0, n).map(v -> v % 3).toArray();
        List<Function<Edges, Chain>> makers = List.of(
                edges -> new ReciprocalChain(edges, 1.5, 0),
                edges -> new BlockChain(edges, new BlockCells(3, labels, edges), 1.5));
        for (Function<Edges, Chain> maker : makers) {
            Chain[] chains = {maker.apply(forms[0].copy()), maker.apply(forms[1].copy())};
            for (Chain chain : chains) {
                chain.run(1000, Streams.of(seed, 0, 0), Monitor.NONE);
            }
            assertArrayEquals(chains[0].post(), chains[1].post());
            assertEquals(chains[0].proposed(), chains[1].proposed());
        }
    }

    @Property(tries = 60)
    void samplesKeepWhatTheirModelPreserves(
            @ForAll @IntRange(min = 2, max = 70) int n,
            @ForAll @IntRange(min = 1, max = 500) int m,
            @ForAll long seed) {
        Observed g = random(n, m, false, seed);
        if (g.m() == 0) {
            return;
        }
        Given given = Spaces.given(n, seed);
        for (Family family : NullModels.all()) {
            NullModel model = family.with(given);
            Ensemble ensemble = Ensemble.of(model, g, new Options(3, false), 2, seed);
            for (int i = 0; i < 2; i++) {
                Sample sample = ensemble.get(i, Monitor.NONE);
                String what = model.name();
                // Simple: nothing was merged or dropped when rows were made.
                assertEquals(
                        sample.m(),
                        Observed.of(n, sample.pre(), sample.post(), null, false).m(),
                        what);
                assertArrayEquals(Census.triads(sample.wiring()), sample.triads(), what);
                assertArrayEquals(Census.dyads(sample.wiring()), sample.dyads(), what);
                if (sample.matched()) {
                    assertArrayEquals(g.pre(), sample.pre(), what);
                    assertArrayEquals(sorted(g.post()), sorted(sample.post()), what);
                }
                if (model instanceof NPC || model instanceof SBM) {
                    assertArrayEquals(
                            given.blocks().edges(g), given.blocks().edges(Observed.of(sample.wiring())), what);
                }
                if (model == NullModels.GNM) {
                    assertEquals(g.m(), sample.m());
                }
                if (model == NullModels.GCFG || model == NullModels.DCFG) {
                    assertEquals(g.twoWay(), sample.dyads()[2], what);
                }
                if (model == NullModels.DCFG) {
                    assertArrayEquals(partners(g), partners(Observed.of(sample.wiring())), what);
                }
            }
        }
    }

    private static int[] sorted(int[] values) {
        int[] copy = values.clone();
        Arrays.sort(copy);
        return copy;
    }

    private static int[] partners(Observed g) {
        int[] partners = new int[g.n()];
        for (int e = 0; e < g.m(); e++) {
            partners[g.pre()[e]] += g.wiring().connects(g.post()[e], g.pre()[e]) ? 1 : 0;
        }
        return partners;
    }

    @Test
    void sameBitsOnAnyNumberOfThreads() {
        Observed g = random(60, 400, false, 4);
        for (Family family : NullModels.all()) {
            NullModel model = family.with(Spaces.given(60, 5));
            int[] first = null;
            for (int threads : new int[] {1, 2, 8}) {
                int[] hashes = new int[40];
                Ensemble ensemble = Ensemble.of(model, g, Options.DEFAULT, 40, 9);
                ensemble.forEach(
                        0,
                        40,
                        null,
                        new Parallel(threads, Monitor.NONE),
                        (i, sample, monitor) -> hashes[i] = sample.wiring().hashCode());
                first = first == null ? hashes : first;
                assertArrayEquals(first, hashes, model.name());
            }
            if (model != NullModels.W) {
                assertFalse(first[0] == first[1], model.name() + ": samples are all alike");
            }
        }
    }

    @Test
    void edgesOfAConnectomeKeepTheirAttributes() {
        Connectome g = Connectome.builder()
                .neurons(6)
                .synapses(Table.of(
                        List.of("pre", "post", "synapses", "nt"),
                        List.of(
                                LongColumn.of(5, 0, 0, 1, 2, 3, 4, 4),
                                LongColumn.of(0, 1, 1, 2, 3, 4, 5, 4),
                                LongColumn.of(7, 1, 2, 3, 4, 5, 6, 9),
                                TextColumn.of("f", "a", "a", "b", "c", "d", "e", "x"))))
                .weight("synapses")
                .build();
        Observed observed = Observed.of(g, false);
        assertEquals(1, observed.merged());
        assertEquals(1, observed.dropped());
        assertArrayEquals(new double[] {3, 3, 4, 5, 6, 7}, observed.weights());
        Sample sample =
                Ensemble.of(NullModels.CFG, observed, Options.DEFAULT, 1, 2).get(0, Monitor.NONE);
        Connectome drawn = g.simple().switched(sample.post(), null, g.provenance());
        assertEquals(sample.wiring(), drawn.wiring());
        for (int e = 0; e < 6; e++) {
            assertEquals(
                    String.valueOf("abcdef".charAt(drawn.pre()[e])),
                    drawn.synapseColumn("nt").value(e));
            assertEquals(observed.weights()[e], drawn.weights().number(e));
        }
        Sample shuffled =
                Ensemble.of(NullModels.W, observed, Options.DEFAULT, 1, 2).get(0, Monitor.NONE);
        Connectome weighted = g.simple().switched(shuffled.post(), shuffled.weights(), g.provenance());
        assertEquals(g.wiring(), weighted.wiring());
        assertEquals(shuffled.weights()[3], weighted.weights().number(3));
    }
}
