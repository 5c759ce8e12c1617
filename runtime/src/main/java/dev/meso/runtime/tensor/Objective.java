package dev.meso.runtime.tensor;

import dev.meso.runtime.task.Monitor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A loss and its gradient as one program: what a training step evaluates. */
public final class Objective {
    private static final String LOSS = "loss";
    private static final String GRADIENT = "gradient of ";

    private final Program program;
    private final Parameters parameters;
    private final double[] gradient;

    private Objective(Program program, Parameters parameters) {
        this.program = program;
        this.parameters = parameters;
        this.gradient = new double[parameters.size()];
    }

    /**
     * @param loss one number
     * @param parameters to differentiate by; others of the graph are given with {@link Program#set}
     * @param others more nodes whose values are wanted, by name, for example the terms of the loss
     */
    public static Objective of(Node loss, Parameters parameters, Map<String, Node> others, Options options) {
        Map<String, Node> outputs = new LinkedHashMap<>(others);
        outputs.put(LOSS, loss);
        List<Node> gradients = new ArrayList<>(Gradients.of(loss, parameters.nodes()));
        for (int p = 0; p < gradients.size(); p++) {
            outputs.put(GRADIENT + parameters.nodes().get(p).label(), gradients.get(p));
        }
        return new Objective(Program.compile(outputs, options), parameters);
    }

    /** To give inputs, read the other outputs, explain. */
    public Program program() {
        return program;
    }

    /** Runs with the current inputs and parameters; returns the loss. */
    public double evaluate(Monitor monitor) {
        program.set(parameters);
        program.run(monitor);
        for (Node node : parameters.nodes()) {
            program.get(GRADIENT + node.label(), gradient, parameters.offset(node.label()));
        }
        return program.number(LOSS);
    }

    /** The gradient that the last evaluation found, in the order of the parameters' vector; overwritten by the next. */
    public double[] gradient() {
        return gradient;
    }
}
