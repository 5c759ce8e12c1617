package dev.meso.runtime.nulls;

import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.task.Monitor;
import java.util.List;
import java.util.Optional;

/**
 * The directed configuration model on simple graphs: all graphs in which every neuron has its observed in- and out-degree,
 * alike. Sampled by {@link SwitchChain} from a common hub ({@link ChainSampler}).
 */
final class CFG implements NullModel {
    @Override
    public String name() {
        return "CFG";
    }

    @Override
    public List<String> preserves() {
        return List.of("degrees");
    }

    @Override
    public String space() {
        return "simple directed graphs with every neuron's in- and out-degree, all alike; "
                + "switch and hold with three-cycle reversals";
    }

    @Override
    public boolean allowsAutapses() {
        return true;
    }

    @Override
    public Sampler sampler(Observed observed, Options options, long seed, Monitor monitor) {
        Edges edges = new Edges(observed.n(), observed.start(), observed.pre(), observed.post());
        return new ChainSampler(observed, new SwitchChain(edges, options.autapses()), options, seed, monitor);
    }

    @Override
    public Optional<Partition> partition(Observed observed) {
        return Optional.of(Partition.of(new int[observed.n()]));
    }

    @Override
    public DescriptionLength descriptionLength(Observed observed) {
        double data = Combinatorics.lnFactorial(observed.m());
        for (int v = 0; v < observed.n(); v++) {
            data -= Combinatorics.lnFactorial(observed.wiring().outDegree(v));
            data -= Combinatorics.lnFactorial(observed.wiring().inDegree(v));
        }
        DescriptionLength upper = DescriptionLength.upper(
                data,
                2 * Combinatorics.lnSequences(observed.m(), observed.n()),
                "ln (m! / prod k_in! k_out!), which also counts graphs with parallel connections and autapses, "
                        + "and 2 ln C(m+n-1, n-1) for the degrees");
        return observed.autapses() ? upper : GraphCount.addTo(upper, observed);
    }
}
