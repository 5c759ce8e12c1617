package dev.meso.runtime.nulls;

import dev.meso.runtime.task.Monitor;
import java.util.List;

/**
 * The configuration model that also keeps every neuron's own number of two-way partners. Sampled by {@link LayerChain} from a
 * common hub.
 */
final class DCFG implements NullModel {
    @Override
    public String name() {
        return "dCFG";
    }

    @Override
    public List<String> preserves() {
        return List.of("degrees", "reciprocal degrees");
    }

    @Override
    public String space() {
        return "simple directed graphs with every neuron's numbers of one-way outputs, one-way inputs and two-way "
                + "partners, all alike; one-way and two-way connections switched apart, through collisions at a penalty, seen only "
                + "without";
    }

    @Override
    public Sampler sampler(Observed observed, Options options, long seed, Monitor monitor) {
        return new ChainSampler(observed, LayerChain.of(observed), options, seed, monitor);
    }

    @Override
    public DescriptionLength descriptionLength(Observed observed) {
        int n = observed.n();
        long one = observed.oneWay();
        long both = observed.twoWay();
        // Two-way stubs are paired in (2b)! / (2^b b!) ways.
        double data = Combinatorics.lnFactorial(one)
                + Combinatorics.lnFactorial(2 * both)
                - both * Math.log(2)
                - Combinatorics.lnFactorial(both);
        for (int v = 0; v < n; v++) {
            int partners = 0;
            for (int e = observed.start()[v]; e < observed.start()[v + 1]; e++) {
                partners += observed.wiring().connects(observed.post()[e], v) ? 1 : 0;
            }
            data -= Combinatorics.lnFactorial(observed.wiring().outDegree(v) - partners);
            data -= Combinatorics.lnFactorial(observed.wiring().inDegree(v) - partners);
            data -= Combinatorics.lnFactorial(partners);
        }
        long fewest = Math.max(0, observed.m() - observed.pairs());
        return DescriptionLength.upper(
                data,
                2 * Combinatorics.lnSequences(one, n)
                        + Combinatorics.lnSequences(2 * both, n)
                        + Math.log(observed.m() / 2 - fewest + 1.0),
                "ln [u! / prod u_in! u_out! * (2b)! / (2^b b! prod r!)] for u one-way connections and b two-way pairs, which also "
                        + "counts graphs with parallel connections and autapses; and 2 ln C(u+n-1, n-1) + ln C(2b+n-1, n-1) "
                        + "for the degrees, and the logarithm of the number of values b can take");
    }
}
