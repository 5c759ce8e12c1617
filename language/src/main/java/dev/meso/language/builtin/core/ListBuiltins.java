package dev.meso.language.builtin.core;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.CallableValue;
import dev.meso.language.value.ColumnValue;
import dev.meso.language.value.Foreign;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.MesoValue;
import dev.meso.language.value.NoneValue;
import dev.meso.language.value.Operators;
import dev.meso.language.value.RecordValue;
import dev.meso.language.value.TableValue;
import dev.meso.language.value.Values;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Functions of lists, ranges, columns and records. */
public final class ListBuiltins {
    private static final String GROUP = "lists";

    private ListBuiltins() {}

    public static List<Builtin> all() {
        List<Builtin> all = new ArrayList<>();
        all.addAll(questions());
        all.addAll(transformations());
        all.addAll(makers());
        all.addAll(records());
        return all;
    }

    private static Builtin.Builder named(String name, String about) {
        return Builtin.named(name).group(GROUP).about(about);
    }

    private static List<Builtin> questions() {
        return List.of(
                named("len", "The number of items, rows, fields or characters.")
                        .parameter("x", Kind.ANY, "a list, range, column, table, record or text")
                        .returns(Kind.INTEGER, "the number")
                        .runs(ListBuiltins::length),
                named("count", "How many items there are, or for how many the condition holds; of a table its rows.")
                        .parameter("xs", Kind.ANY, "a list, range, column or table")
                        .optional("condition", Kind.FUNCTION, "from an item to true or false")
                        .returns(Kind.INTEGER, "the number")
                        .runs(ListBuiltins::count),
                named("any", "Whether the condition holds for at least one item.")
                        .parameter("xs", Kind.ANY, "a list or column")
                        .optional("condition", Kind.FUNCTION, "needed unless the items are true or false themselves")
                        .returns(Kind.BOOLEAN, "false of no items")
                        .runs(call -> decides(call, true)),
                named("all", "Whether the condition holds for every item.")
                        .parameter("xs", Kind.ANY, "a list or column")
                        .optional("condition", Kind.FUNCTION, "needed unless the items are true or false themselves")
                        .returns(Kind.BOOLEAN, "true of no items")
                        .runs(call -> !decides(call, false)));
    }

    private static Object length(Call call) {
        Object x = call.argument(0);
        if (x instanceof String text) {
            return (long) text.codePointCount(0, text.length());
        } else if (x instanceof RecordValue record) {
            return (long) record.shape().size();
        } else if (x instanceof MesoValue value && value.size() >= 0) {
            return value.size();
        }
        ListValue foreign = Foreign.is(x) ? Foreign.list(x) : null;
        if (foreign == null) {
            throw call.wrong(0, "a list, range, column, table, record or text");
        }
        return (long) foreign.length();
    }

    private static Object count(Call call) {
        if (!call.given(1)) {
            return length(call);
        }
        CallableValue condition = call.function(1);
        long count = 0;
        for (Object item : call.list(0).toArray()) {
            count += call.holds(condition, item) ? 1 : 0;
        }
        return count;
    }

    /** Whether some item's condition is {@code sought}. */
    private static boolean decides(Call call, boolean sought) {
        CallableValue condition = call.given(1) ? call.function(1) : null;
        for (Object item : call.list(0).toArray()) {
            boolean holds;
            if (condition != null) {
                holds = call.holds(condition, item);
            } else if (item instanceof Boolean truth) {
                holds = truth;
            } else {
                throw call.bad(0, "holds " + Values.describe(item), "give a condition: `any(xs, x => x > 0)`");
            }
            if (holds == sought) {
                return true;
            }
        }
        return false;
    }

    private static List<Builtin> transformations() {
        return List.of(
                named("map", "The function of each item.")
                        .parameter("xs", Kind.ANY, "a list, range, column or table")
                        .parameter("f", Kind.FUNCTION, "from an item to a value")
                        .returns(Kind.ANY, "a list; of a column a column")
                        .runs(ListBuiltins::map),
                named("filter", "The items for which the condition holds.")
                        .parameter("xs", Kind.ANY, "a list, range, column or table")
                        .parameter("condition", Kind.FUNCTION, "from an item to true or false")
                        .returns(Kind.ANY, "of the same kind")
                        .runs(ListBuiltins::filter),
                named("reduce", "Joins the items from the left: f(f(f(start, x0), x1), x2).")
                        .parameter("xs", Kind.ANY, "a list, range or column")
                        .parameter("f", Kind.FUNCTION, "from what was joined and an item to what is joined")
                        .optional("start", Kind.ANY, "the first item by default")
                        .runs(ListBuiltins::reduce),
                named(
                                "sort",
                                "The items in order: numbers by size, text by code point; of a table the rows, by columns.")
                        .parameter("xs", Kind.ANY, "a list, range, column or table")
                        .optional(
                                "by",
                                Kind.ANY,
                                "a function from an item to what is compared; of a table, a column's name")
                        .optional("descending", Kind.BOOLEAN, "greatest first")
                        .runs(ListBuiltins::sort),
                named("reverse", "The items from the last to the first.")
                        .parameter("xs", Kind.ANY, "a list, range or column")
                        .runs(call -> like(call, reversed(call.list(0).toArray()))),
                named("unique", "The different items, each where it comes first.")
                        .parameter("xs", Kind.ANY, "a list, range or column")
                        .runs(call -> like(call, unique(call.list(0).toArray()))),
                named("zip", "Lists of the first items, of the second items, …, as long as the shortest.")
                        .rest("lists", Kind.ANY, "lists")
                        .returns(Kind.LIST, "a list of lists")
                        .runs(ListBuiltins::zip),
                named("enumerate", "A list [index, item] for each item.")
                        .parameter("xs", Kind.ANY, "a list, range or column")
                        .returns(Kind.LIST, "a list of lists")
                        .runs(call -> enumerate(call.list(0))));
    }

    /** A list, or a column where the argument was one. */
    private static Object like(Call call, Object[] items) {
        ListValue list = ListValue.of(items);
        return call.argument(0) instanceof ColumnValue ? ColumnValue.of(list) : list;
    }

    private static Object map(Call call) {
        CallableValue f = call.function(1);
        Object[] items = call.list(0).toArray();
        for (int i = 0; i < items.length; i++) {
            items[i] = f.call(items[i]);
        }
        return like(call, items);
    }

    private static Object filter(Call call) {
        CallableValue condition = call.function(1);
        Object[] items = call.list(0).toArray();
        boolean[] kept = new boolean[items.length];
        int n = 0;
        for (int i = 0; i < items.length; i++) {
            kept[i] = call.holds(condition, items[i]);
            n += kept[i] ? 1 : 0;
        }
        long[] rows = new long[n];
        Object[] chosen = new Object[n];
        int next = 0;
        for (int i = 0; i < items.length; i++) {
            if (kept[i]) {
                rows[next] = i;
                chosen[next++] = items[i];
            }
        }
        return call.argument(0) instanceof TableValue || call.argument(0) instanceof ColumnValue
                ? Operators.index(call.argument(0), ListValue.of(rows))
                : ListValue.of(chosen);
    }

    private static Object reduce(Call call) {
        CallableValue f = call.function(1);
        Object[] items = call.list(0).toArray();
        if (items.length == 0 && !call.given(2)) {
            throw call.bad(0, "is empty", "give a `start`");
        }
        Object joined = call.given(2) ? call.argument(2) : items[0];
        for (int i = call.given(2) ? 0 : 1; i < items.length; i++) {
            joined = f.call(joined, items[i]);
        }
        return joined;
    }

    private static Object sort(Call call) {
        boolean descending = call.truth("descending", false);
        if (call.argument(0) instanceof TableValue table && call.given(1) && call.argument(1) instanceof String by) {
            return new TableValue(
                    table.table().sort(List.of(new dev.meso.runtime.table.SortKey(by, descending))),
                    table.provenance());
        }
        Object[] items = call.list(0).toArray();
        Object[] keys = items;
        if (call.given(1)) {
            CallableValue by = call.function(1);
            keys = new Object[items.length];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = by.call(items[i]);
            }
        }
        Object[] compared = keys;
        Integer[] order = new Integer[items.length];
        Arrays.setAll(order, i -> i);
        Comparator<Integer> byKey = (i, j) -> Operators.order(compared[i], compared[j]);
        Arrays.sort(order, descending ? byKey.reversed() : byKey);
        long[] rows = new long[order.length];
        Arrays.setAll(rows, i -> order[i]);
        return Operators.index(
                call.argument(0) instanceof MesoValue ? call.argument(0) : ListValue.of(items), ListValue.of(rows));
    }

    private static Object[] reversed(Object[] items) {
        for (int i = 0; i < items.length / 2; i++) {
            Object swap = items[i];
            items[i] = items[items.length - 1 - i];
            items[items.length - 1 - i] = swap;
        }
        return items;
    }

    /** Equal as {@code ==} has it: 1 and 1.0 are one item. */
    private record Item(Object value) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Item item && Values.equal(value, item.value);
        }

        @Override
        public int hashCode() {
            return Values.hash(value);
        }
    }

    private static Object[] unique(Object[] items) {
        Set<Item> seen = new LinkedHashSet<>();
        for (Object item : items) {
            seen.add(new Item(item));
        }
        return seen.stream().map(Item::value).toArray();
    }

    private static Object zip(Call call) {
        Object[] arguments = call.rest(0);
        ListValue[] lists = new ListValue[arguments.length];
        int shortest = arguments.length == 0 ? 0 : Integer.MAX_VALUE;
        for (int i = 0; i < lists.length; i++) {
            lists[i] = Call.asList(arguments[i]);
            if (lists[i] == null) {
                throw new MesoException(
                        ErrorCode.WRONG_TYPE, "`zip` needs lists, not " + Values.describe(arguments[i]));
            }
            shortest = Math.min(shortest, lists[i].length());
        }
        Object[] rows = new Object[shortest];
        for (int r = 0; r < shortest; r++) {
            Object[] row = new Object[lists.length];
            for (int i = 0; i < row.length; i++) {
                row[i] = lists[i].get(r);
            }
            rows[r] = ListValue.of(row);
        }
        return ListValue.of(rows);
    }

    private static Object enumerate(ListValue list) {
        Object[] pairs = new Object[list.length()];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = ListValue.of(new Object[] {(long) i, list.get(i)});
        }
        return ListValue.of(pairs);
    }

    private static List<Builtin> makers() {
        return List.of(
                named("concat", "The items of all lists, one list after the other.")
                        .rest("lists", Kind.ANY, "lists")
                        .returns(Kind.LIST, "one list")
                        .runs(ListBuiltins::concat),
                named("append", "A list with one more item at its end.")
                        .parameter("xs", Kind.LIST, "the list")
                        .parameter("item", Kind.ANY, "the item")
                        .returns(Kind.LIST, "a new list; cost is its length")
                        .runs(call -> {
                            Object[] items = call.list(0).toArray();
                            Object[] more = Arrays.copyOf(items, items.length + 1);
                            more[items.length] = call.argument(1);
                            return ListValue.of(more);
                        }),
                named("list", "The items of a range, column, table or foreign array as a list.")
                        .parameter("xs", Kind.ANY, "what has items")
                        .returns(Kind.LIST, "the list")
                        .runs(call -> call.list(0)),
                named("column", "A list as a column, for arithmetic item by item; none is missing.")
                        .parameter("xs", Kind.ANY, "a list or range of one kind of values")
                        .returns(Kind.COLUMN, "the column")
                        .runs(call -> call.column(0)),
                named("repeat", "A list of n times the same value; a text repeated n times.")
                        .parameter("x", Kind.ANY, "the value")
                        .parameter("n", Kind.INTEGER, "how often")
                        .runs(ListBuiltins::repeat));
    }

    private static Object repeat(Call call) {
        int n = (int) call.integer(1, 0, Integer.MAX_VALUE);
        if (call.argument(0) instanceof String text) {
            return text.repeat(n);
        }
        Object[] items = new Object[n];
        Arrays.fill(items, call.argument(0));
        return ListValue.of(items);
    }

    private static Object concat(Call call) {
        List<Object> items = new ArrayList<>();
        for (Object argument : call.rest(0)) {
            ListValue list = Call.asList(argument);
            if (list == null) {
                throw new MesoException(ErrorCode.WRONG_TYPE, "`concat` needs lists, not " + Values.describe(argument));
            }
            items.addAll(Arrays.asList(list.toArray()));
        }
        return ListValue.of(items);
    }

    private static List<Builtin> records() {
        return List.of(
                named("keys", "The names of a record's fields, in order.")
                        .parameter("record", Kind.RECORD, "the record")
                        .returns(Kind.LIST, "text")
                        .runs(call -> {
                            RecordValue record = call.record(0);
                            Object[] names = new Object[record.shape().size()];
                            Arrays.setAll(names, i -> record.shape().name(i));
                            return ListValue.of(names);
                        }),
                named("values", "The values of a record's fields, in order.")
                        .parameter("record", Kind.RECORD, "the record")
                        .returns(Kind.LIST, "the values")
                        .runs(call -> {
                            RecordValue record = call.record(0);
                            Object[] values = new Object[record.shape().size()];
                            Arrays.setAll(values, record::value);
                            return ListValue.of(values);
                        }),
                named("merge", "A record with the fields of both; where a name is in both, the second one's value.")
                        .parameter("a", Kind.RECORD, "a record")
                        .parameter("b", Kind.RECORD, "another")
                        .returns(Kind.RECORD, "a new record")
                        .runs(call -> {
                            Map<String, Object> fields = new LinkedHashMap<>();
                            for (int side = 0; side < 2; side++) {
                                RecordValue record = call.record(side);
                                for (int i = 0; i < record.shape().size(); i++) {
                                    fields.put(record.shape().name(i), record.value(i));
                                }
                            }
                            return RecordValue.of(fields);
                        }),
                named("is_none", "Whether a value is absent; of a column, row by row.")
                        .parameter("x", Kind.ANY, "any value")
                        .returns(Kind.ANY, "true or false")
                        .runs(ListBuiltins::isNone));
    }

    private static Object isNone(Call call) {
        if (call.argument(0) instanceof ColumnValue column) {
            Object[] rows = new Object[Math.toIntExact(column.size())];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = column.column().missing(i);
            }
            return ColumnValue.of(ListValue.of(rows));
        }
        return call.argument(0) == NoneValue.NONE;
    }
}
