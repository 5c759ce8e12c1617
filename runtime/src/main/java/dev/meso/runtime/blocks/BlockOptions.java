package dev.meso.runtime.blocks;

import java.io.Serializable;

/**
 * What to fit.
 *
 * @param degreeCorrected whether neurons keep their degrees (DCSBM) or only their block counts (SBM)
 * @param blocks how many blocks, or 0 to choose the number by description length
 * @param nested whether the edges between blocks are described by blocks of blocks
 * @param restarts independent searches, the shortest kept
 * @param encoding how the degrees are described
 */
public record BlockOptions(boolean degreeCorrected, int blocks, boolean nested, int restarts, Encoding encoding)
        implements Serializable {
    /** Degrees kept, the number of blocks chosen, not nested, one search. */
    public static final BlockOptions DEFAULT = new BlockOptions(true, 0, false, 1);

    public BlockOptions {
        if (blocks < 0 || restarts < 1) {
            throw new IllegalArgumentException("blocks " + blocks + ", restarts " + restarts);
        }
    }

    /** With graph-tool's default encoding. */
    public BlockOptions(boolean degreeCorrected, int blocks, boolean nested, int restarts) {
        this(degreeCorrected, blocks, nested, restarts, Encoding.DISTRIBUTED);
    }
}
