package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.table.Table;

/** One row of a table, as a record of its columns. Made without copying. */
public final class RowValue extends MesoValue {
    private final Table table;
    private final int row;
    private final RecordingValue recording;

    public RowValue(Table table, int row) {
        this(table, row, null);
    }

    /** @param recording that the row is of, or null */
    RowValue(Table table, int row, RecordingValue recording) {
        this.table = table;
        this.row = row;
        this.recording = recording;
    }

    public Table table() {
        return table;
    }

    public int row() {
        return row;
    }

    /** The recording this is a row of; null for a row of a table. */
    public RecordingValue recording() {
        return recording;
    }

    @Override
    @TruffleBoundary
    public Object ownMember(String name) {
        return table.finds(name) ? ColumnValue.value(table.column(name), row) : null;
    }

    @Override
    @TruffleBoundary
    public String[] ownMembers() {
        return table.names().toArray(new String[0]);
    }

    @Override
    @TruffleBoundary
    public MesoException noMember(String name) {
        return TableValue.noColumn(table, name);
    }

    /** A record of its own. */
    public RecordValue record() {
        Object[] values = new Object[table.names().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = ColumnValue.value(table.column(i), row);
        }
        return new RecordValue(new RecordShape(ownMembers()), values);
    }

    @Override
    public String kind() {
        return "row";
    }

    @Override
    @TruffleBoundary
    public String text() {
        return record().text();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowValue r && record().equals(r.record());
    }

    @Override
    public int hashCode() {
        return record().hashCode();
    }
}
