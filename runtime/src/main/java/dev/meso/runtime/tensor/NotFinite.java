package dev.meso.runtime.tensor;

import java.util.Arrays;

/**
 * The first node, in the order of computation, that has a NaN or an infinite number although its inputs have none.
 *
 * @param node which computed it
 * @param position where in its array
 * @param value NaN or infinite
 */
public record NotFinite(Node node, int[] position, double value) {
    /** What the node carries as its origin, or null. */
    public Object origin() {
        return node.origin();
    }

    @Override
    public String toString() {
        return node.label() + " of shape " + Shapes.text(node.dims()) + " is " + value + " at "
                + Arrays.toString(position);
    }
}
