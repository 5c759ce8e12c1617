package dev.meso.runtime.table;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.util.Arrays;

/**
 * Sums, means and quantiles of columns. Missing values are left out; NaN is an error that counts them; of no values at
 * all the sum is 0 and everything else is null. Results are in the column's unit. Sums are compensated (Neumaier 1974) and
 * taken in row order, so they are the same everywhere.
 */
public final class Aggregates {
    private Aggregates() {}

    /** The number of values that are not missing. */
    public static long count(Column column) {
        return column.size() - column.missingCount();
    }

    /** A Long for integers, else a Double. @throws MesoException INTEGER_OVERFLOW, NOT_A_NUMBER */
    public static Object sum(NumberColumn column) {
        if (column instanceof LongColumn integers) {
            long total = 0;
            try {
                for (long v : integers.array()) {
                    total = Math.addExact(total, v);
                }
            } catch (ArithmeticException e) {
                throw new MesoException(
                        ErrorCode.INTEGER_OVERFLOW,
                        "the sum of " + column.size() + " integers is beyond 64-bit integers",
                        "multiply the column by 1.0 to sum doubles");
            }
            return total;
        }
        return sum(column.numbers("the sum"));
    }

    public static Double mean(NumberColumn column) {
        double[] x = column.numbers("the mean");
        return x.length == 0 ? null : (Double) (sum(x) / x.length);
    }

    /** The standard deviation of a sample (n - 1); null of fewer than two values. */
    public static Double sd(NumberColumn column) {
        double[] x = column.numbers("the standard deviation");
        if (x.length < 2) {
            return null;
        }
        double mean = sum(x) / x.length;
        double[] squares = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            squares[i] = (x[i] - mean) * (x[i] - mean);
        }
        return Math.sqrt(sum(squares) / (x.length - 1));
    }

    /**
     * Pearson's correlation of two columns of the same length; rows where either is missing are left out. Null where a column does not
     * vary, or of fewer than two rows.
     */
    public static Double correlation(NumberColumn xs, NumberColumn ys) {
        xs.requireNumbers("the correlation");
        ys.requireNumbers("the correlation");
        if (xs.size() != ys.size()) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH,
                    xs.size() + " values cannot be correlated with " + ys.size(),
                    "both need a value for each row");
        }
        int n = 0;
        double[] x = new double[xs.size()];
        double[] y = new double[xs.size()];
        for (int i = 0; i < xs.size(); i++) {
            if (!xs.missing(i) && !ys.missing(i)) {
                x[n] = xs.number(i);
                y[n++] = ys.number(i);
            }
        }
        x = centered(Arrays.copyOf(x, n));
        y = centered(Arrays.copyOf(y, n));
        double scale = Math.sqrt(products(x, x) * products(y, y));
        return scale > 0 ? (Double) Math.clamp(products(x, y) / scale, -1.0, 1.0) : null;
    }

    private static double[] centered(double[] x) {
        double mean = x.length == 0 ? 0 : sum(x) / x.length;
        for (int i = 0; i < x.length; i++) {
            x[i] -= mean;
        }
        return x;
    }

    private static double products(double[] x, double[] y) {
        double[] products = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            products[i] = x[i] * y[i];
        }
        return sum(products);
    }

    public static Double median(NumberColumn column) {
        return quantile(column, 0.5);
    }

    /**
     * The value below which a share {@code p} of the values lies, interpolated between neighbours (type 7 of Hyndman and Fan
     * 1996, the default of R, Julia and NumPy).
     */
    public static Double quantile(NumberColumn column, double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new MesoException(ErrorCode.WRONG_VALUE, "a quantile needs a share between 0 and 1, not " + p);
        }
        double[] x = column.numbers("a quantile");
        if (x.length == 0) {
            return null;
        }
        Arrays.sort(x);
        double place = p * (x.length - 1);
        int below = (int) place;
        double above = below + 1 < x.length ? x[below + 1] : x[below];
        double share = place - below;
        return share == 0 ? x[below] : x[below] + share * (above - x[below]);
    }

    /** The least value: a Long, Double, Boolean or String. */
    public static Object min(Column column) {
        return extreme(column, -1, "the minimum");
    }

    /** The greatest value: a Long, Double, Boolean or String. */
    public static Object max(Column column) {
        return extreme(column, 1, "the maximum");
    }

    private static Object extreme(Column column, int sign, String use) {
        if (column instanceof NumberColumn numbers) {
            numbers.requireNumbers(use);
        }
        int best = -1;
        for (int i = 0; i < column.size(); i++) {
            if (!column.missing(i) && (best < 0 || column.compare(i, best) * sign > 0)) {
                best = i;
            }
        }
        return best < 0 ? null : column.value(best);
    }

    /** Compensated sum in index order. */
    public static double sum(double[] x) {
        double sum = 0;
        double lost = 0;
        for (double v : x) {
            double t = sum + v;
            lost += Math.abs(sum) >= Math.abs(v) ? (sum - t) + v : (v - t) + sum;
            sum = t;
        }
        // An infinite sum has lost nothing that could be given back.
        return Double.isFinite(sum) ? sum + lost : sum;
    }
}
