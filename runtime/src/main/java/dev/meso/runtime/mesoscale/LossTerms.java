package dev.meso.runtime.mesoscale;

import java.util.List;
import java.util.function.Function;

/** A loss: a sum of named terms, each made once from the symbols of a model. */
public interface LossTerms {
    /** The symbols that terms may speak of, in the order of the documentation. */
    List<String> SYMBOLS = List.of(
            "next",
            "predicted",
            "module_output",
            "behavior",
            "behavior_predicted",
            "mixture",
            "assignment",
            "layers",
            "interface",
            "weights",
            "state");

    /** The names of the terms, in order. */
    List<String> names();

    /** All that tells this loss from another one, for checkpoints: how it was written. */
    default String source() {
        return String.join(", ", names());
    }

    /** The symbols a term mentions. */
    List<String> symbols(String term);

    /**
     * Builds a term, a single number.
     *
     * @param symbols gives each symbol; throws where the model has none of that name
     * @throws dev.meso.runtime.error.MesoException where shapes do not fit or the result is no single number
     */
    Symbol build(String term, Function<String, Symbol> symbols);
}
