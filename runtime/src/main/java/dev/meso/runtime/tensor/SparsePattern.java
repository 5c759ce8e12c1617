package dev.meso.runtime.tensor;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;

/**
 * Where a matrix of {@code rows} x {@code columns} may differ from 0: connection e is at ({@code row[e]},
 * {@code column[e]}). The values, one for each connection in this order, are a node of their own, so that they can be
 * learned. Immutable.
 */
public final class SparsePattern {
    private final int rows;
    private final int columns;
    /** Connections by row: those of row i are {@code start[i] .. start[i+1]-1}. */
    final int[] start;

    final int[] target;
    final int[] entry;
    private final SparsePattern transposed;

    /** @throws MesoException where an index is outside */
    public static SparsePattern of(int rows, int columns, int[] row, int[] column) {
        if (row.length != column.length) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH,
                    "a sparse matrix was given " + row.length + " rows of connections and " + column.length
                            + " columns");
        }
        check("row", row, rows);
        check("column", column, columns);
        return new SparsePattern(rows, columns, row, column, null);
    }

    private static void check(String what, int[] indexes, int bound) {
        for (int e = 0; e < indexes.length; e++) {
            if (indexes[e] < 0 || indexes[e] >= bound) {
                throw new MesoException(
                        ErrorCode.OUT_OF_RANGE,
                        "connection " + e + " is in " + what + " " + indexes[e] + " of a matrix of " + bound + " "
                                + what + "s");
            }
        }
    }

    private SparsePattern(int rows, int columns, int[] row, int[] column, SparsePattern other) {
        this.rows = rows;
        this.columns = columns;
        start = new int[rows + 1];
        for (int i : row) {
            start[i + 1]++;
        }
        for (int i = 0; i < rows; i++) {
            start[i + 1] += start[i];
        }
        target = new int[row.length];
        entry = new int[row.length];
        int[] next = start.clone();
        for (int e = 0; e < row.length; e++) {
            int at = next[row[e]]++;
            target[at] = column[e];
            entry[at] = e;
        }
        transposed = other == null ? new SparsePattern(columns, rows, column, row, this) : other;
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** How many connections. */
    public int size() {
        return target.length;
    }

    /** The matrix with rows and columns exchanged; its values have the same order. */
    public SparsePattern transposed() {
        return transposed;
    }

    @Override
    public String toString() {
        return rows + " x " + columns + " with " + size() + " connections";
    }
}
