package dev.meso.language.value;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.SortKey;
import dev.meso.runtime.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The properties and methods of tables. */
final class TableMembers {
    static final Members MEMBERS = Members.of(TableValue.class)
            .property("rows", Kind.LIST, "the rows, as a list of records", TableMembers::rows)
            .property(
                    "columns",
                    Kind.LIST,
                    "the names of the columns",
                    t -> ListValue.of(t.table().names()))
            .property("length", Kind.INTEGER, "the number of rows", TableValue::size)
            .method(Builtin.named("where")
                    .about("The rows for which the condition holds.")
                    .parameter("t", Kind.TABLE, "the table")
                    .parameter("condition", Kind.FUNCTION, "from a row to true or false; or a column of them")
                    .returns(Kind.TABLE, "the rows that are kept, in order")
                    .runs(TableMembers::where))
            .method(Builtin.named("sort")
                    .about("The rows sorted by columns, missing values last; rows that are equal keep their order.")
                    .parameter("t", Kind.TABLE, "the table")
                    .parameter("column", Kind.TEXT, "its name")
                    .rest("more", Kind.TEXT, "further columns, which decide ties")
                    .optional("descending", Kind.BOOLEAN, "whether the greatest come first")
                    .returns(Kind.TABLE, "the sorted table")
                    .runs(TableMembers::sort))
            .method(Builtin.named("group")
                    .about("One row for each value of a column, with summaries of the rows that have it.")
                    .detail(
                            "`t.group(\"type\", {n: count, mean: mean(\"x\")})`. A summary is a function from the table of a"
                                    + " group to a value. Groups come in the order in which they first appear.")
                    .parameter("t", Kind.TABLE, "the table")
                    .parameter("column", Kind.ANY, "its name, or a list of names")
                    .parameter("summaries", Kind.RECORD, "names and functions")
                    .returns(Kind.TABLE, "the column and the summaries")
                    .runs(TableMembers::group))
            .method(Builtin.named("head")
                    .about("The first rows.")
                    .parameter("t", Kind.TABLE, "the table")
                    .optional("n", Kind.INTEGER, "how many; 10 by default")
                    .returns(Kind.TABLE, "at most that many rows")
                    .runs(call -> table(
                            call, call.table(0).table().head((int) Math.min(Integer.MAX_VALUE, call.integer(1, 10))))))
            .method(Builtin.named("select")
                    .about("Only these columns, in this order.")
                    .parameter("t", Kind.TABLE, "the table")
                    .parameter("column", Kind.TEXT, "its name")
                    .rest("more", Kind.TEXT, "further columns")
                    .returns(Kind.TABLE, "the smaller table")
                    .runs(call ->
                            call.table(0).withColumns(call.table(0).table().keep(names(call, 1, 2)))))
            .method(Builtin.named("with")
                    .about("The table with a column added, or put in the place of the one of that name.")
                    .parameter("t", Kind.TABLE, "the table")
                    .parameter("name", Kind.TEXT, "of the column")
                    .parameter(
                            "values",
                            Kind.ANY,
                            "a column or list, one value a row; or a function from a row to its value")
                    .returns(Kind.TABLE, "the new table")
                    .runs(TableMembers::with))
            .method(Builtin.named("without")
                    .about("The table without a column.")
                    .parameter("t", Kind.TABLE, "the table")
                    .parameter("column", Kind.TEXT, "its name")
                    .returns(Kind.TABLE, "the smaller table")
                    .runs(call ->
                            call.table(0).withColumns(call.table(0).table().without(call.text(1)))))
            .method(Builtin.named("rename")
                    .about("The table with a column renamed.")
                    .parameter("t", Kind.TABLE, "the table")
                    .parameter("from", Kind.TEXT, "the old name")
                    .parameter("to", Kind.TEXT, "the new name")
                    .returns(Kind.TABLE, "the new table")
                    .runs(call ->
                            call.table(0).withColumns(call.table(0).table().rename(call.text(1), call.text(2)))))
            .method(Builtin.named("join")
                    .about("Each row beside the rows of another table that have the same value in a column.")
                    .detail(
                            "Missing values match nothing. Columns of the other table whose name exists get the ending _2.")
                    .parameter("t", Kind.TABLE, "the table")
                    .parameter("other", Kind.TABLE, "the other table")
                    .parameter("on", Kind.TEXT, "the column of both")
                    .optional("all", Kind.BOOLEAN, "whether rows without a partner are kept, with missing values")
                    .returns(Kind.TABLE, "the columns of both")
                    .runs(TableMembers::join))
            .end();

    private TableMembers() {}

    private static ListValue rows(TableValue table) {
        Object[] rows = new Object[table.table().rows()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new RowValue(table.table(), i);
        }
        return ListValue.of(rows);
    }

    /** A table made from that of the call. */
    private static TableValue table(Call call, Table made) {
        return call.table(0).made(made);
    }

    private static List<String> names(Call call, int first, int rest) {
        List<String> names = new ArrayList<>();
        names.add(call.text(first));
        for (Object name : call.rest(rest)) {
            if (!(name instanceof String text)) {
                throw call.wrong(first, "names of columns");
            }
            names.add(text);
        }
        return names;
    }

    private static TableValue where(Call call) {
        TableValue t = call.table(0);
        Table kept;
        if (call.argument(1) instanceof ColumnValue column) {
            kept = t.filter(column).table();
        } else {
            CallableValue condition = call.function(1);
            kept = t.table().where(row -> call.holds(condition, new RowValue(t.table(), row)));
        }
        Object provenance = t.provenance() instanceof Provenance p
                ? p.filtered("keep rows", t.table().rows(), kept.rows())
                : t.provenance();
        return new TableValue(kept, provenance, t.draws());
    }

    private static TableValue sort(Call call) {
        boolean descending = call.truth("descending", false);
        List<SortKey> keys = new ArrayList<>();
        for (String name : names(call, 1, 2)) {
            keys.add(new SortKey(name, descending));
        }
        return table(call, call.table(0).table().sort(keys));
    }

    private static TableValue group(Call call) {
        TableValue t = call.table(0);
        List<String> keys = new ArrayList<>();
        if (call.argument(1) instanceof String name) {
            keys.add(name);
        } else {
            for (Object name : call.list(1).toArray()) {
                if (!(name instanceof String text)) {
                    throw call.wrong(1, "the name of a column or a list of names");
                }
                keys.add(text);
            }
        }
        int[][] groups = t.table().groups(keys);
        int[] first = new int[groups.length];
        TableValue[] tables = new TableValue[groups.length];
        for (int g = 0; g < groups.length; g++) {
            first[g] = groups[g][0];
            tables[g] = new TableValue(t.table().select(groups[g]));
        }
        Map<String, Column> columns = new LinkedHashMap<>();
        for (String key : keys) {
            columns.put(key, t.table().column(key).select(first));
        }
        RecordValue summaries = call.record(2);
        for (String name : summaries.ownMembers()) {
            if (columns.containsKey(name)) {
                throw call.bad(2, "has the name `" + name + "`, which is that of the grouped column");
            }
            if (!(summaries.get(name) instanceof CallableValue summary)) {
                throw call.bad(2, "must hold functions; `" + name + "` is " + Values.describe(summaries.get(name)));
            }
            Object[] values = new Object[groups.length];
            for (int g = 0; g < groups.length; g++) {
                values[g] = summary.call(tables[g]);
            }
            columns.put(name, ColumnValue.of(ListValue.of(values)).column());
        }
        return table(call, Table.of(columns));
    }

    private static TableValue with(Call call) {
        Table t = call.table(0).table();
        if (call.argument(2) instanceof CallableValue f) {
            Object[] values = new Object[t.rows()];
            for (int row = 0; row < values.length; row++) {
                values[row] = f.call(new RowValue(t, row));
            }
            return call.table(0)
                    .withColumns(t.with(
                            call.text(1), ColumnValue.of(ListValue.of(values)).column()));
        }
        return call.table(0).withColumns(t.with(call.text(1), call.column(2).column()));
    }

    private static TableValue join(Call call) {
        return table(call, call.table(0).table().join(call.table(1).table(), call.text(2), call.truth("all", false)));
    }
}
