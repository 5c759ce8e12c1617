package dev.meso.runtime.partition;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many connections, or how much weight, go from each block to each block. Connections of neurons that are in no block
 * are left out. Immutable.
 */
public final class BlockMatrix {
    /** A matrix of more blocks is not for reading, and takes over 128 MB. */
    private static final int MOST_BLOCKS = 4096;

    private final Partition partition;
    private final double[] values;
    private final boolean whole;
    private final Unit unit;

    private BlockMatrix(Partition partition, double[] values, boolean whole, Unit unit) {
        this.partition = partition;
        this.values = values;
        this.whole = whole;
        this.unit = unit;
    }

    /** Numbers of connections. Cost: linear in n + m. @throws MesoException WRONG_VALUE beyond 4,096 blocks */
    public static BlockMatrix of(Partition partition, Wiring wiring) {
        int count = required(partition);
        int[] blocks = partition.blocks();
        int[] start = wiring.outStart();
        int[] targets = wiring.outTargets();
        double[] sums = new double[count * count];
        for (int v = 0; v < blocks.length; v++) {
            for (int i = start[v]; blocks[v] >= 0 && i < start[v + 1]; i++) {
                int to = blocks[targets[i]];
                if (to >= 0) {
                    sums[blocks[v] * count + to]++;
                }
            }
        }
        return new BlockMatrix(partition, sums, true, Unit.ONE);
    }

    /**
     * Sums of weights, those of parallel connections added, autapses left out. Cost: linear in n + m.
     *
     * @throws MesoException WRONG_VALUE beyond 4,096 blocks, NOT_A_NUMBER where a weight is NaN
     */
    public static BlockMatrix weights(Partition partition, Connectome graph) {
        int count = required(partition);
        int[] blocks = partition.blocks();
        Connectome simple = graph.simple();
        NumberColumn weights = simple.weights();
        double[] sums = new double[count * count];
        for (int e = 0; e < simple.m(); e++) {
            int from = blocks[simple.pre()[e]];
            int to = blocks[simple.post()[e]];
            if (from >= 0 && to >= 0) {
                sums[from * count + to] += weights.number(e);
            }
        }
        return new BlockMatrix(partition, sums, weights instanceof LongColumn, weights.unit());
    }

    private static int required(Partition partition) {
        if (partition.count() > MOST_BLOCKS) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    "a matrix of " + partition.count() + " by " + partition.count() + " blocks is too large; at most "
                            + MOST_BLOCKS + " blocks have one",
                    "fewer, larger blocks: another column, or a block model");
        }
        return partition.count();
    }

    /** Number of blocks. */
    public int count() {
        return partition.count();
    }

    public Partition partition() {
        return partition;
    }

    /** From block {@code pre} to block {@code post}. */
    public double get(int pre, int post) {
        return values[pre * count() + post];
    }

    /** Row by row; its own, not to be written to. */
    public double[] values() {
        return values;
    }

    /** Ordered pairs of different neurons from one block to another: what connections are possible. */
    public double pairs(int pre, int post) {
        double size = partition.sizes()[pre];
        return pre == post ? size * (size - 1) : size * partition.sizes()[post];
    }

    /** The value for each ordered pair of neurons; NaN where there is no pair. */
    public double density(int pre, int post) {
        double pairs = pairs(pre, post);
        return pairs == 0 ? Double.NaN : get(pre, post) / pairs;
    }

    /**
     * Column {@code pre}, the name of the presynaptic block, then a column for each postsynaptic block.
     *
     * @param density whether values are divided by the ordered pairs of neurons, and missing where there are none
     */
    public Table table(boolean density) {
        int count = count();
        String heading = "pre";
        while (partition.names().contains(heading)) {
            heading += "_";
        }
        List<String> names = new ArrayList<>(List.of(heading));
        List<Column> columns = new ArrayList<>(List.of(Column.of(partition.labels())));
        for (int post = 0; post < count; post++) {
            Object[] cells = new Object[count];
            for (int pre = 0; pre < count; pre++) {
                double value = density ? density(pre, post) : get(pre, post);
                cells[pre] = Double.isNaN(value) ? null : whole && !density ? (Object) (long) value : (Object) value;
            }
            Column column = Column.of(Arrays.asList(cells));
            // Nothing but missing densities is a column of numbers all the same.
            column = column instanceof TextColumn
                    ? DoubleColumn.of(new double[count], missing(count), Unit.ONE)
                    : column;
            names.add(partition.names().get(post));
            columns.add(((NumberColumn) column).withUnit(unit));
        }
        return Table.of(names, columns);
    }

    private static long[] missing(int rows) {
        long[] all = new long[(rows + 63) >>> 6];
        Arrays.fill(all, -1L);
        return all;
    }

    /** What was counted and what was left out, for a provenance. */
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("blocks", (long) partition.count());
        facts.put("neurons in no block", (long) partition.missing());
        return facts;
    }
}
