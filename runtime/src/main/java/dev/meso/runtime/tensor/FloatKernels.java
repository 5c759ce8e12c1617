package dev.meso.runtime.tensor;

import dev.meso.runtime.tensor.Op.Reduction;
import java.util.Arrays;

/**
 * {@link Kernels} of float. Both precisions have the same text but for that word: a test holds this, and writes the one of
 * double when changes are accepted.
 */
final class FloatKernels extends Kernels<float[]> {
    /** Rows up to this length are copied by a loop of our own rather than by a call. */
    private static final int SHORT = 256;

    /** Depth that dot products take at once: their operands stay in the first-level cache. */
    private static final int LONG = 1024;

    /** Null where the Vector API is absent. */
    private final Vectors<float[]> vectors;

    FloatKernels(Vectors<float[]> vectors) {
        this.vectors = vectors;
    }

    @Override
    float[] allocate(int size) {
        return new float[size];
    }

    @Override
    int panelWidth() {
        return vectors == null ? 1 : vectors.width();
    }

    @Override
    float[][] rows(int count, int size) {
        return new float[count][size];
    }

    @Override
    void give(double[] from, int at, float[] to, int offset, int n) {
        for (int i = 0; i < n; i++) {
            to[offset + i] = (float) from[at + i];
        }
    }

    @Override
    void take(float[] from, int offset, double[] to, int at, int n) {
        for (int i = 0; i < n; i++) {
            to[at + i] = from[offset + i];
        }
    }

    @Override
    boolean direct(int n) {
        return vectors != null && n % vectors.width() == 0;
    }

    @Override
    void fill(float[] to, int from, int n, double value) {
        Arrays.fill(to, from, from + n, (float) value);
    }

    @Override
    Loop<float[]> makeLoop(Op.Elementwise op) {
        Loop<float[]> loop = vectors == null ? null : vectors.loop(op);
        return loop == null ? FloatLoops.of(op) : loop;
    }

    // --- between arena and registers --------------------------------------------------------------------------------

    @Override
    void load(float[] from, int offset, int rows, int rowStride, int columns, int stride, float[] to, int at) {
        if (vectors != null && rows > 1 && columns <= SHORT && stride >= 0 && stride <= 1) {
            vectors.load(from, offset, rows, rowStride, columns, stride, to, at);
            return;
        }
        for (int r = 0; r < rows; r++, offset += rowStride, at += columns) {
            if (stride == 1) {
                System.arraycopy(from, offset, to, at, columns);
            } else if (stride == 0) {
                Arrays.fill(to, at, at + columns, from[offset]);
            } else {
                for (int c = 0, o = offset; c < columns; c++, o += stride) {
                    to[at + c] = from[o];
                }
            }
        }
    }

    @Override
    void store(float[] from, int at, float[] to, int offset, int rows, int rowStride, int columns, int stride) {
        for (int r = 0; r < rows; r++, offset += rowStride, at += columns) {
            if (stride == 1) {
                System.arraycopy(from, at, to, offset, columns);
            } else {
                for (int c = 0, o = offset; c < columns; c++, o += stride) {
                    to[o] = from[at + c];
                }
            }
        }
    }

    @Override
    void accumulate(
            Reduction reduction,
            float[] from,
            int at,
            float[] to,
            int offset,
            int rows,
            int rowStride,
            int columns,
            int stride) {
        for (int r = 0; r < rows; r++, offset += rowStride, at += columns) {
            if (reduction == Reduction.MAX) {
                for (int c = 0, o = offset; c < columns; c++, o += stride) {
                    to[o] = Math.max(to[o], from[at + c]);
                }
            } else if (stride == 0) {
                to[offset] += sum(from, at, columns);
            } else if (stride == 1) {
                addTo(from, at, to, offset, columns);
            } else {
                for (int c = 0, o = offset; c < columns; c++, o += stride) {
                    to[o] += from[at + c];
                }
            }
        }
    }

    private float sum(float[] x, int from, int n) {
        if (vectors != null && n >= 16) {
            return (float) vectors.sum(x, from, n);
        }
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = from;
        int end = from + n;
        for (; i + 3 < end; i += 4) {
            a += x[i];
            b += x[i + 1];
            c += x[i + 2];
            d += x[i + 3];
        }
        for (; i < end; i++) {
            a += x[i];
        }
        return (a + b) + (c + d);
    }

    private void addTo(float[] from, int at, float[] to, int offset, int n) {
        if (vectors != null && n >= 16) {
            vectors.add(from, at, to, offset, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            to[offset + i] += from[at + i];
        }
    }

    // --- by index
    // -----------------------------------------------------------------------------------------------------

    @Override
    void gather(float[] from, int offset, int[] index, int first, int last, int inner, float[] to, int at) {
        if (inner == 1) {
            for (int i = first; i < last; i++) {
                to[at + i - first] = from[offset + index[i]];
            }
            return;
        }
        for (int i = first; i < last; i++, at += inner) {
            System.arraycopy(from, offset + index[i] * inner, to, at, inner);
        }
    }

    @Override
    void collect(
            Reduction reduction,
            float[] from,
            int offset,
            int[] start,
            int[] item,
            int first,
            int last,
            int inner,
            float[] to,
            int at) {
        boolean adds = reduction == Reduction.SUM;
        if (inner == 1) {
            for (int j = first; j < last; j++) {
                float result = adds ? 0 : Float.NEGATIVE_INFINITY;
                for (int p = start[j]; p < start[j + 1]; p++) {
                    float x = from[offset + item[p]];
                    result = adds ? result + x : Math.max(result, x);
                }
                to[at + j - first] = result;
            }
            return;
        }
        for (int j = first; j < last; j++, at += inner) {
            Arrays.fill(to, at, at + inner, adds ? 0 : Float.NEGATIVE_INFINITY);
            for (int p = start[j]; p < start[j + 1]; p++) {
                accumulate(reduction, from, offset + item[p] * inner, to, at, 1, 0, inner, 1);
            }
        }
    }

    // --- products
    // -----------------------------------------------------------------------------------------------------

    @Override
    void addScaled(float[] weight, int w, float[] from, int at, float[] to, int offset, int n) {
        if (vectors != null && n >= 16) {
            vectors.addScaled(weight[w], from, at, to, offset, n);
            return;
        }
        float scale = weight[w];
        for (int i = 0; i < n; i++) {
            to[offset + i] += scale * from[at + i];
        }
    }

    @Override
    void dot(float[] a, int x, float[] b, int y, int n, float[] to, int o) {
        if (vectors != null && n >= 16) {
            to[o] = (float) vectors.dot(a, x, b, y, n);
            return;
        }
        float sum = 0;
        float other = 0;
        int i = 0;
        for (; i + 1 < n; i += 2) {
            sum += a[x + i] * b[y + i];
            other += a[x + i + 1] * b[y + i + 1];
        }
        if (i < n) {
            sum += a[x + i] * b[y + i];
        }
        to[o] = sum + other;
    }

    @Override
    void multiply(
            Product p,
            float[] arena,
            int batch,
            int rows,
            int rowsEnd,
            int columns,
            int columnsEnd,
            Worker<float[]> w) {
        if (vectors != null && slender(p, vectors.width())) {
            dots(p, arena, batch, rows, rowsEnd, columns, columnsEnd, w.tile);
            return;
        }
        int block = depthBlock(p);
        for (int k = 0; k < p.depth(); k += block) {
            int kEnd = Math.min(p.depth(), k + block);
            if (vectors != null) {
                tiles(p, arena, batch, rows, rowsEnd, columns, columnsEnd, k, kEnd, w);
            } else {
                for (int j = columns; j < columnsEnd; j += Worker.WIDTH) {
                    lines(p, arena, batch, rows, rowsEnd, j, Math.min(columnsEnd, j + Worker.WIDTH), k, kEnd, w);
                }
            }
        }
    }

    /** A small result of a long sum over contiguous numbers, such as the gradient of a small network's weights: tiles would be nearly empty. */
    private static boolean slender(Product p, int width) {
        return p.depthStepA() == 1
                && p.depthStepB() == 1
                && (long) p.rows() * p.columns() <= 4 * width
                && p.depth() >= 16 * width;
    }

    /** Number by number of the result, four along its longer side at once. */
    private void dots(
            Product p, float[] arena, int batch, int rows, int rowsEnd, int columns, int columnsEnd, float[] tile) {
        boolean wide = p.columns() > p.rows();
        int first = wide ? columns : rows;
        int last = (wide ? columnsEnd : rowsEnd) - 1;
        int[] along = wide ? p.columnB() : p.rowA();
        int[] across = wide ? p.rowA() : p.columnB();
        for (int k = 0; k < p.depth(); k += LONG) {
            int n = Math.min(LONG, p.depth() - k);
            int ao = p.batchA()[batch] + p.depthA()[k];
            int bo = p.batchB()[batch] + p.depthB()[k];
            int from = wide ? bo : ao;
            int other = wide ? ao : bo;
            for (int y = wide ? rows : columns; y < (wide ? rowsEnd : columnsEnd); y++) {
                for (int x = first; x <= last; x += 4) {
                    // Beyond the end the last one is computed again and dropped.
                    vectors.dots(
                            arena,
                            from + along[x],
                            from + along[Math.min(x + 1, last)],
                            from + along[Math.min(x + 2, last)],
                            from + along[Math.min(x + 3, last)],
                            arena,
                            other + across[y],
                            n,
                            tile,
                            0);
                    for (int q = x; q <= Math.min(x + 3, last); q++) {
                        int o = p.batchC()[batch] + p.rowC()[wide ? y : q] + p.columnC()[wide ? q : y];
                        arena[o] = k > 0 ? arena[o] + tile[q - x] : tile[q - x];
                    }
                }
            }
        }
    }

    /**
     * How much of the depth is taken at once. Where neighbours in depth are far apart in A, as in sums over frames, less: the
     * lines of A that a tile touches then stay in the first-level cache for the next tile, which reads their other numbers.
     */
    private static int depthBlock(Product p) {
        return p.depthStepA() == 1 || p.depth() <= Worker.DEPTH / 2 ? Worker.DEPTH : Worker.DEPTH / 4;
    }

    /** By tiles of the Vector API that stay in registers; B is packed panel by panel, padded with zeros. */
    private void tiles(
            Product p,
            float[] arena,
            int batch,
            int rows,
            int rowsEnd,
            int columns,
            int columnsEnd,
            int k,
            int kEnd,
            Worker<float[]> w) {
        int width = vectors.width();
        float[] a = arena;
        int rowStep = p.rowStepA();
        int depthStep = p.depthStepA();
        boolean even = rowStep != Product.UNEVEN && depthStep != Product.UNEVEN;
        if (!even) {
            a = w.rows();
            rowStep = kEnd - k;
            depthStep = 1;
            for (int i = rows, o = 0; i < rowsEnd; i++) {
                for (int q = k; q < kEnd; q++) {
                    a[o++] = arena[p.batchA()[batch] + p.rowA()[i] + p.depthA()[q]];
                }
            }
        }
        boolean direct = p.columnStepC() == 1 && p.rowStepC() != Product.UNEVEN;
        for (int j = columns; j < columnsEnd; j += width) {
            int jEnd = Math.min(columnsEnd, j + width);
            pack(p, arena, p.batchB()[batch], j, jEnd, k, kEnd, width, w.panel);
            boolean whole = direct && jEnd - j == width;
            for (int i = rows; i < rowsEnd; ) {
                int left = rowsEnd - i;
                int height = left >= 8 && vectors.height() >= 8 ? 8 : left >= 4 ? 4 : 1;
                int ao = even ? p.batchA()[batch] + p.rowA()[i] + p.depthA()[k] : (i - rows) * (kEnd - k);
                if (whole) {
                    int co = p.batchC()[batch] + p.rowC()[i] + p.columnC()[j];
                    vectors.tile(height, kEnd - k, a, ao, rowStep, depthStep, w.panel, arena, co, p.rowStepC(), k > 0);
                } else {
                    vectors.tile(height, kEnd - k, a, ao, rowStep, depthStep, w.panel, w.tile, 0, width, false);
                    spread(p, arena, batch, i, i + height, j, jEnd, w.tile, width, k > 0);
                }
                i += height;
            }
        }
    }

    private static void pack(
            Product p, float[] arena, int from, int j, int jEnd, int k, int kEnd, int width, float[] panel) {
        int columns = jEnd - j;
        int depth = kEnd - k;
        if (columns < width) {
            Arrays.fill(panel, 0, depth * width, 0);
        }
        int run = p.columnRunB();
        if (p.depthStepB() == 1 && run == 1) {
            int c = 0;
            for (; c + 3 < columns; c += 4) {
                int b = from + p.depthB()[k];
                int[] place = p.columnB();
                turn(
                        arena,
                        b + place[j + c],
                        b + place[j + c + 1],
                        b + place[j + c + 2],
                        b + place[j + c + 3],
                        depth,
                        panel,
                        c,
                        width);
            }
            for (; c < columns; c++) {
                int b = from + p.depthB()[k] + p.columnB()[j + c];
                for (int q = 0; q < depth; q++) {
                    panel[q * width + c] = arena[b + q];
                }
            }
            return;
        }
        for (int q = k, o = 0; q < kEnd; q++, o += width) {
            int b = from + p.depthB()[q];
            if (run >= columns && j % run + columns <= run) {
                System.arraycopy(arena, b + p.columnB()[j], panel, o, columns);
            } else if (run >= 8) {
                for (int c = 0; c < columns; ) {
                    int n = Math.min(columns - c, run - (j + c) % run);
                    System.arraycopy(arena, b + p.columnB()[j + c], panel, o + c, n);
                    c += n;
                }
            } else {
                for (int c = 0; c < columns; c++) {
                    panel[o + c] = arena[b + p.columnB()[j + c]];
                }
            }
        }
    }

    /** Four contiguous columns become rows of four. */
    private static void turn(float[] arena, int a, int b, int c, int d, int depth, float[] panel, int o, int width) {
        for (int q = 0; q < depth; q++, o += width) {
            panel[o] = arena[a + q];
            panel[o + 1] = arena[b + q];
            panel[o + 2] = arena[c + q];
            panel[o + 3] = arena[d + q];
        }
    }

    private static void spread(
            Product p,
            float[] arena,
            int batch,
            int i,
            int iEnd,
            int j,
            int jEnd,
            float[] tile,
            int width,
            boolean add) {
        for (int r = i, t = 0; r < iEnd; r++, t += width) {
            int co = p.batchC()[batch] + p.rowC()[r];
            for (int c = j; c < jEnd; c++) {
                int o = co + p.columnC()[c];
                arena[o] = add ? arena[o] + tile[t + c - j] : tile[t + c - j];
            }
        }
    }

    /** Without the Vector API: four rows of C at once in arrays of their own, a loop that the Java compiler vectorizes. */
    private static void lines(
            Product p,
            float[] arena,
            int batch,
            int rows,
            int rowsEnd,
            int j,
            int jEnd,
            int k,
            int kEnd,
            Worker<float[]> w) {
        float[][] b = w.lines();
        int columns = jEnd - j;
        for (int q = k; q < kEnd; q++) {
            int from = p.batchB()[batch] + p.depthB()[q];
            float[] line = b[q - k];
            if (p.columnStepB() == 1) {
                System.arraycopy(arena, from + p.columnB()[j], line, 0, columns);
            } else {
                for (int c = 0; c < columns; c++) {
                    line[c] = arena[from + p.columnB()[j + c]];
                }
            }
        }
        float[] c0 = b[Worker.DEPTH];
        float[] c1 = b[Worker.DEPTH + 1];
        float[] c2 = b[Worker.DEPTH + 2];
        float[] c3 = b[Worker.DEPTH + 3];
        int[] place = p.depthA();
        for (int i = rows; i < rowsEnd; i += 4) {
            int last = rowsEnd - 1;
            int a0 = p.batchA()[batch] + p.rowA()[i];
            // Beyond the end the last row is computed again and dropped.
            int a1 = p.batchA()[batch] + p.rowA()[Math.min(i + 1, last)];
            int a2 = p.batchA()[batch] + p.rowA()[Math.min(i + 2, last)];
            int a3 = p.batchA()[batch] + p.rowA()[Math.min(i + 3, last)];
            for (int r = 0; r < 4; r++) {
                Arrays.fill(b[Worker.DEPTH + r], 0, columns, 0);
            }
            int q = k;
            for (; q + 1 < kEnd; q += 2) {
                int u = place[q];
                int v = place[q + 1];
                addTwo(
                        c0,
                        c1,
                        c2,
                        c3,
                        b[q - k],
                        b[q - k + 1],
                        arena[a0 + u],
                        arena[a1 + u],
                        arena[a2 + u],
                        arena[a3 + u],
                        arena[a0 + v],
                        arena[a1 + v],
                        arena[a2 + v],
                        arena[a3 + v],
                        columns);
            }
            if (q < kEnd) {
                int u = place[q];
                addTwo(
                        c0,
                        c1,
                        c2,
                        c3,
                        b[q - k],
                        b[Worker.DEPTH + 4],
                        arena[a0 + u],
                        arena[a1 + u],
                        arena[a2 + u],
                        arena[a3 + u],
                        0,
                        0,
                        0,
                        0,
                        columns);
            }
            for (int r = i; r < Math.min(i + 4, rowsEnd); r++) {
                spread(p, arena, batch, r, r + 1, j, jEnd, b[Worker.DEPTH + r - i], 0, k > 0);
            }
        }
    }

    private static void addTwo(
            float[] c0,
            float[] c1,
            float[] c2,
            float[] c3,
            float[] b,
            float[] d,
            float x0,
            float x1,
            float x2,
            float x3,
            float y0,
            float y1,
            float y2,
            float y3,
            int n) {
        for (int j = 0; j < n; j++) {
            float u = b[j];
            float v = d[j];
            c0[j] += x0 * u + y0 * v;
            c1[j] += x1 * u + y1 * v;
            c2[j] += x2 * u + y2 * v;
            c3[j] += x3 * u + y3 * v;
        }
    }
}
