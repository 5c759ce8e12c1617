package dev.meso.runtime.blocks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.nulls.Ensemble;
import dev.meso.runtime.nulls.NullModels;
import dev.meso.runtime.nulls.Observed;
import dev.meso.runtime.nulls.Options;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.task.CancelledException;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockSearchTest {
    /** Neurons v and w are connected with probability {@code inside} where v and w are alike modulo {@code groups}. */
    static Wiring planted(int n, int groups, double inside, double outside, long seed) {
        Random random = new Random(seed);
        int[] pre = new int[n * n];
        int[] post = new int[n * n];
        int m = 0;
        for (int v = 0; v < n; v++) {
            for (int w = 0; w < n; w++) {
                if (v != w && random.nextDouble() < (v % groups == w % groups ? inside : outside)) {
                    pre[m] = v;
                    post[m++] = w;
                }
            }
        }
        return Wiring.of(n, Arrays.copyOf(pre, m), Arrays.copyOf(post, m), false);
    }

    private static Partition modulo(int n, int groups) {
        int[] labels = new int[n];
        Arrays.setAll(labels, v -> v % groups);
        return Partition.of(labels);
    }

    @ParameterizedTest
    @CsvSource({"true, DISTRIBUTED", "true, UNIFORM", "false, DISTRIBUTED"})
    void findsTheShortestOfAllPartitionsOfTinyGraphs(boolean corrected, Encoding encoding) {
        for (int seed = 0; seed < 6; seed++) {
            Wiring graph = planted(8, 2, 0.9, 0.1, seed);
            double least = Double.POSITIVE_INFINITY;
            double leastOfThree = Double.POSITIVE_INFINITY;
            for (int[] labels : partitions(8)) {
                Partition p = Partition.of(labels);
                double length = BlockCodes.of(graph, p, corrected, encoding).total();
                least = Math.min(least, length);
                leastOfThree = p.count() == 3 ? Math.min(leastOfThree, length) : leastOfThree;
            }
            BlockFit fit =
                    BlockSearch.fit(graph, new BlockOptions(corrected, 0, false, 1, encoding), seed, Parallel.serial());
            assertEquals(least, fit.code().total(), 1e-6);
            fit = BlockSearch.fit(graph, new BlockOptions(corrected, 3, false, 1, encoding), seed, Parallel.serial());
            assertEquals(3, fit.partition().count());
            assertEquals(leastOfThree, fit.code().total(), 1e-6);
        }
    }

    /** All partitions of n neurons, as growth strings: each label at most one more than those before it. */
    static Iterable<int[]> partitions(int n) {
        List<int[]> all = new ArrayList<>();
        extend(new int[n], 0, 0, all);
        return all;
    }

    private static void extend(int[] labels, int v, int used, List<int[]> all) {
        if (v == labels.length) {
            all.add(labels.clone());
            return;
        }
        for (int label = 0; label <= used; label++) {
            labels[v] = label;
            extend(labels, v + 1, Math.max(used, label + 1), all);
        }
    }

    @Test
    void findsPlantedBlocks() {
        Wiring graph = planted(150, 3, 0.3, 0.05, 1);
        for (boolean corrected : new boolean[] {true, false}) {
            BlockFit fit = BlockSearch.fit(graph, new BlockOptions(corrected, 0, false, 1), 1, Parallel.serial());
            assertEquals(modulo(150, 3), fit.partition());
            assertEquals(BlockCodes.of(graph, modulo(150, 3), corrected), fit.code());
        }
    }

    @Test
    void findsOneBlockWhereThereAreOnlyDegrees() {
        Wiring graph = planted(120, 2, 0.5, 0.05, 1);
        Ensemble random = Ensemble.of(NullModels.CFG, Observed.of(graph), Options.DEFAULT, 3, 1);
        for (int i = 0; i < 3; i++) {
            Wiring sample = random.get(i, Monitor.NONE).wiring();
            assertEquals(
                    1,
                    BlockSearch.fit(sample, BlockOptions.DEFAULT, i, Parallel.serial())
                            .partition()
                            .count());
        }
    }

    @Test
    void dependsOnTheSeedAndNotOnThreads() {
        Wiring graph = planted(90, 6, 0.4, 0.1, 3);
        BlockOptions three = new BlockOptions(true, 0, false, 3);
        BlockFit one = BlockSearch.fit(graph, three, 7, Parallel.serial());
        BlockFit two = BlockSearch.fit(graph, three, 7, new Parallel(2, Monitor.NONE));
        assertEquals(one.partition(), two.partition());
        assertEquals(one.code(), two.code());
        assertArrayEquals(one.lengths(), two.lengths());
        assertEquals(
                Arrays.stream(one.lengths()).min().orElseThrow(), one.code().total());
        // The first search is the same alone.
        BlockFit alone = BlockSearch.fit(graph, new BlockOptions(true, 0, false, 1), 7, Parallel.serial());
        assertEquals(one.lengths()[0], alone.code().total());
    }

    @Test
    void keepsTheNumberOfBlocksAskedFor() {
        Wiring graph = planted(40, 4, 0.6, 0.1, 5);
        for (int blocks : new int[] {1, 2, 4, 7, 39, 40}) {
            BlockFit fit = BlockSearch.fit(graph, new BlockOptions(true, blocks, false, 1), 1, Parallel.serial());
            assertEquals(blocks, fit.partition().count());
        }
        assertEquals(
                modulo(40, 4),
                BlockSearch.fit(graph, new BlockOptions(true, 4, false, 1), 1, Parallel.serial())
                        .partition());
    }

    @Test
    void degenerateGraphs() {
        Wiring none = Wiring.of(3, new int[0], new int[0], false);
        assertEquals(
                1,
                BlockSearch.fit(none, BlockOptions.DEFAULT, 1, Parallel.serial())
                        .partition()
                        .count());
        Wiring one = Wiring.of(1, new int[0], new int[0], false);
        assertEquals(
                0,
                BlockSearch.fit(one, BlockOptions.DEFAULT, 1, Parallel.serial())
                        .code()
                        .total());
        Wiring empty = Wiring.of(0, new int[0], new int[0], false);
        assertThrows(MesoException.class, () -> BlockSearch.fit(empty, BlockOptions.DEFAULT, 1, Parallel.serial()));
        assertThrows(
                MesoException.class,
                () -> BlockSearch.fit(none, new BlockOptions(true, 4, false, 1), 1, Parallel.serial()));
    }

    @Test
    void stopsWhenToldAndReports() {
        Wiring graph = planted(90, 6, 0.4, 0.1, 3);
        int[] asked = {0};
        long[] reported = {0, -1};
        Monitor counting = new Monitor() {
            @Override
            public void checkpoint() {
                asked[0]++;
            }

            @Override
            public void progress(String what, long done, long total) {
                assertTrue(done > reported[0] && done <= total);
                reported[0] = done;
                reported[1] = total;
            }
        };
        BlockSearch.fit(graph, BlockOptions.DEFAULT, 1, new Parallel(1, counting));
        assertEquals(reported[1], reported[0]);
        int all = asked[0];
        asked[0] = 0;
        Monitor stopping = new Monitor() {
            @Override
            public void checkpoint() {
                if (++asked[0] > all / 2) {
                    throw new CancelledException();
                }
            }
        };
        assertThrows(
                CancelledException.class,
                () -> BlockSearch.fit(graph, BlockOptions.DEFAULT, 1, new Parallel(1, stopping)));
    }
}
