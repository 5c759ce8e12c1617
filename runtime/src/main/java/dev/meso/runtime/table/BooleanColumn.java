package dev.meso.runtime.table;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.util.Objects;

/** True or false; as a filter, missing counts as false. */
public final class BooleanColumn implements Column {
    private final boolean[] values;
    private final Mask missing;

    BooleanColumn(boolean[] values, Mask missing) {
        this.values = values;
        this.missing = missing;
    }

    /** Takes the array over: the caller must not write to it again. */
    public static BooleanColumn of(boolean... values) {
        return new BooleanColumn(values, Mask.NONE);
    }

    /** Takes both arrays over; bit {@code i % 64} of word {@code i / 64} set means that row i is missing; null for none. */
    public static BooleanColumn of(boolean[] values, long[] missing) {
        return new BooleanColumn(values, missing == null ? Mask.NONE : Mask.of(missing));
    }

    /** False where missing. */
    public boolean get(int row) {
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
    public BooleanColumn select(int[] rows) {
        boolean[] chosen = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            chosen[i] = values[rows[i]];
        }
        return new BooleanColumn(chosen, missing.select(rows));
    }

    @Override
    public String type() {
        return "boolean";
    }

    @Override
    public int compare(int row, int otherRow) {
        return Boolean.compare(values[row], values[otherRow]);
    }

    /** How many are true. */
    public int count() {
        int n = 0;
        for (boolean v : values) {
            n += v ? 1 : 0;
        }
        return n;
    }

    /** The rows that are true, ascending. */
    public int[] rows() {
        int[] rows = new int[count()];
        for (int i = 0, k = 0; k < rows.length; i++) {
            if (values[i]) {
                rows[k++] = i;
            }
        }
        return rows;
    }

    /** Missing stays missing. */
    public BooleanColumn not() {
        boolean[] flipped = new boolean[values.length];
        for (int i = 0; i < flipped.length; i++) {
            flipped[i] = !values[i] && !missing.get(i);
        }
        return new BooleanColumn(flipped, missing);
    }

    /** False where either is false, else missing where either is missing. */
    public BooleanColumn and(BooleanColumn other) {
        requireSameSize(other);
        boolean[] both = new boolean[values.length];
        for (int i = 0; i < both.length; i++) {
            both[i] = values[i] && other.values[i];
        }
        return new BooleanColumn(
                both, unknown(other, i -> (missing.get(i) || values[i]) && (other.missing.get(i) || other.values[i])));
    }

    /** True where either is true, else missing where either is missing. */
    public BooleanColumn or(BooleanColumn other) {
        requireSameSize(other);
        boolean[] either = new boolean[values.length];
        for (int i = 0; i < either.length; i++) {
            either[i] = values[i] || other.values[i];
        }
        return new BooleanColumn(either, unknown(other, i -> !either[i]));
    }

    private Mask unknown(BooleanColumn other, java.util.function.IntPredicate undecided) {
        if (missing.none() && other.missing.none()) {
            return Mask.NONE;
        }
        return Mask.where(values.length, i -> (missing.get(i) || other.missing.get(i)) && undecided.test(i));
    }

    private void requireSameSize(BooleanColumn other) {
        if (values.length != other.values.length) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH,
                    "columns of " + values.length + " and " + other.values.length + " rows do not go together");
        }
    }
}
