package dev.meso.runtime.table;

import java.util.Arrays;

/** Helpers over all column types. */
final class Columns {
    private Columns() {}

    /** These rows; -1 gives a missing value. */
    static Column selectOrMissing(Column column, int[] rows) {
        if (Arrays.stream(rows).allMatch(r -> r >= 0)) {
            return column.select(rows);
        }
        Mask missing = Mask.where(rows.length, i -> rows[i] < 0 || column.missing(rows[i]));
        return switch (column) {
            case LongColumn c -> {
                long[] values = new long[rows.length];
                Arrays.setAll(values, i -> rows[i] < 0 ? 0 : c.get(rows[i]));
                yield new LongColumn(values, missing, c.unit());
            }
            case DoubleColumn c -> {
                double[] values = new double[rows.length];
                Arrays.setAll(values, i -> rows[i] < 0 ? 0 : c.get(rows[i]));
                yield new DoubleColumn(values, missing, c.unit());
            }
            case BooleanColumn c -> {
                boolean[] values = new boolean[rows.length];
                for (int i = 0; i < rows.length; i++) {
                    values[i] = rows[i] >= 0 && c.get(rows[i]);
                }
                yield new BooleanColumn(values, missing);
            }
            case TextColumn c -> {
                int[] codes = new int[rows.length];
                Arrays.setAll(codes, i -> rows[i] < 0 ? TextColumn.MISSING : c.code(rows[i]));
                yield TextColumn.coded(codes, c.words());
            }
        };
    }
}
