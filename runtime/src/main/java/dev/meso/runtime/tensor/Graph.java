package dev.meso.runtime.tensor;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A computation over arrays whose shapes are known: nodes are added by methods of {@link Node} and never change. Not safe
 * for use by several threads at once.
 */
public final class Graph {
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Node> leaves = new LinkedHashMap<>();
    private Object origin;

    /** Data that is given at each run. */
    public Node input(String name, int... shape) {
        return leaf(name, new Op.Input(name), shape);
    }

    /** Numbers that are learned. */
    public Node parameter(String name, int... shape) {
        return leaf(name, new Op.Parameter(name), shape);
    }

    private Node leaf(String name, Op op, int[] shape) {
        if (leaves.containsKey(name)) {
            throw new MesoException(ErrorCode.DUPLICATE_NAME, "`" + name + "` is already an input or a parameter");
        }
        Node node = add(op, shape.clone());
        leaves.put(name, node);
        return node;
    }

    public Node constant(double value) {
        return add(new Op.Constant(new double[] {value}), Shapes.SCALAR);
    }

    /** An array of one number everywhere. */
    public Node full(double value, int... shape) {
        return add(new Op.Constant(new double[] {value}), shape.clone());
    }

    /** @param values row by row; as many as the shape has elements */
    public Node constant(double[] values, int... shape) {
        int size = Shapes.size(shape);
        if (values.length != size) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH,
                    values.length + " numbers do not fill an array of shape " + Shapes.text(shape) + ", which has "
                            + size);
        }
        // One number stands for a whole array of it, so an array of one number is such a one too.
        return add(new Op.Constant(values.clone()), shape.clone());
    }

    /** The parameters in the order in which they were made. */
    public List<Node> parameters() {
        return leaves.values().stream()
                .filter(n -> n.op() instanceof Op.Parameter)
                .toList();
    }

    /** The inputs in the order in which they were made. */
    public List<Node> inputs() {
        return leaves.values().stream().filter(n -> n.op() instanceof Op.Input).toList();
    }

    /** How many nodes there are. */
    public int size() {
        return nodes.size();
    }

    /**
     * What nodes made from now on carry as their origin, for example the place in a script; null for none. Returns what
     * was set before, so that a caller can put it back.
     */
    public Object origin(Object next) {
        Object before = origin;
        origin = next;
        return before;
    }

    Node add(Op op, int[] shape, Node... inputs) {
        Shapes.size(shape);
        for (Node input : inputs) {
            if (input.graph() != this) {
                throw new IllegalArgumentException("nodes of two graphs cannot be combined");
            }
        }
        Node node = new Node(this, nodes.size(), op, shape, List.of(inputs), origin);
        nodes.add(node);
        return node;
    }

    Node node(int id) {
        return nodes.get(id);
    }

    /** The nodes that {@code roots} are computed from, inputs first. */
    static List<Node> reachable(Iterable<Node> roots) {
        boolean[] wanted = new boolean[0];
        Graph graph = null;
        for (Node root : roots) {
            graph = root.graph();
            wanted = Arrays.copyOf(wanted, Math.max(wanted.length, root.id() + 1));
            wanted[root.id()] = true;
        }
        List<Node> found = new ArrayList<>();
        for (int id = wanted.length - 1; id >= 0; id--) {
            if (wanted[id]) {
                Node node = graph.node(id);
                found.add(node);
                for (Node input : node.inputs()) {
                    wanted[input.id()] = true;
                }
            }
        }
        return found.reversed();
    }
}
