package dev.meso.language.builtin.nulls;

import dev.meso.language.value.GraphValue;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.nulls.Observed;
import dev.meso.runtime.nulls.Sample;
import dev.meso.runtime.provenance.Provenance;

/** Samples as graphs of the language: neurons keep their attributes, connections theirs where the model moves them. */
public final class Graphs {
    private final Connectome graph;
    private final Observed observed;

    public Graphs(Connectome graph, boolean autapses) {
        this.graph = graph;
        this.observed = Observed.of(graph, autapses);
    }

    public Observed observed() {
        return observed;
    }

    public Connectome connectome() {
        return graph;
    }

    /** The sample must be a copy of its own. */
    public GraphValue graph(Sample sample, Provenance how) {
        if (!sample.matched() || observed.autapses()) {
            return new GraphValue(graph.rewired(sample.wiring(), how));
        }
        double[] weights = sample.weights() == observed.weights() ? null : sample.weights();
        return new GraphValue(graph.simple().switched(sample.post(), weights, how));
    }
}
