package dev.meso.runtime.topology;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The rank over Z/2 of the coboundary from dimension k to k + 1: column s holds the cofaces of simplex s. A column is added to
 * another until its least entry, the pivot, is that of no other. Most columns need no work:
 *
 * <ul>
 *   <li>cleared: simplices that are pivots of the dimension below; their columns are sums of others (Chen and Kerber 2011);
 *   <li>apparent: t is the least coface of s and s the greatest face of t; such t are pivots at once, and their columns need
 *       not be kept (Bauer, "Ripser", Journal of Applied and Computational Topology 5, 2021).
 * </ul>
 *
 * <p>Cohomology is taken because there are fewer columns to reduce in vain (de Silva, Morozov and Vejdemo-Johansson 2011).
 * The rank does not depend on the order of the columns, so neither does it on threads.
 */
final class Coboundary {
    private static final int NONE = -1;

    private final int[] faces;
    private final int facesEach;
    private final FlagLevel.Cofaces cofaces;
    private final BitSet cleared;
    private final BitSet pivots = new BitSet();
    /** The column with this pivot: a simplex whose column it is, or {@code -2 - c} for kept column c. */
    private final int[] owner;

    private final BitColumn work;
    private int[][] kept = new int[16][];
    private int keptCount;
    private long room;

    /**
     * @param below how many simplices of dimension k there are
     * @param level the simplices of dimension k + 1
     * @param cleared pivots of the coboundary from dimension k - 1
     * @param room bytes that reduced columns may take
     */
    Coboundary(int below, FlagLevel level, BitSet cleared, long room) {
        this.faces = level.faces();
        this.facesEach = level.dimension() + 1;
        this.cofaces = level.cofaces(below);
        this.cleared = cleared;
        this.room = room;
        this.owner = new int[level.size()];
        this.work = new BitColumn(level.size());
        Arrays.fill(owner, NONE);
    }

    /** The pivots; as many as the rank. */
    BitSet reduce(Parallel parallel) {
        int columns = cofaces.start().length - 1;
        int pieces = 1 + columns / 20_000;
        parallel.forEach(pieces, null, (p, monitor) -> {
            monitor.checkpoint();
            apparent((int) ((long) columns * p / pieces), (int) ((long) columns * (p + 1) / pieces));
        });
        for (int t = 0; t < owner.length; t++) {
            if (owner[t] != NONE) {
                pivots.set(t);
            }
        }
        Monitor monitor = parallel.monitor();
        for (int s = columns - 1; s >= 0; s--) {
            if ((s & 0xFFF) == 0) {
                monitor.checkpoint();
                monitor.progress("homology of dimension " + (facesEach - 1), columns - s, columns);
            }
            if (!cleared.get(s) && !isApparent(s)) {
                reduce(s, monitor);
            }
        }
        return pivots;
    }

    private void apparent(int from, int to) {
        for (int s = from; s < to; s++) {
            if (cofaces.start()[s] < cofaces.start()[s + 1]) {
                int t = cofaces.entries()[cofaces.start()[s]];
                if (greatestFace(t) == s) {
                    owner[t] = s;
                }
            }
        }
    }

    private int greatestFace(int t) {
        int greatest = -1;
        for (int i = t * facesEach; i < (t + 1) * facesEach; i++) {
            greatest = Math.max(greatest, faces[i]);
        }
        return greatest;
    }

    private boolean isApparent(int s) {
        int from = cofaces.start()[s];
        return from < cofaces.start()[s + 1] && owner[cofaces.entries()[from]] == s;
    }

    private void reduce(int s, Monitor monitor) {
        int from = cofaces.start()[s];
        int to = cofaces.start()[s + 1];
        if (from == to) {
            return;
        }
        int first = cofaces.entries()[from];
        if (owner[first] == NONE) {
            owner[first] = s;
            pivots.set(first);
            return;
        }
        for (int i = from; i < to; i++) {
            work.toggle(cofaces.entries()[i]);
        }
        int steps = 0;
        for (int t = work.least(); t != NONE; t = work.least()) {
            if (owner[t] == NONE) {
                keep(t);
                return;
            }
            steps += add(owner[t]);
            if (steps > 1 << 18) {
                steps = 0;
                monitor.checkpoint();
            }
        }
    }

    private int add(int column) {
        if (column >= 0) {
            for (int i = cofaces.start()[column]; i < cofaces.start()[column + 1]; i++) {
                work.toggle(cofaces.entries()[i]);
            }
            return cofaces.start()[column + 1] - cofaces.start()[column];
        }
        int[] entries = kept[-2 - column];
        for (int t : entries) {
            work.toggle(t);
        }
        return entries.length;
    }

    /** Moves the working column, whose pivot is t, to the kept ones. */
    private void keep(int t) {
        int[] entries = new int[16];
        int size = 0;
        for (int i = work.least(); i != NONE; i = work.least()) {
            entries = size == entries.length ? Arrays.copyOf(entries, 2 * size) : entries;
            entries[size++] = i;
            work.toggle(i);
        }
        room -= 4L * size + 24;
        if (room < 0) {
            throw new MesoException(
                    ErrorCode.TOO_LARGE,
                    "the homology of dimension " + (facesEach - 1) + " fills more memory than the program may use",
                    "give it more with `MESO_JAVA_OPTS=-Xmx…`, ask for max_dimension: " + (facesEach - 2)
                            + ", or for a part of the graph");
        }
        kept = keptCount == kept.length ? Arrays.copyOf(kept, 2 * keptCount) : kept;
        kept[keptCount] = Arrays.copyOf(entries, size);
        owner[t] = -2 - keptCount++;
        pivots.set(t);
    }

    /** Columns that had to be reduced and kept, for tests of the shortcuts. */
    int keptColumns() {
        return keptCount;
    }
}
