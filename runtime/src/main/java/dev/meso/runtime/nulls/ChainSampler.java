package dev.meso.runtime.nulls;

import dev.meso.runtime.random.Streams;
import dev.meso.runtime.task.Monitor;
import java.util.random.RandomGenerator;

/**
 * The star of Besag and Clifford ("Generalized Monte Carlo significance tests", Biometrika 76, 1989): from the observed graph a
 * reversible chain runs T steps to a hub, and each sample is T steps from the hub. Under the null model the observed graph
 * and the samples are then exchangeable, whatever T is, so ranks among them give exact p-values.
 */
final class ChainSampler implements Sampler {
    /** A walk for the autocorrelation is recorded this many times a sample's steps, where it has as many. */
    private static final int RECORDS_PER_SAMPLE = 10;

    private final Observed observed;
    private final Chain hub;
    private final long steps;
    private final double acceptance;
    private final double inSpace;
    private final long stride;

    /** Runs from the observed graph, where {@code chain} stands, to the hub. */
    ChainSampler(Observed observed, Chain chain, Options options, long seed, Monitor monitor) {
        this.observed = observed;
        this.hub = chain;
        this.steps = options.steps(observed.m());
        this.stride = Math.max(1, steps / RECORDS_PER_SAMPLE);
        hub.run(steps, Streams.of(seed, Ensemble.HUB_STREAM, 0), monitor);
        this.acceptance = hub.proposed() == 0 ? 0 : (double) hub.accepted() / hub.proposed();
        this.inSpace = hub.proposed() == 0 ? 1 : (double) steps / hub.proposed();
    }

    /** The part of proposed moves that were made, on the way to the hub. */
    double acceptance() {
        return acceptance;
    }

    /** The part of steps that stood in the model's space; 1 for chains that never leave it. */
    double inSpace() {
        return inSpace;
    }

    /** The steps of a sample, counted in records of a walk. */
    double recordsPerSample() {
        return (double) steps / stride;
    }

    double penalty() {
        return hub.penalty();
    }

    @Override
    public boolean chained() {
        return true;
    }

    @Override
    public Workspace workspace() {
        Chain chain = hub.copy();
        Sample sample = new Sample(observed.n(), true);
        return new Workspace() {
            @Override
            public Sample draw(RandomGenerator random, Monitor monitor) {
                chain.copyFrom(hub);
                return run(steps, random, monitor);
            }

            @Override
            public Sample walk(RandomGenerator random, Monitor monitor) {
                return run(stride, random, monitor);
            }

            private Sample run(long length, RandomGenerator random, Monitor monitor) {
                chain.run(length, random, monitor);
                sample.set(observed.m(), observed.pre(), chain.post(), observed.weights());
                return sample;
            }
        };
    }
}
