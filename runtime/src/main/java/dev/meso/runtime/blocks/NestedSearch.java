package dev.meso.runtime.blocks;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Finds a hierarchy that makes a graph short in the code of a nested block model. Blocks of blocks cost less than the counts between all blocks,
 * so that more blocks pay than in a flat model: searches with up to {@value #MOST} times the blocks of the flat model each get a
 * hierarchy, level by level, and the shortest whole is kept.
 */
final class NestedSearch {
    private static final double STEP = 1.4;
    private static final int MOST = 4;

    private NestedSearch() {}

    /** As {@link BlockSearch#fit}, whose time this takes about six times; once where the number of blocks is given. */
    static BlockFit fit(Wiring graph, BlockOptions options, long seed, Parallel parallel) {
        Partition flat = BlockSearch.fit(graph, flat(options, options.blocks(), options.restarts()), seed, parallel)
                .partition();
        List<Integer> starts = new ArrayList<>();
        starts.add(flat.count());
        if (options.blocks() == 0) {
            for (double blocks = STEP * flat.count(); blocks < MOST * flat.count(); blocks *= STEP) {
                int rounded = (int) Math.ceil(blocks);
                for (int i = 0; i < options.restarts() && rounded <= graph.n(); i++) {
                    starts.add(rounded);
                }
            }
        }
        BlockFit[] found = new BlockFit[starts.size()];
        parallel.forEach(found.length, "hierarchies", (i, monitor) -> {
            Partition blocks = flat;
            if (i > 0) {
                long start = Streams.of(seed, 1, i).nextLong();
                Parallel here = new Parallel(1, quiet(monitor));
                blocks = BlockSearch.fit(graph, flat(options, starts.get(i), 1), start, here)
                        .partition();
            }
            List<Partition> levels = hierarchy(graph, blocks, Streams.of(seed, 2, i), monitor);
            BlockCode code = NestedCodes.of(graph, blocks, levels, options.degreeCorrected(), options.encoding());
            found[i] = new BlockFit(options, seed, blocks, levels, code, new double[0]);
        });
        double[] lengths = new double[found.length];
        int best = 0;
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = found[i].code().total();
            best = lengths[i] < lengths[best] ? i : best;
        }
        return new BlockFit(options, seed, found[best].partition(), found[best].levels(), found[best].code(), lengths);
    }

    /** Stops as the other does, and reports nothing. */
    private static Monitor quiet(Monitor monitor) {
        return new Monitor() {
            @Override
            public void checkpoint() {
                monitor.checkpoint();
            }
        };
    }

    private static BlockOptions flat(BlockOptions options, int blocks, int restarts) {
        return new BlockOptions(options.degreeCorrected(), blocks, false, restarts, options.encoding());
    }

    /** Levels above the partition, up to one block; none where it is one block. */
    static List<Partition> hierarchy(Wiring graph, Partition partition, RandomGenerator random, Monitor monitor) {
        List<Partition> levels = new ArrayList<>();
        long[] edges = NestedCodes.edges(graph, partition);
        int n = partition.count();
        while (n > 1) {
            Partition level = NestedLevel.fit(edges, n, random, monitor);
            edges = NestedCodes.edges(edges, n, level.blocks(), level.count());
            n = level.count();
            levels.add(level);
        }
        return List.copyOf(levels);
    }
}
