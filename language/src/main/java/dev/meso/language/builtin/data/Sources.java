package dev.meso.language.builtin.data;

import com.oracle.truffle.api.interop.InteropLibrary;
import dev.meso.language.MesoContext;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.ArgumentException;
import dev.meso.language.value.ColumnValue;
import dev.meso.language.value.Foreign;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.MesoValue;
import dev.meso.language.value.NoneValue;
import dev.meso.language.value.RecordValue;
import dev.meso.language.value.RowValue;
import dev.meso.language.value.TableValue;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.io.TableReader;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where tables come from: files, tables, lists of records, records of columns. */
final class Sources {
    private Sources() {}

    /** The table that argument {@code index} means. */
    static TableValue table(Call call, int index) {
        return table(call, index, call.argument(index));
    }

    /** The table that {@code source}, argument {@code index} or a part of it, means. */
    static TableValue table(Call call, int index, Object source) {
        if (source instanceof TableValue table) {
            return table;
        }
        if (source instanceof String name) {
            return at(call, index, () -> read(call.context(), name));
        }
        RecordValue record = source instanceof RowValue ? null : record(source);
        ListValue list = record == null ? Call.asList(source) : null;
        if (list != null && list.length() > 0) {
            RecordValue[] rows = new RecordValue[list.length()];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = record(list.get(i));
                if (rows[i] == null) {
                    throw call.wrong(index, "a table, the name of a file, a list of records or a record of columns");
                }
            }
            return at(call, index, () -> new TableValue(ofRows(rows), Provenance.LITERAL));
        }
        if (record == null) {
            throw call.wrong(index, "a table, the name of a file, a list of records or a record of columns");
        }
        return at(call, index, () -> new TableValue(ofColumns(record), Provenance.LITERAL));
    }

    /** A row or record of any origin; null for anything else. */
    static RecordValue record(Object value) {
        if (value instanceof RecordValue record) {
            return record;
        }
        if (value instanceof RowValue row) {
            return row.record();
        }
        // Lists of the host have members too, their methods.
        boolean isObject = Foreign.is(value) && !InteropLibrary.getUncached().hasArrayElements(value);
        return isObject ? Foreign.record(value) : null;
    }

    private static TableValue read(MesoContext context, String name) {
        TableReader.Loaded loaded = TableReader.read(context.files().find(name), context.monitor());
        return new TableValue(
                loaded.table(), Provenance.read(loaded.file(), loaded.table().rows()));
    }

    /** A field that a record lacks is missing. */
    private static Table ofRows(RecordValue[] rows) {
        Set<String> names = new LinkedHashSet<>();
        for (RecordValue row : rows) {
            names.addAll(List.of(row.ownMembers()));
        }
        Map<String, Column> columns = new LinkedHashMap<>();
        for (String name : names) {
            Object[] values = new Object[rows.length];
            for (int i = 0; i < rows.length; i++) {
                Object value = rows[i].get(name);
                values[i] = value == null ? NoneValue.NONE : value;
            }
            columns.put(
                    name, named(name, () -> ColumnValue.of(ListValue.of(values)).column()));
        }
        return Table.of(columns);
    }

    private static Table ofColumns(RecordValue record) {
        Map<String, Column> columns = new LinkedHashMap<>();
        for (String name : record.ownMembers()) {
            Object value = record.get(name);
            ListValue list = value instanceof ColumnValue ? null : Call.asList(value);
            if (!(value instanceof ColumnValue) && list == null) {
                throw new MesoException(
                        ErrorCode.WRONG_TYPE, "the column '" + name + "' of a table must be a list or column");
            }
            columns.put(
                    name,
                    value instanceof ColumnValue column
                            ? column.column()
                            : named(name, () -> ColumnValue.of(list).column()));
        }
        return Table.of(columns);
    }

    private static Column named(String name, java.util.function.Supplier<Column> made) {
        try {
            return made.get();
        } catch (MesoException e) {
            List<String> notes = new ArrayList<>(e.notes());
            notes.add("in the column '" + name + "'");
            throw new MesoException(e.code(), e.getMessage(), notes.toArray(String[]::new));
        }
    }

    /** Runs {@code work}; its mistakes point at the argument. */
    static <T> T at(Call call, int index, java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (ArgumentException e) {
            throw e;
        } catch (MesoException e) {
            if (e.code() == ErrorCode.CANCELLED) {
                throw e;
            }
            throw new ArgumentException(
                    e.code(), index, e.getMessage(), e.notes().toArray(String[]::new));
        }
    }

    /** How a value came about, as far as it knows. */
    static Provenance provenance(Object value) {
        return value instanceof MesoValue meso && meso.provenance() instanceof Provenance p ? p : Provenance.LITERAL;
    }
}
