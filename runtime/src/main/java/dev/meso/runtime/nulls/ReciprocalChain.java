package dev.meso.runtime.nulls;

import dev.meso.runtime.task.Monitor;
import java.util.random.RandomGenerator;

/**
 * Simple directed graphs with given in- and out-degrees and a given number of two-way pairs.
 *
 * <p>Moves that keep the number of two-way pairs do not connect this space, so the chain walks on the larger space of
 * {@link SwitchChain}, where a graph whose number of two-way pairs is off by d has weight exp(-lambda |d|) (Metropolis
 * acceptance), and only graphs with d = 0 are seen: a step of this chain runs from one such moment to the next. That is the trace
 * of a reversible chain on a set of states of equal weight, hence itself reversible and uniform. Held steps at d = 0 count
 * as seen again; to run a fixed number of moves and then on to the next d = 0 would be biased towards graphs that are
 * entered often.
 *
 * <p>lambda comes from {@link ReciprocalPenalty} and stays as it is while samples are drawn.
 */
final class ReciprocalChain implements Chain {
    private static final long CHECK_MASK = 0xFFF;

    private final Edges edges;
    private final double[] acceptance = new double[3];
    private final int[] post;
    private double lambda;
    private long deviation;
    private long proposed;
    private long accepted;

    /** @param deviation two-way pairs of {@code edges} beyond the number wanted */
    ReciprocalChain(Edges edges, double lambda, long deviation) {
        this.edges = edges;
        this.deviation = deviation;
        this.post = new int[edges.m];
        setLambda(lambda);
    }

    /** Only while tuning. */
    void setLambda(double newLambda) {
        lambda = newLambda;
        // A switch changes the number of two-way pairs by at most two.
        for (int further = 0; further < acceptance.length; further++) {
            acceptance[further] = Math.exp(-lambda * further);
        }
    }

    long deviation() {
        return deviation;
    }

    /** Single moves, wherever they lead. */
    void walk(long moves, RandomGenerator random, Monitor monitor) {
        for (long i = 0; i < moves; i++) {
            if ((proposed++ & CHECK_MASK) == 0) {
                monitor.checkpoint();
            }
            accepted += step(random) ? 1 : 0;
        }
    }

    @Override
    public void run(long steps, RandomGenerator random, Monitor monitor) {
        if (edges.m == 0) {
            return;
        }
        for (long left = steps; left > 0; ) {
            if ((proposed++ & CHECK_MASK) == 0) {
                monitor.checkpoint();
            }
            accepted += step(random) ? 1 : 0;
            left -= deviation == 0 ? 1 : 0;
        }
    }

    private boolean step(RandomGenerator random) {
        long m = edges.m;
        long bits = random.nextLong();
        long places = bits << SwitchChain.CYCLE_BITS;
        int e = (int) Math.unsignedMultiplyHigh(places, m);
        long rest = places * m;
        if (SwitchChain.turnsCycle(bits)) {
            // Three one-way pairs before and after: the number of two-way pairs stays.
            return edges.reverseCycle(e, rest);
        }
        int f = (int) Math.unsignedMultiplyHigh(rest, m);
        int u = edges.pre(e);
        int x = edges.post(e);
        int v = edges.pre(f);
        int y = edges.post(f);
        Adjacency adjacency = edges.adjacency;
        if (u == y || v == x || adjacency.has(u, y) || adjacency.has(v, x)) {
            return false;
        }
        // u, v, x, y are four different neurons here, so none of these is one of the connections that move.
        int change = one(adjacency.has(y, u))
                + one(adjacency.has(x, v))
                - one(adjacency.has(x, u))
                - one(adjacency.has(y, v));
        long further = Math.abs(deviation + change) - Math.abs(deviation);
        if (further > 0 && random.nextDouble() >= acceptance[(int) further]) {
            return false;
        }
        deviation += change;
        edges.exchange(e, f);
        return true;
    }

    private static int one(boolean condition) {
        return condition ? 1 : 0;
    }

    @Override
    public int[] post() {
        edges.posts(post);
        return post;
    }

    @Override
    public void copyFrom(Chain other) {
        ReciprocalChain that = (ReciprocalChain) other;
        edges.copyFrom(that.edges);
        deviation = that.deviation;
        proposed = 0;
        accepted = 0;
    }

    @Override
    public Chain copy() {
        return new ReciprocalChain(edges.copy(), lambda, deviation);
    }

    @Override
    public long proposed() {
        return proposed;
    }

    @Override
    public long accepted() {
        return accepted;
    }

    @Override
    public double penalty() {
        return lambda;
    }
}
