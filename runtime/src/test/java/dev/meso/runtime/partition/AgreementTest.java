package dev.meso.runtime.partition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.MesoException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static Agreement of(int[] p, int[] q) {
        return Agreement.of(Partition.of(p), Partition.of(q));
    }

    /** Rand 1971, J Am Stat Assoc 66:846, section 3: {(a,b,c),(d,e,f)} against {(a,b),(c,d,e),(f)} is .6. */
    @Test
    void theExampleOfRand() {
        Agreement a = of(new int[] {0, 0, 0, 1, 1, 1}, new int[] {0, 0, 1, 1, 1, 2});
        assertEquals(0.6, a.rand(), 1e-15);
        // T = 2, A = 6, B = 4, E = 24/15.
        assertEquals((2 - 1.6) / (5 - 1.6), a.adjustedRand(), 1e-15);
    }

    /** Values of igraph 0.10.2's compare_communities, nmi and adjusted_rand. */
    @Test
    void valuesOfAnotherProgram() {
        int[] p = {0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2};
        int[] q = {0, 0, 1, 0, 1, 1, 2, 2, 2, 0, 3, 2};
        Agreement a = of(p, q);
        assertEquals(0.4599209226724839, a.normalizedMutualInformation(), 1e-12);
        assertEquals(0.696969696969697, a.rand(), 1e-12);
        assertEquals(0.2114695340501792, a.adjustedRand(), 1e-12);
    }

    @Test
    void extremes() {
        int[] together = {0, 0, 0, 0, 0, 0};
        int[] apart = {0, 1, 2, 3, 4, 5};
        int[] halves = {0, 0, 0, 1, 1, 1};
        for (int[] p : new int[][] {together, apart, halves}) {
            Agreement same = of(p, p);
            assertEquals(1, same.rand());
            assertEquals(1, same.adjustedRand());
            assertEquals(1, same.normalizedMutualInformation(), 1e-15);
            assertEquals(1, same.adjustedMutualInformation(), 1e-15);
        }
        assertEquals(0, of(together, apart).rand());
        for (int[] p : new int[][] {together, apart}) {
            Agreement trivial = of(p, halves);
            assertEquals(0, trivial.adjustedRand(), 1e-15);
            assertEquals(0, trivial.adjustedMutualInformation(), 1e-15);
        }
        // Two halves that cross: exactly independent.
        Agreement crossed = of(new int[] {0, 0, 1, 1}, new int[] {0, 1, 0, 1});
        assertEquals(0, crossed.mutualInformation(), 1e-15);
        assertEquals(-0.5, crossed.adjustedRand(), 1e-15);
    }

    @Test
    void neuronsInNoBlockAreLeftOut() {
        Agreement a = of(new int[] {0, 0, 1, 1, -1, -1, 3}, new int[] {0, 0, 1, 1, 5, -1, -1});
        assertEquals(4, a.neurons());
        assertEquals(2, a.leftOut());
        assertEquals(1, a.adjustedRand());
        assertEquals(1, a.adjustedMutualInformation(), 1e-15);
        MesoException none = assertThrows(MesoException.class, () -> of(new int[] {0, -1}, new int[] {0, 0})
                .rand());
        assertEquals(
                "only one neuron is in a block of both partitions, so there is nothing to compare", none.getMessage());
    }

    @Property(tries = 150, seed = "11")
    void countingPairsOneByOne(@ForAll @IntRange(min = 2, max = 30) int n, @ForAll long seed) {
        Random random = new Random(seed);
        int[] p = labels(random, n, 1 + random.nextInt(6));
        int[] q = labels(random, n, 1 + random.nextInt(6));
        long pairs = 0;
        long agreed = 0;
        for (int v = 0; v < n; v++) {
            for (int w = v + 1; w < n; w++) {
                if (p[v] >= 0 && p[w] >= 0 && q[v] >= 0 && q[w] >= 0) {
                    pairs++;
                    agreed += p[v] == p[w] == (q[v] == q[w]) ? 1 : 0;
                }
            }
        }
        Agreement a = of(p, q);
        if (pairs == 0) {
            assertThrows(MesoException.class, a::rand);
            return;
        }
        assertEquals(agreed / (double) pairs, a.rand(), 1e-14);
        Agreement turned = of(q, p);
        assertEquals(a.rand(), turned.rand());
        assertEquals(a.adjustedRand(), turned.adjustedRand(), 1e-12);
        assertEquals(a.mutualInformation(), turned.mutualInformation(), 1e-12);
        assertTrue(a.mutualInformation() <= Math.min(a.firstEntropy(), a.secondEntropy()) + 1e-12);
        assertTrue(a.normalizedMutualInformation() >= 0 && a.normalizedMutualInformation() <= 1);
        assertTrue(a.adjustedMutualInformation() <= 1 + 1e-12);
        assertEquals(a.adjustedMutualInformation(), turned.adjustedMutualInformation(), 1e-9);
    }

    private static int[] labels(Random random, int n, int blocks) {
        return random.ints(n, random.nextInt(3) - 2, blocks)
                .map(l -> Math.max(l, -1))
                .toArray();
    }

    /** All ways to deal the second partition: the mean of the adjusted index is 0, of mutual information what is expected. */
    @Test
    void indicesAreAdjustedForChance() {
        int[] p = {0, 0, 0, 1, 1, 2, 2};
        int[] q = {0, 0, 1, 1, 1, 2, 3};
        double[] sums = new double[4];
        permute(q.clone(), 0, dealt -> {
            Agreement a = of(p, dealt);
            sums[0]++;
            sums[1] += a.adjustedRand();
            sums[2] += a.mutualInformation();
            sums[3] += a.adjustedMutualInformation();
        });
        assertEquals(5040, sums[0]);
        assertEquals(0, sums[1] / sums[0], 1e-12);
        assertEquals(of(p, q).expectedMutualInformation(), sums[2] / sums[0], 1e-12);
        assertEquals(0, sums[3] / sums[0], 1e-12);
    }

    private static void permute(int[] items, int at, java.util.function.Consumer<int[]> each) {
        if (at == items.length) {
            each.accept(items);
        }
        for (int i = at; i < items.length; i++) {
            swap(items, at, i);
            permute(items, at + 1, each);
            swap(items, at, i);
        }
    }

    private static void swap(int[] items, int i, int j) {
        int kept = items[i];
        items[i] = items[j];
        items[j] = kept;
    }

    @Property(tries = 150, seed = "12")
    void assignmentsAreBestAmongAll(
            @ForAll @IntRange(min = 1, max = 6) int rows,
            @ForAll @IntRange(min = 1, max = 6) int columns,
            @ForAll long seed) {
        Random random = new Random(seed);
        int[][] gain = new int[rows][columns];
        for (int[] row : gain) {
            Arrays.setAll(row, j -> random.nextInt(8));
        }
        int size = Math.max(rows, columns);
        int[] order = new int[size];
        Arrays.setAll(order, i -> i);
        int[] best = {0};
        permute(order, 0, o -> {
            int sum = 0;
            for (int i = 0; i < rows; i++) {
                sum += o[i] < columns ? gain[i][o[i]] : 0;
            }
            best[0] = Math.max(best[0], sum);
        });
        int[] found = Assignment.best(gain);
        int sum = 0;
        boolean[] used = new boolean[columns];
        for (int i = 0; i < rows; i++) {
            if (found[i] >= 0) {
                assertTrue(!used[found[i]], "each column at most once");
                used[found[i]] = true;
                sum += gain[i][found[i]];
            }
        }
        assertEquals(best[0], sum);
    }

    @Test
    void blocksAreMatchedSoThatMostNeuronsFit() {
        // A greedy match would take the 4 and then be left with 0; the best takes 3 + 3.
        int[] p = {0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2};
        int[] q = {0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 2};
        Partition first = Partition.of(p);
        Partition second = Partition.of(q);
        Agreement a = Agreement.of(first, second);
        assertArrayEquals(new int[][] {{4, 3, 0}, {3, 0, 0}, {0, 0, 1}}, a.table());
        assertArrayEquals(new int[] {1, 0, 2}, a.matching());
        assertArrayEquals(new int[] {7, 3, 1}, a.rowSums());
        assertEquals(3, a.cell(0, 1));
    }
}
