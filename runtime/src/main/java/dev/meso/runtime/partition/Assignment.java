package dev.meso.runtime.partition;

import java.util.Arrays;

/**
 * The assignment of rows to different columns with the largest sum, by shortest augmenting paths on reduced costs: Kuhn
 * 1955, Naval Res Logist 2:83, in the form of Jonker and Volgenant 1987, Computing 38:325. Cost: rows^2 times columns.
 */
final class Assignment {
    private Assignment() {}

    /** The column of each row; where there are more rows than columns some rows have none, -1. */
    static int[] best(int[][] gain) {
        int rows = gain.length;
        int columns = rows == 0 ? 0 : gain[0].length;
        if (columns == 0) {
            int[] none = new int[rows];
            Arrays.fill(none, -1);
            return none;
        }
        if (rows > columns) {
            int[] ofColumn = best(turned(gain));
            int[] ofRow = new int[rows];
            Arrays.fill(ofRow, -1);
            for (int j = 0; j < columns; j++) {
                ofRow[ofColumn[j]] = j;
            }
            return ofRow;
        }
        return assign(gain, rows, columns);
    }

    private static int[][] turned(int[][] gain) {
        int[][] turned = new int[gain[0].length][gain.length];
        for (int i = 0; i < gain.length; i++) {
            for (int j = 0; j < gain[0].length; j++) {
                turned[j][i] = gain[i][j];
            }
        }
        return turned;
    }

    /** Rows and columns count from 1 inside, 0 is the start of every path. Reduced costs {@code -gain - u_i - v_j} stay >= 0. */
    private static int[] assign(int[][] gain, int rows, int columns) {
        long[] u = new long[rows + 1];
        long[] v = new long[columns + 1];
        int[] rowOf = new int[columns + 1];
        int[] before = new int[columns + 1];
        long[] least = new long[columns + 1];
        boolean[] used = new boolean[columns + 1];
        for (int i = 1; i <= rows; i++) {
            Arrays.fill(least, Long.MAX_VALUE);
            Arrays.fill(used, false);
            rowOf[0] = i;
            int at = 0;
            while (rowOf[at] != 0) {
                used[at] = true;
                int row = rowOf[at];
                long step = Long.MAX_VALUE;
                int next = 0;
                for (int j = 1; j <= columns; j++) {
                    if (used[j]) {
                        continue;
                    }
                    long cost = -gain[row - 1][j - 1] - u[row] - v[j];
                    if (cost < least[j]) {
                        least[j] = cost;
                        before[j] = at;
                    }
                    if (least[j] < step) {
                        step = least[j];
                        next = j;
                    }
                }
                for (int j = 0; j <= columns; j++) {
                    if (used[j]) {
                        u[rowOf[j]] += step;
                        v[j] -= step;
                    } else {
                        least[j] -= step;
                    }
                }
                at = next;
            }
            while (at != 0) {
                rowOf[at] = rowOf[before[at]];
                at = before[at];
            }
        }
        int[] columnOf = new int[rows];
        for (int j = 1; j <= columns; j++) {
            if (rowOf[j] > 0) {
                columnOf[rowOf[j] - 1] = j - 1;
            }
        }
        return columnOf;
    }
}
