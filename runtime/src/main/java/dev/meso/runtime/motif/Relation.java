package dev.meso.runtime.motif;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a pattern says about the connections between two variables, seen from the first: masks of connections that must
 * exist there and back, and of those that must not.
 */
record Relation(Set<Mask> there, Set<Mask> back, Set<Mask> notThere, Set<Mask> notBack) {
    static final Relation SENDS = new Relation(Set.of(Mask.ALL), Set.of(), Set.of(), Set.of());

    /** Whether it asks for a connection; if not, it can only forbid. */
    boolean requires() {
        return !there.isEmpty() || !back.isEmpty();
    }

    boolean forbids() {
        return !notThere.isEmpty() || !notBack.isEmpty();
    }

    /** As seen from the second variable. */
    Relation turned() {
        return new Relation(back, there, notBack, notThere);
    }

    /** What a relation that only forbids excludes: neurons with any of the connections. */
    List<Relation> forbidden() {
        return Stream.concat(
                        notThere.stream().map(m -> new Relation(Set.of(m), Set.of(), Set.of(), Set.of())),
                        notBack.stream().map(m -> new Relation(Set.of(), Set.of(m), Set.of(), Set.of())))
                .toList();
    }

    boolean readsMasksBack() {
        return !back.stream().allMatch(Mask::all) || !notBack.stream().allMatch(Mask::all);
    }

    /** @param out index of the connection there, or -1; @param in that of the connection back, or -1 */
    boolean holds(int out, int in) {
        return exists(there, out) && exists(back, in) && none(notThere, out) && none(notBack, in);
    }

    private static boolean exists(Set<Mask> masks, int connection) {
        for (Mask mask : masks) {
            if (connection < 0 || !mask.holds(connection)) {
                return false;
            }
        }
        return true;
    }

    private static boolean none(Set<Mask> masks, int connection) {
        for (Mask mask : masks) {
            if (connection >= 0 && mask.holds(connection)) {
                return false;
            }
        }
        return true;
    }
}
