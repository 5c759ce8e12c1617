package dev.meso.language.value;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.runtime.table.SortKey;
import dev.meso.runtime.table.Table;
import java.util.List;

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
                    .parameter("condition", Kind.FUNCTION, "from a row to true or false")
                    .returns(Kind.TABLE, "the rows that are kept, in order")
                    .runs(call -> {
                        TableValue t = call.table(0);
                        CallableValue condition = call.function(1);
                        return new TableValue(
                                t.table().where(row -> call.holds(condition, new RowValue(t.table(), row))));
                    }))
            .method(Builtin.named("sort")
                    .about("The rows sorted by a column, missing values last.")
                    .parameter("t", Kind.TABLE, "the table")
                    .parameter("column", Kind.TEXT, "its name; the later ones decide ties")
                    .rest("more", Kind.TEXT, "further columns")
                    .runs(call -> sort(call.table(0).table(), call.text(1), call.rest(2))))
            .end();

    private TableMembers() {}

    private static ListValue rows(TableValue table) {
        Object[] rows = new Object[table.table().rows()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new RowValue(table.table(), i);
        }
        return ListValue.of(rows);
    }

    private static TableValue sort(Table table, String first, Object[] more) {
        SortKey[] keys = new SortKey[more.length + 1];
        keys[0] = SortKey.ascending(first);
        for (int i = 0; i < more.length; i++) {
            keys[i + 1] = SortKey.ascending((String) more[i]);
        }
        return new TableValue(table.sort(List.of(keys)));
    }
}
