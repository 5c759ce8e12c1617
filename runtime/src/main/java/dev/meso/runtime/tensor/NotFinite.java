package dev.meso.runtime.tensor;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The first node, in the order of computation, that computes a NaN or an infinite number from finite ones.
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

    /** @param leaves inputs and parameters by name; one that has no effect may be missing */
    static Optional<NotFinite> find(List<Node> outputs, Map<String, double[]> leaves) {
        List<Node> nodes = Graph.reachable(outputs);
        Map<String, double[]> all = new HashMap<>(leaves);
        for (Node node : nodes) {
            if (node.op() instanceof Op.Input || node.op() instanceof Op.Parameter) {
                all.computeIfAbsent(node.label(), k -> new double[node.size()]);
            }
        }
        PlainEvaluator evaluator = new PlainEvaluator(all);
        int[] where = new int[nodes.getLast().id() + 1];
        for (Node node : nodes) {
            where[node.id()] = first(evaluator.evaluate(node));
        }
        // Only what an output's number was computed from: an infinite number that a mask throws away does no harm.
        boolean[] guilty = new boolean[where.length];
        outputs.forEach(node -> guilty[node.id()] = where[node.id()] >= 0);
        Node found = null;
        for (Node node : nodes.reversed()) {
            if (guilty[node.id()]) {
                found = node.inputs().stream().noneMatch(i -> where[i.id()] >= 0) ? node : found;
                node.inputs().forEach(i -> guilty[i.id()] |= where[i.id()] >= 0);
            }
        }
        if (found == null) {
            return Optional.empty();
        }
        int at = where[found.id()];
        return Optional.of(
                new NotFinite(found, position(at, found.dims()), evaluator.evaluate(found)[at]));
    }

    private static int first(double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                return i;
            }
        }
        return -1;
    }

    private static int[] position(int i, int[] shape) {
        int[] position = new int[shape.length];
        for (int d = shape.length - 1; d >= 0; d--) {
            position[d] = i % shape[d];
            i /= shape[d];
        }
        return position;
    }

    @Override
    public String toString() {
        return node.label() + " of shape " + Shapes.text(node.dims()) + " is " + value + " at "
                + Arrays.toString(position);
    }
}
