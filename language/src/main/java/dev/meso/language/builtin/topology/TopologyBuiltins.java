package dev.meso.language.builtin.topology;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.GraphValue;
import dev.meso.language.value.TableValue;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.stats.WiringStatistic;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.task.Parallel;
import dev.meso.runtime.topology.Cycles;
import dev.meso.runtime.topology.Homology;
import dev.meso.runtime.topology.Simplices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** {@code simplices betti euler_characteristic cycles}. */
public final class TopologyBuiltins {
    private static final String GROUP = "topology";
    private static final String GRAPH = "the graph; parallel connections count once, autapses are ignored";
    private static final String MAX_DIMENSION = "max_dimension";
    private static final String DIMENSION = "dimension";
    private static final String COUNT = "count";
    private static final String LIMIT = "limit";
    private static final String MOST_SIMPLICES =
            "the most simplices to list before the work is refused; 1e12 where left out";
    private static final int USUAL_CYCLES = 5;

    /** Dimensions whose counts are compared with null models: lower ones follow from the degrees. */
    private static final int LOWEST_COMPARED = 2;

    private static final int HIGHEST_COMPARED = 6;

    private TopologyBuiltins() {}

    public static List<Builtin> all() {
        return List.of(simplices(), betti(), eulerCharacteristic(), cycles());
    }

    private static Builtin simplices() {
        return Builtin.named("simplices")
                .group(GROUP)
                .about(
                        "Directed simplices by dimension: cliques whose neurons can be put in an order in which each sends to all"
                                + " later ones.")
                .detail(
                        "One of dimension k is a tuple of k + 1 neurons with a connection from each to every later one: 0 are"
                                + " neurons, 1 connections, 2 feed-forward triangles. Neurons joined both ways can form several."
                                + " Counts are exact. What would take too long is refused with an estimate. In a comparison with null"
                                + " models these are dimensions 2 to 6. Reimann et al. 2017, Front Comput Neurosci 11:48.")
                .parameter("g", Kind.GRAPH, GRAPH)
                .optional(MAX_DIMENSION, Kind.INTEGER, "the highest dimension wanted; all where left out")
                .optional(
                        "per",
                        Kind.TEXT,
                        "\"neuron\" counts those that each neuron belongs to; \"graph\" where left out")
                .optional(LIMIT, Kind.NUMBER, MOST_SIMPLICES)
                .returns(
                        Kind.TABLE,
                        "columns dimension, count; per neuron: neuron (its id), then dimension_1, dimension_2, …")
                .measures(WiringStatistic.numbers(compared(), TopologyBuiltins::compared))
                .runs(TopologyBuiltins::countSimplices);
    }

    private static List<String> compared() {
        List<String> labels = new ArrayList<>();
        for (int d = LOWEST_COMPARED; d <= HIGHEST_COMPARED; d++) {
            labels.add("simplices " + d);
        }
        return labels;
    }

    private static double[] compared(Wiring wiring, Parallel parallel) {
        long[] counts = Simplices.count(wiring, HIGHEST_COMPARED, Simplices.MOST, parallel);
        double[] values = new double[HIGHEST_COMPARED - LOWEST_COMPARED + 1];
        for (int d = LOWEST_COMPARED; d < counts.length; d++) {
            values[d - LOWEST_COMPARED] = counts[d];
        }
        return values;
    }

    private static Object countSimplices(Call call) {
        Connectome g = graph(call);
        int top = maxDimension(call);
        boolean perNeuron =
                switch (call.text("per", "graph")) {
                    case "graph" -> false;
                    case "neuron" -> true;
                    default -> throw call.bad("per", "must be \"graph\" or \"neuron\"");
                };
        Parallel parallel = call.context().parallel();
        if (!perNeuron) {
            return byDimension(call, Map.of(COUNT, Simplices.count(g.wiring(), top, limit(call), parallel)));
        }
        long[][] counts = Simplices.participation(g.wiring(), top, limit(call), parallel);
        List<String> names = new ArrayList<>(List.of("neuron"));
        List<Column> columns = new ArrayList<>(List.of(g.ids()));
        for (int d = 1; d < counts.length; d++) {
            names.add("dimension_" + d);
            columns.add(LongColumn.of(counts[d]));
        }
        return new TableValue(Table.of(names, columns), provenance(call));
    }

    private static Builtin betti() {
        return Builtin.named("betti")
                .group(GROUP)
                .about(
                        "Betti numbers of the directed flag complex: how many holes of each dimension its simplices leave.")
                .detail(
                        "Over Z/2, exact. Number 0 counts weak components, 1 loops that are not filled by triangles, 2 hollow"
                                + " spheres, and so on. Takes about 50 bytes for each simplex of the largest dimensions; what does not fit"
                                + " is refused before it starts, with the highest max_dimension that does. Cohomology with clearing and"
                                + " apparent pairs: Lütgehetmann et al. 2020, Algorithms 13:19; Bauer 2021, J Appl Comput Topol 5:391.")
                .parameter("g", Kind.GRAPH, GRAPH)
                .optional(
                        MAX_DIMENSION,
                        Kind.INTEGER,
                        "the highest dimension wanted; it needs the simplices of one dimension more; all where left out")
                .optional(LIMIT, Kind.NUMBER, MOST_SIMPLICES)
                .returns(Kind.TABLE, "columns dimension, count (of simplices), betti")
                .runs(call -> {
                    // The rest is left to the graph and to what else the program holds.
                    long memory = (long) (0.6 * Runtime.getRuntime().maxMemory());
                    Homology found = Homology.of(
                            graph(call).wiring(),
                            maxDimension(call),
                            limit(call),
                            memory,
                            call.context().parallel());
                    Map<String, long[]> columns = new LinkedHashMap<>();
                    columns.put(COUNT, found.simplices());
                    columns.put("betti", found.betti());
                    return byDimension(call, columns);
                });
    }

    private static Builtin eulerCharacteristic() {
        return Builtin.named("euler_characteristic")
                .group(GROUP)
                .about("The number of directed simplices of even dimension less those of odd dimension.")
                .detail("The same as the alternating sum of all Betti numbers, without their cost.")
                .parameter("g", Kind.GRAPH, GRAPH)
                .optional(LIMIT, Kind.NUMBER, MOST_SIMPLICES)
                .returns(Kind.INTEGER, "of the directed flag complex")
                .measures(WiringStatistic.number(
                        "euler_characteristic", (wiring, parallel) -> (double) Simplices.eulerCharacteristic(
                                Simplices.count(wiring, Simplices.ALL, Simplices.MOST, parallel))))
                .runs(call -> Simplices.eulerCharacteristic(Simplices.count(
                        graph(call).wiring(),
                        Simplices.ALL,
                        limit(call),
                        call.context().parallel())));
    }

    private static Builtin cycles() {
        List<String> labels = new ArrayList<>();
        for (int length = 2; length <= USUAL_CYCLES; length++) {
            labels.add("cycles " + length);
        }
        return Builtin.named("cycles")
                .group(GROUP)
                .about("Directed cycles by length: feedback loops through different neurons.")
                .detail(
                        "A cycle is counted once, wherever it is entered; a pair joined both ways is one of length 2. Connections"
                                + " among its neurons besides those of the cycle may be there. Exact; the cost grows with the number of paths of"
                                + " longest - 2 neurons, and what would take too long is refused with an estimate.")
                .parameter("g", Kind.GRAPH, GRAPH)
                .optional("longest", Kind.INTEGER, "the most neurons in a cycle; 5 where left out")
                .optional(
                        LIMIT, Kind.NUMBER, "the most paths to follow before the work is refused; 1e12 where left out")
                .returns(Kind.TABLE, "columns length, count")
                .measures(WiringStatistic.numbers(labels, (wiring, parallel) -> Arrays.stream(
                                Cycles.count(wiring, USUAL_CYCLES, Cycles.MOST, parallel))
                        .skip(2)
                        .asDoubleStream()
                        .toArray()))
                .runs(call -> {
                    int longest = call.given(1) ? (int) call.integer(1, 2, 1000) : USUAL_CYCLES;
                    long[] counts = Cycles.count(
                            graph(call).wiring(),
                            longest,
                            limit(call),
                            call.context().parallel());
                    Table table = Table.of(
                            "length",
                            LongColumn.of(IntStream.range(2, counts.length).toArray()),
                            COUNT,
                            LongColumn.of(Arrays.copyOfRange(counts, 2, counts.length)));
                    return new TableValue(table, provenance(call));
                });
    }

    private static Connectome graph(Call call) {
        return call.value(0, GraphValue.class, "a graph").connectome();
    }

    private static int maxDimension(Call call) {
        int index = call.index(MAX_DIMENSION);
        return call.given(index) ? (int) call.integer(index, 0, Integer.MAX_VALUE - 1) : Simplices.ALL;
    }

    private static double limit(Call call) {
        double limit = call.number(LIMIT, Simplices.MOST);
        if (!(limit > 0)) {
            throw call.bad(LIMIT, "must be a positive number");
        }
        return limit;
    }

    private static TableValue byDimension(Call call, Map<String, long[]> columns) {
        List<String> names = new ArrayList<>(List.of(DIMENSION));
        List<Column> all = new ArrayList<>();
        columns.forEach((name, values) -> {
            names.add(name);
            all.add(LongColumn.of(values));
        });
        all.add(0, LongColumn.range(all.get(0).size()));
        return new TableValue(Table.of(names, all), provenance(call));
    }

    private static Provenance provenance(Call call) {
        Connectome graph = graph(call);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("parallel connections merged", (long) graph.merged());
        facts.put("autapses ignored", (long) graph.autapses());
        return graph.provenance().then(call.builtin().name(), facts);
    }
}
