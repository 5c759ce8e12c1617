package dev.meso.language.builtin.nulls;

import dev.meso.language.MesoContext;
import dev.meso.language.ast.Declaration;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.ColumnValue;
import dev.meso.language.value.Display;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.NullModelValue;
import dev.meso.language.value.PartitionValue;
import dev.meso.language.value.QuantityValue;
import dev.meso.language.value.Values;
import dev.meso.runtime.blocks.BlockOptions;
import dev.meso.runtime.blocks.BlockSearch;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.error.Suggest;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.nulls.Blocks;
import dev.meso.runtime.nulls.Distances;
import dev.meso.runtime.nulls.Given;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.space.Positions;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.TextColumn;
import dev.meso.runtime.unit.Unit;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The values that a null-model declaration names, looked up in one graph.
 *
 * @param seed of the search for latent blocks
 */
record DeclaredGiven(NullModelValue declared, Connectome graph, MesoContext context, long seed) implements Given {
    private static final int NAMED = 5;

    @Override
    public Blocks blocks() {
        Object value = declared.options().get("blocks.partition");
        if (value != null) {
            return blocks(partition(value), "partition", false, "p.of(n.id)");
        }
        String column = column();
        return blocks(Partition.of(labels(column)), column, true, "n." + column);
    }

    private String column() {
        for (Declaration.Statistic s : declared.statistics()) {
            if (s.column() != null) {
                return s.column();
            }
        }
        throw new IllegalStateException("no column in " + declared.text());
    }

    private Column labels(String column) {
        try {
            return graph.neuronView().column(column);
        } catch (MesoException e) {
            throw new MesoException(
                    e.code(),
                    "the null model " + declared.name() + " keeps the blocks of '" + column + "', and " + e.getMessage()
                            + " of the neurons",
                    hint(column));
        }
    }

    /** The declaration with a column that the graph has: one of a near name, else the first text. */
    private String hint(String column) {
        List<String> names = graph.neurons().names();
        String near = Suggest.didYouMean(column, names);
        for (String name : names) {
            if (near.isEmpty()
                    && graph.neurons().column(name) instanceof TextColumn
                    && !name.equals(graph.idColumn())) {
                return "name one that is there: " + declared.text().replace("(" + column + ")", "(" + name + ")");
            }
        }
        return !near.isEmpty() ? near : "the neurons have no labels; give some: blocks(partition: labels)";
    }

    private Partition partition(Object value) {
        if (value instanceof PartitionValue partition) {
            return partition.on(graph);
        }
        ListValue list = value instanceof ColumnValue ? null : Call.asList(value);
        if (!(value instanceof ColumnValue) && list == null) {
            throw new MesoException(
                    ErrorCode.WRONG_TYPE,
                    "'blocks(partition: …)' needs a partition, or a column or list of labels, not "
                            + Values.describe(value));
        }
        ColumnValue labels = list == null ? (ColumnValue) value : ColumnValue.of(list);
        return new PartitionValue(
                        Partition.of(labels.column()),
                        labels.graph() == null ? null : labels.graph().neuronIds())
                .on(graph);
    }

    private Blocks blocks(Partition partition, String source, boolean known, String label) {
        int[] of = partition.blocks();
        requireAll(
                graph,
                v -> of[v] == Partition.NONE,
                "in no block of '" + source + "'",
                declared.name(),
                "leave them out: g.where(n => not is_none(" + label + "))");
        return new Blocks(partition, source, known);
    }

    /** Neurons that a model cannot place are counted, some are named, and a hint says what to do. */
    static void requireAll(Connectome graph, IntPredicate lost, String how, String model, String hint) {
        StringBuilder some = new StringBuilder();
        int count = 0;
        for (int v = 0; v < graph.n(); v++) {
            if (lost.test(v)) {
                if (count++ < NAMED) {
                    some.append(count == 1 ? "" : ", ").append(Display.text(ColumnValue.value(graph.ids(), v)));
                }
            }
        }
        if (count > 0) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    count + " of the " + graph.n() + " neurons " + (count == 1 ? "is " : "are ") + how + " (" + some
                            + (count > NAMED ? ", …" : "") + "), and " + model + " needs all of them",
                    hint);
        }
    }

    @Override
    public Blocks latent(boolean degreeCorrected) {
        BlockOptions options = new BlockOptions(degreeCorrected, 0, false, 1);
        return new Blocks(
                BlockSearch.fit(graph.wiring(), options, seed, context.parallel())
                        .partition(),
                Blocks.LATENT,
                false);
    }

    @Override
    public Distances distances() {
        Object bins = declared.options().get("distance.bins");
        if (!(bins instanceof QuantityValue width) || !width.unit().compatible(Unit.ofName("um"))) {
            throw new MesoException(
                    ErrorCode.WRONG_UNIT,
                    "the width of distance bins of " + declared.name() + " is a length, not " + Values.describe(bins),
                    "write 'distance(bins: 10 um)'");
        }
        List<String> columns = graph.positionColumns();
        if (!columns.isEmpty() && graph.neurons().numbers(columns.get(0)).unit().isOne()) {
            throw new MesoException(
                    ErrorCode.WRONG_UNIT,
                    "the positions of the neurons have no unit, so bins of " + width.text() + " mean nothing",
                    "say it where the graph is made: connectome(…, position: [\"x\", \"y\", \"z\"], unit: nm)");
        }
        Positions positions = Positions.of(graph, width.unit());
        requireAll(
                graph,
                v -> !positions.has(v),
                "without a position",
                declared.name(),
                "leave them out: g.where(n => not is_none(n." + columns.get(0) + "))");
        return Distances.of(positions, width.quantity().value(), width.text(), context.parallel());
    }
}
