package dev.meso.runtime.table;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of values of one type, some of which may be missing. Immutable; rows count from 0. At most 2^31 - 9 rows.
 *
 * <p>Missing means that nothing was recorded; NaN is a number that went wrong (or that a file says is NaN). Arithmetic and
 * comparisons with a missing value are missing; aggregates leave missing values out and refuse NaN.
 */
public sealed interface Column permits NumberColumn, BooleanColumn, TextColumn {
    int size();

    boolean missing(int row);

    int missingCount();

    /** Long, Double, Boolean or String; null where missing. */
    Object value(int row);

    /** These rows in this order; a row may occur several times. */
    Column select(int[] rows);

    /** These rows in this order; -1 gives a missing value. */
    default Column selectOrMissing(int[] rows) {
        return Columns.selectOrMissing(this, rows);
    }

    /** What users call the type: "integer", "number", "boolean" or "text". */
    String type();

    /**
     * The order used for sorting: numbers by size (NaN after all others), false before true, text by code point. Missing
     * values are not compared here.
     */
    int compare(int row, int otherRow);

    /**
     * A column of these values: all integers, all numbers (integers among them become doubles), all booleans or all text;
     * null is missing. A column of nothing but nulls is text.
     *
     * @throws MesoException WRONG_TYPE where types are mixed, naming the first row that differs
     */
    static Column of(List<?> values) {
        Class<?> type = null;
        for (int i = 0; i < values.size(); i++) {
            Object v = values.get(i);
            if (v == null) {
                continue;
            }
            Class<?> t = v instanceof Integer ? Long.class : v.getClass();
            if (type == null) {
                type = t;
            } else if (type != t) {
                if (!Number.class.isAssignableFrom(type) || !Number.class.isAssignableFrom(t)) {
                    throw new MesoException(
                            ErrorCode.WRONG_TYPE,
                            "a column holds values of one type, but row " + i + " is " + describe(v) + " after "
                                    + describe(type));
                }
                type = Double.class;
            }
        }
        Object[] all = new ArrayList<>(values).toArray();
        Mask missing = Mask.where(all.length, i -> all[i] == null);
        if (type == Long.class) {
            long[] numbers = new long[all.length];
            for (int i = 0; i < all.length; i++) {
                numbers[i] = all[i] == null ? 0 : ((Number) all[i]).longValue();
            }
            return new LongColumn(numbers, missing, Unit.ONE);
        }
        if (type == Double.class) {
            double[] numbers = new double[all.length];
            for (int i = 0; i < all.length; i++) {
                numbers[i] = all[i] == null ? 0 : ((Number) all[i]).doubleValue();
            }
            return new DoubleColumn(numbers, missing, Unit.ONE);
        }
        if (type == Boolean.class) {
            boolean[] flags = new boolean[all.length];
            for (int i = 0; i < all.length; i++) {
                flags[i] = all[i] != null && (Boolean) all[i];
            }
            return new BooleanColumn(flags, missing);
        }
        if (type != null && type != String.class) {
            throw new MesoException(
                    ErrorCode.WRONG_TYPE,
                    "a column holds numbers, text, or true and false; row " + firstOther(all) + " is something else",
                    "a list holds anything: map(list(column), f) gives a list");
        }
        String[] texts = new String[all.length];
        for (int i = 0; i < all.length; i++) {
            texts[i] = (String) all[i];
        }
        return TextColumn.of(texts);
    }

    private static int firstOther(Object[] values) {
        int row = 0;
        while (values[row] == null) {
            row++;
        }
        return row;
    }

    private static String describe(Object valueOrType) {
        Class<?> type = valueOrType instanceof Class<?> c ? c : valueOrType.getClass();
        return type == Long.class || type == Integer.class
                ? "an integer"
                : type == Double.class
                        ? "a number"
                        : type == Boolean.class ? "a boolean" : type == String.class ? "text" : "something else";
    }
}
