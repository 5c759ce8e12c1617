package dev.meso.runtime.nulls;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.task.Monitor;
import java.util.List;
import java.util.Optional;

/** The same wires with the weights permuted among them, all permutations alike (Fisher and Yates). */
final class W implements NullModel {
    @Override
    public String name() {
        return "W";
    }

    @Override
    public List<String> preserves() {
        return List.of("connections", "shuffle weights");
    }

    @Override
    public String space() {
        return "the observed connections; their weights permuted, all permutations alike";
    }

    @Override
    public Sampler sampler(Observed observed, Options options, long seed, Monitor monitor) {
        int m = observed.m();
        return new FreshSampler(observed, true, () -> {
            double[] weights = new double[m];
            return (sample, random, watch) -> {
                if (observed.weights() == null) {
                    sample.set(m, observed.pre(), observed.post(), null);
                    return;
                }
                for (int e = 0; e < m; e++) {
                    if ((e & FreshSampler.CHECK_MASK) == 0) {
                        watch.checkpoint();
                    }
                    int other = random.nextInt(e + 1);
                    weights[e] = weights[other];
                    weights[other] = observed.weights()[e];
                }
                sample.set(m, observed.pre(), observed.post(), weights);
            };
        });
    }

    @Override
    public Optional<double[]> expectedDyads(Observed observed) {
        return Optional.of(doubles(Sample.of(observed).dyads()));
    }

    @Override
    public Optional<double[]> expectedTriads(Observed observed) {
        return Optional.of(doubles(Sample.of(observed).triads()));
    }

    private static double[] doubles(long[] counts) {
        double[] values = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            values[i] = counts[i];
        }
        return values;
    }

    @Override
    public DescriptionLength descriptionLength(Observed observed) {
        throw new MesoException(
                ErrorCode.NO_ENCODING,
                "W fixes the connections and permutes their weights: it has no description length of the graph",
                "there are encodings for ER, GNM, gER, CFG, dCFG, SBM, NPC, DCSBM and PM");
    }
}
