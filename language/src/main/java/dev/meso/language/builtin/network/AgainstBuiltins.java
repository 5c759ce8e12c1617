package dev.meso.language.builtin.network;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.builtin.nulls.ChosenModel;
import dev.meso.language.value.EnsembleValue;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.RecordValue;
import dev.meso.language.value.TableValue;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.network.RichClub;
import dev.meso.runtime.network.SmallWorld;
import dev.meso.runtime.nulls.Certificate;
import dev.meso.runtime.nulls.Ensemble;
import dev.meso.runtime.nulls.Observed;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.stats.Comparison;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code small_world rich_club}: statistics that mean something only beside a null model. */
final class AgainstBuiltins {
    private static final int DEFAULT_SAMPLES = 100;
    private static final int MOST_SAMPLES = 100_000_000;
    private static final String SAMPLES = "of the null model; 100 where left out";
    private static final String SEED = "of the random numbers; that of the session where left out";

    private static final Builtin SMALL_WORLD = Builtin.named("small_world")
            .group(NetworkBuiltins.GROUP)
            .about("Whether neurons are more clustered than in a null model while paths are hardly longer.")
            .detail(
                    "gamma = clustering / clustering_null, lambda = path_length / path_length_null, S = gamma / lambda (Humphries and"
                            + " Gurney 2008); nulls are means of the samples, given with their standard deviations. Values in the"
                            + " literature differ by the clustering, by whether paths are directed, and by the null model, so report all"
                            + " three: most are undirected, and a random graph with as many *pairs* of partners is gER, not ER.")
            .parameter("g", Kind.GRAPH, NetworkBuiltins.GRAPH)
            .parameter("against", Kind.NULL_MODEL, "the null model")
            .optional("samples", Kind.INTEGER, SAMPLES)
            .optional("seed", Kind.INTEGER, SEED)
            .optional("kind", Kind.TEXT, "the kind of clustering, as in `clustering`; \"undirected\" where left out")
            .optional(
                    "directed", Kind.BOOLEAN, "whether paths follow the direction of connections; false where left out")
            .optional("sources", Kind.ANY, PathBuiltins.SOURCES + "; the same neurons in every graph")
            .returns(
                    Kind.RECORD,
                    "S, gamma, lambda (S and gamma none where no sample has a triangle), clustering, clustering_null,"
                            + " clustering_sd, path_length, path_length_null, path_length_sd, samples")
            .runs(AgainstBuiltins::smallWorld);

    private static final Builtin RICH_CLUB = Builtin.named("rich_club")
            .group(NetworkBuiltins.GROUP)
            .about("Whether neurons of many connections are connected to each other more than others would be.")
            .detail(
                    "For each k the share of ordered pairs of neurons of degree above k that are connected: `observed`. Hubs are"
                            + " densely connected in any graph with their degrees, so divide by a null model: `ratio`. Other columns are as in"
                            + " `compare`. Where a sample has fewer than two such neurons its value is 0. Colizza et al. 2006; van den Heuvel"
                            + " and Sporns 2011.")
            .parameter("g", Kind.GRAPH, NetworkBuiltins.GRAPH)
            .optional("against", Kind.ANY, "a null model or a list of them")
            .optional("samples", Kind.INTEGER, SAMPLES)
            .optional("seed", Kind.INTEGER, SEED)
            .optional("degree", Kind.TEXT, "\"total\" (inputs and outputs), \"in\" or \"out\"; total where left out")
            .optional(
                    "above",
                    Kind.LIST,
                    "the degrees k, ascending; where left out all at which the club changes and keeps two members")
            .returns(
                    Kind.TABLE,
                    "columns above, neurons, connections, observed, and against null models null expected sd ratio z p_less"
                            + " p_greater q")
            .runs(AgainstBuiltins::richClub);

    private AgainstBuiltins() {}

    static List<Builtin> all() {
        return List.of(SMALL_WORLD, RICH_CLUB);
    }

    private static long seed(Call call) {
        return call.integer("seed", call.context().seed());
    }

    private static Ensemble ensemble(Call call, ChosenModel model, Connectome graph) {
        int samples =
                call.given("samples") ? (int) call.integer(call.index("samples"), 1, MOST_SAMPLES) : DEFAULT_SAMPLES;
        return Ensemble.of(
                model.model(),
                model.name(),
                Observed.of(graph, model.options().autapses()),
                model.options(),
                samples,
                seed(call));
    }

    private static void warn(Call call, Certificate certificate) {
        for (String warning : certificate.warnings()) {
            call.context().warn("warning: " + certificate.model() + ": " + warning);
        }
    }

    private static Object smallWorld(Call call) {
        Connectome graph = NetworkBuiltins.graph(call);
        Ensemble ensemble = ensemble(call, ChosenModel.one(call, call.index("against"), graph, seed(call)), graph);
        SmallWorld world = SmallWorld.of(
                ensemble,
                ClusteringBuiltins.kind(call, ClusteringBuiltins.KINDS),
                call.truth("directed", false),
                PathBuiltins.sources(call),
                call.context().parallel());
        warn(call, world.certificate());
        return RecordValue.of(
                "S", finite(world.smallWorldness()),
                "gamma", finite(world.gamma()),
                "lambda", finite(world.lambda()),
                "clustering", world.clustering().observed(),
                "clustering_null", world.clustering().expected(),
                "clustering_sd", world.clustering().sd(),
                "path_length", world.pathLength().observed(),
                "path_length_null", world.pathLength().expected(),
                "path_length_sd", world.pathLength().sd(),
                "samples", (long) ensemble.size());
    }

    private static Object finite(double number) {
        return NetworkBuiltins.orNone(Double.isInfinite(number) ? Double.NaN : number);
    }

    private static Object richClub(Call call) {
        Connectome graph = NetworkBuiltins.graph(call);
        RichClub.Degree degree =
                RichClub.Degree.valueOf(NetworkBuiltins.choice(call, "degree", List.of("total", "in", "out"))
                        .toUpperCase(Locale.ROOT));
        RichClub club =
                call.given("above") ? new RichClub(degree, thresholds(call)) : RichClub.of(graph.wiring(), degree);
        List<Ensemble> ensembles = new ArrayList<>();
        int against = call.index("against");
        List<ChosenModel> models = call.given(against) ? ChosenModel.some(call, against, graph, seed(call)) : List.of();
        for (ChosenModel model : models) {
            ensembles.add(ensemble(call, model, graph));
        }
        if (ensembles.isEmpty()) {
            Table table = members(club, graph, 1)
                    .with(
                            "observed",
                            DoubleColumn.of(club.members(graph.wiring()).density()));
            return NetworkBuiltins.made(call, table, Map.of());
        }
        Comparison.Result result =
                Comparison.of(List.of(club), ensembles, call.context().parallel());
        Provenance how = graph.provenance();
        for (Certificate certificate : result.certificates()) {
            how = how.then(
                    "sample " + certificate.model(),
                    EnsembleValue.facts(certificate, ensembles.get(0).size()));
            warn(call, certificate);
        }
        Table compared = result.table().without("statistic");
        Table table = members(club, graph, ensembles.size());
        for (String column : compared.names()) {
            table = table.with(column, compared.column(column));
        }
        return new TableValue(table, how.then("rich_club", Map.of("samples", (long)
                ensembles.get(0).size())));
    }

    /** Columns above, neurons and connections, repeated for each null model. */
    private static Table members(RichClub club, Connectome graph, int times) {
        RichClub.Members members = club.members(graph.wiring());
        int[] thresholds = club.thresholds();
        int rows = thresholds.length;
        long[][] numbers = new long[3][rows * times];
        for (int r = 0; r < rows * times; r++) {
            numbers[0][r] = thresholds[r % rows];
            numbers[1][r] = members.neurons()[r % rows];
            numbers[2][r] = members.connections()[r % rows];
        }
        List<Column> columns = List.of(LongColumn.of(numbers[0]), LongColumn.of(numbers[1]), LongColumn.of(numbers[2]));
        return Table.of(List.of("above", "neurons", "connections"), columns);
    }

    private static int[] thresholds(Call call) {
        int at = call.index("above");
        ListValue list = call.list(at);
        int[] thresholds = new int[list.length()];
        for (int t = 0; t < thresholds.length; t++) {
            if (!(list.get(t) instanceof Long k) || k < 0 || k > Integer.MAX_VALUE || t > 0 && k <= thresholds[t - 1]) {
                throw call.bad(at, "must be whole numbers that ascend from 0 or more, as in [10, 20, 50]");
            }
            thresholds[t] = (int) (long) k;
        }
        if (thresholds.length == 0) {
            throw call.bad(at, "is an empty list");
        }
        return thresholds;
    }
}
