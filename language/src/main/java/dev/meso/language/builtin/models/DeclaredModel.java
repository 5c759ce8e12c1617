package dev.meso.language.builtin.models;

import dev.meso.language.value.ColumnValue;
import dev.meso.language.value.Display;
import dev.meso.language.value.GraphValue;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.LossValue;
import dev.meso.language.value.ModelValue;
import dev.meso.language.value.ModuleValue;
import dev.meso.language.value.NoneValue;
import dev.meso.language.value.Operators;
import dev.meso.language.value.QuantityValue;
import dev.meso.language.value.RangeValue;
import dev.meso.language.value.RecordValue;
import dev.meso.language.value.RecordingValue;
import dev.meso.language.value.Values;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.mesoscale.Behavior;
import dev.meso.runtime.mesoscale.Features;
import dev.meso.runtime.mesoscale.ModelFit;
import dev.meso.runtime.mesoscale.ModelSpec;
import dev.meso.runtime.mesoscale.ModelStructure;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.task.Parallel;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The clauses of a {@code model} as the runtime wants them; made once, then used for each number of modules and each wiring. */
final class DeclaredModel {
    private static final Unit UM = Unit.ofName("um");
    private static final double USUAL_GAIN = 0.7;
    private static final int MOST_MODULES = 1024;
    private static final String LEARNED = "learned";

    private final ModelValue model;
    private final ModuleValue module;
    private final int[] numbers;
    private final Connectome graph;
    private final RecordingValue recording;
    private final Activity activity;
    private final Behavior behavior;
    private final TracedLoss loss;
    private final List<String> features;

    /** @throws MesoException where a clause is missing or of the wrong kind, or no recorded neuron is in the structure */
    DeclaredModel(ModelValue model) {
        this.model = model;
        RecordValue basis = model.clause("basis", RecordValue.class, "a number of modules");
        module = part(basis, "module", ModuleValue.class, "a module");
        numbers = numbers(basis.get("number"));
        GraphValue structure = model.clause("structure", GraphValue.class, "a graph");
        graph = structure == null ? null : structure.connectome();
        recording = model.clause("activity", RecordingValue.class, "a recording");
        if (recording == null || !recording.kind().equals("recording")) {
            throw new MesoException(
                    recording == null ? ErrorCode.MISSING_CLAUSE : ErrorCode.WRONG_TYPE,
                    recording == null
                            ? "the model " + name() + " has no activity, so there is nothing to fit it to"
                            : "'activity' of the model " + name() + " is a " + recording.kind() + ", not a recording",
                    "give it a recording: activity recording(\"worm1.csv\", time: \"t\", unit: s, of: g)");
        }
        activity = recording.activity();
        LossValue declared = model.clause("loss", LossValue.class, "a loss");
        if (declared == null) {
            throw new MesoException(
                    ErrorCode.MISSING_CLAUSE,
                    "the model " + name() + " has no loss, so nothing says what a good fit is",
                    "declare one: loss Explain { term predict = mean((next - predicted)^2) }");
        }
        loss = new TracedLoss(declared);
        RecordingValue states = model.clause("behavior", RecordingValue.class, "a behavior");
        behavior = states == null ? null : BehaviorFrames.of(states, activity, name());
        features = features(model.clause("features", ListValue.class, "names of features"));
        verifyRecorded();
    }

    private <T> T part(RecordValue record, String word, Class<T> type, String expected) {
        Object value = record.get(word);
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        throw new MesoException(
                ErrorCode.WRONG_TYPE,
                "'" + word + "' of the model " + name() + " is " + Values.describe(value) + ", not " + expected);
    }

    private int[] numbers(Object value) {
        List<Long> all = new ArrayList<>();
        if (value instanceof Long one) {
            all.add(one);
        } else if (value instanceof RangeValue range) {
            for (long i = 0; i < range.size() && i <= MOST_MODULES; i++) {
                all.add((Long) range.element(i));
            }
        } else {
            throw new MesoException(
                    ErrorCode.WRONG_TYPE,
                    "'basis' of the model " + name() + " is a whole number or a range of them, not "
                            + Values.describe(value));
        }
        if (all.isEmpty() || all.stream().anyMatch(k -> k < 1 || k > MOST_MODULES)) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE, "a basis has 1 to " + MOST_MODULES + " modules, not " + Display.text(value));
        }
        return all.stream().mapToInt(Long::intValue).toArray();
    }

    private List<String> features(ListValue given) {
        List<String> names = new ArrayList<>();
        for (int i = 0; given != null && i < given.length(); i++) {
            Object value = given.get(i);
            if (!(value instanceof RecordValue setting)) {
                throw new MesoException(
                        ErrorCode.WRONG_TYPE,
                        "'features' of the model " + name() + " are names, not " + Values.describe(value),
                        "there are " + String.join(", ", Features.KINDS));
            }
            names.add((String) setting.get("word"));
        }
        return names;
    }

    private void verifyRecorded() {
        List<String> names = activity.names();
        int[] row = ModelStructure.rows(graph, names);
        if (graph != null && Arrays.stream(row).noneMatch(r -> r >= 0)) {
            throw new MesoException(
                    ErrorCode.UNKNOWN_NEURON,
                    "none of the " + names.size() + " columns of the recording is a neuron of the structure of "
                            + name(),
                    "the columns are " + some(names) + "; the ids of the structure are " + some(ids(graph)),
                    "columns of a recording are named by the ids of neurons");
        }
    }

    private static List<String> ids(Connectome graph) {
        List<String> ids = new ArrayList<>();
        for (int v = 0; v < Math.min(4, graph.n()); v++) {
            ids.add(Display.text(ColumnValue.value(graph.ids(), v)));
        }
        return ids;
    }

    private static String some(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(3, names.size()))) + (names.size() > 3 ? ", …" : "");
    }

    // ---- what others ask --------------------------------------------------------------------------------------

    String name() {
        return model.name();
    }

    /** The numbers of modules to choose from. */
    int[] numbers() {
        return numbers;
    }

    /** The structure, or null. */
    Connectome graph() {
        return graph;
    }

    RecordingValue recording() {
        return recording;
    }

    Activity activity() {
        return activity;
    }

    /** A step made from the structure and the recording. */
    Provenance provenance(String step, Map<String, Object> facts) {
        List<Provenance> sources = new ArrayList<>();
        if (graph != null) {
            sources.add(graph.provenance());
        }
        if (recording.provenance() != null) {
            sources.add(recording.provenance());
        }
        return new Provenance(step, facts, sources);
    }

    /** Whether another wiring of the same neurons could change the fit. */
    boolean seesWiring() {
        return synapses() || features.contains(Features.DEGREES) || features.contains(Features.SIMPLICES);
    }

    private boolean synapses() {
        Object clause = model.clause("synapses");
        return clause != null && clause != NoneValue.NONE;
    }

    private ModelSpec spec(int modules) {
        RecordValue assign = model.clause("assign", RecordValue.class, "an assignment");
        RecordValue observer = model.clause("observer", RecordValue.class, "an observer");
        boolean learned = observer != null && LEARNED.equals(observer.get("gain"));
        return new ModelSpec(
                name(),
                module.menu(),
                modules,
                "composite".equals(assign.get("word"))
                        ? ModelSpec.Assignment.COMPOSITE
                        : ModelSpec.Assignment.SCATTER_GATHER,
                radius(assign.get("radius")),
                observer == null
                        ? ModelSpec.Observer.NONE
                        : new ModelSpec.Observer(learned ? USUAL_GAIN : gain(observer), learned, drift(observer)),
                false,
                synapses());
    }

    private double radius(Object value) {
        double um = value instanceof QuantityValue q && q.unit().compatible(UM)
                ? q.quantity().in(UM)
                : Double.NaN;
        if (!(um > 0 && um < Double.POSITIVE_INFINITY)) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    "the radius of the assignment of " + name() + " is a length above 0, not "
                            + Values.describe(value));
        }
        return um;
    }

    private double drift(RecordValue observer) {
        Object value = observer.get("drift");
        double drift = value == null ? 0 : Operators.isNumber(value) ? Operators.toDouble(value) : Double.NaN;
        if (!(drift >= 0 && drift < 1)) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    "the gain of the slow baseline of " + name() + " lies between 0 and 1, not " + Display.text(value),
                    "'observer gain(0.7, drift: 0.02)' follows what changes over about 50 frames");
        }
        return drift;
    }

    private double gain(RecordValue observer) {
        Object leak = observer.get("leak");
        if (leak != null && !LEARNED.equals(leak)) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    "the leak, one for all neurons, is learned, so it cannot be given as " + Display.text(leak),
                    "write 'observer gain(0.7)'");
        }
        Object value = observer.get("gain");
        double gain = Operators.isNumber(value) ? Operators.toDouble(value) : Double.NaN;
        if (!(gain > 0 && gain <= 1)) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    "the gain of the observer of " + name() + " is above 0 and at most 1, or learned, not "
                            + Values.describe(value));
        }
        return gain;
    }

    /**
     * What is fitted, with so many modules and on this wiring.
     *
     * @param wired the structure, or the same neurons connected otherwise
     * @param split share of the frames that features of activity may see
     */
    ModelFit.Problem problem(int modules, Connectome wired, double split, Parallel parallel) {
        ModelSpec spec = spec(modules);
        Features made = null;
        if (!features.isEmpty()) {
            made = Features.of(
                    features,
                    wired,
                    ModelStructure.rows(wired, activity.names()),
                    activity.split(split).train(),
                    parallel);
        }
        ModelStructure structure = ModelStructure.of(
                spec,
                wired,
                activity.names(),
                made == null ? null : made.values(),
                made == null ? 0 : made.names().size(),
                parallel);
        return new ModelFit.Problem(spec, structure, activity, behavior, loss);
    }
}
