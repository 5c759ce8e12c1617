package dev.meso.language.builtin.network;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.ColumnValue;
import dev.meso.language.value.PartitionValue;
import dev.meso.language.value.RecordValue;
import dev.meso.language.value.TableValue;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.network.Assortativity;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.stats.WiringStatistic;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code degree_distribution assortativity}. */
final class DegreeBuiltins {
    private static final List<String> DEGREE_KINDS = List.of("out_in", "out_out", "in_in", "in_out", "undirected");

    private static final Builtin DEGREES = Builtin.named("degree_distribution")
            .group(NetworkBuiltins.GROUP)
            .about("How many neurons have each number of partners.")
            .parameter("g", Kind.GRAPH, NetworkBuiltins.GRAPH)
            .returns(
                    Kind.TABLE,
                    "columns degree, in, out, total: neurons with that in-degree, out-degree, sum of both; and in_at_least,"
                            + " out_at_least, total_at_least: the share of neurons with that degree or more")
            .runs(DegreeBuiltins::degrees);

    private static final Builtin ASSORTATIVITY = Builtin.named("assortativity")
            .group(NetworkBuiltins.GROUP)
            .about("Whether like connects to like: the correlation of the two ends over connections.")
            .detail(
                    "By degree: out_in is that of the presynaptic out-degree and the postsynaptic in-degree, and so on (Foster et al."
                            + " 2010); undirected that of the numbers of partners. By a column of numbers: Pearson's correlation. By a"
                            + " partition or labels: (sum of e_ii - sum of a_i b_i) / (1 - sum of a_i b_i) with the share e_ij of connections"
                            + " from i to j, 1 where all stay among equals (Newman 2003). Connections with an end that has no value are"
                            + " left out, with a warning. none where an end does not vary.")
            .parameter("g", Kind.GRAPH, NetworkBuiltins.GRAPH)
            .optional(
                    "by",
                    Kind.ANY,
                    "a partition, or a column with a value for each neuron, or its name; the degrees where left out")
            .returns(Kind.ANY, "between -1 and 1; by degree a record out_in, out_out, in_in, in_out, undirected")
            .measures(WiringStatistic.numbers(DEGREE_KINDS, (wiring, parallel) -> byDegree(wiring)))
            .runs(DegreeBuiltins::assortativity);

    private DegreeBuiltins() {}

    static List<Builtin> all() {
        return List.of(DEGREES, ASSORTATIVITY);
    }

    private static TableValue degrees(Call call) {
        Connectome g = NetworkBuiltins.graph(call);
        int[] in = g.inDegrees();
        int[] out = g.outDegrees();
        int largest = 0;
        for (int v = 0; v < in.length; v++) {
            largest = Math.max(largest, in[v] + out[v]);
        }
        long[][] neurons = new long[3][largest + 1];
        for (int v = 0; v < in.length; v++) {
            neurons[0][in[v]]++;
            neurons[1][out[v]]++;
            neurons[2][in[v] + out[v]]++;
        }
        List<Column> columns = new ArrayList<>();
        columns.add(LongColumn.range(largest + 1));
        for (long[] counts : neurons) {
            columns.add(LongColumn.of(counts));
        }
        for (long[] counts : neurons) {
            double[] share = new double[largest + 1];
            long more = 0;
            for (int d = largest; d >= 0; d--) {
                more += counts[d];
                share[d] = more / (double) g.n();
            }
            columns.add(DoubleColumn.of(share));
        }
        List<String> names = List.of("degree", "in", "out", "total", "in_at_least", "out_at_least", "total_at_least");
        return NetworkBuiltins.made(call, Table.of(names, columns), Map.of());
    }

    /** In the order of {@link #DEGREE_KINDS}. */
    private static double[] byDegree(Wiring wiring) {
        return new double[] {
            Assortativity.degrees(wiring, false, true),
            Assortativity.degrees(wiring, false, false),
            Assortativity.degrees(wiring, true, true),
            Assortativity.degrees(wiring, true, false),
            Assortativity.undirected(wiring)
        };
    }

    private static Object assortativity(Call call) {
        Connectome graph = NetworkBuiltins.graph(call);
        if (!call.given("by")) {
            double[] values = byDegree(graph.wiring());
            Object[] fields = new Object[2 * values.length];
            for (int k = 0; k < values.length; k++) {
                fields[2 * k] = DEGREE_KINDS.get(k);
                fields[2 * k + 1] = NetworkBuiltins.orNone(values[k]);
            }
            return RecordValue.of(fields);
        }
        if (call.argument("by") instanceof PartitionValue partition) {
            return byBlock(call, graph, partition.on(graph));
        }
        Column column = column(call, "by", graph);
        if (!(column instanceof NumberColumn numbers)) {
            return byBlock(call, graph, Partition.of(column));
        }
        warn(call, column.missingCount());
        return NetworkBuiltins.orNone(Assortativity.numbers(graph.wiring(), numbers(numbers)));
    }

    private static Object byBlock(Call call, Connectome graph, Partition partition) {
        int without = 0;
        for (int block : partition.blocks()) {
            without += block == Partition.NONE ? 1 : 0;
        }
        warn(call, without);
        return NetworkBuiltins.orNone(Assortativity.blocks(graph.wiring(), partition));
    }

    private static void warn(Call call, int without) {
        if (without > 0) {
            call.context()
                    .warn("warning: assortativity: " + without + (without == 1 ? " neuron has" : " neurons have")
                            + " no value; their connections are left out");
        }
    }

    /** A column with a row for each neuron of the graph, given as it is or by its name. */
    static Column column(Call call, String parameter, Connectome graph) {
        int at = call.index(parameter);
        if (call.argument(at) instanceof String name) {
            return graph.neurons().column(name);
        }
        ColumnValue given = call.column(at);
        if (given.column().size() != graph.n()) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH,
                    "the argument `" + parameter + "` of `" + call.builtin().name() + "` has "
                            + given.column().size() + " rows where the graph has " + graph.n() + " neurons",
                    "a column of its own neurons fits: g.neurons.type");
        }
        return given.column();
    }

    /** NaN where missing. */
    static double[] numbers(NumberColumn column) {
        double[] numbers = new double[column.size()];
        for (int v = 0; v < numbers.length; v++) {
            numbers[v] = column.missing(v) ? Double.NaN : column.number(v);
        }
        return numbers;
    }
}
