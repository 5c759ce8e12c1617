package dev.meso.runtime.mesoscale;

import dev.meso.runtime.recording.Baselines;
import dev.meso.runtime.recording.Forecaster;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.tensor.Node;
import dev.meso.runtime.tensor.Options;
import dev.meso.runtime.tensor.Parameters;
import dev.meso.runtime.tensor.Program;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A model with its parameters, one frame at a time. Each thread has a program of its own. */
final class ModelForecaster implements Forecaster {
    private final String name;
    private final ModelSpec spec;
    private final double gain;
    private final int n;
    /** Numbers that are remembered: baselines of the neurons where the model has any, then those of recurrent layers. */
    private final int slow;

    private final int memory;
    private final ThreadLocal<Program> programs;

    ModelForecaster(
            String name,
            ModelSpec spec,
            ModelStructure structure,
            int size,
            int classes,
            boolean gated,
            double[] values,
            double temperature,
            Options.Precision precision) {
        this.name = name;
        this.spec = spec;
        ModelGraph graph = new ModelGraph(spec.fixed(), structure, size, 1, 1, 1, classes, null, gated);
        n = structure.n();
        slow = spec.drift() > 0 ? n : 0;
        memory = graph.remembered == null ? 0 : graph.remembered.size();
        Parameters parameters = Parameters.of(graph.graph);
        gain = spec.learned() ? logistic(values[values.length - 1]) : spec.gain();
        System.arraycopy(values, 0, parameters.values(), 0, parameters.size());
        double[] inverses = graph.inverses(parameters, temperature);
        Map<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("predicted", graph.predicted);
        if (memory > 0) {
            outputs.put("remembered", graph.remembered);
        }
        programs = ThreadLocal.withInitial(() -> {
            Program program = Program.compile(outputs, new Options(precision, 1, true));
            program.set(parameters);
            if (program.reads(ModelGraph.TEMPERATURE)) {
                program.set(ModelGraph.TEMPERATURE, temperature);
            }
            if (program.reads(ModelGraph.INVERSE)) {
                program.set(ModelGraph.INVERSE, inverses);
            }
            return program;
        });
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
        for (int i = 0; i < n; i++) {
            if (!Double.isNaN(seen[i])) {
                state[i] = spec.observed() ? state[i] + gain * (seen[i] - state[i]) : seen[i];
            }
        }
    }

    @Override
    public void step(double[] state, double[] next) {
        Program program = programs.get();
        double[] relative = Arrays.copyOf(state, n);
        for (int i = 0; i < slow; i++) {
            relative[i] -= state[n + i];
        }
        program.set(ModelGraph.STATE, relative, 0);
        if (memory > 0) {
            program.set(ModelGraph.MEMORY, state, n + slow);
        }
        program.run(Monitor.NONE);
        program.get("predicted", next, 0);
        for (int i = 0; i < slow; i++) {
            next[i] += state[n + i];
            next[n + i] = state[n + i];
        }
        if (memory > 0) {
            program.get("remembered", next, n + slow);
        }
    }
}
