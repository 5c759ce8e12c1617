package dev.meso.runtime.blocks;

import dev.meso.runtime.nulls.Combinatorics;

/**
 * ln of how many degree histograms k neurons with n edge ends can have: the partitions of n into at most k parts, counted
 * as graph-tool 2.45 counts them, so that description lengths agree to the last term.
 *
 * <p>Up to n = {@value #EXACT} that is its table T(n, 1) = 1, T(n, k) = T(n, k - 1) + T(n - k, k), where the last term is
 * left out unless n >= 2k. The number of partitions p(n, k) has it also between k and 2k, so T is lower than p: by a factor
 * of 2 for n = 2, by 2.5 % for n = k = 10,000. Beyond, it is the asymptotic formula of Szekeres (1951; in the form of Canfield,
 * "From recursions to asymptotics", 1997), or, for fewer than n^(1/4) neurons, the number of sequences over k!.
 */
final class DegreeHistograms {
    /** The largest n of the table. */
    static final int EXACT = 10_000;

    private static final double V_TOLERANCE = 1e-8;

    /** Every k up to this has its row in a table, then every (1 + 1/{@value #STEP})-th. */
    private static final int DENSE = 128;

    private static final int STEP = 32;
    private static final int POINTS = 6;

    /** T(n, k) no longer grows (to 1e-8) where k is beyond this many square roots of n. */
    private static final int SATURATED = 16;

    private static volatile DegreeHistograms largest = new DegreeHistograms(0, 1);

    private final int ends;
    private final int neurons;
    private final int rows;
    /** Of n: the k beyond which nothing changes. */
    private final int[] limit;

    private final double[] values;
    /** Of k: the first row it is interpolated from, and the weights of that row and its followers. */
    private final int[] row;

    private final double[] weights;

    private DegreeHistograms(int ends, int neurons) {
        this.ends = ends;
        this.neurons = neurons;
        int[] grid = grid(neurons);
        this.rows = grid.length;
        this.values = new double[(ends + 1) * rows + POINTS];
        this.limit = new int[ends + 1];
        for (int n = 0; n <= ends; n++) {
            limit[n] = Math.max(1, limit(n));
        }
        double[] counts = firstRow(ends);
        int k = 1;
        for (int i = 0; i < rows; i++) {
            while (k < grid[i]) {
                nextRow(counts, ++k);
            }
            for (int n = 0; n <= ends; n++) {
                values[n * rows + i] = Math.log(counts[n]);
            }
        }
        this.row = new int[neurons + 1];
        this.weights = new double[(neurons + 1) * POINTS];
        for (int i = 0, j = 1; j <= neurons; j++) {
            while (grid[i] < j) {
                i++;
            }
            row[j] = grid[i] == j ? i : i - POINTS / 2;
            for (int a = 0; a < POINTS && grid[i] != j; a++) {
                double weight = 1;
                for (int b = 0; b < POINTS; b++) {
                    if (b != a) {
                        weight *= (double) (j - grid[row[j] + b]) / (grid[row[j] + a] - grid[row[j] + b]);
                    }
                }
                weights[j * POINTS + a] = weight;
            }
            weights[j * POINTS] = grid[i] == j ? 1 : weights[j * POINTS];
        }
    }

    private static int limit(int n) {
        return Math.min(n / 2, (int) (SATURATED * Math.sqrt(n)));
    }

    /** The k that have a row, up to enough beyond {@code neurons} to interpolate there. */
    private static int[] grid(int neurons) {
        int[] grid = new int[DENSE + 1 + STEP * 32];
        int count = 0;
        for (int k = 1, beyond = 0; beyond < POINTS / 2; k += k < DENSE ? 1 : k / STEP) {
            grid[count++] = k;
            beyond += k >= neurons ? 1 : 0;
        }
        return java.util.Arrays.copyOf(grid, count);
    }

    /** A table that knows {@link #ln} for all blocks of a graph. The values do not depend on which graph it was made for. */
    static DegreeHistograms upTo(int ends, int neurons) {
        int n = Math.min(ends, EXACT);
        int k = Math.max(1, Math.min(neurons, limit(n)));
        DegreeHistograms table = largest;
        if (table.ends < n || table.neurons < k) {
            table = new DegreeHistograms(Math.max(n, table.ends), Math.max(k, table.neurons));
            largest = table;
        }
        return table;
    }

    /** ln of the number of degree histograms of {@code k} neurons with n edge ends, within 1e-6. */
    double ln(int n, int k) {
        if (n > EXACT) {
            return approximate(n, k);
        }
        int j = Math.min(k, limit[n]);
        int at = n * rows + row[j];
        if (j <= DENSE) {
            return values[at];
        }
        int w = j * POINTS;
        return weights[w] * values[at]
                + weights[w + 1] * values[at + 1]
                + weights[w + 2] * values[at + 2]
                + weights[w + 3] * values[at + 3]
                + weights[w + 4] * values[at + 4]
                + weights[w + 5] * values[at + 5];
    }

    /** The table for all n up to {@code ends}, as one row of values T(., k); to be called for k = 2, 3, ... in turn. */
    static void nextRow(double[] row, int k) {
        for (int n = 2 * k; n < row.length; n++) {
            row[n] += row[n - k];
        }
    }

    /** The row of k = 1. */
    static double[] firstRow(int ends) {
        double[] row = new double[ends + 1];
        java.util.Arrays.fill(row, 1);
        return row;
    }

    /** For n > {@link #EXACT}. */
    static double approximate(long n, long neurons) {
        long k = Math.min(n, neurons);
        if (k < Math.pow(n, 0.25)) {
            return Combinatorics.lnChoose(n - 1, k - 1) - Combinatorics.lnFactorial(k);
        }
        double root = Math.sqrt(n);
        double u = k / root;
        double v = saddle(u);
        double tail = Math.log1p(-Math.exp(-v) * (1 + u * u / 2)) / 2;
        double factor = Math.log(v) - tail - 1.5 * Math.log(2) - Math.log(u) - Math.log(Math.PI);
        double rate = 2 * v / u - u * Math.log1p(-Math.exp(-v));
        return factor - Math.log(n) + root * rate;
    }

    /** v = u sqrt(Li2(1 - e^-v)), by repeated substitution from v = u. */
    private static double saddle(double u) {
        double v = u;
        for (double delta = 1; delta > V_TOLERANCE; ) {
            double next = u * Math.sqrt(dilogarithm(-Math.expm1(-v)));
            delta = Math.abs(next - v);
            v = next;
        }
        return v;
    }

    /** Li2(x) = sum of x^i / i^2 for 0 <= x <= 1. */
    static double dilogarithm(double x) {
        if (x > 0.5) {
            // Euler's reflection, so that the series always converges fast.
            return x == 1
                    ? Math.PI * Math.PI / 6
                    : Math.PI * Math.PI / 6 - Math.log(x) * Math.log1p(-x) - dilogarithm(1 - x);
        }
        double sum = 0;
        double power = x;
        for (int i = 1; power > 1e-18 * i; i++, power *= x) {
            sum += power / ((double) i * i);
        }
        return sum;
    }
}
