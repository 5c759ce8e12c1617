package dev.meso.runtime.tensor;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;

/** Functions composed of the operations of {@link Node}. */
public final class Functions {
    private Functions() {}

    /** {@code exp(x) / Σ exp(x)} along an axis; large numbers do no harm. */
    public static Node softmax(Node x, int axis) {
        Node e = shifted(x, axis).exp();
        return e.divide(kept(e.sum(axis), x, axis));
    }

    /** {@code x - log Σ exp(x)} along an axis. */
    public static Node logSoftmax(Node x, int axis) {
        Node z = shifted(x, axis);
        return z.subtract(kept(z.exp().sum(axis).log(), x, axis));
    }

    /** {@code log Σ exp(x)} along an axis, which disappears. */
    public static Node logSumExp(Node x, int axis) {
        Node largest = x.detach().max(axis);
        return x.subtract(kept(largest, x, axis)).exp().sum(axis).log().add(largest);
    }

    /** The result does not depend on the shift, so no gradient passes through it. */
    private static Node shifted(Node x, int axis) {
        return x.subtract(kept(x.detach().max(axis), x, axis));
    }

    private static Node kept(Node reduced, Node x, int axis) {
        return reduced.reshape(Shapes.with(x.dims(), Shapes.axis(axis, x.dims()), 1));
    }

    /** Sums of the elements of each segment: position i along the axis belongs to segment {@code segment[i]}. */
    public static Node segmentSum(Node x, int axis, int[] segment, int segments) {
        return x.scatterAdd(axis, segment, segments);
    }

    /** A softmax within each segment: those with the same {@code segment[i]} along the axis sum to 1. */
    public static Node segmentSoftmax(Node x, int axis, int[] segment, int segments) {
        Node largest = x.detach().scatterMax(axis, segment, segments).gather(axis, segment);
        Node e = x.subtract(largest).exp();
        return e.divide(e.scatterAdd(axis, segment, segments).gather(axis, segment));
    }

    /** The largest of each window of {@code window} positions, one every {@code stride}; windows lie within the axis. */
    public static Node maxPool(Node x, int axis, int window, int stride) {
        int along = Shapes.axis(axis, x.dims());
        int length = x.dims()[along];
        if (window < 1 || stride < 1 || window > length) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    "windows of " + window + " every " + stride + " do not fit axis " + along + " of an array of shape "
                            + Shapes.text(x.dims()));
        }
        int count = (length - window) / stride + 1;
        // One slice for each position in the window: elementwise maxima fuse, a gather of overlapping windows would
        // not.
        Node largest = null;
        for (int w = 0; w < window; w++) {
            Node slice = x.slice(along, w, w + (count - 1) * stride + 1, stride);
            largest = largest == null ? slice : largest.maximum(slice);
        }
        return largest;
    }

    /**
     * Divisive normalization {@code x^n / (sigma^n + Σ x^n)} along an axis (Carandini and Heeger, "Normalization as a
     * canonical neural computation", Nature Reviews Neuroscience 13, 2012), of rectified {@code x}.
     *
     * @param sigma semi-saturation, positive; a node that repeats to the shape of {@code x} without the axis, or a number
     */
    public static Node divisiveNormalization(Node x, int axis, Node sigma, double exponent) {
        Node driven = x.relu();
        Node powered = exponent == 1 ? driven : exponent == 2 ? driven.square() : driven.power(exponent);
        Node half = exponent == 1 ? sigma : exponent == 2 ? sigma.square() : sigma.power(exponent);
        return powered.divide(kept(powered.sum(axis).add(half), x, axis));
    }

    /** {@code x²/2} within {@code delta} of 0, beyond it {@code delta (|x| - delta/2)} (Huber 1964). */
    public static Node huber(Node x, double delta) {
        Node size = x.abs();
        Node inner = size.minimum(delta);
        // inner²/2 + delta (|x| - inner): one formula without a branch, smooth to first order.
        return inner.square().multiply(0.5).add(size.subtract(inner).multiply(delta));
    }
}
