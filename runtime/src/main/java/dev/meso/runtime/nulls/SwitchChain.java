package dev.meso.runtime.nulls;

import dev.meso.runtime.task.Monitor;
import java.util.random.RandomGenerator;

/**
 * Switch and hold on simple directed graphs with given in- and out-degrees. A step takes two connections u → x and
 * v → y and makes u → y and v → x of them; where that would make a parallel connection or an autapse the graph stays as
 * it is, and the step counts. One step in 16 instead reverses a directed three-cycle.
 *
 * <p><b>Uniform.</b> The two connections are chosen by their positions, independently of the graph, and switching the
 * same two positions again undoes a switch; a reversal is proposed as often as its opposite ({@link Edges#reverseCycle}).
 * So every move is as likely as its opposite: the chain is reversible and, being connected and able to hold, tends to the
 * uniform distribution.
 *
 * <p><b>Connected.</b> Switches alone do not connect the space, since they cannot turn a lone three-cycle round; with
 * reversals they do (Rao, Jana and Bandyopadhyay, "A Markov chain Monte Carlo method for generating random (0,1)-matrices
 * with given marginals", Sankhya A 58, 1996; Kleitman and Wang 1973). Where autapses are allowed switches alone do (Ryser 1957)
 * and no reversals are made.
 *
 * <p><b>Fast.</b> A step needs about six words from all over the graph. On graphs that do not fit the cache {@link #run} draws the
 * positions of {@link #BATCH} steps first and reads what they will need, so that the waits for memory overlap; then it takes the steps
 * one after another. The result is that of {@link #step} called for each random number in turn.
 */
final class SwitchChain implements Chain {
    /** One step in 2^4 = 16 tries to turn a three-cycle: enough to connect the space, too few to cost time. */
    static final int CYCLE_BITS = 4;

    /** Steps looked ahead. 64 beat 16 and 256 on the fly-sized graph. */
    private static final int BATCH = 64;

    private static final int BATCHES_PER_CHECK = 128;

    private final Edges edges;
    private final boolean autapses;
    private final boolean batched;
    private final long[] draws = new long[BATCH];
    private final int[] post;
    private long proposed;
    private long accepted;
    private int sink;

    SwitchChain(Edges edges, boolean autapses) {
        this(edges, autapses, edges.adjacency instanceof HashRows);
    }

    /** @param batched whether to read ahead; the result is the same */
    SwitchChain(Edges edges, boolean autapses, boolean batched) {
        this.edges = edges;
        this.autapses = autapses;
        this.batched = batched;
        this.post = new int[edges.m];
    }

    @Override
    public void run(long steps, RandomGenerator random, Monitor monitor) {
        if (edges.m == 0) {
            return;
        }
        long left = steps;
        for (int round = 0; left > 0; round++) {
            if (round % BATCHES_PER_CHECK == 0) {
                monitor.checkpoint();
            }
            int size = (int) Math.min(BATCH, left);
            for (int i = 0; i < size; i++) {
                draws[i] = random.nextLong();
            }
            if (batched) {
                readAhead(size);
            }
            for (int i = 0; i < size; i++) {
                accepted += step(draws[i]) ? 1 : 0;
            }
            left -= size;
        }
        proposed += steps;
    }

    /** One step from 64 random bits: two positions and what kind of step it is. */
    boolean step(long bits) {
        long m = edges.m;
        long places = bits << CYCLE_BITS;
        int e = (int) Math.unsignedMultiplyHigh(places, m);
        long rest = places * m;
        if (!autapses && turnsCycle(bits)) {
            return edges.reverseCycle(e, rest);
        }
        int f = (int) Math.unsignedMultiplyHigh(rest, m);
        int u = edges.pre(e);
        int x = edges.post(e);
        int v = edges.pre(f);
        int y = edges.post(f);
        if (!autapses && (u == y || v == x) || edges.adjacency.has(u, y) || edges.adjacency.has(v, x)) {
            return false;
        }
        edges.exchange(e, f);
        return true;
    }

    /** Whether the step of these random bits is to turn a three-cycle; the other bits remain uniform. */
    static boolean turnsCycle(long bits) {
        return bits >>> (64 - CYCLE_BITS) == 0;
    }

    /** Reads what the steps drawn will need, as far as it is known before they are taken. */
    private void readAhead(int size) {
        long m = edges.m;
        int seen = 0;
        for (int i = 0; i < size; i++) {
            long places = draws[i] << CYCLE_BITS;
            int e = (int) Math.unsignedMultiplyHigh(places, m);
            int f = (int) Math.unsignedMultiplyHigh(places * m, m);
            seen += edges.post(e) + edges.post(f);
        }
        Adjacency adjacency = edges.adjacency;
        for (int i = 0; i < size; i++) {
            long places = draws[i] << CYCLE_BITS;
            int e = (int) Math.unsignedMultiplyHigh(places, m);
            if (!autapses && turnsCycle(draws[i])) {
                seen += edges.nextPost(e, places * m);
                continue;
            }
            int f = (int) Math.unsignedMultiplyHigh(places * m, m);
            int u = edges.pre(e);
            int x = edges.post(e);
            int v = edges.pre(f);
            int y = edges.post(f);
            seen += adjacency.touch(u, y) + adjacency.touch(v, x) + adjacency.touch(u, x) + adjacency.touch(v, y);
        }
        sink = seen;
    }

    @Override
    public int[] post() {
        edges.posts(post);
        return post;
    }

    @Override
    public void copyFrom(Chain other) {
        edges.copyFrom(((SwitchChain) other).edges);
        proposed = 0;
        accepted = 0;
    }

    @Override
    public Chain copy() {
        return new SwitchChain(edges.copy(), autapses, batched);
    }

    @Override
    public long proposed() {
        return proposed;
    }

    @Override
    public long accepted() {
        return accepted;
    }

    /** Keeps the reading ahead from being optimized away. */
    int sink() {
        return sink;
    }
}
