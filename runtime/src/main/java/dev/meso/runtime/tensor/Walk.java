package dev.meso.runtime.tensor;

import dev.meso.runtime.tensor.Op.Reduction;

/** A block of an array with strides, to be read or written in the order of its axes; axes that run on are joined. */
final class Walk {
    /** Of the outer axes, then rows and columns. */
    private final int[] lengths;

    private final int[] strides;

    Walk(int[] lengths, int[] strides) {
        int[] joined = new int[Math.max(lengths.length, 2)];
        int[] steps = new int[joined.length];
        // From the last axis on; a new one is begun where the strides do not continue.
        int n = 0;
        for (int d = lengths.length - 1; d >= 0; d--) {
            if (lengths[d] == 1) {
                continue;
            }
            if (n > 0 && strides[d] == steps[n - 1] * joined[n - 1]) {
                joined[n - 1] *= lengths[d];
            } else {
                joined[n] = lengths[d];
                steps[n] = strides[d];
                n++;
            }
        }
        if (n == 0) {
            joined[0] = 1;
            steps[0] = 1;
            n = 1;
        }
        if (n == 1) {
            joined[1] = 1;
            n = 2;
        }
        this.lengths = new int[n];
        this.strides = new int[n];
        for (int d = 0; d < n; d++) {
            this.lengths[d] = joined[n - 1 - d];
            this.strides[d] = steps[n - 1 - d];
        }
    }

    /** Whether it is one number, however often. */
    boolean single() {
        return rows() == 1 && lengths.length == 2 && (stride() == 0 || columns() == 1);
    }

    /** Whether it is a row without gaps. */
    boolean contiguous() {
        return lengths.length == 2 && rows() == 1 && stride() == 1;
    }

    private int rows() {
        return lengths[lengths.length - 2];
    }

    private int columns() {
        return lengths[lengths.length - 1];
    }

    private int rowStride() {
        return strides[lengths.length - 2];
    }

    private int stride() {
        return strides[lengths.length - 1];
    }

    <A> void load(Kernels<A> kernels, A arena, int offset, A register) {
        load(kernels, arena, offset, register, 0, 0);
    }

    private <A> int load(Kernels<A> kernels, A arena, int offset, A register, int at, int axis) {
        if (axis == lengths.length - 2) {
            kernels.load(arena, offset, rows(), rowStride(), columns(), stride(), register, at);
            return at + rows() * columns();
        }
        for (int i = 0; i < lengths[axis]; i++) {
            at = load(kernels, arena, offset + i * strides[axis], register, at, axis + 1);
        }
        return at;
    }

    <A> void store(Kernels<A> kernels, A register, int at, A arena, int offset) {
        store(kernels, register, at, arena, offset, 0);
    }

    private <A> int store(Kernels<A> kernels, A register, int at, A arena, int offset, int axis) {
        if (axis == lengths.length - 2) {
            kernels.store(register, at, arena, offset, rows(), rowStride(), columns(), stride());
            return at + rows() * columns();
        }
        for (int i = 0; i < lengths[axis]; i++) {
            at = store(kernels, register, at, arena, offset + i * strides[axis], axis + 1);
        }
        return at;
    }

    <A> void accumulate(Kernels<A> kernels, Reduction reduction, A register, int at, A arena, int offset) {
        accumulate(kernels, reduction, register, at, arena, offset, 0);
    }

    private <A> int accumulate(
            Kernels<A> kernels, Reduction reduction, A register, int at, A arena, int offset, int axis) {
        if (axis == lengths.length - 2) {
            kernels.accumulate(reduction, register, at, arena, offset, rows(), rowStride(), columns(), stride());
            return at + rows() * columns();
        }
        for (int i = 0; i < lengths[axis]; i++) {
            at = accumulate(kernels, reduction, register, at, arena, offset + i * strides[axis], axis + 1);
        }
        return at;
    }
}
