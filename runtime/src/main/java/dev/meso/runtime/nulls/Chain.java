package dev.meso.runtime.nulls;

import dev.meso.runtime.task.Monitor;
import java.util.random.RandomGenerator;

/**
 * A Markov chain on graphs that is reversible and has the uniform distribution over the null model's space. Each thread
 * has its own.
 */
interface Chain {
    /** Goes on for {@code steps} steps of the chain; refused moves count. */
    void run(long steps, RandomGenerator random, Monitor monitor);

    /** The postsynaptic neuron of each connection now. */
    int[] post();

    /** Becomes equal to {@code other}, a chain of the same model on the same observed graph. */
    void copyFrom(Chain other);

    Chain copy();

    /** Moves proposed since the chain was made or last copied over. */
    long proposed();

    /** Of these, moves made. */
    long accepted();

    /** What one move costs to leave the space, in nats; NaN for chains that never leave it. */
    default double penalty() {
        return Double.NaN;
    }
}
