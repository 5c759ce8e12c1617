package dev.meso.runtime.table;

import dev.meso.runtime.unit.Unit;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;

/** Doubles. */
public final class DoubleColumn implements NumberColumn {
    private final double[] values;
    private final Mask missing;
    private final Unit unit;

    DoubleColumn(double[] values, Mask missing, Unit unit) {
        this.values = values;
        this.missing = missing;
        this.unit = unit;
    }

    /** Takes the array over: the caller must not write to it again. */
    public static DoubleColumn of(double... values) {
        return new DoubleColumn(values, Mask.NONE, Unit.ONE);
    }

    /** Takes both arrays over; bit {@code i % 64} of word {@code i / 64} set means that row i is missing; null for none. */
    public static DoubleColumn of(double[] values, long[] missing, Unit unit) {
        return new DoubleColumn(values, missing == null ? Mask.NONE : Mask.of(missing), unit);
    }

    /** {@code f} of each number (a plain number is the result); missing stays missing. */
    public static DoubleColumn map(NumberColumn column, DoubleUnaryOperator f) {
        double[] mapped = new double[column.size()];
        for (int i = 0; i < mapped.length; i++) {
            mapped[i] = column.missing(i) ? 0 : f.applyAsDouble(column.number(i));
        }
        return new DoubleColumn(mapped, Elementwise.maskOf(column), Unit.ONE);
    }

    /** The column's own array, not to be written to; 0 where missing. */
    public double[] array() {
        return values;
    }

    public double get(int row) {
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
    public DoubleColumn withUnit(Unit newUnit) {
        return new DoubleColumn(values, missing, newUnit);
    }

    @Override
    public DoubleColumn select(int[] rows) {
        double[] chosen = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            chosen[i] = values[rows[i]];
        }
        return new DoubleColumn(chosen, missing.select(rows), unit);
    }

    @Override
    public String type() {
        return "number";
    }

    @Override
    public int compare(int row, int otherRow) {
        // Double.compare tells -0.0 from 0.0; users do not.
        double a = values[row];
        double b = values[otherRow];
        return a < b ? -1 : a > b ? 1 : a == b ? 0 : Boolean.compare(Double.isNaN(a), Double.isNaN(b));
    }
}
