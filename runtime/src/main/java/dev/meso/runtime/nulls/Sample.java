package dev.meso.runtime.nulls;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.motif.EnsembleCensus;
import java.util.Arrays;

/**
 * One graph, drawn from a null model or observed, as a list of connections. While an ensemble is streamed the sample is
 * the workspace of its thread: the next draw overwrites it, so {@link #copy} what must stay. Its arrays must not be
 * written to.
 */
public final class Sample {
    private final int n;
    private final boolean matched;
    private int m;
    private int[] pre;
    private int[] post;
    private double[] weights;
    private Wiring wiring;
    private EnsembleCensus census;

    /** @param matched see {@link #matched} */
    Sample(int n, boolean matched) {
        this.n = n;
        this.matched = matched;
    }

    /** The observed graph as the sample it is compared with. */
    public static Sample of(Observed observed) {
        Sample sample = new Sample(observed.n(), true);
        sample.set(observed.m(), observed.pre(), observed.post(), observed.weights());
        sample.wiring = observed.wiring();
        return sample;
    }

    void set(int newM, int[] newPre, int[] newPost, double[] newWeights) {
        m = newM;
        pre = newPre;
        post = newPost;
        weights = newWeights;
        wiring = null;
    }

    /** Number of neurons. */
    public int n() {
        return n;
    }

    /** Number of connections; the arrays may be longer. */
    public int m() {
        return m;
    }

    public int[] pre() {
        return pre;
    }

    public int[] post() {
        return post;
    }

    /** The weight of each connection, or null where the graph has none or the model does not keep any. */
    public double[] weights() {
        return weights;
    }

    /**
     * Whether connection e of the sample is connection e of the observed graph with the same presynaptic neuron, so that it
     * keeps that connection's attributes.
     */
    public boolean matched() {
        return matched;
    }

    /** The graph in compressed rows, made when first asked for; cost linear. */
    public Wiring wiring() {
        if (wiring == null) {
            wiring = Wiring.of(n, trimmed(pre), trimmed(post), true);
        }
        return wiring;
    }

    /** The 16 induced triad counts in the order of {@code motif.Census.TRIADS}; autapses do not count. */
    public long[] triads() {
        return census().triads(trimmed(pre), trimmed(post));
    }

    /** The induced dyad counts null, one-way, two-way; autapses do not count. */
    public long[] dyads() {
        return census().dyads(trimmed(pre), trimmed(post));
    }

    private EnsembleCensus census() {
        if (census == null) {
            census = new EnsembleCensus(n);
        }
        return census;
    }

    private int[] trimmed(int[] ends) {
        return ends.length == m ? ends : Arrays.copyOf(ends, m);
    }

    /** A sample of its own, which later draws leave alone. */
    public Sample copy() {
        Sample copy = new Sample(n, matched);
        copy.set(m, Arrays.copyOf(pre, m), Arrays.copyOf(post, m), weights == null ? null : Arrays.copyOf(weights, m));
        return copy;
    }
}
