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
 * Nodes compiled to be computed many times: give the inputs and parameters, {@link #run}, read the outputs. What is not
 * needed is left out, equal nodes are computed once, elementwise chains run tile by tile, and arrays share one memory as
 * soon as they are no longer needed. Not safe for use by several threads at once; results do not depend on the number of
 * threads it uses itself, but may differ in the last places between machines.
 */
public final class Program {
    private final Map<String, Node> outputs;
    private final Options options;
    private final Planner.Plan plan;
    private final Machine<?> machine;

    private Program(Map<String, Node> outputs, Options options, boolean vectors) {
        this.outputs = new LinkedHashMap<>(outputs);
        this.options = options;
        Simplifier simple = new Simplifier(outputs.values(), options.optimize());
        Map<String, Node> copies = new LinkedHashMap<>();
        outputs.forEach((name, node) -> copies.put(name, simple.output(node)));
        plan = new Planner(copies, options.optimize()).plan();
        machine = new Machine<>(plan, Kernels.of(options.precision(), vectors), options.threads());
    }

    /** @param outputs of one graph, by the names under which they will be read */
    public static Program compile(Map<String, Node> outputs, Options options) {
        return new Program(outputs, options, true);
    }

    /** Without the Vector API even where it is there: its plain twin. */
    static Program compilePlain(Map<String, Node> outputs, Options options) {
        return new Program(outputs, options, false);
    }

    private Memory.Buffer leaf(String name) {
        Memory.Buffer leaf = plan.leaves().get(name);
        if (leaf == null) {
            throw new MesoException(ErrorCode.UNKNOWN_NAME, "this program reads no input or parameter `" + name + "`");
        }
        return leaf;
    }

    /** Whether an input or parameter of this name has any effect. */
    public boolean reads(String name) {
        return plan.leaves().containsKey(name);
    }

    /** Gives an input or a parameter; it keeps its numbers until it is given again, and has zeros before. */
    public Program set(String name, double... numbers) {
        int size = leaf(name).size();
        if (numbers.length != size) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH,
                    numbers.length + " numbers were given for `" + name + "`, which has " + size);
        }
        return set(name, numbers, 0);
    }

    /** Gives an input from a longer array, for example some frames of a recording: as many numbers as it has from {@code from} on. */
    public Program set(String name, double[] numbers, int from) {
        Memory.Buffer leaf = leaf(name);
        machine.give(numbers, from, leaf.offset(), leaf.size());
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

    /** Computes all outputs. Asks the monitor before each kernel and between its pieces. */
    public void run(Monitor monitor) {
        machine.run(monitor);
    }

    private Planner.Result result(String name) {
        Planner.Result result = plan.outputs().get(name);
        if (result == null) {
            throw new MesoException(ErrorCode.UNKNOWN_NAME, "this program has no output `" + name + "`");
        }
        return result;
    }

    /** A copy of an output, row by row. */
    public double[] get(String name) {
        double[] numbers = new double[Shapes.size(result(name).shape())];
        get(name, numbers, 0);
        return numbers;
    }

    /** Copies an output into {@code into} from {@code offset} on. */
    public void get(String name, double[] into, int offset) {
        Planner.Result result = result(name);
        machine.take(result.offset(), into, offset, Shapes.size(result.shape()));
    }

    /** An output that is one number. */
    public double number(String name) {
        double[] numbers = get(name);
        if (numbers.length != 1) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH,
                    "`" + name + "` is an array of shape "
                            + Shapes.text(result(name).shape()) + ", not one number");
        }
        return numbers[0];
    }

    /**
     * Where an output that is not finite comes from: the first node that computes such a number from finite ones, with the
     * current inputs and parameters; empty if all outputs are finite. Slow: each node is computed by itself, in double.
     */
    public Optional<NotFinite> firstNotFinite() {
        Map<String, double[]> leaves = new LinkedHashMap<>();
        plan.leaves().forEach((name, buffer) -> {
            double[] numbers = new double[buffer.size()];
            machine.take(buffer.offset(), numbers, 0, numbers.length);
            leaves.put(name, numbers);
        });
        return NotFinite.find(List.copyOf(outputs.values()), leaves);
    }

    /** The plan as text: the memory it takes, and its kernels in the order in which they run. */
    public String explain() {
        StringBuilder text = new StringBuilder();
        text.append(plan.steps().size()).append(" kernels, ");
        text.append(options.precision().name().toLowerCase(java.util.Locale.ROOT))
                .append(", ");
        text.append(plan.arena()).append(" numbers of memory, ");
        text.append(options.threads()).append(options.threads() == 1 ? " thread\n" : " threads\n");
        for (Step step : plan.steps()) {
            text.append(step.describe()).append('\n');
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "program of " + Arrays.toString(outputs.keySet().toArray());
    }
}
