package dev.meso.runtime.blocks;

import java.util.Locale;

/**
 * How the degrees of a degree-corrected block model are described. Lengths in nats of different encodings must not be
 * compared. A model without degree correction has no degrees to describe and is the same in each.
 */
public enum Encoding {
    /** First how often each degree occurs in a block, then who has it; graph-tool's default (Peixoto 2017, eq. 31). */
    DISTRIBUTED,
    /** All degree sequences of a block are equally likely given its edges (Peixoto 2017, eq. 26). */
    UNIFORM;

    /** The name by which users know it. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
