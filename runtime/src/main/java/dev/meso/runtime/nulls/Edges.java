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
    final int[] pre;
    final int[] post;
    final Adjacency adjacency;

    Edges(int n, int[] start, int[] pre, int[] post) {
        this(n, start, pre, post.clone(), Adjacency.of(n, start, post));
    }

    /** @param adjacency of the same connections; with {@code post} it becomes the state */
    Edges(int n, int[] start, int[] pre, int[] post, Adjacency adjacency) {
        this.n = n;
        this.m = post.length;
        this.start = start;
        this.pre = pre;
        this.post = post;
        this.adjacency = adjacency;
    }

    void copyFrom(Edges other) {
        System.arraycopy(other.post, 0, post, 0, m);
        adjacency.copyFrom(other.adjacency);
    }

    Edges copy() {
        return new Edges(n, start, pre, post.clone(), adjacency.copy());
    }

    /** Exchanges the posts of connections e and f; the caller has checked that the graph stays simple. */
    void exchange(int e, int f) {
        int x = post[e];
        int y = post[f];
        post[e] = y;
        post[f] = x;
        adjacency.move(pre[e], x, y);
        adjacency.move(pre[f], y, x);
    }

    /**
     * Reverses a directed three-cycle a → b → c → a without reverse connections, found by walking from connection e along
     * one of b's connections; {@code fraction} is 64 random bits for that choice. Returns whether it did.
     *
     * <p>The chance to propose a given cycle is (1/k_a + 1/k_b + 1/k_c) / m, where k are out-degrees, over its three
     * starting connections. They are kept, so the reversed cycle is proposed with the same chance: the move is symmetric.
     */
    boolean reverseCycle(int e, long fraction) {
        int a = pre[e];
        int b = post[e];
        int degree = start[b + 1] - start[b];
        if (degree == 0) {
            return false;
        }
        int second = start[b] + (int) Math.unsignedMultiplyHigh(fraction, degree);
        int c = post[second];
        if (a == c
                || a == b
                || b == c
                || !adjacency.has(c, a)
                || adjacency.has(b, a)
                || adjacency.has(c, b)
                || adjacency.has(a, c)) {
            return false;
        }
        int third = start[c];
        while (post[third] != a) {
            third++;
        }
        post[e] = c;
        post[second] = a;
        post[third] = b;
        adjacency.move(a, b, c);
        adjacency.move(b, c, a);
        adjacency.move(c, a, b);
        return true;
    }
}
