package dev.meso.runtime.tensor;

import dev.meso.runtime.tensor.Op.Reduction;
import java.util.List;
import java.util.Locale;

/**
 * A chain of elementwise operations, run tile by tile: each tile is loaded into registers, passes all operations, and is
 * stored or added to sums, so that nothing in between reaches memory.
 */
final class FusedStep implements Step {
    /** A partial sum is worth a memory of its own up to this size. */
    private static final int SMALL_RESULT = 1 << 14;

    /** Numbers in memory, with a stride for each axis of the iteration. */
    record Operand(int offset, int[] strides) {}

    /** {@code registers[to] = op(registers[from…])} */
    record Instruction(Op.Elementwise op, int[] from, int to) {}

    /** A number known in advance fills a register. */
    record Fixed(int register, double value) {}

    /**
     * @param lengths of the axes that are iterated
     * @param loads go to registers 0, 1, …
     * @param result the register that is stored
     * @param reduction null if the result is stored, otherwise how it is added; reduced axes have stride 0
     * @param partial where partial results may be kept, or -1; see {@link #partialSize}
     */
    record Code(
            int[] lengths,
            List<Operand> loads,
            List<Fixed> fixed,
            List<Instruction> instructions,
            int registers,
            int result,
            Operand store,
            Reduction reduction,
            int partial,
            String label) {}

    private final Code code;
    private final int[] lengths;
    private final List<Operand> loads;
    private final Operand store;
    private final boolean empty;
    /** The axis that is split into pieces, and how long a piece is. */
    private final int split;

    private final int pieceLength;
    private final int pieces;
    /** Pieces keep sums of their own, which are then added in order. */
    private final boolean partial;

    private final int resultSize;
    /** What a piece computes; the last one may be shorter. */
    private final Box wholeBox;

    private final Box lastBox;

    FusedStep(Code code) {
        this.code = code;
        this.empty = Shapes.size(code.lengths) == 0;
        Collapsed collapsed = collapse(code);
        this.lengths = collapsed.lengths;
        this.loads = collapsed.operands.subList(0, code.loads.size());
        this.store = collapsed.operands.getLast();
        this.resultSize = resultSize(lengths, store.strides, code.reduction);
        int wanted = pieces(code);
        int kept = axis(true, wanted);
        boolean few = kept < 0 || (lengths[kept] < wanted && 2 * lengths[kept] < Math.min(wanted, 8));
        this.partial = code.partial >= 0 && few && axis(false, wanted) >= 0;
        this.split = partial ? axis(false, wanted) : Math.max(kept, 0);
        int parts = Math.min(partial ? Math.min(wanted, MOST_PARTIAL) : wanted, lengths[split]);
        this.pieceLength = (lengths[split] + parts - 1) / Math.max(parts, 1);
        this.pieces = empty ? 0 : (lengths[split] + pieceLength - 1) / pieceLength;
        this.wholeBox = empty ? null : box(Math.min(pieceLength, lengths[split]));
        int rest = empty ? 0 : lengths[split] % pieceLength;
        this.lastBox = rest == 0 ? wholeBox : box(rest);
    }

    private Box box(int length) {
        return new Box(code, Shapes.with(lengths, split, length), split, loads, store);
    }

    private static final int MOST_PARTIAL = 16;

    private static int pieces(Code code) {
        return Step.pieces((long) Shapes.size(code.lengths) * (2 + code.instructions.size() + code.loads.size()) / 4);
    }

    /** Memory that partial results of such a step would take; 0 if it needs none. */
    static int partialSize(Code code) {
        if (code.reduction == null || pieces(code) == 1) {
            return 0;
        }
        int size = resultSize(code.lengths, code.store.strides, code.reduction);
        return size > SMALL_RESULT ? 0 : size * MOST_PARTIAL;
    }

    private static int resultSize(int[] lengths, int[] strides, Reduction reduction) {
        int size = 1;
        for (int d = 0; d < lengths.length; d++) {
            size *= reduction != null && strides[d] == 0 ? 1 : lengths[d];
        }
        return size;
    }

    /** The first axis that is long enough for all pieces, else the longest, of those kept in the result or not; -1 if none. */
    private int axis(boolean kept, int wanted) {
        int best = -1;
        for (int d = 0; d < lengths.length; d++) {
            boolean own = code.reduction == null || store.strides[d] != 0;
            if (own == kept && (best < 0 || (lengths[best] < wanted && lengths[d] > lengths[best]))) {
                best = d;
            }
        }
        return best;
    }

    private record Collapsed(int[] lengths, List<Operand> operands) {}

    /** Joins neighbouring axes that are evenly spaced in all operands, and drops those of length 1. */
    private static Collapsed collapse(Code code) {
        List<Operand> all = new java.util.ArrayList<>(code.loads);
        all.add(code.store);
        int[] lengths = new int[Math.max(code.lengths.length, 1)];
        int[][] strides = new int[all.size()][lengths.length];
        int n = 0;
        for (int d = code.lengths.length - 1; d >= 0; d--) {
            if (code.lengths[d] == 1) {
                continue;
            }
            boolean joins = n > 0;
            for (int o = 0; joins && o < all.size(); o++) {
                joins = all.get(o).strides[d] == strides[o][n - 1] * lengths[n - 1];
            }
            if (joins) {
                lengths[n - 1] *= code.lengths[d];
                continue;
            }
            lengths[n] = code.lengths[d];
            for (int o = 0; o < all.size(); o++) {
                strides[o][n] = all.get(o).strides[d];
            }
            n++;
        }
        if (n == 0) {
            lengths[0] = 1;
            n = 1;
        }
        int[] found = new int[n];
        for (int d = 0; d < n; d++) {
            found[d] = lengths[n - 1 - d];
        }
        List<Operand> operands = new java.util.ArrayList<>();
        for (int o = 0; o < all.size(); o++) {
            int[] steps = new int[n];
            for (int d = 0; d < n; d++) {
                steps[d] = strides[o][n - 1 - d];
            }
            operands.add(new Operand(all.get(o).offset, steps));
        }
        return new Collapsed(found, operands);
    }

    @Override
    public int phases() {
        return partial || fillsFirst() ? 2 : 1;
    }

    /** Several pieces add to one result: it is cleared before, all at once. */
    private boolean fillsFirst() {
        return code.reduction != null && !partial;
    }

    @Override
    public int pieces(int phase) {
        return phase == (fillsFirst() ? 1 : 0) ? pieces : 1;
    }

    @Override
    public <A> void run(int phase, int piece, A arena, Kernels<A> kernels, Worker<A> worker) {
        double start = code.reduction == Reduction.MAX ? Double.NEGATIVE_INFINITY : 0;
        if (fillsFirst() && phase == 0) {
            kernels.fill(arena, store.offset, resultSize, start);
        } else if (partial && phase == 1) {
            kernels.fill(arena, store.offset, resultSize, start);
            for (int p = 0; p < pieces; p++) {
                kernels.accumulate(
                        code.reduction, arena, code.partial + p * resultSize, arena, store.offset, 1, 0, resultSize, 1);
            }
        } else {
            int shift = 0;
            if (partial) {
                kernels.fill(arena, code.partial + piece * resultSize, resultSize, start);
                shift = code.partial + piece * resultSize - store.offset;
            }
            Box box = (piece + 1) * pieceLength > lengths[split] ? lastBox : wholeBox;
            box.run(piece * pieceLength, shift, arena, kernels, worker);
        }
    }

    @Override
    public String describe() {
        StringBuilder text = new StringBuilder("fused ").append(java.util.Arrays.toString(lengths));
        for (Instruction i : code.instructions) {
            text.append(' ').append(((Op) i.op).name().toLowerCase(Locale.ROOT));
        }
        if (code.reduction != null) {
            text.append(", ").append(code.reduction.name().toLowerCase(Locale.ROOT));
            text.append(partial ? " in two levels" : "");
        }
        return text.append(" (")
                .append(pieces)
                .append(" pieces) -> ")
                .append(code.label)
                .toString();
    }
}
