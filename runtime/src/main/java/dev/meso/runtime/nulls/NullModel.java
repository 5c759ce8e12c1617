package dev.meso.runtime.nulls;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.task.Monitor;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * A random graph that keeps chosen statistics of an observed one. An implementation is one file; it is found through its
 * line in {@link NullModels}. One that needs more than the wiring, blocks or distances, holds them; all are immutable and serializable, so that an
 * {@link Ensemble} can be sent to another machine.
 */
public interface NullModel extends Serializable {
    /** The usual short name, {@code CFG}. */
    String name();

    /** The statistics preserved, as the language writes them: {@code ["degrees", "blocks(region)"]}. */
    List<String> preserves();

    /** The space sampled, in words, and how it is sampled: one or two sentences. */
    String space();

    /** Whether autapses may be allowed. */
    default boolean allowsAutapses() {
        return false;
    }

    /**
     * Prepares to draw samples, uniform over the space (or with the model's own probabilities where it fixes expectations
     * only). May run for as long as one sample takes.
     */
    Sampler sampler(Observed observed, Options options, long seed, Monitor monitor);

    /** The exact expectation of {@link Sample#dyads}, where there is a closed form. */
    default Optional<double[]> expectedDyads(Observed observed) {
        return Optional.empty();
    }

    /** The exact expectation of {@link Sample#triads}, where there is a closed form. */
    default Optional<double[]> expectedTriads(Observed observed) {
        return Optional.empty();
    }

    /**
     * The partition whose block counts the model keeps: that of a block model, one block where all neurons are alike but for their degrees;
     * empty for models that keep anything else.
     */
    default Optional<Partition> partition(Observed observed) {
        return Optional.empty();
    }

    /**
     * The length of the observed graph in the model's code.
     *
     * @throws MesoException where no code is known that is shorter than that of a model which fixes less
     */
    default DescriptionLength descriptionLength(Observed observed) {
        throw new MesoException(
                ErrorCode.NO_ENCODING,
                "no description length is known for " + name(),
                "there are encodings for ER, GNM, gER, CFG, dCFG, SBM, NPC, DCSBM and PM");
    }
}
