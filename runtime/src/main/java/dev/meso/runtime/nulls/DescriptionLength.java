package dev.meso.runtime.nulls;

import java.util.OptionalDouble;

/**
 * How long a graph is in the code of a null model, in nats (1 nat = 1.4427 bits). The numbers of neurons and connections are taken as
 * known. Lengths may only be compared when each is right for its own model: see {@code encoding} and {@code bound}.
 *
 * @param data the graph, given the statistics the model preserves
 * @param model the statistics, given the numbers of neurons and connections
 * @param bound {@code exact}, or {@code upper} where the true length of the model's code is at most this
 * @param encoding the formula, in words
 * @param estimate ln of the number of graphs in the space by an asymptotic formula, which is not a bound; only where data
 *     is an upper bound of that number
 * @param estimateMethod which formula; empty where there is no estimate
 */
public record DescriptionLength(
        double data, double model, String bound, String encoding, OptionalDouble estimate, String estimateMethod) {
    static DescriptionLength exact(double data, double model, String encoding) {
        return new DescriptionLength(data, model, "exact", encoding, OptionalDouble.empty(), "");
    }

    static DescriptionLength upper(double data, double model, String encoding) {
        return new DescriptionLength(data, model, "upper", encoding, OptionalDouble.empty(), "");
    }

    DescriptionLength withEstimate(double newEstimate, String method) {
        return new DescriptionLength(data, model, bound, encoding, OptionalDouble.of(newEstimate), method);
    }

    /** Data and model together. */
    public double total() {
        return data + model;
    }
}
