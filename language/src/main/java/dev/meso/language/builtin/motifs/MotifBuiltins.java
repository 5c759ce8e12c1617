package dev.meso.language.builtin.motifs;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.CallableValue;
import dev.meso.language.value.GraphValue;
import dev.meso.language.value.MotifValue;
import dev.meso.language.value.TableValue;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.motif.Census;
import dev.meso.runtime.motif.PatternSearch;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.stats.Censuses;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code dyads triads count find participation}. */
public final class MotifBuiltins {
    private static final String GROUP = "motifs";
    private static final String GRAPH = "the graph; parallel connections count once, autapses are ignored";
    private static final String MOTIF = "the motif; one with parameters is called first, as in chain(2)";

    private MotifBuiltins() {}

    public static List<Builtin> all() {
        return List.of(dyads(), triads(), count(), find(), participation());
    }

    private static Builtin dyads() {
        return Builtin.named("dyads")
                .group(GROUP)
                .about("The pairs of neurons by how they are connected: null, uni (one way), bi (both ways).")
                .detail(
                        "By type, uni is a -> b and bi is a <-> b, each pair once, the lower type as a. Neurons without a type have the"
                                + " type none.")
                .parameter("g", Kind.GRAPH, GRAPH)
                .optional("by", Kind.ANY, TypedCensuses.BY)
                .returns(Kind.TABLE, "columns motif, count; by type: motif, a, b, count")
                .measures(Censuses.DYADS)
                .runs(call -> call.given("by")
                        ? typed(call, TypedCensuses.dyads(call, graph(call)))
                        : census(call, Census.DYADS, Census.dyads(graph(call).wiring())));
    }

    private static Builtin triads() {
        return Builtin.named("triads")
                .group(GROUP)
                .about("The 16 three-cell motifs of a graph under their M-A-N codes, each with its induced count.")
                .detail(
                        "The codes are those of Holland and Leinhardt 1970: numbers of mutual, asymmetric and null pairs, and a"
                                + " letter; `std.motifs` draws each. Cost: that of listing triangles, at most in proportion to"
                                + " m^1.5. By type there is a row for each motif and each assignment of types to its neurons a, b, c, drawn"
                                + " as in `std.motifs` (030C is a -> b -> c -> a, 030T a -> b -> c and a -> c). Assignments"
                                + " that a symmetry of the motif makes the same are counted under the one whose types come first. At"
                                + " most 64 types; neurons without one have the type none.")
                .parameter("g", Kind.GRAPH, GRAPH)
                .optional("by", Kind.ANY, TypedCensuses.BY)
                .returns(Kind.TABLE, "columns motif, count; by type: motif, a, b, c, count")
                .measures(Censuses.TRIADS)
                .runs(call -> call.given("by")
                        ? typed(call, TypedCensuses.triads(call, graph(call)))
                        : census(
                                call,
                                Census.TRIADS,
                                Census.triads(
                                        graph(call).wiring(), call.context().parallel())));
    }

    private static TableValue typed(Call call, Table table) {
        return new TableValue(table, provenance(call, Map.of("rows", (long) table.rows())));
    }

    private static TableValue census(Call call, List<String> motifs, long[] counts) {
        Table table = Table.of("motif", TextColumn.of(motifs.toArray(String[]::new)), "count", LongColumn.of(counts));
        return new TableValue(table, provenance(call, Map.of()));
    }

    private static Builtin count() {
        return Builtin.named("count")
                .when(GraphValue.class)
                .group(GROUP)
                .about("How many matches a motif has in a graph.")
                .detail(
                        "Mappings that differ by a symmetry of the motif are one match: a cycle of three is counted once, not"
                                + " three times.")
                .parameter("g", Kind.GRAPH, GRAPH)
                .parameter("motif", Kind.MOTIF, MOTIF)
                .optional("mappings", Kind.BOOLEAN, "true counts every mapping of the variables to neurons; else false")
                .returns(Kind.INTEGER, "the number of matches")
                .runs(call -> {
                    PatternSearch search = search(call);
                    return call.truth(2, false) ? search.mappings() : search.count();
                });
    }

    private static Builtin find() {
        return Builtin.named("find")
                .when(GraphValue.class)
                .group(GROUP)
                .about("The matches of a motif in a graph.")
                .detail(
                        "Each match stands there once, whatever the symmetry of the motif. A limit stops the search; which"
                                + " matches come first does not depend on threads.")
                .parameter("g", Kind.GRAPH, GRAPH)
                .parameter("motif", Kind.MOTIF, MOTIF)
                .optional("limit", Kind.INTEGER, "the most matches wanted; else all")
                .returns(Kind.TABLE, "one column for each motif variable, with the ids of the neurons")
                .runs(MotifBuiltins::findMatches);
    }

    private static TableValue findMatches(Call call) {
        long limit = call.given(2) ? call.integer(2, 0, Long.MAX_VALUE) : Long.MAX_VALUE;
        int[][] matches = search(call).find(limit);
        List<String> variables = motif(call).variables();
        Column ids = graph(call).ids();
        List<Column> columns = new ArrayList<>();
        for (int x = 0; x < variables.size(); x++) {
            int[] neurons = new int[matches.length];
            for (int i = 0; i < neurons.length; i++) {
                neurons[i] = matches[i][x];
            }
            columns.add(ids.select(neurons));
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("motif", motif(call).text());
        facts.put("matches", (long) matches.length);
        return new TableValue(Table.of(variables, columns), provenance(call, facts));
    }

    private static Builtin participation() {
        return Builtin.named("participation")
                .group(GROUP)
                .about("How many matches of a motif each neuron belongs to.")
                .parameter("g", Kind.GRAPH, GRAPH)
                .parameter("motif", Kind.MOTIF, MOTIF)
                .returns(Kind.TABLE, "columns neuron (its id) and count, one row for each neuron of the graph")
                .runs(call -> {
                    long[] counts = search(call).participation();
                    Table table = Table.of("neuron", graph(call).ids(), "count", LongColumn.of(counts));
                    return new TableValue(
                            table, provenance(call, Map.of("motif", motif(call).text())));
                });
    }

    private static Connectome graph(Call call) {
        return call.value(0, GraphValue.class, "a graph").connectome();
    }

    private static MotifValue motif(Call call) {
        if (call.argument(1) instanceof CallableValue && !(call.argument(1) instanceof MotifValue)) {
            throw call.bad(
                    1,
                    "is a function, not a motif",
                    "a motif with parameters becomes one when it is called, as in chain(2)");
        }
        return call.value(1, MotifValue.class, "a motif");
    }

    private static PatternSearch search(Call call) {
        Connectome graph = graph(call);
        MotifPatterns patterns = new MotifPatterns(motif(call), call.context().monitor());
        return new PatternSearch(
                graph.wiring(), patterns.on(graph), call.context().parallel());
    }

    private static Provenance provenance(Call call, Map<String, Object> facts) {
        Connectome graph = graph(call);
        Map<String, Object> all = new LinkedHashMap<>(facts);
        all.put("parallel connections merged", (long) graph.merged());
        all.put("autapses ignored", (long) graph.autapses());
        return graph.provenance().then(call.builtin().name(), all);
    }
}
