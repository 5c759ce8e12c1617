package dev.meso.runtime.mesoscale;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.tensor.Graph;
import dev.meso.runtime.tensor.Node;
import dev.meso.runtime.tensor.Options;
import dev.meso.runtime.tensor.Parameters;
import dev.meso.runtime.tensor.Program;
import dev.meso.runtime.tensor.SparsePattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A model as one differentiable program: from windows of the recording to predictions and the terms of the loss. The parameters are
 * the same, in the same order, for any number and length of windows, so that one vector serves training, testing and rollouts.
 *
 *
 * <p>For a pair of location l and module b with the neurons of the field: {@code z = s In + c}, {@code y = module_b(z)}, where s is the state and c a
 * shift. The prediction of a neuron is {@code keep s + sum a g (y - c - keep (z - c)) Out} over its pairs, a being the assignment and g the gate where the
 * loss speaks of the mixture: what its modules see of a neuron goes on as they say, and what they do not see decays with one leak for all neurons. Without
 * an observer and a residual nothing is kept.
 *
 * <p>Tied interfaces: only Out is learned, and In is its inverse by least squares, {@code In = A² Out' (Out A² Out')^-1}, where A is the assignment of the
 * pair's neurons over the greatest of them, so that every pair is a whole model of its neurons, however little it is assigned. Interfaces that are
 * not tied are learned both; they do not know what they see of a neuron, so there {@code keep} is that of the whole state. How pairs stand in arrays
 * is {@link FieldLayout}'s.
 */
final class ModelGraph {
    private static final double TINY = 1e-30;
    /** Of Newton: parameters change little in a step. */
    private static final int ITERATIONS = 3;

    static final String STATE = "state";
    static final String START = "start";
    static final String SEEN = "seen";
    static final String SEEN_KNOWN = "seen known";
    static final String NEXT = "next";
    static final String NEXT_KNOWN = "next known";
    static final String MEMORY = "memory";
    static final String TEMPERATURE = "temperature";
    static final String BEHAVIOR = "behavior";
    static final String BEHAVIOR_KNOWN = "behavior known";
    static final String INTERFACE_IN = "interface in";
    static final String INTERFACE_OUT = "interface out";
    static final String INTERFACE_SHIFT = "interface shift";
    static final String INVERSE = "interface inverse";
    static final String LOGITS = "assignment";
    static final String GATES = "gates";
    static final String KEEP = "keep";
    static final String GAIN = "gain";

    final Graph graph = new Graph();
    final ModuleNetwork network;
    /** Predictions, (windows x steps) x neurons: window by window, in each step by step. */
    final Node predicted;
    /** What recurrent layers remember after the last step, modules x numbers x (locations x windows); null without. */
    final Node remembered;
    /** What the modules are given in the last step: the variables of each pair, modules x size x locations x rows; locations as in {@link FieldLayout}. */
    Node read;
    /** Assignment of each place of all pairs. */
    final Node assignment;
    /** The loss and its terms; empty without a loss. */
    final Map<String, Node> terms = new LinkedHashMap<>();

    private final ModelSpec spec;
    private final ModelStructure structure;
    private final int n;
    private final int windows;
    private final int steps;
    private final int locations;
    private final int size;
    private final FieldLayout layout;
    /** The neuron at each place of all pairs, any one where there is none; and 1 where there is one. */
    private final int[] neurons;

    private final Node present;
    private final Node gates;
    private final Node weightsIn;
    private final Node weightsOut;
    private final List<Part> parts = new ArrayList<>();
    private final Node shift;
    private final Node keep;
    private final Node gain;
    private final Node synapsesIn;
    private final Node synapsesOut;
    private final SparsePattern pattern;
    /** Computes the assignment alone, once it was asked for. */
    private Program assigner;

    /**
     * The pairs of one group of fields.
     *
     * @param assignment locations x modules x places
     * @param mixture what each pair contributes to each of its neurons, of the same shape
     * @param in interfaces, locations x modules x size x places
     * @param out of the same shape
     */
    private record Part(FieldLayout.Group group, Node assignment, Node mixture, Node in, Node out) {}

    /**
     * @param size inputs and outputs of a module
     * @param windows how many at once
     * @param steps predictions in each
     * @param ahead how many predictions follow from each state that is given: 1 to begin every one at what was recorded
     * @param classes of the behaviour; 0 without
     * @param loss null for predictions only
     * @param gated whether pairs have gates; the same in all graphs of a model
     */
    ModelGraph(
            ModelSpec spec,
            ModelStructure structure,
            int size,
            int windows,
            int steps,
            int ahead,
            int classes,
            LossTerms loss,
            boolean gated) {
        this.spec = spec;
        this.structure = structure;
        this.size = size;
        this.windows = windows;
        this.steps = steps;
        n = structure.n();
        locations = structure.fields().locations();
        layout = FieldLayout.of(structure, spec.modules());
        neurons = layout.neurons(structure.fields());
        int modules = spec.modules();
        int all = layout.size();

        // Parameters first, always in this order.
        network = new ModuleNetwork(spec.menu(), modules, size, graph);
        weightsIn = spec.menu().tied() ? null : graph.parameter(INTERFACE_IN, all * size);
        weightsOut = graph.parameter(INTERFACE_OUT, all * size);
        shift = graph.parameter(INTERFACE_SHIFT, locations, modules, 1, size);
        Node logits = graph.parameter(LOGITS, all);
        double[] there = new double[all];
        for (int i = 0; i < all; i++) {
            there[i] = neurons[i] < 0 ? 0 : 1;
            neurons[i] = Math.max(0, neurons[i]);
        }
        present = graph.constant(there, all);
        Node context = context();
        Node gateNumbers = gated ? graph.parameter(GATES, all) : null;
        keep = spec.observed() || spec.residual() ? graph.parameter(KEEP, 1) : null;
        pattern = spec.synapses() ? pattern() : null;
        synapsesIn = pattern == null ? null : graph.parameter("synapses before", pattern.size());
        synapsesOut = pattern == null ? null : graph.parameter("synapses after", pattern.size());
        Node decoder = classes == 0 ? null : graph.parameter("behavior weights", locations * modules * size, classes);
        Node decoderBias = classes == 0 ? null : graph.parameter("behavior bias", classes);
        Node use = classes == 0 ? null : graph.parameter("behavior modules", modules);

        // Last, so that a model without it has the same vector but for its end.
        gain = spec.learned() ? graph.parameter(GAIN, 1) : null;

        Node temperature = graph.input(TEMPERATURE, 1);
        assignment = assign((context == null ? logits : logits.add(context)).divide(temperature));
        gates = gateNumbers == null ? null : gateNumbers.logistic().multiply(present);
        Node inverses = spec.menu().tied() ? graph.input(INVERSE, locations, modules, size, size) : null;
        for (FieldLayout.Group group : layout.groups()) {
            parts.add(part(group, inverses));
        }

        List<Node> states = states(ahead > 1);
        List<Node> memory = network.recurrent() ? memory(loss == null) : null;
        List<Step> made = new ArrayList<>();
        for (int t = 0; t < states.size(); t++) {
            if (t % ahead > 0) {
                states.set(t, made.getLast().predicted);
            }
            made.add(step(states.get(t), memory));
        }
        remembered = memory == null ? null : Node.concat(1, memory);
        predicted = inOrder(made.stream().map(Step::predicted).toList(), 0);
        if (loss != null) {
            Map<String, Symbol> symbols = new LinkedHashMap<>();
            int rows = windows * steps;
            symbols.put("next", new Symbol(graph.input(NEXT, rows, n), graph.input(NEXT_KNOWN, rows, n)));
            symbols.put("predicted", Symbol.of(predicted));
            symbols.put("state", Symbol.of(inOrder(states, 0)));
            Node share = share();
            Node outputs =
                    inOrder(made.stream().map(s -> s.byModule(this, share)).toList(), 1);
            symbols.put("module_output", new Symbol(outputs, share.expand(1)));
            symbols.put("assignment", new Symbol(assignment, present));
            symbols.put("mixture", new Symbol(mixture(), present));
            symbols.put("layers", Symbol.of(network.complexity(graph)));
            symbols.put("weights", Symbol.of(network.weights()));
            symbols.put(
                    "interface",
                    Symbol.of(weightsIn == null ? weightsOut : Node.concat(0, List.of(weightsIn, weightsOut))));
            if (classes > 0) {
                symbols.put(
                        "behavior",
                        new Symbol(graph.input(BEHAVIOR, rows, classes), graph.input(BEHAVIOR_KNOWN, rows, 1)));
                Node read = inOrder(made.stream().map(s -> s.features(use)).toList(), 0);
                symbols.put(
                        "behavior_predicted",
                        Symbol.of(ModuleNetwork.softmax(read.matmul(decoder).add(decoderBias), 1)));
            }
            Node total = null;
            for (String term : loss.names()) {
                Node value =
                        loss.build(term, name -> symbol(symbols, name)).value().reshape();
                terms.put(term, value);
                total = total == null ? value : total.add(value);
            }
            terms.put("loss", total);
        }
    }

    private Symbol symbol(Map<String, Symbol> symbols, String name) {
        Symbol symbol = symbols.get(name);
        if (symbol == null) {
            throw new MesoException(
                    ErrorCode.MISSING_CLAUSE,
                    "the loss speaks of `" + name + "`, but the model " + spec.name() + " has no behavior",
                    "add a line `behavior` to the model, or leave the term out");
        }
        return symbol;
    }

    // ---- assignment -------------------------------------------------------------------------------------------

    /** What the neighbourhood says for each pair; null without features. */
    private Node context() {
        int count = structure.featureCount();
        if (count == 0) {
            return null;
        }
        double[] byFeature = new double[count * n];
        for (int v = 0; v < n; v++) {
            for (int f = 0; f < count; f++) {
                byFeature[f * n + v] = structure.features()[v * count + f];
            }
        }
        Node features = graph.constant(byFeature, count, n);
        if (spec.assignment() == ModelSpec.Assignment.SCATTER_GATHER) {
            SparsePattern near = rows(n, structure.neighbours());
            Node gathered = graph.parameter("context weights", near.size()).sparseProduct(near, features);
            // features x places of all pairs, each with a weight of its own.
            Node scatter = graph.parameter("context scatter", count, layout.size());
            return gathered.gather(1, neurons).multiply(scatter).sum(0);
        }
        int[][] near = new int[layout.size()][];
        for (int l = 0; l < locations; l++) {
            for (int b = 0; b < spec.modules(); b++) {
                for (int k = 0; k < layout.places(l); k++) {
                    int at = layout.start(l, b) + k;
                    near[at] = k < structure.fields().size(l) ? structure.neighbours()[neurons[at]] : new int[0];
                }
            }
        }
        SparsePattern pairs = rows(near.length, near);
        Node gathered = graph.parameter("context weights", pairs.size()).sparseProduct(pairs, features);
        Node shared = graph.parameter("context scatter", count, 1);
        return gathered.multiply(shared).sum(0);
    }

    private SparsePattern rows(int rows, int[][] columns) {
        int total = Arrays.stream(columns).mapToInt(r -> r.length).sum();
        int[] row = new int[total];
        int[] column = new int[total];
        for (int r = 0, e = 0; r < rows; r++) {
            for (int c : columns[r]) {
                row[e] = r;
                column[e++] = c;
            }
        }
        return SparsePattern.of(rows, n, row, column);
    }

    /** A softmax of each neuron over all its pairs. */
    private Node assign(Node numbers) {
        Node masked = numbers.add(present.subtract(1).multiply(1e30));
        Node most = masked.detach().scatterMax(0, neurons, n).maximum(-1e29).gather(0, neurons);
        Node e = masked.subtract(most).exp().multiply(present);
        Node sum = e.scatterAdd(0, neurons, n).maximum(1e-30).gather(0, neurons);
        return e.divide(sum);
    }

    /** What each pair contributes to each of its neurons. */
    private Node mixture() {
        return gates == null ? assignment : assignment.multiply(gates);
    }

    /** How much each module is assigned of each neuron: modules x neurons. */
    private Node share() {
        return sum(part -> part.assignment
                .transpose(1, 0, 2)
                .reshape(spec.modules(), part.group.neurons().length)
                .scatterAdd(1, part.group.neurons(), n));
    }

    private Node sum(Function<Part, Node> of) {
        return parts.stream().map(of).reduce(Node::add).orElseThrow();
    }

    // ---- interfaces -------------------------------------------------------------------------------------------

    private Part part(FieldLayout.Group group, Node inverses) {
        int[] pairs = {group.count(), spec.modules(), group.places()};
        int[] interfaces = {group.count(), spec.modules(), size, group.places()};
        Node assigned = of(group, assignment, 1).reshape(pairs);
        // Tied interfaces are the same for any scale of the assignment, so there the scale needs no slope.
        Node most = assigned.max(2);
        Node relative = assigned.divide(
                (inverses == null ? most : most.detach()).maximum(TINY).expand(2));
        Node out = of(group, weightsOut, size).reshape(interfaces);
        Node in;
        if (inverses == null) {
            Node learned = of(group, weightsIn, size).reshape(group.count(), spec.modules(), group.places(), size);
            in = learned.transpose(0, 1, 3, 2).multiply(relative.expand(2));
        } else {
            in = inverse(out, relative, inverses.slice(0, group.first(), group.first() + group.count()));
        }
        return new Part(group, assigned, of(group, mixture(), 1).reshape(pairs), in, out);
    }

    /** The numbers of a group in an array that has so many for each place. */
    private static Node of(FieldLayout.Group group, Node all, int each) {
        int from = group.start() * each;
        return all.slice(0, from, from + group.size() * each);
    }

    /**
     * The inverse of interfaces out. The inverses of the small matrices are given, from the parameters of a step before, and Newton's
     * iteration brings them up to date, X (2 - M X), which also gives them their slopes.
     */
    private Node inverse(Node out, Node relative, Node given) {
        Node scaled = out.multiply(relative.expand(2));
        Node one = graph.constant(Coordinates.identity(size), size, size);
        Node products = scaled.matmul(scaled.transpose(0, 1, 3, 2));
        Node trace = products.multiply(one).sum(2, 3).expand(2, 3);
        Node matrix = products.add(
                one.multiply(trace.multiply(Interfaces.RIDGE / size).add(Interfaces.LEAST)));
        Node x = given;
        for (int i = 0; i < ITERATIONS; i++) {
            x = x.matmul(one.multiply(2).subtract(matrix.matmul(x)));
        }
        // The inverse is symmetric.
        return x.matmul(scaled.multiply(relative.expand(2)));
    }

    /** The assignment under some parameters. */
    double[] assignment(Parameters parameters, double temperature) {
        if (assigner == null) {
            assigner = Program.compile(Map.of(LOGITS, assignment), Options.DOUBLE);
        }
        assigner.set(parameters);
        assigner.set(TEMPERATURE, temperature);
        assigner.run(Monitor.NONE);
        return assigner.get(LOGITS);
    }

    /** What {@link #INVERSE} is under some parameters. */
    double[] inverses(Parameters parameters, double temperature) {
        return Interfaces.inverses(parameters.get(INTERFACE_OUT), assignment(parameters, temperature), layout, size);
    }

    // ---- steps ------------------------------------------------------------------------------------------------

    /**
     * What one step makes.
     *
     * @param predicted rows x neurons
     * @param outputs of the networks of all pairs, modules x size x locations x rows
     * @param change what goes through the interfaces out, of the same shape
     */
    private record Step(Node predicted, Node state, Node outputs, Node change) {
        /** What each module alone predicts, modules x rows x neurons, its locations weighted by assignment. */
        Node byModule(ModelGraph model, Node share) {
            int modules = model.spec.modules();
            int rows = predicted.shape()[0];
            Node sums = model.sum(part -> part.out
                    .multiply(part.assignment.expand(2))
                    .contract("lbkp,bklr->blpr", here(change, part.group))
                    .reshape(modules, part.group.neurons().length, rows)
                    .scatterAdd(1, part.group.neurons(), model.n));
            Node mean = sums.divide(share.maximum(1e-9).expand(2)).transpose(0, 2, 1);
            return model.keep == null ? mean : mean.add(state.multiply(model.keep));
        }

        /** What belongs to the locations of a group. */
        static Node here(Node all, FieldLayout.Group group) {
            return all.slice(2, group.first(), group.first() + group.count());
        }

        /** Outputs of all modules side by side, each scaled by its use for behaviour: rows x (locations x modules x size). */
        Node features(Node use) {
            int[] shape = outputs.shape();
            return outputs.multiply(use.logistic().reshape(shape[0], 1, 1, 1))
                    .transpose(3, 2, 0, 1)
                    .reshape(shape[3], shape[2] * shape[0] * shape[1]);
        }
    }

    /**
     * The states that predictions start from: rows x neurons where they are given and nothing is remembered, else one array for each
     * step. A learned gain estimates them here: {@code s + gain (x - s)}.
     */
    private List<Node> states(boolean oneByOne) {
        if (gain == null) {
            Node given = graph.input(STATE, windows, steps, n);
            return network.recurrent() || oneByOne
                    ? steps(given)
                    : new ArrayList<>(List.of(given.reshape(windows * steps, n)));
        }
        List<Node> frames = steps(graph.input(SEEN, windows, steps, n));
        List<Node> known = steps(graph.input(SEEN_KNOWN, windows, steps, n));
        Node share = gain.logistic();
        Node state = graph.input(START, windows, n);
        List<Node> states = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            Node error = frames.get(t).subtract(state).multiply(known.get(t));
            state = state.add(error.multiply(share));
            states.add(state);
        }
        return states;
    }

    private List<Node> steps(Node frames) {
        List<Node> all = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            all.add(frames.at(1, t));
        }
        return all;
    }

    /** What recurrent layers remember at the start of the windows: given, or nothing. */
    private List<Node> memory(boolean given) {
        if (!given) {
            return network.emptyMemory();
        }
        return network.splitMemory(graph.input(MEMORY, spec.modules(), network.memory(), locations * windows));
    }

    /** F: the state one frame later. Inside, rows are the last axis: the columns of all products, however small the modules are. */
    private Step step(Node state, List<Node> memory) {
        int rows = state.shape()[0];
        int modules = spec.modules();
        Node input = pattern == null ? state : state.add(synapsesIn.sparseProduct(pattern, state));
        Node turned = input.transpose();
        Node center = shift.transpose(1, 3, 0, 2);
        Node seen = Node.concat(
                2,
                parts.stream()
                        .map(part -> part.in.contract(
                                "lbkp,lpr->bklr",
                                turned.gather(0, part.group.neurons())
                                        .reshape(part.group.count(), part.group.places(), rows)))
                        .toList());
        read = seen.add(center);
        Node y = network.apply(read.reshape(modules, size, locations * rows), memory)
                .reshape(modules, size, locations, rows);
        Node change = y.subtract(center);
        if (keep != null && spec.menu().tied()) {
            change = change.subtract(seen.multiply(keep));
        }
        Node through = change;
        Node mixed = sum(part -> part.out
                        .multiply(part.mixture.expand(2))
                        .contract("lbkp,bklr->lpr", Step.here(through, part.group))
                        .reshape(part.group.neurons().length, rows)
                        .scatterAdd(0, part.group.neurons(), n))
                .transpose();
        if (pattern != null) {
            mixed = mixed.add(synapsesOut.sparseProduct(pattern, mixed));
        }
        return new Step(keep == null ? mixed : mixed.add(state.multiply(keep)), state, y, change);
    }

    /** Steps of all windows put window by window along the axis of rows. */
    private Node inOrder(List<Node> parts, int axis) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        Node stacked = Node.stack(axis + 1, parts);
        int[] shape = stacked.shape();
        int[] flat = new int[shape.length - 1];
        System.arraycopy(shape, 0, flat, 0, axis);
        flat[axis] = shape[axis] * shape[axis + 1];
        System.arraycopy(shape, axis + 2, flat, axis + 1, flat.length - axis - 1);
        return stacked.reshape(flat);
    }

    /** Row i holds the connections to neuron i. */
    private SparsePattern pattern() {
        int[] pre = structure.wiring().edgeSources();
        return SparsePattern.of(n, n, structure.wiring().outTargets(), pre);
    }
}
