package dev.meso.language.builtin.nulls;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.builtin.motifs.MotifPatterns;
import dev.meso.language.value.BuiltinValue;
import dev.meso.language.value.CallableValue;
import dev.meso.language.value.EnsembleValue;
import dev.meso.language.value.FunctionValue;
import dev.meso.language.value.GraphValue;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.MotifValue;
import dev.meso.language.value.NoneValue;
import dev.meso.language.value.NullModelValue;
import dev.meso.language.value.RecordValue;
import dev.meso.language.value.TableValue;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.motif.PatternSearch;
import dev.meso.runtime.nulls.Certificate;
import dev.meso.runtime.nulls.DescriptionLength;
import dev.meso.runtime.nulls.Ensemble;
import dev.meso.runtime.nulls.Observed;
import dev.meso.runtime.nulls.Sample;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.stats.Comparison;
import dev.meso.runtime.stats.MotifCounts;
import dev.meso.runtime.stats.Statistic;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import dev.meso.runtime.task.Parallel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The built-ins of null models. */
public final class NullBuiltins {
    private static final int MOST_SAMPLES = 100_000_000;
    private static final int DEFAULT_SAMPLES = 1000;
    private static final String EXPECTED_GRAPH = "a graph";

    private static final Builtin SAMPLE = Builtin.named("sample")
            .group("null models")
            .about("Graphs drawn from a null model: a list, each drawn when it is asked for.")
            .detail(
                    "Sample i depends on the seed and on i only, not on the threads or on which samples were drawn before. Neurons keep"
                            + " their attributes; a connection that is switched keeps those of its presynaptic end. Samples are simple:"
                            + " parallel connections are merged and autapses dropped first, which the certificate counts. Besag and Clifford"
                            + " 1989.")
            .parameter("g", Kind.GRAPH, "the observed graph")
            .parameter("model", Kind.NULL_MODEL, "what is preserved")
            .optional("n", Kind.INTEGER, "how many; 1 where left out")
            .optional("seed", Kind.INTEGER, "of the random numbers; that of the session where left out")
            .returns(Kind.ANY, "an ensemble: a list of graphs, with `certificate`")
            .runs(NullBuiltins::sample);

    private static final Builtin EXPECTED = Builtin.named("expected")
            .group("null models")
            .about("The exact expectation of a census under a null model, where a closed form exists.")
            .detail(
                    "There is one for dyads and triads under ER, GNM and gER. For others, compare estimates it from samples.")
            .parameter("g", Kind.GRAPH, "the observed graph")
            .parameter("model", Kind.NULL_MODEL, "what is preserved")
            .parameter("stat", Kind.STATISTIC, "dyads or triads")
            .returns(Kind.TABLE, "columns motif, count")
            .runs(NullBuiltins::expected);

    private static final Builtin DESCRIPTION_LENGTH = Builtin.named("description_length")
            .group("null models")
            .about("How long the graph is in the code of a null model, in nats.")
            .detail(
                    "`bound` is \"exact\", or \"upper\" where the true length is at most this. `encoding` says which code; lengths of"
                            + " different encodings must not be compared. For CFG `estimate` is ln of the number of simple graphs with these"
                            + " degrees by the formula `estimate_method`, which is no bound.")
            .parameter("g", Kind.GRAPH, "the graph")
            .parameter("model", Kind.NULL_MODEL, "what is preserved")
            .returns(Kind.RECORD, "data, model, total, bound, encoding, estimate, estimate_method")
            .runs(NullBuiltins::descriptionLength);

    private static final Builtin COMPARE = Builtin.named("compare")
            .group("null models")
            .about(
                    "Is a statistic of the graph what a null model leads one to expect? The significance test of motifs.")
            .detail(
                    "`expected` is exact where `expected(…)` is, else the mean of the samples; p = (r + 1) / (samples + 1), ties counted;"
                            + " q is Benjamini and Hochberg's over min(1, 2 min(p_less, p_greater)) within each null model. p-values are exact"
                            + " even for a chain that has not mixed (Besag and Clifford 1989). Memory does not grow with the samples. Functions see"
                            + " simple graphs, also the observed one. A motif's conditions on neurons hold for the neurons of the samples too.")
            .parameter("g", Kind.GRAPH, "the observed graph")
            .parameter(
                    "stat",
                    Kind.ANY,
                    "a motif, dyads, triads, a function from a graph to a number or record, or a list of these")
            .parameter("against", Kind.ANY, "a null model or a list of them")
            .optional("samples", Kind.INTEGER, "of each null model; 1000 where left out")
            .optional("seed", Kind.INTEGER, "of the random numbers; that of the session where left out")
            .returns(Kind.TABLE, "columns statistic observed null expected sd ratio z p_less p_greater q")
            .runs(NullBuiltins::compare);

    private NullBuiltins() {}

    public static List<Builtin> all() {
        return List.of(SAMPLE, EXPECTED, DESCRIPTION_LENGTH, COMPARE);
    }

    private static Connectome graph(Call call) {
        return call.value(0, GraphValue.class, EXPECTED_GRAPH).connectome();
    }

    private static ChosenModel model(Call call, int index) {
        return ChosenModel.of(call.value(index, NullModelValue.class, "a null model"));
    }

    private static int samples(Call call, int index, int otherwise) {
        return call.given(index) ? (int) call.integer(index, 1, MOST_SAMPLES) : otherwise;
    }

    private static Object sample(Call call) {
        ChosenModel model = model(call, 1);
        Graphs graphs = new Graphs(graph(call), model.options().autapses());
        long seed = call.integer(3, call.context().seed());
        Ensemble ensemble =
                Ensemble.of(model.model(), model.name(), graphs.observed(), model.options(), samples(call, 2, 1), seed);
        return new EnsembleValue(graphs, ensemble);
    }

    private static Object expected(Call call) {
        ChosenModel model = model(call, 1);
        Statistic census = builtIn(call.argument(2));
        if (census == null) {
            throw call.wrong(2, "`dyads` or `triads`");
        }
        Observed observed = Observed.of(graph(call).wiring());
        double[] values = census.expected(model.model(), observed)
                .orElseThrow(() -> new MesoException(
                        ErrorCode.NO_CLOSED_FORM,
                        "no closed form is known for the expectation under " + model.name(),
                        "estimate it from samples: compare(g, "
                                + ((BuiltinValue) call.argument(2)).builtin().name() + ", against: " + model.name()
                                + ")"));
        return new TableValue(Table.of(
                "motif", TextColumn.of(census.labels().toArray(String[]::new)), "count", DoubleColumn.of(values)));
    }

    private static Object descriptionLength(Call call) {
        ChosenModel model = model(call, 1);
        DescriptionLength length = model.model()
                .descriptionLength(Observed.of(graph(call), model.options().autapses()));
        boolean estimated = length.estimate().isPresent();
        return RecordValue.of(
                "data", length.data(),
                "model", length.model(),
                "total", length.total(),
                "bound", length.bound(),
                "encoding", length.encoding(),
                "estimate", estimated ? (Object) length.estimate().getAsDouble() : NoneValue.NONE,
                "estimate_method", estimated ? length.estimateMethod() : NoneValue.NONE);
    }

    private static Object compare(Call call) {
        long began = System.nanoTime();
        List<ChosenModel> models = models(call);
        boolean autapses = models.stream().anyMatch(m -> m.options().autapses());
        Graphs graphs = new Graphs(graph(call), autapses);
        List<Statistic> statistics = new ArrayList<>();
        statistics(call, graphs, call.argument(1), statistics);
        int samples = samples(call, 3, DEFAULT_SAMPLES);
        long seed = call.integer(4, call.context().seed());
        List<Ensemble> ensembles = new ArrayList<>();
        for (ChosenModel m : models) {
            ensembles.add(Ensemble.of(m.model(), m.name(), graphs.observed(), m.options(), samples, seed));
        }
        Comparison.Result result =
                Comparison.of(statistics, ensembles, call.context().parallel());
        Provenance how = graphs.connectome().provenance();
        for (Certificate certificate : result.certificates()) {
            how = how.then("sample " + certificate.model(), EnsembleValue.facts(certificate, samples));
            for (String warning : certificate.warnings()) {
                call.context().warn("warning: " + certificate.model() + ": " + warning);
            }
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("samples", (long) samples);
        facts.put("seed", seed);
        facts.put("expected", exactness(result));
        facts.put("seconds", Math.round((System.nanoTime() - began) / 1e6) / 1e3);
        return new TableValue(result.table(), how.then("compare", facts), result.draws());
    }

    /** Which expectations are exact. */
    private static String exactness(Comparison.Result result) {
        List<String> exact = result.rows().stream()
                .filter(Comparison.Row::exact)
                .map(Comparison.Row::model)
                .distinct()
                .toList();
        return exact.isEmpty()
                ? "means of the samples"
                : "exact under " + String.join(", ", exact) + ", otherwise means of the samples";
    }

    private static List<ChosenModel> models(Call call) {
        Object given = call.argument(2);
        ListValue list = given instanceof NullModelValue ? null : Call.asList(given);
        List<ChosenModel> models = new ArrayList<>();
        if (list == null) {
            models.add(model(call, 2));
            return models;
        }
        for (int i = 0; i < list.length(); i++) {
            if (!(list.get(i) instanceof NullModelValue value)) {
                throw call.wrong(2, "a null model or a list of null models");
            }
            models.add(ChosenModel.of(value));
        }
        if (models.isEmpty()) {
            throw call.bad(2, "is an empty list");
        }
        return models;
    }

    // ---- statistics -----------------------------------------------------------------------------------------------

    /** The statistic that a built-in function stands for, or null. */
    private static Statistic builtIn(Object value) {
        return value instanceof BuiltinValue builtin ? builtin.builtin().statistic() : null;
    }

    private static void statistics(Call call, Graphs graphs, Object value, List<Statistic> found) {
        Statistic builtIn = builtIn(value);
        ListValue list = value instanceof CallableValue || value instanceof MotifValue ? null : Call.asList(value);
        if (builtIn != null) {
            found.add(builtIn);
        } else if (value instanceof MotifValue motif) {
            found.add(motif(call, graphs, motif));
        } else if (list != null && list.length() > 0) {
            for (int i = 0; i < list.length(); i++) {
                statistics(call, graphs, list.get(i), found);
            }
        } else if (list != null) {
            throw call.bad(1, "is an empty list");
        } else {
            CallableValue function = callable(call, value);
            found.add(new GuestStatistic(graphs, function, name(function)));
        }
    }

    private static CallableValue callable(Call call, Object value) {
        if (value instanceof CallableValue callable) {
            return callable;
        }
        if (value == call.argument(1)) {
            return call.function(1);
        }
        throw call.wrong(1, "motifs, censuses or functions");
    }

    private static String name(CallableValue function) {
        if (function instanceof BuiltinValue builtin) {
            return builtin.builtin().name();
        }
        return function instanceof FunctionValue named && named.code().name() != null
                ? named.code().name()
                : "value";
    }

    /** Conditions on neurons hold for all samples alike; conditions on connections are looked up in each sample. */
    private static Statistic motif(Call call, Graphs graphs, MotifValue motif) {
        MotifPatterns patterns = new MotifPatterns(motif, call.context().monitor());
        if (patterns.fitsSamples()) {
            return new MotifCounts(List.of(motif.name()), List.of(patterns.on(graphs.connectome())));
        }
        return new Statistic() {
            @Override
            public List<String> labels() {
                return List.of(motif.name());
            }

            @Override
            public double[] of(Sample sample) {
                Connectome drawn = graphs.graph(sample, Provenance.LITERAL).connectome();
                return new double[] {new PatternSearch(drawn.wiring(), patterns.on(drawn), Parallel.serial()).count()};
            }

            @Override
            public boolean concurrent() {
                return false;
            }
        };
    }
}
