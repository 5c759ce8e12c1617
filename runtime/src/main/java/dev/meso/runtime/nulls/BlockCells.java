package dev.meso.runtime.nulls;

import java.util.Arrays;

/**
 * The connections of {@link Edges} sorted by the blocks that they join, kept as they are switched. A cell (a, s) holds the connections from
 * block a to block s; a row is all cells of one presynaptic block. Since presynaptic ends stay, a connection never leaves its row.
 *
 * <p>The deviation is the number of connections in cells that have more than is wanted: half of the sum of |have - wanted|.
 */
final class BlockCells {
    /** Number of blocks. */
    final int count;

    private final int[] block;
    private final int[] wanted;
    /** Cell (a, s) stands at {@code first[a * (count + 1) + s]} up to the next entry, in {@link #order}. */
    private final int[] first;

    private final int[] order;
    private final int[] place;
    /** Each cell with too many connections, as often as it has too many. */
    private int[] surplus = new int[16];

    private int deviation;

    /** @param block of each neuron, 0 .. count - 1; the cells of {@code edges} as they are now are those wanted */
    BlockCells(int count, int[] block, Edges edges) {
        this.count = count;
        this.block = block;
        this.wanted = new int[count * count];
        this.first = new int[count * (count + 1)];
        this.order = new int[edges.m];
        this.place = new int[edges.m];
        for (int e = 0; e < edges.m; e++) {
            wanted[cell(block[edges.pre(e)], block[edges.post(e)])]++;
        }
        int at = 0;
        for (int a = 0; a < count; a++) {
            for (int s = 0; s < count; s++) {
                first[a * (count + 1) + s] = at;
                at += wanted[cell(a, s)];
            }
            first[a * (count + 1) + count] = at;
        }
        int[] filled = new int[count * count];
        for (int e = 0; e < edges.m; e++) {
            int a = block[edges.pre(e)];
            int s = block[edges.post(e)];
            put(e, first[a * (count + 1) + s] + filled[cell(a, s)]++);
        }
    }

    private BlockCells(BlockCells other) {
        count = other.count;
        block = other.block;
        wanted = other.wanted;
        first = other.first.clone();
        order = other.order.clone();
        place = other.place.clone();
        surplus = other.surplus.clone();
        deviation = other.deviation;
    }

    BlockCells copy() {
        return new BlockCells(this);
    }

    void copyFrom(BlockCells other) {
        System.arraycopy(other.first, 0, first, 0, first.length);
        System.arraycopy(other.order, 0, order, 0, order.length);
        System.arraycopy(other.place, 0, place, 0, place.length);
        surplus = other.surplus.clone();
        deviation = other.deviation;
    }

    private void put(int e, int at) {
        order[at] = e;
        place[e] = at;
    }

    int block(int neuron) {
        return block[neuron];
    }

    int cell(int a, int s) {
        return a * count + s;
    }

    int row(int cell) {
        return cell / count;
    }

    /** Connections in the cell. */
    int size(int cell) {
        int at = cell + row(cell);
        return first[at + 1] - first[at];
    }

    /** How many more than wanted, negative where fewer. */
    int excess(int cell) {
        return size(cell) - wanted[cell];
    }

    int deviation() {
        return deviation;
    }

    /** A connection of the cell, which is not empty, by 64 random bits. */
    int inCell(int cell, long bits) {
        int at = first[cell + row(cell)];
        return order[at + (int) Math.unsignedMultiplyHigh(bits, first[cell + row(cell) + 1] - at)];
    }

    /** A connection of row a, which is not empty, by 64 random bits. */
    int inRow(int a, long bits) {
        int at = first[a * (count + 1)];
        return order[at + (int) Math.unsignedMultiplyHigh(bits, first[a * (count + 1) + count] - at)];
    }

    /** Unit {@code index} of the surplus, below the deviation: its cell. */
    int surplus(int index) {
        return surplus[index];
    }

    /** Connections e and f of one row change cells. */
    void swap(int e, int f) {
        int at = place[e];
        put(e, place[f]);
        put(f, at);
    }

    /** Connection e goes from cell (a, from) to cell (a, to), past those between: cost |to - from|. */
    void move(int e, int a, int from, int to) {
        if (from == to) {
            return;
        }
        int bounds = a * (count + 1);
        for (int s = from; s < to; s++) {
            int last = --first[bounds + s + 1];
            swap(e, order[last]);
        }
        for (int s = from; s > to; s--) {
            int front = first[bounds + s]++;
            swap(e, order[front]);
        }
        // It was counted before it left, and after it came.
        if (size(cell(a, from)) >= wanted[cell(a, from)]) {
            forget(cell(a, from));
        }
        if (excess(cell(a, to)) > 0) {
            if (deviation == surplus.length) {
                surplus = Arrays.copyOf(surplus, 2 * deviation);
            }
            surplus[deviation++] = cell(a, to);
        }
    }

    private void forget(int cell) {
        int at = deviation - 1;
        while (surplus[at] != cell) {
            at--;
        }
        surplus[at] = surplus[--deviation];
    }
}
