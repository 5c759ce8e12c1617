package dev.meso.runtime.stats;

import dev.meso.runtime.nulls.NullModel;
import dev.meso.runtime.nulls.Observed;
import dev.meso.runtime.nulls.Sample;
import dev.meso.runtime.task.Parallel;
import java.util.List;
import java.util.Optional;

/** A labelled vector of numbers of one graph. */
public interface Statistic {
    /** What each number is called; never empty. */
    List<String> labels();

    /** The numbers of one graph, in the order of the labels; a new array each time. */
    double[] of(Sample sample);

    /**
     * The same, watched: a statistic that takes long uses these threads and asks this monitor. The numbers do not depend on
     * the threads.
     */
    default double[] of(Sample sample, Parallel parallel) {
        return of(sample);
    }

    /** Whether {@link #of} may run on many threads at once; otherwise it runs on the caller's thread while others draw. */
    default boolean concurrent() {
        return true;
    }

    /** The exact expectation under a null model, where there is a closed form. */
    default Optional<double[]> expected(NullModel model, Observed observed) {
        return Optional.empty();
    }
}
