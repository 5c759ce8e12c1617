package dev.meso.runtime.tensor;

import dev.meso.runtime.tensor.FusedStep.Code;
import dev.meso.runtime.tensor.FusedStep.Fixed;
import dev.meso.runtime.tensor.FusedStep.Instruction;
import dev.meso.runtime.tensor.FusedStep.Operand;
import java.util.Arrays;
import java.util.List;

/**
 * A part of the iteration of a fused chain, walked tile by tile. All that depends on shapes is worked out once: a tile is as
 * many of the last axes as fit a register, and a part of the axis before them.
 */
final class Box {
    private final Code code;
    private final int[] lengths;
    /** Loads, then the store. */
    private final Operand[] operands;
    /** The axis of the iteration along which boxes follow each other. */
    private final int split;

    /** The axis of which a tile takes {@code chunk} positions; -1 if one tile is all. */
    private final int along;

    private final int chunk;
    private final Tile whole;
    private final Tile last;
    /** Loads that are one number for the whole box, read once. */
    private final boolean[] single;

    private final Instruction[] instructions;

    /** How to reach the numbers of a tile in each operand. */
    private record Tile(int size, Walk[] walks) {}

    Box(Code code, int[] lengths, int split, List<Operand> loads, Operand store) {
        this.code = code;
        this.lengths = lengths;
        this.split = split;
        this.operands = Arrays.copyOf(loads.toArray(Operand[]::new), loads.size() + 1);
        this.operands[loads.size()] = store;
        this.instructions = code.instructions().toArray(Instruction[]::new);
        int cut = lengths.length;
        int inner = 1;
        while (cut > 0 && (long) inner * lengths[cut - 1] <= Kernels.TILE) {
            inner *= lengths[--cut];
        }
        along = cut - 1;
        chunk = along < 0 ? 1 : Math.min(lengths[along], Kernels.TILE / inner);
        int rest = along < 0 ? 0 : lengths[along] % chunk;
        whole = tile(chunk);
        last = rest == 0 ? whole : tile(rest);
        single = new boolean[loads.size()];
        for (int o = 0; o < single.length; o++) {
            single[o] = new Walk(lengths, operands[o].strides()).single();
        }
    }

    private Tile tile(int count) {
        int from = Math.max(along, 0);
        int[] block = Arrays.copyOfRange(lengths, from, lengths.length);
        if (along >= 0) {
            block[0] = count;
        }
        Walk[] walks = new Walk[operands.length];
        for (int o = 0; o < walks.length; o++) {
            walks[o] = new Walk(block, Arrays.copyOfRange(operands[o].strides(), from, lengths.length));
        }
        return new Tile(Shapes.product(block, 0, block.length), walks);
    }

    /**
     * @param first position of the box along the axis that is split
     * @param shift of the result's place: partial results are kept elsewhere
     */
    <A> void run(int first, int shift, A arena, Kernels<A> kernels, Worker<A> worker) {
        int[] offsets = new int[operands.length];
        for (int o = 0; o < offsets.length; o++) {
            offsets[o] = operands[o].offset() + first * operands[o].strides()[split];
        }
        offsets[single.length] += shift;
        prepare(offsets, arena, kernels, worker);
        int[] position = new int[Math.max(along, 0)];
        int end = along < 0 ? 1 : lengths[along];
        do {
            for (int i = 0; i < end; i += chunk) {
                compute(end - i < chunk ? last : whole, offsets, i, arena, kernels, worker);
            }
        } while (advance(position, offsets));
    }

    private <A> void prepare(int[] offsets, A arena, Kernels<A> kernels, Worker<A> worker) {
        System.arraycopy(worker.registers, 0, worker.arrays, 0, code.registers());
        Arrays.fill(worker.starts, 0, code.registers(), 0);
        for (Fixed fixed : code.fixed()) {
            kernels.fill(worker.registers[fixed.register()], 0, Kernels.TILE, fixed.value());
        }
        for (int o = 0; o < single.length; o++) {
            if (single[o]) {
                kernels.load(arena, offsets[o], 1, 0, Kernels.TILE, 0, worker.registers[o], 0);
            }
        }
    }

    /** The next position of the outer axes; false after the last. */
    private boolean advance(int[] position, int[] offsets) {
        for (int d = position.length - 1; d >= 0; d--) {
            position[d]++;
            boolean wraps = position[d] == lengths[d];
            for (int o = 0; o < offsets.length; o++) {
                offsets[o] += operands[o].strides()[d] * (wraps ? 1 - lengths[d] : 1);
            }
            if (!wraps) {
                return true;
            }
            position[d] = 0;
        }
        return false;
    }

    private <A> void compute(Tile tile, int[] offsets, int i, A arena, Kernels<A> kernels, Worker<A> w) {
        // Operands that are contiguous in memory need not be copied, and a result that is may go there at once.
        boolean direct = kernels.direct(tile.size);
        for (int o = 0; o < single.length; o++) {
            if (!single[o]) {
                load(o, tile.walks[o], place(offsets, o, i), direct, arena, kernels, w);
            }
        }
        int store = single.length;
        int goal = place(offsets, store, i);
        Walk walk = tile.walks[store];
        int last = instructions.length - 1;
        boolean stored = code.reduction() == null && direct && walk.contiguous() && last >= 0;
        for (int q = 0; q <= last; q++) {
            if (stored && q == last) {
                apply(instructions[q], tile.size, arena, goal, kernels, w);
            } else {
                apply(instructions[q], tile.size, w.registers[instructions[q].to()], 0, kernels, w);
            }
        }
        A result = w.arrays[code.result()];
        int start = w.starts[code.result()];
        if (code.reduction() != null) {
            walk.accumulate(kernels, code.reduction(), result, start, arena, goal);
        } else if (!stored) {
            walk.store(kernels, result, start, arena, goal);
        }
    }

    private int place(int[] offsets, int operand, int i) {
        return along < 0
                ? offsets[operand]
                : offsets[operand] + i * operands[operand].strides()[along];
    }

    private static <A> void load(
            int register, Walk walk, int offset, boolean direct, A arena, Kernels<A> kernels, Worker<A> w) {
        if (direct && walk.contiguous()) {
            w.arrays[register] = arena;
            w.starts[register] = offset;
        } else {
            w.arrays[register] = w.registers[register];
            w.starts[register] = 0;
            walk.load(kernels, arena, offset, w.registers[register]);
        }
    }

    private static <A> void apply(Instruction instruction, int n, A goal, int at, Kernels<A> kernels, Worker<A> w) {
        int[] from = instruction.from();
        // Operations of fewer operands are given the last one again.
        int x = from[0];
        int y = from[Math.min(1, from.length - 1)];
        int z = from[from.length - 1];
        kernels.loop(instruction.op())
                .run(w.arrays[x], w.starts[x], w.arrays[y], w.starts[y], w.arrays[z], w.starts[z], goal, at, n);
        // Not before: its register may be one that it reads.
        w.arrays[instruction.to()] = goal;
        w.starts[instruction.to()] = at;
    }
}
