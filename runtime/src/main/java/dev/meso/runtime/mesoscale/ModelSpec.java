package dev.meso.runtime.mesoscale;

import java.io.Serializable;

/**
 * What a model declares, apart from its data and its loss.
 *
 * @param name it was declared under
 * @param menu of its modules
 * @param modules how many share the menu: the size of the basis
 * @param assignment how the context of a neuron is made
 * @param radius of the neighbourhood that is the context, in um
 * @param observer how the state is estimated from the recording; {@link Observer#NONE} where it is what was seen
 * @param residual whether the modules predict the change of the state
 * @param synapses whether latent synapses, masked by the connectome, stand before and after the modules
 */
public record ModelSpec(
        String name,
        ModuleMenu menu,
        int modules,
        Assignment assignment,
        double radius,
        Observer observer,
        boolean residual,
        boolean synapses)
        implements Serializable {
    /** How neurons find their pair of location and module; equations 6 to 8 of the paper's supplement A. */
    public enum Assignment {
        /** One context for each neuron, scattered with one weight for each pair (equations 7 and 6). */
        SCATTER_GATHER,
        /** A context of its own for each neuron and pair (equation 8). */
        COMPOSITE
    }

    /**
     * An observer estimates the state of each neuron: {@code s + gain (x - s)} before each step.
     *
     * @param gain 0 to 1, or where learning it starts; NaN without an observer
     * @param learned whether the gain is learned
     * @param drift gain of a slow baseline {@code b + drift (x - b)} that the model is relative to: it follows what changes over many frames, such as bleaching,
     *     and stays as it is while the model foretells; 0 for none, where the baseline is the mean of the training part
     */
    public record Observer(double gain, boolean learned, double drift) implements Serializable {
        public static final Observer NONE = new Observer(Double.NaN, false, 0);

        public static Observer of(double gain) {
            return new Observer(gain, false, 0);
        }
    }

    /** Whether the state is estimated and not read off the recording. */
    public boolean observed() {
        return !Double.isNaN(observer.gain);
    }

    /** Gain of the observer, NaN without one. */
    public double gain() {
        return observer.gain;
    }

    /** Whether the gain is learned. */
    public boolean learned() {
        return observer.learned;
    }

    /** Gain of the slow baseline, 0 for none. */
    public double drift() {
        return observer.drift;
    }

    /** The same model with the state given and not estimated by the program. */
    ModelSpec fixed() {
        return new ModelSpec(
                name,
                menu,
                modules,
                assignment,
                radius,
                new Observer(observer.gain, false, observer.drift),
                residual,
                synapses);
    }
}
