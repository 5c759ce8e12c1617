package dev.meso.bench;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.mesoscale.FitOptions;
import dev.meso.runtime.mesoscale.LossTerms;
import dev.meso.runtime.mesoscale.ModelSpec;
import dev.meso.runtime.mesoscale.ModelStructure;
import dev.meso.runtime.mesoscale.ModuleMenu;
import dev.meso.runtime.mesoscale.Symbol;
import dev.meso.runtime.mesoscale.Training;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.recording.Scaling;
import dev.meso.runtime.space.LocationGrid;
import dev.meso.runtime.space.Positions;
import dev.meso.runtime.space.ReceptiveFields;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import dev.meso.runtime.tensor.Node;
import dev.meso.runtime.tensor.Options.Precision;
import dev.meso.runtime.unit.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Time and memory of an epoch of a declared model, with its validation: {@code ModelTraining frames|pairs|large|unplaced [epochs]
 * [float|double] [threads]}. Neurons stand at random in a box of locations 20 um apart with spheres of 40 um; their activity is random, for the time does
 * not depend on it.
 */
final class ModelTraining {
    private static final double STRIDE = 20;
    private static final double DIAMETER = 40;
    private static final int WARM_UP = 25;

    private static final LossTerms LOSS = new LossTerms() {
        @Override
        public List<String> names() {
            return List.of("predict", "overlap", "simple");
        }

        @Override
        public List<String> symbols(String term) {
            return switch (term) {
                case "predict" -> List.of("next", "predicted");
                case "overlap" -> List.of("assignment");
                default -> List.of("layers");
            };
        }

        @Override
        public Symbol build(String term, Function<String, Symbol> symbols) {
            return switch (term) {
                case "predict" ->
                    symbols.apply("next")
                            .with(symbols.apply("predicted"), Node::subtract)
                            .map(Node::square)
                            .mean();
                case "overlap" -> symbols.apply("assignment").overlap().map(x -> x.multiply(1e-4));
                default -> symbols.apply("layers").sum().map(x -> x.multiply(1e-5));
            };
        }
    };

    /**
     * @param side locations along the axes of the box
     * @param unplaced neurons in no sphere, which one more location holds together with all others
     * @param synapses latent synapses drawn at random; 0 for none
     */
    record Sizes(int neurons, int[] side, int unplaced, int modules, int synapses, int frames) {
        int locations() {
            return side[0] * side[1] * side[2] + (unplaced > 0 ? 1 : 0);
        }
    }

    private ModelTraining() {}

    static Training training(Sizes sizes, Precision precision, int threads) {
        Parallel parallel = new Parallel(threads, Monitor.NONE);
        ModuleMenu menu = new ModuleMenu(
                "Column",
                List.of(new ModuleMenu.Layer(
                        4,
                        12,
                        4,
                        List.of(
                                new ModuleMenu.Activation(ModuleMenu.Function.TANH, 1),
                                new ModuleMenu.Activation(ModuleMenu.Function.RELU, 1)))),
                1,
                1,
                ModuleMenu.Presence.PRESENT,
                ModuleMenu.Presence.ABSENT,
                ModuleMenu.Presence.ABSENT,
                DIAMETER,
                STRIDE,
                3,
                true);
        ModelSpec spec = new ModelSpec(
                "Bench",
                menu,
                sizes.modules,
                ModelSpec.Assignment.SCATTER_GATHER,
                STRIDE,
                ModelSpec.Observer.of(0.7),
                false,
                sizes.synapses > 0);
        FitOptions options = FitOptions.DEFAULT
                .with()
                .start(FitOptions.Start.COMPONENTS)
                .epochs(1000)
                .precision(precision)
                .build();
        Activity activity = activity(sizes);
        Training training = new Training(
                spec,
                structure(sizes, parallel),
                menu.rank(),
                Scaling.of(activity).standardize(activity),
                null,
                LOSS,
                options,
                parallel);
        training.start();
        return training;
    }

    private static Activity activity(Sizes sizes) {
        RandomGenerator random = Streams.of(1, 0, 0);
        int n = sizes.neurons;
        double[] values = new double[sizes.frames * n];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i < n ? 0 : 0.9 * values[i - n]) + random.nextGaussian();
        }
        double[] times =
                IntStream.range(0, sizes.frames).mapToDouble(t -> 0.1 * t).toArray();
        return Activity.of(IntStream.range(0, n).mapToObj(i -> "n" + i).toList(), times, values);
    }

    private static ModelStructure structure(Sizes sizes, Parallel parallel) {
        RandomGenerator random = Streams.of(1, 1, 0);
        double[][] place = new double[3][sizes.neurons];
        for (int v = 0; v < sizes.neurons; v++) {
            for (int axis = 0; axis < 3; axis++) {
                place[axis][v] =
                        v < sizes.unplaced ? Double.NaN : STRIDE * (sizes.side[axis] * random.nextDouble() - 0.5);
            }
        }
        int lattice = sizes.side[0] * sizes.side[1] * sizes.side[2];
        double[][] centre = new double[3][lattice];
        for (int l = 0; l < lattice; l++) {
            centre[0][l] = STRIDE * (l % sizes.side[0]);
            centre[1][l] = STRIDE * (l / sizes.side[0] % sizes.side[1]);
            centre[2][l] = STRIDE * (l / sizes.side[0] / sizes.side[1]);
        }
        ReceptiveFields fields = ReceptiveFields.of(
                new Positions(place[0], place[1], place[2], Unit.ofName("um")),
                new LocationGrid(DIAMETER, STRIDE, centre[0], centre[1], centre[2]),
                parallel);
        if (sizes.unplaced > 0) {
            fields = fields.everywhere(IntStream.range(0, sizes.neurons).toArray());
        }
        if (sizes.synapses == 0) {
            return new ModelStructure(fields, null, null, null, null, 0);
        }
        int[] pre = random.ints(sizes.synapses, 0, sizes.neurons).toArray();
        int[] post = random.ints(sizes.synapses, 0, sizes.neurons).toArray();
        Wiring wiring = Wiring.of(sizes.neurons, pre, post, false);
        double[] weights = new double[wiring.m()];
        Arrays.fill(weights, 0.1 * sizes.neurons / sizes.synapses);
        return new ModelStructure(fields, wiring, weights, null, null, 0);
    }

    /** One row of a Markdown table: seconds of an epoch, the median by the clock and the mean of processor time. */
    private static void row(Sizes sizes, int epochs, Precision precision, int threads) {
        Training training = training(sizes, precision, threads);
        double[] wall = new double[epochs];
        training.step(Monitor.NONE);
        double processor = Usage.processor();
        for (int e = 0; e < epochs; e++) {
            long start = System.nanoTime();
            training.step(Monitor.NONE);
            wall[e] = (System.nanoTime() - start) / 1e9;
        }
        processor = (Usage.processor() - processor) / epochs;
        Arrays.sort(wall);
        System.out.printf(
                Locale.ROOT,
                "| %d | %d | %d | %d | %d | %d | %s | %d | %.3f s | %.3f s | %s |%n",
                sizes.neurons,
                sizes.locations(),
                sizes.modules,
                sizes.synapses,
                sizes.frames,
                training.parameters().size(),
                precision.name().toLowerCase(Locale.ROOT),
                threads,
                wall[epochs / 2],
                processor,
                Usage.peakMemory());
    }

    public static void main(String[] args) {
        String what = args.length > 0 ? args[0] : "frames";
        int epochs = args.length > 1 ? Integer.parseInt(args[1]) : 9;
        Precision precision = args.length > 2 && args[2].equals("double") ? Precision.DOUBLE : Precision.FLOAT;
        int threads = args.length > 3 ? Integer.parseInt(args[3]) : 1;
        // So that the first row is compiled, too.
        Training small = training(new Sizes(400, new int[] {3, 3, 3}, 0, 3, 0, 1200), precision, threads);
        for (int e = 0; e < WARM_UP; e++) {
            small.step(Monitor.NONE);
        }
        System.out.println(
                "| neurons | locations | modules | synapses | frames | parameters | precision | threads | an epoch | processor | peak memory |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        switch (what) {
            case "frames" -> {
                for (int frames : new int[] {400, 800, 1600, 4000}) {
                    row(new Sizes(400, new int[] {3, 3, 3}, 0, 3, 0, frames), epochs, precision, threads);
                }
            }
            case "pairs" -> {
                for (int modules : new int[] {1, 2, 4, 10}) {
                    row(new Sizes(400, new int[] {3, 3, 3}, 0, modules, 0, 1200), epochs, precision, threads);
                }
                for (int side : new int[] {3, 6, 12, 30}) {
                    row(new Sizes(135 * side, new int[] {3, 3, side}, 0, 3, 0, 1200), epochs, precision, threads);
                }
            }
            case "large" ->
                row(new Sizes(3000, new int[] {10, 10, 5}, 0, 8, 100_000, 1200), epochs, precision, threads);
            case "unplaced" ->
                row(new Sizes(3000, new int[] {10, 10, 5}, 1000, 8, 0, 1200), epochs, precision, threads);
            default -> throw new IllegalArgumentException("frames, pairs, large or unplaced, not " + what);
        }
    }
}
