package dev.meso.language.builtin.models;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.builtin.nulls.ChosenModel;
import dev.meso.language.builtin.nulls.Graphs;
import dev.meso.language.builtin.nulls.GuestNumbers;
import dev.meso.language.value.BuiltinValue;
import dev.meso.language.value.CallableValue;
import dev.meso.language.value.EnsembleValue;
import dev.meso.language.value.FittedModelValue;
import dev.meso.language.value.FunctionValue;
import dev.meso.language.value.ModelValue;
import dev.meso.language.value.TableValue;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.mesoscale.FitOptions;
import dev.meso.runtime.mesoscale.FittedModel;
import dev.meso.runtime.mesoscale.ModelFit;
import dev.meso.runtime.nulls.Certificate;
import dev.meso.runtime.nulls.Ensemble;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.stats.Comparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code compare(M, against: gCFG)}: one model on the real structure and on null models of it. */
final class CompareModel {
    private static final int DEFAULT_SAMPLES = 20;
    private static final int MOST_SAMPLES = 1_000_000;
    private static final String ERROR = "error";

    static final Builtin COMPARE = FitModel.options(
                    Builtin.named("compare")
                            .group(ModelBuiltins.GROUP)
                            .when(ModelValue.class)
                            .about(
                                    "Of a model: does the real wiring explain its activity better than wiring of a null model?")
                            .detail(
                                    "Of a model: it is fitted to its structure and to samples of a null model of it, all from one seed and one start, in parallel;"
                                            + " the row says where the real structure stands among them, with p as for graphs. Small `p_less` of `error`: the real wiring helps.")
                            .parameter("declared", Kind.ANY, "a model that sees its wiring")
                            .parameter("against", Kind.ANY, "a null model or a list of them")
                            .optional("samples", Kind.INTEGER, "of each null model; for a model 20 where left out")
                            .optional(
                                    "statistic",
                                    Kind.FUNCTION,
                                    "from a fitted model to a number or a record of numbers; its held-out error one frame ahead where left out"))
            .returns(Kind.TABLE, "columns statistic observed null expected sd ratio z p_less p_greater q")
            .runs(CompareModel::compare);

    private CompareModel() {}

    private static Object compare(Call call) {
        long began = System.nanoTime();
        FitOptions options = FitModel.options(call);
        DeclaredModel declared = new DeclaredModel(call.value(0, ModelValue.class, "a model"));
        verify(call, declared);
        Graphs graphs = new Graphs(declared.graph(), false);
        List<Ensemble> ensembles = new ArrayList<>();
        int samples =
                call.given("samples") ? (int) call.integer(call.index("samples"), 1, MOST_SAMPLES) : DEFAULT_SAMPLES;
        for (ChosenModel model : ChosenModel.some(call, call.index("against"), declared.graph(), options.seed())) {
            ensembles.add(Ensemble.of(
                    model.model(), model.name(), graphs.observed(), model.options(), samples, options.seed()));
        }
        Numbers numbers = new Numbers(call, declared);
        ModelFit.alike(
                1 + samples * ensembles.size(),
                i -> problem(call, declared, wired(call, graphs, ensembles, i, samples), options),
                options,
                call.context().parallel(),
                numbers::add);
        List<List<double[]>> found = new ArrayList<>();
        for (int e = 0; e < ensembles.size(); e++) {
            found.add(numbers.all.subList(1 + e * samples, 1 + (e + 1) * samples));
        }
        Comparison.Result result = Comparison.of(
                numbers.labels,
                numbers.all.get(0),
                ensembles,
                found,
                call.context().parallel());
        Provenance how = declared.provenance("declare " + declared.name(), Map.of());
        for (Certificate certificate : result.certificates()) {
            how = how.then("sample " + certificate.model(), EnsembleValue.facts(certificate, samples));
            for (String warning : certificate.warnings()) {
                call.context().warn("warning: " + certificate.model() + ": " + warning);
            }
        }
        Map<String, Object> facts = new LinkedHashMap<>(FitModel.facts(options));
        facts.put("samples", (long) samples);
        facts.put("seed", options.seed());
        facts.put("seconds", Math.round((System.nanoTime() - began) / 1e6) / 1e3);
        return new TableValue(result.table(), how.then("compare", facts), result.draws());
    }

    private static void verify(Call call, DeclaredModel declared) {
        if (declared.graph() == null) {
            throw new MesoException(
                    ErrorCode.MISSING_CLAUSE,
                    "the model " + declared.name() + " has no structure that null models could be drawn of",
                    "add a line such as 'structure worm'");
        }
        if (!declared.seesWiring()) {
            throw call.bad(
                    0,
                    "does not see its wiring, so it would be fitted to every sample alike: " + declared.name()
                            + " knows where neurons are, not how they are connected",
                    "add `synapses latent` or `features degrees, simplices` to the model");
        }
        if (declared.numbers().length > 1) {
            throw call.bad(0, "has a range of modules to choose from", "give one number: basis 4 of Column");
        }
    }

    /** The structure itself, then the samples of each ensemble. */
    private static Connectome wired(Call call, Graphs graphs, List<Ensemble> ensembles, int index, int samples) {
        if (index == 0) {
            return graphs.connectome().simple();
        }
        Ensemble ensemble = ensembles.get((index - 1) / samples);
        return graphs.graph(ensemble.get((index - 1) % samples, call.context().monitor()), Provenance.LITERAL)
                .connectome();
    }

    private static ModelFit.Problem problem(Call call, DeclaredModel declared, Connectome wired, FitOptions options) {
        return declared.problem(
                declared.numbers()[0], wired, options.split(), call.context().parallel());
    }

    /** What is asked of each fitted model, on the program's thread. */
    private static final class Numbers {
        private final CallableValue statistic;
        private final DeclaredModel declared;
        private final List<double[]> all = new ArrayList<>();
        private GuestNumbers guest;
        private List<String> labels = List.of(ERROR);

        Numbers(Call call, DeclaredModel declared) {
            this.statistic = call.given("statistic") ? call.function("statistic") : null;
            this.declared = declared;
        }

        void add(FittedModel fit) {
            if (statistic == null) {
                all.add(new double[] {fit.report().errors().get(0)[0].squared()});
                return;
            }
            Object value = statistic.call(new FittedModelValue(
                    fit, declared.graph(), List.of(), null, declared.provenance("fit " + declared.name(), Map.of())));
            if (guest == null) {
                guest = new GuestNumbers(name(), value);
                labels = guest.labels();
            }
            all.add(guest.of(value));
        }

        private String name() {
            if (statistic instanceof BuiltinValue builtin) {
                return builtin.builtin().name();
            }
            return statistic instanceof FunctionValue named && named.code().name() != null
                    ? named.code().name()
                    : "value";
        }
    }
}
