package dev.meso.runtime.mesoscale;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.mesoscale.ModuleMenu.Activation;
import dev.meso.runtime.mesoscale.ModuleMenu.Function;
import dev.meso.runtime.mesoscale.ModuleMenu.Layer;
import dev.meso.runtime.mesoscale.ModuleMenu.Presence;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.recording.Forecasts;
import dev.meso.runtime.recording.Scaling;
import dev.meso.runtime.space.ReceptiveFields;
import dev.meso.runtime.task.Parallel;
import dev.meso.runtime.tensor.Options;
import dev.meso.runtime.tensor.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Fitted models of every build, with random parameters: for what does not depend on how good a fit is. */
enum AnyModel {
    PLAIN,
    OBSERVED,
    RECURRENT,
    WITH_EVERYTHING;

    static final int NEURONS = 64;
    static final int SIZE = 3;

    FittedModel make(long seed) {
        boolean all = this == WITH_EVERYTHING;
        boolean recurrent = all || this == RECURRENT;
        Tissue tissue = Tissue.plant(new Tissue.Options(NEURONS, 2, 10, 2, 3, 1));
        ModuleMenu menu = new ModuleMenu(
                "Column",
                List.of(new Layer(
                        4, 8, 2, List.of(new Activation(Function.TANH, 1), new Activation(Function.MAX_POOL, 2)))),
                1,
                all ? 2 : 1,
                all ? Presence.OPTIONAL : Presence.ABSENT,
                recurrent ? Presence.PRESENT : Presence.ABSENT,
                all ? Presence.OPTIONAL : Presence.ABSENT,
                Tissue.DIAMETER,
                Tissue.STRIDE,
                SIZE,
                !all);
        ModelSpec spec = new ModelSpec(
                "Any",
                menu,
                2,
                all ? ModelSpec.Assignment.COMPOSITE : ModelSpec.Assignment.SCATTER_GATHER,
                10,
                this == OBSERVED || all ? new ModelSpec.Observer(0.7, all, all ? 0.05 : 0) : ModelSpec.Observer.NONE,
                false,
                all);
        ReceptiveFields fields = ReceptiveFields.of(tissue.positions(), tissue.lattice(), Parallel.serial());
        RandomGenerator random = Streams.of(seed, 77, 0);
        ModelStructure structure = all ? rich(fields, random) : new ModelStructure(fields, null, null, null, null, 0);
        int classes = all ? 3 : 0;
        ModelGraph graph = new ModelGraph(spec, structure, SIZE, 1, 1, 1, classes, null, all);
        Parameters parameters = Parameters.of(graph.graph);
        for (int i = 0; i < parameters.size(); i++) {
            parameters.values()[i] = 0.4 * random.nextGaussian();
        }
        graph.network.round(parameters);
        Scaling scaling = new Scaling(
                random.doubles(NEURONS).toArray(),
                random.doubles(NEURONS, 0.5, 2).toArray(),
                List.of("n3"));
        List<String> names = IntStream.range(0, NEURONS).mapToObj(i -> "n" + i).toList();
        FittedModel.Learned learned = new FittedModel.Learned(
                spec,
                structure,
                SIZE,
                all ? List.of("forward", "reversal", "turn") : List.of(),
                all,
                this == PLAIN ? Options.Precision.DOUBLE : Options.Precision.FLOAT,
                parameters.values().clone(),
                graph.assignment(parameters, 1),
                scaling,
                names,
                0.3);
        return new FittedModel(learned, report(random));
    }

    private static ModelStructure rich(ReceptiveFields fields, RandomGenerator random) {
        int[] pre = random.ints(300, 0, NEURONS).toArray();
        int[] post = random.ints(300, 0, NEURONS).toArray();
        Wiring wiring = Wiring.of(NEURONS, pre, post, false);
        int[][] near = new int[NEURONS][];
        Arrays.setAll(near, v -> IntStream.of(v, (v + 1) % NEURONS).sorted().toArray());
        return new ModelStructure(
                fields.everywhere(IntStream.range(0, NEURONS).toArray()),
                wiring,
                random.doubles(wiring.m()).toArray(),
                near,
                random.doubles(2 * NEURONS).toArray(),
                2);
    }

    private static FitReport report(RandomGenerator random) {
        List<Forecasts.Error[]> errors = new ArrayList<>();
        for (String model : List.of("Any", "persistence")) {
            errors.add(IntStream.rangeClosed(1, 3)
                    .mapToObj(k -> new Forecasts.Error(model, k, random.nextDouble(), random.nextDouble(), 100))
                    .toArray(Forecasts.Error[]::new));
        }
        double[] explained = random.doubles(NEURONS).toArray();
        explained[5] = Double.NaN;
        return new FitReport(
                List.of("predict", "simple"),
                List.of(random.doubles(3).toArray(), random.doubles(3).toArray()),
                errors,
                explained,
                new double[] {0.25, Double.NaN},
                new DescriptionLength(-12.5, 3, 4),
                new double[] {0.3, 0.31},
                List.of(new FitReport.Restart(1, -5.5, 0.2), new FitReport.Restart(2, -5, 0.25)),
                1,
                new int[] {80, 20},
                true,
                new double[][] {{1, 0.25}, {Double.NaN, 1}});
    }
}
