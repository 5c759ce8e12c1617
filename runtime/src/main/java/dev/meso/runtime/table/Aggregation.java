package dev.meso.runtime.table;

import java.util.function.Function;

/**
 * One column of a grouped table.
 *
 * @param name of the new column
 * @param column the column it summarizes; empty for the number of rows
 * @param summary gives a Long, Double, Boolean, String or null (missing) for the rows of one group; a number is in the
 *     unit of the column where {@code keepsUnit}
 * @param keepsUnit whether the result is in the unit of the column
 */
public record Aggregation(String name, String column, Function<Column, Object> summary, boolean keepsUnit) {
    /** The number of rows of each group. */
    public static Aggregation count(String name) {
        return new Aggregation(name, "", c -> (long) c.size(), false);
    }

    /** A summary in the unit of the column, such as {@code Aggregates::mean}. */
    public static Aggregation of(String name, String column, Function<NumberColumn, Object> summary) {
        return new Aggregation(name, column, c -> summary.apply(Table.numbers(column, c)), true);
    }
}
