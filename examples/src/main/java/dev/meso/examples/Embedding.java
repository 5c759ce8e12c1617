package dev.meso.examples;

import java.io.PrintStream;
import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/**
 * Meso inside a Java program: edges go in as a list, tables, records, graphs and functions come back, and functions of Meso,
 * Java and JavaScript call each other.
 */
public final class Embedding {
    private Embedding() {}

    /** A graph that only Java knows: who connects to whom. */
    static final List<List<Integer>> EDGES =
            List.of(List.of(0, 1), List.of(1, 2), List.of(2, 0), List.of(2, 3), List.of(3, 4), List.of(4, 3));

    public static void main(String[] args) {
        try (Context context = context()) {
            show(context, System.out);
        }
    }

    /** A script sees only what its context allows: here the lists it is given; no files, no network, no classes. */
    static Context context() {
        HostAccess lists =
                HostAccess.newBuilder(HostAccess.EXPLICIT).allowListAccess(true).build();
        return Context.newBuilder("meso", "js").allowHostAccess(lists).build();
    }

    static void show(Context context, PrintStream out) {
        // A function of Meso, called from Java with a Java list.
        Value build = context.eval("meso", "edges => connectome(neurons: 5, synapses: edges)");
        Value graph = build.execute(EDGES);
        out.println("a graph: " + graph.getMember("n").asInt() + " neurons, "
                + graph.getMember("m").asInt() + " connections, reciprocity "
                + graph.getMember("reciprocity").asDouble());

        // A table is an array of records.
        Value dyads = context.eval("meso", "g => dyads(g)").execute(graph);
        for (long row = 0; row < dyads.getArraySize(); row++) {
            Value record = dyads.getArrayElement(row);
            out.println("pairs " + record.getMember("motif").asString() + ": "
                    + record.getMember("count").asLong());
        }

        // Declarations stay in the context: what one source defines the next can use.
        context.eval("meso", "motif cycle3 { a -> b; b -> c; c -> a }");
        long cycles =
                context.eval("meso", "g => count(g, cycle3)").execute(graph).asLong();
        out.println("three-cycles: " + cycles);

        // A comparison with a null model; the record has named members.
        Value comparison = context.eval("meso", "g => compare(g, cycle3, against: CFG, samples: 99, seed: 1)[0]")
                .execute(graph);
        out.println("p of as many: " + comparison.getMember("p_greater").asDouble());

        // A function of JavaScript, called from Meso on every number of a list.
        Value square = context.eval("js", "x => x * x");
        Value squares = context.eval("meso", "(f, xs) => map(xs, f)").execute(square, List.of(1, 2, 3));
        out.println("squares by JavaScript: " + squares.getArrayElement(2).asInt());

        // A statistic written in Java, which Meso computes on the graph and on every sample of the null model.
        ProxyExecutable twoWay =
                arguments -> arguments[0].getMember("reciprocity").asDouble()
                        * arguments[0].getMember("m").asInt()
                        / 2;
        Value own = context.eval("meso", "(g, f) => compare(g, f, against: CFG, samples: 99, seed: 1)[0].observed")
                .execute(graph, twoWay);
        out.println("two-way pairs by Java: " + own.asDouble());

        Value record = context.eval("meso", "{name: \"AVA\", cells: [\"AVAL\", \"AVAR\"]}");
        out.println(record.getMember("name").asString() + " has "
                + record.getMember("cells").getArraySize() + " cells");
    }
}
