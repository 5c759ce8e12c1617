package dev.meso.runtime.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Vectors} of float. Both precisions have the same text but for that word: a test holds this, and writes the one of
 * double when changes are accepted.
 */
final class FloatVectors implements Vectors<float[]> {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = S.length();

    @Override
    public Loop<float[]> loop(Op.Elementwise op) {
        return FloatVectorLoops.of(op);
    }

    // --- on parts of arrays
    // -------------------------------------------------------------------------------------------

    @Override
    public void load(float[] from, int offset, int rows, int rowStride, int columns, int stride, float[] to, int at) {
        for (int r = 0; r < rows; r++, offset += rowStride, at += columns) {
            int c = 0;
            if (stride == 0) {
                FloatVector v = FloatVector.broadcast(S, from[offset]);
                for (; c <= columns - LANES; c += LANES) {
                    v.intoArray(to, at + c);
                }
            } else {
                for (; c <= columns - LANES; c += LANES) {
                    FloatVector.fromArray(S, from, offset + c).intoArray(to, at + c);
                }
            }
            for (; c < columns; c++) {
                to[at + c] = from[offset + c * stride];
            }
        }
    }

    /** In the order of the lanes: {@code reduceLanes} adds in another order once it is compiled, so bits would depend on when that is. */
    private static float total(FloatVector lanes) {
        float sum = 0;
        for (float lane : lanes.toArray()) {
            sum += lane;
        }
        return sum;
    }

    @Override
    public double sum(float[] x, int from, int n) {
        FloatVector a = FloatVector.zero(S);
        FloatVector b = FloatVector.zero(S);
        int i = 0;
        for (; i <= n - 2 * LANES; i += 2 * LANES) {
            a = a.add(FloatVector.fromArray(S, x, from + i));
            b = b.add(FloatVector.fromArray(S, x, from + i + LANES));
        }
        float sum = total(a.add(b));
        for (; i < n; i++) {
            sum += x[from + i];
        }
        return sum;
    }

    @Override
    public void add(float[] from, int at, float[] to, int offset, int n) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector.fromArray(S, to, offset + i)
                    .add(FloatVector.fromArray(S, from, at + i))
                    .intoArray(to, offset + i);
        }
        for (; i < n; i++) {
            to[offset + i] += from[at + i];
        }
    }

    @Override
    public void addScaled(double weight, float[] from, int at, float[] to, int offset, int n) {
        float scale = (float) weight;
        FloatVector w = FloatVector.broadcast(S, scale);
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            w.fma(FloatVector.fromArray(S, from, at + i), FloatVector.fromArray(S, to, offset + i))
                    .intoArray(to, offset + i);
        }
        for (; i < n; i++) {
            to[offset + i] = Math.fma(scale, from[at + i], to[offset + i]);
        }
    }

    @Override
    public double dot(float[] a, int x, float[] b, int y, int n) {
        FloatVector sums = FloatVector.zero(S);
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            sums = FloatVector.fromArray(S, a, x + i).fma(FloatVector.fromArray(S, b, y + i), sums);
        }
        float sum = total(sums);
        for (; i < n; i++) {
            sum = Math.fma(a[x + i], b[y + i], sum);
        }
        return sum;
    }

    @Override
    public void dots(float[] a, int x0, int x1, int x2, int x3, float[] b, int y, int n, float[] to, int o) {
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = FloatVector.zero(S);
        FloatVector s2 = FloatVector.zero(S);
        FloatVector s3 = FloatVector.zero(S);
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector v = FloatVector.fromArray(S, b, y + i);
            s0 = FloatVector.fromArray(S, a, x0 + i).fma(v, s0);
            s1 = FloatVector.fromArray(S, a, x1 + i).fma(v, s1);
            s2 = FloatVector.fromArray(S, a, x2 + i).fma(v, s2);
            s3 = FloatVector.fromArray(S, a, x3 + i).fma(v, s3);
        }
        float t0 = total(s0);
        float t1 = total(s1);
        float t2 = total(s2);
        float t3 = total(s3);
        for (; i < n; i++) {
            float v = b[y + i];
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
            float[] a,
            int ao,
            int rowStep,
            int depthStep,
            float[] panel,
            float[] c,
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
            float[] a,
            int ao,
            int rowStep,
            int depthStep,
            float[] panel,
            float[] c,
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
        FloatVector c00 = add ? FloatVector.fromArray(S, c, o0) : FloatVector.zero(S);
        FloatVector c01 = add ? FloatVector.fromArray(S, c, o0 + LANES) : FloatVector.zero(S);
        FloatVector c10 = add ? FloatVector.fromArray(S, c, o1) : FloatVector.zero(S);
        FloatVector c11 = add ? FloatVector.fromArray(S, c, o1 + LANES) : FloatVector.zero(S);
        FloatVector c20 = add ? FloatVector.fromArray(S, c, o2) : FloatVector.zero(S);
        FloatVector c21 = add ? FloatVector.fromArray(S, c, o2 + LANES) : FloatVector.zero(S);
        FloatVector c30 = add ? FloatVector.fromArray(S, c, o3) : FloatVector.zero(S);
        FloatVector c31 = add ? FloatVector.fromArray(S, c, o3 + LANES) : FloatVector.zero(S);
        FloatVector c40 = add ? FloatVector.fromArray(S, c, o4) : FloatVector.zero(S);
        FloatVector c41 = add ? FloatVector.fromArray(S, c, o4 + LANES) : FloatVector.zero(S);
        FloatVector c50 = add ? FloatVector.fromArray(S, c, o5) : FloatVector.zero(S);
        FloatVector c51 = add ? FloatVector.fromArray(S, c, o5 + LANES) : FloatVector.zero(S);
        FloatVector c60 = add ? FloatVector.fromArray(S, c, o6) : FloatVector.zero(S);
        FloatVector c61 = add ? FloatVector.fromArray(S, c, o6 + LANES) : FloatVector.zero(S);
        FloatVector c70 = add ? FloatVector.fromArray(S, c, o7) : FloatVector.zero(S);
        FloatVector c71 = add ? FloatVector.fromArray(S, c, o7 + LANES) : FloatVector.zero(S);
        for (int k = 0, p = 0, q = ao; k < depth; k++, p += 2 * LANES, q += depthStep) {
            FloatVector b0 = FloatVector.fromArray(S, panel, p);
            FloatVector b1 = FloatVector.fromArray(S, panel, p + LANES);
            FloatVector x = FloatVector.broadcast(S, a[q]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = FloatVector.broadcast(S, a[q + rowStep]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = FloatVector.broadcast(S, a[q + 2 * rowStep]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = FloatVector.broadcast(S, a[q + 3 * rowStep]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            x = FloatVector.broadcast(S, a[q + 4 * rowStep]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            x = FloatVector.broadcast(S, a[q + 5 * rowStep]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
            x = FloatVector.broadcast(S, a[q + 6 * rowStep]);
            c60 = x.fma(b0, c60);
            c61 = x.fma(b1, c61);
            x = FloatVector.broadcast(S, a[q + 7 * rowStep]);
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
            float[] a,
            int ao,
            int rowStep,
            int depthStep,
            float[] panel,
            float[] c,
            int co,
            int step,
            boolean add) {
        int o0 = co;
        int o1 = co + step;
        int o2 = co + 2 * step;
        int o3 = co + 3 * step;
        FloatVector c00 = add ? FloatVector.fromArray(S, c, o0) : FloatVector.zero(S);
        FloatVector c01 = add ? FloatVector.fromArray(S, c, o0 + LANES) : FloatVector.zero(S);
        FloatVector c10 = add ? FloatVector.fromArray(S, c, o1) : FloatVector.zero(S);
        FloatVector c11 = add ? FloatVector.fromArray(S, c, o1 + LANES) : FloatVector.zero(S);
        FloatVector c20 = add ? FloatVector.fromArray(S, c, o2) : FloatVector.zero(S);
        FloatVector c21 = add ? FloatVector.fromArray(S, c, o2 + LANES) : FloatVector.zero(S);
        FloatVector c30 = add ? FloatVector.fromArray(S, c, o3) : FloatVector.zero(S);
        FloatVector c31 = add ? FloatVector.fromArray(S, c, o3 + LANES) : FloatVector.zero(S);
        for (int k = 0, p = 0, q = ao; k < depth; k++, p += 2 * LANES, q += depthStep) {
            FloatVector b0 = FloatVector.fromArray(S, panel, p);
            FloatVector b1 = FloatVector.fromArray(S, panel, p + LANES);
            FloatVector x = FloatVector.broadcast(S, a[q]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = FloatVector.broadcast(S, a[q + rowStep]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = FloatVector.broadcast(S, a[q + 2 * rowStep]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = FloatVector.broadcast(S, a[q + 3 * rowStep]);
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
            int depth, float[] a, int ao, int depthStep, float[] panel, float[] c, int co, boolean add) {
        int o0 = co;
        FloatVector c00 = add ? FloatVector.fromArray(S, c, o0) : FloatVector.zero(S);
        FloatVector c01 = add ? FloatVector.fromArray(S, c, o0 + LANES) : FloatVector.zero(S);
        for (int k = 0, p = 0, q = ao; k < depth; k++, p += 2 * LANES, q += depthStep) {
            FloatVector b0 = FloatVector.fromArray(S, panel, p);
            FloatVector b1 = FloatVector.fromArray(S, panel, p + LANES);
            FloatVector x = FloatVector.broadcast(S, a[q]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
        }
        c00.intoArray(c, o0);
        c01.intoArray(c, o0 + LANES);
    }
}
