package dev.meso.runtime.blocks;

import dev.meso.runtime.partition.Partition;
import java.io.Serializable;
import java.util.List;

/**
 * A block model fitted to a graph.
 *
 * @param options what was asked for
 * @param seed of the search
 * @param partition the blocks of the neurons
 * @param levels for a nested model the blocks of the blocks, level by level up to one block; empty otherwise
 * @param code the description length, term by term
 * @param lengths the description length that each restart ended with; of a nested model each hierarchy, the flat model's first
 */
public record BlockFit(
        BlockOptions options, long seed, Partition partition, List<Partition> levels, BlockCode code, double[] lengths)
        implements Serializable {}
