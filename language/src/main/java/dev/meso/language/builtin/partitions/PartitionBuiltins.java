package dev.meso.language.builtin.partitions;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.CallableValue;
import dev.meso.language.value.ColumnValue;
import dev.meso.language.value.GraphValue;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.NoneValue;
import dev.meso.language.value.PartitionValue;
import dev.meso.language.value.RowValue;
import dev.meso.language.value.TableValue;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code partition}, and the built-ins of partitions in other classes. */
public final class PartitionBuiltins {
    static final String GROUP = "partitions";

    private static final Builtin PARTITION = Builtin.named("partition")
            .group(GROUP)
            .about("The blocks of neurons with the same label.")
            .detail(
                    "`g.neurons.type |> partition()` or `partition(g, \"type\")`. Blocks are in the order of their labels and named by"
                            + " them; a neuron whose label is missing is in no block. Neurons are known by their ids where the"
                            + " labels are those of a graph.")
            .parameter("x", Kind.ANY, "a column or list of labels, one for each neuron; or a graph")
            .optional(
                    "by",
                    Kind.ANY,
                    "of a graph: the name of a column of its neurons, a column or list of labels, a function from a neuron to"
                            + " its label, or a partition of other neurons, which are found by id")
            .returns(Kind.PARTITION, "the partition")
            .runs(PartitionBuiltins::partition);

    private PartitionBuiltins() {}

    public static List<Builtin> all() {
        List<Builtin> all = new ArrayList<>(List.of(PARTITION));
        all.addAll(AgreementBuiltins.all());
        all.addAll(CommunityBuiltins.all());
        return all;
    }

    /** An argument that is a partition, or the labels of one. */
    static PartitionValue partition(Call call, int index) {
        if (call.argument(index) instanceof PartitionValue partition) {
            return partition;
        }
        if (call.argument(index) instanceof ColumnValue || call.argument(index) instanceof ListValue) {
            ColumnValue labels = call.column(index);
            return made(labels, labels.graph(), null);
        }
        throw call.wrong(index, "a partition");
    }

    /**
     * The neurons of a graph in the blocks an argument says: a partition, the name of a column, labels, or a function from a
     * neuron to its label.
     */
    public static Partition blocks(Call call, int index, Connectome g) {
        return call.argument(index) instanceof PartitionValue p
                ? p.on(g)
                : Partition.of(labels(call, index, g).column());
    }

    private static Object partition(Call call) {
        if (call.argument(0) instanceof GraphValue graph) {
            Connectome g = graph.connectome();
            if (!call.given(1)) {
                throw call.bad(
                        "x",
                        "is a graph; say what its blocks are",
                        "a column of its neurons, as in partition(g, \"" + example(g.neurons()) + "\"); or"
                                + " communities(g), fit(g, DCSBM).blocks");
            }
            if (call.argument(1) instanceof PartitionValue p) {
                return p.graph() == g ? p : PartitionValue.of(p.on(g), g, p.provenance());
            }
            ColumnValue labels = labels(call, 1, g);
            String by = call.argument(1) instanceof String name ? name : "labels";
            Provenance how = g.provenance().then("partition", Map.of("by", by));
            return made(labels, g, how);
        }
        if (call.argument(0) instanceof TableValue table) {
            if (!call.given(1)) {
                throw call.bad("x", "is a table; say which column: partition(t, \"" + example(table.table()) + "\")");
            }
            ColumnValue labels = table.column(call.text(1));
            return made(labels, labels.graph(), table.provenance());
        }
        if (call.given(1)) {
            throw call.wrong(0, "a graph or a table, where `by` is given,");
        }
        ColumnValue labels = call.column(0);
        return made(labels, labels.graph(), null);
    }

    private static String example(Table table) {
        return table.names().isEmpty()
                ? "type"
                : table.names().get(table.names().size() - 1);
    }

    /** @param g the graph whose neurons have the labels, or null */
    private static PartitionValue made(ColumnValue labels, Connectome g, Object provenance) {
        Partition partition = Partition.of(labels.column());
        return g == null
                ? new PartitionValue(partition, null, provenance)
                : PartitionValue.of(partition, g, provenance == null ? g.provenance() : provenance);
    }

    private static ColumnValue labels(Call call, int index, Connectome g) {
        Object by = call.argument(index);
        if (by instanceof String name) {
            return new ColumnValue(g.neuronView().column(name));
        }
        if (by instanceof CallableValue label) {
            Table neurons = g.neuronView();
            Object[] values = new Object[g.n()];
            for (int v = 0; v < values.length; v++) {
                Object value = label.call(new RowValue(neurons, v));
                values[v] = value == null ? NoneValue.NONE : value;
            }
            return ColumnValue.of(ListValue.of(values));
        }
        ColumnValue labels = call.column(index);
        if (labels.size() != g.n()) {
            throw call.bad(index, "has " + labels.size() + " labels where the graph has " + g.n() + " neurons");
        }
        return labels;
    }
}
