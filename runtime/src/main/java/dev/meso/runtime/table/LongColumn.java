package dev.meso.runtime.table;

import dev.meso.runtime.unit.Unit;
import java.util.Objects;

/** Integers of 64 bits. */
public final class LongColumn implements NumberColumn {
    private final long[] values;
    private final Mask missing;
    private final Unit unit;

    LongColumn(long[] values, Mask missing, Unit unit) {
        this.values = values;
        this.missing = missing;
        this.unit = unit;
    }

    /** Takes the array over: the caller must not write to it again. */
    public static LongColumn of(long... values) {
        return new LongColumn(values, Mask.NONE, Unit.ONE);
    }

    /** Takes both arrays over; bit {@code i % 64} of word {@code i / 64} set means that row i is missing; null for none. */
    public static LongColumn of(long[] values, long[] missing, Unit unit) {
        return new LongColumn(values, missing == null ? Mask.NONE : Mask.of(missing), unit);
    }

    /** 0, 1, … {@code size - 1}. */
    public static LongColumn range(int size) {
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
            values[i] = i;
        }
        return of(values);
    }

    /** The values as longs. */
    public static LongColumn of(int[] values) {
        long[] wide = new long[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return of(wide);
    }

    /** The column's own array, not to be written to; 0 where missing. */
    public long[] array() {
        return values;
    }

    public long get(int row) {
        return values[row];
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public boolean missing(int row) {
        return missing.get(row);
    }

    @Override
    public int missingCount() {
        return missing.count();
    }

    Mask mask() {
        return missing;
    }

    @Override
    public Object value(int row) {
        return missing.get(Objects.checkIndex(row, values.length)) ? null : (Object) values[row];
    }

    @Override
    public double number(int row) {
        return values[row];
    }

    @Override
    public Unit unit() {
        return unit;
    }

    @Override
    public LongColumn withUnit(Unit newUnit) {
        return new LongColumn(values, missing, newUnit);
    }

    @Override
    public LongColumn select(int[] rows) {
        long[] chosen = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            chosen[i] = values[rows[i]];
        }
        return new LongColumn(chosen, missing.select(rows), unit);
    }

    @Override
    public String type() {
        return "integer";
    }

    @Override
    public int compare(int row, int otherRow) {
        return Long.compare(values[row], values[otherRow]);
    }
}
