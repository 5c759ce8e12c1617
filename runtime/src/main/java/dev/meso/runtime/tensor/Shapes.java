package dev.meso.runtime.tensor;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.util.Arrays;

/** Arithmetic of shapes. Arrays are stored row by row: the last axis is contiguous. */
final class Shapes {
    static final int[] SCALAR = {};

    private Shapes() {}

    /** How many elements; refuses more than fit one Java array. */
    static int size(int... shape) {
        long size = 1;
        for (int n : shape) {
            if (n < 0) {
                throw new MesoException(ErrorCode.WRONG_VALUE, "a shape cannot have a negative length: " + text(shape));
            }
            size *= n;
            if (size > Integer.MAX_VALUE - 64) {
                throw new MesoException(
                        ErrorCode.OUT_OF_MEMORY,
                        "an array of shape " + text(shape) + " has more than 2^31 elements",
                        "use smaller batches, or fewer locations or modules at once");
            }
        }
        return (int) size;
    }

    static String text(int[] shape) {
        return shape.length == 0 ? "[] (one number)" : Arrays.toString(shape);
    }

    /** Row-major strides. */
    static int[] strides(int[] shape) {
        int[] strides = new int[shape.length];
        int step = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            strides[d] = step;
            step *= shape[d];
        }
        return strides;
    }

    /** The shape of both together by the rules of NumPy: aligned at the last axis, a length of 1 is repeated. */
    static int[] broadcast(int[] a, int[] b, String operation) {
        int[] shape = new int[Math.max(a.length, b.length)];
        for (int d = 1; d <= shape.length; d++) {
            int x = d <= a.length ? a[a.length - d] : 1;
            int y = d <= b.length ? b[b.length - d] : 1;
            if (x != y && x != 1 && y != 1) {
                throw new MesoException(
                        ErrorCode.WRONG_LENGTH,
                        "`" + operation + "` of arrays of shape " + text(a) + " and " + text(b)
                                + ": their lengths differ (" + x + " and " + y + ") on axis " + (shape.length - d),
                        "shapes are aligned at the last axis; each pair of lengths must be equal or one of them 1");
            }
            shape[shape.length - d] = x == 1 ? y : x;
        }
        return shape;
    }

    /** An axis counted from the end if negative. */
    static int axis(int axis, int[] shape) {
        int found = axis < 0 ? axis + shape.length : axis;
        if (found < 0 || found >= shape.length) {
            throw new MesoException(
                    ErrorCode.OUT_OF_RANGE,
                    "there is no axis " + axis + " in an array of shape " + text(shape),
                    "axes are 0 to " + (shape.length - 1) + "; negative ones count from the end");
        }
        return found;
    }

    /** Distinct axes, ascending; all of them if none is given. */
    static int[] axes(int[] axes, int[] shape) {
        if (axes.length == 0) {
            int[] all = new int[shape.length];
            Arrays.setAll(all, d -> d);
            return all;
        }
        int[] sorted = Arrays.stream(axes).map(a -> axis(a, shape)).sorted().toArray();
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                throw new MesoException(
                        ErrorCode.WRONG_VALUE,
                        "axis " + sorted[i] + " is named twice for an array of shape " + text(shape));
            }
        }
        return sorted;
    }

    /** The shape with {@code axis} replaced. */
    static int[] with(int[] shape, int axis, int length) {
        int[] changed = shape.clone();
        changed[axis] = length;
        return changed;
    }

    /** The shape without {@code axes}, which are ascending. */
    static int[] without(int[] shape, int[] axes) {
        int[] kept = new int[shape.length - axes.length];
        int next = 0;
        for (int d = 0; d < shape.length; d++) {
            if (Arrays.binarySearch(axes, d) < 0) {
                kept[next++] = shape[d];
            }
        }
        return kept;
    }

    /** Product of the lengths of axes {@code from .. to-1}. */
    static int product(int[] shape, int from, int to) {
        int product = 1;
        for (int d = from; d < to; d++) {
            product *= shape[d];
        }
        return product;
    }
}
