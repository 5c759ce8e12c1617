package dev.meso.language.builtin.data;

import dev.meso.language.MesoContext;
import dev.meso.language.value.RecordingValue;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.error.Suggest;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.TextColumn;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with recordings, or looks so. */
final class RecordingWarnings {
    private static final int SHOWN = 3;

    private RecordingWarnings() {}

    /**
     * @throws MesoException NOT_A_NUMBER, MALFORMED_TABLE where a time is missing, or times do not rise: how many and where
     */
    static void requireRising(NumberColumn times, String name) {
        times.requireNumbers("the time '" + name + "'");
        List<String> missing = new ArrayList<>();
        List<String> same = new ArrayList<>();
        List<String> back = new ArrayList<>();
        for (int t = 0; t < times.size(); t++) {
            if (times.missing(t)) {
                missing.add(Integer.toString(t));
            } else if (t > 0 && !times.missing(t - 1) && times.number(t) <= times.number(t - 1)) {
                (times.number(t) == times.number(t - 1) ? same : back).add(t + " (" + times.number(t) + ")");
            }
        }
        if (!missing.isEmpty()) {
            throw malformed(missing.size() + " of " + times.size() + " rows have no time in '" + name + "'", missing);
        }
        if (!back.isEmpty()) {
            throw malformed(
                    "the times in '" + name + "' must rise, but " + back.size()
                            + (back.size() == 1 ? " row goes" : " rows go") + " back",
                    back,
                    "one recording after another is a list: recording([a, b], of: g)",
                    "rows out of order: sort the table by its times first, t.sort(\"" + name + "\")");
        }
        if (!same.isEmpty()) {
            throw malformed(
                    same.size() + (same.size() == 1 ? " row has" : " rows have") + " the same time in '" + name
                            + "' as the row before",
                    same,
                    "keep one of them; times that were rounded when they were written can be counted anew");
        }
    }

    private static MesoException malformed(String message, List<String> rows, String... more) {
        List<String> notes = new ArrayList<>();
        notes.add((rows.size() == 1 ? "it is row " : rows.size() > SHOWN ? "the first are rows " : "they are rows ")
                + String.join(", ", rows.subList(0, Math.min(SHOWN, rows.size()))) + ", counted from 0");
        notes.addAll(List.of(more));
        return new MesoException(ErrorCode.MALFORMED_TABLE, message, notes.toArray(String[]::new));
    }

    /** Columns that are no neuron of the graph. */
    static void places(MesoContext context, RecordingValue recording, Connectome graph) {
        List<String> unplaced = recording.unplaced();
        if (unplaced.isEmpty()) {
            return;
        }
        int all = recording.placed().size() + unplaced.size();
        if (!recording.placed().isEmpty()) {
            context.warn("warning: " + unplaced.size() + " of " + all
                    + " columns of the recording are no neuron of the graph and are kept without a place: "
                    + some(unplaced));
            return;
        }
        String near =
                graph.ids() instanceof TextColumn ids ? Suggest.didYouMean(unplaced.get(0), ids.dictionary()) : "";
        context.warn("warning: none of the " + all
                + " columns of the recording is a neuron of the graph, so all are kept without a place: "
                + some(unplaced) + "; the ids of the graph are like "
                + graph.ids().value(0)
                + (near.isEmpty() ? "" : "; " + near));
    }

    /** Values that are not there, and neurons without a signal. */
    static void values(MesoContext context, List<RecordingValue> parts) {
        long missing = 0;
        long values = 0;
        List<String> flat = new ArrayList<>();
        List<String> empty = new ArrayList<>();
        for (int r = 0; r < parts.size(); r++) {
            RecordingValue part = parts.get(r);
            String where = parts.size() == 1 ? "" : " (in recording " + (r + 1) + ")";
            List<String> columns = new ArrayList<>(part.placed());
            columns.addAll(part.unplaced());
            for (String name : columns) {
                NumberColumn column = part.table().numbers(name);
                int seen = 0;
                double low = Double.POSITIVE_INFINITY;
                double high = Double.NEGATIVE_INFINITY;
                for (int t = 0; t < column.size(); t++) {
                    if (!column.missing(t) && Double.isFinite(column.number(t))) {
                        seen++;
                        low = Math.min(low, column.number(t));
                        high = Math.max(high, column.number(t));
                    }
                }
                values += column.size();
                missing += column.size() - seen;
                if (column.size() > 1 && seen == 0) {
                    empty.add(name + where);
                } else if (column.size() > 1 && low == high) {
                    flat.add(name + where);
                }
            }
        }
        if (2 * missing > values) {
            context.warn("warning: " + Math.round(100.0 * missing / values)
                    + " % of the values of the recording are missing; a fit learns from those there are");
        }
        if (!empty.isEmpty()) {
            context.warn("warning: " + empty.size() + (empty.size() == 1 ? " column holds" : " columns hold")
                    + " no value at all: " + some(empty));
        }
        if (!flat.isEmpty()) {
            context.warn("warning: " + flat.size()
                    + (flat.size() == 1 ? " column never changes: " : " columns never change: ") + some(flat));
        }
    }

    private static String some(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(SHOWN, names.size()))) + (names.size() > SHOWN ? ", …" : "");
    }
}
