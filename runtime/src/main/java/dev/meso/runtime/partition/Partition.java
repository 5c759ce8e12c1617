package dev.meso.runtime.partition;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.table.Column;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Neurons sorted into blocks, each in one block or in none. Blocks are numbered from 0 and none is empty. Immutable; the
 * array {@link #blocks} hands out is its own and must not be written to.
 */
public final class Partition implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The block of a neuron that is in none. */
    public static final int NONE = -1;

    private final int[] blocks;
    private final int[] sizes;
    /** Long, Double, Boolean or String. */
    private final List<Object> labels;

    private final List<String> names;

    private Partition(int[] blocks, int[] sizes, List<Object> labels) {
        this.blocks = blocks;
        this.sizes = sizes;
        this.labels = List.copyOf(labels);
        this.names = this.labels.stream().map(String::valueOf).toList();
    }

    /**
     * Neurons with the same label are in one block; a negative label is none. Blocks are ordered by size, the largest
     * first, and blocks of equal size by their first neuron, so that two ways of writing one partition are equal. They are
     * named by their numbers. Cost: n log B.
     */
    public static Partition of(int[] labels) {
        // Dense numbers in the order in which labels are first seen.
        Map<Integer, Integer> seen = new HashMap<>();
        int[] blocks = new int[labels.length];
        for (int v = 0; v < labels.length; v++) {
            Integer known = labels[v] < 0 ? Integer.valueOf(NONE) : seen.putIfAbsent(labels[v], seen.size());
            blocks[v] = known == null ? seen.size() - 1 : known;
        }
        int[] sizes = sizes(blocks, seen.size());
        Integer[] bySize = new Integer[sizes.length];
        Arrays.setAll(bySize, b -> b);
        Arrays.sort(bySize, (a, b) -> sizes[a] != sizes[b] ? Integer.compare(sizes[b], sizes[a]) : a - b);
        int[] rank = new int[sizes.length];
        List<Object> numbers = new ArrayList<>();
        for (int b = 0; b < rank.length; b++) {
            rank[bySize[b]] = b;
            numbers.add((long) b);
        }
        for (int v = 0; v < blocks.length; v++) {
            blocks[v] = blocks[v] < 0 ? NONE : rank[blocks[v]];
        }
        return new Partition(blocks, sizes(blocks, rank.length), numbers);
    }

    private static int[] sizes(int[] blocks, int count) {
        int[] sizes = new int[count];
        for (int b : blocks) {
            if (b >= 0) {
                sizes[b]++;
            }
        }
        return sizes;
    }

    /**
     * The blocks of equal values of a column, in the order of the values and named by them; a missing value is none. Cost:
     * n log n.
     *
     * @throws MesoException NOT_A_NUMBER where a value is NaN
     */
    public static Partition of(Column column) {
        Integer[] rows = new Integer[column.size() - column.missingCount()];
        for (int v = 0, i = 0; v < column.size(); v++) {
            if (!column.missing(v)) {
                rows[i++] = v;
            }
        }
        Arrays.sort(rows, column::compare);
        int[] blocks = new int[column.size()];
        Arrays.fill(blocks, NONE);
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            if (i == 0 || column.compare(rows[i - 1], rows[i]) != 0) {
                Object value = column.value(rows[i]);
                if (value instanceof Double d && d.isNaN()) {
                    throw new MesoException(
                            ErrorCode.NOT_A_NUMBER, "row " + rows[i] + " of the column is NaN, which is in no block");
                }
                values.add(value);
            }
            blocks[rows[i]] = values.size() - 1;
        }
        return new Partition(blocks, sizes(blocks, values.size()), values);
    }

    /** Number of neurons. */
    public int n() {
        return blocks.length;
    }

    /** Number of blocks. */
    public int count() {
        return sizes.length;
    }

    /** The block of each neuron, {@link #NONE} for a neuron in none. */
    public int[] blocks() {
        return blocks;
    }

    /** The number of neurons of each block. */
    public int[] sizes() {
        return sizes;
    }

    /** Number of neurons in no block. */
    public int missing() {
        return blocks.length - Arrays.stream(sizes).sum();
    }

    /** What the neurons of each block have in common: Long, Double, Boolean or String; the number of the block where nothing. */
    public List<Object> labels() {
        return labels;
    }

    /** The neurons of a block, in order. */
    public int[] neurons(int block) {
        int[] neurons = new int[sizes[block]];
        for (int v = 0, i = 0; v < blocks.length; v++) {
            if (blocks[v] == block) {
                neurons[i++] = v;
            }
        }
        return neurons;
    }

    /**
     * The partition of other neurons that gives each the block of one of these. Blocks that become empty are left out, the
     * others keep their order and their names.
     *
     * @param rows for each new neuron its number here, -1 for one that is in no block
     */
    public Partition select(int[] rows) {
        int[] kept = new int[rows.length];
        int[] counts = new int[sizes.length];
        for (int v = 0; v < rows.length; v++) {
            kept[v] = rows[v] < 0 ? NONE : blocks[rows[v]];
            if (kept[v] >= 0) {
                counts[kept[v]]++;
            }
        }
        int[] number = new int[sizes.length];
        List<Object> left = new ArrayList<>();
        for (int b = 0; b < sizes.length; b++) {
            number[b] = left.size();
            if (counts[b] > 0) {
                left.add(labels.get(b));
            }
        }
        for (int v = 0; v < kept.length; v++) {
            kept[v] = kept[v] < 0 ? NONE : number[kept[v]];
        }
        return new Partition(kept, sizes(kept, left.size()), left);
    }

    /** The same blocks in another order. @param order the present number of each new block */
    public Partition reorder(int[] order) {
        int[] number = new int[sizes.length];
        Arrays.fill(number, NONE);
        List<Object> moved = new ArrayList<>();
        for (int b = 0; b < order.length; b++) {
            number[order[b]] = b;
            moved.add(labels.get(order[b]));
        }
        if (order.length != sizes.length || Arrays.stream(number).anyMatch(b -> b < 0)) {
            throw new IllegalArgumentException(Arrays.toString(order) + " orders " + sizes.length + " blocks");
        }
        int[] renamed = new int[blocks.length];
        Arrays.setAll(renamed, v -> blocks[v] < 0 ? NONE : number[blocks[v]]);
        return new Partition(renamed, sizes(renamed, order.length), moved);
    }

    /** What each block is called. */
    public List<String> names() {
        return names;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Partition p && Arrays.equals(blocks, p.blocks) && names.equals(p.names);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(blocks);
    }
}
