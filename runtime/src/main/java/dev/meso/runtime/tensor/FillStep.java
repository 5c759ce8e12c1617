package dev.meso.runtime.tensor;

/** Zeros, before something is placed among them. */
record FillStep(int offset, int size, String label) implements Step {
    @Override
    public int phases() {
        return 1;
    }

    @Override
    public int pieces(int phase) {
        return 1;
    }

    @Override
    public <A> void run(int phase, int piece, A arena, Kernels<A> kernels, Worker<A> worker) {
        kernels.fill(arena, offset, size, 0);
    }

    @Override
    public String describe() {
        return "zeros " + size + " -> " + label;
    }
}
