package dev.meso.runtime.blocks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.task.CancelledException;
import dev.meso.runtime.task.Monitor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against all partitions of a few neurons, and memberships that are known. */
class BlockPosteriorTest {
    private static final int[] PRE = {0, 0, 1, 2, 2, 3, 4};
    private static final int[] POST = {1, 2, 0, 0, 1, 4, 3};

    /** All ways to sort n neurons into blocks, as restricted growth strings. */
    private static void enumerate(int[] labels, int v, int count, List<int[]> all) {
        if (v == labels.length) {
            all.add(labels.clone());
            return;
        }
        for (int r = 0; r <= count; r++) {
            labels[v] = r;
            enumerate(labels, v + 1, Math.max(count, r + 1), all);
        }
    }

    /** The same partition with blocks numbered as they come. */
    private static String name(int[] labels) {
        int[] number = new int[labels.length];
        Arrays.fill(number, -1);
        int[] result = new int[labels.length];
        int count = 0;
        for (int v = 0; v < labels.length; v++) {
            if (number[labels[v]] < 0) {
                number[labels[v]] = count++;
            }
            result[v] = number[labels[v]];
        }
        return Arrays.toString(result);
    }

    @ParameterizedTest
    @CsvSource({
        "5, true, DISTRIBUTED, 0, 5", "6, true, DISTRIBUTED, 0, 6", "6, true, UNIFORM, 0, 6",
        "5, false, DISTRIBUTED, 0, 5", "5, true, DISTRIBUTED, 0, 3", "5, true, DISTRIBUTED, 2, 5",
        "6, false, DISTRIBUTED, 3, 6",
    })
    void partitionsComeInProportionToExpOfTheirLength(
            int n, boolean corrected, Encoding encoding, int blocks, int cap) {
        // The sixth neuron has no connection.
        Wiring graph = Wiring.of(n, PRE, POST, false);
        List<int[]> all = new ArrayList<>();
        enumerate(new int[n], 0, 0, all);
        all.removeIf(p -> Arrays.stream(p).max().getAsInt() >= (blocks > 0 ? blocks : cap));
        all.removeIf(p -> Arrays.stream(p).max().getAsInt() + 1 < blocks);
        Map<String, Double> weight = new HashMap<>();
        double sum = 0;
        for (int[] p : all) {
            double w = Math.exp(
                    -BlockCodes.of(graph, Partition.of(p), corrected, encoding).total());
            weight.put(name(p), w);
            sum += w;
        }
        BlockOptions options = new BlockOptions(corrected, blocks, false, 1, encoding);
        Partition start = Partition.of(all.get(all.size() / 2));
        BlockPosterior walk = new BlockPosterior(graph, start, options, cap, Streams.of(11, 0, 0));
        Map<String, Integer> seen = new HashMap<>();
        int draws = 15_000;
        for (int i = 0; i < draws; i++) {
            // Standard errors are those of independent draws: the one-block partition holds for several sweeps.
            for (int k = 0; k < 12 * n; k++) {
                walk.step();
            }
            seen.merge(name(walk.blocks()), 1, Integer::sum);
        }
        assertTrue(weight.keySet().containsAll(seen.keySet()));
        double chi = 0;
        int cells = 0;
        for (Map.Entry<String, Double> e : weight.entrySet()) {
            double p = e.getValue() / sum;
            double expected = draws * p;
            double error = seen.getOrDefault(e.getKey(), 0) - expected;
            assertTrue(
                    Math.abs(error) < 5 * Math.sqrt(expected * (1 - p)) + 1, e.getKey() + " " + expected + " " + error);
            if (expected > 5) {
                chi += error * error / expected;
                cells++;
            }
        }
        assertTrue(cells > 5, cells + " cells");
        assertTrue(chi < cells + 5 * Math.sqrt(2.0 * cells), chi + " with " + cells + " cells");
    }

    @ParameterizedTest
    @CsvSource({"true, DISTRIBUTED", "true, UNIFORM", "false, DISTRIBUTED"})
    void eachStepChangesTheLengthByTheDifferenceOfTheCodes(boolean corrected, Encoding encoding) {
        Wiring graph = BlockCodesTest.formula(30, 4);
        BlockOptions options = new BlockOptions(corrected, 0, false, 1, encoding);
        Partition start = BlockCodesTest.formulaBlocks(30, 4);
        BlockPosterior walk = new BlockPosterior(graph, start, options, 30, Streams.of(3, 0, 0));
        int accepted = 0;
        for (int i = 0; i < 2000; i++) {
            if ((int) walk.step() == 1) {
                accepted++;
                double length = BlockCodes.of(graph, Partition.of(walk.blocks()), corrected, encoding)
                        .total();
                assertEquals(length, walk.length(), 1e-6);
            }
        }
        assertTrue(accepted > 50, accepted + " accepted");
    }

    private static BlockFit fit(Wiring graph, int[] labels, int blocks) {
        Partition p = Partition.of(labels);
        return new BlockFit(
                new BlockOptions(true, blocks, false, 1), 5, p, List.of(), BlockCodes.of(graph, p, true), new double[] {
                    0
                });
    }

    @Test
    void plantedBlocksHaveSharpMembership() {
        int n = 60;
        RandomGenerator random = Streams.of(1, 0, 0);
        int[] pre = new int[n * n];
        int[] post = new int[n * n];
        int m = 0;
        for (int v = 0; v < n; v++) {
            for (int w = 0; w < n; w++) {
                // Each third projects to the next.
                if (v != w && random.nextDouble() < (w % 3 == (v + 1) % 3 ? 0.6 : 0.03)) {
                    pre[m] = v;
                    post[m++] = w;
                }
            }
        }
        Wiring graph = Wiring.of(n, Arrays.copyOf(pre, m), Arrays.copyOf(post, m), false);
        int[] labels = new int[n];
        Arrays.setAll(labels, v -> v % 3);
        BlockFit fit = fit(graph, labels, 0);
        BlockPosterior.Membership found = BlockPosterior.of(graph, fit, 100, 4, Monitor.NONE);
        for (int v = 0; v < n; v++) {
            assertTrue(found.share(fit.partition().blocks()[v])[v] > 0.9, "neuron " + v);
            double sum = 0;
            for (int r = 0; r < 4; r++) {
                sum += found.share(r)[v];
            }
            assertEquals(1, sum, 1e-12);
        }
        assertEquals(3, found.meanBlocks(), 0.2);
        BlockPosterior.Membership again = BlockPosterior.of(graph, fit, 100, 4, Monitor.NONE);
        assertArrayEquals(found.count(), again.count());
        assertEquals(found.acceptance(), again.acceptance());
    }

    /** Two cliques, and a neuron with five partners both ways in each: by symmetry half in one, half in the other. */
    @Test
    void theNeuronBetweenTwoBlocksIsInBoth() {
        List<int[]> edges = new ArrayList<>();
        for (int v = 0; v < 20; v++) {
            for (int w = 0; w < 20; w++) {
                if (v != w && v / 10 == w / 10) {
                    edges.add(new int[] {v, w});
                }
            }
            if (v % 2 == 0) {
                edges.add(new int[] {v, 20});
                edges.add(new int[] {20, v});
            }
        }
        int[] pre = edges.stream().mapToInt(e -> e[0]).toArray();
        int[] post = edges.stream().mapToInt(e -> e[1]).toArray();
        Wiring graph = Wiring.of(21, pre, post, false);
        int[] labels = new int[21];
        Arrays.setAll(labels, v -> v / 10 == 1 ? 1 : 0);
        BlockFit fit = fit(graph, labels, 2);
        BlockPosterior.Membership found = BlockPosterior.of(graph, fit, Monitor.NONE);
        assertEquals(1000, found.samples());
        assertEquals(0.5, found.share(0)[20], 0.1);
        assertEquals(0.5, found.share(1)[20], 0.1);
        assertTrue(found.share(0)[3] > 0.95 && found.share(1)[13] > 0.95);
        assertEquals(2, found.meanBlocks());
        assertTrue(found.acceptance() > 0 && found.acceptance() < 1);
    }

    @Test
    void stopsWhenAsked() {
        Wiring graph = BlockCodesTest.formula(40, 5);
        BlockFit fit = fit(graph, BlockCodesTest.formulaBlocks(40, 4).blocks(), 0);
        Monitor stop = new Monitor() {
            @Override
            public void checkpoint() {
                throw new CancelledException();
            }
        };
        assertThrows(CancelledException.class, () -> BlockPosterior.of(graph, fit, stop));
    }
}
