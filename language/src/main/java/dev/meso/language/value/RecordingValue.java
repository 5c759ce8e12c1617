package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.runtime.mesoscale.Rollout;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.unit.Quantity;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A recording of activity or behaviour, or several of them after each other: a table with one row for each moment. Columns named by a
 * neuron of a graph are placed at it; others are kept without a place.
 */
public final class RecordingValue extends MesoValue {
    private final String kind;
    private final Table table;
    private final String time;
    private final List<String> placed;
    private final List<String> unplaced;
    private final int[] begins;
    private final Provenance provenance;
    private Activity activity;
    private Rollout.State origin;

    /** One recording. */
    public RecordingValue(
            String kind, Table table, String time, List<String> placed, List<String> unplaced, Provenance provenance) {
        this(kind, table, time, placed, unplaced, new int[] {0, table.rows()}, provenance);
    }

    /**
     * @param kind "recording" or "behavior"
     * @param table of all columns; that of the times has their unit
     * @param time name of the column of times
     * @param placed the columns that are neurons of the graph, in table order
     * @param unplaced all others but the times
     * @param begins the row where each of several recordings begins, from 0, and the number of rows
     */
    public RecordingValue(
            String kind,
            Table table,
            String time,
            List<String> placed,
            List<String> unplaced,
            int[] begins,
            Provenance provenance) {
        this.kind = kind;
        this.table = table;
        this.time = time;
        this.placed = List.copyOf(placed);
        this.unplaced = List.copyOf(unplaced);
        this.begins = begins.clone();
        this.provenance = provenance;
    }

    public Table table() {
        return table;
    }

    /** The name of the column of times. */
    public String time() {
        return time;
    }

    public NumberColumn times() {
        return table.numbers(time);
    }

    public List<String> placed() {
        return placed;
    }

    public List<String> unplaced() {
        return unplaced;
    }

    /** The row where each recording begins, from 0, and the number of rows. Not to be written to. */
    public int[] begins() {
        return begins;
    }

    /** Signals as a recording. @param unit of the times that are shown, {@link Unit#ONE} for seconds without a unit */
    public static RecordingValue of(
            Activity activity, String time, Unit unit, Predicate<String> placed, Provenance provenance) {
        List<String> names = activity.names();
        RecordingValue value = new RecordingValue(
                "recording",
                activity.table(time, unit),
                time,
                names.stream().filter(placed).toList(),
                names.stream().filter(placed.negate()).toList(),
                activity.recordings(),
                provenance);
        value.activity = activity;
        return value;
    }

    /**
     * What a model did by itself, one row for each frame.
     *
     * @param origin the state it started from
     */
    public static RecordingValue simulated(
            Activity activity,
            String time,
            Unit unit,
            Predicate<String> placed,
            Rollout.State origin,
            Provenance provenance) {
        RecordingValue value = of(activity, time, unit, placed, provenance);
        value.origin = origin;
        return value;
    }

    /** Of a simulation the state it started from, so that its rows are states as they are; null for what was seen. */
    public Rollout.State origin() {
        return origin;
    }

    /** How many recordings stand after each other. */
    public int sessions() {
        return begins.length - 1;
    }

    /**
     * The signals of all columns in the order of the table, at their times in seconds; times without a unit are seconds. Made once.
     *
     * @throws dev.meso.runtime.error.MesoException WRONG_UNIT where the times have no unit of time, WRONG_VALUE where they do not
     *     ascend, WRONG_TYPE where a column holds no numbers
     */
    @TruffleBoundary
    public Activity activity() {
        if (activity == null) {
            Unit seconds = Unit.ofName("s");
            Unit unit = times().unit();
            Quantity.requireCompatible("convert", unit.isOne() ? seconds : unit, seconds);
            List<String> columns = new ArrayList<>(List.of(time));
            Set<String> signalled = new HashSet<>(placed);
            signalled.addAll(unplaced);
            table.names().stream().filter(signalled::contains).forEach(columns::add);
            Table signals = table.keep(columns);
            if (!unit.isOne()) {
                signals = signals.with(time, DoubleColumn.map(times(), t -> unit.convert(t, seconds)));
            }
            List<Activity> parts = new ArrayList<>();
            for (int r = 0; r + 1 < begins.length; r++) {
                parts.add(Activity.of(signals.slice(begins[r], begins[r + 1]), time));
            }
            activity = parts.size() == 1 ? parts.get(0) : Activity.join(parts, name -> true);
        }
        return activity;
    }

    @Override
    public Provenance provenance() {
        return provenance;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public long size() {
        return table.rows();
    }

    @Override
    public Object element(long index) {
        return new RowValue(table, (int) index, this);
    }

    @Override
    public Members members() {
        return Holder.MEMBERS;
    }

    private TableValue gaps() {
        int[] after = clock().gaps();
        int[] before = IntStream.of(after).map(t -> t - 1).toArray();
        return new TableValue(Table.of("from", times().select(before), "to", times().select(after)), provenance);
    }

    /** The frames and runs without the signals, which of behaviour may be words. */
    public Activity clock() {
        return new RecordingValue(kind, table, time, List.of(), List.of(), begins, provenance).activity();
    }

    /**
     * The table with the clocks of several recordings put one after the other, a step apart, so that times rise: for pictures.
     */
    @TruffleBoundary
    public Table inARow() {
        double[] moved = new double[table.rows()];
        double shift = 0;
        for (int r = 0; r + 1 < begins.length; r++) {
            for (int t = begins[r]; t < begins[r + 1]; t++) {
                moved[t] = times().number(t) - times().number(begins[r]) + shift;
            }
            int last = begins[r + 1] - 1;
            if (last > begins[r]) {
                shift = moved[last] + (moved[last] - moved[begins[r]]) / (last - begins[r]);
            }
        }
        return sessions() == 1 ? table : table.with(time, DoubleColumn.of(moved).withUnit(times().unit()));
    }

    private static final class Holder {
        static final Members MEMBERS = Members.of(RecordingValue.class)
                .property(
                        "table",
                        Kind.TABLE,
                        "all columns, one row for each moment",
                        r -> new TableValue(r.table, r.provenance))
                .property("time", Kind.COLUMN, "the time of each row", r -> new ColumnValue(r.times()))
                .property(
                        "neurons", Kind.LIST, "the columns that are neurons of the graph", r -> ListValue.of(r.placed))
                .property("unplaced", Kind.LIST, "the columns that are none", r -> ListValue.of(r.unplaced))
                .property("length", Kind.INTEGER, "the number of moments", RecordingValue::size)
                .property(
                        "sessions",
                        Kind.INTEGER,
                        "how many recordings stand after each other; `table` tells them apart by its column recording",
                        r -> (long) r.sessions())
                .property(
                        "gaps",
                        Kind.TABLE,
                        "columns from and to: the times around each step of more than 2.5 times the usual one; no window of a fit crosses one",
                        RecordingValue::gaps)
                .end();
    }

    @Override
    @TruffleBoundary
    public String text() {
        int columns = placed.size() + unplaced.size();
        StringBuilder text =
                new StringBuilder(kind).append(" of ").append(columns).append(columns == 1 ? " column" : " columns");
        if (!placed.isEmpty()) {
            text.append(" (").append(placed.size()).append(" of them neurons of the graph)");
        }
        text.append(" at ").append(table.rows()).append(" moments");
        if (sessions() > 1) {
            text.append(" of ").append(sessions()).append(" recordings");
        } else if (table.rows() > 0) {
            Column times = times();
            text.append(", ").append(Display.shortText(ColumnValue.value(times, 0)));
            text.append(" to ").append(Display.shortText(ColumnValue.value(times, table.rows() - 1)));
        }
        return text.toString();
    }
}
