package dev.meso.language.value;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.runtime.graph.Components;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.table.BooleanColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.Table;

/** The properties and methods of graphs. */
final class GraphMembers {
    static final Members MEMBERS = Members.of(GraphValue.class)
            .property("n", Kind.INTEGER, "number of neurons", g ->
                    (long) g.connectome().n())
            .property("m", Kind.INTEGER, "number of connections, parallel ones and autapses included", g ->
                    (long) g.connectome().m())
            .property("neurons", Kind.TABLE, "the neurons, one a row", g -> TableValue.ofNeurons(g.connectome()))
            .property(
                    "synapses",
                    Kind.TABLE,
                    "the connections, one a row, with pre, post and weight",
                    g -> new TableValue(g.connectome().synapses(), g.provenance()))
            .property(
                    "ids",
                    Kind.COLUMN,
                    "the id of each neuron",
                    g -> new ColumnValue(g.connectome().ids(), g.connectome()))
            .property(
                    "density",
                    Kind.NUMBER,
                    "connected pairs of those possible: m / (n (n - 1)) of the simple graph",
                    g -> g.connectome().density())
            .property(
                    "reciprocity",
                    Kind.NUMBER,
                    "the share of connections whose reverse is there too",
                    g -> g.connectome().reciprocity())
            .property(
                    "in_degrees",
                    Kind.COLUMN,
                    "the number of different presynaptic partners of each neuron",
                    g -> new ColumnValue(LongColumn.of(g.connectome().inDegrees()), g.connectome()))
            .property(
                    "out_degrees",
                    Kind.COLUMN,
                    "the number of different postsynaptic partners of each neuron",
                    g -> new ColumnValue(LongColumn.of(g.connectome().outDegrees()), g.connectome()))
            .method(Builtin.named("simple")
                    .about("Parallel connections become one, their weights summed; autapses are dropped.")
                    .detail("Other attributes are kept where all merged connections agree and are missing elsewhere.")
                    .parameter("g", Kind.GRAPH, "the graph")
                    .returns(Kind.GRAPH, "the simple graph")
                    .runs(call -> new GraphValue(graph(call).simple())))
            .method(Builtin.named("where")
                    .about("The neurons for which the condition holds, and the connections among them.")
                    .parameter("g", Kind.GRAPH, "the graph")
                    .parameter(
                            "condition",
                            Kind.FUNCTION,
                            "from a neuron to true or false, asked once each; or a column of them")
                    .returns(Kind.GRAPH, "the induced subgraph")
                    .runs(GraphMembers::where))
            .method(Builtin.named("connections")
                    .about("All neurons and the connections for which the condition holds.")
                    .detail("A connection has `pre`, `post`, `weight` (also called `synapses`) and its other columns.")
                    .parameter("g", Kind.GRAPH, "the graph")
                    .parameter(
                            "condition",
                            Kind.FUNCTION,
                            "from a connection to true or false, asked once each; or a column of them")
                    .returns(Kind.GRAPH, "the graph with fewer connections")
                    .runs(GraphMembers::connections))
            .method(Builtin.named("subgraph")
                    .about("These neurons, in this order, and the connections among them.")
                    .parameter("g", Kind.GRAPH, "the graph")
                    .parameter("ids", Kind.LIST, "the ids of the neurons")
                    .returns(Kind.GRAPH, "the induced subgraph")
                    .runs(GraphMembers::subgraph))
            .method(Builtin.named("reverse")
                    .about("The graph with every connection turned round.")
                    .parameter("g", Kind.GRAPH, "the graph")
                    .returns(Kind.GRAPH, "the reversed graph")
                    .runs(call -> new GraphValue(graph(call).reverse())))
            .method(Builtin.named("largest_component")
                    .about("The neurons of the largest component and the connections among them.")
                    .parameter("g", Kind.GRAPH, "the graph")
                    .optional(
                            "kind",
                            Kind.TEXT,
                            "\"strong\" (they reach each other along connections) or \"weak\" (whatever the direction); strong by default")
                    .returns(Kind.GRAPH, "the induced subgraph")
                    .runs(call -> new GraphValue(graph(call).largestComponent(strong(call)))))
            .method(Builtin.named("components")
                    .about("The component of each neuron, by number: 0 is the largest.")
                    .parameter("g", Kind.GRAPH, "the graph")
                    .optional("kind", Kind.TEXT, "\"strong\" or \"weak\"; strong by default")
                    .returns(Kind.COLUMN, "one number for each neuron")
                    .runs(GraphMembers::components))
            .end();

    private GraphMembers() {}

    private static Connectome graph(Call call) {
        return call.value(0, GraphValue.class, "a graph").connectome();
    }

    private static GraphValue where(Call call) {
        Connectome g = graph(call);
        if (call.argument(1) instanceof ColumnValue column && column.column() instanceof BooleanColumn keep) {
            requireLength(call, keep, g.n());
            return new GraphValue(g.where(keep::get));
        }
        CallableValue condition = call.function(1);
        Table neurons = g.neuronView();
        return new GraphValue(g.where(v -> call.holds(condition, new RowValue(neurons, v))));
    }

    private static GraphValue connections(Call call) {
        Connectome g = graph(call);
        if (call.argument(1) instanceof ColumnValue column && column.column() instanceof BooleanColumn keep) {
            requireLength(call, keep, g.m());
            return new GraphValue(g.connections(keep));
        }
        CallableValue condition = call.function(1);
        Table synapses = g.synapseView();
        return new GraphValue(g.connections(e -> call.holds(condition, new RowValue(synapses, e))));
    }

    private static void requireLength(Call call, BooleanColumn keep, int expected) {
        if (keep.size() != expected) {
            throw call.bad(1, "has " + keep.size() + " rows where the graph has " + expected);
        }
    }

    private static GraphValue subgraph(Call call) {
        Connectome g = graph(call);
        ListValue ids = call.list(1);
        int[] neurons = new int[ids.length()];
        for (int i = 0; i < neurons.length; i++) {
            Object id = ids.get(i) instanceof RowValue row ? row.member("id") : ids.get(i);
            neurons[i] = g.requireNeuron(id);
        }
        return new GraphValue(g.subgraph(neurons));
    }

    private static boolean strong(Call call) {
        return switch (call.text(1, "strong")) {
            case "strong" -> true;
            case "weak" -> false;
            default -> throw call.bad(1, "must be \"strong\" or \"weak\"");
        };
    }

    private static ColumnValue components(Call call) {
        Connectome g = graph(call);
        Components c = strong(call) ? g.strongComponents() : g.weakComponents();
        return new ColumnValue(LongColumn.of(c.ofNeuron()), g);
    }
}
