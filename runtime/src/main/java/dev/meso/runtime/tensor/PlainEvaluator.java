package dev.meso.runtime.tensor;

import dev.meso.runtime.tensor.Op.Axes;
import dev.meso.runtime.tensor.Op.Reduction;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * What each operation means, one element at a time, in double: the twin of the compiled program, the folder of constants,
 * and the search for the first number that is not finite.
 */
final class PlainEvaluator {
    private final Map<String, double[]> leaves;
    private final Map<Node, double[]> values = new HashMap<>();

    /** @param leaves inputs and parameters by name */
    PlainEvaluator(Map<String, double[]> leaves) {
        this.leaves = leaves;
    }

    double[] evaluate(Node root) {
        for (Node node : Graph.reachable(List.of(root))) {
            values.computeIfAbsent(node, this::compute);
        }
        return values.get(root);
    }

    private double[] in(Node node, int i) {
        return values.get(node.input(i));
    }

    /** Inputs must have been computed. */
    private double[] compute(Node node) {
        return switch (node.op()) {
            case Op.Input input -> leaves.get(input.label());
            case Op.Parameter parameter -> leaves.get(parameter.label());
            case Op.Constant c -> {
                double[] filled = c.values();
                if (c.uniform()) {
                    filled = new double[node.size()];
                    Arrays.fill(filled, c.values()[0]);
                }
                yield filled;
            }
            case Op.Elementwise f -> elementwise(node, f);
            case Op.Detach d -> in(node, 0);
            case Op.Reshape r -> in(node, 0);
            case Op.Broadcast b -> elementwise(node, b);
            case Op.Reduce r -> reduce(node, r);
            case Op.Transpose t -> {
                int[] from = Shapes.strides(node.input(0).dims());
                int[] strides = Arrays.stream(t.order().of()).map(d -> from[d]).toArray();
                double[] x = in(node, 0);
                double[] y = new double[node.size()];
                for (int i = 0; i < y.length; i++) {
                    y[i] = x[offset(i, node.dims(), strides)];
                }
                yield y;
            }
            case Op.Slice s -> along(node, s.axis(), i -> s.from() + i * s.step());
            case Op.Gather g -> along(node, g.axis(), i -> g.index().values[i]);
            case Op.Place p -> spread(node, 0, p.axis(), i -> p.from() + i * p.step(), Reduction.SUM);
            case Op.Scatter s ->
                spread(
                        node,
                        s.reduction() == Reduction.SUM ? 0 : Double.NEGATIVE_INFINITY,
                        s.axis(),
                        i -> s.index().values[i],
                        s.reduction());
            case Op.Concat c -> {
                int inner = Shapes.product(node.dims(), c.axis() + 1, node.rank());
                int outer = Shapes.product(node.dims(), 0, c.axis());
                double[] y = new double[node.size()];
                int from = 0;
                for (int p = 0; p < node.inputs().size(); p++) {
                    int run = node.input(p).dims()[c.axis()] * inner;
                    for (int o = 0; o < outer; o++) {
                        System.arraycopy(in(node, p), o * run, y, o * (y.length / outer) + from, run);
                    }
                    from += run;
                }
                yield y;
            }
            case Op.Contract c -> contract(node, c);
            case Op.SparseProduct s -> sparseProduct(node, s.pattern());
            case Op.SparseOuter s -> sparseOuter(node, s.pattern());
        };
    }

    /** Where element i of an array of {@code shape} lies under {@code strides}. */
    private static int offset(int i, int[] shape, int[] strides) {
        int offset = 0;
        for (int d = shape.length - 1; d >= 0; d--) {
            offset += i % shape[d] * strides[d];
            i /= shape[d];
        }
        return offset;
    }

    /** Strides of {@code node} within a shape it is repeated to. */
    private static int[] repeated(Node node, int[] to) {
        int[] own = Shapes.strides(node.dims());
        int[] strides = new int[to.length];
        int shift = to.length - own.length;
        for (int d = 0; d < own.length; d++) {
            strides[d + shift] = node.dims()[d] == 1 ? 0 : own[d];
        }
        return strides;
    }

    private double[] elementwise(Node node, Op f) {
        int inputs = node.inputs().size();
        int[][] strides = new int[inputs][];
        for (int k = 0; k < inputs; k++) {
            strides[k] = repeated(node.input(k), node.dims());
        }
        double[] y = new double[node.size()];
        double[] x = new double[3];
        for (int i = 0; i < y.length; i++) {
            for (int k = 0; k < inputs; k++) {
                x[k] = in(node, k)[offset(i, node.dims(), strides[k])];
            }
            y[i] = apply(f, x[0], x[1], x[2]);
        }
        return y;
    }

    static double apply(Op f, double x, double b, double c) {
        return switch (f) {
            case Op.Unary u ->
                switch (u) {
                    case NEGATE -> -x;
                    case ABS -> Math.abs(x);
                    case SIGN -> Math.signum(x);
                    case STEP -> x > 0 ? 1 : 0;
                    case EXP -> Math.exp(x);
                    case LOG -> Math.log(x);
                    case SQRT -> Math.sqrt(x);
                    case SQUARE -> x * x;
                    case TANH -> Math.tanh(x);
                    case LOGISTIC -> {
                        double e = Math.exp(-Math.abs(x));
                        yield (x < 0 ? e : 1) / (1 + e);
                    }
                    case RELU -> Math.max(x, 0);
                    case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
                };
            case Op.Binary u ->
                switch (u) {
                    case ADD -> x + b;
                    case SUBTRACT -> x - b;
                    case MULTIPLY -> x * b;
                    case DIVIDE -> x / b;
                    case POWER -> Math.pow(x, b);
                    case MAXIMUM -> Math.max(x, b);
                    case MINIMUM -> Math.min(x, b);
                    case GREATER -> x > b ? 1 : 0;
                    case GREATER_EQUAL -> x >= b ? 1 : 0;
                    case EQUAL -> x == b ? 1 : 0;
                };
            case Op.Select s -> x != 0 ? b : c;
            case Op.Broadcast s -> x;
            default -> throw new IllegalArgumentException(f.name());
        };
    }

    private double[] reduce(Node node, Op.Reduce r) {
        Node from = node.input(0);
        int[] strides = new int[from.rank()];
        int[] own = Shapes.strides(node.dims());
        int next = 0;
        for (int d = 0; d < strides.length; d++) {
            strides[d] = Arrays.binarySearch(r.axes().of(), d) >= 0 ? 0 : own[next++];
        }
        double[] x = in(node, 0);
        double[] y = new double[node.size()];
        Arrays.fill(y, r.reduction() == Reduction.SUM ? 0 : Double.NEGATIVE_INFINITY);
        for (int i = 0; i < x.length; i++) {
            int o = offset(i, from.dims(), strides);
            y[o] = r.reduction() == Reduction.SUM ? y[o] + x[i] : Math.max(y[o], x[i]);
        }
        return y;
    }

    /** Position i of an axis is position {@code source(i)} of the input's. */
    private double[] along(Node node, int axis, IntUnaryOperator source) {
        int inner = Shapes.product(node.dims(), axis + 1, node.rank());
        int length = node.dims()[axis];
        int before = node.input(0).dims()[axis];
        double[] x = in(node, 0);
        double[] y = new double[node.size()];
        for (int i = 0; i < y.length; i++) {
            int outer = i / inner / length;
            y[i] = x[(outer * before + source.applyAsInt(i / inner % length)) * inner + i % inner];
        }
        return y;
    }

    /** Position i of the input's axis goes to position {@code goal(i)}. */
    private double[] spread(Node node, double start, int axis, IntUnaryOperator goal, Reduction reduction) {
        int inner = Shapes.product(node.dims(), axis + 1, node.rank());
        int length = node.dims()[axis];
        int before = node.input(0).dims()[axis];
        double[] x = in(node, 0);
        double[] y = new double[node.size()];
        Arrays.fill(y, start);
        for (int i = 0; i < x.length; i++) {
            int outer = i / inner / before;
            int o = (outer * length + goal.applyAsInt(i / inner % before)) * inner + i % inner;
            y[o] = reduction == Reduction.SUM ? y[o] + x[i] : Math.max(y[o], x[i]);
        }
        return y;
    }

    private double[] contract(Node node, Op.Contract c) {
        Node a = node.input(0);
        Node b = node.input(1);
        int labels = 1
                + Arrays.stream(new Axes[] {c.first(), c.second(), c.result()})
                        .flatMapToInt(x -> Arrays.stream(x.of()))
                        .max()
                        .orElse(-1);
        int[] lengths = new int[labels];
        int[][] strides = new int[3][labels];
        put(c.first(), a, lengths, strides[0]);
        put(c.second(), b, lengths, strides[1]);
        put(c.result(), node, lengths, strides[2]);
        double[] x = in(node, 0);
        double[] w = in(node, 1);
        double[] y = new double[node.size()];
        int total = Shapes.size(lengths);
        for (int i = 0; i < total; i++) {
            y[offset(i, lengths, strides[2])] += x[offset(i, lengths, strides[0])] * w[offset(i, lengths, strides[1])];
        }
        return y;
    }

    private static void put(Axes labels, Node node, int[] lengths, int[] strides) {
        int[] own = Shapes.strides(node.dims());
        for (int d = 0; d < own.length; d++) {
            lengths[labels.of()[d]] = node.dims()[d];
            strides[labels.of()[d]] = own[d];
        }
    }

    private double[] sparseProduct(Node node, SparsePattern p) {
        double[] weight = in(node, 0);
        double[] x = in(node, 1);
        double[] y = new double[node.size()];
        int batch = p.rows() == 0 ? 0 : y.length / p.rows();
        for (int n = 0; n < batch; n++) {
            for (int i = 0; i < p.rows(); i++) {
                for (int e = p.start[i]; e < p.start[i + 1]; e++) {
                    y[n * p.rows() + i] += weight[p.entry[e]] * x[n * p.columns() + p.target[e]];
                }
            }
        }
        return y;
    }

    private double[] sparseOuter(Node node, SparsePattern p) {
        double[] y = in(node, 0);
        double[] x = in(node, 1);
        double[] g = new double[p.size()];
        int batch = p.rows() == 0 ? 0 : y.length / p.rows();
        for (int n = 0; n < batch; n++) {
            for (int i = 0; i < p.rows(); i++) {
                for (int e = p.start[i]; e < p.start[i + 1]; e++) {
                    g[p.entry[e]] += y[n * p.rows() + i] * x[n * p.columns() + p.target[e]];
                }
            }
        }
        return g;
    }
}
