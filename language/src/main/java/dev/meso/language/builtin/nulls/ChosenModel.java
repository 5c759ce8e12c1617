package dev.meso.language.builtin.nulls;

import dev.meso.language.MesoContext;
import dev.meso.language.ast.Declaration;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.BlockFitValue;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.NullModelValue;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.nulls.Blocks;
import dev.meso.runtime.nulls.Family;
import dev.meso.runtime.nulls.Given;
import dev.meso.runtime.nulls.NullModel;
import dev.meso.runtime.nulls.NullModels;
import dev.meso.runtime.nulls.Options;
import dev.meso.runtime.partition.Partition;
import java.util.ArrayList;
import java.util.List;

/**
 * A declared or fitted null model and the runtime's model for what it preserves of one graph.
 *
 * @param name it was declared under
 */
public record ChosenModel(String name, NullModel model, Options options) {
    /** Whether a value is a null model. */
    static boolean is(Object value) {
        return value instanceof NullModelValue || value instanceof BlockFitValue;
    }

    /**
     * The null model that is argument {@code index}.
     *
     * @param seed of the search for latent blocks
     */
    public static ChosenModel one(Call call, int index, Connectome graph, long seed) {
        if (!is(call.argument(index))) {
            throw call.wrong(index, "a null model");
        }
        return of(call.argument(index), graph, call.context(), seed);
    }

    /** The null model or list of null models that is argument {@code index}; at least one. */
    public static List<ChosenModel> some(Call call, int index, Connectome graph, long seed) {
        if (is(call.argument(index))) {
            return List.of(one(call, index, graph, seed));
        }
        ListValue list = Call.asList(call.argument(index));
        if (list == null) {
            throw call.wrong(index, "a null model or a list of null models");
        }
        if (list.length() == 0) {
            throw call.bad(index, "is an empty list");
        }
        List<ChosenModel> models = new ArrayList<>();
        for (Object value : list.toArray()) {
            if (!is(value)) {
                throw call.wrong(index, "a null model or a list of null models");
            }
            models.add(of(value, graph, call.context(), seed));
        }
        return models;
    }

    static ChosenModel of(Object value, Connectome graph, MesoContext context, long seed) {
        if (value instanceof BlockFitValue fit) {
            return new ChosenModel(fit.name(), fitted(fit, graph), fit.options());
        }
        NullModelValue declared = (NullModelValue) value;
        NullModel model = family(declared).with(new DeclaredGiven(declared, graph, context, seed));
        return new ChosenModel(declared.name(), model, options(declared));
    }

    /** The model that keeps the fitted blocks in a graph, whether or not it is the one they were fitted to. */
    private static NullModel fitted(BlockFitValue fit, Connectome graph) {
        Partition partition = fit.on(graph);
        DeclaredGiven.requireAll(
                graph,
                v -> partition.blocks()[v] == Partition.NONE,
                "in no block of the fitted " + fit.name(),
                fit.name(),
                "fit the model to this graph");
        Blocks blocks = new Blocks(partition, fit.fittedTo(graph) ? Blocks.LATENT : "fitted elsewhere", false);
        Given given = new Given() {
            @Override
            public Blocks latent(boolean degreeCorrected) {
                return blocks;
            }
        };
        List<String> statistics = fit.fit().options().degreeCorrected()
                ? List.of("degrees", "blocks(latent)")
                : List.of("blocks(latent)");
        return NullModels.preserving(statistics).with(given);
    }

    static Family family(NullModelValue declared) {
        List<String> statistics = new ArrayList<>(
                declared.statistics().stream().map(Declaration.Statistic::key).toList());
        for (Declaration.NullClause clause : declared.declaration().clauses()) {
            if (clause instanceof Declaration.Shuffle shuffle) {
                statistics.add("shuffle " + shuffle.what().text());
            }
        }
        return NullModels.preserving(statistics);
    }

    static Options options(NullModelValue declared) {
        boolean autapses = declared.declaration().clauses().stream()
                .anyMatch(c -> c instanceof Declaration.Allow allow
                        && allow.what().text().equals("autapses"));
        return new Options(stepsPerEdge(declared), autapses);
    }

    private static double stepsPerEdge(NullModelValue value) {
        Object given = value.options().get("sample.per_edge");
        if (given == null) {
            return Options.DEFAULT.stepsPerEdge();
        }
        if (given instanceof Number steps && steps.doubleValue() > 0 && Double.isFinite(steps.doubleValue())) {
            return steps.doubleValue();
        }
        throw new MesoException(
                ErrorCode.WRONG_VALUE, "'per_edge' of the null model " + value.name() + " must be a positive number");
    }
}
