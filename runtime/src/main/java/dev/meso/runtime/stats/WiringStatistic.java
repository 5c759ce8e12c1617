package dev.meso.runtime.stats;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.nulls.Sample;
import dev.meso.runtime.task.Parallel;
import java.util.List;
import java.util.function.BiFunction;

/** Numbers that a kernel computes of the bare wiring, autapses left out. */
public final class WiringStatistic implements Statistic {
    private final List<String> labels;
    private final BiFunction<Wiring, Parallel, double[]> kernel;

    private WiringStatistic(List<String> labels, BiFunction<Wiring, Parallel, double[]> kernel) {
        this.labels = labels;
        this.kernel = kernel;
    }

    /** @param kernel one number of a wiring; NaN where it has none, which a comparison refuses */
    public static Statistic number(String label, BiFunction<Wiring, Parallel, Double> kernel) {
        return new WiringStatistic(List.of(label), (wiring, parallel) -> new double[] {kernel.apply(wiring, parallel)});
    }

    /** @param kernel one number for each label */
    public static Statistic numbers(List<String> labels, BiFunction<Wiring, Parallel, double[]> kernel) {
        return new WiringStatistic(List.copyOf(labels), kernel);
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public double[] of(Sample sample) {
        return of(sample, Parallel.serial());
    }

    @Override
    public double[] of(Sample sample, Parallel parallel) {
        return kernel.apply(withoutAutapses(sample.wiring()), parallel);
    }

    /** Null models that allow autapses draw some; what is asked of a graph of the language never sees them. */
    private static Wiring withoutAutapses(Wiring wiring) {
        for (int v = 0; v < wiring.n(); v++) {
            if (wiring.connects(v, v)) {
                return Wiring.of(wiring.n(), wiring.edgeSources(), wiring.outTargets(), false);
            }
        }
        return wiring;
    }
}
