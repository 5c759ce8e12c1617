package dev.meso.runtime.tensor;

import dev.meso.runtime.tensor.Op.Reduction;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The innermost loops over arrays of one precision. Registers are arrays of a tile's length that are used from position 0
 * on: only such loops are vectorized by the Java compiler (Java 25), because it cannot see that two parts of one array do
 * not overlap. Nothing is checked here.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
abstract class Kernels<A> {
    /** Numbers in a register: a few of them stay in the first-level cache. */
    static final int TILE = 1024;

    private final AtomicReferenceArray<Loop<A>> loops = new AtomicReferenceArray<>(40);

    /** @param vectors whether to use the Vector API where it is there */
    static Kernels<?> of(Options.Precision precision, boolean vectors) {
        boolean use = vectors && Vectors.PRESENT;
        return switch (precision) {
            case FLOAT -> new FloatKernels(use ? Vectors.floats() : null);
            case DOUBLE -> new DoubleKernels(use ? Vectors.doubles() : null);
        };
    }

    abstract A allocate(int size);

    /** Numbers in a row of a packed panel of a matrix product. */
    abstract int panelWidth();

    abstract A[] rows(int count, int size);

    /** {@code to[offset + i] = from[at + i]} */
    abstract void give(double[] from, int at, A to, int offset, int n);

    /** {@code to[at + i] = from[offset + i]} */
    abstract void take(A from, int offset, double[] to, int at, int n);

    abstract void fill(A to, int from, int n, double value);

    /**
     * Whether elementwise operations on {@code n} numbers may take them from any place; otherwise only from registers, from
     * position 0 on, where up to a vector's length beyond {@code n} may be read and written.
     */
    abstract boolean direct(int n);

    /** What computes an elementwise operation. */
    final Loop<A> loop(Op.Elementwise op) {
        int slot =
                switch (op) {
                    case Op.Unary f -> f.ordinal();
                    case Op.Binary f -> 20 + f.ordinal();
                    case Op.Select s -> 39;
                };
        Loop<A> loop = loops.get(slot);
        if (loop == null) {
            loop = makeLoop(op);
            loops.set(slot, loop);
        }
        return loop;
    }

    abstract Loop<A> makeLoop(Op.Elementwise op);

    /** {@code to[at + r · columns + c] = from[offset + r · rowStride + c · stride]} */
    abstract void load(A from, int offset, int rows, int rowStride, int columns, int stride, A to, int at);

    /** {@code to[offset + r · rowStride + c · stride] = from[at + r · columns + c]} */
    abstract void store(A from, int at, A to, int offset, int rows, int rowStride, int columns, int stride);

    /**
     * Like {@link #store}, but adds to what is there, or keeps the larger; strides of 0 bring many numbers to one place. The
     * order of additions is fixed by the arguments.
     */
    abstract void accumulate(
            Reduction reduction, A from, int at, A to, int offset, int rows, int rowStride, int columns, int stride);

    /** {@code to[at + (i - first) · inner + c] = from[offset + index[i] · inner + c]} for i in first .. last-1. */
    abstract void gather(A from, int offset, int[] index, int first, int last, int inner, A to, int at);

    /**
     * {@code to[at + (j - first) · inner + c]} is the sum, or the largest, of {@code from[offset + item[p] · inner + c]} for
     * p in start[j] .. start[j+1]-1.
     */
    abstract void collect(
            Reduction reduction,
            A from,
            int offset,
            int[] start,
            int[] item,
            int first,
            int last,
            int inner,
            A to,
            int at);

    /** {@code to[offset + i] += weight[w] · from[at + i]} */
    abstract void addScaled(A weight, int w, A from, int at, A to, int offset, int n);

    /** {@code to[o] = Σ a[x + i] · b[y + i]} */
    abstract void dot(A a, int x, A b, int y, int n, A to, int o);

    /** Some rows and columns of one matrix product of a batch. */
    abstract void multiply(
            Product p, A arena, int batch, int rows, int rowsEnd, int columns, int columnsEnd, Worker<A> w);
}
