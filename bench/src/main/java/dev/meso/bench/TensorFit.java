package dev.meso.bench;

import dev.meso.runtime.random.Streams;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.tensor.Adam;
import dev.meso.runtime.tensor.Graph;
import dev.meso.runtime.tensor.Node;
import dev.meso.runtime.tensor.Objective;
import dev.meso.runtime.tensor.Options;
import dev.meso.runtime.tensor.Parameters;
import dev.meso.runtime.tensor.Schedule;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A mesoscale model trained with Adam, of the sizes and with the loss that the peer {@code fit} trains: modules of one
 * hidden layer at spherical locations, gains at their interfaces, a softmax assignment of neurons.
 */
final class TensorFit {
    /** The sizes of the peer's model. */
    static final Sizes PEER = new Sizes(300, 1000, 4, 27, 64, 32, 64);

    /**
     * @param window how many inputs a module has
     * @param batch frames of a step
     */
    record Sizes(int neurons, int frames, int modules, int locations, int window, int hidden, int batch) {}

    /** Where the gains are applied: the result is the same, the cost is not. */
    enum Form {
        /** To each module's inputs and outputs of each frame, as the peer does. */
        FRAMES,
        /** To the modules' weights once a step, so that each location is two matrix products. */
        WEIGHTS
    }

    private final Sizes sizes;
    private final double[] activity;
    private final int[] field;
    private final Objective objective;
    private final Parameters parameters;
    private final Adam adam;

    TensorFit(Sizes sizes, Form form, Options options) {
        this.sizes = sizes;
        RandomGenerator random = Streams.of(1, 0, 0);
        activity = new double[sizes.frames * sizes.neurons];
        Arrays.setAll(activity, i -> random.nextGaussian());
        field = new int[sizes.locations * sizes.window];
        for (int l = 0; l < sizes.locations; l++) {
            int[] order = java.util.stream.IntStream.range(0, sizes.neurons).toArray();
            for (int k = 0; k < sizes.window; k++) {
                int other = k + random.nextInt(sizes.neurons - k);
                field[l * sizes.window + k] = order[other];
                order[other] = order[k];
            }
        }
        Graph graph = new Graph();
        Node loss = loss(graph, form);
        parameters = Parameters.of(graph);
        for (String name : parameters.names()) {
            double[] start = parameters.get(name);
            double mean = name.startsWith("gain") ? 1 : 0;
            double spread = name.startsWith("W") || name.equals("logit") ? 0.1 : 0;
            Arrays.setAll(start, i -> mean + spread * random.nextGaussian());
            parameters.set(name, start);
        }
        objective = Objective.of(loss, parameters, Map.of(), options);
        adam = new Adam(parameters.all(), Schedule.constant(1e-2));
    }

    private Node loss(Graph graph, Form form) {
        int frames = sizes.batch;
        int n = sizes.neurons;
        int locations = sizes.locations;
        int modules = sizes.modules;
        int inputs = sizes.window;
        int hidden = sizes.hidden;
        Node now = graph.input("now", frames, n);
        Node next = graph.input("next", frames, n);
        Node in = graph.parameter("W1", modules, inputs, hidden);
        Node inBias = graph.parameter("b1", modules, hidden);
        Node out = graph.parameter("W2", modules, hidden, inputs);
        Node outBias = graph.parameter("b2", modules, inputs);
        Node gainIn = graph.parameter("gain_in", locations, modules, inputs);
        Node gainOut = graph.parameter("gain_out", locations, modules, inputs);
        Node logit = graph.parameter("logit", locations, modules, inputs);
        // Which neuron each (location, module, input) stands for.
        int[] flat = new int[locations * modules * inputs];
        Arrays.setAll(flat, i -> field[i / (modules * inputs) * inputs + i % inputs]);
        Node e = logit.exp().reshape(-1);
        Node assigned = e.divide(e.scatterAdd(0, flat, n).gather(0, flat)).reshape(logit.shape());
        Node predicted;
        if (form == Form.FRAMES) {
            Node seen = now.gather(1, field).reshape(frames, locations, inputs);
            Node h = seen.expand(2)
                    .multiply(gainIn)
                    .contract("tlbk,bkh->tlbh", in)
                    .add(inBias)
                    .relu();
            Node each = h.contract("tlbh,bhk->tlbk", out).add(outBias).multiply(gainOut);
            predicted = each.multiply(assigned).reshape(frames, -1).scatterAdd(1, flat, n);
        } else {
            // Locations first and frames last: what belongs to one location lies together, and frames are the columns
            // of
            // all products.
            Node seen = now.transpose().gather(0, field).reshape(locations, inputs, frames);
            Node h = gainIn.expand(2)
                    .multiply(in.transpose())
                    .contract("lbhk,lkt->lbht", seen)
                    .add(inBias.expand(2))
                    .relu();
            Node scale = gainOut.multiply(assigned);
            Node each = scale.expand(2)
                    .multiply(out)
                    .contract("lbhk,lbht->lkt", h)
                    .add(scale.multiply(outBias).sum(1).expand(2));
            predicted = each.reshape(-1, frames).scatterAdd(0, field, n).transpose();
        }
        Node error = predicted.subtract(next).square().mean();
        Node undecided = assigned.multiply(graph.constant(1).subtract(assigned)).sum();
        Node penalty = gainIn.abs().sum().add(gainOut.abs().sum());
        return error.add(undecided.multiply(1e-3)).add(penalty.multiply(1e-4));
    }

    /** Steps over the frames in order, batch by batch; returns the last loss. */
    double epoch() {
        double loss = 0;
        for (int s = 0; s < sizes.frames - 1 - sizes.batch; s += sizes.batch) {
            objective.program().set("now", activity, s * sizes.neurons);
            objective.program().set("next", activity, (s + 1) * sizes.neurons);
            loss = objective.evaluate(Monitor.NONE);
            adam.step(parameters.values(), objective.gradient());
        }
        return loss;
    }

    String explain() {
        return objective.program().explain();
    }

    /**
     * Wall and processor seconds of epochs at the peer's sizes: {@code TensorFit [epochs] [frames|weights] [float|double] [threads]}; what is left out takes
     * every value in turn.
     */
    public static void main(String[] args) {
        int epochs = args.length > 0 ? Integer.parseInt(args[0]) : 40;
        for (Form form : Form.values()) {
            for (Options.Precision precision : Options.Precision.values()) {
                for (int threads = 1; threads <= 2; threads++) {
                    if ((args.length < 2 || args[1].equalsIgnoreCase(form.name()))
                            && (args.length < 3 || args[2].equalsIgnoreCase(precision.name()))
                            && (args.length < 4 || Integer.parseInt(args[3]) == threads)) {
                        measure(form, new Options(precision, threads, true), epochs);
                    }
                }
            }
        }
    }

    private static void measure(Form form, Options options, int epochs) {
        TensorFit fit = new TensorFit(PEER, form, options);
        double[] wall = new double[epochs];
        double processor = 0;
        double fourth = Double.NaN;
        for (int e = 0; e < epochs; e++) {
            long start = System.nanoTime();
            // The first half compiles.
            processor = e == epochs / 2 ? Usage.processor() : processor;
            double loss = fit.epoch();
            wall[e] = (System.nanoTime() - start) / 1e9;
            fourth = e == 3 ? loss : fourth;
        }
        double first = wall[0];
        Arrays.sort(wall);
        processor = (Usage.processor() - processor) / (epochs - epochs / 2);
        System.out.printf(
                Locale.ROOT,
                "%s %s %d threads: epoch first %.3f s, median %.4f s, best %.4f s; processor %.4f s; fourth epoch's loss %.4f; peak memory %s%n",
                form,
                options.precision(),
                options.threads(),
                first,
                wall[epochs / 2],
                wall[0],
                processor,
                fourth,
                Usage.peakMemory());
    }
}
