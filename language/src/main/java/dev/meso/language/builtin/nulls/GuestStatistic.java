package dev.meso.language.builtin.nulls;

import dev.meso.language.value.CallableValue;
import dev.meso.runtime.nulls.Sample;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.stats.Statistic;
import java.util.List;

/** A function of the program, from a graph to {@link GuestNumbers}. Runs on the program's thread. */
final class GuestStatistic implements Statistic {
    private final Graphs graphs;
    private final CallableValue function;
    private final GuestNumbers numbers;

    /** Calls the function once, on the observed graph, to learn what it gives. */
    GuestStatistic(Graphs graphs, CallableValue function, String name) {
        this.graphs = graphs;
        this.function = function;
        Object first = call(Sample.of(graphs.observed()));
        numbers = new GuestNumbers(name, first);
        numbers.of(first);
    }

    private Object call(Sample sample) {
        return function.call(graphs.graph(sample, Provenance.LITERAL));
    }

    @Override
    public List<String> labels() {
        return numbers.labels();
    }

    @Override
    public double[] of(Sample sample) {
        return numbers.of(call(sample));
    }

    @Override
    public boolean concurrent() {
        return false;
    }
}
