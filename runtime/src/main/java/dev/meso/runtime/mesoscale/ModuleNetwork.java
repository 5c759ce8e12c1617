package dev.meso.runtime.mesoscale;

import dev.meso.runtime.mesoscale.ModuleMenu.Activation;
import dev.meso.runtime.mesoscale.ModuleMenu.Layer;
import dev.meso.runtime.mesoscale.ModuleMenu.Presence;
import dev.meso.runtime.tensor.Graph;
import dev.meso.runtime.tensor.Node;
import dev.meso.runtime.tensor.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The networks of all modules of a basis, stacked along a first axis, in the arrays of one {@link Graph}. What the menu leaves open is
 * decided by switches, which are logistic functions of learned numbers: a step of units, an activation (a softmax over the
 * choices), a repetition, a skip, a recurrent connection. {@link #round} decides them for good.
 *
 * <p>A layer of width H gives {@code g * sum_k p_k f_k(h W + b)}, where g are the gates of its units and p the choice of the
 * activation. What follows the last layer is linear, back to the inputs' number.
 */
final class ModuleNetwork {
    /** A switch that is decided: the logistic function of it is 1 to the last bit. */
    static final double DECIDED = 40;

    /** A switch that leans to one side: the logistic function of it is 0.993. */
    private static final double LEANING = 5;

    /** The axis of the units of a layer; cases come after it. */
    private static final int UNITS = 1;

    private static final String SWITCH = "switch ";

    private final ModuleMenu menu;
    private final int modules;
    private final int size;
    private final List<Stage> stages = new ArrayList<>();
    private final Node readout;
    private final Node offset;
    private final Node skip;

    /** One layer in one repetition; switches that the menu does not leave open are null. */
    private record Stage(
            Layer layer,
            int inputs,
            Node weights,
            Node bias,
            Node width,
            Node choice,
            Node recurrent,
            Node memory,
            Node pass) {}

    /**
     * Adds the parameters of the networks to a graph.
     *
     * @param size number of inputs and of outputs of each module
     */
    ModuleNetwork(ModuleMenu menu, int modules, int size, Graph graph) {
        this.menu = menu;
        this.modules = modules;
        this.size = size;
        int inputs = size;
        for (int r = 0; r < menu.repeatTo(); r++) {
            for (int l = 0; l < menu.layers().size(); l++) {
                Layer layer = menu.layers().get(l);
                String name = "layer " + (stages.size() + 1);
                int units = layer.to();
                boolean same = inputs == units;
                boolean optional = same && (r >= menu.repeatFrom() || menu.pass() != Presence.ABSENT);
                stages.add(new Stage(
                        layer,
                        inputs,
                        graph.parameter(name + " weights", modules, inputs, units),
                        graph.parameter(name + " bias", modules, 1, units),
                        steps(layer) == 0 ? null : graph.parameter(SWITCH + name + " width", modules, steps(layer)),
                        layer.activations().size() == 1
                                ? null
                                : graph.parameter(
                                        SWITCH + name + " activation",
                                        modules,
                                        layer.activations().size()),
                        menu.recurrent() == Presence.OPTIONAL
                                ? graph.parameter(SWITCH + name + " recurrent", modules, 1)
                                : null,
                        menu.recurrent() == Presence.ABSENT
                                ? null
                                : graph.parameter(name + " recurrent weights", modules, units, units),
                        optional ? graph.parameter(SWITCH + name + " pass", modules, 1) : null));
                inputs = units;
            }
        }
        readout = graph.parameter("readout weights", modules, inputs, size);
        offset = graph.parameter("readout bias", modules, 1, size);
        skip = menu.skip() == Presence.OPTIONAL ? graph.parameter(SWITCH + "skip", modules, 1) : null;
    }

    /** Width switches of a layer. */
    private static int steps(Layer layer) {
        return (layer.to() - layer.from() + layer.step() - 1) / layer.step();
    }

    boolean recurrent() {
        return menu.recurrent() != Presence.ABSENT;
    }

    /** Numbers that each module remembers from frame to frame at each place: the outputs of its recurrent layers. */
    int memory() {
        return recurrent() ? stages.stream().mapToInt(s -> s.layer.to()).sum() : 0;
    }

    /**
     * The networks at work.
     *
     * @param x inputs, modules x size x cases
     * @param memory what each layer gave one frame ago, replaced by what it gives now; null without recurrence
     * @return outputs, modules x size x cases
     */
    Node apply(Node x, List<Node> memory) {
        Node h = x;
        for (int s = 0; s < stages.size(); s++) {
            Stage stage = stages.get(s);
            Node sums = times(stage.weights, h).add(column(stage.bias));
            if (stage.memory != null && memory.get(s) != null) {
                Node back = times(stage.memory, memory.get(s));
                sums = sums.add(stage.recurrent == null ? back : back.multiply(gate(stage.recurrent)));
            }
            Node out = activate(stage, sums);
            if (stage.width != null) {
                out = out.multiply(units(stage));
            }
            if (stage.pass != null) {
                Node on = gate(stage.pass);
                out = out.multiply(on).add(h.multiply(on.negate().add(1)));
            }
            if (memory != null) {
                memory.set(s, out);
            }
            h = out;
        }
        Node y = times(readout, h).add(column(offset));
        if (menu.skip() == Presence.PRESENT) {
            y = y.add(x);
        } else if (skip != null) {
            y = y.add(x.multiply(gate(skip)));
        }
        return y;
    }

    /** Each case, a column of x, times the weights of its module. */
    private static Node times(Node weights, Node x) {
        return weights.contract("bku,bkc->buc", x);
    }

    private static Node column(Node bias) {
        return bias.transpose(0, 2, 1);
    }

    /** What {@link #apply} remembers before the first frame. */
    List<Node> emptyMemory() {
        List<Node> memory = new ArrayList<>();
        stages.forEach(s -> memory.add(null));
        return memory;
    }

    /** One array of modules x numbers x cases as the memories of the layers. */
    List<Node> splitMemory(Node all) {
        List<Node> memory = new ArrayList<>();
        int from = 0;
        for (Stage stage : stages) {
            memory.add(all.slice(1, from, from + stage.layer.to()));
            from += stage.layer.to();
        }
        return memory;
    }

    /** A switch of each module, ready to scale modules x units x cases. */
    private static Node gate(Node number) {
        return number.logistic().expand(2);
    }

    /** The gates of a layer's units: 1 for those it always has. */
    private Node units(Stage stage) {
        Layer layer = stage.layer;
        int[] step = new int[layer.to()];
        for (int u = layer.from(); u < layer.to(); u++) {
            step[u] = 1 + (u - layer.from()) / layer.step();
        }
        Node always = stage.width.graph().full(1, modules, 1);
        return Node.concat(1, List.of(always, stage.width.logistic()))
                .gather(1, step)
                .expand(2);
    }

    private Node activate(Stage stage, Node sums) {
        List<Activation> choices = stage.layer.activations();
        if (stage.choice == null) {
            return activate(choices.get(0), sums);
        }
        Node share = softmax(stage.choice, 1);
        Node mixed = null;
        for (int k = 0; k < choices.size(); k++) {
            Node part = activate(choices.get(k), sums)
                    .multiply(share.slice(1, k, k + 1).expand(2));
            mixed = mixed == null ? part : mixed.add(part);
        }
        return mixed;
    }

    /** Over one axis. */
    static Node softmax(Node numbers, int axis) {
        Node e = numbers.subtract(numbers.max(axis).expand(axis).detach()).exp();
        return e.divide(e.sum(axis).expand(axis));
    }

    private static Node activate(Activation activation, Node sums) {
        return switch (activation.function()) {
            case IDENTITY -> sums;
            case RELU -> sums.relu();
            case HALF_WAVE -> sums.halfWave();
            case LOGISTIC -> sums.logistic();
            case TANH -> sums.tanh();
            case SOFTPLUS -> sums.softplus();
            case SOFTMAX -> softmax(sums, UNITS);
            // Heeger 1992: each unit over the pooled size of all units of its layer.
            case DIVISIVE_NORM ->
                sums.divide(sums.square().mean(UNITS).add(1).sqrt().expand(UNITS));
            case MAX_POOL -> pool(sums, activation.size());
        };
    }

    /** Each unit becomes the greatest of its pool, so that the width stays. */
    private static Node pool(Node sums, int size) {
        int units = sums.shape()[UNITS];
        List<Node> pools = new ArrayList<>();
        int[] pool = new int[units];
        for (int from = 0; from < units; from += size) {
            pools.add(sums.slice(UNITS, from, Math.min(units, from + size))
                    .max(UNITS)
                    .expand(UNITS));
            for (int u = from; u < Math.min(units, from + size); u++) {
                pool[u] = pools.size() - 1;
            }
        }
        return Node.concat(UNITS, pools).gather(UNITS, pool);
    }

    /** The expected number of free parameters of each module under its switches: an array of modules. */
    Node complexity(Graph graph) {
        Node total = graph.full(0, modules);
        Node inputs = graph.full(size, modules);
        for (Stage stage : stages) {
            Node width = graph.full(stage.layer.from(), modules);
            if (stage.width != null) {
                int steps = steps(stage.layer);
                double[] units = new double[steps];
                for (int s = 0; s < steps; s++) {
                    units[s] = stepSize(stage.layer, s);
                }
                width = width.add(stage.width
                        .logistic()
                        .multiply(graph.constant(units, steps))
                        .sum(1));
            }
            Node own = inputs.add(1).multiply(width);
            if (stage.memory != null) {
                Node back = width.square();
                own = own.add(
                        stage.recurrent == null
                                ? back
                                : back.multiply(stage.recurrent.logistic().sum(1)));
            }
            if (stage.pass != null) {
                Node on = stage.pass.logistic().sum(1);
                own = own.multiply(on);
                width = width.multiply(on).add(inputs.multiply(on.negate().add(1)));
            }
            total = total.add(own);
            inputs = width;
        }
        return total.add(inputs.add(1).multiply(size));
    }

    private static int stepSize(Layer layer, int step) {
        return Math.min(layer.step(), layer.to() - layer.from() - step * layer.step());
    }

    // ---- values -----------------------------------------------------------------------------------------------

    /** All weights of all modules as one vector. */
    Node weights() {
        List<Node> flat = new ArrayList<>();
        for (Stage stage : stages) {
            flat.add(stage.weights.reshape(stage.weights.size()));
            if (stage.memory != null) {
                flat.add(stage.memory.reshape(stage.memory.size()));
            }
        }
        flat.add(readout.reshape(readout.size()));
        return Node.concat(0, flat);
    }

    /** Random weights of variance 1 / inputs (LeCun), a small readout, switches open: half on, all activations equal. */
    void start(Parameters values, RandomGenerator random) {
        for (Stage stage : stages) {
            fill(values, stage.weights, 1 / Math.sqrt(stage.inputs), random);
            if (stage.memory != null) {
                fill(values, stage.memory, 0.1 / Math.sqrt(stage.layer.to()), random);
            }
        }
        fill(values, readout, 0.1 / Math.sqrt(readout.shape()[1]), random);
    }

    static void fill(Parameters values, Node parameter, double deviation, RandomGenerator random) {
        double[] numbers = new double[parameter.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = deviation * random.nextGaussian();
        }
        values.set(parameter.label(), numbers);
    }

    /** The names of the parameters that are switches, for which training ends with {@link #round}. */
    List<String> switches() {
        List<String> names = new ArrayList<>();
        for (Stage stage : stages) {
            for (Node node : new Node[] {stage.width, stage.choice, stage.recurrent, stage.pass}) {
                if (node != null) {
                    names.add(node.label());
                }
            }
        }
        if (skip != null) {
            names.add(skip.label());
        }
        return names;
    }

    /** Decides every switch: more likely on than not is on; of activations the most likely. */
    void round(Parameters values) {
        for (Stage stage : stages) {
            if (stage.choice != null) {
                double[] choice = values.get(stage.choice.label());
                int kinds = stage.layer.activations().size();
                for (int b = 0; b < modules; b++) {
                    int best = most(choice, b * kinds, kinds);
                    for (int k = 0; k < kinds; k++) {
                        choice[b * kinds + k] = k == best ? DECIDED : -DECIDED;
                    }
                }
                values.set(stage.choice.label(), choice);
            }
            for (Node node : new Node[] {stage.width, stage.recurrent, stage.pass}) {
                decide(values, node);
            }
        }
        decide(values, skip);
    }

    /** The greatest number of activations that a layer has to choose from. */
    int choices() {
        return stages.stream().mapToInt(s -> s.layer.activations().size()).max().orElse(1);
    }

    /**
     * Brings all switches to one side, but not so far that a gradient could not turn them: all units and repetitions and the skip are on, recurrent
     * connections off, and each layer leans to one of its activations.
     *
     * @param choice number of the activation; layers that have fewer take their last
     */
    void lean(Parameters values, int choice) {
        for (Stage stage : stages) {
            if (stage.choice != null) {
                int kinds = stage.layer.activations().size();
                double[] numbers = new double[modules * kinds];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = i % kinds == Math.min(choice, kinds - 1) ? LEANING : -LEANING;
                }
                values.set(stage.choice.label(), numbers);
            }
            for (Node node : new Node[] {stage.width, stage.pass}) {
                if (node != null) {
                    values.set(node.label(), LEANING);
                }
            }
            if (stage.recurrent != null) {
                values.set(stage.recurrent.label(), -LEANING);
            }
        }
        if (skip != null) {
            values.set(skip.label(), LEANING);
        }
    }

    private static void decide(Parameters values, Node node) {
        if (node != null) {
            double[] numbers = values.get(node.label());
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = numbers[i] > 0 ? DECIDED : -DECIDED;
            }
            values.set(node.label(), numbers);
        }
    }

    private static int most(double[] numbers, int from, int count) {
        int best = 0;
        for (int k = 1; k < count; k++) {
            best = numbers[from + k] > numbers[from + best] ? k : best;
        }
        return best;
    }

    private boolean on(Parameters values, Node number, int module) {
        return number == null || values.get(number.label())[module] > 0;
    }

    /** Units of a stage of one module, with its switches as they stand, rounded. */
    private int width(Parameters values, Stage stage, int module) {
        int units = stage.layer.from();
        if (stage.width != null) {
            double[] open = values.get(stage.width.label());
            int steps = steps(stage.layer);
            for (int s = 0; s < steps; s++) {
                units += open[module * steps + s] > 0 ? stepSize(stage.layer, s) : 0;
            }
        }
        return units;
    }

    /** The number of free parameters of one module, rounded. */
    int freeParameters(Parameters values, int module) {
        int inputs = size;
        int total = 0;
        for (Stage stage : stages) {
            if (stage.pass != null && !on(values, stage.pass, module)) {
                continue;
            }
            int width = width(values, stage, module);
            total += (inputs + 1) * width;
            if (stage.memory != null && on(values, stage.recurrent, module)) {
                total += width * width;
            }
            inputs = width;
        }
        return total + (inputs + 1) * size;
    }

    /** The layers of one module as text, rounded: {@code 4 -> dense 12 tanh -> dense 8 relu, recurrent -> 4, skip}. */
    String describe(Parameters values, int module) {
        StringBuilder text = new StringBuilder().append(size);
        for (Stage stage : stages) {
            if (stage.pass != null && !on(values, stage.pass, module)) {
                continue;
            }
            List<Activation> choices = stage.layer.activations();
            int chosen = stage.choice == null
                    ? 0
                    : most(values.get(stage.choice.label()), module * choices.size(), choices.size());
            text.append(" -> dense ")
                    .append(width(values, stage, module))
                    .append(' ')
                    .append(choices.get(chosen));
            if (stage.memory != null && on(values, stage.recurrent, module)) {
                text.append(", recurrent");
            }
        }
        text.append(" -> ").append(size);
        boolean skips = menu.skip() == Presence.PRESENT || skip != null && on(values, skip, module);
        return skips ? text.append(", skip").toString() : text.toString();
    }
}
