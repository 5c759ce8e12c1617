package dev.meso.runtime.blocks;

import dev.meso.runtime.nulls.Combinatorics;
import java.util.Arrays;

/**
 * ln of how many degree histograms k neurons with n edge ends can have: the partitions of n into at most k parts, counted
 * as graph-tool 2.45 counts them, so that description lengths agree to the last term.
 *
 * <p>Up to n = {@value #EXACT} that is its table T(n, 1) = 1, T(n, k) = T(n, k - 1) + T(n - k, k), where the last term is
 * left out unless n >= 2k. The number of partitions p(n, k) has it also between k and 2k, so T is lower than p: by a factor
 * of 2 for n = 2, by 2.5 % for n = k = 10,000. Beyond, it is {@link #approximate}.
 *
 * <p>An object is the same numbers for a search, which asks for them millions of times: rows of T for k up to {@value #DENSE},
 * then for every (1 + 1/{@value #STEP})-th k, between which six rows are interpolated; and the functions of k / sqrt(n) of which the
 * approximation is made, interpolated between four points. Both are within 1e-6. Memory: at most 17 MB.
 */
final class DegreeHistograms {
    /** The largest n of the table. */
    static final int EXACT = 10_000;

    private static final int DENSE = 128;
    private static final int STEP = 32;
    private static final int POINTS = 6;

    /** T(n, k) no longer grows (by more than 1e-7 of it) where k is beyond this many square roots of n. */
    private static final int SATURATED = 16;

    private static final double V_TOLERANCE = 1e-8;

    private static volatile DegreeHistograms largest = new DegreeHistograms(0, 1);

    private final int ends;
    private final int neurons;
    /** Of n: the k beyond which nothing changes. */
    private final int[] limit;
    /** Row by row T(., k) for n = 0 .. ends. */
    private final double[] values;
    /** Of k: where the first row that it is interpolated from starts, and the weights of that row and its followers. */
    private final int[] start;

    private final double[] weights;

    private DegreeHistograms(int ends, int neurons) {
        this.ends = ends;
        this.neurons = neurons;
        int[] grid = grid(neurons);
        int width = ends + 1;
        this.values = new double[width * grid.length];
        this.limit = new int[width];
        Arrays.setAll(limit, n -> Math.max(1, limit(n)));
        double[] counts = firstRow(ends);
        int k = 1;
        for (int i = 0; i < grid.length; i++) {
            while (k < grid[i]) {
                nextRow(counts, ++k);
            }
            for (int n = 0; n < width; n++) {
                // A row differs from the one before only from 2k on, and then by at least 1.
                values[i * width + n] =
                        n < 2 * k && i > 0 && k == grid[i - 1] + 1 ? values[(i - 1) * width + n] : Math.log(counts[n]);
            }
        }
        this.start = new int[neurons + 1];
        this.weights = new double[(neurons + 1) * POINTS];
        for (int i = 0, j = 1; j <= neurons; j++) {
            while (grid[i] < j) {
                i++;
            }
            int first = j <= DENSE ? i : i - POINTS / 2;
            start[j] = first * width;
            if (j > DENSE) {
                for (int a = 0; a < POINTS; a++) {
                    weights[j * POINTS + a] = lagrange(grid, first, a, j);
                }
            }
        }
    }

    /** The k that have a row, up to enough beyond {@code neurons} to interpolate there. */
    private static int[] grid(int neurons) {
        int[] grid = new int[DENSE + STEP * 32];
        int count = 0;
        for (int k = 1, beyond = 0; beyond < (neurons <= DENSE ? 1 : POINTS / 2); k += k < DENSE ? 1 : k / STEP) {
            grid[count++] = k;
            beyond += k >= neurons ? 1 : 0;
        }
        return Arrays.copyOf(grid, count);
    }

    private static double lagrange(int[] grid, int first, int a, int at) {
        double weight = 1;
        for (int b = 0; b < POINTS; b++) {
            if (b != a) {
                weight *= (double) (at - grid[first + b]) / (grid[first + a] - grid[first + b]);
            }
        }
        return weight;
    }

    private static int limit(int n) {
        return Math.min(n / 2, (int) (SATURATED * Math.sqrt(n)));
    }

    /** A table for all blocks of a graph. The values do not depend on the graph it was made for. */
    static DegreeHistograms upTo(int ends, int neurons) {
        int n = Math.min(ends, EXACT);
        int k = Math.max(1, Math.min(neurons, Math.max(DENSE, limit(n))));
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
            return Asymptotic.ln(n, k);
        }
        int width = ends + 1;
        if (k <= DENSE) {
            return k == 0 ? 0 : values[(k - 1) * width + n];
        }
        int j = Math.min(k, limit[n]);
        int at = start[j] + n;
        if (j <= DENSE) {
            return values[at];
        }
        double sum = 0;
        for (int i = j * POINTS; i < (j + 1) * POINTS; i++, at += width) {
            sum += weights[i] * values[at];
        }
        return sum;
    }

    /** The row T(., 1). */
    static double[] firstRow(int ends) {
        double[] row = new double[ends + 1];
        Arrays.fill(row, 1);
        return row;
    }

    /** From T(., k - 1) to T(., k). */
    static void nextRow(double[] row, int k) {
        for (int n = 2 * k; n < row.length; n++) {
            row[n] += row[n - k];
        }
    }

    /**
     * The number for n > {@link #EXACT}: the asymptotic formula of Szekeres (1951) as Canfield, "From recursions to
     * asymptotics: on Szekeres' formula for the number of partitions" (1997), has it; for fewer than n^(1/4) neurons the number of
     * sequences over k!.
     */
    static double approximate(int n, int neurons) {
        int k = Math.min(n, neurons);
        if (few(n, k)) {
            return Combinatorics.lnChoose(n - 1, k - 1) - Combinatorics.lnFactorial(k);
        }
        double u = k / Math.sqrt(n);
        double v = saddle(u);
        return factor(u, v) - Math.log(n) + Math.sqrt(n) * rate(u, v);
    }

    private static boolean few(int n, int k) {
        return (double) k * k * k * k < n;
    }

    private static double factor(double u, double v) {
        return Math.log(v / u)
                - Math.log1p(-Math.exp(-v) * (1 + u * u / 2)) / 2
                - 1.5 * Math.log(2)
                - Math.log(Math.PI);
    }

    private static double rate(double u, double v) {
        return 2 * v / u - u * Math.log1p(-Math.exp(-v));
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
            double all = Math.PI * Math.PI / 6;
            return x == 1 ? all : all - Math.log(x) * Math.log1p(-x) - dilogarithm(1 - x);
        }
        double sum = 0;
        double power = x;
        for (int i = 1; power > 1e-18 * i; i++, power *= x) {
            sum += power / ((double) i * i);
        }
        return sum;
    }

    /** {@link #approximate} from tables of its two functions of u, by u / (1 + u). Made when the first large block is met. */
    private static final class Asymptotic {
        private static final int CELLS = 8192;
        private static final double[] FACTOR = new double[CELLS + 3];
        private static final double[] RATE = new double[CELLS + 3];

        static {
            for (int i = 1; i < CELLS; i++) {
                double u = (double) i / (CELLS - i);
                double v = saddle(u);
                FACTOR[i] = factor(u, v);
                RATE[i] = rate(u, v);
            }
        }

        static double ln(int n, int neurons) {
            int k = Math.min(n, neurons);
            double root = Math.sqrt(n);
            double u = k / root;
            double x = u / (1 + u) * CELLS;
            int i = (int) x;
            if (few(n, k) || i < 4 || i > CELLS - 3) {
                return approximate(n, neurons);
            }
            // Cubic through the points i-1 .. i+2.
            double t = x - i;
            double a = -t * (t - 1) * (t - 2) / 6;
            double b = (t + 1) * (t - 1) * (t - 2) / 2;
            double c = -(t + 1) * t * (t - 2) / 2;
            double d = (t + 1) * t * (t - 1) / 6;
            double factor = a * FACTOR[i - 1] + b * FACTOR[i] + c * FACTOR[i + 1] + d * FACTOR[i + 2];
            double rate = a * RATE[i - 1] + b * RATE[i] + c * RATE[i + 1] + d * RATE[i + 2];
            return factor - Math.log(n) + root * rate;
        }
    }
}
