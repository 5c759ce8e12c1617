package dev.meso.runtime.spectrum;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;

/**
 * A square sparse matrix by rows. The sum of a row is taken in the order of its columns, so products do not depend on threads.
 * Immutable; arrays are taken over.
 *
 * @param start entries of row i stand at {@code start[i] .. start[i+1]-1}
 * @param columns of the entries, ascending in each row
 * @param values of the entries; null where all are 1
 */
record SparseMatrix(int[] start, int[] columns, double[] values) {
    /** Products of fewer entries are not worth a thread. */
    private static final int ENTRIES_A_PIECE = 100_000;

    /** Row i has the targets of neuron i. @param values in row order, null for ones */
    static SparseMatrix of(Wiring wiring, double[] values) {
        return new SparseMatrix(wiring.outStart(), wiring.outTargets(), values);
    }

    int size() {
        return start.length - 1;
    }

    int entries() {
        return columns.length;
    }

    double value(int entry) {
        return values == null ? 1 : values[entry];
    }

    /** y = A x. Cost: one step an entry. */
    void multiply(double[] x, double[] y, Parallel parallel) {
        int pieces = 1 + entries() / ENTRIES_A_PIECE;
        if (pieces == 1) {
            parallel.monitor().checkpoint();
            multiply(x, y, 0, size());
        } else {
            parallel.forEach(pieces, null, (p, monitor) -> multiply(x, y, bound(p, pieces), bound(p + 1, pieces)));
        }
    }

    /** The row at which a share of the entries ends. */
    private int bound(int piece, int pieces) {
        if (piece == pieces) {
            return size();
        }
        int row = Arrays.binarySearch(start, (int) ((long) entries() * piece / pieces));
        return row < 0 ? -1 - row : row;
    }

    private void multiply(double[] x, double[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            double sum = 0;
            if (values == null) {
                for (int e = start[i]; e < start[i + 1]; e++) {
                    sum += x[columns[e]];
                }
            } else {
                for (int e = start[i]; e < start[i + 1]; e++) {
                    sum += values[e] * x[columns[e]];
                }
            }
            y[i] = sum;
        }
    }

    /** The rows and columns of these neurons, ascending. @param place -1 for each neuron, and so again afterwards */
    SparseMatrix restricted(int[] members, int[] place) {
        for (int i = 0; i < members.length; i++) {
            place[members[i]] = i;
        }
        int[] newStart = new int[members.length + 1];
        int count = 0;
        for (int pass = 0; ; pass++) {
            int[] newColumns = pass == 0 ? null : new int[count];
            double[] newValues = pass == 0 || values == null ? null : new double[count];
            count = 0;
            for (int i = 0; i < members.length; i++) {
                for (int e = start[members[i]]; e < start[members[i] + 1]; e++) {
                    if (place[columns[e]] >= 0) {
                        if (pass == 1) {
                            newColumns[count] = place[columns[e]];
                            if (values != null) {
                                newValues[count] = values[e];
                            }
                        }
                        count++;
                    }
                }
                newStart[i + 1] = count;
            }
            if (pass == 1) {
                for (int v : members) {
                    place[v] = -1;
                }
                return new SparseMatrix(newStart, newColumns, newValues);
            }
        }
    }

    SparseMatrix transposed() {
        int n = size();
        int[] newStart = new int[n + 1];
        for (int c : columns) {
            newStart[c + 1]++;
        }
        for (int i = 0; i < n; i++) {
            newStart[i + 1] += newStart[i];
        }
        int[] cursor = Arrays.copyOf(newStart, n);
        int[] newColumns = new int[entries()];
        double[] newValues = values == null ? null : new double[entries()];
        for (int i = 0; i < n; i++) {
            for (int e = start[i]; e < start[i + 1]; e++) {
                int at = cursor[columns[e]]++;
                newColumns[at] = i;
                if (values != null) {
                    newValues[at] = values[e];
                }
            }
        }
        return new SparseMatrix(newStart, newColumns, newValues);
    }
}
