package dev.meso.runtime.nulls;

import dev.meso.runtime.task.Monitor;
import java.util.List;

/**
 * The configuration model that also keeps the number of two-way pairs, whoever has them. Sampled by
 * {@link ReciprocalChain} from a common hub.
 */
final class GCFG implements NullModel {
    @Override
    public String name() {
        return "gCFG";
    }

    @Override
    public List<String> preserves() {
        return List.of("degrees", "reciprocal");
    }

    @Override
    public String space() {
        return "simple directed graphs with every neuron's in- and out-degree and the number of two-way pairs, all alike; "
                + "switch and hold through graphs with other numbers at a penalty, seen only at the right one";
    }

    @Override
    public Sampler sampler(Observed observed, Options options, long seed, Monitor monitor) {
        double lambda = ReciprocalPenalty.of(observed, seed, monitor);
        Edges edges = new Edges(observed.n(), observed.start(), observed.pre(), observed.post());
        return new ChainSampler(observed, new ReciprocalChain(edges, lambda, 0), options, seed, monitor);
    }
}
