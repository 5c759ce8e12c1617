package dev.meso.runtime.mesoscale;

import dev.meso.runtime.random.Streams;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.tensor.Graph;
import dev.meso.runtime.tensor.Lbfgs;
import dev.meso.runtime.tensor.Node;
import dev.meso.runtime.tensor.Objective;
import dev.meso.runtime.tensor.Options;
import dev.meso.runtime.tensor.Parameters;
import dev.meso.runtime.tensor.Ranges;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Turns what a staged start found into parameters of a model. A pair of location and module gets the interface of the location's domain in the
 * coordinates of the module, also for modules that do not work there and for neurons that belong elsewhere, so that training may change
 * its mind about neurons; the networks of the menu learn what the small networks of the start compute.
 */
final class WarmStart {
    private static final int DISTILLED = 0x44495354;
    private static final int CASES = 384;
    private static final int EVALUATIONS = 300;
    /** Of outputs of about unit variance. */
    private static final double ENOUGH = 1e-4;

    private static final String ERRORS = "errors";

    /** By how much the assignment prefers the module that a domain has to the others, in units of explained variance. */
    private static final double PREFERENCE = 0.5;

    /** No neuron goes to a location without a domain. */
    private static final double NEVER = -1e3;

    private final ModelStructure structure;
    private final FieldLayout layout;
    private final int modules;
    private final int size;
    private final StagedStart start;
    private final StagedFit staged;
    /** State of each frame, frames x neurons. */
    private final double[] states;

    WarmStart(ModelStructure structure, int modules, StagedStart start, StagedFit staged, double[] states) {
        this.structure = structure;
        this.layout = FieldLayout.of(structure, modules);
        this.modules = modules;
        this.size = start.rank();
        this.start = start;
        this.staged = staged;
        this.states = states;
    }

    /** Interfaces and assignment; those of locations without a domain stay as they are. */
    void connect(Parameters parameters) {
        boolean tied = !parameters.names().contains(ModelGraph.INTERFACE_IN);
        double[] out = parameters.get(ModelGraph.INTERFACE_OUT);
        double[] in = tied ? new double[out.length] : parameters.get(ModelGraph.INTERFACE_IN);
        double[] shift = new double[layout.pairs() * size];
        double[] logits = new double[layout.size()];
        Arrays.fill(logits, NEVER);
        Latents[] latents = start.latents();
        for (int d = 0; d < latents.length; d++) {
            Latents z = latents[d];
            int l = start.locations()[d];
            int[] field = structure.fields().neurons(l);
            double[] shown = shown(z, field);
            int places = layout.places(l);
            for (int b = 0; b < modules; b++) {
                int pair = layout.pair(l, b);
                int at = layout.start(l, b);
                Link link = staged.links()[b][d];
                double[] inverse = link.inverse().map();
                boolean own = staged.interfaces().get(d).module() == b;
                Arrays.fill(in, at * size, (at + places) * size, 0);
                Arrays.fill(out, at * size, (at + places) * size, 0);
                System.arraycopy(link.shift(), 0, shift, pair * size, size);
                for (int j = 0; j < z.neurons().length; j++) {
                    int k = Arrays.binarySearch(field, z.neurons()[j]);
                    for (int r = 0; r < size; r++) {
                        double sum = 0;
                        for (int c = 0; c < size; c++) {
                            sum += link.map()[r * size + c] * z.in()[c * z.neurons().length + j];
                        }
                        in[(at + k) * size + r] = sum;
                        shift[pair * size + r] -= sum * z.means()[j];
                    }
                }
                for (int k = 0; k < field.length; k++) {
                    double explained = 0;
                    for (int c = 0; c < size; c++) {
                        explained += shown[k * size + c] * shown[k * size + c];
                        for (int r = 0; r < size; r++) {
                            out[at * size + r * places + k] += shown[k * size + c] * inverse[c * size + r];
                        }
                    }
                    logits[at + k] = explained + (own ? PREFERENCE : 0);
                }
            }
        }
        // What the start decided stands first, wherever two domains explain a neuron alike.
        for (Interface one : staged.interfaces()) {
            int[] field = structure.fields().neurons(one.location());
            for (int v : one.neurons()) {
                logits[layout.start(one.location(), one.module()) + Arrays.binarySearch(field, v)] += PREFERENCE;
            }
        }
        if (!tied) {
            parameters.set(ModelGraph.INTERFACE_IN, in);
        }
        parameters.set(ModelGraph.INTERFACE_OUT, out);
        parameters.set(ModelGraph.INTERFACE_SHIFT, shift);
        parameters.set(ModelGraph.LOGITS, logits);
    }

    /** How each neuron of a field shows the variables of a domain: their covariances, as the variables have unit variance. */
    private double[] shown(Latents z, int[] field) {
        int n = structure.n();
        int frames = states.length / n;
        double[] shown = new double[field.length * size];
        double[] means = new double[field.length];
        for (int t = 0; t < frames; t++) {
            for (int k = 0; k < field.length; k++) {
                means[k] += states[t * n + field[k]] / frames;
            }
        }
        for (int t = 0; t < frames; t++) {
            for (int k = 0; k < field.length; k++) {
                double x = (states[t * n + field[k]] - means[k]) / frames;
                for (int c = 0; c < size; c++) {
                    shown[k * size + c] += x * z.values()[t * size + c];
                }
            }
        }
        return shown;
    }

    /** What networks were taught with; all else is in the staged fit. */
    record Taught(ModuleMenu menu, double leak, long seed) {}

    /**
     * Weights and switches of the networks of the menu that compute nearly what the small networks of the start do. Every activation of the menu is
     * tried with all units on, and each module keeps the best: left to gradients, a mixture of activations learns what none of them does once one is
     * chosen. What can be left out is for the loss to say.
     *
     * @param leak where it is a number the networks learn something else instead: that of each variable so much is left, as of all states without modules
     */
    void distill(ModuleMenu menu, double leak, Parameters into, long seed, Monitor monitor) {
        // Fits on other wirings of the same neurons begin with the same networks.
        Taught key = new Taught(menu, leak, seed);
        Map<String, double[]> known = staged.taught().get(key);
        if (known != null) {
            known.forEach(into::set);
            return;
        }
        RandomGenerator random = Streams.of(seed, DISTILLED, 0);
        double[] x = new double[modules * CASES * size];
        double[] y = new double[x.length];
        for (int b = 0; b < modules; b++) {
            examples(b, leak, x, y, random);
        }
        Graph graph = new Graph();
        ModuleNetwork network = new ModuleNetwork(menu, modules, size, graph);
        Node made = network.apply(
                graph.constant(x, modules, size, CASES), network.recurrent() ? network.emptyMemory() : null);
        Node errors =
                made.subtract(graph.constant(y, modules, size, CASES)).square().mean(1, 2);
        Parameters parameters = Parameters.of(graph);
        Objective objective = Objective.of(errors.mean(), parameters, Map.of(ERRORS, errors), Options.DOUBLE);
        double[] least = new double[modules];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        // Any activation learns a decay.
        int choices = Double.isNaN(leak) ? network.choices() : 1;
        for (int choice = 0; choice < choices; choice++) {
            network.start(parameters, Streams.of(seed, DISTILLED, 1));
            network.lean(parameters, choice);
            Lbfgs.minimize(objective, parameters, weights(network, parameters), EVALUATIONS, ENOUGH, monitor);
            objective.evaluate(monitor);
            double[] now = objective.program().get(ERRORS);
            for (String name : parameters.names()) {
                double[] from = parameters.get(name);
                double[] to = into.get(name);
                int each = from.length / modules;
                for (int b = 0; b < modules; b++) {
                    if (now[b] < least[b]) {
                        System.arraycopy(from, b * each, to, b * each, each);
                    }
                }
                into.set(name, to);
            }
            for (int b = 0; b < modules; b++) {
                least[b] = Math.min(least[b], now[b]);
            }
        }
        Map<String, double[]> all = new HashMap<>();
        for (String name : parameters.names()) {
            all.put(name, into.get(name));
        }
        staged.taught().put(key, all);
    }

    private static Ranges weights(ModuleNetwork network, Parameters parameters) {
        return parameters.ranges(parameters.names().stream()
                .filter(name -> !network.switches().contains(name))
                .toArray(String[]::new));
    }

    /** Variables of frames of the domains of a module, in its coordinates, and what its network makes of them; random ones where it has no domain. */
    private void examples(int b, double leak, double[] x, double[] y, RandomGenerator random) {
        List<Integer> mine = new ArrayList<>();
        for (int d = 0; d < staged.interfaces().size(); d++) {
            if (staged.interfaces().get(d).module() == b) {
                mine.add(d);
            }
        }
        SmallNetwork network = staged.networks().get(b);
        double[] from = new double[size];
        double[] to = new double[size];
        double[] shift = new double[size];
        for (int i = 0; i < CASES; i++) {
            if (mine.isEmpty()) {
                Arrays.setAll(from, r -> random.nextGaussian());
            } else {
                int d = mine.get(random.nextInt(mine.size()));
                Latents z = start.latents()[d];
                Link link = staged.links()[b][d];
                shift = link.shift();
                int t = random.nextInt(z.values().length / size);
                for (int r = 0; r < size; r++) {
                    from[r] = link.shift()[r];
                    for (int c = 0; c < size; c++) {
                        from[r] += link.map()[r * size + c] * z.values()[t * size + c];
                    }
                }
            }
            if (Double.isNaN(leak)) {
                network.apply(from, new double[network.width()], to);
            } else {
                for (int r = 0; r < size; r++) {
                    to[r] = shift[r] + leak * (from[r] - shift[r]);
                }
            }
            for (int r = 0; r < size; r++) {
                x[(b * size + r) * CASES + i] = from[r];
                y[(b * size + r) * CASES + i] = to[r];
            }
        }
    }
}
