package dev.meso.runtime.nulls;

import dev.meso.runtime.task.Monitor;
import java.util.random.RandomGenerator;

/**
 * Samples drawn independently of each other and of the observed graph.
 *
 * @param maker makes a place for one thread to draw in
 */
record FreshSampler(Observed observed, boolean matched, Maker maker) implements Sampler {
    /** A draw asks whether to stop each time this many and one more of its steps are done. */
    static final int CHECK_MASK = 0xFFFF;

    /** Makes draws. */
    @FunctionalInterface
    interface Maker {
        Draw make();
    }

    /** Fills the sample. */
    @FunctionalInterface
    interface Draw {
        void into(Sample sample, RandomGenerator random, Monitor monitor);
    }

    @Override
    public boolean chained() {
        return false;
    }

    @Override
    public Workspace workspace() {
        Draw draw = maker.make();
        Sample sample = new Sample(observed.n(), matched);
        return new Workspace() {
            @Override
            public Sample draw(RandomGenerator random, Monitor monitor) {
                draw.into(sample, random, monitor);
                return sample;
            }

            @Override
            public Sample walk(RandomGenerator random, Monitor monitor) {
                return draw(random, monitor);
            }
        };
    }
}
