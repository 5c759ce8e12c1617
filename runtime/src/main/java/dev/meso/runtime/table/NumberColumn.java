package dev.meso.runtime.table;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.unit.Unit;

/** A column of integers or doubles, in a unit ({@link Unit#ONE} for plain numbers). */
public sealed interface NumberColumn extends Column permits LongColumn, DoubleColumn {
    Unit unit();

    /** The same numbers said to be in another unit; nothing is converted. */
    NumberColumn withUnit(Unit unit);

    /** The number of a row that is not missing; integers beyond 2^53 round. */
    double number(int row);

    @Override
    NumberColumn select(int[] rows);

    /**
     * The numbers that are not missing, in row order.
     *
     * @param use what they are needed for, as in "the mean"
     * @throws MesoException NOT_A_NUMBER where some are NaN, with their count and first rows
     */
    default double[] numbers(String use) {
        requireNumbers(use);
        double[] present = new double[size() - missingCount()];
        for (int i = 0, k = 0; k < present.length; i++) {
            if (!missing(i)) {
                present[k++] = number(i);
            }
        }
        return present;
    }

    /** @throws MesoException NOT_A_NUMBER where some are NaN, with their count and first rows */
    default void requireNumbers(String use) {
        if (this instanceof LongColumn) {
            return;
        }
        int bad = 0;
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < size(); i++) {
            if (!missing(i) && Double.isNaN(number(i))) {
                if (bad < 3) {
                    rows.append(bad == 0 ? "" : ", ").append(i);
                }
                bad++;
            }
        }
        if (bad > 0) {
            throw new MesoException(
                    ErrorCode.NOT_A_NUMBER,
                    use + " needs numbers, but " + bad + " of " + size() + (bad == 1 ? " is NaN" : " are NaN"),
                    (bad == 1 ? "row " : "the first in rows ") + rows + " (counted from 0)",
                    "keep the rows that are numbers with where(r => not is_nan(r.x))");
        }
    }
}
