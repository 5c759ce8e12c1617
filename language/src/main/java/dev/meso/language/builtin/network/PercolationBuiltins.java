package dev.meso.language.builtin.network;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.network.Percolation;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Table;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code percolation}. */
final class PercolationBuiltins {
    private static final String NEURONS = "neurons";
    private static final String EDGES = "edges";
    private static final String RANDOM = "random";
    private static final String LARGEST = "largest";
    private static final int DEFAULT_STEPS = 100;

    private static final Builtin PERCOLATION = Builtin.named("percolation")
            .group(NetworkBuiltins.GROUP)
            .about("How a network falls apart when neurons or connections are removed.")
            .detail(
                    "Degrees and weights are those of the whole graph, ties go in random order. Weak components at all steps come from"
                            + " adding everything back in reverse (Newman and Ziff 2000); strong ones are found anew at each step.")
            .parameter(
                    "g",
                    Kind.GRAPH,
                    "the graph; parallel connections are one with their weights summed, autapses do not count")
            .optional("remove", Kind.TEXT, "\"neurons\" with their connections, or \"edges\"; neurons where left out")
            .optional(
                    "by",
                    Kind.ANY,
                    "\"random\"; for neurons \"degree\", \"in_degree\", \"out_degree\", or a column with a number for each or its name;"
                            + " for edges \"weight\"; random where left out")
            .optional("first", Kind.TEXT, "which go first: \"largest\" or \"smallest\"; largest where left out")
            .optional("steps", Kind.INTEGER, "equal parts in which all are removed; 100 where left out")
            .optional("seed", Kind.INTEGER, "of the random order; that of the session where left out")
            .returns(
                    Kind.TABLE,
                    "columns removed (how many), fraction, value (of the last one removed; missing for random), weak and strong (neurons"
                            + " of the largest component)")
            .runs(PercolationBuiltins::percolation);

    private PercolationBuiltins() {}

    static List<Builtin> all() {
        return List.of(PERCOLATION);
    }

    private static Object percolation(Call call) {
        Connectome graph = NetworkBuiltins.graph(call);
        Wiring wiring = graph.wiring();
        boolean neurons =
                NetworkBuiltins.choice(call, "remove", List.of(NEURONS, EDGES)).equals(NEURONS);
        boolean largest = NetworkBuiltins.choice(call, "first", List.of(LARGEST, "smallest"))
                .equals(LARGEST);
        int steps = call.given("steps") ? (int) call.integer(call.index("steps"), 1, Integer.MAX_VALUE) : DEFAULT_STEPS;
        long seed = call.integer("seed", call.context().seed());
        double[] values = neurons ? ofNeurons(call, graph) : ofEdges(call, graph);
        int count = neurons ? wiring.n() : wiring.m();
        int[] order = Percolation.order(count, values, largest, seed);
        Percolation p = neurons
                ? Percolation.neurons(wiring, order, steps, call.context().parallel())
                : Percolation.connections(wiring, order, steps, call.context().parallel());
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("remove", neurons ? NEURONS : EDGES);
        facts.put("by", call.argument("by") instanceof String name ? name : values == null ? RANDOM : "a column");
        facts.put("first", largest ? LARGEST : "smallest");
        facts.put("seed", seed);
        return NetworkBuiltins.made(call, table(p, order, values), facts);
    }

    private static Table table(Percolation p, int[] order, double[] values) {
        int rows = p.removed().length;
        double[] fraction = new double[rows];
        double[] value = new double[rows];
        Arrays.fill(value, Double.NaN);
        for (int r = 0; r < rows; r++) {
            int gone = p.removed()[r];
            fraction[r] = order.length == 0 ? 0 : gone / (double) order.length;
            if (values != null && gone > 0) {
                value[r] = values[order[gone - 1]];
            }
        }
        return Table.of(
                List.of("removed", "fraction", "value", "weak", "strong"),
                List.of(
                        LongColumn.of(p.removed()),
                        DoubleColumn.of(fraction),
                        NetworkBuiltins.orMissing(value),
                        LongColumn.of(p.weak()),
                        LongColumn.of(p.strong())));
    }

    /** What neurons are ordered by, null for a random order. */
    private static double[] ofNeurons(Call call, Connectome graph) {
        Wiring wiring = graph.wiring();
        Object by = call.given("by") ? call.argument("by") : RANDOM;
        double[] values = new double[wiring.n()];
        if (by.equals(RANDOM)) {
            return null;
        }
        if (List.of("degree", "in_degree", "out_degree").contains(by)) {
            for (int v = 0; v < values.length; v++) {
                values[v] = (by.equals("out_degree") ? 0 : wiring.inDegree(v))
                        + (by.equals("in_degree") ? 0 : wiring.outDegree(v));
            }
            return values;
        }
        Column column = DegreeBuiltins.column(call, "by", graph);
        if (!(column instanceof NumberColumn numbers) || column.missingCount() > 0) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    "`percolation` needs a number for each neuron as `by`, not a column of " + column.type()
                            + (column.missingCount() > 0 ? " with " + column.missingCount() + " missing" : ""));
        }
        return DegreeBuiltins.numbers(numbers);
    }

    private static double[] ofEdges(Call call, Connectome graph) {
        String by = NetworkBuiltins.choice(call, "by", List.of(RANDOM, "weight"));
        if (by.equals(RANDOM)) {
            return null;
        }
        // Connection e of the simple graph is connection e of the wiring.
        NumberColumn weights = graph.simple().weights();
        if (weights.missingCount() > 0) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    "`percolation` needs the weight of each connection; " + weights.missingCount() + " are missing");
        }
        return DegreeBuiltins.numbers(weights);
    }
}
