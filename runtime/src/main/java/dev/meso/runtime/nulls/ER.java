package dev.meso.runtime.nulls;

import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.task.Monitor;
import java.util.List;
import java.util.Optional;

/**
 * Erdős and Rényi's (strictly: Gilbert's, 1959) random graph: every ordered pair of different neurons is connected
 * independently with probability m / (n (n - 1)), so that the number of connections is right on average.
 */
final class ER implements NullModel {
    @Override
    public String name() {
        return "ER";
    }

    @Override
    public List<String> preserves() {
        return List.of("expected edges");
    }

    @Override
    public String space() {
        return "simple directed graphs; each ordered pair of neurons connected independently with the same probability";
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
        double p = observed.m() / Math.max(1.0, 2.0 * observed.pairs());
        return new PairModel(observed.n(), 2 * p * (1 - p), p * p);
    }

    @Override
    public Optional<Partition> partition(Observed observed) {
        return Optional.of(Partition.of(new int[observed.n()]));
    }

    @Override
    public DescriptionLength descriptionLength(Observed observed) {
        return DescriptionLength.exact(
                Combinatorics.lnChoose(2 * observed.pairs(), observed.m()),
                0,
                "ln C(n(n-1), m), every graph with m connections alike");
    }
}
