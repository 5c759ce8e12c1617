package dev.meso.runtime.stats;

/**
 * A share of cases with its 95 % interval (Wilson 1927, Journal of the American Statistical Association 22:209), which stays
 * within 0 and 1 and has its coverage also where few or no cases were seen. All NaN of no cases.
 *
 * @param share successes / cases
 * @param low lower end of the interval
 * @param high upper end
 */
public record Proportion(double share, double low, double high) {
    /** The normal quantile of 0.975. */
    private static final double Z = 1.959963984540054;

    public static Proportion of(long successes, long cases) {
        if (cases == 0) {
            return new Proportion(Double.NaN, Double.NaN, Double.NaN);
        }
        double n = cases;
        double p = successes / n;
        double spread = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        double scale = 1 + Z * Z / n;
        double low = successes == 0 ? 0 : (p + Z * Z / (2 * n) - spread) / scale;
        double high = successes == cases ? 1 : (p + Z * Z / (2 * n) + spread) / scale;
        return new Proportion(p, low, high);
    }
}
