package dev.meso.runtime.network;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.motif.Census;
import dev.meso.runtime.nulls.Sample;
import dev.meso.runtime.stats.Statistic;
import dev.meso.runtime.task.Parallel;
import java.util.List;

/**
 * How often the partners of a neuron are partners. Parallel connections count once, autapses not.
 *
 * <p>Holland PW, Leinhardt S (1971) for transitivity; Watts DJ, Strogatz SH (1998). Collective dynamics of 'small-world' networks. Nature
 * 393:440-442; Fagiolo G (2007). Clustering in complex directed networks. Phys Rev E 76:026107 for the directed kinds.
 */
public final class Clustering {
    /** Which definition. */
    public enum Kind {
        /** Transitivity: 3 triangles / connected triples of the undirected simple graph, one number for all neurons together. */
        UNDIRECTED,
        /** 2 t / (k (k - 1)): the share of pairs of a neuron's k partners that are partners, whatever the directions. */
        LOCAL,
        /** i -> j -> k -> i, of the kᵢₙ kₒᵤₜ - k₂ pairs (input, target) that are different neurons; k₂ two-way partners. */
        CYCLE,
        /** i -> j, k -> j, k -> i, of the same pairs. */
        MIDDLEMAN,
        /** j -> i, k -> i, j -> k, of kᵢₙ (kᵢₙ - 1) ordered pairs of inputs. */
        IN,
        /** i -> j, i -> k, j -> k, of kₒᵤₜ (kₒᵤₜ - 1) ordered pairs of targets. */
        OUT,
        /** All four directed kinds together, of k (k - 1) - 2 k₂ with k = kᵢₙ + kₒᵤₜ. */
        ALL
    }

    /** {@link #transitivity} as a statistic, by the census that samples carry with them. */
    public static final Statistic STATISTIC = new Transitivity();

    private Clustering() {}

    /**
     * One number for the graph: the transitivity for {@link Kind#UNDIRECTED}, else the mean of {@link #local} over the neurons for which it
     * is defined. NaN where it is defined for none.
     */
    public static double of(Wiring wiring, Kind kind, Parallel parallel) {
        if (kind == Kind.UNDIRECTED) {
            return transitivity(Census.triads(wiring, parallel));
        }
        double sum = 0;
        int defined = 0;
        for (double value : local(wiring, kind, parallel)) {
            if (!Double.isNaN(value)) {
                sum += value;
                defined++;
            }
        }
        return sum / defined;
    }

    /**
     * Transitivity from the 16 triad counts in the order of {@link Census#TRIADS}: a closed triad holds three connected triples, an open one that
     * joins three neurons holds one. NaN without connected triples.
     */
    static double transitivity(long[] triads) {
        long open = 0;
        long closed = 0;
        for (int t = 0; t < triads.length; t++) {
            switch (Census.TRIADS.get(t)) {
                case "021D", "021U", "021C", "111D", "111U", "201" -> open += triads[t];
                case "030T", "030C", "120D", "120U", "120C", "210", "300" -> closed += triads[t];
                default -> {
                    // Fewer than two connected pairs.
                }
            }
        }
        return 3.0 * closed / (3.0 * closed + open);
    }

    /**
     * The clustering of each neuron; {@link Kind#UNDIRECTED} and {@link Kind#LOCAL} are the same here. NaN where a neuron has too few partners to have any
     * triangle. Cost at most in proportion to m^1.5.
     */
    public static double[] local(Wiring wiring, Kind kind, Parallel parallel) {
        Undirected graph = Undirected.of(wiring);
        long[] triangles = Triangles.counts(wiring, graph, parallel);
        double[] local = new double[wiring.n()];
        for (int v = 0; v < local.length; v++) {
            long loop = wiring.connects(v, v) ? 1 : 0;
            long in = wiring.inDegree(v) - loop;
            long out = wiring.outDegree(v) - loop;
            long both = in + out - graph.degree(v);
            int at = Triangles.KINDS * v;
            long cycle = triangles[at + Triangles.CYCLE];
            long middleman = triangles[at + Triangles.MIDDLEMAN];
            long inward = triangles[at + Triangles.IN];
            long outward = triangles[at + Triangles.OUT];
            long partners = graph.degree(v);
            local[v] = switch (kind) {
                case UNDIRECTED, LOCAL -> ratio(2 * triangles[at + Triangles.UNDIRECTED], partners * (partners - 1));
                case CYCLE -> ratio(cycle, in * out - both);
                case MIDDLEMAN -> ratio(middleman, in * out - both);
                case IN -> ratio(inward, in * (in - 1));
                case OUT -> ratio(outward, out * (out - 1));
                case ALL -> ratio(cycle + middleman + inward + outward, (in + out) * (in + out - 1) - 2 * both);
            };
        }
        return local;
    }

    private static double ratio(long triangles, long possible) {
        return possible == 0 ? Double.NaN : triangles / (double) possible;
    }

    private static final class Transitivity implements Statistic {
        @Override
        public List<String> labels() {
            return List.of("clustering");
        }

        @Override
        public double[] of(Sample sample) {
            return new double[] {transitivity(sample.triads())};
        }
    }
}
