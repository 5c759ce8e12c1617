package dev.meso.language.builtin.data;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.ColumnValue;
import dev.meso.language.value.GraphValue;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.stats.WiringStatistic;
import dev.meso.runtime.table.Elementwise;
import dev.meso.runtime.table.Relation;
import java.util.List;

/** The built-ins of data. */
public final class DataBuiltins {
    private static final Builtin TABLE = Builtin.named("table")
            .group("data")
            .about("A table, read from a file or made of what is given.")
            .detail(
                    "Files: csv, tsv, json, ndjson, parquet; text also with .gz. They are looked up beside the script, then in each"
                            + " folder of --data and MESO_DATA. Types are found by reading: integers, numbers, booleans, text; ids of any"
                            + " length are kept exactly. An empty cell and NA are missing.")
            .parameter("source", Kind.ANY, "the name of a file, a list of records, or a record of columns")
            .returns(Kind.TABLE, "the table")
            .runs(call -> Sources.table(call, 0));

    private static final Builtin RECIPROCITY = Builtin.named("reciprocity")
            .group("statistics")
            .about("The share of connections whose reverse is there too.")
            .detail("Of the simple graph: parallel connections count once, autapses not. 0 without connections.")
            .parameter("g", Kind.GRAPH, "the graph")
            .returns(Kind.NUMBER, "between 0 and 1")
            .measures(WiringStatistic.number("reciprocity", (wiring, parallel) -> Connectome.reciprocity(wiring)))
            .runs(call -> graph(call).reciprocity());

    private static final Builtin IS_NAN = Builtin.named("is_nan")
            .group("mathematics")
            .about("Whether a number is NaN, not a number; for each row of a column. Missing values stay missing.")
            .parameter("x", Kind.ANY, "a number, quantity or column")
            .returns(Kind.ANY, "true or false, or a column of them")
            .runs(call -> {
                // NaN alone is unequal to itself.
                if (call.argument(0) instanceof ColumnValue column) {
                    return new ColumnValue(Elementwise.compare(Relation.NOT_EQUAL, column.column(), column.column()));
                }
                return Double.isNaN(call.quantity(0).value());
            });

    private DataBuiltins() {}

    public static List<Builtin> all() {
        return List.of(
                TABLE,
                ConnectomeBuiltin.BUILTIN,
                RecordingBuiltins.RECORDING,
                RecordingBuiltins.BEHAVIOR,
                SaveBuiltins.SAVE,
                SaveBuiltins.LOAD,
                RECIPROCITY,
                IS_NAN);
    }

    private static Connectome graph(Call call) {
        return call.value(0, GraphValue.class, "a graph").connectome();
    }
}
