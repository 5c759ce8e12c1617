package dev.meso.runtime.tensor;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.tensor.Op.Axes;
import dev.meso.runtime.tensor.Op.Binary;
import dev.meso.runtime.tensor.Op.Reduction;
import dev.meso.runtime.tensor.Op.Unary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An array to be computed: its shape is known, its numbers are not. Methods add nodes to the same graph. Elementwise
 * operations repeat lengths of 1 as NumPy does. A wrong shape is a {@link MesoException} that names both shapes. Axes
 * count from the end where negative.
 */
public final class Node {
    private final Graph graph;
    private final int id;
    private final Op op;
    private final int[] shape;
    private final List<Node> inputs;
    private final Object origin;

    Node(Graph graph, int id, Op op, int[] shape, List<Node> inputs, Object origin) {
        this.graph = graph;
        this.id = id;
        this.op = op;
        this.shape = shape;
        this.inputs = inputs;
        this.origin = origin;
    }

    public Graph graph() {
        return graph;
    }

    /** Its number in the graph; inputs of a node have smaller numbers. */
    public int id() {
        return id;
    }

    Op op() {
        return op;
    }

    List<Node> inputs() {
        return inputs;
    }

    Node input(int i) {
        return inputs.get(i);
    }

    /** A copy. */
    public int[] shape() {
        return shape.clone();
    }

    /** The shape itself; must not be changed. */
    int[] dims() {
        return shape;
    }

    public int rank() {
        return shape.length;
    }

    public int size() {
        return Shapes.size(shape);
    }

    /** What the graph's origin was when the node was made, or null. */
    public Object origin() {
        return origin;
    }

    /** The name of an input or parameter, otherwise of the operation. */
    public String label() {
        return switch (op) {
            case Op.Input i -> i.label();
            case Op.Parameter p -> p.label();
            default -> op.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        };
    }

    @Override
    public String toString() {
        return label() + " " + Arrays.toString(shape);
    }

    // --- element by element -----------------------------------------------------------------------------------------

    private Node unary(Unary function) {
        return graph.add(function, shape, this);
    }

    private Node binary(Binary function, Node other) {
        String name = function.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        return graph.add(function, Shapes.broadcast(shape, other.shape, name), this, other);
    }

    public Node negate() {
        return unary(Unary.NEGATE);
    }

    public Node abs() {
        return unary(Unary.ABS);
    }

    /** -1, 0 or 1; gradients do not pass. */
    public Node sign() {
        return unary(Unary.SIGN);
    }

    public Node exp() {
        return unary(Unary.EXP);
    }

    public Node log() {
        return unary(Unary.LOG);
    }

    public Node sqrt() {
        return unary(Unary.SQRT);
    }

    public Node square() {
        return unary(Unary.SQUARE);
    }

    public Node tanh() {
        return unary(Unary.TANH);
    }

    /** {@code 1 / (1 + exp(-x))}. */
    public Node logistic() {
        return unary(Unary.LOGISTIC);
    }

    /** {@code max(0, x)}; its gradient at 0 is 0. */
    public Node relu() {
        return unary(Unary.RELU);
    }

    /** Half-wave rectification: the same as {@link #relu}. */
    public Node halfWave() {
        return relu();
    }

    /** {@code log(1 + exp(x))}. */
    public Node softplus() {
        return unary(Unary.SOFTPLUS);
    }

    public Node add(Node other) {
        return binary(Binary.ADD, other);
    }

    public Node add(double other) {
        return add(graph.constant(other));
    }

    public Node subtract(Node other) {
        return binary(Binary.SUBTRACT, other);
    }

    public Node subtract(double other) {
        return subtract(graph.constant(other));
    }

    public Node multiply(Node other) {
        return binary(Binary.MULTIPLY, other);
    }

    public Node multiply(double other) {
        return multiply(graph.constant(other));
    }

    public Node divide(Node other) {
        return binary(Binary.DIVIDE, other);
    }

    public Node divide(double other) {
        return divide(graph.constant(other));
    }

    /** NaN for a negative base and a power that is not whole. */
    public Node power(Node exponent) {
        return binary(Binary.POWER, exponent);
    }

    public Node power(double exponent) {
        return power(graph.constant(exponent));
    }

    public Node maximum(Node other) {
        return binary(Binary.MAXIMUM, other);
    }

    public Node maximum(double other) {
        return maximum(graph.constant(other));
    }

    public Node minimum(Node other) {
        return binary(Binary.MINIMUM, other);
    }

    public Node minimum(double other) {
        return minimum(graph.constant(other));
    }

    /** No smaller than {@code low} and no larger than {@code high}. */
    public Node clip(double low, double high) {
        return maximum(low).minimum(high);
    }

    /** 1 where this is greater, otherwise 0; gradients do not pass any comparison. */
    public Node greater(Node other) {
        return binary(Binary.GREATER, other);
    }

    public Node greaterEqual(Node other) {
        return binary(Binary.GREATER_EQUAL, other);
    }

    public Node less(Node other) {
        return other.greater(this);
    }

    public Node lessEqual(Node other) {
        return other.greaterEqual(this);
    }

    /** 1 where both are the same number, otherwise 0. */
    public Node equal(Node other) {
        return binary(Binary.EQUAL, other);
    }

    /** {@code yes} where this is not 0, {@code no} elsewhere; a NaN in what is not chosen does no harm, also to gradients. */
    public Node where(Node yes, Node no) {
        int[] both = Shapes.broadcast(shape, Shapes.broadcast(yes.shape, no.shape, "where"), "where");
        return graph.add(Op.Select.SELECT, both, this, yes, no);
    }

    /** This where {@code mask} is not 0, elsewhere 0. */
    public Node masked(Node mask) {
        return mask.where(this, graph.constant(0));
    }

    /** The same numbers, taken as known: gradients do not pass. */
    public Node detach() {
        return graph.add(Op.Detach.DETACH, shape, this);
    }

    // --- over axes
    // ----------------------------------------------------------------------------------------------------

    /** Over the given axes, which disappear; over all if none is given. */
    public Node sum(int... axes) {
        return reduce(Reduction.SUM, axes);
    }

    public Node mean(int... axes) {
        Node sum = sum(axes);
        return sum.multiply((double) sum.size() / size());
    }

    /** Where several are largest, they share the gradient. */
    public Node max(int... axes) {
        return reduce(Reduction.MAX, axes);
    }

    public Node min(int... axes) {
        return negate().max(axes).negate();
    }

    private Node reduce(Reduction reduction, int[] axes) {
        int[] over = Shapes.axes(axes, shape);
        if (over.length == 0) {
            return this;
        }
        if (size() == 0 && reduction == Reduction.MAX) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH, "an array of shape " + Shapes.text(shape) + " has no largest element");
        }
        return graph.add(new Op.Reduce(reduction, new Axes(over)), Shapes.without(shape, over), this);
    }

    /** With axes of length 1 at the given positions of the result: what a reduction took away. */
    public Node expand(int... axes) {
        int rank = shape.length + axes.length;
        int[] wider = new int[rank];
        int[] at = Arrays.stream(axes).map(a -> a < 0 ? a + rank : a).sorted().toArray();
        int next = 0;
        for (int d = 0; d < rank; d++) {
            wider[d] = Arrays.binarySearch(at, d) >= 0 ? 1 : next < shape.length ? shape[next++] : -1;
        }
        return reshape(wider);
    }

    // --- form
    // ---------------------------------------------------------------------------------------------------------

    /** Repeated to a larger shape. */
    public Node broadcast(int... to) {
        if (Arrays.equals(shape, to)) {
            return this;
        }
        if (!Arrays.equals(Shapes.broadcast(shape, to, "broadcast"), to)) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH,
                    "an array of shape " + Shapes.text(shape) + " cannot be repeated to shape " + Shapes.text(to));
        }
        return graph.add(Op.Broadcast.BROADCAST, to.clone(), this);
    }

    /** The same numbers in the same order; one length may be -1 and is found. */
    public Node reshape(int... to) {
        int[] found = to.clone();
        int open = -1;
        long known = 1;
        for (int d = 0; d < to.length; d++) {
            if (to[d] == -1 && open < 0) {
                open = d;
            } else {
                known *= to[d];
            }
        }
        if (open >= 0 && known > 0 && size() % known == 0) {
            found[open] = (int) (size() / known);
            known = size();
        }
        if (known != size() || Arrays.stream(found).anyMatch(n -> n < 0)) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH,
                    "an array of shape " + Shapes.text(shape) + " cannot be read as one of shape " + Shapes.text(to));
        }
        return Arrays.equals(found, shape) ? this : graph.add(Op.Reshape.RESHAPE, found, this);
    }

    /** Axis d of the result is axis {@code order[d]}; without an order the last two axes are exchanged. */
    public Node transpose(int... order) {
        int[] by = order.clone();
        if (order.length == 0) {
            Shapes.axis(1, shape);
            by = new int[shape.length];
            Arrays.setAll(by, d -> d);
            by[shape.length - 1] = shape.length - 2;
            by[shape.length - 2] = shape.length - 1;
        }
        int[] sorted = Arrays.stream(by).map(a -> Shapes.axis(a, shape)).toArray();
        if (Shapes.axes(sorted, shape).length != shape.length) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH,
                    "the order " + Arrays.toString(order) + " does not name each axis of shape " + Shapes.text(shape));
        }
        return graph.add(
                new Op.Transpose(new Axes(sorted)),
                Arrays.stream(sorted).map(d -> shape[d]).toArray(),
                this);
    }

    /** Positions {@code from .. to-1} of an axis. */
    public Node slice(int axis, int from, int to) {
        return slice(axis, from, to, 1);
    }

    /** Positions {@code from, from + step, …} below {@code to} of an axis. */
    public Node slice(int axis, int from, int to, int step) {
        int along = Shapes.axis(axis, shape);
        if (from < 0 || from > to || to > shape[along] || step < 1) {
            throw new MesoException(
                    ErrorCode.OUT_OF_RANGE,
                    "positions " + from + " to " + to + " in steps of " + step + " of axis " + along
                            + " are not within an array of shape " + Shapes.text(shape));
        }
        return graph.add(
                new Op.Slice(along, from, step), Shapes.with(shape, along, (to - from + step - 1) / step), this);
    }

    /** One position of an axis, which disappears. */
    public Node at(int axis, int position) {
        int along = Shapes.axis(axis, shape);
        return slice(along, position, position + 1).reshape(Shapes.without(shape, new int[] {along}));
    }

    /** Zeros, with this at positions {@code from, from + step, …} of an axis of {@code length}. */
    public Node place(int axis, int from, int step, int length) {
        int along = Shapes.axis(axis, shape);
        if (from < 0 || step < 1 || (shape[along] > 0 && from + (shape[along] - 1L) * step >= length)) {
            throw new MesoException(
                    ErrorCode.OUT_OF_RANGE,
                    "an array of shape " + Shapes.text(shape) + " does not fit from position " + from + " on into "
                            + length + " positions of axis " + along);
        }
        return graph.add(new Op.Place(along, from, step), Shapes.with(shape, along, length), this);
    }

    /** One after the other along an axis; the other lengths must be equal. */
    public static Node concat(int axis, List<Node> parts) {
        Node first = parts.getFirst();
        int along = Shapes.axis(axis, first.shape);
        int length = 0;
        for (Node part : parts) {
            if (part.rank() != first.rank()
                    || !Arrays.equals(Shapes.with(part.shape, along, 0), Shapes.with(first.shape, along, 0))) {
                throw new MesoException(
                        ErrorCode.WRONG_LENGTH,
                        "arrays of shape " + Shapes.text(first.shape) + " and " + Shapes.text(part.shape)
                                + " cannot be joined along axis " + along,
                        "all lengths but that one must be equal");
            }
            length = Math.addExact(length, part.shape[along]);
        }
        if (parts.size() == 1) {
            return first;
        }
        return first.graph.add(
                new Op.Concat(along), Shapes.with(first.shape, along, length), parts.toArray(Node[]::new));
    }

    /** Equal shapes put side by side along a new axis. */
    public static Node stack(int axis, List<Node> parts) {
        List<Node> expanded = new ArrayList<>();
        for (Node part : parts) {
            expanded.add(part.expand(axis));
        }
        return concat(axis, expanded);
    }

    // --- by index
    // -----------------------------------------------------------------------------------------------------

    /** Position i of the axis is position {@code index[i]} of this one's. */
    public Node gather(int axis, int... index) {
        int along = Shapes.axis(axis, shape);
        Index by = new Index(index);
        checkIndex(by, shape[along], along);
        return graph.add(new Op.Gather(along, by), Shapes.with(shape, along, index.length), this);
    }

    /** Position {@code index[i]} of an axis of length {@code size} is the sum of this one's positions i that name it. */
    public Node scatterAdd(int axis, int[] index, int size) {
        return scatter(axis, index, size, Reduction.SUM);
    }

    /** The largest of those that name a position; -infinity where none does. */
    public Node scatterMax(int axis, int[] index, int size) {
        return scatter(axis, index, size, Reduction.MAX);
    }

    private Node scatter(int axis, int[] index, int size, Reduction reduction) {
        int along = Shapes.axis(axis, shape);
        if (index.length != shape[along]) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH,
                    index.length + " indexes do not match axis " + along + " of an array of shape "
                            + Shapes.text(shape));
        }
        Index by = new Index(index);
        checkIndex(by, size, along);
        return graph.add(new Op.Scatter(along, by, reduction), Shapes.with(shape, along, size), this);
    }

    private static void checkIndex(Index index, int bound, int axis) {
        int outside = index.firstOutside(bound);
        if (outside >= 0) {
            throw new MesoException(
                    ErrorCode.OUT_OF_RANGE,
                    "index " + index.values[outside] + " is outside the " + bound + " positions of axis " + axis);
        }
    }

    // --- products
    // -----------------------------------------------------------------------------------------------------

    /** Matrix product over the last two axes; leading axes are repeated as NumPy does. A vector must be given an axis. */
    public Node matmul(Node other) {
        return Contraction.matmul(this, other);
    }

    /**
     * Products summed over shared letters, for example {@code x.contract("tlk,lkh->tlh", w)}: one letter for each axis of
     * this, of {@code other} and of the result. A letter that is only in one of them is summed first.
     */
    public Node contract(String letters, Node other) {
        return Contraction.of(letters, this, other);
    }

    /**
     * A sparse matrix times vectors: this holds the value of each connection of {@code pattern}, {@code x} vectors along
     * its last axis, [.., columns]; the result is [.., rows].
     */
    public Node sparseProduct(SparsePattern pattern, Node x) {
        if (shape.length != 1 || shape[0] != pattern.size()) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH,
                    "values of shape " + Shapes.text(shape) + " were given for a sparse matrix of " + pattern,
                    "one value for each connection is needed: [" + pattern.size() + "]");
        }
        int last = Shapes.axis(-1, x.shape);
        if (x.shape[last] != pattern.columns()) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH,
                    "a sparse matrix of " + pattern + " cannot be multiplied with vectors of shape "
                            + Shapes.text(x.shape));
        }
        return graph.add(new Op.SparseProduct(pattern), Shapes.with(x.shape, last, pattern.rows()), this, x);
    }
}
