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
 * @param gain of the observer: the state is {@code s + gain (x - s)} before each step; NaN without an observer: the state is what was seen
 * @param learned whether the gain is learned, starting at {@code gain}
 * @param residual whether the modules predict the change of the state
 * @param synapses whether latent synapses, masked by the connectome, stand before and after the modules
 */
public record ModelSpec(
        String name,
        ModuleMenu menu,
        int modules,
        Assignment assignment,
        double radius,
        double gain,
        boolean learned,
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

    /** Whether the state is estimated and not read off the recording. */
    public boolean observed() {
        return !Double.isNaN(gain);
    }

    /** The same model with the state given and not estimated by the program. */
    ModelSpec fixed() {
        return new ModelSpec(name, menu, modules, assignment, radius, gain, false, residual, synapses);
    }
}
