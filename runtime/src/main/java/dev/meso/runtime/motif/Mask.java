package dev.meso.runtime.motif;

import java.util.BitSet;
import java.util.Objects;

/**
 * Which neurons or connections of one graph satisfy a predicate. Two masks are equal where their identities are: the
 * symmetry of a motif rests on knowing that two of its variables are held to the same predicate.
 */
public final class Mask {
    /** Satisfied by all. */
    public static final Mask ALL = new Mask(null, "all");

    private final long[] bits;
    private final Object identity;

    private Mask(long[] bits, Object identity) {
        this.bits = bits;
        this.identity = Objects.requireNonNull(identity);
    }

    /**
     * @param satisfied bit v is set where neuron v (or connection v in the row order of the wiring) satisfies it; copied
     * @param identity equal for masks of the same predicate; for example its text
     */
    public static Mask of(BitSet satisfied, Object identity) {
        return new Mask(satisfied.toLongArray(), identity);
    }

    public boolean holds(int index) {
        return bits == null || index >> 6 < bits.length && (bits[index >> 6] >>> index & 1) != 0;
    }

    boolean all() {
        return bits == null;
    }

    Object identity() {
        return identity;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mask m && all() == m.all() && identity.equals(m.identity);
    }

    @Override
    public int hashCode() {
        return identity.hashCode();
    }

    @Override
    public String toString() {
        return identity.toString();
    }
}
