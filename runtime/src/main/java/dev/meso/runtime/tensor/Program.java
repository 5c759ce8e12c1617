package dev.meso.runtime.tensor;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.task.Monitor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Nodes compiled to be computed many times: give the inputs and parameters, {@link #run}, read the outputs. Not safe for
 * use by several threads at once; results do not depend on the number of threads it uses itself.
 */
public final class Program {
    private final Map<String, Node> outputs;
    private final Map<String, double[]> leaves = new LinkedHashMap<>();
    private final Map<String, double[]> results = new LinkedHashMap<>();

    private Program(Map<String, Node> outputs) {
        this.outputs = new LinkedHashMap<>(outputs);
        for (Node node : Graph.reachable(this.outputs.values())) {
            if (node.op() instanceof Op.Input || node.op() instanceof Op.Parameter) {
                leaves.put(node.label(), new double[node.size()]);
            }
        }
    }

    /** @param outputs of one graph, by the names under which they will be read */
    public static Program compile(Map<String, Node> outputs, Options options) {
        return new Program(outputs);
    }

    private double[] leaf(String name) {
        double[] leaf = leaves.get(name);
        if (leaf == null) {
            throw new MesoException(ErrorCode.UNKNOWN_NAME, "this program reads no input or parameter `" + name + "`");
        }
        return leaf;
    }

    /** Whether an input or parameter of this name has any effect. */
    public boolean reads(String name) {
        return leaves.containsKey(name);
    }

    /** Gives an input or a parameter; it keeps its numbers until it is given again. */
    public Program set(String name, double... numbers) {
        double[] leaf = leaf(name);
        if (numbers.length != leaf.length) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH,
                    numbers.length + " numbers were given for `" + name + "`, which has " + leaf.length);
        }
        return set(name, numbers, 0);
    }

    /** Gives an input from a longer array, for example some frames of a recording: as many numbers as it has from {@code from} on. */
    public Program set(String name, double[] numbers, int from) {
        double[] leaf = leaf(name);
        System.arraycopy(numbers, from, leaf, 0, leaf.length);
        return this;
    }

    /** Gives all those parameters that the program reads. */
    public Program set(Parameters parameters) {
        for (String name : parameters.names()) {
            if (reads(name)) {
                set(name, parameters.values(), parameters.offset(name));
            }
        }
        return this;
    }

    /** Computes all outputs. */
    public void run(Monitor monitor) {
        PlainEvaluator evaluator = new PlainEvaluator(leaves);
        outputs.forEach((name, node) -> {
            monitor.checkpoint();
            results.put(name, evaluator.evaluate(node));
        });
    }

    private double[] result(String name) {
        double[] result = results.get(name);
        if (result == null) {
            throw new MesoException(ErrorCode.UNKNOWN_NAME, "this program has no output `" + name + "`");
        }
        return result;
    }

    /** A copy of an output, row by row. */
    public double[] get(String name) {
        return result(name).clone();
    }

    /** Copies an output into {@code into} from {@code offset} on. */
    public void get(String name, double[] into, int offset) {
        double[] result = result(name);
        System.arraycopy(result, 0, into, offset, result.length);
    }

    /** An output that is one number. */
    public double number(String name) {
        double[] result = result(name);
        if (result.length != 1) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH,
                    "`" + name + "` is an array of shape "
                            + Shapes.text(outputs.get(name).dims()) + ", not one number");
        }
        return result[0];
    }

    /**
     * Where an output that is not finite comes from: the first node that computes such a number from finite ones, with the
     * current inputs and parameters; empty if all outputs are finite. Slow: each node is computed by itself, in double.
     */
    public Optional<NotFinite> firstNotFinite() {
        PlainEvaluator evaluator = new PlainEvaluator(leaves);
        List<Node> nodes = Graph.reachable(outputs.values());
        int[] where = new int[nodes.getLast().id() + 1];
        for (Node node : nodes) {
            where[node.id()] = notFinite(evaluator.evaluate(node));
        }
        // Only what an output's number was computed from: an infinite number that a mask throws away does no harm.
        boolean[] guilty = new boolean[where.length];
        outputs.values().forEach(node -> guilty[node.id()] = where[node.id()] >= 0);
        Node first = null;
        for (Node node : nodes.reversed()) {
            if (guilty[node.id()]) {
                first = node.inputs().stream().noneMatch(i -> where[i.id()] >= 0) ? node : first;
                node.inputs().forEach(i -> guilty[i.id()] |= where[i.id()] >= 0);
            }
        }
        if (first == null) {
            return Optional.empty();
        }
        int at = where[first.id()];
        return Optional.of(
                new NotFinite(first, position(at, first.dims()), evaluator.evaluate(first)[at]));
    }

    private static int notFinite(double[] values) {
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

    /** The plan as text: kernels in the order in which they run. */
    public String explain() {
        StringBuilder text = new StringBuilder();
        List<Node> nodes = Graph.reachable(outputs.values());
        for (Node node : nodes) {
            text.append(node.id()).append(' ').append(node.label()).append(' ').append(Arrays.toString(node.dims()));
            for (Node input : node.inputs()) {
                text.append(" #").append(input.id());
            }
            text.append('\n');
        }
        return text.toString();
    }
}
