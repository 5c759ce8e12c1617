package dev.meso.language.builtin.models;

import dev.meso.language.value.RecordingValue;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.mesoscale.Behavior;
import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the animal did, frame by frame of a recording. */
final class BehaviorFrames {
    private static final Unit SECONDS = Unit.ofName("s");

    private BehaviorFrames() {}

    /**
     * The label of each frame: that of the same row where a recording has as many rows as frames, else the last one at or before the
     * time of the frame. A missing label is unknown.
     */
    static Behavior of(RecordingValue states, Activity activity, String model) {
        if (states.unplaced().size() != 1) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    "the behavior of the model " + model + " has "
                            + states.unplaced().size() + " columns, and a label is one of them",
                    "say which: behavior(\"states.csv\", time: \"t\", label: \"state\")");
        }
        Column labels = states.table().column(states.unplaced().get(0));
        int[] row = rows(states, activity, model);
        List<String> names = new ArrayList<>();
        Map<String, Integer> codes = new HashMap<>();
        int[] label = new int[row.length];
        Arrays.fill(label, -1);
        for (int t = 0; t < row.length; t++) {
            if (row[t] >= 0 && !labels.missing(row[t])) {
                label[t] = codes.computeIfAbsent(String.valueOf(labels.value(row[t])), name -> {
                    names.add(name);
                    return names.size() - 1;
                });
            }
        }
        return new Behavior(List.copyOf(names), label);
    }

    /** The row of the behavior for each frame, -1 before the first; recording by recording. */
    private static int[] rows(RecordingValue states, Activity activity, String model) {
        int[] begins = states.begins();
        int[] recordings = activity.recordings();
        if (begins.length != recordings.length) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH,
                    "the behavior of the model " + model + " has " + (begins.length - 1) + " recordings, its activity "
                            + (recordings.length - 1),
                    "join them in the same order: behavior([\"a.csv\", \"b.csv\"], time: \"t\", label: \"state\")");
        }
        NumberColumn times = states.times();
        Unit unit = times.unit().isOne() ? SECONDS : times.unit();
        int[] row = new int[activity.frames()];
        for (int r = 0; r + 1 < begins.length; r++) {
            boolean alike = begins[r + 1] - begins[r] == recordings[r + 1] - recordings[r];
            int at = begins[r] - 1;
            for (int t = recordings[r]; t < recordings[r + 1]; t++) {
                while (!alike
                        && at + 1 < begins[r + 1]
                        && unit.convert(times.number(at + 1), SECONDS) <= activity.times()[t]) {
                    at++;
                }
                row[t] = alike ? begins[r] + t - recordings[r] : at < begins[r] ? -1 : at;
            }
        }
        return row;
    }
}
