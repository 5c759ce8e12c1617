package dev.meso.runtime.nulls;

import dev.meso.runtime.task.Monitor;
import java.util.List;
import java.util.Optional;

/**
 * The generalized Erdős-Rényi graph: pairs of neurons are independent, and unconnected, one-way and two-way at the
 * observed rates (Song et al., PLoS Biology 3, 2005, call it the reciprocal random graph).
 */
final class GER implements NullModel {
    @Override
    public String name() {
        return "gER";
    }

    @Override
    public List<String> preserves() {
        return List.of("expected edges", "expected reciprocal");
    }

    @Override
    public String space() {
        return "simple directed graphs; each pair of neurons independently unconnected, one-way or two-way at the "
                + "observed rates";
    }

    @Override
    public Sampler sampler(Observed observed, Options options, long seed, Monitor monitor) {
        return pairs(observed).sampler(observed);
    }

    @Override
    public Optional<double[]> expectedDyads(Observed observed) {
        return Optional.of(pairs(observed).dyads());
    }

    @Override
    public Optional<double[]> expectedTriads(Observed observed) {
        return Optional.of(pairs(observed).triads());
    }

    private static PairModel pairs(Observed observed) {
        double pairs = Math.max(1.0, observed.pairs());
        return new PairModel(observed.n(), observed.oneWay() / pairs, observed.twoWay() / pairs);
    }

    @Override
    public DescriptionLength descriptionLength(Observed observed) {
        long pairs = observed.pairs();
        long both = observed.twoWay();
        long one = observed.oneWay();
        long fewest = Math.max(0, observed.m() - pairs);
        return DescriptionLength.exact(
                Combinatorics.lnChoose(pairs, both) + Combinatorics.lnChoose(pairs - both, one) + one * Math.log(2),
                Math.log(observed.m() / 2 - fewest + 1.0),
                "ln [C(P, b) C(P-b, u) 2^u] for b two-way and u one-way of P pairs, "
                        + "and the logarithm of the number of values b can take");
    }
}
