package dev.meso.language.builtin.network;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.TableValue;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.spectrum.Eigenvalue;
import dev.meso.runtime.spectrum.RandomWalk;
import dev.meso.runtime.spectrum.Spectrum;
import dev.meso.runtime.spectrum.Spectrum.Matrix;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** {@code spectrum pagerank random_walk}. */
final class SpectrumBuiltins {
    private static final String OF = "of";
    private static final String WEIGHT = "weight";
    private static final String DAMPING = "damping";
    private static final String DIRECTION = "direction";
    private static final int USUAL_COUNT = 10;
    private static final double USUAL_DAMPING = 0.85;

    private SpectrumBuiltins() {}

    static List<Builtin> all() {
        return List.of(spectrum(), pageRank(), randomWalk());
    }

    private static Builtin spectrum() {
        return Builtin.named("spectrum")
                .group(NetworkBuiltins.GROUP)
                .about("The largest eigenvalues of the wiring as a matrix.")
                .detail(
                        "\"adjacency\": a_ij is 1, or the weight of i -> j; the largest moduli come first. \"walk\": rows"
                                + " divided by their sums, the step of a random walk. \"laplacian\": 1 - D^-1/2 S D^-1/2 of the"
                                + " undirected graph, the smallest come first, a 0 for each weak component; with weights, those of both"
                                + " directions are added. \"singular\": singular values. `residual` is the norm of A x - x lambda for the unit"
                                + " vector found: an eigenvalue is exact for a matrix that is so far from A. Eigenvalues of feed-forward"
                                + " parts are exactly 0. Krylov-Schur (Stewart 2002), EJML for small matrices.")
                .parameter("g", Kind.GRAPH, NetworkBuiltins.GRAPH)
                .optional("k", Kind.INTEGER, "how many, all where there are fewer; 10 where left out")
                .optional(
                        OF,
                        Kind.TEXT,
                        "\"adjacency\", \"walk\", \"laplacian\" or \"singular\"; adjacency where left out")
                .optional(WEIGHT, Kind.BOOLEAN, "true takes weights, those of parallel connections added; else false")
                .returns(Kind.TABLE, "columns re, im, modulus, residual; of symmetric matrices value, residual")
                .runs(SpectrumBuiltins::eigenvalues);
    }

    private static Object eigenvalues(Call call) {
        Connectome g = NetworkBuiltins.graph(call);
        int count = (int)
                (call.given(1) ? Math.min(call.integer(1, 1, Integer.MAX_VALUE), g.n()) : Math.min(USUAL_COUNT, g.n()));
        String of = NetworkBuiltins.choice(call, OF, List.of("adjacency", "walk", "laplacian", "singular"));
        Matrix matrix =
                switch (of) {
                    case "walk" -> Matrix.WALK;
                    case "laplacian" -> Matrix.LAPLACIAN;
                    case "singular" -> Matrix.SINGULAR;
                    default -> Matrix.ADJACENCY;
                };
        List<Eigenvalue> found = Spectrum.of(
                g.wiring(), weights(call, g), matrix, count, call.context().parallel());
        if (!Spectrum.converged(found)) {
            double worst =
                    found.stream().mapToDouble(Eigenvalue::residual).max().orElse(0);
            call.context()
                    .warn(String.format(
                            Locale.ROOT,
                            "warning: spectrum: the iteration ended with residuals up to %.2g, because eigenvalues of nearly the"
                                    + " same size are hard to tell apart; see the column residual, and try another k",
                            worst));
        }
        Map<String, Column> columns = new LinkedHashMap<>();
        boolean symmetric = matrix == Matrix.LAPLACIAN || matrix == Matrix.SINGULAR;
        columns.put(symmetric ? "value" : "re", column(found, Eigenvalue::re));
        if (!symmetric) {
            columns.put("im", column(found, Eigenvalue::im));
            columns.put("modulus", column(found, Eigenvalue::modulus));
        }
        columns.put("residual", column(found, Eigenvalue::residual));
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("matrix", of);
        facts.put("weights", call.truth(WEIGHT, false));
        return NetworkBuiltins.made(call, Table.of(columns), facts);
    }

    private static DoubleColumn column(List<Eigenvalue> values, ToDoubleFunction<Eigenvalue> part) {
        return DoubleColumn.of(values.stream().mapToDouble(part).toArray());
    }

    /** Weights in the order of the wiring, or null for ones. */
    private static double[] weights(Call call, Connectome g) {
        if (!call.truth(WEIGHT, false)) {
            return null;
        }
        NumberColumn column = g.simple().weights();
        double[] weights = new double[column.size()];
        for (int e = 0; e < weights.length; e++) {
            weights[e] = column.number(e);
        }
        return weights;
    }

    private static Builtin pageRank() {
        return walk("pagerank")
                .about(
                        "PageRank: the share of time a walker spends at each neuron who follows connections and now and then"
                                + " starts again anywhere.")
                .detail(
                        "With probability `damping` the walker leaves by an output, each as likely as the others or in proportion to"
                                + " its weight; else, and from a neuron without outputs, it goes to any neuron with equal probability."
                                + " Iterated until the sum of changes is below 1e-13. Brin and Page 1998.")
                .optional(DAMPING, Kind.NUMBER, "from 0 to less than 1; 0.85 where left out")
                .runs(call -> {
                    double damping = call.number(DAMPING, USUAL_DAMPING);
                    if (!(damping >= 0 && damping < 1)) {
                        throw call.bad(
                                DAMPING,
                                "must be at least 0 and less than 1",
                                "random_walk(g) is the walk that never starts again");
                    }
                    Connectome g = directed(call);
                    return table(
                            call,
                            RandomWalk.pageRank(
                                    g.wiring(),
                                    weights(call, g),
                                    damping,
                                    call.context().parallel()));
                });
    }

    private static Builtin randomWalk() {
        return walk("random_walk")
                .about("The share of time that an endless random walk along connections spends at each neuron: where"
                        + " activity gathers, or in reverse, where it comes from.")
                .detail(
                        "The stationary distribution of the walk that leaves by any output with equal probability, or in proportion to"
                                + " weights. There is one only where all neurons reach each other: ask it of the largest strong component. Iterated"
                                + " until the sum of changes is below 1e-13.")
                .runs(call -> {
                    Connectome g = directed(call);
                    return table(
                            call,
                            RandomWalk.stationary(
                                    g.wiring(), weights(call, g), call.context().parallel()));
                });
    }

    private static Builtin.Builder walk(String name) {
        return Builtin.named(name)
                .group(NetworkBuiltins.GROUP)
                .parameter("g", Kind.GRAPH, NetworkBuiltins.GRAPH)
                .optional(
                        DIRECTION,
                        Kind.TEXT,
                        "\"forward\" along connections, or \"reverse\" against them; forward where left out")
                .optional(WEIGHT, Kind.BOOLEAN, "true leaves in proportion to weights; else false")
                .returns(Kind.TABLE, "columns neuron (its id), probability");
    }

    private static Connectome directed(Call call) {
        Connectome g = NetworkBuiltins.graph(call);
        return NetworkBuiltins.choice(call, DIRECTION, List.of("forward", "reverse"))
                        .equals("forward")
                ? g
                : g.reverse();
    }

    private static TableValue table(Call call, RandomWalk walk) {
        if (walk.change() > 1e-9) {
            call.context()
                    .warn(String.format(
                            Locale.ROOT,
                            "warning: %s: after %,d steps probabilities still change by %.2g in all",
                            call.builtin().name(),
                            walk.steps(),
                            walk.change()));
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("steps", (long) walk.steps());
        facts.put("last change", walk.change());
        Table table = Table.of(
                "neuron", NetworkBuiltins.graph(call).ids(), "probability", DoubleColumn.of(walk.probabilities()));
        return NetworkBuiltins.made(call, table, facts);
    }
}
