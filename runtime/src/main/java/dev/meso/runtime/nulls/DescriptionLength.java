package dev.meso.runtime.nulls;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.util.OptionalDouble;

/**
 * How long a graph is in the code of a null model, in nats (1 nat = 1.4427 bits). The numbers of neurons and connections are taken as
 * known. An encoding is what is described and with which prior on what a model preserves; only lengths of one encoding may be
 * compared.
 *
 * @param data the graph, given the statistics the model preserves
 * @param model the statistics, given the numbers of neurons and connections
 * @param bound {@code exact}, or {@code upper} where the true length of the model's code is at most this
 * @param encoding the name of the encoding
 * @param formula in words
 * @param estimate ln of the number of graphs in the space by an asymptotic formula, which is not a bound; only where data
 *     is an upper bound of that number
 * @param estimateMethod which formula; empty where there is no estimate
 */
public record DescriptionLength(
        double data,
        double model,
        String bound,
        String encoding,
        String formula,
        OptionalDouble estimate,
        String estimateMethod) {
    /**
     * The encoding of the null models: a simple directed graph is described by what the model preserves, all values it can take alike, and by which
     * of the graphs with that value it is, all alike.
     */
    public static final String UNIFORM = "uniform";

    static DescriptionLength exact(double data, double model, String formula) {
        return new DescriptionLength(data, model, "exact", UNIFORM, formula, OptionalDouble.empty(), "");
    }

    static DescriptionLength upper(double data, double model, String formula) {
        return new DescriptionLength(data, model, "upper", UNIFORM, formula, OptionalDouble.empty(), "");
    }

    DescriptionLength withEstimate(double newEstimate, String method) {
        return new DescriptionLength(data, model, bound, encoding, formula, OptionalDouble.of(newEstimate), method);
    }

    /** Data and model together. */
    public double total() {
        return data + model;
    }

    /**
     * How many nats longer this is than another length of the same encoding.
     *
     * @throws MesoException INCOMPARABLE_LENGTHS where the encodings differ
     */
    public double minus(DescriptionLength other) {
        if (!encoding.equals(other.encoding)) {
            throw new MesoException(
                    ErrorCode.INCOMPARABLE_LENGTHS,
                    "a description length in the encoding '" + encoding
                            + "' cannot be compared with one in the encoding '" + other.encoding
                            + "': they put different prices on the same model",
                    "ask for both in one encoding: description_length(g, model, encoding: \"" + UNIFORM
                            + "\") is there for"
                            + " every null model with a code, \"distributed\" for ER, GNM, CFG and models of blocks");
        }
        return total() - other.total();
    }
}
