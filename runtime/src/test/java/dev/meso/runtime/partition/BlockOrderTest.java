package dev.meso.runtime.partition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Wiring;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BlockOrderTest {
    /** A graph of one neuron a block cannot have counts above 1: blocks of five, and connections at random. */
    private static BlockMatrix random(Random random, int count) {
        int n = 5 * count;
        int[] pre = random.ints(8 * n, 0, n).toArray();
        int[] post = random.ints(8 * n, 0, n).toArray();
        Partition p = Partition.of(random.ints(n, 0, count).toArray());
        return BlockMatrix.of(p, Wiring.of(n, pre, post, false));
    }

    private static double best(int[] order, int at, ToDoubleFunction<int[]> value) {
        if (at == order.length) {
            return value.applyAsDouble(order);
        }
        double most = Double.NEGATIVE_INFINITY;
        for (int i = at; i < order.length; i++) {
            int kept = order[at];
            order[at] = order[i];
            order[i] = kept;
            most = Math.max(most, best(order, at + 1, value));
            order[i] = order[at];
            order[at] = kept;
        }
        return most;
    }

    private static int[] identity(int n) {
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        return order;
    }

    @Property(tries = 60, seed = "31")
    void ordersAreBestAmongAll(@ForAll @IntRange(min = 1, max = 7) int count, @ForAll long seed) {
        BlockMatrix matrix = random(new Random(seed), count);
        double[] e = matrix.values();
        int blocks = matrix.count();
        int[] cycle = BlockOrder.cycle(matrix);
        int[] flow = BlockOrder.flow(matrix);
        for (int[] order : new int[][] {cycle, flow}) {
            assertArrayEquals(identity(blocks), Arrays.stream(order).sorted().toArray());
        }
        assertEquals(0, cycle[0]);
        double around = best(identity(blocks), 0, o -> BlockOrder.around(e, o));
        assertEquals(around, BlockOrder.around(e, cycle));
        assertEquals(best(identity(blocks), 0, o -> BlockOrder.forward(e, o)), BlockOrder.forward(e, flow));
        if (blocks >= 3) {
            double between = Arrays.stream(e).sum();
            for (int b = 0; b < blocks; b++) {
                between -= matrix.get(b, b);
            }
            assertEquals(around / between, BlockOrder.cyclicity(matrix), 1e-14);
        }
    }

    /** Where there are too many blocks for all sets, the search finds what is there, and almost the best where there is little. */
    @Property(tries = 20, seed = "32")
    void searchesComeClose(@ForAll long seed) {
        BlockMatrix matrix = random(new Random(seed), 9);
        double[] e = matrix.values();
        int blocks = matrix.count();
        double cycle = BlockOrder.around(e, BlockOrder.cycle(matrix));
        double flow = BlockOrder.forward(e, BlockOrder.flow(matrix));
        double foundCycle = BlockOrder.around(e, BlockOrder.searchedCycle(e, blocks));
        double foundFlow = BlockOrder.forward(e, BlockOrder.searchedFlow(e, blocks));
        assertTrue(foundCycle <= cycle && foundCycle > 0.95 * cycle, foundCycle + " of " + cycle);
        assertTrue(foundFlow <= flow && foundFlow > 0.97 * flow, foundFlow + " of " + flow);
    }

    @Test
    void aHiddenCycleOfThirtyBlocksIsFound() {
        int count = 30;
        int[] hidden = identity(count);
        Random random = new Random(3);
        for (int i = count - 1; i > 1; i--) {
            int j = 1 + random.nextInt(i);
            int kept = hidden[i];
            hidden[i] = hidden[j];
            hidden[j] = kept;
        }
        int n = 4 * count;
        int m = 0;
        int[] pre = new int[n * 8];
        int[] post = new int[n * 8];
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < 16; i++) {
                pre[m] = hidden[k] + count * (i / 4);
                post[m++] = hidden[(k + 1) % count] + count * (i % 4);
            }
        }
        for (; m < pre.length; m++) {
            pre[m] = random.nextInt(n);
            post[m] = random.nextInt(n);
        }
        int[] labels = new int[n];
        Arrays.setAll(labels, v -> v % count);
        BlockMatrix matrix = BlockMatrix.of(Partition.of(labels), Wiring.of(n, pre, post, false));
        assertArrayEquals(hidden, BlockOrder.cycle(matrix));
        assertTrue(BlockOrder.cyclicity(matrix) > 0.45);
    }

    @Test
    void closedForms() {
        // Three blocks of one neuron: 0 -> 2 -> 1 -> 0, and one connection back.
        Wiring ring = Wiring.of(3, new int[] {0, 2, 1, 1}, new int[] {2, 1, 0, 2}, false);
        BlockMatrix matrix = BlockMatrix.of(Partition.of(new int[] {0, 1, 2}), ring);
        assertArrayEquals(new int[] {0, 2, 1}, BlockOrder.cycle(matrix));
        assertEquals(0.75, BlockOrder.cyclicity(matrix));
        // A chain of four flows down.
        Wiring chain = Wiring.of(4, new int[] {3, 1, 2}, new int[] {1, 2, 0}, false);
        BlockMatrix down = BlockMatrix.of(Partition.of(new int[] {0, 1, 2, 3}), chain);
        assertArrayEquals(new int[] {3, 1, 2, 0}, BlockOrder.flow(down));
        assertEquals(1, BlockOrder.cyclicity(down));
        assertArrayEquals(
                new int[] {1, 0, 2},
                BlockOrder.size(Partition.of(dev.meso.runtime.table.LongColumn.of(new int[] {1, 2, 2, 3}))));
    }

    @Test
    void whatHasNoCycle() {
        Wiring pair = Wiring.of(4, new int[] {0}, new int[] {1}, false);
        MesoException two = assertThrows(
                MesoException.class,
                () -> BlockOrder.cyclicity(BlockMatrix.of(Partition.of(new int[] {0, 0, 1, 1}), pair)));
        assertEquals("a cycle has three blocks or more, and there are 2", two.getMessage());
        assertThrows(
                MesoException.class,
                () -> BlockOrder.cyclicity(BlockMatrix.of(Partition.of(new int[] {0, 0, 1, 2}), pair)));
    }
}
