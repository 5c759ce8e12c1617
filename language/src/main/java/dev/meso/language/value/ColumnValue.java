package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A column of a table, or what was calculated from columns. A missing value reads as none. */
public final class ColumnValue extends MesoValue {
    private static final int SHOWN = 20;

    private final Column column;
    private final Connectome graph;

    public ColumnValue(Column column) {
        this(column, null);
    }

    /** @param graph the graph whose neurons the rows stand for, all of them in their order; else null */
    public ColumnValue(Column column, Connectome graph) {
        this.column = column;
        this.graph = graph;
    }

    /** The graph whose neurons the rows stand for, or null where nothing is known of them. */
    public Connectome graph() {
        return graph;
    }

    public Column column() {
        return column;
    }

    /** The unit of its numbers; {@link Unit#ONE} where there is none. */
    public Unit unit() {
        return column instanceof NumberColumn numbers ? numbers.unit() : Unit.ONE;
    }

    /** Row {@code row} of a column as a value: none where missing, a quantity where the column has a unit. */
    public static Object value(Column column, int row) {
        Object value = column.value(row);
        if (value == null) {
            return NoneValue.NONE;
        }
        if (column instanceof NumberColumn numbers && !numbers.unit().isOne()) {
            return new QuantityValue(numbers.number(row), numbers.unit());
        }
        return value;
    }

    @Override
    public long size() {
        return column.size();
    }

    @Override
    public Object element(long index) {
        return value(column, (int) index);
    }

    ColumnValue slice(int from, int to) {
        int[] rows = new int[to - from];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = from + i;
        }
        return new ColumnValue(column.select(rows));
    }

    /** These values as a column, in this column's unit. */
    ColumnValue of(Object[] items) {
        List<Object> plain = new ArrayList<>(items.length);
        for (Object item : items) {
            plain.add(
                    item == NoneValue.NONE
                            ? null
                            : item instanceof QuantityValue q
                                    ? (Object) q.quantity().in(unit())
                                    : item);
        }
        Column made = Column.of(plain);
        return new ColumnValue(made instanceof NumberColumn numbers ? numbers.withUnit(unit()) : made);
    }

    /** Any list as a column; quantities must agree in dimension and take the first one's unit. */
    @TruffleBoundary
    public static ColumnValue of(ListValue list) {
        Unit unit = Unit.ONE;
        for (int i = 0; i < list.length() && unit.isOne(); i++) {
            unit = list.get(i) instanceof QuantityValue q ? q.unit() : unit;
        }
        return new ColumnValue(dev.meso.runtime.table.DoubleColumn.of().withUnit(unit)).of(list.toArray());
    }

    @Override
    public String kind() {
        return "column";
    }

    @Override
    @TruffleBoundary
    public String text() {
        StringBuilder text = new StringBuilder("[");
        int n = column.size();
        for (int i = 0; i < n; i++) {
            if (n > SHOWN && i == SHOWN / 2) {
                text.append(", … ").append(n - SHOWN / 2).append(" more");
                break;
            }
            Object value = column.value(i);
            text.append(i == 0 ? "" : ", ").append(value == null ? "none" : Display.shortText(value));
        }
        return text.append(']')
                .append(unit().isOne() ? "" : " " + unit().symbol())
                .toString();
    }

    @Override
    public Members members() {
        return Table.MEMBERS;
    }

    @Override
    @TruffleBoundary
    public boolean equals(Object other) {
        if (!(other instanceof ColumnValue c) || c.size() != size()) {
            return false;
        }
        for (int i = 0; i < size(); i++) {
            if (!Values.equal(element(i), c.element(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new int[] {column.size()});
    }

    private static final class Table {
        static final Members MEMBERS = Members.of(ColumnValue.class)
                .property("length", Kind.INTEGER, "the number of rows", ColumnValue::size)
                .property("missing", Kind.INTEGER, "how many values are missing", c ->
                        (long) c.column().missingCount())
                .property("type", Kind.TEXT, "integer, number, boolean or text", c -> c.column()
                        .type())
                .property(
                        "unit",
                        Kind.UNIT,
                        "the unit, none where there is none",
                        c -> c.unit().isOne() ? NoneValue.NONE : new UnitValue(c.unit()))
                .property("list", Kind.LIST, "the values as a list", c -> {
                    Object[] items = new Object[Math.toIntExact(c.size())];
                    for (int i = 0; i < items.length; i++) {
                        items[i] = c.element(i);
                    }
                    return ListValue.of(items);
                })
                .end();
    }
}
