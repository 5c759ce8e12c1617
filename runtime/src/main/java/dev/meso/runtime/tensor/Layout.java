package dev.meso.runtime.tensor;

import java.util.Arrays;

/**
 * Where the numbers of a node lie: reshaped, transposed, sliced and repeated nodes have no memory of their own but read
 * that of another.
 *
 * @param base has memory of its own, row by row
 * @param offset of the first number in it
 * @param strides for each axis of the node
 */
record Layout(Node base, int offset, int[] strides) {
    /** Null for a reshape that cannot be had without a copy. */
    static Layout of(Node node) {
        if (!(node.op() instanceof Op.Reshape
                || node.op() instanceof Op.Transpose
                || node.op() instanceof Op.Slice
                || node.op() instanceof Op.Broadcast)) {
            return new Layout(node, 0, Shapes.strides(node.dims()));
        }
        Layout from = of(node.input(0));
        return switch (node.op()) {
            case Op.Transpose t ->
                new Layout(
                        from.base,
                        from.offset,
                        Arrays.stream(t.order().of()).map(d -> from.strides[d]).toArray());
            case Op.Slice s ->
                new Layout(
                        from.base,
                        from.offset + s.from() * from.strides[s.axis()],
                        Shapes.with(from.strides, s.axis(), s.step() * from.strides[s.axis()]));
            case Op.Broadcast b ->
                new Layout(from.base, from.offset, from.repeated(node.input(0).dims(), node.dims()));
            default -> {
                int[] strides = reshape(node.input(0).dims(), from.strides, node.dims());
                yield strides == null ? null : new Layout(from.base, from.offset, strides);
            }
        };
    }

    /** Strides of a node of {@code shape} within a shape that it is repeated to. */
    int[] repeated(int[] shape, int[] to) {
        int[] wide = new int[to.length];
        int shift = to.length - shape.length;
        for (int d = 0; d < shape.length; d++) {
            wide[d + shift] = shape[d] == 1 ? 0 : strides[d];
        }
        return wide;
    }

    /** Whether its numbers lie one after the other. */
    boolean contiguous(int[] shape) {
        int step = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            if (shape[d] != 1 && strides[d] != step) {
                return Shapes.size(shape) == 0;
            }
            step *= shape[d];
        }
        return true;
    }

    /** Whether this is all of the base in its own order. */
    boolean whole(int[] shape) {
        return offset == 0 && base.size() == Shapes.size(shape) && contiguous(shape);
    }

    /** Strides of the same numbers in the same order under another shape, or null. */
    private static int[] reshape(int[] from, int[] strides, int[] to) {
        int[] found = new int[to.length];
        if (Shapes.size(to) == 0) {
            return found;
        }
        int i = 0;
        int j = 0;
        while (i < from.length || j < to.length) {
            // A group of axes on both sides with the same number of elements.
            int iStart = i;
            int jStart = j;
            long left = i < from.length ? from[i++] : 1;
            long right = j < to.length ? to[j++] : 1;
            while (left != right) {
                if (left < right) {
                    left *= from[i++];
                } else {
                    right *= to[j++];
                }
            }
            // Its axes must be evenly spaced as one.
            int step = 1;
            int last = -1;
            for (int d = i - 1; d >= iStart; d--) {
                if (from[d] == 1) {
                    continue;
                }
                if (last < 0) {
                    step = strides[d];
                } else if (strides[d] != strides[last] * from[last]) {
                    return null;
                }
                last = d;
            }
            for (int d = j - 1; d >= jStart; d--) {
                found[d] = step;
                step *= to[d];
            }
        }
        return found;
    }
}
