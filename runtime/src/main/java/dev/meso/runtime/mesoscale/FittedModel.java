package dev.meso.runtime.mesoscale;

import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.recording.Forecaster;
import dev.meso.runtime.recording.Forecasts;
import dev.meso.runtime.recording.Scaling;
import dev.meso.runtime.tensor.Options;
import dev.meso.runtime.tensor.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model with what it has learned: parameters, the rounded networks of its modules, the assignment of its neurons, and how well it does
 * beside the baselines. States are standardized; {@link #scaling} leads back to the units of the recording.
 */
public final class FittedModel {
    private final Learned learned;
    private final FitReport report;
    private final ModelGraph graph;
    private final Parameters parameters;
    private final Place[] places;

    /**
     * What was learned, and all that is needed to use it.
     *
     * @param size inputs and outputs of a module
     * @param classes names of the classes of the behaviour, empty without
     * @param gated whether the loss spoke of the mixture
     * @param parameters all, in the order of the model's program
     * @param assignment decided, of the places of all pairs of location and module: see {@link FieldLayout}
     * @param scaling of the recording
     * @param names of the neurons, in the order of the recording
     * @param step seconds from frame to frame
     */
    public record Learned(
            ModelSpec spec,
            ModelStructure structure,
            int size,
            List<String> classes,
            boolean gated,
            Options.Precision precision,
            double[] parameters,
            double[] assignment,
            Scaling scaling,
            List<String> names,
            double step) {}

    /** Where a neuron belongs: the pair of module and location with the greatest weight; -1 for a neuron in no field. */
    public record Place(int module, int location, double weight) {}

    FittedModel(Learned learned, FitReport report) {
        this.learned = learned;
        this.report = report;
        graph = graph(1);
        parameters = Parameters.of(graph.graph);
        System.arraycopy(learned.parameters, 0, parameters.values(), 0, parameters.size());
        places = places(learned);
    }

    /** The program of the model for so many states at once. */
    ModelGraph graph(int states) {
        return new ModelGraph(
                learned.spec.fixed(),
                learned.structure,
                learned.size,
                states,
                1,
                1,
                learned.classes.size(),
                null,
                learned.gated);
    }

    private static Place[] places(Learned learned) {
        int modules = learned.spec.modules();
        FieldLayout layout = FieldLayout.of(learned.structure, modules);
        Place[] places = new Place[learned.names.size()];
        Arrays.fill(places, new Place(-1, -1, 0));
        for (int l = 0; l < learned.structure.fields().locations(); l++) {
            int[] field = learned.structure.fields().neurons(l);
            for (int k = 0; k < field.length; k++) {
                for (int b = 0; b < modules; b++) {
                    double weight = learned.assignment[layout.start(l, b) + k];
                    if (weight > places[field[k]].weight) {
                        places[field[k]] = new Place(b, l, weight);
                    }
                }
            }
        }
        return places;
    }

    public Learned learned() {
        return learned;
    }

    public ModelSpec spec() {
        return learned.spec;
    }

    public FitReport report() {
        return report;
    }

    /** The same model reported beside one more, such as itself on shuffled wiring. */
    public FittedModel beside(String name, FittedModel other) {
        Forecasts.Error[] errors = Arrays.stream(other.report.errors().getFirst())
                .map(e -> new Forecasts.Error(name, e.steps(), e.squared(), e.explained(), e.values()))
                .toArray(Forecasts.Error[]::new);
        return new FittedModel(learned, report.beside(errors));
    }

    FittedModel with(FitReport other) {
        return new FittedModel(learned, other);
    }

    /** The neurons, in the order of the recording. */
    public List<String> names() {
        return learned.names;
    }

    public Scaling scaling() {
        return learned.scaling;
    }

    public Place place(int neuron) {
        return places[neuron];
    }

    /** Neurons that belong to the same pair of module and location are a block. */
    public Partition domains() {
        return Partition.of(Arrays.stream(places)
                .mapToInt(p -> p.module < 0 ? Partition.NONE : p.location * learned.spec.modules() + p.module)
                .toArray());
    }

    /** Neurons that belong to the same module are a block. */
    public Partition modules() {
        return Partition.of(Arrays.stream(places)
                .mapToInt(p -> p.module < 0 ? Partition.NONE : p.module)
                .toArray());
    }

    /** The locations where a module has neurons, ascending. */
    public int[] locations(int module) {
        return Arrays.stream(places)
                .filter(p -> p.module == module)
                .mapToInt(Place::location)
                .distinct()
                .sorted()
                .toArray();
    }

    /** The neurons of a module. */
    public int[] neurons(int module) {
        return IntStream.range(0, places.length)
                .filter(v -> places[v].module == module)
                .toArray();
    }

    /** The layers of a module as text: {@code 4 -> dense 12 tanh -> 4, skip}. */
    public String network(int module) {
        return graph.network.describe(parameters, module);
    }

    /** Free parameters of the network of a module. */
    public int networkParameters(int module) {
        return graph.network.freeParameters(parameters, module);
    }

    Parameters parameters() {
        return parameters;
    }

    /** One frame at a time, on standardized states. */
    public Forecaster forecaster() {
        return forecaster(1);
    }

    /** The same on so many threads, which change no bit. */
    Forecaster forecaster(int threads) {
        return new ModelForecaster(
                learned.spec.name(),
                learned.spec,
                learned.structure,
                learned.size,
                learned.classes.size(),
                learned.gated,
                learned.parameters,
                1,
                new Options(learned.precision, threads, true));
    }

    /** Share of the state that the observer takes from each frame, declared or learned; 1 without an observer. */
    public double gain() {
        if (learned.spec.learned()) {
            return ModelForecaster.logistic(learned.parameters[learned.parameters.length - 1]);
        }
        return learned.spec.observed() ? learned.spec.gain() : 1;
    }
}
