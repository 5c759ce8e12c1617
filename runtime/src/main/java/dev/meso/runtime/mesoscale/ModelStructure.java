package dev.meso.runtime.mesoscale;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.space.ReceptiveFields;

/**
 * What a model knows of the tissue.
 *
 * @param fields the neurons of each location
 * @param wiring among the recorded neurons, for latent synapses; null without them
 * @param weights the sign and strength each connection of the wiring starts with, in row order; null without wiring
 * @param neighbours neurons within the radius of each neuron, itself included, as rows of neurons
 * @param features of each neuron, neurons x number, standardized: degrees, simplices, statistics of its activity
 * @param featureCount how many
 */
public record ModelStructure(
        ReceptiveFields fields,
        Wiring wiring,
        double[] weights,
        int[][] neighbours,
        double[] features,
        int featureCount) {
    public int n() {
        return fields.n();
    }
}
