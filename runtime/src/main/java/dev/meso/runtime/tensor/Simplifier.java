package dev.meso.runtime.tensor;

import dev.meso.runtime.tensor.Op.Axes;
import dev.meso.runtime.tensor.Op.Binary;
import dev.meso.runtime.tensor.Op.Reduction;
import dev.meso.runtime.tensor.Op.Unary;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies what is needed of a graph into a new one in which equal nodes are one, constants are folded, nothing is detached,
 * repeated or reshaped twice, and products that are no matrix products are elementwise ones with a sum.
 */
final class Simplifier {
    /** Constants up to this many numbers are computed in advance. */
    private static final int FOLD = 1 << 20;

    /** How many readings are worth a copy. */
    private static final int OFTEN = 4;

    /** Nodes are equal where they compute the same from the same. */
    private record Key(Op op, List<Node> inputs, Axes shape) {}

    private final boolean optimize;
    private final Graph to = new Graph();
    private final Map<Key, Node> known = new HashMap<>();
    private final Map<Node, Node> copies = new HashMap<>();

    /** @param optimize false keeps every node, only in the forms that can be run */
    Simplifier(Iterable<Node> outputs, boolean optimize) {
        this.optimize = optimize;
        for (Node node : Graph.reachable(outputs)) {
            to.origin(node.origin());
            Node[] inputs = node.inputs().stream().map(copies::get).toArray(Node[]::new);
            copies.put(node, make(node.op(), node.dims(), inputs));
        }
    }

    /** What {@code node} of the old graph has become; contiguous in memory. */
    Node output(Node node) {
        return contiguous(copies.get(node));
    }

    private Node constant(double value, int[] shape) {
        return share(new Op.Constant(new double[] {value}), shape);
    }

    /** A node without any simplification, unless there is the same. */
    private Node share(Op op, int[] shape, Node... inputs) {
        if (!optimize) {
            return to.add(op, shape, inputs);
        }
        return known.computeIfAbsent(new Key(op, List.of(inputs), new Axes(shape)), k -> to.add(op, shape, inputs));
    }

    /** The number that {@code node} is everywhere, or null. */
    private static Double uniform(Node node) {
        return node.op() instanceof Op.Constant c && c.uniform() ? Double.valueOf(c.values()[0]) : null;
    }

    private static boolean is(Node node, double value) {
        Double known = uniform(node);
        return known != null && known == value;
    }

    private Node make(Op op, int[] shape, Node... inputs) {
        Node folded = optimize ? fold(op, shape, inputs) : null;
        if (folded != null) {
            return folded;
        }
        if (!optimize && op instanceof Op.Elementwise) {
            return share(op, shape, inputs);
        }
        return switch (op) {
            case Op.Detach d -> inputs[0];
            case Unary f -> unary(f, shape, inputs[0]);
            case Binary f -> binary(f, shape, inputs[0], inputs[1]);
            case Op.Select s -> share(s, shape, bare(inputs[0]), bare(inputs[1]), bare(inputs[2]));
            case Op.Broadcast b -> repeat(inputs[0], shape);
            case Op.Reshape r -> reshape(inputs[0], shape);
            case Op.Transpose t -> transpose(t, shape, inputs[0]);
            case Op.Slice s ->
                s.from() == 0 && shape[s.axis()] == inputs[0].dims()[s.axis()] ? inputs[0] : share(op, shape, inputs);
            case Op.Contract c -> contract(c, shape, inputs[0], inputs[1]);
            case Op.Gather g -> share(g, shape, contiguous(inputs[0]));
            case Op.Scatter s -> share(s, shape, contiguous(inputs[0]));
            case Op.SparseProduct p -> share(p, shape, contiguous(inputs[0]), contiguous(inputs[1]));
            case Op.SparseOuter p -> share(p, shape, contiguous(inputs[0]), contiguous(inputs[1]));
            default -> share(op, shape, inputs);
        };
    }

    private Node fold(Op op, int[] shape, Node[] inputs) {
        if (inputs.length == 0 || Arrays.stream(inputs).anyMatch(i -> !(i.op() instanceof Op.Constant))) {
            return null;
        }
        boolean same = Arrays.stream(inputs).allMatch(i -> uniform(i) != null);
        if (same && op instanceof Op.Elementwise) {
            double[] x = new double[3];
            for (int i = 0; i < inputs.length; i++) {
                x[i] = uniform(inputs[i]);
            }
            return constant(PlainEvaluator.apply(op, x[0], x[1], x[2]), shape);
        }
        if (same
                && (op instanceof Op.Broadcast
                        || op instanceof Op.Reshape
                        || op instanceof Op.Transpose
                        || op instanceof Op.Slice
                        || op instanceof Op.Gather)) {
            return constant(uniform(inputs[0]), shape);
        }
        long work = Shapes.size(shape);
        for (Node input : inputs) {
            work += input.size();
        }
        if (work > FOLD || op instanceof Op.Contract) {
            return null;
        }
        double[] values = new PlainEvaluator(Map.of()).evaluate(to.add(op, shape, inputs));
        return share(new Op.Constant(values), shape);
    }

    /** An elementwise operation repeats its inputs itself. */
    private static Node bare(Node node) {
        return node.op() == Op.Broadcast.BROADCAST ? node.input(0) : node;
    }

    private Node repeat(Node x, int[] shape) {
        Node from = bare(x);
        return Arrays.equals(from.dims(), shape) ? from : share(Op.Broadcast.BROADCAST, shape, from);
    }

    private Node unary(Unary f, int[] shape, Node x) {
        if (x.op() == Op.Broadcast.BROADCAST) {
            return repeat(make(f, x.input(0).dims(), x.input(0)), shape);
        }
        if (f == Unary.NEGATE && x.op() == Unary.NEGATE) {
            return x.input(0);
        }
        return share(f, shape, x);
    }

    private Node binary(Binary f, int[] shape, Node left, Node right) {
        Node a = bare(left);
        Node b = bare(right);
        switch (f) {
            case ADD -> {
                if (is(a, 0)) {
                    return repeat(b, shape);
                }
                if (is(b, 0)) {
                    return repeat(a, shape);
                }
                if (b.op() == Unary.NEGATE) {
                    return binary(Binary.SUBTRACT, shape, a, b.input(0));
                }
            }
            case SUBTRACT -> {
                if (is(b, 0)) {
                    return repeat(a, shape);
                }
                if (b.op() == Unary.NEGATE) {
                    return binary(Binary.ADD, shape, a, b.input(0));
                }
            }
            case MULTIPLY -> {
                if (is(a, 1)) {
                    return repeat(b, shape);
                }
                if (is(b, 1)) {
                    return repeat(a, shape);
                }
                if (a == b) {
                    return repeat(make(Unary.SQUARE, a.dims(), a), shape);
                }
                // x · c · d = x · (c · d)
                if (uniform(b) != null && a.op() == Binary.MULTIPLY && uniform(a.input(1)) != null) {
                    return binary(f, shape, a.input(0), constant(uniform(b) * uniform(a.input(1)), Shapes.SCALAR));
                }
                if (uniform(a) != null) {
                    return share(f, shape, b, constant(uniform(a), Shapes.SCALAR));
                }
            }
            case DIVIDE -> {
                if (is(b, 1)) {
                    return repeat(a, shape);
                }
            }
            case POWER -> {
                if (is(b, 1)) {
                    return repeat(a, shape);
                }
                if (is(b, 2)) {
                    return repeat(make(Unary.SQUARE, a.dims(), a), shape);
                }
                if (is(b, 0.5)) {
                    return repeat(make(Unary.SQRT, a.dims(), a), shape);
                }
                if (is(b, -1)) {
                    return share(Binary.DIVIDE, shape, constant(1, Shapes.SCALAR), a);
                }
            }
            default -> {}
        }
        Double c = uniform(b);
        return share(f, shape, settled(a, shape), c == null ? settled(b, shape) : constant(c, Shapes.SCALAR));
    }

    private Node reshape(Node x, int[] shape) {
        Node from = x.op() == Op.Reshape.RESHAPE ? x.input(0) : x;
        if (Arrays.equals(from.dims(), shape)) {
            return from;
        }
        Node reshaped = share(Op.Reshape.RESHAPE, shape, from);
        return Layout.of(reshaped) == null ? share(Op.Reshape.RESHAPE, shape, contiguous(from)) : reshaped;
    }

    /** The node, or a copy of it whose numbers lie one after the other. */
    private Node contiguous(Node x) {
        return Layout.of(x).contiguous(x.dims()) ? x : share(Op.Detach.DETACH, x.dims(), x);
    }

    /** An operand that is read many times over, number by number with gaps between them, is copied into order once. */
    private Node settled(Node x, int[] shape) {
        int last = x.rank() - 1;
        boolean gaps = last >= 0 && x.dims()[last] > 1 && Layout.of(x).strides()[last] > 1;
        return gaps && Shapes.size(shape) >= OFTEN * x.size() ? contiguous(x) : x;
    }

    private Node transpose(Op.Transpose t, int[] shape, Node x) {
        int[] order = t.order().of();
        if (x.op() instanceof Op.Transpose before) {
            order = Arrays.stream(order).map(d -> before.order().of()[d]).toArray();
            return transpose(new Op.Transpose(new Axes(order)), shape, x.input(0));
        }
        boolean unchanged = true;
        for (int d = 0; d < order.length; d++) {
            unchanged &= order[d] == d;
        }
        return unchanged ? x : share(new Op.Transpose(new Axes(order)), shape, x);
    }

    /** A product in which one side has no axis of its own is elementwise, then a sum. */
    private Node contract(Op.Contract c, int[] shape, Node a, Node b) {
        int[] first = c.first().of();
        int[] second = c.second().of();
        int[] result = c.result().of();
        int rows = own(first, second, a);
        int columns = own(second, first, b);
        if (a.size() == 0 || b.size() == 0) {
            return constant(0, shape);
        }
        if (rows > 1 && columns > 1) {
            return share(c, shape, a, b);
        }
        // Axes of the product: those of the result, then those summed.
        int[] summed = Arrays.stream(first)
                .filter(l -> !Contraction.contains(result, l))
                .toArray();
        int[] all = Arrays.copyOf(result, result.length + summed.length);
        System.arraycopy(summed, 0, all, result.length, summed.length);
        int[] whole = Arrays.copyOf(shape, all.length);
        for (int d = 0; d < summed.length; d++) {
            whole[result.length + d] = a.dims()[Contraction.position(first, summed[d])];
        }
        Node product = make(Binary.MULTIPLY, whole, aligned(a, first, all), aligned(b, second, all));
        if (summed.length == 0) {
            return product;
        }
        int[] over = new int[summed.length];
        Arrays.setAll(over, d -> result.length + d);
        return make(new Op.Reduce(Reduction.SUM, new Axes(over)), shape, product);
    }

    private static int own(int[] labels, int[] other, Node node) {
        int size = 1;
        for (int d = 0; d < labels.length; d++) {
            if (!Contraction.contains(other, labels[d])) {
                size *= node.dims()[d];
            }
        }
        return size;
    }

    /** With an axis for each of {@code all} labels, of length 1 where it has none. */
    private Node aligned(Node node, int[] labels, int[] all) {
        int[] order = Arrays.stream(all)
                .filter(l -> Contraction.contains(labels, l))
                .map(l -> Contraction.position(labels, l))
                .toArray();
        int[] shape = Arrays.stream(order).map(d -> node.dims()[d]).toArray();
        Node turned = make(new Op.Transpose(new Axes(order)), shape, node);
        int[] wide = new int[all.length];
        for (int d = 0, next = 0; d < all.length; d++) {
            wide[d] = Contraction.contains(labels, all[d]) ? shape[next++] : 1;
        }
        return make(Op.Reshape.RESHAPE, wide, turned);
    }
}
