package dev.meso.language.builtin.models;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.builtin.nulls.Graphs;
import dev.meso.language.value.FittedModelValue;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.ModelValue;
import dev.meso.language.value.RecordValue;
import dev.meso.language.value.TableValue;
import dev.meso.language.value.Values;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.mesoscale.FitOptions;
import dev.meso.runtime.mesoscale.FittedModel;
import dev.meso.runtime.mesoscale.ModelFit;
import dev.meso.runtime.nulls.Ensemble;
import dev.meso.runtime.nulls.NullModel;
import dev.meso.runtime.nulls.NullModels;
import dev.meso.runtime.nulls.Options;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.task.Parallel;
import dev.meso.runtime.tensor.Options.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code fit(M, …)} of a declared model. */
final class FitModel {
    private static final int MOST = 1_000_000;
    private static final double MANY_MISSING = 0.5;
    private static final String SHUFFLED = "shuffled wiring";
    private static final String WHOLE = "must be whole numbers";

    static final Builtin FIT = options(Builtin.named("fit")
                    .group(ModelBuiltins.GROUP)
                    .when(ModelValue.class)
                    .about("Of a model: fits it to its recording.")
                    .detail(
                            "Of a model: a staged start finds domains and modules, gradients of the loss train all parameters together, then switches and"
                                    + " assignment are decided and what is left is polished. With a range of modules each number is fitted, and of several"
                                    + " seeds each; the shortest description is kept. The held-out part is used for the report only.")
                    .parameter("declared", Kind.ANY, "a model"))
            .optional(
                    "seeds", Kind.ANY, "several seeds, such as 1..5: each is fitted, the shortest description is kept")
            .optional("checkpoint", Kind.TEXT, "a folder that keeps the state of the fit, and goes on from it")
            .optional(
                    "shuffled",
                    Kind.BOOLEAN,
                    "whether a model that sees the wiring is also fitted on shuffled wiring, for its summary; true where left out")
            .returns(Kind.ANY, "a fitted model: summary, modules, domains, partition, history and more")
            .runs(FitModel::fit);

    static final Builtin ADAM = optimizer("adam", "Adam (Kingma and Ba 2015).");
    static final Builtin SGD = optimizer("sgd", "Stochastic gradient descent with momentum 0.9.");
    static final Builtin EXPONENTIATED = optimizer(
            "exponentiated",
            "Exponentiated gradient: weights keep their signs, as Dale's law has it (Kivinen and Warmuth 1997).");

    private FitModel() {}

    /** The options that every fit has; {@code seed} among them. */
    static Builtin.Builder options(Builtin.Builder builder) {
        FitOptions usual = FitOptions.DEFAULT;
        return builder.optional(
                        "epochs",
                        Kind.INTEGER,
                        "passes over the windows at most; " + usual.epochs() + " where left out")
                .optional(
                        "window",
                        Kind.INTEGER,
                        "predictions in a row of each window; " + usual.window() + " where left out")
                .optional(
                        "ahead",
                        Kind.INTEGER,
                        "frames that the model foretells on its own from each state, at most the window; the loss is over all of them; 1 where left out")
                .optional("batch", Kind.INTEGER, "windows of each step; " + usual.batch() + " where left out")
                .optional(
                        "optimizer",
                        Kind.ANY,
                        "adam(rate: …), sgd(rate: …) or exponentiated(rate: …); adam(rate: 3e-3) where left out")
                .optional("split", Kind.NUMBER, "share of the frames of each recording to train on; 0.8 where left out")
                .optional(
                        "validation",
                        Kind.NUMBER,
                        "share of these, their end, that decides when to stop; 0.15 where left out")
                .optional(
                        "patience",
                        Kind.INTEGER,
                        "epochs without a better validation error before it stops; " + usual.patience()
                                + " where left out")
                .optional(
                        "restarts",
                        Kind.INTEGER,
                        "searches for modules at the start; " + usual.restarts() + " where left out")
                .optional(
                        "start",
                        Kind.TEXT,
                        "\"staged\" (where left out), or \"components\": principal components and random networks")
                .optional(
                        "alternate",
                        Kind.BOOLEAN,
                        "whether epochs take turns between the assignment and all else; false where left out")
                .optional("precision", Kind.TEXT, "of the arithmetic: \"double\" (where left out) or \"float\"")
                .optional(
                        "horizon",
                        Kind.INTEGER,
                        "frames ahead up to which errors are reported; " + usual.horizon() + " where left out")
                .optional("seed", Kind.INTEGER, "of everything random; that of the session where left out");
    }

    private static Builtin optimizer(String name, String about) {
        return Builtin.named(name)
                .group(ModelBuiltins.GROUP)
                .about("How a fit changes parameters: " + about)
                .optional(
                        "rate",
                        Kind.NUMBER,
                        "of learning, at the start; it falls along half a cosine to a hundredth; 3e-3 where left out")
                .returns(Kind.RECORD, "for `optimizer:` of `fit`")
                .runs(call -> {
                    double rate = call.number(0, FitOptions.DEFAULT.rate());
                    if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
                        throw call.bad(0, "must be above 0, not " + rate);
                    }
                    return RecordValue.of("method", name, "rate", rate);
                });
    }

    /** The options of a call, with one of its seeds. */
    static FitOptions options(Call call) {
        FitOptions.Builder options = FitOptions.DEFAULT.with();
        if (call.given("epochs")) {
            options.epochs((int) call.integer(call.index("epochs"), 0, MOST));
        }
        if (call.given("window")) {
            options.window((int) call.integer(call.index("window"), 1, MOST));
        }
        if (call.given("ahead")) {
            options.ahead((int) call.integer(call.index("ahead"), 1, MOST));
        }
        if (call.given("batch")) {
            options.batch((int) call.integer(call.index("batch"), 1, MOST));
        }
        if (call.given("optimizer")) {
            optimizer(call, options);
        }
        if (call.given("split")) {
            options.split(share(call, "split"));
        }
        if (call.given("validation")) {
            options.validation(share(call, "validation"));
        }
        if (call.given("patience")) {
            options.patience((int) call.integer(call.index("patience"), 1, MOST));
        }
        if (call.given("restarts")) {
            options.restarts((int) call.integer(call.index("restarts"), 1, MOST));
        }
        if (call.given("horizon")) {
            options.horizon((int) call.integer(call.index("horizon"), 1, MOST));
        }
        options.alternate(call.truth("alternate", false));
        options.start(
                switch (call.text("start", "staged")) {
                    case "staged" -> FitOptions.Start.STAGED;
                    case "components" -> FitOptions.Start.COMPONENTS;
                    default -> throw call.bad("start", "must be \"staged\" or \"components\"");
                });
        options.precision(
                switch (call.text("precision", "double")) {
                    case "double" -> Precision.DOUBLE;
                    case "float" -> Precision.FLOAT;
                    default -> throw call.bad("precision", "must be \"double\" or \"float\"");
                });
        return options.seed(call.integer("seed", call.context().seed())).build();
    }

    private static double share(Call call, String parameter) {
        double share = call.number(parameter);
        if (!(share > 0 && share < 1)) {
            throw call.bad(parameter, "lies between 0 and 1, not " + share);
        }
        return share;
    }

    private static void optimizer(Call call, FitOptions.Builder options) {
        RecordValue given = call.argument("optimizer") instanceof RecordValue record ? record : RecordValue.of();
        if (!(given.get("method") instanceof String method) || !(given.get("rate") instanceof Double rate)) {
            throw call.bad(
                    "optimizer",
                    "must be an optimizer, not " + Values.describe(call.argument("optimizer")),
                    "there are adam(rate: 1e-2), sgd(rate: 1e-2) and exponentiated(rate: 1e-2)");
        }
        options.method(FitOptions.Method.valueOf(method.toUpperCase(Locale.ROOT)))
                .rate(rate);
    }

    private static long[] seeds(Call call, FitOptions options) {
        if (!call.given("seeds")) {
            return new long[] {options.seed()};
        }
        if (call.given("seed")) {
            throw call.bad("seeds", "and `seed` are given both", "leave one of them out");
        }
        ListValue list = call.list("seeds");
        if (list.length() == 0) {
            throw call.bad("seeds", "is an empty list");
        }
        return Arrays.stream(list.toArray())
                .mapToLong(seed -> {
                    if (seed instanceof Long whole) {
                        return whole;
                    }
                    throw call.bad("seeds", WHOLE);
                })
                .toArray();
    }

    private static FittedModelValue fit(Call call) {
        long began = System.nanoTime();
        FitOptions options = options(call);
        long[] seeds = seeds(call, options);
        DeclaredModel declared = new DeclaredModel(call.value(0, ModelValue.class, "a model"));
        Path folder = call.given("checkpoint") ? call.context().files().folder(call.text("checkpoint")) : null;
        Parallel parallel = call.context().parallel();
        List<String> warnings = new ArrayList<>();
        ModelFit.Begun begun = null;
        List<double[]> tried = new ArrayList<>();
        for (int modules : declared.numbers()) {
            ModelFit.Problem problem = declared.problem(modules, declared.graph(), options.split(), parallel);
            boolean chosen = declared.numbers().length > 1;
            Path own = folder != null && chosen ? folder.resolve(modules + "-modules") : folder;
            ModelFit.Begun next = ModelFit.begun(problem, options, seeds, own, parallel);
            FittedModel fit = next.fit();
            tried.add(new double[] {
                modules,
                fit.report().length().total(),
                fit.report().errors().get(0)[0].squared()
            });
            if (begun == null
                    || fit.report().length().total()
                            < begun.fit().report().length().total()) {
                begun = next;
            }
        }
        FittedModel best = begun.fit();
        if (declared.seesWiring()
                && call.truth("shuffled", true)
                && !best.report().stopped()) {
            best = besideShuffled(declared, begun, options, folder, parallel, warnings);
        }
        warnings(declared, best, warnings);
        for (String warning : warnings) {
            call.context().warn("warning: " + declared.name() + ": " + warning);
        }
        missing(declared, warnings);
        return new FittedModelValue(
                best,
                declared.graph(),
                warnings,
                tried.size() == 1 ? null : choices(tried),
                provenance(declared, best, options, seeds, began));
    }

    /** The same fit where who is connected to whom is shuffled: in- and out-degrees and the number of two-way pairs stay. */
    private static FittedModel besideShuffled(
            DeclaredModel declared,
            ModelFit.Begun begun,
            FitOptions options,
            Path folder,
            Parallel parallel,
            List<String> warnings) {
        FittedModel fit = begun.fit();
        Graphs graphs = new Graphs(declared.graph(), false);
        if (graphs.observed().m() == 0) {
            return fit;
        }
        long seed = fit.report().seed();
        NullModel model = graphs.observed().twoWay() > 0 ? NullModels.GCFG : NullModels.CFG;
        Ensemble ensemble = Ensemble.of(model, graphs.observed(), Options.DEFAULT, 1, seed);
        Connectome shuffled = graphs.graph(ensemble.get(0, parallel.monitor()), Provenance.LITERAL)
                .connectome();
        if (shuffled.wiring().equals(graphs.observed().wiring())) {
            warnings.add(
                    "the shuffled wiring is the real one: no other graph has its degrees and two-way pairs, or few");
            return fit.beside(SHUFFLED, fit);
        }
        ModelFit.Problem problem = declared.problem(fit.spec().modules(), shuffled, options.split(), parallel);
        Path own = folder == null ? null : folder.resolve("shuffled");
        return fit.beside(SHUFFLED, ModelFit.again(begun, problem, own, parallel));
    }

    private static TableValue choices(List<double[]> tried) {
        Map<String, Column> columns = new LinkedHashMap<>();
        columns.put(
                "modules",
                LongColumn.of(tried.stream().mapToInt(t -> (int) t[0]).toArray()));
        columns.put(
                "description_length",
                DoubleColumn.of(tried.stream().mapToDouble(t -> t[1]).toArray()));
        columns.put(
                "error", DoubleColumn.of(tried.stream().mapToDouble(t -> t[2]).toArray()));
        return new TableValue(Table.of(columns));
    }

    /** The recording has warned of it when it was read. */
    private static void missing(DeclaredModel declared, List<String> warnings) {
        Activity activity = declared.activity();
        double missing = (double) activity.missingCount() / Math.max(1, (long) activity.frames() * activity.neurons());
        if (missing > MANY_MISSING) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%.0f %% of the recording's values are missing; what is missing is left out of every sum",
                    100 * missing));
        }
    }

    private static void warnings(DeclaredModel declared, FittedModel fit, List<String> warnings) {
        fit.learned().structure().fields().coverage().warning().ifPresent(warnings::add);
        if (fit.report().stopped()) {
            warnings.add("the fit was stopped after " + fit.report().history().size()
                    + " epochs; the best state so far was kept");
        }
    }

    private static Provenance provenance(
            DeclaredModel declared, FittedModel fit, FitOptions options, long[] seeds, long began) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("modules", (long) fit.spec().modules());
        facts.put("epochs", (long) fit.report().history().size());
        facts.putAll(facts(options));
        facts.put("seed", fit.report().seed());
        facts.put("seeds", (long) seeds.length);
        facts.put("description_length", fit.report().length().total());
        facts.put("seconds", Math.round((System.nanoTime() - began) / 1e6) / 1e3);
        return declared.provenance("fit " + declared.name(), facts);
    }

    /** The options that decide what a fit comes to. */
    static Map<String, Object> facts(FitOptions options) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("most_epochs", (long) options.epochs());
        facts.put("window", (long) options.window());
        facts.put("ahead", (long) options.ahead());
        facts.put("batch", (long) options.batch());
        facts.put("optimizer", options.method().name().toLowerCase(Locale.ROOT));
        facts.put("rate", options.rate());
        facts.put("split", options.split());
        facts.put("validation", options.validation());
        facts.put("start", options.start().name().toLowerCase(Locale.ROOT));
        facts.put("restarts", (long) options.restarts());
        facts.put("precision", options.precision().name().toLowerCase(Locale.ROOT));
        return facts;
    }
}
