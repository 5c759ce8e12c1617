package dev.meso.runtime.mesoscale;

import java.io.Serializable;
import java.util.List;

/**
 * What a module may be: the layers to choose from, where it works and how it is linked to the neurons there. Fitting
 * configures it.
 *
 * @param name it was declared under
 * @param layers in order, from the inputs
 * @param repeatFrom how often the layers are repeated at least
 * @param repeatTo and at most; each repetition beyond the first ones has a pass-through switch
 * @param skip whether the input is added to what the layers give
 * @param recurrent whether a layer also sees its own output of the frame before
 * @param pass whether a layer may pass its input on unchanged
 * @param diameter of the spherical domain, in um
 * @param stride between locations, in um
 * @param rank the number of inputs and outputs of the module, or 0 to take it from the spectrum of local activity
 * @param tied whether the interface out is the inverse of the interface in; without it modules are not identifiable
 */
public record ModuleMenu(
        String name,
        List<Layer> layers,
        int repeatFrom,
        int repeatTo,
        Presence skip,
        Presence recurrent,
        Presence pass,
        double diameter,
        double stride,
        int rank,
        boolean tied)
        implements Serializable {
    /** Whether a part is there: never, behind a switch, always. */
    public enum Presence {
        ABSENT,
        OPTIONAL,
        PRESENT
    }

    /** What a layer does to its weighted sums. */
    public enum Function {
        IDENTITY("identity"),
        RELU("relu"),
        LOGISTIC("logistic"),
        TANH("tanh"),
        SOFTPLUS("softplus"),
        SOFTMAX("softmax"),
        HALF_WAVE("half_wave"),
        DIVISIVE_NORM("divisive_norm"),
        MAX_POOL("max_pool");

        private final String word;

        Function(String word) {
            this.word = word;
        }

        /** How scripts write it. */
        public String word() {
            return word;
        }
    }

    /** @param size of the pools of MAX_POOL; 1 for the others */
    public record Activation(Function function, int size) implements Serializable {
        @Override
        public String toString() {
            return function == Function.MAX_POOL ? function.word() + "(" + size + ")" : function.word();
        }
    }

    /**
     * A dense layer.
     *
     * @param from the smallest width
     * @param to the largest width
     * @param step units that share a width switch
     * @param activations to choose from, at least one
     */
    public record Layer(int from, int to, int step, List<Activation> activations) implements Serializable {}
}
