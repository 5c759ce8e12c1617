package dev.meso.runtime.nulls;

/**
 * Which connections exist, for chains that move their postsynaptic ends about. Out-degrees never change. Two forms:
 * a matrix of bits for small graphs, one hash table a row for large ones; a chain sees at most these two, so calls are
 * compiled into it.
 */
sealed interface Adjacency permits BitRows, HashRows {
    /** Whether u → v is there. */
    boolean has(int u, int v);

    /** Replaces u → from, which is there, by u → to, which is not. */
    void move(int u, int from, int to);

    /** Reads the memory that {@link #has} and {@link #move} of u → v will need, so that many such waits overlap. */
    int touch(int u, int v);

    /** Makes this equal to {@code other}, of the same form and out-degrees. */
    void copyFrom(Adjacency other);

    Adjacency copy();

    /**
     * The largest n for which the matrix of bits is used: 2 MB, which stays in the second-level cache of a core.
     */
    int DENSE_LIMIT = 4096;

    /** @param start row bounds of {@code post} */
    static Adjacency of(int n, int[] start, int[] post) {
        return n <= DENSE_LIMIT ? new BitRows(n, start, post) : new HashRows(n, start, post);
    }
}
