package dev.meso.runtime.nulls;

import java.io.Serializable;

/**
 * What a null-model declaration may add to the statistics it preserves.
 *
 * @param stepsPerEdge steps of the Markov chain for each sample, per connection; refused steps count. Models that draw
 *     their samples independently ignore it
 * @param autapses whether a neuron may connect to itself, in the observed graph and in the samples
 */
public record Options(double stepsPerEdge, boolean autapses) implements Serializable {
    /** 20 steps per connection, no autapses. */
    public static final Options DEFAULT = new Options(20, false);

    public Options {
        if (!(stepsPerEdge > 0) || Double.isInfinite(stepsPerEdge)) {
            throw new IllegalArgumentException("steps per edge must be positive, not " + stepsPerEdge);
        }
    }

    /** Steps for a graph of {@code m} connections, at least one. */
    long steps(int m) {
        return Math.max(1, Math.round(stepsPerEdge * m));
    }
}
