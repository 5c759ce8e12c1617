package dev.meso.runtime.mesoscale;

import dev.meso.runtime.random.Streams;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * What a planted module computes: a small dynamical system of three variables that never comes to rest, seen at intervals
 * long enough that one step is far from linear. States are scaled to mean 0 and unit covariance, so kinds cannot be told
 * apart by their size.
 */
public enum PlantedKind {
    /** Lorenz 1963, J Atmos Sci 20:130, sigma 10, rho 28, beta 8/3. */
    LORENZ(0.1, 5) {
        @Override
        void flow(double[] s, double[] d) {
            d[0] = 10 * (s[1] - s[0]);
            d[1] = s[0] * (28 - s[2]) - s[1];
            d[2] = s[0] * s[1] - 8.0 / 3 * s[2];
        }
    },
    /** Rössler 1976, Phys Lett A 57:397, a 0.2, b 0.2, c 5.7. */
    ROSSLER(0.8, 3) {
        @Override
        void flow(double[] s, double[] d) {
            d[0] = -s[1] - s[2];
            d[1] = s[0] + 0.2 * s[1];
            d[2] = 0.2 + s[2] * (s[0] - 5.7);
        }
    },
    /** Thomas 1999, Int J Bifurc Chaos 9:1889, b 0.18. */
    THOMAS(2.0, 1) {
        @Override
        void flow(double[] s, double[] d) {
            d[0] = Math.sin(s[1]) - 0.18 * s[0];
            d[1] = Math.sin(s[2]) - 0.18 * s[1];
            d[2] = Math.sin(s[0]) - 0.18 * s[2];
        }
    },
    /** Halvorsen's system (Sprott 2003, Chaos and Time-Series Analysis), a 1.4. */
    HALVORSEN(0.1, 1) {
        @Override
        void flow(double[] s, double[] d) {
            d[0] = -1.4 * s[0] - 4 * s[1] - 4 * s[2] - s[1] * s[1];
            d[1] = -1.4 * s[1] - 4 * s[2] - 4 * s[0] - s[2] * s[2];
            d[2] = -1.4 * s[2] - 4 * s[0] - 4 * s[1] - s[0] * s[0];
        }
    };

    /** Number of variables of a kind. */
    public static final int VARIABLES = 3;

    /** Steps of Runge and Kutta between two frames; a tenth of a frame keeps all four on their attractors. */
    private static final int SUBSTEPS = 10;

    private static final int TRANSIENT = 300;
    private static final int REFERENCE_FRAMES = 20_000;

    private final double interval;
    private final double size;

    /** Set once by {@link #scale}: mean, and the inverse Cholesky factor of the covariance, of a long reference path. */
    private double[] mean;

    private double[] whiten;

    PlantedKind(double interval, double size) {
        this.interval = interval;
        this.size = size;
    }

    /** Derivative of a state. */
    abstract void flow(double[] state, double[] derivative);

    /**
     * A path from a random place of the attractor.
     *
     * @return frames x {@link #VARIABLES}
     */
    public double[] path(int frames, RandomGenerator random) {
        scale();
        double[] raw = raw(frames, random);
        double[] path = new double[raw.length];
        for (int t = 0; t < frames; t++) {
            for (int i = 0; i < VARIABLES; i++) {
                double sum = 0;
                for (int j = 0; j <= i; j++) {
                    sum += whiten[i * VARIABLES + j] * (raw[t * VARIABLES + j] - mean[j]);
                }
                path[t * VARIABLES + i] = sum;
            }
        }
        return path;
    }

    private synchronized void scale() {
        if (whiten != null) {
            return;
        }
        double[] raw = raw(REFERENCE_FRAMES, Streams.of(0, ordinal(), 0));
        double[] center = new double[VARIABLES];
        for (int at = 0; at < raw.length; at++) {
            center[at % VARIABLES] += raw[at] / REFERENCE_FRAMES;
        }
        DMatrixRMaj covariance = new DMatrixRMaj(VARIABLES, VARIABLES);
        for (int t = 0; t < REFERENCE_FRAMES; t++) {
            for (int i = 0; i < VARIABLES; i++) {
                for (int j = 0; j < VARIABLES; j++) {
                    covariance.data[i * VARIABLES + j] += (raw[t * VARIABLES + i] - center[i])
                            * (raw[t * VARIABLES + j] - center[j])
                            / REFERENCE_FRAMES;
                }
            }
        }
        var cholesky = DecompositionFactory_DDRM.chol(VARIABLES, true);
        cholesky.decompose(covariance);
        DMatrixRMaj factor = cholesky.getT(null);
        CommonOps_DDRM.invert(factor);
        mean = center;
        whiten = factor.data;
    }

    private double[] raw(int frames, RandomGenerator random) {
        double[] s = new double[VARIABLES];
        for (int i = 0; i < VARIABLES; i++) {
            s[i] = size * (0.5 + 0.1 * random.nextGaussian());
        }
        double[][] k = new double[4][VARIABLES];
        double[] at = new double[VARIABLES];
        double[] path = new double[frames * VARIABLES];
        double h = interval / SUBSTEPS;
        // A phase of its own, also where the transient is periodic.
        int before = TRANSIENT * SUBSTEPS + random.nextInt(TRANSIENT * SUBSTEPS);
        for (int step = -before; step < frames * SUBSTEPS; step++) {
            if (step >= 0 && step % SUBSTEPS == 0) {
                System.arraycopy(s, 0, path, step / SUBSTEPS * VARIABLES, VARIABLES);
            }
            flow(s, k[0]);
            flow(moved(s, k[0], h / 2, at), k[1]);
            flow(moved(s, k[1], h / 2, at), k[2]);
            flow(moved(s, k[2], h, at), k[3]);
            for (int i = 0; i < VARIABLES; i++) {
                s[i] += h / 6 * (k[0][i] + 2 * k[1][i] + 2 * k[2][i] + k[3][i]);
            }
        }
        return path;
    }

    private static double[] moved(double[] s, double[] k, double h, double[] at) {
        for (int i = 0; i < s.length; i++) {
            at[i] = s[i] + h * k[i];
        }
        return at;
    }
}
