package dev.meso.language.builtin.network;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.PartitionValue;
import dev.meso.language.value.RecordValue;
import dev.meso.language.value.RowValue;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.network.BowTie;
import dev.meso.runtime.network.Distances;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.stats.WiringStatistic;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code path_length distances bow_tie}. */
final class PathBuiltins {
    private static final String COST =
            " Exact unless sources are sampled; 256 sources share one pass over the connections (Then et al. 2014), so all pairs"
                    + " of a fly brain take seconds.";
    static final String SOURCES = "\"all\", a number of neurons drawn at random, or a list of ids; all where left out";
    private static final String DIRECTED = "whether paths follow the direction of connections; true where left out";
    private static final String SEED = "of the random sources; that of the session where left out";

    private static final Builtin PATH_LENGTH = Builtin.named("path_length")
            .group(NetworkBuiltins.GROUP)
            .about("The mean length of shortest paths, over ordered pairs of neurons with a path.")
            .detail("`distances` gives it with its standard error, and how many pairs have a path." + COST)
            .parameter("g", Kind.GRAPH, NetworkBuiltins.GRAPH)
            .optional("sources", Kind.ANY, SOURCES)
            .optional("directed", Kind.BOOLEAN, DIRECTED)
            .optional("seed", Kind.INTEGER, SEED)
            .returns(Kind.NUMBER, "in connections; none where no pair has a path")
            .measures(WiringStatistic.number("path_length", (wiring, parallel) -> Distances.all(wiring, true, parallel)
                    .mean()))
            .runs(call -> {
                int[] sources = sources(call);
                boolean directed = call.truth("directed", true);
                var wiring = NetworkBuiltins.graph(call).wiring();
                var parallel = call.context().parallel();
                Distances distances = sources == null
                        ? Distances.all(wiring, directed, parallel)
                        : Distances.from(wiring, sources, directed, parallel);
                return NetworkBuiltins.orNone(distances.mean());
            });

    private static final Builtin DISTANCES = Builtin.named("distances")
            .group(NetworkBuiltins.GROUP)
            .about("How far neurons are from each other along shortest paths.")
            .detail(
                    "`error` is the standard error of `mean` where sources are drawn at random, 0 where all are sources, and none for"
                            + " a list of ids. `reach` is the share of ordered pairs with a path; `longest` the diameter where all are"
                            + " sources; `efficiency` the mean of 1 / distance, 0 without a path (Latora and Marchiori 2001)."
                            + COST)
            .parameter("g", Kind.GRAPH, NetworkBuiltins.GRAPH)
            .optional("sources", Kind.ANY, SOURCES)
            .optional("directed", Kind.BOOLEAN, DIRECTED)
            .optional("seed", Kind.INTEGER, SEED)
            .returns(
                    Kind.RECORD,
                    "mean, error, pairs, reach, longest, efficiency; distribution: a table distance, pairs, fraction; neurons: a"
                            + " table neuron, reached, mean, longest with a row for each source")
            .runs(PathBuiltins::distances);

    private static final Builtin BOW_TIE = Builtin.named("bow_tie")
            .group(NetworkBuiltins.GROUP)
            .about("The neurons by where they stand to the largest strong component.")
            .detail(
                    "core: in it; in: reaches it; out: is reached by it; tendril: neither, but joined to it whatever the directions;"
                            + " apart: in another weak component. Broder et al. 2000.")
            .parameter("g", Kind.GRAPH, NetworkBuiltins.GRAPH)
            .returns(
                    Kind.PARTITION,
                    "with the blocks core, in, out, tendril, apart, as far as there are neurons in them")
            .runs(PathBuiltins::bowTie);

    private PathBuiltins() {}

    static List<Builtin> all() {
        return List.of(PATH_LENGTH, DISTANCES, BOW_TIE);
    }

    private static Object bowTie(Call call) {
        Connectome graph = NetworkBuiltins.graph(call);
        BowTie[] parts = BowTie.of(graph.wiring());
        String[] names = new String[parts.length];
        for (int v = 0; v < parts.length; v++) {
            names[v] = parts[v].name().toLowerCase(Locale.ROOT);
        }
        return new PartitionValue(
                Partition.of(TextColumn.of(names)),
                graph.neuronIds(),
                graph.provenance().then("bow_tie", Map.of()));
    }

    /** The neurons to start from, null for all. */
    static int[] sources(Call call) {
        int at = call.index("sources");
        Connectome graph = NetworkBuiltins.graph(call);
        if (!call.given(at) || "all".equals(call.argument(at))) {
            return null;
        }
        if (call.argument(at) instanceof Number) {
            long count = call.integer(at, 1, Long.MAX_VALUE);
            long seed = call.integer("seed", call.context().seed());
            return count >= graph.n() ? null : Distances.sampleSources(graph.n(), (int) count, seed);
        }
        ListValue ids = Call.asList(call.argument(at));
        if (ids == null) {
            throw call.wrong(at, "\"all\", a number of neurons or a list of ids");
        }
        int[] neurons = new int[ids.length()];
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < neurons.length; i++) {
            Object id = ids.get(i) instanceof RowValue row ? row.member("id") : ids.get(i);
            neurons[i] = graph.requireNeuron(id);
            if (!seen.add(neurons[i])) {
                throw call.bad(at, "names the neuron " + id + " twice");
            }
        }
        if (neurons.length == 0) {
            throw call.bad(at, "is an empty list");
        }
        return neurons;
    }

    private static Object distances(Call call) {
        Connectome graph = NetworkBuiltins.graph(call);
        int[] given = sources(call);
        boolean sampled = given != null && call.argument("sources") instanceof Number;
        int[] sources = given;
        if (given == null) {
            sources = new int[graph.n()];
            Arrays.setAll(sources, v -> v);
        }
        boolean directed = call.truth("directed", true);
        Distances d =
                Distances.from(graph.wiring(), sources, directed, call.context().parallel());
        double error = given == null ? 0 : sampled ? d.error() : Double.NaN;
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("sources", (long) sources.length);
        facts.put("directed", directed);
        if (sampled) {
            facts.put("seed", call.integer("seed", call.context().seed()));
        }
        return RecordValue.of(
                "mean",
                NetworkBuiltins.orNone(d.mean()),
                "error",
                NetworkBuiltins.orNone(error),
                "pairs",
                d.pairs(),
                "reach",
                NetworkBuiltins.orNone(d.reach()),
                "longest",
                (long) d.longest(),
                "efficiency",
                NetworkBuiltins.orNone(d.efficiency()),
                "distribution",
                NetworkBuiltins.made(call, distribution(d), facts),
                "neurons",
                NetworkBuiltins.made(call, neurons(graph, sources, d), facts));
    }

    private static Table distribution(Distances d) {
        long[] pairs = Arrays.copyOfRange(d.pairsAt(), 1, d.pairsAt().length);
        long[] distance = new long[pairs.length];
        double[] fraction = new double[pairs.length];
        for (int i = 0; i < pairs.length; i++) {
            distance[i] = i + 1;
            fraction[i] = pairs[i] / (double) d.pairs();
        }
        return Table.of(
                List.of("distance", "pairs", "fraction"),
                List.of(LongColumn.of(distance), LongColumn.of(pairs), DoubleColumn.of(fraction)));
    }

    private static Table neurons(Connectome graph, int[] sources, Distances d) {
        double[] mean = new double[sources.length];
        for (int s = 0; s < mean.length; s++) {
            mean[s] = d.sumsFrom()[s] / (double) d.reachedFrom()[s];
        }
        return Table.of(
                List.of("neuron", "reached", "mean", "longest"),
                List.of(
                        graph.ids().select(sources),
                        LongColumn.of(d.reachedFrom()),
                        NetworkBuiltins.orMissing(mean),
                        LongColumn.of(d.longestFrom())));
    }
}
