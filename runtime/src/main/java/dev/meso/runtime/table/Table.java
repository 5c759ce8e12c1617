package dev.meso.runtime.table;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.error.Suggest;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Named columns of equal length in a fixed order. Immutable; operations share the columns they do not change. */
public final class Table {
    /** No columns and no rows. */
    public static final Table EMPTY = new Table(List.of(), List.of(), 0);

    private static final int NAMES_SHOWN = 40;

    private final List<String> names;
    private final List<Column> columns;
    private final Map<String, Integer> places;
    private final Map<String, String> otherNames;
    private final int rows;

    private Table(List<String> names, List<Column> columns, int rows) {
        this(names, columns, rows, Map.of());
    }

    private Table(List<String> names, List<Column> columns, int rows, Map<String, String> otherNames) {
        this.otherNames = otherNames;
        this.names = List.copyOf(names);
        this.columns = List.copyOf(columns);
        this.rows = rows;
        this.places = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            if (places.put(names.get(i), i) != null) {
                throw new MesoException(ErrorCode.MALFORMED_TABLE, "two columns have the name '" + names.get(i) + "'");
            }
            if (columns.get(i).size() != rows) {
                throw new MesoException(
                        ErrorCode.WRONG_LENGTH,
                        "column '" + names.get(i) + "' has " + columns.get(i).size() + " rows where the others have "
                                + rows);
            }
        }
    }

    /** @throws MesoException MALFORMED_TABLE for a name that occurs twice, WRONG_LENGTH for columns of unequal length */
    public static Table of(List<String> names, List<? extends Column> columns) {
        return new Table(
                names,
                List.copyOf(columns),
                columns.isEmpty() ? 0 : columns.get(0).size());
    }

    public static Table of(Map<String, ? extends Column> columns) {
        return of(List.copyOf(columns.keySet()), List.copyOf(columns.values()));
    }

    public static Table of(String name, Column column) {
        return of(List.of(name), List.of(column));
    }

    public static Table of(String name1, Column column1, String name2, Column column2) {
        return of(List.of(name1, name2), List.of(column1, column2));
    }

    public int rows() {
        return rows;
    }

    public List<String> names() {
        return names;
    }

    public List<Column> columns() {
        return columns;
    }

    public boolean has(String name) {
        return places.containsKey(name);
    }

    /** Whether {@link #column(String)} finds a column: under its own name or under another that {@link #alsoCalled} gave it. */
    public boolean finds(String name) {
        return has(name) || otherNames.containsKey(name);
    }

    public Column column(int place) {
        return columns.get(place);
    }

    /** @throws MesoException UNKNOWN_COLUMN with the columns there are and near names */
    public Column column(String name) {
        return columns.get(place(name));
    }

    /** Where the column stands. @throws MesoException UNKNOWN_COLUMN */
    public int place(String name) {
        Integer place = places.get(name);
        if (place == null && otherNames.containsKey(name)) {
            place = places.get(otherNames.get(name));
        }
        if (place == null) {
            throw unknownColumn(name);
        }
        return place;
    }

    /** @throws MesoException UNKNOWN_COLUMN, or WRONG_TYPE where it holds no numbers */
    public NumberColumn numbers(String name) {
        return numbers(name, column(name));
    }

    static NumberColumn numbers(String name, Column column) {
        if (column instanceof NumberColumn numbers) {
            return numbers;
        }
        throw new MesoException(
                ErrorCode.WRONG_TYPE, "column '" + name + "' holds " + column.type() + " where numbers are needed");
    }

    private MesoException unknownColumn(String name) {
        String near = Suggest.didYouMean(name, names);
        List<String> shown = names.size() > NAMES_SHOWN ? names.subList(0, NAMES_SHOWN) : names;
        String listed = names.isEmpty()
                ? "the table has no columns"
                : "the columns are " + String.join(", ", shown)
                        + (names.size() > NAMES_SHOWN ? " and " + (names.size() - NAMES_SHOWN) + " more" : "");
        String message = "there is no column '" + name + "'";
        return near.isEmpty()
                ? new MesoException(ErrorCode.UNKNOWN_COLUMN, message, listed)
                : new MesoException(ErrorCode.UNKNOWN_COLUMN, message, near, listed);
    }

    /** These rows in this order; a row may occur several times. Cost: rows times columns. */
    public Table select(int[] chosen) {
        List<Column> selected = new ArrayList<>(columns.size());
        for (Column c : columns) {
            selected.add(c.select(chosen));
        }
        return new Table(names, selected, chosen.length, otherNames);
    }

    /** The rows where {@code keep} is true; missing counts as false. */
    public Table filter(BooleanColumn keep) {
        if (keep.size() != rows) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH, "a filter of " + keep.size() + " rows for a table of " + rows);
        }
        return keep.count() == rows ? this : select(keep.rows());
    }

    /** The rows for which {@code keep} holds, asked once for each row in order. */
    public Table where(IntPredicate keep) {
        boolean[] kept = new boolean[rows];
        for (int i = 0; i < rows; i++) {
            kept[i] = keep.test(i);
        }
        return filter(BooleanColumn.of(kept));
    }

    /** The first {@code n} rows, all where there are fewer. */
    public Table head(int n) {
        return n >= rows ? this : select(range(0, Math.max(0, n)));
    }

    /** Rows {@code from .. to - 1}. */
    public Table slice(int from, int to) {
        return select(range(from, to));
    }

    private static int[] range(int from, int to) {
        int[] range = new int[to - from];
        for (int i = 0; i < range.length; i++) {
            range[i] = from + i;
        }
        return range;
    }

    /** Sorted by the first key, ties by the next; rows equal in all keys keep their order. Cost: n log n comparisons. */
    public Table sort(List<SortKey> keys) {
        Column[] by = new Column[keys.size()];
        for (int k = 0; k < by.length; k++) {
            by[k] = column(keys.get(k).column());
        }
        Integer[] order = new Integer[rows];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> {
            for (int k = 0; k < by.length; k++) {
                int c = compare(by[k], a, b, keys.get(k).descending());
                if (c != 0) {
                    return c;
                }
            }
            return 0;
        });
        int[] chosen = new int[rows];
        Arrays.setAll(chosen, i -> order[i]);
        return select(chosen);
    }

    public Table sort(String column) {
        return sort(List.of(SortKey.ascending(column)));
    }

    private static int compare(Column column, int a, int b, boolean descending) {
        boolean missingA = column.missing(a);
        boolean missingB = column.missing(b);
        if (missingA || missingB) {
            return Boolean.compare(missingA, missingB);
        }
        return descending ? column.compare(b, a) : column.compare(a, b);
    }

    /**
     * One row for each distinct combination of the keys (missing is a value of its own), in order of first appearance: the
     * keys, then the aggregations.
     */
    public Table group(List<String> keys, List<Aggregation> aggregations) {
        int[][] members = groups(keys);
        int count = members.length;
        int[] first = new int[count];
        for (int g = 0; g < count; g++) {
            first[g] = members[g][0];
        }
        Map<String, Column> result = new LinkedHashMap<>();
        for (String key : keys) {
            result.put(key, column(key).select(first));
        }
        for (Aggregation a : aggregations) {
            Column source = a.column().isEmpty() ? null : column(a.column());
            List<Object> values = new ArrayList<>(count);
            for (int[] rowsOfGroup : members) {
                values.add(a.summary().apply(source == null ? LongColumn.of(rowsOfGroup) : source.select(rowsOfGroup)));
            }
            Column column = Column.of(values);
            if (a.keepsUnit() && column instanceof NumberColumn numbers && source instanceof NumberColumn s) {
                column = s.unit() == Unit.ONE ? numbers : numbers.withUnit(s.unit());
            }
            if (result.put(a.name(), column) != null) {
                throw new MesoException(
                        ErrorCode.MALFORMED_TABLE, "two columns of the result have the name '" + a.name() + "'");
            }
        }
        return new Table(List.copyOf(result.keySet()), List.copyOf(result.values()), count);
    }

    /** The rows of each distinct combination of the keys, in order of first appearance. */
    public int[][] groups(List<String> keys) {
        int[] groups = groupOfRow(keys);
        int count = 0;
        for (int g : groups) {
            count = Math.max(count, g + 1);
        }
        return members(groups, count);
    }

    /** The group of each row, numbered by first appearance. */
    private int[] groupOfRow(List<String> keys) {
        int[] groups = new int[rows];
        Map<List<Object>, Integer> pairs = new HashMap<>();
        for (int k = 0; k < keys.size(); k++) {
            Column column = column(keys.get(k));
            pairs.clear();
            for (int i = 0; i < rows; i++) {
                // Arrays.asList allows null, which stands for a missing key.
                List<Object> pair = Arrays.asList(groups[i], normal(column.value(i)));
                Integer known = pairs.putIfAbsent(pair, pairs.size());
                groups[i] = known == null ? pairs.size() - 1 : known;
            }
        }
        return groups;
    }

    private static Object normal(Object key) {
        return key instanceof Double d && d == 0.0 ? (Object) 0.0 : key;
    }

    private static int[][] members(int[] groups, int count) {
        int[] sizes = new int[count];
        for (int g : groups) {
            sizes[g]++;
        }
        int[][] members = new int[count][];
        Arrays.setAll(members, g -> new int[sizes[g]]);
        Arrays.fill(sizes, 0);
        for (int i = 0; i < groups.length; i++) {
            members[groups[i]][sizes[groups[i]]++] = i;
        }
        return members;
    }

    /** With this column added at the end, or put in the place of the one of that name. */
    public Table with(String name, Column column) {
        List<String> newNames = new ArrayList<>(names);
        List<Column> newColumns = new ArrayList<>(columns);
        Integer place = places.get(name);
        if (place == null) {
            newNames.add(name);
            newColumns.add(column);
        } else {
            newColumns.set(place, column);
        }
        return new Table(newNames, newColumns, columns.isEmpty() ? column.size() : rows);
    }

    /**
     * The same table in which {@code column} is also found under {@code other}, where no column has that name. Names given so are
     * not listed or saved; they stay as long as only rows are chosen or sorted.
     *
     * @throws MesoException UNKNOWN_COLUMN
     */
    public Table alsoCalled(String other, String column) {
        if (has(other)) {
            return this;
        }
        Map<String, String> more = new HashMap<>(otherNames);
        more.put(other, names.get(place(column)));
        return new Table(names, columns, rows, Map.copyOf(more));
    }

    /** Without this column. @throws MesoException UNKNOWN_COLUMN */
    public Table without(String name) {
        int place = place(name);
        List<String> newNames = new ArrayList<>(names);
        List<Column> newColumns = new ArrayList<>(columns);
        newNames.remove(place);
        newColumns.remove(place);
        return new Table(newNames, newColumns, rows);
    }

    /** With a column renamed. @throws MesoException UNKNOWN_COLUMN, MALFORMED_TABLE where the new name exists */
    public Table rename(String from, String to) {
        List<String> newNames = new ArrayList<>(names);
        newNames.set(place(from), to);
        return new Table(newNames, columns, rows);
    }

    /** Only these columns, in this order. @throws MesoException UNKNOWN_COLUMN */
    public Table keep(List<String> wanted) {
        List<Column> kept = new ArrayList<>();
        for (String name : wanted) {
            kept.add(column(name));
        }
        return new Table(wanted, kept, rows);
    }

    /**
     * Each row beside the rows of {@code other} with the same key, in order; missing keys match nothing. Columns of {@code
     * other} whose name exists here get the ending {@code _2}.
     *
     * @param on a column of both tables
     * @param all whether rows without a partner are kept, with missing values (a left join)
     */
    public Table join(Table other, String on, boolean all) {
        Column mine = column(on);
        Column theirs = other.column(on);
        Map<Object, List<Integer>> partners = new HashMap<>();
        for (int j = 0; j < other.rows; j++) {
            if (!theirs.missing(j)) {
                partners.computeIfAbsent(joinKey(theirs.value(j)), k -> new ArrayList<>())
                        .add(j);
            }
        }
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            List<Integer> matches = mine.missing(i) ? null : partners.get(joinKey(mine.value(i)));
            if (matches != null) {
                for (int j : matches) {
                    pairs.add(new int[] {i, j});
                }
            } else if (all) {
                pairs.add(new int[] {i, -1});
            }
        }
        int[] left = pairs.stream().mapToInt(p -> p[0]).toArray();
        int[] right = pairs.stream().mapToInt(p -> p[1]).toArray();
        Map<String, Column> joined = new LinkedHashMap<>();
        for (int c = 0; c < columns.size(); c++) {
            joined.put(names.get(c), columns.get(c).select(left));
        }
        for (int c = 0; c < other.columns.size(); c++) {
            String name = other.names.get(c);
            if (!name.equals(on)) {
                while (joined.containsKey(name)) {
                    name += "_2";
                }
                joined.put(name, other.columns.get(c).selectOrMissing(right));
            }
        }
        return new Table(List.copyOf(joined.keySet()), List.copyOf(joined.values()), left.length);
    }

    /** Integers and doubles of the same value are the same key. */
    private static Object joinKey(Object value) {
        if (value instanceof Double d && d == Math.rint(d) && Math.abs(d) < 1L << 53) {
            return d.longValue();
        }
        return value;
    }

    @Override
    public String toString() {
        return "table of " + rows + " rows: " + String.join(", ", names);
    }
}
