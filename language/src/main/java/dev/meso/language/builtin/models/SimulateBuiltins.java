package dev.meso.language.builtin.models;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.ArgumentException;
import dev.meso.language.value.FittedModelValue;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.ModelValue;
import dev.meso.language.value.OtherDeclarationValue;
import dev.meso.language.value.RecordingValue;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.mesoscale.FittedModel;
import dev.meso.runtime.mesoscale.Rollout;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.recording.Activity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** {@code simulate(…)}: fitted models left to themselves. */
public final class SimulateBuiltins {
    private static final String NAME = "simulate";

    /** Standard deviations of the training part beyond which a simulation has left what the model knows. */
    private static final double FAR = 10;

    private static final Builtin FITTED = Builtin.named(NAME)
            .group(ModelBuiltins.GROUP)
            .when(FittedModelValue.class)
            .about("Of a fitted model: what it does from a state on, or from many at once.")
            .detail(
                    "Of a fitted model: each frame is the model's prediction from the one before, a median step of the recording later, in the units of"
                            + " the recording; what recurrent layers remember begins empty. From a row of a recording it goes on from the state that the model's observer makes of"
                            + " the row and those before it; a neuron never seen, or that a record lacks, is taken at its mean in the training part, with a warning."
                            + " `input` is added to the neuron in every frame; a `driven` neuron has the value given; a `silenced` one is held at its mean in the training"
                            + " part, so that it carries no signal (at its slow baseline in a model with drift). Both are held in the state before the first frame, too. Names that are no words of the language come as pairs: input: [[\"12\", 0.5]].")
            .parameter("x", Kind.ANY, "a fitted model")
            .optional(
                    "from",
                    Kind.ANY,
                    "a row of a recording, a record of values by neuron, or a list of these: one simulation each")
            .optional("steps", Kind.INTEGER, "frames to simulate")
            .optional(
                    "input",
                    Kind.ANY,
                    "what is added, by neuron: a number, a list with one for each step, or a function of the step, counted from 0")
            .optional("silenced", Kind.ANY, "neurons held at their mean: a list of names, or one")
            .optional("driven", Kind.ANY, "neurons held at values, given as those of `input`")
            .returns(Kind.ANY, "a recording of the frames after the state; a list of them where `from` is a list")
            .runs(SimulateBuiltins::fitted);

    /** Of anything else: what is not there yet, with everything it will take. */
    private static final Builtin OTHER = later(
                    Builtin.named(NAME)
                            .group(ModelBuiltins.GROUP)
                            .about("Dynamics cannot be run in this version.")
                            .parameter("x", Kind.ANY, "a fitted model"),
                    "from",
                    "steps",
                    "input",
                    "duration",
                    "step",
                    "on",
                    "seed")
            .runs(SimulateBuiltins::other);

    private static Builtin.Builder later(Builtin.Builder builder, String... options) {
        for (String option : options) {
            builder.optional(option, Kind.ANY, "of dynamics, in a later version");
        }
        return builder;
    }

    private SimulateBuiltins() {}

    public static List<Builtin> all() {
        return List.of(FITTED, OTHER);
    }

    private static Object other(Call call) {
        if (call.argument(0) instanceof OtherDeclarationValue declaration) {
            throw declaration.notYet();
        }
        if (call.argument(0) instanceof ModelValue model) {
            throw new ArgumentException(
                    ErrorCode.WRONG_TYPE,
                    0,
                    "the model " + model.name() + " is declared but not fitted: it has no parameters to run with",
                    "fit it first: let w = fit(" + model.name() + ", seed: 1), then simulate(w, from: …, steps: …)");
        }
        throw call.wrong(0, "a fitted model");
    }

    private static Object fitted(Call call) {
        FittedModelValue value = call.value(0, FittedModelValue.class, "a fitted model");
        if (!call.given("from") || !call.given("steps")) {
            throw new ArgumentException(
                    ErrorCode.MISSING_ARGUMENT,
                    -1,
                    "`simulate` of a fitted model needs the argument `" + (call.given("from") ? "steps" : "from") + "`",
                    "for example simulate(w, from: calcium[800], steps: 200)");
        }
        FittedModel fit = value.fit();
        int steps = (int) call.integer(call.index("steps"), 1, Integer.MAX_VALUE);
        at(() -> {
            Rollout.requireRoom(fit, call.argument("from") instanceof ListValue list ? list.length() : 1, steps);
            return null;
        });
        Rollout rollout = Rollout.of(fit);
        new SimulateConditions(call, fit, steps).applyTo(rollout);
        StartStates starts = StartStates.of(call, fit);
        double[][] made =
                at(() -> rollout.run(starts.states(), steps, call.context().parallel()));
        warn(call, fit, rollout, made);
        Provenance provenance = provenance(call, value, starts, steps);
        RecordingValue[] recordings = new RecordingValue[made.length];
        for (int s = 0; s < made.length; s++) {
            recordings[s] = recording(value, starts, s, made[s], provenance);
        }
        return starts.many() ? ListValue.of((Object[]) recordings) : recordings[0];
    }

    private static void warn(Call call, FittedModel fit, Rollout rollout, double[][] made) {
        Rollout.Farthest far = null;
        int beyond = 0;
        for (double[] frames : made) {
            Rollout.Farthest one = rollout.farthest(frames);
            beyond += one.deviations() > FAR ? 1 : 0;
            far = far == null || one.deviations() > far.deviations() ? one : far;
        }
        if (beyond > 0) {
            call.context()
                    .warn(String.format(
                            Locale.ROOT,
                            "warning: in %d of %d simulations activity leaves what the model was fitted to: the neuron '%s' is %.3g standard deviations from its mean"
                                    + " in step %d; what is beyond says little",
                            beyond,
                            made.length,
                            fit.names().get(far.neuron()),
                            far.deviations(),
                            far.frame()));
        }
    }

    /** Mistakes of the work are those of the call. */
    private static <T> T at(Supplier<T> work) {
        try {
            return work.get();
        } catch (MesoException e) {
            if (e.code() == ErrorCode.CANCELLED) {
                throw e;
            }
            throw new ArgumentException(e.code(), -1, e.getMessage(), e.notes().toArray(String[]::new));
        }
    }

    private static RecordingValue recording(
            FittedModelValue value, StartStates starts, int which, double[] frames, Provenance provenance) {
        FittedModel fit = value.fit();
        StartStates.Clock clock = starts.clocks()[which];
        int steps = frames.length / fit.names().size();
        double[] times = new double[steps];
        for (int k = 0; k < steps; k++) {
            times[k] = clock.seconds() + (k + 1) * fit.learned().step();
        }
        return RecordingValue.simulated(
                Activity.of(fit.names(), times, frames),
                clock.column(),
                clock.unit(),
                placed(value),
                starts.states().get(which),
                provenance);
    }

    /** The neurons of the structure; of a model that was loaded without it, those in a field. */
    private static Predicate<String> placed(FittedModelValue value) {
        if (value.graph() != null) {
            return name -> value.graph().neuron(name) >= 0;
        }
        List<String> names = value.fit().names();
        var fields = value.fit().learned().structure().fields();
        int global = fields.hasGlobal() ? 1 : 0;
        Map<String, Integer> depth = new LinkedHashMap<>();
        for (int v = 0; v < names.size(); v++) {
            depth.put(names.get(v), fields.depth(v) - global);
        }
        return name -> depth.get(name) > 0;
    }

    private static Provenance provenance(Call call, FittedModelValue value, StartStates starts, int steps) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("steps", (long) steps);
        facts.put("states", (long) starts.states().size());
        for (String condition : List.of("input", "silenced", "driven")) {
            if (call.given(condition)) {
                facts.put(condition, String.join(", ", SimulateConditions.names(call, condition)));
            }
        }
        return value.provenance().then("simulate", facts);
    }
}
