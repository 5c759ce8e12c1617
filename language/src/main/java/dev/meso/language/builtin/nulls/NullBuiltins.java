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
import dev.meso.language.value.TableValue;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.motif.PatternSearch;
import dev.meso.runtime.nulls.Certificate;
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
                    "There is one for dyads and triads under ER, GNM, gER, SBM (triads up to 300 blocks) and PM (triads up to 1,200 neurons). For others, compare estimates it from samples.")
            .parameter("g", Kind.GRAPH, "the observed graph")
            .parameter("model", Kind.NULL_MODEL, "what is preserved")
            .parameter("stat", Kind.STATISTIC, "dyads or triads")
            .returns(Kind.TABLE, "columns motif, count")
            .runs(NullBuiltins::expected);

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
        return List.of(SAMPLE, EXPECTED, FitBuiltins.DESCRIPTION_LENGTH, FitBuiltins.FIT, COMPARE);
    }

    private static Connectome graph(Call call) {
        return call.value(0, GraphValue.class, EXPECTED_GRAPH).connectome();
    }

    private static int samples(Call call, int index, int otherwise) {
        return call.given(index) ? (int) call.integer(index, 1, MOST_SAMPLES) : otherwise;
    }

    private static Object sample(Call call) {
        Connectome graph = graph(call);
        long seed = call.integer(3, call.context().seed());
        ChosenModel model = ChosenModel.one(call, 1, graph, seed);
        Graphs graphs = new Graphs(graph, model.options().autapses());
        Ensemble ensemble =
                Ensemble.of(model.model(), model.name(), graphs.observed(), model.options(), samples(call, 2, 1), seed);
        return new EnsembleValue(graphs, ensemble);
    }

    private static Object expected(Call call) {
        Statistic census = builtIn(call.argument(2));
        if (census == null) {
            throw call.wrong(2, "`dyads` or `triads`");
        }
        Connectome graph = graph(call);
        ChosenModel model = ChosenModel.one(call, 1, graph, call.context().seed());
        Observed observed = Observed.of(graph.wiring());
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

    private static Object compare(Call call) {
        long began = System.nanoTime();
        long seed = call.integer(4, call.context().seed());
        List<ChosenModel> models = ChosenModel.some(call, 2, graph(call), seed);
        boolean autapses = models.stream().anyMatch(m -> m.options().autapses());
        Graphs graphs = new Graphs(graph(call), autapses);
        List<Statistic> statistics = new ArrayList<>();
        statistics(call, graphs, call.argument(1), statistics);
        int samples = samples(call, 3, DEFAULT_SAMPLES);
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
