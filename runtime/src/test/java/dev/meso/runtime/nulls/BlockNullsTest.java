package dev.meso.runtime.nulls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.random.Streams;
import dev.meso.runtime.space.Positions;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Null models that keep blocks or distances: spaces enumerated, expectations and codes against enumeration. */
class BlockNullsTest {
    private static final double SMALLEST_P = 1e-5;

    private static List<Integer> space(Observed observed, Function<Integer, String> key) {
        return Spaces.classes(Spaces.all(observed.n(), false), key).get(key.apply(Spaces.bits(Sample.of(observed))));
    }

    private static long[] frequencies(
            NullModel model, Observed observed, List<Integer> space, int draws, double perEdge) {
        Map<Integer, Integer> index = new HashMap<>();
        space.forEach(bits -> index.put(bits, index.size()));
        long[] counts = new long[space.size()];
        Ensemble.of(model, observed, new Options(perEdge, false), draws, 11)
                .forEach(
                        0,
                        draws,
                        null,
                        Parallel.serial(),
                        (i, sample, watch) -> counts[index.get(Spaces.bits(sample))]++);
        return counts;
    }

    private static void checkUniform(NullModel model, int n, List<Integer> space, int draws, double perEdge) {
        Observed observed = Spaces.graph(n, space.get(0), false);
        double p = Spaces.chiSquareP(frequencies(model, observed, space, draws, perEdge));
        assertTrue(
                p > SMALLEST_P,
                () -> model.name() + " on " + space.size() + " graphs like " + space.get(0) + ": p = " + p);
    }

    /** Whether switches and turned three-cycles that stay in the space reach all of it. */
    private static boolean connected(int n, List<Integer> space) {
        List<Integer> reached = new ArrayList<>(List.of(space.get(0)));
        for (int at = 0; at < reached.size(); at++) {
            for (int other : space) {
                int gone = reached.get(at) & ~other;
                int cells = Integer.bitCount(gone);
                boolean cycle = cells == 3 && turned(n, gone) == (other & ~reached.get(at));
                if ((cells == 2 || cycle) && !reached.contains(other)) {
                    reached.add(other);
                }
            }
        }
        return reached.size() == space.size();
    }

    private static int turned(int n, int bits) {
        int turned = 0;
        for (int place = 0; place < n * n; place++) {
            turned |= (bits >> place & 1) << place % n * n + place / n;
        }
        return turned;
    }

    @Test
    void degreesAndBlocksOfFourNeurons() {
        int split = 0;
        for (int[] labels : new int[][] {{0, 0, 1, 1}, {0, 1, 2, 2}, {0, 0, 0, 1}}) {
            NPC model = new NPC("NPC", Spaces.blocks(labels));
            List<List<Integer>> spaces = new ArrayList<>(
                    Spaces.classes(Spaces.all(4, false), bits -> Spaces.degreesAndBlocks(4, bits, labels))
                            .values());
            spaces.removeIf(s -> s.size() < 2);
            spaces.sort((a, b) -> a.size() != b.size() ? b.size() - a.size() : a.get(0) - b.get(0));
            List<List<Integer>> apart =
                    spaces.stream().filter(s -> !connected(4, s)).toList();
            split += apart.size();
            for (List<Integer> space : spaces.subList(0, 4)) {
                checkUniform(model, 4, space, 4000, 60);
            }
            for (List<Integer> space : apart.subList(0, Math.min(5, apart.size()))) {
                checkUniform(model, 4, space, 2000, 200);
            }
        }
        assertEquals(62 + 32, split, "spaces that moves inside them do not connect");
    }

    /** Nine graphs on five neurons in pieces, and a space of many that is in one. */
    @Test
    void degreesAndBlocksOfFiveNeurons() {
        int[] labels = {0, 0, 1, 1, 1};
        NPC model = new NPC("NPC", Spaces.blocks(labels));
        Map<String, List<Integer>> spaces = new HashMap<>();
        String degrees = Spaces.degrees(5, 7471890);
        for (int bits : Spaces.all(5, false)) {
            if (Integer.bitCount(bits) == Integer.bitCount(7471890)
                    && Spaces.degrees(5, bits).equals(degrees)) {
                spaces.computeIfAbsent(Spaces.blockMatrix(5, bits, labels), k -> new ArrayList<>())
                        .add(bits);
            }
        }
        List<Integer> apart = spaces.get(Spaces.blockMatrix(5, 7471890, labels));
        assertEquals(9, apart.size());
        assertTrue(!connected(5, apart));
        checkUniform(model, 5, apart, 4000, 200);
        List<Integer> largest =
                spaces.values().stream().max((a, b) -> a.size() - b.size()).orElseThrow();
        checkUniform(model, 5, largest, 30 * largest.size(), 60);
    }

    /** Blocks that leave nothing to the wanderer: as CFG. And so many blocks that only three-cycles and wandering move. */
    @Test
    void oneBlockAndOneForEachNeuron() {
        Observed observed = Spaces.graph(4, false, 2, 3, 2, 0, 0, 3, 0, 1, 1, 3, 1, 2, 3, 0);
        List<Integer> space = space(observed, bits -> Spaces.degrees(4, bits));
        checkUniform(new NPC("NPC", Spaces.blocks(0, 0, 0, 0)), 4, space, 4000, 60);
        Sample only = Ensemble.of(new NPC("NPC", Spaces.blocks(0, 1, 2, 3)), observed, Options.DEFAULT, 1, 1)
                .get(0, Monitor.NONE);
        assertEquals(observed.wiring(), only.wiring());
    }

    @Test
    void stateStaysWhatTheEdgesSay() {
        Observed g = TwinTest.random(40, 400, false, 3);
        Blocks blocks = Spaces.given(40, 8).blocks();
        Edges edges = new Edges(g.n(), g.start(), g.pre(), g.post());
        BlockCells cells = new BlockCells(blocks.count(), blocks.of(), edges);
        BlockChain chain = new BlockChain(edges, cells, 0.4);
        RandomGenerator random = Streams.of(1, 0, 0);
        int[] wanted = blocks.edges(g);
        int largest = 0;
        for (int i = 0; i < 3000; i++) {
            chain.step(random);
            int[] have = blocks.edges(Observed.of(g.n(), g.pre(), chain.post(), null, false));
            int deviation = 0;
            for (int cell = 0; cell < have.length; cell++) {
                assertEquals(have[cell], cells.size(cell));
                deviation += Math.abs(have[cell] - wanted[cell]);
            }
            assertEquals(deviation / 2, cells.deviation());
            largest = Math.max(largest, deviation / 2);
        }
        assertTrue(largest >= 4, "hardly left the space: " + largest);
    }

    /** The weights of the chain, on and off the space: exp(-lambda d) over all graphs with these degrees. */
    @Test
    void chainHasItsWeightsEverywhere() {
        int[] labels = {0, 0, 1, 1};
        Observed observed = Spaces.graph(4, false, 0, 2, 2, 1, 1, 3, 3, 0, 0, 1);
        List<Integer> space = space(observed, bits -> Spaces.degrees(4, bits));
        double lambda = 0.3;
        Blocks blocks = Spaces.blocks(labels);
        int[] wanted = blocks.edges(observed);
        double[] weight = new double[space.size()];
        Map<Integer, Integer> index = new HashMap<>();
        for (int i = 0; i < weight.length; i++) {
            index.put(space.get(i), i);
            int[] have = blocks.edges(Spaces.graph(4, space.get(i), false));
            int deviation = 0;
            for (int cell = 0; cell < have.length; cell++) {
                deviation += Math.abs(have[cell] - wanted[cell]);
            }
            weight[i] = Math.exp(-lambda * deviation / 2);
        }
        double total = Arrays.stream(weight).sum();
        Edges edges = new Edges(4, observed.start(), observed.pre(), observed.post());
        BlockChain chain = new BlockChain(edges, new BlockCells(2, labels, edges), lambda);
        RandomGenerator random = Streams.of(2, 0, 0);
        int steps = 2_000_000;
        long[] met = new long[weight.length];
        for (int i = 0; i < steps; i++) {
            chain.step(random);
            met[index.get(Spaces.bits(4, observed.m(), observed.pre(), chain.post()))]++;
        }
        for (int i = 0; i < weight.length; i++) {
            assertEquals(weight[i] / total, (double) met[i] / steps, 0.004, "graph " + i + " of " + weight.length);
        }
    }

    /** Uniform switches and turned cycles alone, block counts taken anew each time: the obvious twin of the chain. */
    private static double[] plainMeans(Observed g, Blocks blocks, double lambda, int samples, int every) {
        int[] wanted = blocks.edges(g);
        PlainSwitching plain = new PlainSwitching(g, false);
        RandomGenerator random = Streams.of(9, 0, 0);
        double[] sum = new double[16];
        int deviation = 0;
        for (int found = 0; found < samples * every; ) {
            int[] before = plain.post.clone();
            if (plain.step(random)) {
                int[] excess = new int[wanted.length];
                for (int e = 0; e < g.m(); e++) {
                    excess[blocks.of()[g.pre()[e]] * blocks.count() + blocks.of()[plain.post[e]]]++;
                }
                int now = 0;
                for (int cell = 0; cell < wanted.length; cell++) {
                    now += Math.max(0, excess[cell] - wanted[cell]);
                }
                if (random.nextDouble() < Math.exp(-lambda * (now - deviation))) {
                    deviation = now;
                } else {
                    plain.reset(before);
                }
            }
            if (deviation == 0 && ++found % every == 0) {
                add(
                        sum,
                        Sample.of(Observed.of(g.n(), g.pre(), plain.post, null, false))
                                .triads(),
                        1);
            }
        }
        return Arrays.stream(sum).map(x -> x / samples).toArray();
    }

    @Test
    void triadsAreThoseOfThePlainTwin() {
        Observed g = TwinTest.random(24, 110, false, 5);
        Blocks blocks = Spaces.blocks(IntStream.range(0, 24).map(v -> v % 3).toArray());
        int draws = 2000;
        double[] sum = new double[16];
        double[] squares = new double[16];
        Ensemble.of(new NPC("NPC", blocks), g, new Options(50, false), draws, 4)
                .forEach(0, draws, null, Parallel.serial(), (i, sample, watch) -> {
                    long[] triads = sample.triads();
                    for (int t = 0; t < 16; t++) {
                        sum[t] += triads[t];
                        squares[t] += (double) triads[t] * triads[t];
                    }
                });
        double[] plain = plainMeans(g, blocks, 1.0, 1200, 40);
        for (int t = 0; t < 16; t++) {
            double mean = sum[t] / draws;
            double sd = Math.sqrt(Math.max(0, squares[t] / draws - mean * mean));
            // Samples of the plain chain follow each other: they are worth about a twentieth as many.
            assertEquals(plain[t], mean, 4.5 * sd * Math.sqrt(1.0 / draws + 20.0 / 1200) + 1e-3, "triad " + t);
        }
    }

    /** The estimate behind the penalty is good: whatever the blocks and degrees, the chain is often where it is to be seen. */
    @Property(tries = 30)
    void chainStandsInItsSpaceAboutHalfOfTheTime(
            @ForAll @IntRange(min = 8, max = 120) int n,
            @ForAll @IntRange(min = 1, max = 20) int blocks,
            @ForAll @IntRange(min = 1, max = 20) int perNeuron,
            @ForAll long seed) {
        Observed g = TwinTest.random(n, n * perNeuron, false, seed);
        int[] labels = new Random(seed).ints(n, 0, blocks).toArray();
        Ensemble ensemble = Ensemble.of(new NPC("NPC", Spaces.blocks(labels)), g, new Options(100, false), 1, seed);
        double inSpace = ensemble.certificate(Monitor.NONE).inSpace();
        assertTrue(inSpace > 0.3, () -> "only " + inSpace + " of the steps");
    }

    @Property(tries = 30)
    void penaltyIsThatOfAnyGraphOfTheSpace(@ForAll @IntRange(min = 4, max = 40) int n, @ForAll long seed) {
        Observed g = TwinTest.random(n, 5 * n, false, seed);
        Blocks blocks = Spaces.given(n, seed).blocks();
        NPC model = new NPC("NPC", blocks);
        Sample sample = Ensemble.of(model, g, Options.DEFAULT, 1, seed).get(0, Monitor.NONE);
        assertEquals(
                BlockPenalty.of(blocks, blocks.edges(g), Monitor.NONE),
                BlockPenalty.of(blocks, blocks.edges(Observed.of(sample.wiring())), Monitor.NONE));
    }

    // ---- blocks without degrees -----------------------------------------------------------------------------------

    @Test
    void blocksAloneAreUniformAndTheirExpectationsExact() {
        int[] labels = {0, 0, 1, 1};
        Observed observed = Spaces.graph(4, false, 0, 2, 2, 1, 1, 3, 3, 2, 0, 1);
        List<Integer> space = space(observed, bits -> Spaces.blockMatrix(4, bits, labels));
        SBM model = new SBM("SBM", Spaces.blocks(labels));
        checkUniform(model, 4, space, 30 * space.size(), 1);
        double[] dyads = new double[3];
        double[] triads = new double[16];
        for (int bits : space) {
            Sample graph = Sample.of(Spaces.graph(4, bits, false));
            add(dyads, graph.dyads(), 1.0 / space.size());
            add(triads, graph.triads(), 1.0 / space.size());
        }
        assertArrayEquals(dyads, model.expectedDyads(observed).orElseThrow(), 1e-12);
        assertArrayEquals(triads, model.expectedTriads(observed).orElseThrow(), 1e-12);
        assertEquals(Math.log(space.size()), model.descriptionLength(observed).data(), 1e-12);
    }

    private static void add(double[] sum, long[] counts, double weight) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * counts[i];
        }
    }

    @Test
    void expectationsAreThoseOfSamples() {
        Observed g = TwinTest.random(30, 200, false, 3);
        Given given = Spaces.given(30, 4);
        for (NullModel model : List.of(new SBM("SBM", given.blocks()), new PM(given.distances()))) {
            int draws = 4000;
            double[] sum = new double[19];
            double[] squares = new double[19];
            Ensemble.of(model, g, Options.DEFAULT, draws, 2)
                    .forEach(0, draws, null, Parallel.serial(), (i, sample, watch) -> {
                        for (int k = 0; k < 19; k++) {
                            double x = k < 3 ? sample.dyads()[k] : sample.triads()[k - 3];
                            sum[k] += x;
                            squares[k] += x * x;
                        }
                    });
            for (int k = 0; k < 19; k++) {
                double expected = k < 3
                        ? model.expectedDyads(g).orElseThrow()[k]
                        : model.expectedTriads(g).orElseThrow()[k - 3];
                double mean = sum[k] / draws;
                double error = Math.sqrt(Math.max(0, squares[k] / draws - mean * mean) / draws);
                assertEquals(expected, mean, 4.5 * error + 1e-3, model.name() + " " + k);
            }
        }
    }

    // ---- distances ------------------------------------------------------------------------------------------------

    private static Distances distances(double width, double[] x, double[] y, double[] z) {
        return Distances.of(new Positions(x, y, z, Unit.ONE), width, width + " um", Parallel.serial());
    }

    /** Probabilities of all 64 graphs on three neurons, and of the triads of four by enumeration. */
    @Test
    void distancesGiveEachGraphItsProbability() {
        double[][] axes = {{0, 1, 5, 1.5}, {0, 0, 0, 3}};
        Distances distances = distances(2, axes[0], axes[1], new double[4]);
        Observed observed = Spaces.graph(4, false, 0, 1, 1, 2, 2, 3, 3, 0, 1, 0);
        PM model = new PM(distances);
        long[] pairs = distances.pairs();
        long[] edges = distances.edges(observed);
        assertEquals(12, Arrays.stream(pairs).sum());
        double[] triads = new double[16];
        double[] dyads = new double[3];
        List<Integer> all = Spaces.all(4, false);
        double[] probability = new double[all.size()];
        Map<Integer, Integer> index = new HashMap<>();
        for (int i = 0; i < probability.length; i++) {
            int bits = all.get(i);
            index.put(bits, i);
            probability[i] = 1;
            for (int u = 0; u < 4; u++) {
                for (int v = 0; v < 4; v++) {
                    if (u != v) {
                        int bin = (int) (Math.hypot(axes[0][u] - axes[0][v], axes[1][u] - axes[1][v]) / 2);
                        double p = (double) edges[bin] / pairs[bin];
                        probability[i] *= (bits >> u * 4 + v & 1) != 0 ? p : 1 - p;
                    }
                }
            }
            Sample graph = Sample.of(Spaces.graph(4, bits, false));
            add(dyads, graph.dyads(), probability[i]);
            add(triads, graph.triads(), probability[i]);
        }
        assertArrayEquals(dyads, model.expectedDyads(observed).orElseThrow(), 1e-12);
        assertArrayEquals(triads, model.expectedTriads(observed).orElseThrow(), 1e-12);
        int draws = 100_000;
        double[] met = new double[probability.length];
        Ensemble.of(model, observed, Options.DEFAULT, draws, 3)
                .forEach(
                        0, draws, null, Parallel.serial(), (i, sample, watch) -> met[index.get(Spaces.bits(sample))]++);
        double chi = 0;
        int kinds = 0;
        for (int i = 0; i < met.length; i++) {
            double expected = draws * probability[i];
            if (expected == 0) {
                assertEquals(0, met[i]);
            } else if (expected > 5) {
                chi += (met[i] - expected) * (met[i] - expected) / expected;
                kinds++;
            }
        }
        double z = (chi - kinds) / Math.sqrt(2.0 * kinds);
        assertTrue(kinds > 50 && Math.abs(z) < 4.5, "chi-square " + chi + " of " + kinds);
    }

    /** Enough neurons for many boxes: the connections of each bin are as many as they should be, and alike. */
    @Test
    void boxesFavourNoPair() {
        int n = 150;
        Random random = new Random(5);
        double[] x = random.doubles(n).toArray();
        double[] y = random.doubles(n, 0, 3).toArray();
        Distances distances = distances(0.25, x, y, random.doubles(n, 0, 0.2).toArray());
        List<Integer> ends = new ArrayList<>();
        for (int u = 0; u < n; u++) {
            for (int v = 0; v < n; v++) {
                if (u != v && random.nextDouble() < 0.5 * Math.exp(-distances.bin(u, v))) {
                    ends.addAll(List.of(u, v));
                }
            }
        }
        Observed g = Spaces.graph(n, false, ends.stream().mapToInt(i -> i).toArray());
        long[] pairs = distances.pairs();
        long[] edges = distances.edges(g);
        int draws = 400;
        long[] met = new long[n * n];
        Ensemble.of(new PM(distances), g, Options.DEFAULT, draws, 3)
                .forEach(0, draws, null, Parallel.serial(), (i, sample, watch) -> {
                    assertEquals(sample.m(), Observed.of(sample.wiring()).m());
                    for (int e = 0; e < sample.m(); e++) {
                        met[sample.pre()[e] * n + sample.post()[e]]++;
                    }
                });
        double chi = 0;
        int places = 0;
        for (int u = 0; u < n; u++) {
            for (int v = 0; v < n; v++) {
                int bin = distances.bin(u, v);
                double p = u == v ? 0 : (double) edges[bin] / pairs[bin];
                if (p == 0 || p == 1) {
                    assertEquals(p * draws, met[u * n + v]);
                } else {
                    chi += Math.pow(met[u * n + v] - draws * p, 2) / (draws * p * (1 - p));
                    places++;
                }
            }
        }
        double z = (chi - places) / Math.sqrt(2.0 * places);
        assertTrue(Math.abs(z) < 5, "chi-square " + chi + " of " + places);
    }

    // ---- codes ----------------------------------------------------------------------------------------------------

    /** Of one block the codes are those of ER and CFG; a partition that is not known costs what it says. */
    @Test
    void codesOfOneBlockAreThoseWithoutBlocks() {
        Observed g = TwinTest.random(40, 300, false, 7);
        Blocks one = Spaces.blocks(new int[40]);
        assertEquals(
                NullModels.ER.descriptionLength(g).total(),
                new SBM("SBM", one).descriptionLength(g).total(),
                1e-9);
        assertEquals(
                NullModels.CFG.descriptionLength(g).total(),
                new NPC("NPC", one).descriptionLength(g).total(),
                1e-9);
        Blocks latent = new Blocks(one.partition(), Blocks.LATENT, false);
        assertEquals(
                Math.log(40),
                new NPC("DCSBM", latent).descriptionLength(g).minus(NullModels.CFG.descriptionLength(g)),
                1e-9);
        Distances all = distances(1, new double[40], new double[40], new double[40]);
        assertEquals(
                NullModels.ER.descriptionLength(g).total(),
                new PM(all).descriptionLength(g).total(),
                1e-9);
    }

    /** The code of degrees and blocks counts at least the graphs there are. */
    @Test
    void codeOfDegreesAndBlocksCountsGraphs() {
        int[] labels = {0, 0, 1, 1};
        Observed observed = Spaces.graph(4, false, 0, 2, 2, 1, 1, 3, 3, 0, 0, 1);
        int graphs = space(observed, bits -> Spaces.degreesAndBlocks(4, bits, labels))
                .size();
        DescriptionLength length = new NPC("NPC", Spaces.blocks(labels)).descriptionLength(observed);
        assertTrue(length.data() >= Math.log(graphs));
        // e = ((1, 2), (2, 0)): rows of 3 and 2, columns of 3 and 2; degrees 2 1 1 1 out and 1 2 1 1 in.
        assertEquals(Math.log(6 * 2 * 6 * 2 / (2.0 * 2) / (2 * 2)), length.data(), 1e-12);
        // Five connections in 4 cells: C(8, 3); 3 and 2 among two neurons: 4 and 3 ways, out and in.
        assertEquals(Math.log(56 * 4 * 3 * 4 * 3), length.model(), 1e-12);
    }
}
