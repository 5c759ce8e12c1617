package dev.meso.runtime.nulls;

import java.util.OptionalDouble;

/** Estimates of the number of simple directed graphs with given in- and out-degrees. None of them is a bound. */
final class GraphCount {
    /** The saddle point needs a determinant of twice as many rows: at this size about ten seconds. */
    private static final int LARGEST_SADDLE = 800;

    private static final int ROUNDS = 10_000;
    private static final double PRECISION = 1e-10;

    private GraphCount() {}

    static DescriptionLength addTo(DescriptionLength upper, Observed observed) {
        OptionalDouble saddle = saddlePoint(observed);
        return saddle.isPresent()
                ? upper.withEstimate(saddle.getAsDouble(), "saddle point")
                : upper.withEstimate(benderCanfield(observed), "Bender-Canfield");
    }

    /**
     * Bender and Canfield's asymptotic number for sparse graphs ("The asymptotic number of labeled graphs with given degree
     * sequences", J. Combinatorial Theory A 24, 1978), for directed graphs: ln (m! / prod k_in! k_out!) - sum k_in k_out / m - sum
     * k_in (k_in - 1) sum k_out (k_out - 1) / (2 m^2).
     */
    static double benderCanfield(Observed observed) {
        double m = Math.max(1, observed.m());
        double lnCount = Combinatorics.lnFactorial(observed.m());
        double products = 0;
        double ins = 0;
        double outs = 0;
        for (int v = 0; v < observed.n(); v++) {
            int in = observed.wiring().inDegree(v);
            int out = observed.wiring().outDegree(v);
            lnCount -= Combinatorics.lnFactorial(in) + Combinatorics.lnFactorial(out);
            products += (double) in * out;
            ins += in * (in - 1.0);
            outs += out * (out - 1.0);
        }
        return lnCount - products / m - ins * outs / (2 * m * m);
    }

    /**
     * The Gaussian estimate around the random graph of maximal entropy with these expected degrees (Barvinok and Hartigan,
     * "The number of graphs and a random graph with a given degree sequence", Random Structures and Algorithms 42, 2013):
     * connections are independent with odds x_u y_v, and ln N = sum ln (1 + x_u y_v) - sum k_out ln x - sum k_in ln y
     * - ln det(2 pi C) / 2, where C is the covariance of all degrees but one. Empty for large graphs, where the odds do not
     * converge (a neuron connected to all others), and where the degrees leave too little freedom.
     */
    static OptionalDouble saddlePoint(Observed observed) {
        int n = observed.n();
        if (n > LARGEST_SADDLE) {
            return OptionalDouble.empty();
        }
        double[] x = new double[n];
        double[] y = new double[n];
        if (!solveOdds(observed, x, y)) {
            return OptionalDouble.empty();
        }
        double lnCount = 0;
        for (int u = 0; u < n; u++) {
            int out = observed.wiring().outDegree(u);
            int in = observed.wiring().inDegree(u);
            lnCount -= (out > 0 ? out * Math.log(x[u]) : 0) + (in > 0 ? in * Math.log(y[u]) : 0);
            for (int v = 0; v < n; v++) {
                lnCount += u == v ? 0 : Math.log1p(x[u] * y[v]);
            }
        }
        double estimate = lnCount - lnDeterminant(covariance(x, y)) / 2;
        // Degrees that leave no freedom make the covariance singular.
        return Double.isFinite(estimate) ? OptionalDouble.of(estimate) : OptionalDouble.empty();
    }

    /** Fixed-point rounds k_out = sum_v x_u y_v / (1 + x_u y_v) and likewise k_in; whether they converged. */
    private static boolean solveOdds(Observed observed, double[] x, double[] y) {
        int n = x.length;
        double root = Math.sqrt(observed.m());
        for (int v = 0; v < n; v++) {
            x[v] = observed.wiring().outDegree(v) / root;
            y[v] = observed.wiring().inDegree(v) / root;
        }
        for (int round = 0; round < ROUNDS; round++) {
            double change = 0;
            for (int u = 0; u < n; u++) {
                double sum = 0;
                for (int v = 0; v < n; v++) {
                    sum += u == v ? 0 : y[v] / (1 + x[u] * y[v]);
                }
                double next = observed.wiring().outDegree(u) == 0
                        ? 0
                        : observed.wiring().outDegree(u) / sum;
                change = Math.max(change, Math.abs(next - x[u]) / Math.max(next, 1e-300));
                x[u] = next;
            }
            for (int v = 0; v < n; v++) {
                double sum = 0;
                for (int u = 0; u < n; u++) {
                    sum += u == v ? 0 : x[u] / (1 + x[u] * y[v]);
                }
                double next = observed.wiring().inDegree(v) == 0
                        ? 0
                        : observed.wiring().inDegree(v) / sum;
                change = Math.max(change, Math.abs(next - y[v]) / Math.max(next, 1e-300));
                y[v] = next;
            }
            if (change < PRECISION) {
                return true;
            }
            if (!(change < 1e6)) {
                return false;
            }
        }
        return false;
    }

    /** 2 pi times the covariance of the degrees that are not 0, without the last, which the others determine. */
    private static double[][] covariance(double[] x, double[] y) {
        int n = x.length;
        int[] outRow = new int[n];
        int[] inRow = new int[n];
        int rows = 0;
        for (int v = 0; v < n; v++) {
            outRow[v] = x[v] > 0 ? rows++ : -1;
        }
        for (int v = 0; v < n; v++) {
            inRow[v] = y[v] > 0 ? rows++ : -1;
        }
        double[][] c = new double[rows][rows];
        for (int u = 0; u < n; u++) {
            for (int v = 0; v < n; v++) {
                double odds = x[u] * y[v];
                if (u != v && odds > 0) {
                    double variance = 2 * Math.PI * odds / ((1 + odds) * (1 + odds));
                    c[outRow[u]][outRow[u]] += variance;
                    c[inRow[v]][inRow[v]] += variance;
                    c[outRow[u]][inRow[v]] += variance;
                    c[inRow[v]][outRow[u]] += variance;
                }
            }
        }
        double[][] reduced = new double[rows - 1][];
        System.arraycopy(c, 0, reduced, 0, rows - 1);
        return reduced;
    }

    /** By Cholesky's decomposition, in place; rows may be longer than there are rows. */
    private static double lnDeterminant(double[][] c) {
        double ln = 0;
        for (int i = 0; i < c.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = c[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= c[i][k] * c[j][k];
                }
                if (i == j) {
                    ln += Math.log(sum);
                    c[i][i] = Math.sqrt(sum);
                } else {
                    c[i][j] = sum / c[j][j];
                }
            }
        }
        return ln;
    }
}
