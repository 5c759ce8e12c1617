package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import dev.meso.language.MesoContext;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.runtime.blocks.BlockCode;
import dev.meso.runtime.blocks.BlockFit;
import dev.meso.runtime.blocks.BlockPosterior;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.nulls.DescriptionLength;
import dev.meso.runtime.nulls.Options;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A null model whose latent blocks were fitted to a graph: usable wherever a null model is. */
public final class BlockFitValue extends MesoValue {
    private final String name;
    private final Options options;
    private final BlockFit fit;
    private final Connectome graph;
    private final Provenance provenance;
    /** Made when it is first asked for. */
    private TableValue membership;

    /**
     * @param name the null model was declared under
     * @param options it was declared with
     * @param graph it was fitted to
     */
    public BlockFitValue(String name, Options options, BlockFit fit, Connectome graph, Provenance provenance) {
        this.name = name;
        this.options = options;
        this.fit = fit;
        this.graph = graph;
        this.provenance = provenance;
    }

    public String name() {
        return name;
    }

    /** How it is sampled. */
    public Options options() {
        return options;
    }

    public BlockFit fit() {
        return fit;
    }

    private PartitionValue partition() {
        return PartitionValue.of(fit.partition(), graph, provenance);
    }

    /** Whether this was fitted to the wiring of {@code other}. */
    public boolean fittedTo(Connectome other) {
        return other == graph || other.wiring().equals(graph.wiring());
    }

    /** The neurons of another graph in the fitted blocks, found by id. */
    public Partition on(Connectome other) {
        return partition().on(other);
    }

    /** The length that was made least. */
    public DescriptionLength length() {
        return length(fit.code());
    }

    /** A length of a block model as one of a null model. */
    public static DescriptionLength length(BlockCode code) {
        return new DescriptionLength(
                code.adjacency(),
                code.model(),
                "upper",
                code.encoding(),
                "the connections given block counts and degrees, which also counts graphs with parallel connections and autapses; the degrees, the "
                        + "partition and the block counts (Peixoto 2017)",
                OptionalDouble.empty(),
                "");
    }

    @Override
    public Object provenance() {
        return provenance;
    }

    @Override
    public String kind() {
        return "fitted null model";
    }

    @Override
    @TruffleBoundary
    public String text() {
        int count = fit.partition().count();
        return name + " fitted to " + graph.wiring() + ": " + count + (count == 1 ? " block, " : " blocks, ")
                + Display.number(fit.code().total()) + " nats (" + fit.code().encoding() + "), seed " + fit.seed();
    }

    @Override
    public Members members() {
        return Table.MEMBERS;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlockFitValue f
                && name.equals(f.name)
                && fit.partition().equals(f.fit.partition())
                && fit.code().equals(f.fit.code());
    }

    @Override
    public int hashCode() {
        return fit.partition().hashCode();
    }

    private ListValue levels() {
        List<Object> levels = new ArrayList<>();
        for (Partition level : fit.levels()) {
            levels.add(new PartitionValue(level, null, provenance));
        }
        return ListValue.of(levels.toArray());
    }

    private TableValue membership() {
        if (membership == null) {
            BlockPosterior.Membership found =
                    BlockPosterior.of(graph.wiring(), fit, MesoContext.get(null).monitor());
            List<String> names = new ArrayList<>(List.of("neuron"));
            List<Column> columns = new ArrayList<>(List.of(graph.ids()));
            int blocks = fit.partition().count();
            for (int r = 0; r <= blocks; r++) {
                names.add(r < blocks ? fit.partition().names().get(r) : "other");
                columns.add(DoubleColumn.of(found.share(r)));
            }
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("sweeps", (long) found.samples());
            facts.put("seed", fit.seed());
            facts.put("mean_blocks", found.meanBlocks());
            facts.put("acceptance", found.acceptance());
            membership = new TableValue(
                    dev.meso.runtime.table.Table.of(names, columns), provenance.then("membership", facts));
        }
        return membership;
    }

    private RecordValue terms() {
        Map<String, Object> terms = new LinkedHashMap<>(fit.code().terms());
        return RecordValue.of(terms);
    }

    private static final class Table {
        static final Members MEMBERS = Members.of(BlockFitValue.class)
                .property("name", Kind.TEXT, "the name of the null model", BlockFitValue::name)
                .property("blocks", Kind.PARTITION, "the partition that was found", BlockFitValue::partition)
                .property(
                        "description_length",
                        Kind.ANY,
                        "the length that was made least, as `description_length` gives it",
                        f -> new DescriptionLengthValue(f.length()))
                .property("terms", Kind.RECORD, "that length term by term, in nats", BlockFitValue::terms)
                .property(
                        "levels",
                        Kind.LIST,
                        "of a nested model the blocks of the blocks, level by level; empty otherwise",
                        BlockFitValue::levels)
                .property(
                        "lengths",
                        Kind.COLUMN,
                        "the description length that each restart ended with; of a nested model each hierarchy",
                        f -> new ColumnValue(DoubleColumn.of(f.fit.lengths())))
                .property(
                        "membership",
                        Kind.TABLE,
                        "for each neuron the share of partitions drawn from the posterior, by exp(-description length), in which it is in each block",
                        BlockFitValue::membership)
                .property("encoding", Kind.TEXT, "the code whose length was made least", f -> f.fit.code()
                        .encoding())
                .property("seed", Kind.INTEGER, "of the search", f -> f.fit.seed())
                .end();
    }
}
