package dev.meso.runtime.network;

import dev.meso.runtime.task.Monitor;
import java.util.Arrays;

/**
 * Breadth-first search from up to 256 sources at once: bit j of a neuron's row of words stands for source j, and one pass over the
 * connections takes all sources a level further (Then et al. 2014). A level either pushes from the neurons found last to
 * their targets or, where those are many, lets each neuron that some source has not found pull from its inputs (Beamer et al. 2012).
 *
 * <p>One object is the workspace of one thread: 96 bytes a neuron, and 12 for lists.
 */
final class BitSearch {
    /**
     * Words a row. On a graph of the fly's size (8 MB rows at 8 words) 4 words take 0.22 ms a source, 8 words 0.32 and 16 words 0.40: more
     * sources share a pass, but the rows no longer fit the cache.
     */
    private static final int WORDS = 4;

    /** Sources of one search. */
    static final int SOURCES = 64 * WORDS;

    /** A level pushes where its connections are fewer than this part of those that a pull would read. */
    private static final int PULL_ADVANTAGE = 3;

    /** Neurons between two looks at the monitor: well below a millisecond. */
    private static final int CHECK = 1 << 10;

    private final int n;
    private final int[] outStart;
    private final int[] outTargets;
    private final int[] inStart;
    private final int[] inSources;

    /** The sources that have found each neuron; found it at the last level; at this level. */
    private final long[] seen;

    private long[] current;
    private long[] next;

    /** The neurons whose rows of {@code current} and {@code next} are not zero. */
    private int[] frontier;

    private int[] found;

    /** Neurons that a living source may yet find. */
    private final int[] open;

    private int opened;
    private long openWork;

    /** The sources that found something at the last level. The search of any other is over. */
    private final long[] living = new long[WORDS];

    /** Bit-sliced counters: bit j of word {@code p * WORDS + k} is binary digit p of a count for source 64 k + j. */
    private final long[] digits = new long[32 * WORDS];

    /** @param inStart and inSources the rows turned round; the same arrays where the graph is undirected */
    BitSearch(int[] outStart, int[] outTargets, int[] inStart, int[] inSources) {
        this.n = outStart.length - 1;
        this.outStart = outStart;
        this.outTargets = outTargets;
        this.inStart = inStart;
        this.inSources = inSources;
        this.seen = new long[n * WORDS];
        this.current = new long[n * WORDS];
        this.next = new long[n * WORDS];
        this.frontier = new int[n];
        this.found = new int[n];
        this.open = new int[n];
    }

    /** Hears of each level that finds something. */
    interface Level {
        /** {@code pairs} (source, neuron) lie at {@code distance}. */
        void found(int distance, long pairs);
    }

    /** Searches from {@code sources[from .. to-1]}, at most 256; {@code perSource} hears of each source, or is null. */
    void search(int[] sources, int from, int to, Level level, SourceCounts perSource, Monitor monitor) {
        int size = begin(sources, from, to);
        for (int distance = 1; size > 0; distance++) {
            monitor.checkpoint();
            long push = 0;
            for (int i = 0; i < size; i++) {
                push += outStart[frontier[i] + 1] - outStart[frontier[i]];
            }
            int reached = push * PULL_ADVANTAGE < openWork ? push(size, monitor) : pull(monitor);
            for (int i = 0; i < size; i++) {
                Arrays.fill(current, frontier[i] * WORDS, frontier[i] * WORDS + WORDS, 0);
            }
            long pairs = count(reached, perSource != null);
            if (pairs > 0) {
                level.found(distance, pairs);
                if (perSource != null) {
                    perSource.add(from, to, distance, digits, WORDS);
                }
            }
            long[] rows = current;
            current = next;
            next = rows;
            int[] list = frontier;
            frontier = found;
            found = list;
            size = reached;
        }
    }

    private int begin(int[] sources, int from, int to) {
        Arrays.fill(seen, 0);
        Arrays.fill(living, 0);
        int size = 0;
        for (int s = from; s < to; s++) {
            int word = s - from >> 6;
            int at = sources[s] * WORDS;
            if ((current[at] | current[at + 1] | current[at + 2] | current[at + 3]) == 0) {
                frontier[size++] = sources[s];
            }
            current[at + word] |= 1L << s - from;
            seen[at + word] |= 1L << s - from;
            living[word] |= 1L << s - from;
        }
        opened = 0;
        for (int v = 0; v < n; v++) {
            if (inStart[v + 1] > inStart[v]) {
                open[opened++] = v;
            }
        }
        openWork = inSources.length;
        return size;
    }

    private int push(int size, Monitor monitor) {
        int touched = 0;
        for (int i = 0; i < size; i++) {
            if ((i & CHECK - 1) == CHECK - 1) {
                monitor.checkpoint();
            }
            int u = frontier[i];
            long c0 = current[u * WORDS];
            long c1 = current[u * WORDS + 1];
            long c2 = current[u * WORDS + 2];
            long c3 = current[u * WORDS + 3];
            for (int e = outStart[u]; e < outStart[u + 1]; e++) {
                int w = outTargets[e] * WORDS;
                if ((next[w] | next[w + 1] | next[w + 2] | next[w + 3]) == 0) {
                    found[touched++] = outTargets[e];
                }
                next[w] |= c0;
                next[w + 1] |= c1;
                next[w + 2] |= c2;
                next[w + 3] |= c3;
            }
        }
        int kept = 0;
        for (int i = 0; i < touched; i++) {
            long any = 0;
            for (int at = found[i] * WORDS, end = at + WORDS; at < end; at++) {
                next[at] &= ~seen[at];
                seen[at] |= next[at];
                any |= next[at];
            }
            if (any != 0) {
                found[kept++] = found[i];
            }
        }
        return kept;
    }

    /** The words of a row have names, for a loop over four of them would cost half as much again. */
    private int pull(Monitor monitor) {
        int reached = 0;
        int kept = 0;
        long work = 0;
        for (int i = 0; i < opened; i++) {
            if ((i & CHECK - 1) == CHECK - 1) {
                monitor.checkpoint();
            }
            int v = open[i];
            int at = v * WORDS;
            long need0 = living[0] & ~seen[at];
            long need1 = living[1] & ~seen[at + 1];
            long need2 = living[2] & ~seen[at + 2];
            long need3 = living[3] & ~seen[at + 3];
            if ((need0 | need1 | need2 | need3) == 0) {
                continue;
            }
            open[kept++] = v;
            int end = inStart[v + 1];
            work += end - inStart[v];
            long any0 = 0;
            long any1 = 0;
            long any2 = 0;
            long any3 = 0;
            for (int e = inStart[v]; e < end; e++) {
                int u = inSources[e] * WORDS;
                any0 |= current[u];
                any1 |= current[u + 1];
                any2 |= current[u + 2];
                any3 |= current[u + 3];
                boolean look = (e & 7) == 7;
                if (look && (need0 & ~any0 | need1 & ~any1 | need2 & ~any2 | need3 & ~any3) == 0) {
                    break;
                }
            }
            any0 &= need0;
            any1 &= need1;
            any2 &= need2;
            any3 &= need3;
            if ((any0 | any1 | any2 | any3) != 0) {
                next[at] = any0;
                next[at + 1] = any1;
                next[at + 2] = any2;
                next[at + 3] = any3;
                seen[at] |= any0;
                seen[at + 1] |= any1;
                seen[at + 2] |= any2;
                seen[at + 3] |= any3;
                found[reached++] = v;
            }
        }
        opened = kept;
        openWork = work;
        return reached;
    }

    /** Counts the pairs found at this level, and notes which sources found any. */
    private long count(int reached, boolean perSource) {
        long pairs = 0;
        Arrays.fill(living, 0);
        if (perSource) {
            Arrays.fill(digits, 0);
        }
        for (int i = 0; i < reached; i++) {
            int at = found[i] * WORDS;
            for (int k = 0; k < WORDS; k++) {
                long bits = next[at + k];
                pairs += Long.bitCount(bits);
                living[k] |= bits;
                if (perSource) {
                    // Adds 1 to the counters of all sources at once, with carries.
                    for (int p = k; bits != 0; p += WORDS) {
                        long carry = digits[p] & bits;
                        digits[p] ^= bits;
                        bits = carry;
                    }
                }
            }
        }
        return pairs;
    }
}
