package dev.meso.runtime.partition;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.util.Arrays;

/**
 * How well two partitions of the same neurons agree. Neurons that are in a block of both are counted in a contingency
 * table, {@code n_ij} of them in block i of the first and block j of the second, with row sums {@code a_i}, column sums
 * {@code b_j} and sum {@code n}; everything here follows from it. Cost: linear in neurons and blocks, where nothing else is said.
 */
public final class Agreement {
    private final int rows;
    private final int columns;
    private final int n;
    private final int leftOut;
    private final int[] rowSums;
    private final int[] columnSums;

    /** The cells that are not 0, row by row: those of row i stand at {@code start[i] .. start[i+1]-1}. */
    private final int[] start;

    private final int[] column;
    private final int[] count;

    /** @throws IllegalArgumentException where they are not of equally many neurons */
    public static Agreement of(Partition p, Partition q) {
        return new Agreement(p, q);
    }

    private Agreement(Partition p, Partition q) {
        if (p.n() != q.n()) {
            throw new IllegalArgumentException(p.n() + " and " + q.n() + " neurons");
        }
        rows = p.count();
        columns = q.count();
        rowSums = new int[rows];
        columnSums = new int[columns];
        int[] first = p.blocks();
        int[] second = q.blocks();
        int one = 0;
        for (int v = 0; v < first.length; v++) {
            if (first[v] >= 0 && second[v] >= 0) {
                rowSums[first[v]]++;
                columnSums[second[v]]++;
            } else if (first[v] >= 0 || second[v] >= 0) {
                one++;
            }
        }
        n = Arrays.stream(rowSums).sum();
        leftOut = one;
        int[] members = byRow(first, second);
        start = new int[rows + 1];
        int[] foundColumn = new int[n];
        int[] foundCount = new int[n];
        int[] inRow = new int[columns];
        int cells = 0;
        for (int i = 0, m = 0; i < rows; i++) {
            int end = m + rowSums[i];
            int from = m;
            for (; m < end; m++) {
                inRow[second[members[m]]]++;
            }
            for (int k = from; k < end; k++) {
                int j = second[members[k]];
                if (inRow[j] > 0) {
                    foundColumn[cells] = j;
                    foundCount[cells++] = inRow[j];
                    inRow[j] = 0;
                }
            }
            start[i + 1] = cells;
        }
        column = Arrays.copyOf(foundColumn, cells);
        count = Arrays.copyOf(foundCount, cells);
    }

    /** The neurons in both, by their block in the first. */
    private int[] byRow(int[] first, int[] second) {
        int[] cursor = new int[rows];
        for (int i = 1; i < rows; i++) {
            cursor[i] = cursor[i - 1] + rowSums[i - 1];
        }
        int[] members = new int[n];
        for (int v = 0; v < first.length; v++) {
            if (first[v] >= 0 && second[v] >= 0) {
                members[cursor[first[v]]++] = v;
            }
        }
        return members;
    }

    /** Neurons that are in a block of both. */
    public int neurons() {
        return n;
    }

    /** Neurons that are in a block of one and in none of the other: they are not counted. */
    public int leftOut() {
        return leftOut;
    }

    /** The contingency table: neurons in block i of the first and block j of the second. Cost: its size. */
    public int[][] table() {
        int[][] table = new int[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int k = start[i]; k < start[i + 1]; k++) {
                table[i][column[k]] = count[k];
            }
        }
        return table;
    }

    /**
     * The share of pairs of neurons on which the two agree, together in both or apart in both: 1 for equal partitions. Rand
     * 1971, J Am Stat Assoc 66:846.
     *
     * @throws MesoException WRONG_VALUE where fewer than two neurons are in both
     */
    public double rand() {
        long all = requirePairs();
        return (all + 2 * pairsIn(count) - pairsIn(rowSums) - pairsIn(columnSums)) / (double) all;
    }

    /**
     * The Rand index beyond what block sizes alone lead one to expect: 1 for equal partitions, 0 on average for independent
     * ones, (T - E) / ((A + B) / 2 - E) with T, A, B the pairs together in both, in the first and in the second and E = A B /
     * C(n,2). Hubert and Arabie 1985, J Classif 2:193.
     *
     * @throws MesoException WRONG_VALUE where fewer than two neurons are in both
     */
    public double adjustedRand() {
        long all = requirePairs();
        long a = pairsIn(rowSums);
        long b = pairsIn(columnSums);
        if (a == b && (a == 0 || a == all)) {
            // All neurons apart in both, or all together in both.
            return 1;
        }
        double expected = a * (b / (double) all);
        return (pairsIn(count) - expected) / ((a + b) / 2.0 - expected);
    }

    private static long pairsIn(int[] sizes) {
        long pairs = 0;
        for (int size : sizes) {
            pairs += size * (size - 1L) / 2;
        }
        return pairs;
    }

    private long requirePairs() {
        if (n < 2) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    (n == 0 ? "no neuron is" : "only one neuron is") + " in a block of both partitions, so there is"
                            + " nothing to compare");
        }
        return n * (n - 1L) / 2;
    }

    /** What the block of one says about the block of the other, in nats: sum n_ij/n ln(n n_ij / (a_i b_j)). */
    public double mutualInformation() {
        requirePairs();
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            for (int k = start[i]; k < start[i + 1]; k++) {
                double c = count[k];
                sum += c * Math.log(c / rowSums[i] * n / columnSums[column[k]]);
            }
        }
        return Math.max(0, sum / n);
    }

    /** The entropy of the blocks of the first among the neurons in both, in nats. */
    public double firstEntropy() {
        return entropy(rowSums);
    }

    /** The entropy of the blocks of the second among the neurons in both, in nats. */
    public double secondEntropy() {
        return entropy(columnSums);
    }

    private double entropy(int[] sizes) {
        double sum = 0;
        for (int size : sizes) {
            sum += size == 0 ? 0 : size * Math.log(n / (double) size);
        }
        return sum / n;
    }

    /**
     * Mutual information over the arithmetic mean of the two entropies: 1 for equal partitions, 0 for independent ones, above 0
     * for finite ones. Danon, Diaz-Guilera, Duch and Arenas 2005, J Stat Mech P09008.
     */
    public double normalizedMutualInformation() {
        double mean = (firstEntropy() + secondEntropy()) / 2;
        return mean == 0 ? 1 : Math.min(1, mutualInformation() / mean);
    }

    /**
     * Mutual information beyond what block sizes alone lead one to expect, (I - E) / (mean of the entropies - E): 1 for equal
     * partitions, 0 on average for independent ones. Vinh, Epps and Bailey 2010, J Mach Learn Res 11:2837. Cost: neurons
     * times different block sizes.
     */
    public double adjustedMutualInformation() {
        double mutual = mutualInformation();
        double mean = (firstEntropy() + secondEntropy()) / 2;
        if (start[rows] == occupied(rowSums) && start[rows] == occupied(columnSums)) {
            return 1;
        }
        double expected = expectedMutualInformation();
        // All apart against anything: what is expected is all that can be, and nothing lies beyond.
        return mean - expected < 1e-12 * mean ? 0 : (mutual - expected) / (mean - expected);
    }

    private static int occupied(int[] sizes) {
        return (int) Arrays.stream(sizes).filter(s -> s > 0).count();
    }

    /** The mean over all ways to deal the neurons to blocks of these sizes. */
    double expectedMutualInformation() {
        requirePairs();
        double[] logFactorial = new double[n + 1];
        for (int k = 2; k <= n; k++) {
            logFactorial[k] = logFactorial[k - 1] + Math.log(k);
        }
        int[][] first = sizesAndTimes(rowSums);
        int[][] second = sizesAndTimes(columnSums);
        double sum = 0;
        for (int[] a : first) {
            for (int[] b : second) {
                double fixed = logFactorial[a[0]]
                        + logFactorial[b[0]]
                        + logFactorial[n - a[0]]
                        + logFactorial[n - b[0]]
                        - logFactorial[n];
                double ofPair = 0;
                for (int c = Math.max(1, a[0] + b[0] - n); c <= Math.min(a[0], b[0]); c++) {
                    double probability = Math.exp(fixed
                            - logFactorial[c]
                            - logFactorial[a[0] - c]
                            - logFactorial[b[0] - c]
                            - logFactorial[n - a[0] - b[0] + c]);
                    ofPair += probability * c * Math.log((double) c / a[0] * n / b[0]);
                }
                sum += ofPair * a[1] * b[1];
            }
        }
        return sum / n;
    }

    /** Different block sizes, and how many blocks have each. */
    private static int[][] sizesAndTimes(int[] sums) {
        int[] sorted = Arrays.stream(sums).filter(s -> s > 0).sorted().toArray();
        int[][] found = new int[sorted.length][];
        int different = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i > 0 && sorted[i] == sorted[i - 1]) {
                found[different - 1][1]++;
            } else {
                found[different++] = new int[] {sorted[i], 1};
            }
        }
        return Arrays.copyOf(found, different);
    }

    /**
     * The block of the second that each block of the first is matched with, -1 for none: each at most once, so that as many
     * neurons as possible are in matched blocks. Cost: the cube of the number of blocks.
     */
    public int[] matching() {
        int[] matched = Assignment.best(table());
        for (int i = 0; i < rows; i++) {
            // Partners without a common neuron are no match.
            matched[i] = matched[i] >= 0 && cell(i, matched[i]) > 0 ? matched[i] : -1;
        }
        return matched;
    }

    /** Neurons in block i of the first and block j of the second. */
    public int cell(int i, int j) {
        for (int k = start[i]; k < start[i + 1]; k++) {
            if (column[k] == j) {
                return count[k];
            }
        }
        return 0;
    }

    /** Neurons in both, by block of the first. */
    public int[] rowSums() {
        return rowSums.clone();
    }

    /** Neurons in both, by block of the second. */
    public int[] columnSums() {
        return columnSums.clone();
    }
}
