package dev.meso.runtime.blocks;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.List;
import java.util.random.RandomGenerator;

/** Finds the partition that makes a graph shortest in the code of a block model. */
public final class BlockSearch {
    private BlockSearch() {}

    /**
     * The shortest description that {@code options.restarts()} searches find. Restarts are independent tasks with their own
     * streams; results do not depend on threads.
     *
     * @throws MesoException for a graph without neurons, or more blocks than neurons
     */
    public static BlockFit fit(Wiring graph, BlockOptions options, long seed, Parallel parallel) {
        if (graph.n() == 0) {
            throw new MesoException(ErrorCode.EMPTY_GRAPH, "a block model needs neurons, and the graph has none");
        }
        if (options.blocks() > graph.n()) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    options.blocks() + " blocks were asked for, and there are " + graph.n() + " neurons");
        }
        Partition[] found = new Partition[options.restarts()];
        BlockCode[] codes = new BlockCode[found.length];
        parallel.forEach(found.length, "restarts", (i, monitor) -> {
            found[i] = search(graph, options, Streams.of(seed, 0, i), monitor);
            codes[i] = BlockCodes.of(graph, found[i], options.degreeCorrected(), options.encoding());
        });
        int best = 0;
        double[] lengths = new double[found.length];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = codes[i].total();
            best = lengths[i] < lengths[best] ? i : best;
        }
        return new BlockFit(options, seed, found[best], List.of(), codes[best], lengths);
    }

    private static Partition search(Wiring graph, BlockOptions options, RandomGenerator random, Monitor monitor) {
        int n = graph.n();
        int blocks = Math.min(n, Math.max(options.blocks(), (int) Math.sqrt(2.0 * n)));
        BlockState state = new BlockState(graph, options.degreeCorrected(), options.encoding(), blocks + 1);
        int[] labels = new int[n];
        for (int v = 0; v < n; v++) {
            labels[v] = v < blocks ? v : random.nextInt(blocks);
        }
        state.assign(labels);
        sweeps(state, options.blocks() == 0, random, monitor);
        int[] shortest = state.labels();
        double least = state.length();
        while (state.count() > Math.max(1, options.blocks())) {
            double best = Double.POSITIVE_INFINITY;
            int from = -1;
            int to = -1;
            for (int i = 0; i < state.count(); i++) {
                for (int j = 0; j < i; j++) {
                    double delta = state.mergeDelta(state.live(i), state.live(j));
                    if (delta < best) {
                        best = delta;
                        from = state.live(i);
                        to = state.live(j);
                    }
                }
                monitor.checkpoint();
            }
            state.merge(from, to);
            sweeps(state, false, random, monitor);
            double length = state.length();
            if (options.blocks() > 0 || length < least) {
                least = length;
                shortest = state.labels();
            }
        }
        return Partition.of(shortest);
    }

    /** Every neuron to its best block, in random order, until none moves. */
    private static void sweeps(BlockState state, boolean countMayChange, RandomGenerator random, Monitor monitor) {
        int[] order = new int[state.n()];
        for (int v = 0; v < order.length; v++) {
            order[v] = v;
        }
        for (boolean moved = true; moved; ) {
            moved = false;
            for (int i = 0; i < order.length; i++) {
                int j = i + random.nextInt(order.length - i);
                int v = order[j];
                order[j] = order[i];
                order[i] = v;
                monitor.checkpoint();
                moved |= state.improve(v, countMayChange);
            }
        }
    }
}
