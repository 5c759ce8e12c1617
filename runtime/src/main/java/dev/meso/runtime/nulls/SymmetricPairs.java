package dev.meso.runtime.nulls;

/**
 * Expected triads of random graphs in which each ordered pair of neurons u, v is connected independently with its own probability p(u, v) = p(v, u).
 *
 * <p>A pair is unconnected with probability (1 - p)^2, connected in a given one of the two directions with p (1 - p), both ways with p^2. The expectation
 * of a triad is thus a sum over triples of a polynomial in three probabilities, made of the sums of p^i q^j r^k over all triples and all ways to name the
 * three. Those with a power 0 follow from sums over rows; the other four take one pass over all triples.
 */
final class SymmetricPairs {
    private final double[][] p;
    private final int n;
    /** Sum of p^power over each row, at [power][row]. */
    private final double[][] rows;

    private SymmetricPairs(double[][] p) {
        this.p = p;
        this.n = p.length;
        this.rows = new double[5][n];
        for (int v = 0; v < n; v++) {
            for (int u = 0; u < n; u++) {
                double x = u == v ? 0 : p[v][u];
                rows[1][v] += x;
                rows[2][v] += x * x;
                rows[3][v] += x * x * x;
                rows[4][v] += x * x * x * x;
            }
        }
    }

    /** @param p a symmetric matrix; cost: n^3 / 6 steps, about 2 ns each */
    static double[] triads(double[][] p) {
        return new SymmetricPairs(p).triads();
    }

    private double[] triads() {
        double[][][] means = means();
        // Coefficients of 1, p, p^2 for a pair with no, one (given) and both connections.
        double[][] pair = {{1, -2, 1}, {0, 1, -1}, {0, 0, 1}};
        double[] expected = new double[TriadTypes.COUNT];
        for (int code = 0; code < 64; code++) {
            double[] a = pair[Integer.bitCount(code & 3)];
            double[] b = pair[Integer.bitCount(code >> 2 & 3)];
            double[] c = pair[Integer.bitCount(code >> 4)];
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    for (int k = 0; k < 3; k++) {
                        expected[TriadTypes.type(code)] += a[i] * b[j] * c[k] * means[i][j][k];
                    }
                }
            }
        }
        return expected;
    }

    /** The sums over triples of p^i q^j r^k, the mean over all ways to name the three pairs p, q, r. */
    private double[][][] means() {
        double[][][] means = new double[3][3][3];
        set(means, 0, 0, 0, TriadTypes.triples(n));
        for (int i = 1; i <= 2; i++) {
            double pairs = 0;
            for (double row : rows[i]) {
                pairs += row / 2;
            }
            set(means, i, 0, 0, (n - 2) * pairs / 3);
            for (int j = 1; j <= i; j++) {
                double paths = 0;
                for (int v = 0; v < n; v++) {
                    paths += rows[i][v] * rows[j][v] - rows[i + j][v];
                }
                set(means, i, j, 0, paths / 6);
            }
        }
        double[] triangles = triangles();
        set(means, 1, 1, 1, triangles[0]);
        set(means, 2, 1, 1, triangles[1] / 3);
        set(means, 2, 2, 1, triangles[2] / 3);
        set(means, 2, 2, 2, triangles[3]);
        return means;
    }

    private static void set(double[][][] means, int i, int j, int k, double mean) {
        means[i][j][k] = mean;
        means[i][k][j] = mean;
        means[j][i][k] = mean;
        means[j][k][i] = mean;
        means[k][i][j] = mean;
        means[k][j][i] = mean;
    }

    /** Sums over triples of p q r, p^2 q r, p^2 q^2 r and p^2 q^2 r^2, with all choices of what is squared. */
    private double[] triangles() {
        double[] sums = new double[4];
        for (int u = 0; u < n; u++) {
            for (int v = u + 1; v < n; v++) {
                double[] first = p[u];
                double[] second = p[v];
                double plain = 0;
                double mixed = 0;
                double squared = 0;
                for (int w = v + 1; w < n; w++) {
                    double x = first[w] * second[w];
                    plain += x;
                    mixed += x * (first[w] + second[w]);
                    squared += x * x;
                }
                double q = first[v];
                sums[0] += q * plain;
                sums[1] += q * q * plain + q * mixed;
                sums[2] += q * q * mixed + q * squared;
                sums[3] += q * q * squared;
            }
        }
        return sums;
    }
}
