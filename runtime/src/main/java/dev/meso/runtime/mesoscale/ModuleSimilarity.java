package dev.meso.runtime.mesoscale;

import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.recording.Forecaster;
import dev.meso.runtime.recording.Forecasts;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import dev.meso.runtime.tensor.Options;
import dev.meso.runtime.tensor.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How well the network of module a serves the domains of module b. For a domain of b let z be its variables (what its interface in reads of the states) and
 * y the same one frame later, both whitened by z; E_b is the mean squared error of b's own network, E_a that of a's network in the best orthogonal coordinates
 * found for it, and E_0 that of the best decay {@code r z}, with which nothing is computed. Over the greatest domains of b
 * {@code S(a, b) = max(0, sum (E_0 - E_a) / sum (E_0 - E_b))}: 1 for a network that explains as much as their own, 0 for one that explains nothing
 * beyond decay, NaN where their own does not either. Recurrent layers begin empty in every frame.
 *
 * <p>Cost: modules x {@link #DOMAINS} x some hundred thousand frames of a network's work, more with the planes of its coordinates.
 */
final class ModuleSimilarity {
    /** Of domains over all modules: with few modules several of each. */
    private static final int DOMAINS = 12;

    private static final int MOST_DOMAINS = 3;
    private static final int FRAMES = 160;
    /** A share of the variance that a network must explain beyond decay for others to be compared with it. */
    private static final double NOTHING = 0.01;

    private final FittedModel fit;
    private final int modules;
    private final int size;
    private final int frames;
    private final FieldLayout layout;
    /** Of domain variables now and a frame later, modules x size x locations x frames, locations as in the layout. */
    private final double[] now;

    private final double[] later;
    private final Whitening[] pooled;

    private ModuleSimilarity(FittedModel fit, Activity train) {
        this.fit = fit;
        modules = fit.spec().modules();
        size = fit.learned().size();
        layout = FieldLayout.of(fit.learned().structure(), modules);
        int[] starts = train.windows(2, 1);
        frames = Math.min(FRAMES, starts.length);
        int n = train.neurons();
        Forecaster forecaster = fit.forecaster();
        int width = n + forecaster.memory();
        double[] states = Forecasts.states(forecaster, train);
        boolean slow = fit.spec().drift() > 0;
        double[] before = new double[frames * n];
        double[] after = new double[frames * n];
        for (int f = 0; f < frames; f++) {
            int t = starts[(int) ((long) f * starts.length / frames)];
            for (int i = 0; i < n; i++) {
                double baseline = slow ? states[t * width + n + i] : 0;
                before[f * n + i] = states[t * width + i] - baseline;
                boolean missing = train.missing(t + 1, i);
                after[f * n + i] = (missing ? states[(t + 1) * width + i] : train.value(t + 1, i)) - baseline;
            }
        }
        ModelGraph graph = fit.graph(Math.max(1, frames));
        Program reader = Program.compile(Map.of("read", graph.read), Options.DOUBLE);
        reader.set(fit.parameters());
        if (reader.reads(ModelGraph.TEMPERATURE)) {
            reader.set(ModelGraph.TEMPERATURE, 1);
        }
        if (reader.reads(ModelGraph.INVERSE)) {
            reader.set(ModelGraph.INVERSE, graph.inverses(fit.parameters(), 1));
        }
        now = read(reader, before);
        later = read(reader, after);
        pooled = new Whitening[modules];
        for (int b = 0; b < modules; b++) {
            int[] locations = fit.locations(b);
            double[] all = new double[locations.length * frames * size];
            for (int l = 0; l < locations.length; l++) {
                System.arraycopy(variables(now, b, locations[l]), 0, all, l * frames * size, frames * size);
            }
            pooled[b] = all.length == 0 ? null : Whitening.of(all, size);
        }
    }

    private double[] read(Program reader, double[] states) {
        if (frames == 0) {
            return new double[0];
        }
        reader.set(ModelGraph.STATE, states);
        reader.run(Monitor.NONE);
        return reader.get("read");
    }

    /** Of one domain, frames x size. */
    private double[] variables(double[] of, int module, int location) {
        int locations = fit.learned().structure().fields().locations();
        int at = layout.order(location);
        double[] variables = new double[frames * size];
        for (int k = 0; k < size; k++) {
            for (int f = 0; f < frames; f++) {
                variables[f * size + k] = of[((module * size + k) * locations + at) * frames + f];
            }
        }
        return variables;
    }

    /**
     * The matrix of a fitted model, {@code [a][b]}.
     *
     * @param train the recording it was fitted to, standardized
     */
    static double[][] of(FittedModel fit, Activity train, Parallel parallel) {
        int modules = fit.spec().modules();
        double[][] similarity = new double[modules][modules];
        if (modules == 1) {
            similarity[0][0] = fit.locations(0).length == 0 ? Double.NaN : 1;
            return similarity;
        }
        ModuleSimilarity all = new ModuleSimilarity(fit, train);
        List<int[]> domains = all.domains();
        double[][] gains = new double[domains.size()][];
        parallel.forEach(gains.length, null, (d, monitor) -> {
            int b = domains.get(d)[0];
            int l = domains.get(d)[1];
            double[] z = all.variables(all.now, b, l);
            double[] next = all.variables(all.later, b, l);
            gains[d] = new DomainServed(fit, all.pooled, b, z, next, (long) l * modules + b, monitor).gains();
        });
        for (int b = 0; b < modules; b++) {
            double own = 0;
            int count = 0;
            double[] sums = new double[modules];
            for (int d = 0; d < gains.length; d++) {
                if (domains.get(d)[0] == b) {
                    count++;
                    own += gains[d][b];
                    for (int a = 0; a < modules; a++) {
                        sums[a] += gains[d][a];
                    }
                }
            }
            for (int a = 0; a < modules; a++) {
                boolean known = own > NOTHING * count * all.size && all.pooled[a] != null;
                similarity[a][b] = known ? Math.max(0, sums[a] / own) : Double.NaN;
            }
        }
        return similarity;
    }

    /** The greatest domains of each module, as module and location. */
    private List<int[]> domains() {
        int each = Math.max(1, Math.min(MOST_DOMAINS, DOMAINS / modules));
        List<int[]> chosen = new ArrayList<>();
        for (int b = 0; b < modules && frames > size; b++) {
            int[] count = new int[fit.learned().structure().fields().locations()];
            for (int v : fit.neurons(b)) {
                count[fit.place(v).location()]++;
            }
            int module = b;
            Arrays.stream(fit.locations(b))
                    .boxed()
                    .sorted(Comparator.comparingInt((Integer l) -> -count[l]).thenComparing(l -> l))
                    .limit(each)
                    .forEach(l -> chosen.add(new int[] {module, l}));
        }
        return chosen;
    }
}
