package dev.meso.runtime.tensor;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Vectors} of double. Both precisions have the same text but for that word: a test holds this, and writes the one of
 * double when changes are accepted.
 */
final class DoubleVectors implements Vectors<double[]> {
    private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = S.length();

    @Override
    public Loop<double[]> loop(Op.Elementwise op) {
        return DoubleVectorLoops.of(op);
    }

    // --- on parts of arrays
    // -------------------------------------------------------------------------------------------

    @Override
    public void load(double[] from, int offset, int rows, int rowStride, int columns, int stride, double[] to, int at) {
        for (int r = 0; r < rows; r++, offset += rowStride, at += columns) {
            int c = 0;
            if (stride == 0) {
                DoubleVector v = DoubleVector.broadcast(S, from[offset]);
                for (; c <= columns - LANES; c += LANES) {
                    v.intoArray(to, at + c);
                }
            } else {
                for (; c <= columns - LANES; c += LANES) {
                    DoubleVector.fromArray(S, from, offset + c).intoArray(to, at + c);
                }
            }
            for (; c < columns; c++) {
                to[at + c] = from[offset + c * stride];
            }
        }
    }

    /** In the order of the lanes: {@code reduceLanes} adds in another order once it is compiled, so bits would depend on when that is. */
    private static double total(DoubleVector lanes) {
        double sum = 0;
        for (double lane : lanes.toArray()) {
            sum += lane;
        }
        return sum;
    }

    @Override
    public double sum(double[] x, int from, int n) {
        DoubleVector a = DoubleVector.zero(S);
        DoubleVector b = DoubleVector.zero(S);
        int i = 0;
        for (; i <= n - 2 * LANES; i += 2 * LANES) {
            a = a.add(DoubleVector.fromArray(S, x, from + i));
            b = b.add(DoubleVector.fromArray(S, x, from + i + LANES));
        }
        double sum = total(a.add(b));
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
        double sum = total(sums);
        for (; i < n; i++) {
            sum = Math.fma(a[x + i], b[y + i], sum);
        }
        return sum;
    }

    @Override
    public void dots(double[] a, int x0, int x1, int x2, int x3, double[] b, int y, int n, double[] to, int o) {
        DoubleVector s0 = DoubleVector.zero(S);
        DoubleVector s1 = DoubleVector.zero(S);
        DoubleVector s2 = DoubleVector.zero(S);
        DoubleVector s3 = DoubleVector.zero(S);
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(S, b, y + i);
            s0 = DoubleVector.fromArray(S, a, x0 + i).fma(v, s0);
            s1 = DoubleVector.fromArray(S, a, x1 + i).fma(v, s1);
            s2 = DoubleVector.fromArray(S, a, x2 + i).fma(v, s2);
            s3 = DoubleVector.fromArray(S, a, x3 + i).fma(v, s3);
        }
        double t0 = total(s0);
        double t1 = total(s1);
        double t2 = total(s2);
        double t3 = total(s3);
        for (; i < n; i++) {
            double v = b[y + i];
            t0 = Math.fma(a[x0 + i], v, t0);
            t1 = Math.fma(a[x1 + i], v, t1);
            t2 = Math.fma(a[x2 + i], v, t2);
            t3 = Math.fma(a[x3 + i], v, t3);
        }
        to[o] = t0;
        to[o + 1] = t1;
        to[o + 2] = t2;
        to[o + 3] = t3;
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
