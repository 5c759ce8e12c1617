package dev.meso.runtime.nulls;

/** The values that a declaration names, for the graph at hand. Each is made when a model asks for it, so fitting is not done in vain. */
public interface Given {
    /** A declaration that names none. */
    Given NOTHING = new Given() {};

    /** What {@code blocks(…)} names. */
    default Blocks blocks() {
        throw new IllegalStateException("no blocks are given");
    }

    /** What {@code blocks(latent)} stands for: the blocks fitted to the graph, with the neurons' degrees kept or not. */
    default Blocks latent(boolean degreeCorrected) {
        throw new IllegalStateException("no blocks are fitted");
    }

    /** What {@code distance(…)} names. */
    default Distances distances() {
        throw new IllegalStateException("no distances are given");
    }
}
