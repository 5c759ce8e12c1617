package dev.meso.runtime.tensor;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.tensor.Op.Binary;
import dev.meso.runtime.tensor.Op.Reduction;
import dev.meso.runtime.tensor.Op.Unary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reverse-mode differentiation from graph to graph: the gradients are nodes, so the compiler sees forward and backward
 * alike, and they can be differentiated again. Exact except at kinks, where each operation documents what it takes.
 */
public final class Gradients {
    /** Adjoint by node, null where nothing has arrived. */
    private final Node[] adjoint;

    private final boolean[] onPath;

    private Gradients(int nodes) {
        adjoint = new Node[nodes];
        onPath = new boolean[nodes];
    }

    /**
     * The derivative of {@code loss} (one number) by each of {@code parameters}, in their order and shapes; zeros for those
     * it does not depend on.
     *
     * @throws MesoException if the loss is not one number
     */
    public static List<Node> of(Node loss, List<Node> parameters) {
        if (loss.size() != 1) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH,
                    "only one number can be minimized, not an array of shape " + Shapes.text(loss.dims()),
                    "take its `sum` or `mean`");
        }
        Graph graph = loss.graph();
        Gradients work = new Gradients(graph.size());
        List<Node> order = Graph.reachable(List.of(loss));
        for (Node parameter : parameters) {
            work.onPath[parameter.id()] = true;
        }
        for (Node node : order) {
            for (Node input : node.inputs()) {
                work.onPath[node.id()] |= work.onPath[input.id()] && node.op() != Op.Detach.DETACH;
            }
        }
        Object origin = graph.origin(null);
        work.adjoint[loss.id()] = graph.full(1, loss.dims());
        for (Node node : order.reversed()) {
            if (work.adjoint[node.id()] != null && work.onPath[node.id()]) {
                graph.origin(node.origin());
                work.passBack(node, work.adjoint[node.id()]);
            }
        }
        graph.origin(origin);
        List<Node> result = new ArrayList<>();
        for (Node parameter : parameters) {
            Node found = work.adjoint[parameter.id()];
            result.add(found == null ? graph.full(0, parameter.dims()) : found);
        }
        return result;
    }

    /** Whether a change of {@code parameter} can change {@code loss} by its gradient. */
    public static boolean reaches(Node loss, Node parameter) {
        boolean[] reached = new boolean[loss.graph().size()];
        reached[parameter.id()] = true;
        for (Node node : Graph.reachable(List.of(loss))) {
            if (flat(node.op())) {
                continue;
            }
            for (int i = 0; i < node.inputs().size(); i++) {
                reached[node.id()] |= reached[node.input(i).id()] && !(node.op() instanceof Op.Select && i == 0);
            }
        }
        return reached[loss.id()];
    }

    /** Operations whose derivative is 0 wherever it exists. */
    private static boolean flat(Op op) {
        return op == Op.Detach.DETACH
                || op == Unary.SIGN
                || op == Unary.STEP
                || op == Binary.GREATER
                || op == Binary.GREATER_EQUAL
                || op == Binary.EQUAL;
    }

    private void give(Node node, Node gradient) {
        if (onPath[node.id()]) {
            Node arrived = adjoint[node.id()];
            adjoint[node.id()] = arrived == null ? gradient : arrived.add(gradient);
        }
    }

    /** For an input that was repeated: sums over what it was repeated along. */
    private void giveSummed(Node node, Node gradient) {
        if (onPath[node.id()]) {
            give(node, sumTo(gradient, node.dims()));
        }
    }

    private static Node sumTo(Node gradient, int[] shape) {
        int[] from = gradient.dims();
        int shift = from.length - shape.length;
        int[] over = java.util.stream.IntStream.range(0, from.length)
                .filter(d -> d < shift || (shape[d - shift] == 1 && from[d] != 1))
                .toArray();
        return (over.length == 0 ? gradient : gradient.sum(over)).reshape(shape);
    }

    private void passBack(Node y, Node g) {
        switch (y.op()) {
            case Op.Leaf leaf -> {}
            case Op.Detach detach -> {}
            case Unary f -> unary(f, y, y.input(0), g);
            case Binary f -> binary(f, y, y.input(0), y.input(1), g);
            case Op.Select select -> {
                Node zero = y.graph().constant(0);
                giveSummed(y.input(1), y.input(0).where(g, zero));
                giveSummed(y.input(2), y.input(0).where(zero, g));
            }
            case Op.Broadcast broadcast -> giveSummed(y.input(0), g);
            case Op.Reduce reduce -> reduce(reduce, y, y.input(0), g);
            case Op.Reshape reshape -> give(y.input(0), g.reshape(y.input(0).dims()));
            case Op.Transpose transpose -> {
                int[] order = transpose.order().of();
                int[] inverse = new int[order.length];
                for (int d = 0; d < order.length; d++) {
                    inverse[order[d]] = d;
                }
                give(y.input(0), g.transpose(inverse));
            }
            case Op.Slice slice ->
                give(
                        y.input(0),
                        g.place(
                                slice.axis(),
                                slice.from(),
                                slice.step(),
                                y.input(0).dims()[slice.axis()]));
            case Op.Place place -> {
                int length = y.input(0).dims()[place.axis()];
                int to = length == 0 ? place.from() : place.from() + (length - 1) * place.step() + 1;
                give(y.input(0), g.slice(place.axis(), place.from(), to, place.step()));
            }
            case Op.Concat concat -> {
                int from = 0;
                for (Node part : y.inputs()) {
                    int to = from + part.dims()[concat.axis()];
                    if (onPath[part.id()]) {
                        give(part, g.slice(concat.axis(), from, to));
                    }
                    from = to;
                }
            }
            case Op.Gather gather ->
                give(
                        y.input(0),
                        g.scatterAdd(
                                gather.axis(), gather.index().values, y.input(0).dims()[gather.axis()]));
            case Op.Scatter scatter -> scatter(scatter, y, y.input(0), g);
            case Op.Contract c -> contract(c, y, g);
            case Op.SparseProduct product -> {
                SparsePattern pattern = product.pattern();
                if (onPath[y.input(0).id()]) {
                    give(
                            y.input(0),
                            y.graph().add(new Op.SparseOuter(pattern), new int[] {pattern.size()}, g, y.input(1)));
                }
                if (onPath[y.input(1).id()]) {
                    give(y.input(1), y.input(0).sparseProduct(pattern.transposed(), g));
                }
            }
            case Op.SparseOuter outer -> {
                if (onPath[y.input(0).id()]) {
                    give(y.input(0), g.sparseProduct(outer.pattern(), y.input(1)));
                }
                if (onPath[y.input(1).id()]) {
                    give(y.input(1), g.sparseProduct(outer.pattern().transposed(), y.input(0)));
                }
            }
        }
    }

    private void unary(Unary f, Node y, Node x, Node g) {
        switch (f) {
            case NEGATE -> give(x, g.negate());
            case ABS -> give(x, g.multiply(x.sign()));
            case SIGN, STEP -> {}
            case EXP -> give(x, g.multiply(y));
            case LOG -> give(x, g.divide(x));
            case SQRT -> give(x, g.multiply(0.5).divide(y));
            case SQUARE -> give(x, g.multiply(x).multiply(2));
            case TANH -> give(x, g.multiply(y.graph().constant(1).subtract(y.square())));
            case LOGISTIC -> give(x, g.multiply(y.multiply(y.graph().constant(1).subtract(y))));
            // The sign of the result, which is kept anyway, rather than of the input.
            case RELU -> give(x, g.multiply(y.graph().add(Unary.STEP, y.dims(), y)));
            case SOFTPLUS -> give(x, g.multiply(x.logistic()));
        }
    }

    private void binary(Binary f, Node y, Node a, Node b, Node g) {
        boolean first = onPath[a.id()];
        boolean second = onPath[b.id()];
        switch (f) {
            case ADD -> {
                giveSummed(a, g);
                giveSummed(b, g);
            }
            case SUBTRACT -> {
                giveSummed(a, g);
                if (second) {
                    give(b, sumTo(g, b.dims()).negate());
                }
            }
            case MULTIPLY -> {
                if (first) {
                    giveSummed(a, g.multiply(b));
                }
                if (second) {
                    giveSummed(b, g.multiply(a));
                }
            }
            case DIVIDE -> {
                if (first) {
                    giveSummed(a, g.divide(b));
                }
                if (second) {
                    giveSummed(b, g.multiply(y).divide(b).negate());
                }
            }
            case POWER -> {
                if (first) {
                    giveSummed(a, g.multiply(b).multiply(a.power(b.subtract(1))));
                }
                if (second) {
                    Node zero = y.graph().constant(0);
                    giveSummed(b, a.greater(zero).where(g.multiply(y).multiply(a.log()), zero));
                }
            }
            // Where both are equal, all goes to the first.
            case MAXIMUM -> {
                if (first) {
                    giveSummed(a, g.masked(a.greaterEqual(b)));
                }
                if (second) {
                    giveSummed(b, g.masked(b.greater(a)));
                }
            }
            case MINIMUM -> {
                if (first) {
                    giveSummed(a, g.masked(b.greaterEqual(a)));
                }
                if (second) {
                    giveSummed(b, g.masked(a.greater(b)));
                }
            }
            case GREATER, GREATER_EQUAL, EQUAL -> {}
        }
    }

    private void reduce(Op.Reduce reduce, Node y, Node x, Node g) {
        int[] kept = x.shape();
        for (int axis : reduce.axes().of()) {
            kept[axis] = 1;
        }
        if (reduce.reduction() == Reduction.SUM) {
            give(x, g.reshape(kept).broadcast(x.dims()));
        } else {
            Node largest = x.equal(y.reshape(kept));
            Node share = g.divide(largest.sum(reduce.axes().of())).reshape(kept);
            give(x, largest.multiply(share));
        }
    }

    private void scatter(Op.Scatter scatter, Node y, Node x, Node g) {
        int axis = scatter.axis();
        int[] index = scatter.index().values;
        if (scatter.reduction() == Reduction.SUM) {
            give(x, g.gather(axis, index));
        } else {
            Node largest = x.equal(y.gather(axis, index));
            Node count = largest.scatterAdd(axis, index, y.dims()[axis]);
            give(x, largest.multiply(g.divide(count.maximum(1)).gather(axis, index)));
        }
    }

    private void contract(Op.Contract c, Node y, Node g) {
        Node a = y.input(0);
        Node b = y.input(1);
        int[] first = c.first().of();
        int[] second = c.second().of();
        int[] result = c.result().of();
        if (onPath[a.id()]) {
            give(a, Contraction.contract(g, b, result, second, first));
        }
        if (onPath[b.id()]) {
            give(b, Contraction.contract(a, g, first, result, second));
        }
    }

    @Override
    public String toString() {
        return Arrays.stream(adjoint).filter(n -> n != null).count() + " adjoints";
    }
}
