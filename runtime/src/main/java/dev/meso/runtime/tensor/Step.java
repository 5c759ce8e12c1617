package dev.meso.runtime.tensor;

/**
 * A kernel of a program with its places in the arena. It runs in phases, each in pieces that are fixed by shapes and do not
 * depend on each other.
 */
interface Step {
    int phases();

    int pieces(int phase);

    <A> void run(int phase, int piece, A arena, Kernels<A> kernels, Worker<A> worker);

    /** One line of a plan. */
    String describe();

    /** How many pieces are worth while for so many elementary operations: each takes some microseconds. */
    static int pieces(long work) {
        return (int) Math.clamp(work / 20_000, 1, 64);
    }
}
