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

/**
 * Finds the partition that makes a graph shortest in the code of a block model. A search first splits all blocks again and
 * again, then merges them step by step down to one, with sweeps of single neurons at each number of blocks, and goes on from the shortest
 * it met: sweeps and merge-split moves from temperature 1, where partitions come as the posterior says, down to 0.
 */
public final class BlockSearch {
    /** The part of the blocks that is left after a step of merging. */
    private static final double SHRINK = 0.8;

    /** Sweeps at temperature 1 after a step of merging, before one at 0. With none, groups near the limit of detection are missed. */
    private static final int WARM = 4;

    /** Sweeps while the temperature falls, fewer where that many would look at more than {@link #LOOKS} edges. */
    private static final int SWEEPS = 200;

    private static final double LOOKS = 1.5e9;
    /** Blocks in which a neuron looks for each of its edges, as a rule of thumb. */
    private static final double TYPICAL_LOOKS = 32;

    private static final int FEWEST_SWEEPS = 20;

    /** Sweeps in which the temperature falls from 1 to 0; then it starts again from the shortest. */
    private static final int CYCLE = 50;

    /** The part of the sweeps of a cycle that are at temperature 0. */
    private static final double COLD = 0.1;

    private final int n;
    private final int m;
    /** The number of blocks asked for, or 0. */
    private final int wanted;

    private final BlockState state;
    private final BlockMoves moves;
    private final Monitor monitor;
    /** Whether it is the only search, whose progress is that of the whole. */
    private final boolean reports;

    private int reported;
    private double shortest;
    private int[] best;

    private BlockSearch(Wiring graph, BlockTerms terms, BlockOptions options, RandomGenerator random, Monitor monitor) {
        this.n = graph.n();
        this.m = graph.m();
        this.wanted = options.blocks();
        this.reports = options.restarts() == 1;
        this.monitor = monitor;
        int cap = Math.min(n, Math.max(2 * most(), wanted + 1));
        this.state = new BlockState(graph, terms, cap);
        state.assign(new int[n]);
        this.moves = new BlockMoves(graph, state, wanted > 0, random, monitor);
    }

    /** Blocks to begin with; more than sqrt(m) cannot pay, because each two blocks then share an edge or none. */
    private int enough() {
        return (int) Math.ceil(Math.sqrt(2.0 * n));
    }

    private int most() {
        return Math.max(enough(), (int) Math.sqrt(m));
    }

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
        if (options.nested()) {
            return NestedSearch.fit(graph, options, seed, parallel);
        }
        Partition[] found = new Partition[options.restarts()];
        BlockCode[] codes = new BlockCode[found.length];
        BlockTerms terms = new BlockTerms(graph, options.degreeCorrected(), options.encoding());
        parallel.forEach(found.length, found.length == 1 ? null : "searches", (i, monitor) -> {
            found[i] = new BlockSearch(graph, terms, options, Streams.of(seed, 0, i), monitor).run();
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

    private Partition run() {
        keep();
        grow();
        shrink();
        anneal();
        return Partition.of(best);
    }

    /** Remembers the partition if it is the shortest so far. */
    private void keep() {
        boolean admitted = wanted == 0 || state.count() == wanted;
        if (admitted && (best == null || moves.length() < shortest)) {
            shortest = moves.length();
            best = state.blocks().clone();
        }
    }

    /** Doubles the number of blocks until there are enough, and on while that pays. */
    private void grow() {
        int target = Math.min(n, Math.max(enough(), wanted));
        double last = moves.length();
        while (state.count() < target || moves.length() < last && state.count() < most()) {
            last = moves.length();
            int count = state.count();
            moves.splitAll(Math.min(state.cap(), Math.max(2 * count, target)));
            moves.sweep(0, false);
            keep();
            report(Math.min(10, (int) Math.round(Math.log(state.count()))));
            if (state.count() <= count) {
                break;
            }
        }
    }

    private void shrink() {
        int least = Math.max(1, wanted);
        int warm = (int) Math.max(1, Math.min(WARM, affordable() / 10));
        double most = Math.log(state.count());
        while (state.count() > least) {
            moves.mergeDownTo(Math.max(least, Math.min(state.count() - 1, (int) (SHRINK * state.count()))));
            for (int i = 0; i < warm; i++) {
                moves.sweep(1, false);
            }
            moves.sweep(0, false);
            keep();
            report(10 + (int) (40 * (1 - Math.log(state.count()) / most)));
        }
    }

    private void anneal() {
        int sweeps = (int) Math.max(FEWEST_SWEEPS, Math.min(SWEEPS, affordable()));
        int cycle = Math.min(sweeps, CYCLE);
        for (int i = 0; i < sweeps; i++) {
            if (i % cycle == 0) {
                moves.assign(best);
            }
            double temperature = Math.max(0, 1 - i % cycle / (cycle * (1 - COLD)));
            int tries = 3 + state.count() / 8;
            for (int j = 0; j < tries; j++) {
                moves.rearrange(temperature);
            }
            moves.sweep(temperature, true);
            keep();
            report(50 + 50 * (i + 1) / sweeps);
        }
    }

    /** Sweeps that look at as many edges as a search may. */
    private double affordable() {
        return LOOKS / (2.0 * m * TYPICAL_LOOKS + 1);
    }

    private void report(int percent) {
        if (reports && percent > reported) {
            reported = percent;
            monitor.progress("percent of the search", percent, 100);
        }
    }
}
