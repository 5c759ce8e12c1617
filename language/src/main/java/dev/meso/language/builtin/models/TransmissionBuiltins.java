package dev.meso.language.builtin.models;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.Format;
import dev.meso.language.value.GraphValue;
import dev.meso.language.value.RecordingValue;
import dev.meso.language.value.TableValue;
import dev.meso.language.value.TransmissionValue;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.mesoscale.Transmission;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.recording.Events;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.unit.Unit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code transmission(recording, g)}: structure and activity joined, bin by bin. */
public final class TransmissionBuiltins {
    private static final double USUAL_BIN = 0.005;
    private static final double WINDOW_OF_BIN = 1.5;
    private static final double USUAL_THRESHOLD = 2;
    private static final String BIN = "bin";
    private static final String WINDOW = "window";
    private static final Unit SECONDS = Unit.ofName("s");

    private TransmissionBuiltins() {}

    public static List<Builtin> all() {
        return List.of(Builtin.named("transmission")
                .group("models")
                .about(
                        "Transmission-response graphs: for each bin of time the connections that may have carried something.")
                .detail(
                        "A connection is in the graph of a bin where its presynaptic neuron was active in the bin and its postsynaptic neuron"
                                + " within the window after that, later than it. In a signal, a neuron is active where the signal, standardized within each"
                                + " recording, rises through the threshold from one frame to the next. Graphs are made when asked for. Dean 2017, section"
                                + " 4.2; Reimann et al. 2017, Front Comput Neurosci 11:48.")
                .parameter("recording", Kind.ANY, "a recording, or a table of spikes with the columns time and neuron")
                .parameter("g", Kind.GRAPH, "the graph; its neurons are found by id")
                .optional(
                        BIN,
                        Kind.QUANTITY,
                        "how long a bin is; 5 ms where left out, or one frame where frames are further apart")
                .optional(
                        WINDOW,
                        Kind.QUANTITY,
                        "how long after the presynaptic neuron the postsynaptic one may be active; 1.5 bins where left out")
                .optional(
                        "threshold",
                        Kind.NUMBER,
                        "in standard deviations above the mean of the neuron; 2 where left out")
                .optional(
                        "events",
                        Kind.TEXT,
                        "\"rises\", or \"spikes\" for a recording of counts: active where the count is above 0; rises where left out")
                .returns(Kind.ANY, "a list of graphs, with graphs, times, counts and mean")
                .runs(TransmissionBuiltins::run));
    }

    private static TransmissionValue run(Call call) {
        Connectome graph = call.value(1, GraphValue.class, "a graph").connectome();
        Object source = call.argument(0);
        boolean list = source instanceof TableValue;
        int[] place = new int[graph.n()];
        Arrays.fill(place, -1);
        Events events;
        double step = 0;
        Unit unit = SECONDS;
        if (list) {
            events = spikes(((TableValue) source).table(), graph);
            Arrays.setAll(place, v -> v);
        } else {
            RecordingValue recording = call.value(0, RecordingValue.class, "a recording or a table of spikes");
            Activity activity = recording.activity();
            int found = 0;
            for (int i = 0; i < activity.neurons(); i++) {
                int v = graph.neuron(activity.names().get(i));
                found += v >= 0 ? 1 : 0;
                if (v >= 0) {
                    place[v] = i;
                }
            }
            if (found == 0) {
                throw nobody(activity, graph);
            }
            step = activity.step();
            unit = recording.times().unit().isOne()
                    ? SECONDS
                    : recording.times().unit();
            events = events(call, activity).on(place);
        }
        double bin = call.given(BIN) ? seconds(call, BIN) : Math.max(USUAL_BIN, step);
        double window = call.given(WINDOW) ? seconds(call, WINDOW) : WINDOW_OF_BIN * bin;
        if (window < step * (1 - 1e-6)) {
            throw call.bad(
                    call.given(WINDOW) ? WINDOW : BIN,
                    "makes a window of " + write(window) + ", shorter than the time from one frame to the next, "
                            + write(step) + ": nothing can be seen in it",
                    "write a window of at least one frame");
        }
        if (events.count() == 0) {
            call.context()
                    .warn("warning: no neuron was ever active" + (list ? "" : "; a lower `threshold` finds more"));
        }
        boolean[] recorded = new boolean[graph.n()];
        for (int v = 0; v < recorded.length; v++) {
            recorded[v] = place[v] >= 0;
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("bin", write(bin));
        facts.put(WINDOW, write(window));
        facts.put("events", (long) events.count());
        Provenance how = new Provenance("transmission", facts, sources(source, graph));
        return new TransmissionValue(
                graph,
                new Transmission(graph.wiring(), events, bin, window),
                recorded,
                unit,
                "bins of " + write(bin) + ", a window of " + write(window),
                how);
    }

    private static List<Provenance> sources(Object source, Connectome graph) {
        Object own = source instanceof TableValue table ? table.provenance() : ((RecordingValue) source).provenance();
        return own instanceof Provenance p ? List.of(p, graph.provenance()) : List.of(graph.provenance());
    }

    private static Events events(Call call, Activity activity) {
        double threshold = call.number("threshold", USUAL_THRESHOLD);
        return switch (call.text("events", "rises")) {
            case "rises" -> {
                if (!Double.isFinite(threshold)) {
                    throw call.bad("threshold", "must be a number, not " + threshold);
                }
                yield Events.crossings(activity, threshold);
            }
            case "spikes" -> {
                if (call.given("threshold")) {
                    throw call.bad("threshold", "is for signals, not for spikes");
                }
                yield Events.spikes(activity);
            }
            default -> throw call.bad("events", "must be \"rises\" or \"spikes\"");
        };
    }

    private static Events spikes(Table table, Connectome graph) {
        NumberColumn time = table.numbers("time");
        Unit unit = time.unit();
        int[] neuron = graph.neuronIds().find(table.column("neuron"));
        double[] seconds = new double[neuron.length];
        for (int k = 0; k < seconds.length; k++) {
            if (neuron[k] < 0) {
                throw new MesoException(
                        ErrorCode.UNKNOWN_NEURON,
                        "spike " + k + " is of the neuron "
                                + table.column("neuron").value(k) + ", which is not in the graph");
            }
            double at = time.missing(k) ? Double.NaN : time.number(k);
            seconds[k] = unit.isOne() ? at : unit.convert(at, SECONDS);
        }
        return Events.of(graph.n(), neuron, seconds);
    }

    private static double seconds(Call call, String parameter) {
        double seconds = call.in(call.index(parameter), SECONDS);
        if (!(seconds > 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw call.bad(parameter, "must be a time above 0");
        }
        return seconds;
    }

    private static String write(double seconds) {
        boolean small = seconds < 0.1;
        return Format.apply(small ? seconds * 1000 : seconds, ".4g") + (small ? " ms" : " s");
    }

    private static MesoException nobody(Activity activity, Connectome graph) {
        List<String> names = activity.names();
        return new MesoException(
                ErrorCode.UNKNOWN_NEURON,
                "none of the " + names.size() + " columns of the recording is a neuron of the graph",
                "the columns are " + String.join(", ", names.subList(0, Math.min(3, names.size())))
                        + ", …; the graph's ids are " + graph.ids().value(0) + ", …");
    }
}
