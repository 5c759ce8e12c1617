package dev.meso.runtime.motif;

import dev.meso.runtime.task.Monitor;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Neurons within k hops, by breadth-first search from one neuron at a time; the neuron itself is not among them. Results
 * of small graphs are kept. Safe for several threads.
 */
final class ReachRows {
    /** Keeping every row takes at most 32 MB below this many neurons. */
    private static final int MOST_KEPT = 16_384;

    private final Rows rows;
    private final int hops;
    private final AtomicReferenceArray<long[]> kept;

    ReachRows(Rows rows, int hops) {
        this.rows = rows;
        this.hops = hops;
        this.kept = rows.n <= MOST_KEPT ? new AtomicReferenceArray<>(rows.n) : null;
    }

    /** Bits of the neurons reached from {@code source}; not to be written to. */
    long[] from(int source, Monitor monitor) {
        long[] known = kept == null ? null : kept.get(source);
        if (known != null) {
            return known;
        }
        long[] reached = search(source, monitor);
        if (kept != null) {
            kept.set(source, reached);
        }
        return reached;
    }

    private long[] search(int source, Monitor monitor) {
        monitor.checkpoint();
        long[] reached = new long[rows.words];
        int[] queue = new int[rows.n];
        queue[0] = source;
        reached[source >> 6] |= 1L << source;
        int tail = 1;
        int head = 0;
        for (int hop = 0; hop < hops && head < tail; hop++) {
            for (int end = tail; head < end; head++) {
                int v = queue[head];
                for (int i = rows.start[v]; i < rows.start[v + 1]; i++) {
                    int w = rows.items[i];
                    if ((reached[w >> 6] >>> w & 1) == 0) {
                        reached[w >> 6] |= 1L << w;
                        queue[tail++] = w;
                    }
                }
            }
        }
        reached[source >> 6] &= ~(1L << source);
        return reached;
    }
}
