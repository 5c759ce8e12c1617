package dev.meso.runtime.tensor;

/** What one thread needs for itself while it runs pieces of a program. */
final class Worker<A> {
    /** Depth of the panels of a matrix product: one panel and some rows stay in the first-level cache. */
    static final int DEPTH = 256;
    /** Rows of A that are packed at once. */
    static final int ROWS = 256;
    /** The widest panel: two vectors of 16 with the Vector API, longer without. */
    static final int WIDTH = 512;

    final A[] registers;
    /** Where the number of each register of a chain is now: in the register itself, or somewhere in the arena. */
    final A[] arrays;

    final int[] starts;
    /** A panel of B, packed. */
    final A panel;
    /** Rows of A where they are not evenly spaced. */
    private A rows;
    /** A tile of C where its places are not. */
    final A tile;

    private final Kernels<A> kernels;
    /** Without the Vector API: rows of the panel, four of the tile, one of zeros; each an array of its own. */
    private A[] lines;

    Worker(Kernels<A> kernels, int count) {
        this.kernels = kernels;
        this.registers = kernels.rows(count, Kernels.TILE + 64);
        this.arrays = registers.clone();
        this.starts = new int[registers.length];
        this.panel = kernels.allocate(DEPTH * kernels.panelWidth());
        this.tile = kernels.allocate(8 * kernels.panelWidth());
    }

    A rows() {
        if (rows == null) {
            rows = kernels.allocate(DEPTH * ROWS);
        }
        return rows;
    }

    A[] lines() {
        if (lines == null) {
            lines = kernels.rows(DEPTH + 5, WIDTH);
        }
        return lines;
    }
}
