package dev.meso.runtime.blocks;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long a graph is in the code of a block model with a given partition, in nats, term by term.
 *
 * @param encoding the name of the code; only lengths of one encoding may be compared
 * @param adjacency the connections, given the edges between blocks and the degrees
 * @param degrees the degrees of the neurons, given the edges of their blocks; 0 without degree correction
 * @param partition which neuron is in which block
 * @param edges the numbers of edges between blocks
 */
public record BlockCode(String encoding, double adjacency, double degrees, double partition, double edges)
        implements Serializable {
    /** The sum of all terms. */
    public double total() {
        return adjacency + degrees + partition + edges;
    }

    /** What the model costs: all but the connections. */
    public double model() {
        return degrees + partition + edges;
    }

    /** The terms by name, in the order in which they are added. */
    public Map<String, Double> terms() {
        Map<String, Double> terms = new LinkedHashMap<>();
        terms.put("adjacency", adjacency);
        terms.put("degrees", degrees);
        terms.put("partition", partition);
        terms.put("edges", edges);
        return terms;
    }
}
