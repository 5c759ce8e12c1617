package dev.meso.runtime.tensor;

import dev.meso.runtime.tensor.Op.Reduction;

/** Gathers rows by index, or collects the rows that an index sends to each place. */
final class IndexStep implements Step {
    private final int[] index;
    /** Null to gather; otherwise the rows of place j are {@code index[start[j]] .. index[start[j+1]-1]}. */
    private final int[] start;

    private final Reduction reduction;
    private final int outer;
    /** Places along the axis in the result, and in the source. */
    private final int count;

    private final int length;
    private final int inner;
    private final int from;
    private final int to;
    private final int block;
    private final int blocks;
    private final int outerBlock;
    private final int outerBlocks;
    private final String label;

    private IndexStep(
            int[] index,
            int[] start,
            Reduction reduction,
            int[] shape,
            int axis,
            int length,
            int from,
            int to,
            String label) {
        this.index = index;
        this.start = start;
        this.reduction = reduction;
        this.outer = Shapes.product(shape, 0, axis);
        this.count = shape[axis];
        this.length = length;
        this.inner = Shapes.product(shape, axis + 1, shape.length);
        this.from = from;
        this.to = to;
        this.label = label;
        int wanted = Step.pieces((long) outer * Math.max(index.length, count) * inner * 2);
        outerBlocks = Math.max(1, Math.min(outer, wanted));
        outerBlock = (outer + outerBlocks - 1) / outerBlocks;
        int parts = Math.max(1, Math.min(count, wanted / outerBlocks));
        block = Math.max(1, (count + parts - 1) / parts);
        blocks = (count + block - 1) / block;
    }

    /** {@code shape} is the result's, {@code length} that of the axis in the source. */
    static IndexStep gather(Op.Gather op, int[] shape, int length, int from, int to, String label) {
        return new IndexStep(op.index().values, null, null, shape, op.axis(), length, from, to, label);
    }

    static IndexStep collect(Op.Scatter op, int[] shape, int length, int from, int to, String label) {
        int[] goal = op.index().values;
        int[] start = new int[shape[op.axis()] + 1];
        for (int j : goal) {
            start[j + 1]++;
        }
        for (int j = 1; j < start.length; j++) {
            start[j] += start[j - 1];
        }
        int[] next = start.clone();
        int[] item = new int[goal.length];
        for (int i = 0; i < goal.length; i++) {
            item[next[goal[i]]++] = i;
        }
        return new IndexStep(item, start, op.reduction(), shape, op.axis(), length, from, to, label);
    }

    @Override
    public int phases() {
        return 1;
    }

    @Override
    public int pieces(int phase) {
        return outer == 0 ? 0 : (outer + outerBlock - 1) / outerBlock * blocks;
    }

    @Override
    public <A> void run(int phase, int piece, A arena, Kernels<A> kernels, Worker<A> worker) {
        int first = piece % blocks * block;
        int last = Math.min(count, first + block);
        int begin = piece / blocks * outerBlock;
        for (int o = begin; o < Math.min(outer, begin + outerBlock); o++) {
            int source = from + o * length * inner;
            int goal = to + (o * count + first) * inner;
            if (start == null) {
                kernels.gather(arena, source, index, first, last, inner, arena, goal);
            } else {
                kernels.collect(reduction, arena, source, start, index, first, last, inner, arena, goal);
            }
        }
    }

    @Override
    public String describe() {
        return (start == null ? "gather " : "scatter ") + outer + " x " + length + " -> " + count + " x " + inner + " ("
                + pieces(0) + " pieces) -> " + label;
    }
}
