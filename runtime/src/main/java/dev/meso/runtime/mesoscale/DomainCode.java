package dev.meso.runtime.mesoscale;

import dev.meso.runtime.task.Monitor;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;

/**
 * How long the frames of a domain are when a polynomial map of its variables foretells the next frame. Means of products of monomials
 * are all that is needed for any map, in any coordinates, so frames are read once. Cost of a code: p² K, p monomials.
 */
final class DomainCode {
    /** Keeps the weights of monomials small that a domain hardly shows; variables have unit variance. */
    private static final double RIDGE = 1e-4;

    final Monomials basis;
    final int frames;

    private final int k;
    private final int p;

    /** Means over frames: monomials x monomials, monomials x next variables, next x next variables. */
    private final double[] products;

    private final double[] ahead;
    private final double[] power;

    private final double[] out;
    private final double[] unexplained;

    /** The map fitted to this domain alone, in its own coordinates, and its code. */
    final double[] own;

    final double ownCode;

    /** What a thread needs to compute codes. */
    static final class Scratch {
        final double[] rows;
        final double[] half;
        final double[] map;
        final double[] rest;
        final double[] inverse;
        final double[] off;
        final double[] weight;
        final double[] slopes;

        Scratch(Monomials basis) {
            int k = basis.variables;
            rows = new double[basis.size * basis.size];
            half = new double[basis.size * k];
            map = new double[basis.size * k];
            rest = new double[k * k];
            inverse = new double[k * k];
            off = new double[basis.size * k];
            weight = new double[k * k];
            slopes = new double[basis.size * basis.size];
        }
    }

    /** @param starts frames whose next frame is of the same recording */
    DomainCode(Latents latents, int[] starts, Monomials basis, Monitor monitor) {
        this.basis = basis;
        this.frames = starts.length;
        this.out = latents.out();
        this.unexplained = latents.unexplained();
        k = basis.variables;
        p = basis.size;
        products = new double[p * p];
        ahead = new double[p * k];
        power = new double[k * k];
        double[] z = latents.values();
        double[] f = new double[p];
        for (int t : starts) {
            if (t % 256 == 0) {
                monitor.checkpoint();
            }
            basis.at(z, t * k, f);
            int next = (t + 1) * k;
            for (int a = 0; a < p; a++) {
                double x = f[a] / frames;
                for (int b = 0; b < p; b++) {
                    products[a * p + b] += x * f[b];
                }
                for (int j = 0; j < k; j++) {
                    ahead[a * k + j] += x * z[next + j];
                }
            }
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                    power[i * k + j] += z[next + i] * z[next + j] / frames;
                }
            }
        }
        own = solve(basis, products, ahead);
        ownCode = of(own, new Scratch(basis));
    }

    /** Number of neurons. */
    int neurons() {
        return unexplained.length;
    }

    /** Least squares with a penalty that rotations of the coordinates leave alone. */
    static double[] solve(Monomials basis, double[] products, double[] ahead) {
        int p = basis.size;
        DMatrixRMaj normal = new DMatrixRMaj(p, p, true, products.clone());
        for (int a = 0; a < p; a++) {
            normal.data[a * p + a] += RIDGE / basis.orders[a];
        }
        var solver = LinearSolverFactory_DDRM.symmPosDef(p);
        if (!solver.setA(normal)) {
            throw new IllegalStateException("normal equations of monomials are singular");
        }
        DMatrixRMaj map = new DMatrixRMaj(p, basis.variables);
        solver.solve(new DMatrixRMaj(p, basis.variables, true, ahead.clone()), map);
        return map.data;
    }

    /** Nats a frame, but for a constant: half the log of the residual variance of each neuron under a map in the domain's coordinates. */
    double of(double[] map, Scratch s) {
        rest(map, s);
        double code = 0;
        for (int i = 0; i < unexplained.length; i++) {
            code += Math.log(Math.max(DescriptionLength.PRECISION, variance(i, s.rest))) / 2;
        }
        return Double.isNaN(code) ? Double.POSITIVE_INFINITY : code;
    }

    /** Residual variance of a neuron when the domain's variables leave {@code rest}. */
    private double variance(int i, double[] rest) {
        double variance = unexplained[i];
        for (int a = 0; a < k; a++) {
            double sum = 0;
            for (int b = 0; b < k; b++) {
                sum += rest[a * k + b] * out[i * k + b];
            }
            variance += sum * out[i * k + a];
        }
        return variance;
    }

    /** Residual variance of each neuron under the domain's own map. */
    double[] ownVariances() {
        Scratch s = new Scratch(basis);
        rest(own, s);
        double[] variances = new double[unexplained.length];
        Arrays.setAll(variances, i -> variance(i, s.rest));
        return variances;
    }

    /** Nats a frame of a module's map f through a link; infinite where the link is singular. */
    double of(double[] f, Link link, Scratch s) {
        return carry(f, link, s) ? of(s.map, s) : Double.POSITIVE_INFINITY;
    }

    /**
     * As {@link #of(double[], Link, Scratch)}, with its slope.
     *
     * @param gradient derivative by map and shift of the link, replaced
     */
    double of(double[] f, Link link, Scratch s, double[] gradient) {
        double code = of(f, link, s);
        Arrays.fill(gradient, 0);
        if (code == Double.POSITIVE_INFINITY) {
            return code;
        }
        // By the covariance of what is left: sum of out out' / (2 variance) over neurons.
        Arrays.fill(s.weight, 0);
        for (int i = 0; i < unexplained.length; i++) {
            double variance = variance(i, s.rest);
            if (variance > DescriptionLength.PRECISION) {
                for (int a = 0; a < k; a++) {
                    for (int b = 0; b < k; b++) {
                        s.weight[a * k + b] += out[i * k + a] * out[i * k + b] / (2 * variance);
                    }
                }
            }
        }
        double[] byMap = s.map;
        for (int a = 0; a < p; a++) {
            for (int j = 0; j < k; j++) {
                double sum = 0;
                for (int i = 0; i < k; i++) {
                    sum += s.off[a * k + i] * s.weight[i * k + j];
                }
                byMap[a * k + j] = 2 * sum;
            }
        }
        backThroughInverse(byMap, s, gradient);
        // By what f became: byMap times the inverse; then by the rows of the substitution.
        double[] byHalf = s.off;
        for (int b = 0; b < p; b++) {
            for (int i = 0; i < k; i++) {
                double sum = 0;
                for (int j = 0; j < k; j++) {
                    sum += byMap[b * k + j] * s.inverse[j * k + i];
                }
                byHalf[b * k + i] = sum;
            }
        }
        for (int j = 0; j < k; j++) {
            gradient[k * k + j] -= byHalf[j];
        }
        for (int a = 0; a < p; a++) {
            for (int b = 0; b < p; b++) {
                double sum = 0;
                for (int j = 0; j < k; j++) {
                    sum += f[a * k + j] * byHalf[b * k + j];
                }
                s.slopes[a * p + b] = sum;
            }
        }
        basis.back(link, s.rows, s.slopes, gradient);
        return code;
    }

    /** What the inverse of the link's map adds: d(A⁻¹) = -A⁻¹ dA A⁻¹. */
    private void backThroughInverse(double[] byMap, Scratch s, double[] gradient) {
        double[] byInverse = new double[k * k];
        for (int b = 0; b < p; b++) {
            for (int j = 0; j < k; j++) {
                for (int i = 0; i < k; i++) {
                    byInverse[j * k + i] += byMap[b * k + j] * s.half[b * k + i];
                }
            }
        }
        for (int m = 0; m < k; m++) {
            for (int n = 0; n < k; n++) {
                double sum = 0;
                for (int j = 0; j < k; j++) {
                    for (int i = 0; i < k; i++) {
                        sum += s.inverse[j * k + m] * byInverse[j * k + i] * s.inverse[n * k + i];
                    }
                }
                gradient[m * k + n] -= sum;
            }
        }
    }

    /** Covariance of z[t+1] - map(z[t]), and in {@code off} the mean of each monomial times minus these residuals. */
    private void rest(double[] map, Scratch s) {
        System.arraycopy(power, 0, s.rest, 0, k * k);
        double[] off = s.off;
        for (int a = 0; a < p; a++) {
            for (int j = 0; j < k; j++) {
                off[a * k + j] = -ahead[a * k + j];
            }
            for (int b = 0; b < p; b++) {
                double x = products[a * p + b];
                for (int j = 0; j < k; j++) {
                    off[a * k + j] += x * map[b * k + j];
                }
            }
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                    s.rest[i * k + j] += map[a * k + i] * off[a * k + j] - ahead[a * k + i] * map[a * k + j];
                }
            }
        }
    }

    /** The map z -> A⁻¹ (f(A z + c) - c). */
    private boolean carry(double[] f, Link link, Scratch s) {
        if (!Coordinates.invert(link.map(), k, s.inverse)) {
            return false;
        }
        basis.substitute(link, s.rows);
        Arrays.fill(s.half, 0);
        for (int d = 0; d <= basis.degree; d++) {
            for (int a = basis.first[d]; a < basis.first[d + 1]; a++) {
                for (int b = 0; b < basis.first[d + 1]; b++) {
                    double r = s.rows[a * p + b];
                    for (int j = 0; j < k; j++) {
                        s.half[b * k + j] += r * f[a * k + j];
                    }
                }
            }
        }
        for (int j = 0; j < k; j++) {
            s.half[j] -= link.shift()[j];
        }
        for (int b = 0; b < p; b++) {
            for (int j = 0; j < k; j++) {
                double sum = 0;
                for (int i = 0; i < k; i++) {
                    sum += s.half[b * k + i] * s.inverse[j * k + i];
                }
                s.map[b * k + j] = sum;
            }
        }
        return true;
    }

    /** Adds this domain's products, in the coordinates of its module, to the sums from which {@link #solve} fits the module. */
    void addTo(double[] sumOfProducts, double[] sumAhead, Link link, Scratch s) {
        basis.substitute(link, s.rows);
        double[] mid = new double[p * p];
        for (int a = 0; a < p; a++) {
            for (int e = 0; e < p; e++) {
                double r = s.rows[a * p + e];
                if (r != 0) {
                    for (int c = 0; c < p; c++) {
                        mid[a * p + c] += r * products[e * p + c];
                    }
                }
            }
        }
        for (int a = 0; a < p; a++) {
            for (int c = 0; c < p; c++) {
                double sum = 0;
                for (int e = 0; e < p; e++) {
                    sum += mid[a * p + e] * s.rows[c * p + e];
                }
                sumOfProducts[a * p + c] += sum;
            }
            for (int j = 0; j < k; j++) {
                double sum = 0;
                for (int e = 0; e < p; e++) {
                    // The next variables in the module's coordinates, times monomial e of this domain's.
                    double next = link.shift()[j] * products[e * p];
                    for (int i = 0; i < k; i++) {
                        next += link.map()[j * k + i] * ahead[e * k + i];
                    }
                    sum += s.rows[a * p + e] * next;
                }
                sumAhead[a * k + j] += sum;
            }
        }
    }
}
