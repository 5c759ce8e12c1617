package dev.meso.runtime.tensor;

/**
 * Products with a sparse matrix. Vectors are transposed first, so that each connection acts on a whole batch at once, one
 * contiguous row.
 */
final class SparseStep implements Step {
    private final SparsePattern pattern;
    /** Of the outer product the values are the result, of the product an operand. */
    private final boolean outer;

    private final int batch;
    private final int values;
    private final int x;
    private final int y;
    /** Transposed x and y. */
    private final int turnedX;

    private final int turnedY;
    private final String label;
    private final int pieces;

    SparseStep(SparsePattern pattern, boolean outer, int batch, int values, int x, int y, int scratch, String label) {
        this.pattern = pattern;
        this.outer = outer;
        this.batch = batch;
        this.values = values;
        this.x = x;
        this.y = y;
        this.turnedX = batch == 1 ? x : scratch;
        this.turnedY = batch == 1 ? y : scratch + batch * pattern.columns();
        this.label = label;
        int wanted = Step.pieces((long) pattern.size() * (1 + batch / 8));
        this.pieces = Math.min(pattern.rows(), wanted);
    }

    /** How much memory the transposed vectors take. */
    static int scratch(SparsePattern pattern, int batch) {
        return batch == 1 ? 0 : Shapes.size(batch, pattern.rows() + pattern.columns());
    }

    @Override
    public int phases() {
        return 3;
    }

    @Override
    public int pieces(int phase) {
        return phase == 1 ? pieces : 1;
    }

    @Override
    public <A> void run(int phase, int piece, A arena, Kernels<A> kernels, Worker<A> worker) {
        if (phase == 1) {
            // Pieces of about equally many connections.
            int first = row((long) pattern.size() * piece / pieces);
            int last = piece + 1 == pieces ? pattern.rows() : row((long) pattern.size() * (piece + 1) / pieces);
            rows(first, last, arena, kernels);
        } else if (batch > 1) {
            if (phase == 0) {
                turn(arena, x, turnedX, batch, pattern.columns(), kernels);
                if (outer) {
                    turn(arena, y, turnedY, batch, pattern.rows(), kernels);
                }
            } else if (!outer) {
                turn(arena, turnedY, y, pattern.rows(), batch, kernels);
            }
        }
    }

    /** The row that begins at connection {@code at} or before it, so that neighbouring pieces agree. */
    private int row(long at) {
        int low = 0;
        int high = pattern.rows();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (pattern.start[middle] < at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static <A> void turn(A arena, int from, int to, int rows, int columns, Kernels<A> kernels) {
        for (int c = 0; c < columns; c++) {
            kernels.load(arena, from + c, 1, 0, rows, columns, arena, to + c * rows);
        }
    }

    private <A> void rows(int first, int last, A arena, Kernels<A> kernels) {
        for (int i = first; i < last; i++) {
            int row = turnedY + i * batch;
            if (!outer) {
                kernels.fill(arena, row, batch, 0);
            }
            for (int e = pattern.start[i]; e < pattern.start[i + 1]; e++) {
                int other = turnedX + pattern.target[e] * batch;
                int value = values + pattern.entry[e];
                if (outer) {
                    kernels.dot(arena, row, arena, other, batch, arena, value);
                } else {
                    kernels.addScaled(arena, value, arena, other, arena, row, batch);
                }
            }
        }
    }

    @Override
    public String describe() {
        return (outer ? "sparse outer product " : "sparse product ") + pattern + ", batch of " + batch + " (" + pieces
                + " pieces) -> " + label;
    }
}
