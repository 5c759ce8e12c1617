package dev.meso.language.builtin.nulls;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.BlockFitValue;
import dev.meso.language.value.DescriptionLengthValue;
import dev.meso.language.value.GraphValue;
import dev.meso.language.value.NullModelValue;
import dev.meso.runtime.blocks.BlockCodes;
import dev.meso.runtime.blocks.BlockFit;
import dev.meso.runtime.blocks.BlockOptions;
import dev.meso.runtime.blocks.BlockSearch;
import dev.meso.runtime.blocks.Encoding;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.nulls.DescriptionLength;
import dev.meso.runtime.nulls.NullModel;
import dev.meso.runtime.nulls.Observed;
import dev.meso.runtime.partition.Partition;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code fit} of null models with latent blocks, and description lengths. */
final class FitBuiltins {
    private static final int MOST_RESTARTS = 10_000;

    static final Builtin FIT = Builtin.named("fit")
            .group("null models")
            .when(GraphValue.class)
            .about("Of a graph: the blocks that make it shortest in the code of a block model.")
            .detail(
                    "`fit(g, DCSBM)` infers the partition, and the number of blocks unless `blocks` says it, by minimum description length: blocks are"
                            + " merged from many, then neurons moved until the description is shortest, in `restarts` independent searches. The result is"
                            + " a null model of its own: sample(g, fitted, 10), compare(g, triads, against: fitted), whose p-values hold for the fitted"
                            + " blocks given. Peixoto 2017, Phys Rev E 95:012317.")
            .parameter("g", Kind.GRAPH, "the graph; parallel connections count once, autapses are left out")
            .parameter("model", Kind.NULL_MODEL, "a null model with `blocks(latent)`: DCSBM, SBM")
            .optional("seed", Kind.INTEGER, "of the search; that of the session where left out")
            .optional("blocks", Kind.INTEGER, "how many; chosen by description length where left out")
            .optional("restarts", Kind.INTEGER, "independent searches, of which the shortest is kept; 1 where left out")
            .optional("nested", Kind.BOOLEAN, "true describes the block counts by blocks of blocks; else false")
            .optional(
                    "encoding",
                    Kind.TEXT,
                    "what is made short: \"distributed\" (that of graph-tool; where left out) or \"uniform\" (that of the other null models)")
            .returns(
                    Kind.ANY,
                    "a fitted null model: blocks, description_length, terms, levels, lengths, membership, encoding, seed")
            .runs(FitBuiltins::fit);

    static final Builtin DESCRIPTION_LENGTH = Builtin.named("description_length")
            .group("null models")
            .about("How long the graph is in the code of a null model, in nats.")
            .detail(
                    "`bound` is \"exact\", or \"upper\" where the true length is at most this. `encoding` says which code: two lengths can be compared"
                            + " (<) and subtracted only where it is the same. \"uniform\" is that of the null models: all values that a preserved"
                            + " statistic can take are alike, and all graphs that share it. \"distributed\" is that of fitted block models. Columns"
                            + " of the neurons and positions are taken as known; latent blocks and partitions given as values are paid for. For CFG"
                            + " `estimate` is ln of the number of simple graphs with these degrees by the formula `estimate_method`, which is no bound.")
            .parameter("g", Kind.GRAPH, "the graph")
            .parameter("model", Kind.NULL_MODEL, "what is preserved; or a fitted null model")
            .optional(
                    "encoding",
                    Kind.TEXT,
                    "\"uniform\", or \"distributed\" for CFG, ER, GNM and models of blocks; where left out the one it was fitted in, \"distributed\" for"
                            + " latent blocks, else \"uniform\"")
            .optional("seed", Kind.INTEGER, "of the search for latent blocks; that of the session where left out")
            .returns(Kind.ANY, "a record of data, model, total, bound, encoding, formula, estimate, estimate_method")
            .runs(FitBuiltins::descriptionLength);

    private FitBuiltins() {}

    private static Connectome graph(Call call) {
        return call.value(0, GraphValue.class, "a graph").connectome();
    }

    /** The encoding that is asked for, or null. */
    private static Encoding encoding(Call call) {
        if (!call.given("encoding")) {
            return null;
        }
        for (Encoding encoding : Encoding.values()) {
            if (encoding.title().equals(call.text("encoding"))) {
                return encoding;
            }
        }
        List<String> all = Arrays.stream(Encoding.values()).map(Encoding::title).toList();
        throw call.bad("encoding", "must be one of " + String.join(", ", all));
    }

    private static Object fit(Call call) {
        Connectome graph = graph(call);
        if (call.argument(1) instanceof BlockFitValue fitted) {
            throw call.bad(1, "is fitted already", "fit the model it came from: fit(g, " + fitted.name() + ")");
        }
        NullModelValue declared = call.value(1, NullModelValue.class, "a null model with latent blocks");
        if (!declared.latent()) {
            throw call.bad(
                    1,
                    "has nothing to fit: " + declared.name() + " names all that it preserves",
                    "latent blocks are what is fitted: null DCSBM { preserve degrees, blocks(latent) }");
        }
        int blocks = call.given("blocks") ? (int) call.integer(call.index("blocks"), 1, Math.max(1, graph.n())) : 0;
        int restarts = call.given("restarts") ? (int) call.integer(call.index("restarts"), 1, MOST_RESTARTS) : 1;
        Encoding asked = encoding(call);
        BlockOptions options = new BlockOptions(
                corrected(declared),
                blocks,
                call.truth("nested", false),
                restarts,
                asked == null ? Encoding.DISTRIBUTED : asked);
        return fit(call, declared, graph, options);
    }

    private static boolean corrected(NullModelValue declared) {
        return ChosenModel.family(declared).preserves().contains("degrees");
    }

    private static BlockFitValue fit(Call call, NullModelValue declared, Connectome graph, BlockOptions options) {
        long began = System.nanoTime();
        long seed = call.integer("seed", call.context().seed());
        BlockFit fit =
                BlockSearch.fit(graph.wiring(), options, seed, call.context().parallel());
        if (options.nested() && fit.levels().isEmpty() && fit.partition().count() > 1) {
            throw new MesoException(
                    ErrorCode.NOT_YET,
                    "nested block models come with a later version of Meso",
                    "leave `nested` out: the number of blocks is chosen by description length");
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("encoding", fit.code().encoding());
        facts.put("blocks", (long) fit.partition().count());
        facts.put("description_length", fit.code().total());
        facts.put(
                "chosen", options.blocks() == 0 ? "number of blocks by description length" : "number of blocks given");
        facts.put("nested", options.nested());
        facts.put("restarts", (long) options.restarts());
        facts.put("seed", seed);
        facts.put("seconds", Math.round((System.nanoTime() - began) / 1e6) / 1e3);
        return new BlockFitValue(
                declared.name(),
                ChosenModel.options(declared),
                fit,
                graph,
                graph.provenance().then("fit " + declared.name(), facts));
    }

    private static Object descriptionLength(Call call) {
        Connectome graph = graph(call);
        if (!ChosenModel.is(call.argument(1))) {
            throw call.wrong(1, "a null model");
        }
        Encoding asked = encoding(call);
        Object value = call.argument(1);
        if (value instanceof NullModelValue declared && declared.latent()) {
            Encoding made = asked == null ? Encoding.DISTRIBUTED : asked;
            value = fit(call, declared, graph, new BlockOptions(corrected(declared), 0, false, 1, made));
        }
        if (!(value instanceof BlockFitValue fitted)) {
            return new DescriptionLengthValue(length(call, graph, value, asked == null ? Encoding.UNIFORM : asked));
        }
        BlockOptions options = fitted.fit().options();
        Encoding encoding = asked == null ? options.encoding() : asked;
        boolean asFitted =
                encoding == options.encoding() && fitted.fittedTo(graph) && !(options.nested() && asked != null);
        // Without nesting the uniform code of a null model is the same, or shorter: it leaves out graphs with parallel
        // connections.
        return new DescriptionLengthValue(
                asFitted && (options.nested() || encoding != Encoding.UNIFORM)
                        ? fitted.length()
                        : length(call, graph, value, encoding));
    }

    private static DescriptionLength length(Call call, Connectome graph, Object value, Encoding encoding) {
        ChosenModel chosen =
                ChosenModel.of(value, graph, call.context(), call.context().seed());
        NullModel model = chosen.model();
        if (chosen.options().autapses() && !model.allowsAutapses()) {
            throw new MesoException(
                    ErrorCode.NO_ENCODING, "the code of " + chosen.name() + " describes graphs without autapses only");
        }
        Observed observed = Observed.of(graph, chosen.options().autapses());
        if (encoding == Encoding.UNIFORM) {
            return model.descriptionLength(observed);
        }
        Partition blocks = model.partition(observed)
                .filter(p -> !chosen.options().autapses())
                .orElseThrow(() -> new MesoException(
                        ErrorCode.NO_ENCODING,
                        chosen.name() + " has no length in the encoding '" + encoding.title()
                                + "', which is one of block models without autapses",
                        "there is one for ER, GNM, CFG, SBM, NPC and DCSBM; leave `encoding` out for others"));
        boolean degreeCorrected = model.preserves().contains("degrees");
        return BlockFitValue.length(BlockCodes.of(observed.wiring(), blocks, degreeCorrected, encoding));
    }
}
