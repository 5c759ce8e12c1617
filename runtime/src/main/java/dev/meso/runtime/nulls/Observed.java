package dev.meso.runtime.nulls;

import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.table.NumberColumn;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The observed graph as null models see it: a simple directed graph as a list of connections in row order (by
 * presynaptic, then by postsynaptic neuron), with weights where there are any. Immutable; its arrays must not be
 * written to.
 */
public final class Observed implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Wiring wiring;
    private final int[] pre;
    private final double[] weights;
    private final boolean autapses;
    private final long merged;
    private final long dropped;
    private final long twoWay;

    private Observed(Wiring wiring, double[] weights, boolean autapses, long merged, long dropped) {
        this.wiring = wiring;
        this.pre = wiring.edgeSources();
        this.weights = weights;
        this.autapses = autapses;
        this.merged = merged;
        this.dropped = dropped;
        this.twoWay = countTwoWay(wiring);
    }

    /** The wiring without its autapses. */
    public static Observed of(Wiring wiring) {
        return of(wiring.n(), wiring.edgeSources(), wiring.outTargets(), null, false);
    }

    /** The wiring, with its autapses where {@code autapses}. */
    public static Observed of(Wiring wiring, boolean autapses) {
        return of(wiring.n(), wiring.edgeSources(), wiring.outTargets(), null, autapses);
    }

    /**
     * The simple graph of a connectome: without {@code autapses}, connection e is edge e of {@link Connectome#simple}.
     * Weights that are missing are NaN.
     */
    public static Observed of(Connectome graph, boolean autapses) {
        if (autapses) {
            return of(graph.n(), graph.pre(), graph.post(), numbers(graph.weights()), true);
        }
        double[] weights = numbers(graph.simple().weights());
        return new Observed(graph.wiring(), weights, false, graph.merged(), graph.autapses());
    }

    private static double[] numbers(NumberColumn column) {
        double[] numbers = new double[column.size()];
        for (int e = 0; e < numbers.length; e++) {
            numbers[e] = column.missing(e) ? Double.NaN : column.number(e);
        }
        return numbers;
    }

    /**
     * The simple graph of these connections: parallel ones become one and their weights are summed; autapses are dropped
     * unless {@code autapses}. Cost: linear, and a search in one row per connection where there are weights.
     *
     * @param weights one per connection, or null
     */
    public static Observed of(int n, int[] pre, int[] post, double[] weights, boolean autapses) {
        Wiring wiring = Wiring.of(n, pre, post, autapses);
        long dropped = 0;
        if (!autapses) {
            for (int e = 0; e < pre.length; e++) {
                dropped += pre[e] == post[e] ? 1 : 0;
            }
        }
        double[] sums = null;
        if (weights != null) {
            sums = new double[wiring.m()];
            for (int e = 0; e < pre.length; e++) {
                int at = Arrays.binarySearch(
                        wiring.outTargets(), wiring.outStart()[pre[e]], wiring.outStart()[pre[e] + 1], post[e]);
                if (at >= 0) {
                    sums[at] += weights[e];
                }
            }
        }
        return new Observed(wiring, sums, autapses, pre.length - dropped - wiring.m(), dropped);
    }

    private static long countTwoWay(Wiring wiring) {
        long found = 0;
        for (int v = 0; v < wiring.n(); v++) {
            // Rows are sorted: merge the row of outputs with that of inputs.
            int i = wiring.outStart()[v];
            int j = wiring.inStart()[v];
            while (i < wiring.outStart()[v + 1] && j < wiring.inStart()[v + 1]) {
                int out = wiring.outTargets()[i];
                int in = wiring.inSources()[j];
                found += out == in && out != v ? 1 : 0;
                i += out <= in ? 1 : 0;
                j += in <= out ? 1 : 0;
            }
        }
        return found / 2;
    }

    public Wiring wiring() {
        return wiring;
    }

    /** Number of neurons. */
    public int n() {
        return wiring.n();
    }

    /** Number of connections. */
    public int m() {
        return wiring.m();
    }

    /** The presynaptic neuron of each connection, ascending. */
    public int[] pre() {
        return pre;
    }

    /** The postsynaptic neuron of each connection. */
    public int[] post() {
        return wiring.outTargets();
    }

    /** The connections of neuron v stand at {@code start[v] .. start[v+1]-1}. */
    public int[] start() {
        return wiring.outStart();
    }

    /** The weight of each connection, or null where the graph has none. */
    public double[] weights() {
        return weights;
    }

    /** Whether autapses belong to the graph; otherwise they were dropped. */
    public boolean autapses() {
        return autapses;
    }

    /** Parallel connections merged into others. */
    public long merged() {
        return merged;
    }

    /** Autapses left out. */
    public long dropped() {
        return dropped;
    }

    /** Pairs of different neurons: n (n - 1) / 2. */
    public long pairs() {
        return n() * (n() - 1L) / 2;
    }

    /** Pairs connected both ways. */
    public long twoWay() {
        return twoWay;
    }

    /** Pairs connected one way. */
    public long oneWay() {
        long loops = 0;
        for (int v = 0; v < n(); v++) {
            loops += autapses && wiring.connects(v, v) ? 1 : 0;
        }
        return m() - loops - 2 * twoWay;
    }

    @Override
    public String toString() {
        return wiring.toString();
    }
}
