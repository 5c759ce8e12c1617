package dev.meso.language.builtin.data;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.GraphValue;
import dev.meso.language.value.RecordingValue;
import dev.meso.language.value.TableValue;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code recording(…)} and {@code behavior(…)}. */
final class RecordingBuiltins {
    private static final int NAMES_SHOWN = 3;

    static final Builtin RECORDING = Builtin.named("recording")
            .group("data")
            .about("A recording of activity: one column for each neuron, named by its id, one row for each moment.")
            .detail(
                    "Columns that are no neuron of the graph are kept without a place, with a warning. NaN means not recorded.")
            .parameter("file", Kind.ANY, "a table or the name of a file")
            .optional("time", Kind.TEXT, "the column of times; else `time`")
            .optional("unit", Kind.UNIT, "the unit of the times")
            .optional("of", Kind.GRAPH, "the graph whose neurons were recorded")
            .returns(Kind.ANY, "the recording")
            .runs(RecordingBuiltins::recording);

    static final Builtin BEHAVIOR = Builtin.named("behavior")
            .group("data")
            .about("A recording of behaviour: one row for each moment.")
            .parameter("file", Kind.ANY, "a table or the name of a file")
            .optional("time", Kind.TEXT, "the column of times; else `time`")
            .optional("label", Kind.TEXT, "the column that names the behaviour; else all columns")
            .optional("unit", Kind.UNIT, "the unit of the times")
            .returns(Kind.ANY, "the recording")
            .runs(RecordingBuiltins::behavior);

    private RecordingBuiltins() {}

    private static RecordingValue recording(Call call) {
        TableValue source = Sources.table(call, 0);
        String time = call.text("time", "time");
        Table table = timed(call, source.table(), time);
        List<String> placed = new ArrayList<>();
        List<String> unplaced = new ArrayList<>();
        boolean given = call.given("of");
        for (String name : table.names()) {
            if (!name.equals(time)) {
                table.numbers(name);
                boolean known = given
                        && call.value("of", GraphValue.class, "a graph")
                                        .connectome()
                                        .neuron(name)
                                >= 0;
                (known ? placed : unplaced).add(name);
            }
        }
        if (given && !unplaced.isEmpty()) {
            List<String> first = unplaced.subList(0, Math.min(NAMES_SHOWN, unplaced.size()));
            call.context()
                    .warn("warning: " + unplaced.size() + " of " + (placed.size() + unplaced.size())
                            + " columns of the recording are no neuron of the graph and are kept without a place: "
                            + String.join(", ", first) + (unplaced.size() > NAMES_SHOWN ? ", …" : ""));
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("moments", (long) table.rows());
        facts.put("placed", (long) placed.size());
        facts.put("without a place", (long) unplaced.size());
        Provenance provenance = Sources.provenance(source).then("recording", facts);
        return new RecordingValue("recording", table, time, placed, unplaced, provenance);
    }

    private static RecordingValue behavior(Call call) {
        TableValue source = Sources.table(call, 0);
        String time = call.text("time", "time");
        Table table = timed(call, source.table(), time);
        if (call.given("label")) {
            String label = call.text("label");
            Sources.at(call, call.index("label"), () -> table.column(label));
        }
        List<String> others = new ArrayList<>(table.names());
        others.remove(time);
        if (call.given("label")) {
            others.retainAll(List.of(call.text("label")));
        }
        Provenance provenance = Sources.provenance(source).then("behavior", Map.of("moments", (long) table.rows()));
        return new RecordingValue("behavior", table, time, List.of(), others, provenance);
    }

    private static Table timed(Call call, Table table, String time) {
        int at = call.given("time") ? call.index("time") : 0;
        NumberColumn times = Sources.at(call, at, () -> table.numbers(time));
        Sources.at(call, at, () -> {
            times.requireNumbers("the time '" + time + "'");
            return times;
        });
        Unit unit = call.unit("unit", Unit.ONE);
        return unit.isOne() ? table : table.with(time, times.withUnit(unit));
    }
}
