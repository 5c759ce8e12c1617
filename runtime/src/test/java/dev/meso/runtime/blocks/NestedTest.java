package dev.meso.runtime.blocks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nested block models: the code is graph-tool's, the levels found are short. */
class NestedTest {
    private static final Encoding DISTRIBUTED = Encoding.DISTRIBUTED;

    /** Block i of a level is in block (3 i + i / 2) mod u of the next. */
    private static List<Partition> formulaLevels(Partition partition, int... counts) {
        List<Partition> levels = new ArrayList<>();
        int n = partition.count();
        for (int u : counts) {
            levels.add(Partition.of(
                    IntStream.range(0, n).map(i -> (3 * i + i / 2) % u).toArray()));
            n = levels.getLast().count();
        }
        return levels;
    }

    /** {@code NestedBlockState(g, bs=..., state_args=dict(deg_corr=...)).level_entropy(l)} of graph-tool 2.45. */
    @ParameterizedTest
    @CsvSource({
        "40, 5, 4, true, 2 1, 563.564089852 43.891290791 14.689431431",
        "40, 5, 4, true, 1, 563.564089852 52.883058592",
        "97, 9, 11, true, 4 2 1, 2947.333813685 271.590806278 61.530665136 19.161700106",
        "97, 9, 11, true, 5 1, 2947.333813685 237.836549567 109.198716692",
        "97, 9, 11, false, 4 2 1, 2907.095489657 271.590806278 61.530665136 19.161700106",
        "500, 30, 13, true, 6 3 1, 52994.330403117 492.892803965 190.879620467 67.155583026",
    })
    void levelsAreThoseOfGraphTool(int n, int d, int blocks, boolean corrected, String counts, String lengths) {
        Wiring graph = BlockCodesTest.formula(n, d);
        Partition partition = BlockCodesTest.formulaBlocks(n, blocks);
        List<Partition> levels = formulaLevels(
                partition,
                Arrays.stream(counts.split(" ")).mapToInt(Integer::parseInt).toArray());
        double[] expected = Arrays.stream(lengths.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        BlockCode code = NestedCodes.of(graph, partition, levels, corrected, DISTRIBUTED);
        assertEquals(expected[0], code.adjacency() + code.degrees() + code.partition(), 1e-6);
        double[] upper = Arrays.copyOfRange(expected, 1, expected.length);
        assertArrayEquals(upper, NestedCodes.levelLengths(graph, partition, levels), 1e-6);
        assertEquals(Arrays.stream(expected).sum(), code.total(), 1e-6);
        assertEquals("nested", code.encoding());
    }

    /** One block above B costs what the edges of the flat code cost, and ln B for the number of blocks. */
    @Test
    void oneLevelIsTheFlatCode() {
        Wiring graph = BlockCodesTest.formula(97, 9);
        Partition partition = BlockCodesTest.formulaBlocks(97, 11);
        List<Partition> one = List.of(Partition.of(new int[partition.count()]));
        double flat = BlockCodes.of(graph, partition, true).total();
        assertEquals(
                flat + Math.log(partition.count()),
                NestedCodes.of(graph, partition, one, true, DISTRIBUTED).total(),
                1e-8);
        Partition all = Partition.of(new int[97]);
        assertEquals(
                BlockCodes.of(graph, all, true).total(),
                NestedCodes.of(graph, all, List.of(), true, DISTRIBUTED).total(),
                1e-8);
    }

    @Test
    void levelsMustFitTogether() {
        Wiring graph = BlockCodesTest.formula(40, 5);
        Partition four = BlockCodesTest.formulaBlocks(40, 4);
        List<List<Partition>> bad = List.of(
                List.of(),
                List.of(Partition.of(new int[3])),
                List.of(Partition.of(new int[] {0, 0, 1, 1})),
                List.of(Partition.of(new int[] {0, 0, 0, -1})));
        for (List<Partition> levels : bad) {
            assertThrows(
                    MesoException.class, () -> NestedCodes.of(graph, four, levels, true, DISTRIBUTED), "" + levels);
        }
    }

    /** All ways to put seven blocks in fewer blocks, one block above these. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aLevelIsTheShortestOfAll(int seed) {
        int n = 7;
        Random random = new Random(seed);
        int[] post = random.ints(210, 0, 70).toArray();
        int[] pre = new int[210];
        for (int e = 0; e < pre.length; e++) {
            pre[e] = random.nextInt(8) > 0 ? (post[e] / 20 * 20 + random.nextInt(20)) % 70 : random.nextInt(70);
        }
        Wiring graph = Wiring.of(70, pre, post, false);
        Partition tens = Partition.of(IntStream.range(0, 70).map(v -> v / 10).toArray());
        double shortest = shortest(graph, tens, new int[n], 0, 0);
        Partition level = NestedLevel.fit(NestedCodes.edges(graph, tens), n, Streams.of(seed, 0, 0), Monitor.NONE);
        assertEquals(shortest, edges(graph, tens, level), 1e-8);
    }

    private static double shortest(Wiring graph, Partition below, int[] labels, int v, int blocks) {
        if (v == labels.length) {
            return blocks == v ? Double.POSITIVE_INFINITY : edges(graph, below, Partition.of(labels));
        }
        double best = Double.POSITIVE_INFINITY;
        for (int r = 0; r <= blocks; r++) {
            labels[v] = r;
            best = Math.min(best, shortest(graph, below, labels, v + 1, Math.max(blocks, r + 1)));
        }
        return best;
    }

    private static double edges(Wiring graph, Partition below, Partition level) {
        List<Partition> levels =
                level.count() == 1 ? List.of(level) : List.of(level, Partition.of(new int[level.count()]));
        return Arrays.stream(NestedCodes.levelLengths(graph, below, levels)).sum();
    }

    /** Three blocks of three blocks of ten neurons. */
    private static Wiring planted() {
        Random random = new Random(5);
        int n = 90;
        int[] pairs = IntStream.range(0, n * n)
                .filter(e -> e / n != e % n)
                .filter(e -> {
                    int v = e / n;
                    int w = e % n;
                    return random.nextDouble() < (v / 10 == w / 10 ? 0.7 : v / 30 == w / 30 ? 0.15 : 0.01);
                })
                .toArray();
        return Wiring.of(
                n,
                Arrays.stream(pairs).map(e -> e / n).toArray(),
                Arrays.stream(pairs).map(e -> e % n).toArray(),
                false);
    }

    @Test
    void aHierarchyIsShorterThanTheFlatModelAndThePlantedOne() {
        Wiring graph = planted();
        BlockOptions options = new BlockOptions(true, 0, true, 1);
        BlockFit fit = BlockSearch.fit(graph, options, 7, Parallel.serial());
        BlockFit flat = BlockSearch.fit(graph, BlockOptions.DEFAULT, 7, Parallel.serial());
        assertTrue(fit.code().total()
                < flat.code().total() + Math.log(flat.partition().count()));
        Partition tens = Partition.of(IntStream.range(0, 90).map(v -> v / 10).toArray());
        List<Partition> threes = List.of(Partition.of(new int[] {0, 0, 0, 1, 1, 1, 2, 2, 2}), Partition.of(new int[3]));
        assertTrue(fit.code().total()
                < NestedCodes.of(graph, tens, threes, true, DISTRIBUTED).total());
        assertTrue(fit.levels().size() > 1);
        assertEquals(1, fit.levels().getLast().count());
        assertEquals(fit.code(), NestedCodes.of(graph, fit.partition(), fit.levels(), true, DISTRIBUTED));
        assertEquals(
                Arrays.stream(fit.lengths()).min().getAsDouble(), fit.code().total());
        BlockFit threads = BlockSearch.fit(graph, options, 7, new Parallel(3, Monitor.NONE));
        assertEquals(fit.partition(), threads.partition());
        assertEquals(fit.levels(), threads.levels());
        assertArrayEquals(fit.lengths(), threads.lengths());
    }

    @Test
    void aNumberOfBlocksIsKept() {
        BlockFit fit = BlockSearch.fit(planted(), new BlockOptions(false, 8, true, 1), 7, Parallel.serial());
        assertEquals(8, fit.partition().count());
        assertEquals(1, fit.lengths().length);
        assertEquals(1, fit.levels().getLast().count());
    }

    @Test
    void oneBlockHasNoLevels() {
        BlockFit fit = BlockSearch.fit(
                BlockCodesTest.formula(12, 2), new BlockOptions(true, 1, true, 1), 1, Parallel.serial());
        assertEquals(List.of(), fit.levels());
        assertEquals("nested", fit.code().encoding());
    }
}
