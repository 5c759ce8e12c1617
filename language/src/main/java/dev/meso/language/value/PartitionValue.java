package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.graph.NeuronIds;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.Table;
import java.util.Arrays;

/**
 * Neurons sorted into blocks. Its elements are the blocks, each the column of its neurons: ids where they are known, else
 * numbers from 0. Members are declared by {@link PartitionMembers}.
 */
public final class PartitionValue extends MesoValue {
    private static final int SHOWN = 8;

    private final Partition partition;
    private final NeuronIds ids;
    private final Connectome graph;
    private final Object provenance;

    /** @param ids those of the neurons, null where they are not known */
    public PartitionValue(Partition partition, NeuronIds ids) {
        this(partition, ids, null, null);
    }

    /**
     * @param ids those of the neurons, null where they are not known
     * @param provenance how it came about, or null
     */
    public PartitionValue(Partition partition, NeuronIds ids, Object provenance) {
        this(partition, ids, null, provenance);
    }

    /** The neurons of a graph in blocks, which {@code plot} shows. @param provenance how it came about, or null */
    public static PartitionValue of(Partition partition, Connectome graph, Object provenance) {
        return new PartitionValue(partition, graph.neuronIds(), graph, provenance);
    }

    private PartitionValue(Partition partition, NeuronIds ids, Connectome graph, Object provenance) {
        if (ids != null && ids.ids().size() != partition.n()) {
            throw new IllegalArgumentException(ids.ids().size() + " ids for " + partition.n() + " neurons");
        }
        this.partition = partition;
        this.ids = ids;
        this.graph = graph;
        this.provenance = provenance;
    }

    public Partition partition() {
        return partition;
    }

    /** The ids of the neurons, null where they are not known. */
    public NeuronIds ids() {
        return ids;
    }

    /** The graph that it was made of, null where none is known. */
    public Connectome graph() {
        return graph;
    }

    /** The same neurons in other blocks. */
    PartitionValue made(Partition other) {
        return new PartitionValue(other, ids, graph, provenance);
    }

    /**
     * The neurons of {@code graph} in these blocks, found by id; without ids, neuron by neuron. A neuron that the partition
     * does not know is in no block.
     *
     * @throws dev.meso.runtime.error.MesoException WRONG_LENGTH where there are no ids and another number of neurons
     */
    public Partition on(Connectome graph) {
        return PartitionMembers.on(this, graph);
    }

    /** The names of neurons: their ids where known, else their numbers. */
    Column names(int[] neurons) {
        return ids == null ? LongColumn.of(neurons) : ids.ids().select(neurons);
    }

    /** Columns neuron and block, one row for each neuron. */
    @TruffleBoundary
    public Table table() {
        int[] all = new int[partition.n()];
        Arrays.setAll(all, v -> v);
        return Table.of("neuron", names(all), "block", PartitionMembers.blocks(partition));
    }

    @Override
    public Object provenance() {
        return provenance;
    }

    @Override
    public long size() {
        return partition.count();
    }

    @Override
    @TruffleBoundary
    public Object element(long block) {
        return new ColumnValue(names(partition.neurons((int) block)));
    }

    @Override
    public Members members() {
        return PartitionMembers.MEMBERS;
    }

    @Override
    public String kind() {
        return "partition";
    }

    @Override
    @TruffleBoundary
    public String text() {
        int count = partition.count();
        StringBuilder text = new StringBuilder("partition of ")
                .append(partition.n())
                .append(partition.n() == 1 ? " neuron into " : " neurons into ")
                .append(count)
                .append(count == 1 ? " block" : " blocks");
        for (int b = 0; b < Math.min(count, SHOWN); b++) {
            text.append(b == 0 ? ": " : ", ").append(partition.names().get(b)).append(" (");
            text.append(partition.sizes()[b]).append(')');
        }
        text.append(count > SHOWN ? ", … " + (count - SHOWN) + " more" : "");
        return text.append(partition.missing() > 0 ? "; " + partition.missing() + " in none" : "")
                .toString();
    }

    @Override
    @TruffleBoundary
    public String shortText() {
        return "partition into " + partition.count() + (partition.count() == 1 ? " block" : " blocks");
    }

    /** Whether the same neurons are in blocks of the same names in the same order. */
    @Override
    @TruffleBoundary
    public boolean equals(Object other) {
        return other instanceof PartitionValue p
                && partition.equals(p.partition)
                && (ids == null
                        || p.ids == null
                        || ids == p.ids
                        || new ColumnValue(ids.ids()).equals(new ColumnValue(p.ids.ids())));
    }

    @Override
    @TruffleBoundary
    public int hashCode() {
        return partition.hashCode();
    }
}
