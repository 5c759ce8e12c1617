package dev.meso.runtime.mesoscale;

import java.util.Arrays;

/**
 * The BFGS method (Nocedal and Wright 2006, Numerical Optimization, algorithm 6.1) for a handful of parameters, steps
 * shortened until they help.
 */
final class Minimizer {
    private static final double FIRST_STEP = 0.05;
    private static final double SHORTER = 0.4;
    private static final int SHORTENED = 12;

    /** What is minimized. */
    interface Function {
        /** The value at x; {@code gradient} is replaced by its derivatives. */
        double at(double[] x, double[] gradient);
    }

    private final Function f;
    private final int n;
    private double[] x;
    private double[] gradient;

    /** Approximates the inverse of the second derivatives. */
    private final double[] inverse;

    /** Value at {@link #x}. */
    private double value;

    private Minimizer(double[] start, Function f) {
        this.f = f;
        this.n = start.length;
        this.x = start.clone();
        this.gradient = new double[n];
        this.value = f.at(x, gradient);
        this.inverse = new double[n * n];
    }

    /** Where f is lowest on the way down from a start, after at most so many steps or when they gain less than {@code enough}. */
    static double[] minimize(double[] start, Function f, int steps, double enough) {
        Minimizer m = new Minimizer(start, f);
        boolean fresh = true;
        for (int s = 0; s < steps; s++) {
            if (fresh) {
                m.restart();
            }
            double gain = m.step(fresh);
            if (gain > 0) {
                fresh = false;
                if (gain < enough) {
                    break;
                }
            } else if (fresh) {
                break;
            } else {
                fresh = true;
            }
        }
        return m.x;
    }

    private void restart() {
        double norm = 0;
        for (double g : gradient) {
            norm += g * g;
        }
        diagonal(norm > 0 ? FIRST_STEP / Math.sqrt(norm) : 0);
    }

    private void diagonal(double scale) {
        Arrays.fill(inverse, 0);
        for (int i = 0; i < n; i++) {
            inverse[i * n + i] = scale;
        }
    }

    /** One step down; what it gained, 0 where there is no way down. */
    private double step(boolean fresh) {
        double[] direction = times(gradient);
        double slope = 0;
        for (int i = 0; i < n; i++) {
            direction[i] = -direction[i];
            slope += direction[i] * gradient[i];
        }
        if (!(slope < 0)) {
            return 0;
        }
        double[] y = new double[n];
        double[] next = new double[n];
        double there = Double.POSITIVE_INFINITY;
        double length = 1;
        for (int back = 0; back < SHORTENED && !(there <= value + 1e-4 * length * slope); back++) {
            length = back == 0 ? 1 : length * SHORTER;
            for (int i = 0; i < n; i++) {
                y[i] = x[i] + length * direction[i];
            }
            there = f.at(y, next);
        }
        if (!(there < value)) {
            return 0;
        }
        learn(y, next, fresh);
        double gain = value - there;
        x = y;
        value = there;
        gradient = next;
        return gain;
    }

    private void learn(double[] y, double[] next, boolean fresh) {
        double[] s = new double[n];
        double[] d = new double[n];
        double sd = 0;
        double dd = 0;
        for (int i = 0; i < n; i++) {
            s[i] = y[i] - x[i];
            d[i] = next[i] - gradient[i];
            sd += s[i] * d[i];
            dd += d[i] * d[i];
        }
        if (!(sd > 1e-14)) {
            return;
        }
        if (fresh) {
            diagonal(sd / dd);
        }
        double[] hd = times(d);
        double dhd = 0;
        for (int i = 0; i < n; i++) {
            dhd += d[i] * hd[i];
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                inverse[i * n + j] += (1 + dhd / sd) * s[i] * s[j] / sd - (hd[i] * s[j] + s[i] * hd[j]) / sd;
            }
        }
    }

    private double[] times(double[] v) {
        double[] product = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                product[i] += inverse[i * n + j] * v[j];
            }
        }
        return product;
    }
}
