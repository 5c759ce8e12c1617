package dev.meso.language.builtin.models;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.ArgumentException;
import dev.meso.language.value.GraphValue;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.PartitionValue;
import dev.meso.language.value.RecordValue;
import dev.meso.language.value.RecordingValue;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.mesoscale.Tissue;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.unit.Unit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code tissue(…)}: data whose answer is known. */
public final class TissueBuiltins {
    private static final String TIME = "time";

    private TissueBuiltins() {}

    public static List<Builtin> all() {
        return List.of(Builtin.named("tissue")
                .group("models")
                .about(
                        "Planted tissue: neurons in space whose activity is made by known modules, to test what a fit finds.")
                .detail(
                        "Domains stand on a cubic lattice, 20 um apart; their spheres of 40 um overlap, so neighbours mix. Each domain runs one"
                                + " kind of chaotic system of three variables (lorenz, rossler, thomas, halvorsen, in this order) from a state of its own, and"
                                + " each of its neurons shows a mixture of them, 10 frames a second, with white noise. Each neuron sends to 8 others drawn from its"
                                + " domain; nothing runs along these connections. The same on any machine for a seed.")
                .optional("neurons", Kind.INTEGER, "how many, at least 8 a domain; 400 where left out")
                .optional("side", Kind.INTEGER, "domains along each axis of the lattice; 3 where left out")
                .optional("frames", Kind.INTEGER, "frames of the recording; 1400 where left out")
                .optional("kinds", Kind.INTEGER, "how many kinds of modules, 1 to 4; 3 where left out")
                .optional(
                        "snr",
                        Kind.NUMBER,
                        "the variance of a neuron's signal over that of its noise; 3 where left out, inf for no noise")
                .optional("seed", Kind.INTEGER, "of everything drawn; that of the session where left out")
                .returns(
                        Kind.RECORD,
                        "graph (neurons with domain and kind), activity, domains and modules (partitions of the neurons), kinds")
                .runs(TissueBuiltins::plant));
    }

    private static RecordValue plant(Call call) {
        int neurons = whole(call, "neurons", 400);
        int side = whole(call, "side", 3);
        int frames = whole(call, "frames", 1400);
        int kinds = whole(call, "kinds", 3);
        double snr = call.number("snr", 3);
        long seed = call.integer("seed", call.context().seed());
        Tissue.Options options = options(neurons, side, frames, kinds, snr, seed);
        Tissue tissue = Tissue.plant(options);

        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("neurons", (long) neurons);
        facts.put("domains", (long) options.domains());
        facts.put("frames", (long) frames);
        facts.put("kinds", (long) kinds);
        facts.put("snr", snr);
        facts.put("seed", seed);
        Provenance planted = new Provenance("tissue", facts, List.of());
        Connectome graph = tissue.connectome(planted);
        return RecordValue.of(
                "graph",
                new GraphValue(graph),
                "activity",
                RecordingValue.of(tissue.activity(), TIME, Unit.ofName("s"), name -> true, planted),
                "domains",
                PartitionValue.of(Partition.of(LongColumn.of(tissue.domain())), graph, planted),
                "modules",
                PartitionValue.of(Partition.of(tissue.kindOfNeuron()), graph, planted),
                "kinds",
                ListValue.of(tissue.kinds().stream()
                        .distinct()
                        .sorted()
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                        .toList()));
    }

    /** More than 2^31 of anything is refused as any other number that is too large. */
    private static int whole(Call call, String parameter, int otherwise) {
        int index = call.index(parameter);
        return call.given(index) ? (int) call.integer(index, 1, Integer.MAX_VALUE) : otherwise;
    }

    private static Tissue.Options options(int neurons, int side, int frames, int kinds, double snr, long seed) {
        try {
            return new Tissue.Options(neurons, side, frames, kinds, snr, seed);
        } catch (MesoException e) {
            throw new ArgumentException(e.code(), -1, e.getMessage(), e.notes().toArray(String[]::new));
        }
    }
}
