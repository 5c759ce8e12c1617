package dev.meso.runtime.nulls;

import dev.meso.runtime.task.Monitor;
import java.util.random.RandomGenerator;

/** How samples of one null model of one observed graph are drawn. Made by {@link NullModel#sampler}. */
public sealed interface Sampler permits ChainSampler, FreshSampler {
    /** A place for one thread to draw in. */
    Workspace workspace();

    /** Whether samples come from a Markov chain, so that mixing is a question. */
    boolean chained();

    /** Draws in place: each result overwrites the one before. */
    interface Workspace {
        /** Sample {@code random}'s stream belongs to. */
        Sample draw(RandomGenerator random, Monitor monitor);

        /** Goes on along one chain from the last result by a tenth of a sample's steps; a new draw where there is no chain. */
        Sample walk(RandomGenerator random, Monitor monitor);
    }
}
