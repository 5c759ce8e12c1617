package dev.meso.language.builtin.models;

import dev.meso.language.builtin.Call;
import dev.meso.language.value.ArgumentException;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.MesoValue;
import dev.meso.language.value.NoneValue;
import dev.meso.language.value.Operators;
import dev.meso.language.value.QuantityValue;
import dev.meso.language.value.RecordValue;
import dev.meso.language.value.RecordingValue;
import dev.meso.language.value.RowValue;
import dev.meso.language.value.Values;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.Suggest;
import dev.meso.runtime.mesoscale.FittedModel;
import dev.meso.runtime.mesoscale.Rollout;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The states that {@code simulate} starts from: its argument {@code from}.
 *
 * @param states of the neurons, NaN where missing
 * @param clocks when each state is
 * @param many whether a list was given
 */
record StartStates(List<Rollout.State> states, Clock[] clocks, boolean many) {
    private static final Unit SECONDS = Unit.ofName("s");
    private static final String TIME = "time";
    private static final String EXPECTED =
            "a row of a recording such as calcium[800], a record of values such as {AVAL: 0.5}, or a list of these";

    /**
     * @param column what the times are called
     * @param unit in which they are shown
     */
    record Clock(String column, Unit unit, double seconds) {
        static final Clock NONE = new Clock(TIME, SECONDS, 0);
    }

    static StartStates of(Call call, FittedModel fit) {
        Object from = call.argument("from");
        ListValue list = from instanceof ListValue given ? given : null;
        Object[] all = list == null ? new Object[] {from} : list.toArray();
        if (all.length == 0) {
            throw call.bad("from", "is an empty list");
        }
        Map<String, Integer> places = new HashMap<>();
        for (String name : fit.names()) {
            places.put(name, places.size());
        }
        Reader reader = new Reader(call, fit, places);
        Rollout.State[] states = new Rollout.State[all.length];
        Clock[] clocks = new Clock[all.length];
        for (int s = 0; s < all.length; s++) {
            call.context().monitor().checkpoint();
            states[s] = reader.state(all[s]);
            clocks[s] = clock(all[s]);
        }
        seen(fit, all, states);
        for (Rollout.State state : states) {
            reader.missing +=
                    Arrays.stream(state.values()).filter(Double::isNaN).count();
        }
        reader.warn(all.length);
        return new StartStates(List.of(states), clocks, list != null);
    }

    /** Rows of recordings become what the model makes of them and those before, each recording in one go. */
    private static void seen(FittedModel fit, Object[] all, Rollout.State[] states) {
        Map<RecordingValue, List<Integer>> rows = new IdentityHashMap<>();
        for (int s = 0; s < all.length; s++) {
            if (all[s] instanceof RowValue row
                    && row.recording() != null
                    && row.recording().origin() == null) {
                rows.computeIfAbsent(row.recording(), r -> new ArrayList<>()).add(s);
            }
        }
        rows.forEach((recording, places) -> {
            int[] frames =
                    places.stream().mapToInt(s -> ((RowValue) all[s]).row()).toArray();
            List<Rollout.State> made = Rollout.State.seen(fit, recording.activity(), frames);
            for (int i = 0; i < frames.length; i++) {
                states[places.get(i)] = made.get(i);
            }
        });
    }

    private static String timeOf(Object state) {
        return state instanceof RowValue row && row.recording() != null
                ? row.recording().time()
                : TIME;
    }

    private static Clock clock(Object state) {
        MesoValue fields = (MesoValue) state;
        String column = timeOf(state);
        Object time = fields.ownMember(column);
        if (time instanceof QuantityValue quantity && quantity.unit().compatible(SECONDS)) {
            return new Clock(column, quantity.unit(), quantity.quantity().in(SECONDS));
        }
        return Operators.isNumber(time) ? new Clock(column, Unit.ONE, Operators.toDouble(time)) : Clock.NONE;
    }

    /** Reads states one after the other and counts what is missing. */
    private static final class Reader {
        private final Call call;
        private final FittedModel fit;
        private final Map<String, Integer> places;
        private final List<String> foreign = new ArrayList<>();
        private long missing;

        Reader(Call call, FittedModel fit, Map<String, Integer> places) {
            this.call = call;
            this.fit = fit;
            this.places = places;
        }

        Rollout.State state(Object given) {
            if (!(given instanceof RowValue) && !(given instanceof RecordValue)) {
                throw call.wrong(call.index("from"), EXPECTED);
            }
            MesoValue fields = (MesoValue) given;
            double[] state = new double[places.size()];
            Arrays.fill(state, Double.NaN);
            int known = 0;
            String time = timeOf(given);
            for (String name : fields.ownMembers()) {
                Integer at = places.get(name);
                if (at != null) {
                    state[at] = number(name, fields.ownMember(name));
                    known++;
                } else if (!name.equals(time)) {
                    unknown(name, given instanceof RecordValue);
                }
            }
            if (known == 0 && given instanceof RowValue) {
                throw new ArgumentException(
                        ErrorCode.UNKNOWN_NAME,
                        call.index("from"),
                        "no column of the row is a neuron of the fitted model "
                                + fit.spec().name(),
                        "its neurons are " + String.join(", ", some(fit.names())));
            }
            RecordingValue recording = given instanceof RowValue row ? row.recording() : null;
            boolean same = recording != null
                    && recording.origin() != null
                    && recording.origin().values().length == state.length;
            return new Rollout.State(state, same ? recording.origin().baseline() : null);
        }

        private void unknown(String name, boolean written) {
            if (written) {
                String near = Suggest.didYouMean(name, places.keySet());
                throw new ArgumentException(
                        ErrorCode.UNKNOWN_NAME,
                        call.index("from"),
                        "'" + name + "' is no neuron of the fitted model "
                                + fit.spec().name(),
                        near.isEmpty() ? "w.domains lists its " + places.size() + " neurons" : near);
            }
            if (!foreign.contains(name)) {
                foreign.add(name);
            }
        }

        private double number(String name, Object value) {
            if (value == null || value == NoneValue.NONE) {
                return Double.NaN;
            }
            if (Operators.isNumber(value)) {
                return Operators.toDouble(value);
            }
            throw call.bad("from", "gives the neuron '" + name + "' " + Values.describe(value) + ", not a number");
        }

        void warn(int states) {
            if (missing > 0) {
                call.context()
                        .warn("warning: " + missing + " of " + (long) states * places.size()
                                + " values of the state " + (missing == 1 ? "is" : "are")
                                + " missing and taken at the mean of the training part");
            }
            if (!foreign.isEmpty()) {
                call.context()
                        .warn("warning: " + foreign.size()
                                + (foreign.size() == 1 ? " column of the row is" : " columns of the row are")
                                + " no neuron of the fitted model and left out: " + String.join(", ", some(foreign)));
            }
        }

        private static List<String> some(List<String> names) {
            List<String> some = new ArrayList<>(names.subList(0, Math.min(3, names.size())));
            if (names.size() > some.size()) {
                some.add("…");
            }
            return some;
        }
    }
}
