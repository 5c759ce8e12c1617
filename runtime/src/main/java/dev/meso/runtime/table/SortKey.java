package dev.meso.runtime.table;

/** A column to sort by. Missing values come last either way. */
public record SortKey(String column, boolean descending) {
    public static SortKey ascending(String column) {
        return new SortKey(column, false);
    }

    public static SortKey descending(String column) {
        return new SortKey(column, true);
    }
}
