package dev.meso.runtime.nulls;

/** Logarithms of counts. */
public final class Combinatorics {
    private static final double HALF_LN_TWO_PI = 0.5 * Math.log(2 * Math.PI);
    private static final double[] SMALL = new double[256];

    static {
        for (int k = 2; k < SMALL.length; k++) {
            SMALL[k] = SMALL[k - 1] + Math.log(k);
        }
    }

    private Combinatorics() {}

    /** ln k!, to about 1e-15 relative: a table, then Stirling's series, whose error at 256 is below 1e-17. */
    public static double lnFactorial(long k) {
        if (k < SMALL.length) {
            return SMALL[(int) k];
        }
        double x = k;
        double inverse = 1 / x;
        double square = inverse * inverse;
        double series = inverse * (1 / 12.0 - square * (1 / 360.0 - square * (1 / 1260.0 - square / 1680)));
        return (x + 0.5) * Math.log(x) - x + HALF_LN_TWO_PI + series;
    }

    /** ln of n choose k. */
    public static double lnChoose(long n, long k) {
        return k == 0 || k == n ? 0 : lnFactorial(n) - lnFactorial(k) - lnFactorial(n - k);
    }

    /** ln of the number of sequences of {@code length} whole numbers >= 0 with this sum. */
    public static double lnSequences(long sum, long length) {
        return lnChoose(sum + length - 1, length - 1);
    }
}
