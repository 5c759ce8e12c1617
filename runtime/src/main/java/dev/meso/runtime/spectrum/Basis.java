package dev.meso.runtime.spectrum;

import dev.meso.runtime.task.Parallel;
import java.util.Arrays;

/**
 * Orthonormal vectors. Sums are taken in chunks of fixed length, added in order, so results do not depend on threads; a chunk
 * of one vector stays in a core's cache while it meets the others.
 */
final class Basis {
    private static final int CHUNK = 4096;

    /** Vectors shorter than this are not worth a thread. */
    private static final int LONG = 30_000;

    private final int n;
    private final int chunks;
    private final double[][] vectors;
    private final Parallel parallel;

    Basis(int n, int most, Parallel parallel) {
        this.n = n;
        this.chunks = (n + CHUNK - 1) / CHUNK;
        this.vectors = new double[most][];
        this.parallel = parallel;
    }

    /** Vector j, made where there is none yet. */
    double[] vector(int j) {
        vectors[j] = vectors[j] == null ? new double[n] : vectors[j];
        return vectors[j];
    }

    void swap(int i, int j) {
        double[] v = vector(i);
        vectors[i] = vector(j);
        vectors[j] = v;
    }

    private void forChunks(ChunkWork work) {
        if (n < LONG) {
            for (int c = 0; c < chunks; c++) {
                work.run(c, c * CHUNK, Math.min(n, (c + 1) * CHUNK));
            }
        } else {
            parallel.forEach(chunks, null, (c, monitor) -> work.run(c, c * CHUNK, Math.min(n, (c + 1) * CHUNK)));
        }
    }

    private interface ChunkWork {
        void run(int chunk, int from, int to);
    }

    double norm(double[] w) {
        double[] parts = new double[chunks];
        forChunks((c, from, to) -> {
            double sum = 0;
            for (int i = from; i < to; i++) {
                sum += w[i] * w[i];
            }
            parts[c] = sum;
        });
        double sum = 0;
        for (double part : parts) {
            sum += part;
        }
        return Math.sqrt(sum);
    }

    void scale(double[] w, double factor) {
        for (int i = 0; i < n; i++) {
            w[i] *= factor;
        }
    }

    /**
     * Takes the first {@code count} vectors out of w (Gram and Schmidt, twice, which is enough: Giraud et al. 2005) and adds the
     * coefficients to {@code column}.
     */
    void orthogonalize(double[] w, int count, double[] column) {
        for (int pass = 0; pass < 2; pass++) {
            double[][] parts = new double[chunks][count];
            forChunks((c, from, to) -> {
                for (int j = 0; j < count; j++) {
                    double[] v = vectors[j];
                    double sum = 0;
                    for (int i = from; i < to; i++) {
                        sum += v[i] * w[i];
                    }
                    parts[c][j] = sum;
                }
            });
            double[] sums = new double[count];
            for (double[] part : parts) {
                for (int j = 0; j < count; j++) {
                    sums[j] += part[j];
                }
            }
            forChunks((c, from, to) -> {
                for (int j = 0; j < count; j++) {
                    double[] v = vectors[j];
                    double factor = sums[j];
                    for (int i = from; i < to; i++) {
                        w[i] -= factor * v[i];
                    }
                }
            });
            for (int j = 0; j < count; j++) {
                column[j] += sums[j];
            }
        }
    }

    /** Replaces the first {@code kept} vectors by combinations of the first {@code from}: V U. */
    void combine(double[][] u, int from, int kept) {
        forChunks((c, low, high) -> {
            double[][] rows = new double[kept][high - low];
            for (int k = 0; k < kept; k++) {
                add(u, k, from, low, high, rows[k]);
            }
            for (int k = 0; k < kept; k++) {
                System.arraycopy(rows[k], 0, vectors[k], low, high - low);
            }
        });
    }

    /** The combination of the first {@code from} vectors with these coefficients. */
    double[] combination(double[] coefficients, int from) {
        double[] sum = new double[n];
        double[][] u = new double[from][1];
        for (int j = 0; j < from; j++) {
            u[j][0] = coefficients[j];
        }
        forChunks((c, low, high) -> {
            double[] row = new double[high - low];
            add(u, 0, from, low, high, row);
            System.arraycopy(row, 0, sum, low, high - low);
        });
        return sum;
    }

    private void add(double[][] u, int k, int from, int low, int high, double[] row) {
        Arrays.fill(row, 0);
        for (int j = 0; j < from; j++) {
            double factor = u[j][k];
            double[] v = vectors[j];
            for (int i = low; i < high; i++) {
                row[i - low] += factor * v[i];
            }
        }
    }
}
