package dev.meso.language.value;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.error.Suggest;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.graph.NeuronIds;
import dev.meso.runtime.partition.BlockMatrix;
import dev.meso.runtime.partition.BlockOrder;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.LongColumn;
import java.util.ArrayList;
import java.util.List;

/** The properties and methods of partitions. */
final class PartitionMembers {
    static final Members MEMBERS = Members.of(PartitionValue.class)
            .property("n", Kind.INTEGER, "the number of neurons, those in no block included", p ->
                    (long) p.partition().n())
            .property("count", Kind.INTEGER, "the number of blocks", PartitionValue::size)
            .property(
                    "sizes",
                    Kind.COLUMN,
                    "the number of neurons of each block",
                    p -> new ColumnValue(LongColumn.of(p.partition().sizes())))
            .property("missing", Kind.INTEGER, "the number of neurons in no block", p ->
                    (long) p.partition().missing())
            .property(
                    "names",
                    Kind.COLUMN,
                    "what each block is called: the value its neurons share, or its number",
                    p -> new ColumnValue(labels(p.partition())))
            .property(
                    "blocks",
                    Kind.COLUMN,
                    "the name of the block of each neuron, missing where it is in none",
                    p -> new ColumnValue(blocks(p.partition()), p.graph()))
            .property(
                    "table",
                    Kind.TABLE,
                    "columns neuron (its id, or its number where ids are not known) and block, one row for each neuron",
                    p -> new TableValue(p.table(), p.provenance()))
            .method(Builtin.named("of")
                    .about("The name of the block that a neuron is in.")
                    .parameter("p", Kind.PARTITION, "the partition")
                    .parameter("id", Kind.ANY, "the id of the neuron; its number from 0 where the ids are not known")
                    .returns(Kind.ANY, "the name of the block, none where the neuron is in no block")
                    .runs(PartitionMembers::of))
            .method(Builtin.named("neurons")
                    .about("The neurons of a block.")
                    .parameter("p", Kind.PARTITION, "the partition")
                    .parameter("block", Kind.ANY, "its name")
                    .returns(Kind.COLUMN, "their ids; their numbers from 0 where the ids are not known")
                    .runs(call -> partition(call).element(block(call, 1, call.argument(1)))))
            .method(Builtin.named("matrix")
                    .about("The connections from each block to each block.")
                    .detail(
                            "Parallel connections count once and autapses not; weights of parallel connections are added."
                                    + " Connections of neurons in no block are left out. With density: true the number is divided by"
                                    + " that of ordered pairs of neurons, and missing where there is no pair. Cost: linear in n + m.")
                    .parameter("p", Kind.PARTITION, "the partition")
                    .parameter("g", Kind.GRAPH, "the graph; its neurons are found by their ids")
                    .optional("weight", Kind.BOOLEAN, "true adds weights; else connections are counted")
                    .optional("density", Kind.BOOLEAN, "true divides by the pairs of neurons; else false")
                    .returns(Kind.TABLE, "column pre, the presynaptic block, and a column for each postsynaptic one")
                    .runs(PartitionMembers::matrix))
            .method(Builtin.named("order")
                    .about("The same blocks in an order that shows how they are connected.")
                    .detail(
                            "\"cycle\": as much as possible goes from each block to the next and from the last to the first, the present"
                                    + " first block first. \"flow\": as much as possible goes to later blocks. \"size\": the largest first."
                                    + " Up to 14 blocks the order is the best there is (Held and Karp 1962), beyond it is searched.")
                    .parameter("p", Kind.PARTITION, "the partition")
                    .parameter("g", Kind.GRAPH, "the graph; its neurons are found by their ids")
                    .optional("by", Kind.TEXT, "\"cycle\", \"flow\" or \"size\"; cycle where left out")
                    .optional("weight", Kind.BOOLEAN, "true adds weights; else connections are counted")
                    .returns(Kind.PARTITION, "the blocks under their names in the new order")
                    .runs(PartitionMembers::order))
            .method(Builtin.named("reorder")
                    .about("The same blocks in the order given.")
                    .parameter("p", Kind.PARTITION, "the partition")
                    .parameter("names", Kind.LIST, "the names of all blocks")
                    .returns(Kind.PARTITION, "the blocks under their names in the new order")
                    .runs(PartitionMembers::reorder))
            .end();

    private PartitionMembers() {}

    private static PartitionValue partition(Call call) {
        return call.value(0, PartitionValue.class, "a partition");
    }

    static Column labels(Partition p) {
        return Column.of(p.labels());
    }

    /** The label of the block of each neuron. */
    static Column blocks(Partition p) {
        return labels(p).selectOrMissing(p.blocks());
    }

    private static Object of(Call call) {
        PartitionValue p = partition(call);
        Object id = call.argument(1) instanceof RowValue row ? row.member("id") : call.argument(1);
        if (id == null) {
            throw call.bad(1, "is a row without a column id");
        }
        int neuron = p.ids() != null ? p.ids().require(id) : numbered(call, p, id);
        int block = p.partition().blocks()[neuron];
        return block < 0 ? NoneValue.NONE : p.partition().labels().get(block);
    }

    private static int numbered(Call call, PartitionValue p, Object id) {
        if (id instanceof Long number) {
            return Operators.position(number, p.partition().n(), "partition");
        }
        throw call.bad(
                1,
                "must be the number of a neuron: this partition does not know ids, so it has no neuron "
                        + Display.shortText(id),
                "make it of a graph, partition(g, \"type\"), or of a whole column of g.neurons");
    }

    /** The block of this name. */
    private static int block(Call call, int index, Object wanted) {
        Partition p = partition(call).partition();
        for (int b = 0; b < p.count(); b++) {
            if (Values.equal(p.labels().get(b), wanted)) {
                return b;
            }
        }
        String name = Display.text(wanted);
        String near = Suggest.didYouMean(name, p.names());
        String some = String.join(", ", p.names().subList(0, Math.min(12, p.count())));
        throw call.bad(
                index,
                "names no block: there is no block " + Display.shortText(wanted),
                near.isEmpty() ? "its blocks are " + some + (p.count() > 12 ? ", …" : "") : near);
    }

    private static Connectome graph(Call call) {
        return call.value(1, GraphValue.class, "a graph").connectome();
    }

    private static BlockMatrix blockMatrix(Call call, Partition blocks) {
        return call.truth("weight", false)
                ? BlockMatrix.weights(blocks, graph(call))
                : BlockMatrix.of(blocks, graph(call).wiring());
    }

    private static TableValue matrix(Call call) {
        BlockMatrix matrix = blockMatrix(call, partition(call).on(graph(call)));
        return new TableValue(
                matrix.table(call.truth("density", false)),
                graph(call).provenance().then("block matrix", matrix.facts()));
    }

    private static PartitionValue order(Call call) {
        PartitionValue p = partition(call);
        String by = call.text("by", "cycle");
        if (by.equals("size")) {
            return p.made(p.partition().reorder(BlockOrder.size(p.partition())));
        }
        if (!by.equals("cycle") && !by.equals("flow")) {
            throw call.bad("by", "must be \"cycle\", \"flow\" or \"size\"");
        }
        Partition here = p.on(graph(call));
        BlockMatrix matrix = blockMatrix(call, here);
        int[] order = by.equals("cycle") ? BlockOrder.cycle(matrix) : BlockOrder.flow(matrix);
        return p.made(p.partition().reorder(here == p.partition() ? order : withAbsent(p.partition(), here, order)));
    }

    /** The order of all blocks from that of the blocks that have neurons in the graph: the others come last. */
    private static int[] withAbsent(Partition all, Partition here, int[] order) {
        List<Object> labels = new ArrayList<>();
        for (int b : order) {
            labels.add(here.labels().get(b));
        }
        for (Object label : all.labels()) {
            if (!labels.contains(label)) {
                labels.add(label);
            }
        }
        return labels.stream().mapToInt(all.labels()::indexOf).toArray();
    }

    private static PartitionValue reorder(Call call) {
        PartitionValue p = partition(call);
        ListValue names = call.list(1);
        int count = p.partition().count();
        int[] order = new int[names.length()];
        boolean[] named = new boolean[count];
        for (int i = 0; i < order.length; i++) {
            order[i] = block(call, 1, names.get(i));
            if (named[order[i]]) {
                throw call.bad(1, "names the block " + Display.shortText(names.get(i)) + " twice");
            }
            named[order[i]] = true;
        }
        if (order.length < count) {
            throw call.bad(
                    1,
                    "names " + order.length + " of " + count + " blocks",
                    "the names are " + String.join(", ", p.partition().names()));
        }
        return p.made(p.partition().reorder(order));
    }

    static Partition on(PartitionValue p, Connectome graph) {
        NeuronIds ids = p.ids();
        if (ids == graph.neuronIds()) {
            return p.partition();
        }
        if (ids != null) {
            Partition found = p.partition().select(ids.find(graph.ids()));
            if (found.count() == 0 && p.partition().count() > 0) {
                throw new MesoException(
                        ErrorCode.WRONG_VALUE,
                        "no neuron of the graph is in a block of the partition",
                        "neurons are found by id: those of the graph begin with "
                                + new ColumnValue(graph.ids())
                                        .slice(0, Math.min(3, graph.n()))
                                        .text()
                                + ", those of the partition with "
                                + new ColumnValue(ids.ids())
                                        .slice(0, Math.min(3, ids.ids().size()))
                                        .text());
            }
            return found;
        }
        if (p.partition().n() != graph.n()) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH,
                    "the partition is of " + p.partition().n() + " neurons and the graph has " + graph.n(),
                    "with ids neurons are found whatever their order: make the partition of a graph, partition(g, \"type\")");
        }
        return p.partition();
    }
}
