package dev.meso.runtime.mesoscale;

import dev.meso.runtime.recording.Baselines;
import dev.meso.runtime.recording.Forecaster;
import dev.meso.runtime.recording.Forecasts;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.tensor.Node;
import dev.meso.runtime.tensor.Options;
import dev.meso.runtime.tensor.Parameters;
import dev.meso.runtime.tensor.Program;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A model with its parameters. Its program computes {@link #ROWS} states at once, whoever asks and however few are asked for, so that what becomes of a state
 * depends on no other.
 */
final class ModelForecaster implements Forecaster {
    private static final int ROWS = Forecasts.TOGETHER;
    private static final String PREDICTED = "predicted";
    private static final String REMEMBERED = "remembered";

    private final String name;
    private final ModelSpec spec;
    private final Options options;
    private final ModelGraph graph;
    private final Parameters parameters;
    private final double temperature;
    private final double[] inverses;
    private final double gain;
    private final int n;
    /** Numbers that are remembered: baselines of the neurons where the model has any, then those of recurrent layers. */
    private final int slow;

    private final int memory;
    /** Programs that no thread uses now, and whose parameters they hold; models that differ in their parameters share them. */
    private final Queue<Loaded> idle;

    private record Loaded(Program program, ModelForecaster by) {}

    ModelForecaster(
            String name,
            ModelSpec spec,
            ModelStructure structure,
            int size,
            int classes,
            boolean gated,
            double[] values,
            double temperature,
            Options options) {
        this(
                name,
                spec,
                options,
                new ModelGraph(spec.fixed(), structure, size, ROWS, 1, 1, classes, null, gated),
                values,
                temperature,
                new ConcurrentLinkedQueue<>());
    }

    private ModelForecaster(
            String name,
            ModelSpec spec,
            Options options,
            ModelGraph graph,
            double[] values,
            double temperature,
            Queue<Loaded> idle) {
        this.name = name;
        this.spec = spec;
        this.options = options;
        this.graph = graph;
        this.temperature = temperature;
        this.idle = idle;
        n = graph.predicted.shape()[1];
        slow = spec.drift() > 0 ? n : 0;
        memory = graph.remembered == null ? 0 : graph.remembered.size() / ROWS;
        parameters = Parameters.of(graph.graph);
        gain = spec.learned() ? logistic(values[values.length - 1]) : spec.gain();
        System.arraycopy(values, 0, parameters.values(), 0, parameters.size());
        inverses = graph.inverses(parameters, temperature);
    }

    /** The same model with other parameters, which are copied. */
    ModelForecaster with(double[] values, double other) {
        return new ModelForecaster(name, spec, options, graph, values, other, idle);
    }

    /** A program with the parameters of this model, for one thread. */
    private Loaded take() {
        Loaded free = idle.poll();
        if (free != null && free.by == this) {
            return free;
        }
        Program program = free != null ? free.program : compile();
        program.set(parameters);
        if (program.reads(ModelGraph.TEMPERATURE)) {
            program.set(ModelGraph.TEMPERATURE, temperature);
        }
        if (program.reads(ModelGraph.INVERSE)) {
            program.set(ModelGraph.INVERSE, inverses);
        }
        return new Loaded(program, this);
    }

    private Program compile() {
        Map<String, Node> outputs = new LinkedHashMap<>();
        outputs.put(PREDICTED, graph.predicted);
        if (memory > 0) {
            outputs.put(REMEMBERED, graph.remembered);
        }
        return Program.compile(outputs, options);
    }

    static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int memory() {
        return slow + memory;
    }

    @Override
    public void observe(double[] seen, double[] state) {
        if (slow > 0) {
            Baselines.follow(gain, spec.drift(), seen, state);
            return;
        }
        if (spec.observed()) {
            Baselines.correct(gain, seen, state);
            return;
        }
        for (int i = 0; i < n; i++) {
            state[i] = Double.isNaN(seen[i]) ? state[i] : seen[i];
        }
    }

    @Override
    public void step(double[] state, double[] next) {
        step(state, next, 1);
    }

    @Override
    public void step(double[] states, double[] next, int rows) {
        Loaded loaded = take();
        for (int from = 0; from < rows; from += ROWS) {
            step(loaded.program, states, next, from, Math.min(ROWS, rows - from));
        }
        idle.add(loaded);
    }

    private void step(Program program, double[] states, double[] next, int from, int rows) {
        int width = n + slow + memory;
        double[] relative = new double[ROWS * n];
        double[] remembered = new double[ROWS * memory];
        for (int r = 0; r < rows; r++) {
            int at = (from + r) * width;
            System.arraycopy(states, at, relative, r * n, n);
            for (int i = 0; i < slow; i++) {
                relative[r * n + i] -= states[at + n + i];
            }
            for (int m = 0; m < memory; m++) {
                remembered[m * ROWS + r] = states[at + n + slow + m];
            }
        }
        program.set(ModelGraph.STATE, relative);
        if (memory > 0) {
            program.set(ModelGraph.MEMORY, remembered);
        }
        program.run(Monitor.NONE);
        program.get(PREDICTED, relative, 0);
        if (memory > 0) {
            program.get(REMEMBERED, remembered, 0);
        }
        for (int r = 0; r < rows; r++) {
            int at = (from + r) * width;
            System.arraycopy(relative, r * n, next, at, n);
            for (int i = 0; i < slow; i++) {
                next[at + i] += states[at + n + i];
                next[at + n + i] = states[at + n + i];
            }
            for (int m = 0; m < memory; m++) {
                next[at + n + slow + m] = remembered[m * ROWS + r];
            }
        }
    }
}
