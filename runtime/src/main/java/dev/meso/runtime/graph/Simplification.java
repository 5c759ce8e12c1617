package dev.meso.runtime.graph;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Table;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Merges parallel edges and drops autapses. */
final class Simplification {
    private Simplification() {}

    static Connectome of(Connectome g, Table attributes, String weight) {
        int[] connection = g.connectionOfEdge();
        int m = g.wiring().m();
        int[] first = new int[m];
        Arrays.fill(first, -1);
        for (int e = 0; e < connection.length; e++) {
            int c = connection[e];
            if (c >= 0 && first[c] < 0) {
                first[c] = e;
            }
        }
        String weightName = weight == null ? "weight" : weight;
        Map<String, Column> columns = new LinkedHashMap<>();
        if (weight == null) {
            columns.put(weightName, counts(connection, m));
        }
        for (String name : attributes.names()) {
            Column column = attributes.column(name);
            if (name.equals(weight)) {
                columns.put(name, sums((NumberColumn) column, connection, m));
            } else {
                // A column that happens to be called weight without being it makes way for the number of edges.
                columns.putIfAbsent(name, agreed(column, connection, first));
            }
        }
        return g.merged(g.wiring().edgeSources(), g.wiring().outTargets(), Table.of(columns), weightName);
    }

    private static Column counts(int[] connection, int m) {
        long[] counts = new long[m];
        for (int c : connection) {
            if (c >= 0) {
                counts[c]++;
            }
        }
        return LongColumn.of(counts);
    }

    private static Column sums(NumberColumn column, int[] connection, int m) {
        if (column instanceof LongColumn whole) {
            long[] sums = new long[m];
            for (int e = 0; e < connection.length; e++) {
                int c = connection[e];
                if (c >= 0) {
                    long sum = sums[c] + whole.get(e);
                    if (((sums[c] ^ sum) & (whole.get(e) ^ sum)) < 0) {
                        throw new MesoException(
                                ErrorCode.INTEGER_OVERFLOW, "the sum of parallel weights is beyond 64-bit integers");
                    }
                    sums[c] = sum;
                }
            }
            return LongColumn.of(sums).withUnit(column.unit());
        }
        double[] sums = new double[m];
        for (int e = 0; e < connection.length; e++) {
            if (connection[e] >= 0) {
                sums[connection[e]] += column.number(e);
            }
        }
        return DoubleColumn.of(sums).withUnit(column.unit());
    }

    /** The value of the first edge where all edges of a connection have it, else missing. */
    private static Column agreed(Column column, int[] connection, int[] first) {
        boolean[] differs = new boolean[first.length];
        boolean any = false;
        for (int e = 0; e < connection.length; e++) {
            int c = connection[e];
            if (c < 0 || first[c] == e || differs[c]) {
                continue;
            }
            int f = first[c];
            boolean same = column.missing(e) || column.missing(f)
                    ? column.missing(e) && column.missing(f)
                    : column.compare(e, f) == 0;
            differs[c] = !same;
            any |= !same;
        }
        if (!any) {
            return column.select(first);
        }
        int[] rows = first.clone();
        for (int c = 0; c < rows.length; c++) {
            rows[c] = differs[c] ? -1 : rows[c];
        }
        return column.selectOrMissing(rows);
    }
}
