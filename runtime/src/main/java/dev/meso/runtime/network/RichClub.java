package dev.meso.runtime.network;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.nulls.Sample;
import dev.meso.runtime.stats.Statistic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether neurons of many connections are connected to each other: φ(k) = E / (N (N - 1)) for the N neurons of degree above k and the
 * E connections among them, for several k at once. As a statistic it has one number for each k; 0 where fewer than two neurons are
 * left. Degrees are those of each sample, which matters for null models that do not keep them. Cost: linear in n + m.
 *
 * <p>Colizza V, Flammini A, Serrano MA, Vespignani A (2006). Detecting rich-club ordering in complex networks. Nat Phys 2:110-115; van den Heuvel MP,
 * Sporns O (2011). Rich-club organization of the human connectome. J Neurosci 31:15775-15786.
 */
public final class RichClub implements Statistic {
    /** Which connections make a neuron rich. */
    public enum Degree {
        /** In-degree plus out-degree. */
        TOTAL,
        IN,
        OUT
    }

    private final Degree kind;
    private final int[] thresholds;

    /** @param thresholds k, ascending and not negative */
    public RichClub(Degree kind, int... thresholds) {
        for (int t = 0; t < thresholds.length; t++) {
            if (thresholds[t] < 0 || t > 0 && thresholds[t] <= thresholds[t - 1]) {
                throw new IllegalArgumentException("thresholds must ascend from 0: " + Arrays.toString(thresholds));
            }
        }
        this.kind = kind;
        this.thresholds = thresholds.clone();
    }

    /** All k at which the club of this wiring changes and keeps two members. */
    public static RichClub of(Wiring wiring, Degree kind) {
        int[] degrees = degrees(wiring.n(), wiring.m(), wiring.edgeSources(), wiring.outTargets(), kind);
        Arrays.sort(degrees);
        List<Integer> thresholds = new ArrayList<>(List.of(0));
        for (int v = 0; v + 2 < degrees.length; v++) {
            if (degrees[v] > 0 && degrees[v + 1] > degrees[v]) {
                thresholds.add(degrees[v]);
            }
        }
        return new RichClub(
                kind, thresholds.stream().mapToInt(Integer::intValue).toArray());
    }

    /** The degrees above which a neuron is in the club. */
    public int[] thresholds() {
        return thresholds.clone();
    }

    /**
     * @param neurons members of the club for each threshold
     * @param connections among them
     */
    public record Members(long[] neurons, long[] connections) {
        /** The share of ordered pairs of members that are connected, 0 of fewer than two. */
        public double[] density() {
            double[] density = new double[neurons.length];
            for (int t = 0; t < density.length; t++) {
                double pairs = neurons[t] * (neurons[t] - 1.0);
                density[t] = pairs > 0 ? connections[t] / pairs : 0;
            }
            return density;
        }
    }

    public Members members(Wiring wiring) {
        return members(wiring.n(), wiring.m(), wiring.edgeSources(), wiring.outTargets());
    }

    private Members members(int n, int m, int[] pre, int[] post) {
        int[] degree = degrees(n, m, pre, post, kind);
        // club[d] is how many thresholds lie below degree d.
        int largest = Arrays.stream(degree).max().orElse(0);
        int[] clubs = new int[largest + 1];
        for (int d = 0, t = 0; d <= largest; d++) {
            while (t < thresholds.length && thresholds[t] < d) {
                t++;
            }
            clubs[d] = t;
        }
        long[] neurons = new long[thresholds.length + 1];
        long[] connections = new long[thresholds.length + 1];
        for (int v = 0; v < n; v++) {
            neurons[clubs[degree[v]]]++;
        }
        for (int e = 0; e < m; e++) {
            if (pre[e] != post[e]) {
                connections[clubs[Math.min(degree[pre[e]], degree[post[e]])]]++;
            }
        }
        // Who is in club t is in all before it.
        for (int t = thresholds.length - 1; t >= 0; t--) {
            neurons[t] += neurons[t + 1];
            connections[t] += connections[t + 1];
        }
        return new Members(
                Arrays.copyOfRange(neurons, 1, neurons.length), Arrays.copyOfRange(connections, 1, connections.length));
    }

    private static int[] degrees(int n, int m, int[] pre, int[] post, Degree kind) {
        int[] degree = new int[n];
        for (int e = 0; e < m; e++) {
            if (pre[e] != post[e]) {
                degree[pre[e]] += kind == Degree.IN ? 0 : 1;
                degree[post[e]] += kind == Degree.OUT ? 0 : 1;
            }
        }
        return degree;
    }

    @Override
    public List<String> labels() {
        return Arrays.stream(thresholds).mapToObj(k -> "rich_club(" + k + ")").toList();
    }

    @Override
    public double[] of(Sample sample) {
        return members(sample.n(), sample.m(), sample.pre(), sample.post()).density();
    }
}
