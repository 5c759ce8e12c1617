package dev.meso.runtime.blocks;

import java.io.Serializable;

/**
 * What to fit.
 *
 * @param degreeCorrected whether neurons keep their degrees (DCSBM) or only their block counts (SBM)
 * @param blocks how many blocks, or 0 to choose the number by description length
 * @param nested whether the edges between blocks are described by blocks of blocks
 * @param restarts independent searches, the shortest kept
 */
public record BlockOptions(boolean degreeCorrected, int blocks, boolean nested, int restarts) implements Serializable {
    /** Degrees kept, the number of blocks chosen, not nested, one search. */
    public static final BlockOptions DEFAULT = new BlockOptions(true, 0, false, 1);

    public BlockOptions {
        if (blocks < 0 || restarts < 1) {
            throw new IllegalArgumentException("blocks " + blocks + ", restarts " + restarts);
        }
    }
}
