package dev.meso.language.builtin.models;

import dev.meso.language.builtin.Call;
import dev.meso.language.value.ArgumentException;
import dev.meso.language.value.CallableValue;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.Operators;
import dev.meso.language.value.RecordValue;
import dev.meso.language.value.Values;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.error.Suggest;
import dev.meso.runtime.mesoscale.FittedModel;
import dev.meso.runtime.mesoscale.Rollout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code simulate} does to neurons: its arguments {@code input}, {@code silenced} and {@code driven}. */
final class SimulateConditions {
    private static final String PAIRS = "by neuron, such as {AVAL: 0.5} or [[\"AVAL\", 0.5]]";

    private final Call call;
    private final FittedModel fit;
    private final int steps;

    SimulateConditions(Call call, FittedModel fit, int steps) {
        this.call = call;
        this.fit = fit;
        this.steps = steps;
    }

    void applyTo(Rollout rollout) {
        values(call, "input")
                .forEach((name, value) ->
                        at("input", () -> rollout.input(neuron("input", name), series("input", name, value))));
        values(call, "driven")
                .forEach((name, value) ->
                        at("driven", () -> rollout.drive(neuron("driven", name), series("driven", name, value))));
        for (String name : names(call, "silenced")) {
            at("silenced", () -> rollout.silence(neuron("silenced", name)));
        }
    }

    private void at(String parameter, Runnable work) {
        try {
            work.run();
        } catch (ArgumentException e) {
            throw e;
        } catch (MesoException e) {
            throw new ArgumentException(
                    e.code(), call.index(parameter), e.getMessage(), e.notes().toArray(String[]::new));
        }
    }

    /** The neurons that a condition names. */
    static List<String> names(Call call, String parameter) {
        if (!call.given(parameter)) {
            return List.of();
        }
        if (!parameter.equals("silenced")) {
            return List.copyOf(values(call, parameter).keySet());
        }
        if (call.argument(parameter) instanceof String one) {
            return List.of(one);
        }
        List<String> names = new ArrayList<>();
        for (Object name : call.list(parameter).toArray()) {
            names.add(name(call, parameter, name));
        }
        return names;
    }

    private static String name(Call call, String parameter, Object name) {
        if (name instanceof String || name instanceof Long) {
            return name.toString();
        }
        throw call.bad(parameter, "names neurons, but holds " + Values.describe(name));
    }

    /** A record, or pairs of name and value. */
    private static Map<String, Object> values(Call call, String parameter) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (!call.given(parameter)) {
            return values;
        }
        if (call.argument(parameter) instanceof ListValue list) {
            for (Object pair : list.toArray()) {
                ListValue both = Call.asList(pair);
                if (both == null || both.length() != 2) {
                    throw call.bad(parameter, "is given " + PAIRS + ", not as " + Values.describe(pair));
                }
                if (values.put(name(call, parameter, both.get(0)), both.get(1)) != null) {
                    throw call.bad(parameter, "names the neuron '" + both.get(0) + "' twice");
                }
            }
            return values;
        }
        RecordValue record = call.record(parameter);
        for (String name : record.ownMembers()) {
            values.put(name, record.get(name));
        }
        return values;
    }

    private int neuron(String parameter, String name) {
        int at = fit.names().indexOf(name);
        if (at < 0) {
            String near = Suggest.didYouMean(name, fit.names());
            throw new ArgumentException(
                    ErrorCode.UNKNOWN_NAME,
                    call.index(parameter),
                    "'" + name + "' is no neuron of the fitted model "
                            + fit.spec().name(),
                    near.isEmpty() ? "w.domains lists its " + fit.names().size() + " neurons" : near);
        }
        return at;
    }

    /** One number for each step. */
    private double[] series(String parameter, String name, Object value) {
        double[] series = new double[steps];
        if (Operators.isNumber(value)) {
            Arrays.fill(series, Operators.toDouble(value));
            return series;
        }
        if (value instanceof CallableValue function) {
            for (int k = 0; k < steps; k++) {
                call.context().monitor().checkpoint();
                series[k] = number(parameter, name, function.call((long) k), k);
            }
            return series;
        }
        ListValue list = Call.asList(value);
        if (list == null) {
            throw call.bad(
                    parameter,
                    "gives the neuron '" + name + "' a number, a list of them or a function of the step, not "
                            + Values.describe(value));
        }
        if (list.length() != steps) {
            throw new ArgumentException(
                    ErrorCode.WRONG_LENGTH,
                    call.index(parameter),
                    "`" + parameter + "` gives the neuron '" + name + "' " + list.length() + " values for " + steps
                            + (steps == 1 ? " step" : " steps"),
                    "give one number for all steps, a list with one for each, or a function of the step");
        }
        for (int k = 0; k < steps; k++) {
            series[k] = number(parameter, name, list.get(k), k);
        }
        return series;
    }

    private double number(String parameter, String name, Object value, int k) {
        if (!Operators.isNumber(value) || !Double.isFinite(Operators.toDouble(value))) {
            throw call.bad(
                    parameter,
                    "needs a number for the neuron '" + name + "' in step " + k + ", not " + Values.describe(value));
        }
        return Operators.toDouble(value);
    }
}
