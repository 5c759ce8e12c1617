package dev.meso.language.builtin.network;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.ColumnValue;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.network.Clustering;
import java.util.List;
import java.util.Locale;

/** {@code clustering local_clustering}. */
final class ClusteringBuiltins {
    private static final String MEANING =
            "\"undirected\": 3 triangles / connected triples, directions ignored (transitivity). \"local\": the share of pairs of a neuron's"
                    + " partners that are partners (Watts and Strogatz 1998). \"cycle\", \"middleman\", \"in\", \"out\", \"all\": the share of the"
                    + " possible directed triangles of that kind at a neuron (Fagiolo 2007).";

    static final List<String> KINDS = List.of("undirected", "local", "cycle", "middleman", "in", "out", "all");

    private static final List<String> KINDS_OF_NEURONS = List.of("local", "cycle", "middleman", "in", "out", "all");

    private static final Builtin CLUSTERING = Builtin.named("clustering")
            .group(NetworkBuiltins.GROUP)
            .about("How often the partners of a neuron are partners.")
            .detail(KINDS
                    + " All but \"undirected\" are means over the neurons that can have such a triangle; others are left out, not"
                    + " counted as 0.")
            .parameter("g", Kind.GRAPH, NetworkBuiltins.GRAPH)
            .optional("kind", Kind.TEXT, "the definition, see above; \"undirected\" where left out")
            .returns(Kind.NUMBER, "between 0 and 1; none where no neuron can have a triangle")
            .measures(Clustering.STATISTIC)
            .runs(call -> NetworkBuiltins.orNone(Clustering.of(
                    NetworkBuiltins.graph(call).wiring(),
                    kind(call, KINDS),
                    call.context().parallel())));

    private static final Builtin LOCAL = Builtin.named("local_clustering")
            .group(NetworkBuiltins.GROUP)
            .about("The clustering of each neuron: how often its partners are partners.")
            .detail(MEANING
                    + " \"undirected\" is a number of the whole graph and not known here; `mean(local_clustering(g, kind))` is"
                    + " `clustering(g, kind)` for all others.")
            .parameter("g", Kind.GRAPH, NetworkBuiltins.GRAPH)
            .optional("kind", Kind.TEXT, "the definition, see above; \"local\" where left out")
            .returns(Kind.COLUMN, "between 0 and 1 for each neuron, missing where it has too few partners")
            .runs(call -> {
                Connectome graph = NetworkBuiltins.graph(call);
                double[] local = Clustering.local(
                        graph.wiring(),
                        kind(call, KINDS_OF_NEURONS),
                        call.context().parallel());
                return new ColumnValue(NetworkBuiltins.orMissing(local), graph);
            });

    private ClusteringBuiltins() {}

    static List<Builtin> all() {
        return List.of(CLUSTERING, LOCAL);
    }

    /** The definition asked for, the first of these words where none is. */
    static Clustering.Kind kind(Call call, List<String> words) {
        return Clustering.Kind.valueOf(
                NetworkBuiltins.choice(call, "kind", words).toUpperCase(Locale.ROOT));
    }
}
