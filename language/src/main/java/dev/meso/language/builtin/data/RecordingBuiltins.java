package dev.meso.language.builtin.data;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.ArgumentException;
import dev.meso.language.value.ColumnValue;
import dev.meso.language.value.Foreign;
import dev.meso.language.value.GraphValue;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.RecordingValue;
import dev.meso.language.value.TableValue;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** {@code recording(…)} and {@code behavior(…)}. */
final class RecordingBuiltins {
    private static final Unit SECONDS = Unit.ofName("s");
    private static final String EVERY = "every";
    private static final String SOURCE = "a table, the name of a file, or a list of them: recordings of their own";

    static final Builtin RECORDING = Builtin.named("recording")
            .group("data")
            .about("A recording of activity: one column for each neuron, named by its id, one row for each moment.")
            .detail(
                    "Columns that are no neuron of the graph are kept without a place, with a warning. NaN means not recorded. A list of"
                            + " several is joined: neurons of the graph are the same in all of them, other columns belong to their recording"
                            + " and are called 1:name, 2:name. Steps and windows never go from one recording to the next, nor across a gap of more than 2.5"
                            + " usual steps. Resampling takes values on the line between the frames before and after, within runs without a gap;"
                            + " it averages nothing. Errors: times that do not rise. Warnings: more than half of the values missing, neurons that never"
                            + " change.")
            .parameter("file", Kind.ANY, SOURCE)
            .optional("time", Kind.TEXT, "the column of times; else `time`")
            .optional("unit", Kind.UNIT, "the unit of the times")
            .optional("of", Kind.GRAPH, "the graph whose neurons were recorded")
            .optional(EVERY, Kind.QUANTITY, "makes frames at equal steps of this length; else they stay as they are")
            .returns(Kind.ANY, "the recording")
            .runs(RecordingBuiltins::recording);

    static final Builtin BEHAVIOR = Builtin.named("behavior")
            .group("data")
            .about("A recording of behaviour: one row for each moment.")
            .detail(
                    "Resampling takes decimal numbers on the line between the moments before and after, and everything else, the label too, from"
                            + " the nearest moment. Errors: times that do not rise.")
            .parameter("file", Kind.ANY, SOURCE)
            .optional("time", Kind.TEXT, "the column of times; else `time`")
            .optional("label", Kind.TEXT, "the column that names the behaviour; else all columns")
            .optional("unit", Kind.UNIT, "the unit of the times")
            .optional(EVERY, Kind.QUANTITY, "makes moments at equal steps of this length; else they stay as they are")
            .returns(Kind.ANY, "the recording")
            .runs(RecordingBuiltins::behavior);

    private RecordingBuiltins() {}

    private static RecordingValue recording(Call call) {
        Connectome graph =
                call.given("of") ? call.value("of", GraphValue.class, "a graph").connectome() : null;
        List<Object> sources = sources(call);
        // A recording that is made anew keeps the places it has.
        Predicate<String> known = name -> graph != null
                ? graph.neuron(name) >= 0
                : sources.get(0) instanceof RecordingValue ready
                        && ready.placed().contains(name);
        List<RecordingValue> parts = new ArrayList<>();
        for (Object source : sources) {
            parts.add(source instanceof RecordingValue ready ? ready : one(call, source, known));
        }
        if (parts.size() > 1 && graph == null) {
            throw new MesoException(
                    ErrorCode.MISSING_ARGUMENT,
                    "several recordings are joined through the neurons of a graph, and no graph is given",
                    "say which: recording([…], of: g)");
        }
        RecordingValue result = parts.get(0);
        if (parts.size() > 1 || call.given(EVERY) || sources.get(0) instanceof RecordingValue) {
            result = joined(call, parts, known);
        }
        if (graph != null) {
            RecordingWarnings.places(call.context(), result, graph);
        }
        RecordingWarnings.values(call.context(), parts);
        return result;
    }

    /** What each recording is made of: the elements of a list or column of files, tables or recordings, else the argument. */
    private static List<Object> sources(Call call) {
        Object source = call.argument(0);
        boolean several = source instanceof ListValue || source instanceof ColumnValue || Foreign.is(source);
        ListValue list = several ? Call.asList(source) : null;
        if (list != null && list.length() > 0) {
            List<Object> all = List.of(list.toArray());
            if (all.stream().allMatch(RecordingBuiltins::isSource)) {
                return all;
            }
        }
        return List.of(source);
    }

    private static boolean isSource(Object value) {
        return value instanceof String || value instanceof TableValue || value instanceof RecordingValue;
    }

    private static RecordingValue one(Call call, Object source, Predicate<String> known) {
        TableValue read = Sources.table(call, 0, source);
        String time = call.text("time", "time");
        Table table = withNumbers(timed(call, read.table(), time));
        List<String> placed = new ArrayList<>();
        List<String> unplaced = new ArrayList<>();
        for (String name : table.names()) {
            if (!name.equals(time)) {
                Sources.at(call, 0, () -> table.numbers(name));
                (known.test(name) ? placed : unplaced).add(name);
            }
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("moments", (long) table.rows());
        facts.put("placed", (long) placed.size());
        facts.put("without a place", (long) unplaced.size());
        Provenance provenance = Sources.provenance(read).then("recording", facts);
        return new RecordingValue("recording", table, time, placed, unplaced, provenance);
    }

    /** A column without a single value has no type, so it is read as text; here it is of numbers that are missing. */
    private static Table withNumbers(Table table) {
        Table result = table;
        for (String name : table.names()) {
            Column column = table.column(name);
            if (column instanceof TextColumn && column.missingCount() == column.size()) {
                long[] missing = new long[(column.size() + 63) >>> 6];
                for (int t = 0; t < column.size(); t++) {
                    missing[t >>> 6] |= 1L << t;
                }
                result = result.with(name, DoubleColumn.of(new double[column.size()], missing, Unit.ONE));
            }
        }
        return result;
    }

    /** One after the other, at equal steps where those are asked for. */
    private static RecordingValue joined(Call call, List<RecordingValue> parts, Predicate<String> known) {
        List<Activity> signals = new ArrayList<>();
        double step = call.given(EVERY) ? step(call) : 0;
        for (RecordingValue part : parts) {
            Activity signal = Sources.at(call, 0, part::activity);
            signals.add(step > 0 ? Sources.at(call, call.index(EVERY), () -> signal.resample(step)) : signal);
        }
        Activity all = signals.size() == 1 ? signals.get(0) : Activity.join(signals, known);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("recordings", (long) all.recordings().length - 1);
        if (step > 0) {
            facts.put("resampled every", step + " s");
        }
        facts.put("moments", (long) all.frames());
        List<Provenance> sources =
                parts.stream().map(RecordingValue::provenance).toList();
        RecordingValue first = parts.get(0);
        return RecordingValue.of(
                all, first.time(), first.times().unit(), known, new Provenance("join recordings", facts, sources));
    }

    private static RecordingValue behavior(Call call) {
        List<RecordingValue> parts = new ArrayList<>();
        for (Object source : sources(call)) {
            parts.add(source instanceof RecordingValue ready ? ready : oneBehavior(call, source));
        }
        if (parts.size() == 1 && !call.given(EVERY)) {
            return parts.get(0);
        }
        double step = call.given(EVERY) ? step(call) : 0;
        return Sources.at(
                call,
                call.given(EVERY) ? call.index(EVERY) : 0,
                () -> BehaviorTables.join(parts, step, call.text("label", "")));
    }

    private static RecordingValue oneBehavior(Call call, Object source) {
        TableValue read = Sources.table(call, 0, source);
        String time = call.text("time", "time");
        Table table = timed(call, read.table(), time);
        List<String> others = new ArrayList<>(table.names());
        others.remove(time);
        if (call.given("label")) {
            String label = call.text("label");
            Sources.at(call, call.index("label"), () -> table.column(label));
            others.retainAll(List.of(label));
        }
        Provenance provenance = Sources.provenance(read).then("behavior", Map.of("moments", (long) table.rows()));
        return new RecordingValue("behavior", table, time, List.of(), others, provenance);
    }

    private static double step(Call call) {
        double step = call.in(call.index(EVERY), SECONDS);
        if (!(step > 0 && step < Double.POSITIVE_INFINITY)) {
            throw call.bad(EVERY, "must be a time above 0");
        }
        return step;
    }

    private static Table timed(Call call, Table table, String time) {
        int at = call.given("time") ? call.index("time") : 0;
        NumberColumn times = Sources.at(call, at, () -> table.numbers(time));
        Sources.at(call, at, () -> {
            RecordingWarnings.requireRising(times, time);
            return times;
        });
        Unit unit = call.unit("unit", Unit.ONE);
        Unit shown = unit.isOne() ? times.unit() : unit;
        if (!shown.isOne() && !shown.compatible(SECONDS)) {
            throw new ArgumentException(
                    ErrorCode.WRONG_UNIT,
                    unit.isOne() ? at : call.index("unit"),
                    "the times of a recording cannot be in " + shown.name() + ", "
                            + shown.dimension().describe(),
                    "a unit of time is s, ms, us, min or h");
        }
        return unit.isOne() ? table : table.with(time, times.withUnit(unit));
    }
}
