package dev.meso.runtime.tensor;

import dev.meso.runtime.tensor.Op.Binary;
import dev.meso.runtime.tensor.Op.Unary;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Vectors} of double. Both precisions have the same text but for that word: a test holds this, and writes the one of
 * double when changes are accepted.
 */
final class DoubleVectors implements Vectors<double[]> {
    private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = S.length();

    // --- on registers -----------------------------------------------------------------------------------------------

    @Override
    public boolean unary(Unary f, double[] x, double[] y, int n) {
        switch (f) {
            case NEGATE, ABS, SQRT, SQUARE, RELU -> {
                return false;
            }
            case SIGN -> sign(x, y, n);
            case STEP -> step(x, y, n);
            case EXP -> exp(x, y, n);
            case LOG -> log(x, y, n);
            case TANH -> tanh(x, y, n);
            case LOGISTIC -> logistic(x, y, n);
            case SOFTPLUS -> softplus(x, y, n);
        }
        return true;
    }

    private static void sign(double[] x, double[] y, int n) {
        DoubleVector zero = DoubleVector.zero(S);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(S, x, i);
            // Zeros and NaN stay as they are.
            v.blend(1, v.compare(VectorOperators.GT, zero))
                    .blend(-1, v.compare(VectorOperators.LT, zero))
                    .intoArray(y, i);
        }
    }

    private static void step(double[] x, double[] y, int n) {
        DoubleVector zero = DoubleVector.zero(S);
        for (int i = 0; i < n; i += LANES) {
            zero.blend(1, DoubleVector.fromArray(S, x, i).compare(VectorOperators.GT, zero))
                    .intoArray(y, i);
        }
    }

    private static void exp(double[] x, double[] y, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleFunctions.exp(DoubleVector.fromArray(S, x, i)).intoArray(y, i);
        }
    }

    private static void log(double[] x, double[] y, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleFunctions.log(DoubleVector.fromArray(S, x, i)).intoArray(y, i);
        }
    }

    private static void tanh(double[] x, double[] y, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(S, x, i);
            // expm1(2|x|) / (expm1(2|x|) + 2), with the sign of x; 1 from 30 on.
            DoubleVector size = v.abs().min(30);
            DoubleVector e = DoubleFunctions.expm1(size.add(size));
            DoubleVector t = e.div(e.add(2));
            t.blend(t.neg(), v.compare(VectorOperators.LT, 0)).intoArray(y, i);
        }
    }

    private static void logistic(double[] x, double[] y, int n) {
        DoubleVector one = DoubleVector.broadcast(S, 1);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector e = DoubleFunctions.exp(DoubleVector.fromArray(S, x, i).neg());
            one.div(e.add(one)).intoArray(y, i);
        }
    }

    private static void softplus(double[] x, double[] y, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(S, x, i);
            DoubleVector e = DoubleFunctions.exp(v.abs().neg());
            v.max(0).add(DoubleFunctions.log1p(e)).intoArray(y, i);
        }
    }

    @Override
    public boolean binary(Binary f, double[] a, double[] b, double[] y, int n) {
        switch (f) {
            case GREATER -> compare(VectorOperators.GT, a, b, y, n);
            case GREATER_EQUAL -> compare(VectorOperators.GE, a, b, y, n);
            case EQUAL -> compare(VectorOperators.EQ, a, b, y, n);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void compare(VectorOperators.Comparison by, double[] a, double[] b, double[] y, int n) {
        DoubleVector zero = DoubleVector.zero(S);
        for (int i = 0; i < n; i += LANES) {
            zero.blend(1, DoubleVector.fromArray(S, a, i).compare(by, DoubleVector.fromArray(S, b, i)))
                    .intoArray(y, i);
        }
    }

    @Override
    public void select(double[] a, double[] b, double[] c, double[] y, int n) {
        for (int i = 0; i < n; i += LANES) {
            VectorMask<Double> yes = DoubleVector.fromArray(S, a, i).compare(VectorOperators.NE, 0);
            DoubleVector.fromArray(S, c, i)
                    .blend(DoubleVector.fromArray(S, b, i), yes)
                    .intoArray(y, i);
        }
    }

    // --- on parts of arrays
    // -------------------------------------------------------------------------------------------

    @Override
    public double sum(double[] x, int from, int n) {
        DoubleVector a = DoubleVector.zero(S);
        DoubleVector b = DoubleVector.zero(S);
        int i = 0;
        for (; i <= n - 2 * LANES; i += 2 * LANES) {
            a = a.add(DoubleVector.fromArray(S, x, from + i));
            b = b.add(DoubleVector.fromArray(S, x, from + i + LANES));
        }
        double sum = a.add(b).reduceLanes(VectorOperators.ADD);
        for (; i < n; i++) {
            sum += x[from + i];
        }
        return sum;
    }

    @Override
    public void add(double[] from, int at, double[] to, int offset, int n) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            DoubleVector.fromArray(S, to, offset + i)
                    .add(DoubleVector.fromArray(S, from, at + i))
                    .intoArray(to, offset + i);
        }
        for (; i < n; i++) {
            to[offset + i] += from[at + i];
        }
    }

    @Override
    public void addScaled(double weight, double[] from, int at, double[] to, int offset, int n) {
        double scale = (double) weight;
        DoubleVector w = DoubleVector.broadcast(S, scale);
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            w.fma(DoubleVector.fromArray(S, from, at + i), DoubleVector.fromArray(S, to, offset + i))
                    .intoArray(to, offset + i);
        }
        for (; i < n; i++) {
            to[offset + i] = Math.fma(scale, from[at + i], to[offset + i]);
        }
    }

    @Override
    public double dot(double[] a, int x, double[] b, int y, int n) {
        DoubleVector sums = DoubleVector.zero(S);
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            sums = DoubleVector.fromArray(S, a, x + i).fma(DoubleVector.fromArray(S, b, y + i), sums);
        }
        double sum = sums.reduceLanes(VectorOperators.ADD);
        for (; i < n; i++) {
            sum = Math.fma(a[x + i], b[y + i], sum);
        }
        return sum;
    }

    // --- tiles of a matrix product
    // ------------------------------------------------------------------------------------

    @Override
    public int width() {
        return 2 * LANES;
    }

    /** 8 rows need 19 registers: machines with the widest vectors have 32, the others may have 16. */
    @Override
    public int height() {
        return S.vectorBitSize() >= 512 ? 8 : 4;
    }

    @Override
    public void tile(
            int rows,
            int depth,
            double[] a,
            int ao,
            int rowStep,
            int depthStep,
            double[] panel,
            double[] c,
            int co,
            int step,
            boolean add) {
        switch (rows) {
            case 8 -> tile8(depth, a, ao, rowStep, depthStep, panel, c, co, step, add);
            case 4 -> tile4(depth, a, ao, rowStep, depthStep, panel, c, co, step, add);
            default -> tile1(depth, a, ao, depthStep, panel, c, co, add);
        }
    }

    private static void tile8(
            int depth,
            double[] a,
            int ao,
            int rowStep,
            int depthStep,
            double[] panel,
            double[] c,
            int co,
            int step,
            boolean add) {
        int o0 = co;
        int o1 = co + step;
        int o2 = co + 2 * step;
        int o3 = co + 3 * step;
        int o4 = co + 4 * step;
        int o5 = co + 5 * step;
        int o6 = co + 6 * step;
        int o7 = co + 7 * step;
        DoubleVector c00 = add ? DoubleVector.fromArray(S, c, o0) : DoubleVector.zero(S);
        DoubleVector c01 = add ? DoubleVector.fromArray(S, c, o0 + LANES) : DoubleVector.zero(S);
        DoubleVector c10 = add ? DoubleVector.fromArray(S, c, o1) : DoubleVector.zero(S);
        DoubleVector c11 = add ? DoubleVector.fromArray(S, c, o1 + LANES) : DoubleVector.zero(S);
        DoubleVector c20 = add ? DoubleVector.fromArray(S, c, o2) : DoubleVector.zero(S);
        DoubleVector c21 = add ? DoubleVector.fromArray(S, c, o2 + LANES) : DoubleVector.zero(S);
        DoubleVector c30 = add ? DoubleVector.fromArray(S, c, o3) : DoubleVector.zero(S);
        DoubleVector c31 = add ? DoubleVector.fromArray(S, c, o3 + LANES) : DoubleVector.zero(S);
        DoubleVector c40 = add ? DoubleVector.fromArray(S, c, o4) : DoubleVector.zero(S);
        DoubleVector c41 = add ? DoubleVector.fromArray(S, c, o4 + LANES) : DoubleVector.zero(S);
        DoubleVector c50 = add ? DoubleVector.fromArray(S, c, o5) : DoubleVector.zero(S);
        DoubleVector c51 = add ? DoubleVector.fromArray(S, c, o5 + LANES) : DoubleVector.zero(S);
        DoubleVector c60 = add ? DoubleVector.fromArray(S, c, o6) : DoubleVector.zero(S);
        DoubleVector c61 = add ? DoubleVector.fromArray(S, c, o6 + LANES) : DoubleVector.zero(S);
        DoubleVector c70 = add ? DoubleVector.fromArray(S, c, o7) : DoubleVector.zero(S);
        DoubleVector c71 = add ? DoubleVector.fromArray(S, c, o7 + LANES) : DoubleVector.zero(S);
        for (int k = 0, p = 0, q = ao; k < depth; k++, p += 2 * LANES, q += depthStep) {
            DoubleVector b0 = DoubleVector.fromArray(S, panel, p);
            DoubleVector b1 = DoubleVector.fromArray(S, panel, p + LANES);
            DoubleVector x = DoubleVector.broadcast(S, a[q]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = DoubleVector.broadcast(S, a[q + rowStep]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = DoubleVector.broadcast(S, a[q + 2 * rowStep]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = DoubleVector.broadcast(S, a[q + 3 * rowStep]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            x = DoubleVector.broadcast(S, a[q + 4 * rowStep]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            x = DoubleVector.broadcast(S, a[q + 5 * rowStep]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
            x = DoubleVector.broadcast(S, a[q + 6 * rowStep]);
            c60 = x.fma(b0, c60);
            c61 = x.fma(b1, c61);
            x = DoubleVector.broadcast(S, a[q + 7 * rowStep]);
            c70 = x.fma(b0, c70);
            c71 = x.fma(b1, c71);
        }
        c00.intoArray(c, o0);
        c01.intoArray(c, o0 + LANES);
        c10.intoArray(c, o1);
        c11.intoArray(c, o1 + LANES);
        c20.intoArray(c, o2);
        c21.intoArray(c, o2 + LANES);
        c30.intoArray(c, o3);
        c31.intoArray(c, o3 + LANES);
        c40.intoArray(c, o4);
        c41.intoArray(c, o4 + LANES);
        c50.intoArray(c, o5);
        c51.intoArray(c, o5 + LANES);
        c60.intoArray(c, o6);
        c61.intoArray(c, o6 + LANES);
        c70.intoArray(c, o7);
        c71.intoArray(c, o7 + LANES);
    }

    private static void tile4(
            int depth,
            double[] a,
            int ao,
            int rowStep,
            int depthStep,
            double[] panel,
            double[] c,
            int co,
            int step,
            boolean add) {
        int o0 = co;
        int o1 = co + step;
        int o2 = co + 2 * step;
        int o3 = co + 3 * step;
        DoubleVector c00 = add ? DoubleVector.fromArray(S, c, o0) : DoubleVector.zero(S);
        DoubleVector c01 = add ? DoubleVector.fromArray(S, c, o0 + LANES) : DoubleVector.zero(S);
        DoubleVector c10 = add ? DoubleVector.fromArray(S, c, o1) : DoubleVector.zero(S);
        DoubleVector c11 = add ? DoubleVector.fromArray(S, c, o1 + LANES) : DoubleVector.zero(S);
        DoubleVector c20 = add ? DoubleVector.fromArray(S, c, o2) : DoubleVector.zero(S);
        DoubleVector c21 = add ? DoubleVector.fromArray(S, c, o2 + LANES) : DoubleVector.zero(S);
        DoubleVector c30 = add ? DoubleVector.fromArray(S, c, o3) : DoubleVector.zero(S);
        DoubleVector c31 = add ? DoubleVector.fromArray(S, c, o3 + LANES) : DoubleVector.zero(S);
        for (int k = 0, p = 0, q = ao; k < depth; k++, p += 2 * LANES, q += depthStep) {
            DoubleVector b0 = DoubleVector.fromArray(S, panel, p);
            DoubleVector b1 = DoubleVector.fromArray(S, panel, p + LANES);
            DoubleVector x = DoubleVector.broadcast(S, a[q]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = DoubleVector.broadcast(S, a[q + rowStep]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = DoubleVector.broadcast(S, a[q + 2 * rowStep]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = DoubleVector.broadcast(S, a[q + 3 * rowStep]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
        }
        c00.intoArray(c, o0);
        c01.intoArray(c, o0 + LANES);
        c10.intoArray(c, o1);
        c11.intoArray(c, o1 + LANES);
        c20.intoArray(c, o2);
        c21.intoArray(c, o2 + LANES);
        c30.intoArray(c, o3);
        c31.intoArray(c, o3 + LANES);
    }

    private static void tile1(
            int depth, double[] a, int ao, int depthStep, double[] panel, double[] c, int co, boolean add) {
        int o0 = co;
        DoubleVector c00 = add ? DoubleVector.fromArray(S, c, o0) : DoubleVector.zero(S);
        DoubleVector c01 = add ? DoubleVector.fromArray(S, c, o0 + LANES) : DoubleVector.zero(S);
        for (int k = 0, p = 0, q = ao; k < depth; k++, p += 2 * LANES, q += depthStep) {
            DoubleVector b0 = DoubleVector.fromArray(S, panel, p);
            DoubleVector b1 = DoubleVector.fromArray(S, panel, p + LANES);
            DoubleVector x = DoubleVector.broadcast(S, a[q]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
        }
        c00.intoArray(c, o0);
        c01.intoArray(c, o0 + LANES);
    }
}
