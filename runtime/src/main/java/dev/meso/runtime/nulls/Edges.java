package dev.meso.runtime.nulls;

/**
 * The state of a switching chain: connections in row order, whose postsynaptic ends move. Connection e always belongs to
 * neuron {@code pre[e]}, so out-degrees hold by construction; posts are only permuted, so in-degrees do.
 *
 * <p>Each simple graph with these degrees is represented by the same number of states, the product of the factorials of
 * the out-degrees; a chain uniform over states is uniform over graphs.
 */
final class Edges {
    final int n;
    final int m;
    final int[] start;
    final Adjacency adjacency;

    /** The presynaptic neuron of each connection above, the postsynaptic one below: one wait for memory brings both. */
    private final long[] ends;

    Edges(int n, int[] start, int[] pre, int[] post) {
        this(n, start, pre, post, Adjacency.of(n, start, post));
    }

    /** @param adjacency of the same connections; it becomes part of the state */
    Edges(int n, int[] start, int[] pre, int[] post, Adjacency adjacency) {
        this(n, start, new long[post.length], adjacency);
        for (int e = 0; e < m; e++) {
            ends[e] = (long) pre[e] << 32 | post[e];
        }
    }

    private Edges(int n, int[] start, long[] ends, Adjacency adjacency) {
        this.n = n;
        this.m = ends.length;
        this.start = start;
        this.ends = ends;
        this.adjacency = adjacency;
    }

    int pre(int e) {
        return (int) (ends[e] >>> 32);
    }

    int post(int e) {
        return (int) ends[e];
    }

    private void setPost(int e, int v) {
        ends[e] = ends[e] >>> 32 << 32 | v;
    }

    /** Writes the postsynaptic neuron of each connection. */
    void posts(int[] into) {
        for (int e = 0; e < m; e++) {
            into[e] = (int) ends[e];
        }
    }

    void copyFrom(Edges other) {
        System.arraycopy(other.ends, 0, ends, 0, m);
        adjacency.copyFrom(other.adjacency);
    }

    Edges copy() {
        return new Edges(n, start, ends.clone(), adjacency.copy());
    }

    /** Exchanges the posts of connections e and f; the caller has checked that the graph stays simple. */
    void exchange(int e, int f) {
        int x = post(e);
        int y = post(f);
        setPost(e, y);
        setPost(f, x);
        adjacency.move(pre(e), x, y);
        adjacency.move(pre(f), y, x);
    }

    /** The neuron that {@link #reverseCycle} would come to from connection e; 0 where there is none. */
    int nextPost(int e, long fraction) {
        int b = post(e);
        int degree = start[b + 1] - start[b];
        return degree == 0 ? 0 : post(start[b] + (int) Math.unsignedMultiplyHigh(fraction, degree));
    }

    /**
     * Reverses a directed three-cycle a → b → c → a without reverse connections, found by walking from connection e along
     * one of b's connections; {@code fraction} is 64 random bits for that choice. Returns whether it did.
     *
     * <p>The chance to propose a given cycle is (1/k_a + 1/k_b + 1/k_c) / m, where k are out-degrees, over its three
     * starting connections. They are kept, so the reversed cycle is proposed with the same chance: the move is symmetric.
     */
    boolean reverseCycle(int e, long fraction) {
        int second = cycle(e, fraction);
        if (second < 0) {
            return false;
        }
        turn(e, second);
        return true;
    }

    /** The connection of b that closes a cycle from connection e, found as in {@link #reverseCycle}; -1 where none does. */
    int cycle(int e, long fraction) {
        int a = pre(e);
        int b = post(e);
        int degree = start[b + 1] - start[b];
        if (degree == 0) {
            return -1;
        }
        int second = start[b] + (int) Math.unsignedMultiplyHigh(fraction, degree);
        int c = post(second);
        boolean reversible = a != c
                && a != b
                && b != c
                && adjacency.has(c, a)
                && !adjacency.has(b, a)
                && !adjacency.has(c, b)
                && !adjacency.has(a, c);
        return reversible ? second : -1;
    }

    /** Reverses the cycle of connection e and the {@code second} found by {@link #cycle}; returns the third, c → a. */
    int turn(int e, int second) {
        int a = pre(e);
        int b = post(e);
        int c = post(second);
        int third = start[c];
        while (post(third) != a) {
            third++;
        }
        setPost(e, c);
        setPost(second, a);
        setPost(third, b);
        adjacency.move(a, b, c);
        adjacency.move(b, c, a);
        adjacency.move(c, a, b);
        return third;
    }
}
