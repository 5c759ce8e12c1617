package dev.meso.language.builtin.partitions;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.GraphValue;
import dev.meso.language.value.PartitionValue;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.partition.BlockMatrix;
import dev.meso.runtime.partition.BlockOrder;
import dev.meso.runtime.partition.Leiden;
import dev.meso.runtime.partition.Modularity;
import dev.meso.runtime.partition.Partition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code communities modularity cyclicity}. */
final class CommunityBuiltins {
    private static final int MOST_RESTARTS = 1_000_000;

    private static final Builtin COMMUNITIES = options(Builtin.named("communities")
                    .group(PartitionBuiltins.GROUP)
                    .about(
                            "Blocks with many more connections inside than degrees lead one to expect: the Leiden algorithm on"
                                    + " modularity.")
                    .detail(
                            "For comparison with block models, which also find blocks that are alike in whom they connect to and say how"
                                    + " many are supported; modularity finds communities in random graphs too. Traag, Waltman and van Eck"
                                    + " 2019, Sci Rep 9:5233. Cost: about linear in n + m, for each restart.")
                    .parameter("g", Kind.GRAPH, "the graph; parallel connections count once, autapses are ignored"))
            .optional("restarts", Kind.INTEGER, "independent runs, the best kept; 1 where left out")
            .optional("seed", Kind.INTEGER, "of the random numbers; that of the session where left out")
            .returns(Kind.PARTITION, "the communities, the largest first")
            .runs(CommunityBuiltins::communities);

    private static final Builtin MODULARITY = options(Builtin.named("modularity")
                    .group(PartitionBuiltins.GROUP)
                    .about(
                            "How many more connections lie inside blocks than degrees lead one to expect, as a share of all.")
                    .detail(
                            "1/m sum_ij [A_ij - resolution k_out_i k_in_j / m] over neurons i, j in one block: Leicht and Newman 2008, Phys"
                                    + " Rev Lett 100:118703; without directions Newman and Girvan 2004. A neuron in no block is a block of its"
                                    + " own.")
                    .parameter("g", Kind.GRAPH, "the graph; parallel connections count once, autapses are ignored")
                    .parameter("p", Kind.PARTITION, "the blocks"))
            .returns(Kind.NUMBER, "at most 1")
            .runs(call -> {
                Connectome g = call.value(0, GraphValue.class, "a graph").connectome();
                return modularity(call, g)
                        .of(PartitionBuiltins.partition(call, 1).on(g));
            });

    private static final Builtin CYCLICITY = Builtin.named("cyclicity")
            .group(PartitionBuiltins.GROUP)
            .about(
                    "How cyclic blocks are: of what goes from one block to another, the share that goes to the next block, in the"
                            + " cyclic order for which it is greatest.")
            .detail(
                    "max over orders of (E[1,2] + E[2,3] + … + E[B,1]) / sum of E[r,s] over r != s, with E = p.matrix(g), B >= 3. 1 where all"
                            + " goes round. The best of (B-1)! orders is above 1/(B-1) by chance alone, so compare it with a null"
                            + " model: compare(g, s => cyclicity(s, p), against: CFG), whose samples are each given their best order. Where p"
                            + " was fitted to g, fit it to each sample too. `p.order(g)` puts blocks in the order. Exact up to 14"
                            + " blocks, searched beyond.")
            .parameter("g", Kind.GRAPH, "the graph; its neurons are found by their ids")
            .parameter("p", Kind.PARTITION, "three blocks or more")
            .optional("weight", Kind.BOOLEAN, "true adds weights; else connections are counted")
            .returns(Kind.NUMBER, "between 0 and 1")
            .runs(call -> {
                Connectome g = call.value(0, GraphValue.class, "a graph").connectome();
                Partition p = PartitionBuiltins.partition(call, 1).on(g);
                return BlockOrder.cyclicity(
                        call.truth("weight", false) ? BlockMatrix.weights(p, g) : BlockMatrix.of(p, g.wiring()));
            });

    private CommunityBuiltins() {}

    static List<Builtin> all() {
        return List.of(COMMUNITIES, MODULARITY, CYCLICITY);
    }

    private static Builtin.Builder options(Builtin.Builder builder) {
        return builder.optional("resolution", Kind.NUMBER, "larger values give smaller communities; 1 where left out")
                .optional("directed", Kind.BOOLEAN, "false takes each connected pair as one connection; else true")
                .optional(
                        "weight", Kind.BOOLEAN, "true takes weights, those of parallel connections added; else false");
    }

    private static Modularity modularity(Call call, Connectome g) {
        double resolution = call.number("resolution", 1);
        if (!(resolution >= 0) || Double.isInfinite(resolution)) {
            throw call.bad("resolution", "must be 0 or more, not " + resolution);
        }
        boolean directed = call.truth("directed", true);
        return call.truth("weight", false)
                ? Modularity.weighted(g, directed, resolution)
                : Modularity.of(g.wiring(), directed, resolution);
    }

    private static Object communities(Call call) {
        Connectome g = call.value(0, GraphValue.class, "a graph").connectome();
        Modularity modularity = modularity(call, g);
        int restarts = call.given("restarts") ? (int) call.integer(call.index("restarts"), 1, MOST_RESTARTS) : 1;
        long seed = call.integer("seed", call.context().seed());
        Leiden.Result found =
                Leiden.communities(modularity, restarts, seed, call.context().parallel());
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("modularity", found.modularity());
        facts.put("resolution", call.number("resolution", 1));
        facts.put("directed", call.truth("directed", true));
        facts.put("weights", call.truth("weight", false));
        facts.put("restarts", (long) restarts);
        facts.put("rounds", (long) found.rounds());
        facts.put("seed", seed);
        return PartitionValue.of(found.partition(), g, g.provenance().then("communities", facts));
    }
}
