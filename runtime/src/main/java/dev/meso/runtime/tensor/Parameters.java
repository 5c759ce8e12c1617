package dev.meso.runtime.tensor;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All learned numbers in one flat vector of double, with named views. Optimizers work on the vector; a copy of it is the
 * state of a model.
 */
public final class Parameters {
    private final List<Node> nodes;
    private final Map<String, Integer> offsets = new LinkedHashMap<>();
    private final double[] values;

    private Parameters(List<Node> nodes) {
        this.nodes = List.copyOf(nodes);
        int size = 0;
        for (Node node : nodes) {
            offsets.put(node.label(), size);
            size = Math.addExact(size, node.size());
        }
        values = new double[size];
    }

    /** All parameters of a graph, 0 at first. */
    public static Parameters of(Graph graph) {
        return of(graph.parameters());
    }

    /** Some parameters of a graph, in this order, 0 at first. */
    public static Parameters of(List<Node> parameters) {
        return new Parameters(parameters);
    }

    public List<Node> nodes() {
        return nodes;
    }

    public List<String> names() {
        return List.copyOf(offsets.keySet());
    }

    /** How many numbers. */
    public int size() {
        return values.length;
    }

    /** The vector itself: what is written here is what the next run uses. */
    public double[] values() {
        return values;
    }

    /** Where the numbers of a parameter begin in the vector. */
    public int offset(String name) {
        Integer offset = offsets.get(name);
        if (offset == null) {
            throw new MesoException(ErrorCode.UNKNOWN_NAME, "there is no parameter `" + name + "`");
        }
        return offset;
    }

    private int length(String name) {
        int offset = offset(name);
        return nodes.stream()
                .filter(n -> offsets.get(n.label()) == offset && n.label().equals(name))
                .findFirst()
                .orElseThrow()
                .size();
    }

    /** A copy of the numbers of one parameter. */
    public double[] get(String name) {
        int from = offset(name);
        return Arrays.copyOfRange(values, from, from + length(name));
    }

    /** Sets one parameter; one number sets all of it. */
    public Parameters set(String name, double... numbers) {
        int from = offset(name);
        int length = length(name);
        if (numbers.length == 1) {
            Arrays.fill(values, from, from + length, numbers[0]);
        } else if (numbers.length == length) {
            System.arraycopy(numbers, 0, values, from, length);
        } else {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH,
                    numbers.length + " numbers were given for parameter `" + name + "`, which has " + length);
        }
        return this;
    }

    /** The parts of the vector that hold the named parameters, for an optimizer. */
    public Ranges ranges(String... names) {
        List<int[]> parts = new ArrayList<>();
        for (String name : names) {
            parts.add(new int[] {offset(name), offset(name) + length(name)});
        }
        return new Ranges(parts);
    }

    /** The whole vector, for an optimizer. */
    public Ranges all() {
        return new Ranges(List.of(new int[] {0, values.length}));
    }
}
