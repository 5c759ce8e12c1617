package dev.meso.runtime.topology;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.Monitor;
import java.util.Arrays;

/**
 * Lists the directed simplices that start at a neuron. For the source v0 its targets are renamed 0 .. d-1 and the
 * connections among them are copied. What extends (v0 .. vk) is then the set {@code C(v0 .. vk) = C(v0 .. vk-1) & out(vk)},
 * and each neuron of it is one simplex more. Sets are bits where the targets of v0 are densely connected, lists of
 * neurons with a mark for their depth where they are not; both find the same.
 *
 * <p>One search belongs to one thread; it keeps its workspace from source to source.
 */
final class SimplexSearch {
    private static final int STEPS_BETWEEN_CHECKPOINTS = 1 << 20;

    /** Rows of bits are at most this long, so that the connections of a source take at most 8 MB. */
    private static final int MOST_BITS = 1 << 13;

    /**
     * Steps over words of bits that cost as much as one over an entry of a list, which needs a mark and a branch. Times on graphs of the fly's
     * size and of 10,000 neurons in space hardly change between 6 and 12, and grow by a quarter towards 1.
     */
    private static final int WORDS_FOR_AN_ENTRY = 8;

    private final Wiring wiring;
    private final int top;
    private final Monitor monitor;
    private final int[] place;
    private long[] counts = new long[8];
    private long steps;

    /** For participation: what each target of the source, and each neuron, belongs to, by dimension; null when not asked. */
    private long[][] credit;

    private int[] targets = new int[0];
    private int degree;
    private int[] start = new int[1];
    private int[] rows = new int[0];
    private int words;
    private long[] bits = new long[0];
    private long[][] sets = new long[0][];
    private int setWords;
    private int[][] lists = new int[0][];
    private int[] depthOf = new int[0];
    private long[][] before = new long[0][];

    /**
     * @param top the highest dimension wanted, at least 1
     * @param perNeuron whether {@link #credit} is wanted
     */
    SimplexSearch(Wiring wiring, int top, boolean perNeuron, Monitor monitor) {
        this.wiring = wiring;
        this.top = top;
        this.monitor = monitor;
        this.place = new int[wiring.n()];
        this.credit = perNeuron ? new long[8][] : null;
        Arrays.fill(place, -1);
    }

    /** Simplices found so far by dimension. */
    long[] counts() {
        return counts;
    }

    /** Simplices found so far that each neuron belongs to, {@code [dimension][neuron]}; null rows where there are none. */
    long[][] credit() {
        return credit;
    }

    /** Finds all simplices whose source is v0, v0 itself included. */
    void from(int v0) {
        collectTargets(v0);
        long[] earlier = credit == null ? null : counts.clone();
        counts[0]++;
        if (degree > 0) {
            copyConnections();
            if (words > 0) {
                if (words > setWords) {
                    setWords = 2 * words;
                    sets = new long[0][];
                }
                long[] all = set(0);
                Arrays.fill(all, 0, words, -1L);
                all[words - 1] = -1L >>> -degree;
                bits(1, all);
            } else {
                int[] all = list(0, degree);
                for (int i = 0; i < degree; i++) {
                    all[i] = i;
                }
                depthOf = depthOf.length < degree ? new int[2 * degree] : depthOf;
                Arrays.fill(depthOf, 0, degree, 0);
                lists(1, all, degree);
            }
        }
        if (credit != null) {
            give(v0, 0, earlier);
        }
    }

    private void collectTargets(int v0) {
        int from = wiring.outStart()[v0];
        int to = wiring.outStart()[v0 + 1];
        targets = targets.length < to - from ? new int[2 * (to - from)] : targets;
        degree = 0;
        for (int i = from; i < to; i++) {
            if (wiring.outTargets()[i] != v0) {
                targets[degree++] = wiring.outTargets()[i];
            }
        }
    }

    /** The connections among the targets as lists, and as bits where that is the faster. */
    private void copyConnections() {
        int[] outs = wiring.outTargets();
        for (int i = 0; i < degree; i++) {
            place[targets[i]] = i;
        }
        start = start.length <= degree ? new int[2 * degree + 2] : start;
        int size = 0;
        for (int i = 0; i < degree; i++) {
            int u = targets[i];
            int end = wiring.outStart()[u + 1];
            rows = rows.length < size + end - wiring.outStart()[u]
                    ? Arrays.copyOf(rows, 2 * (size + end - wiring.outStart()[u]))
                    : rows;
            for (int j = wiring.outStart()[u]; j < end; j++) {
                int w = place[outs[j]];
                // An autapse is no connection between two neurons of a simplex.
                if (w >= 0 && w != i) {
                    rows[size++] = w;
                }
            }
            start[i + 1] = size;
            count(1 + (end - wiring.outStart()[u]) / WORDS_FOR_AN_ENTRY);
        }
        for (int i = 0; i < degree; i++) {
            place[targets[i]] = -1;
        }
        int wide = (degree + 63) >>> 6;
        words = degree <= MOST_BITS && wide <= WORDS_FOR_AN_ENTRY * (1 + (double) size / degree) ? wide : 0;
        if (words > 0) {
            bits = bits.length < degree * words ? new long[2 * degree * words] : bits;
            Arrays.fill(bits, 0, degree * words, 0);
            for (int i = 0; i < degree; i++) {
                for (int j = start[i]; j < start[i + 1]; j++) {
                    bits[i * words + (rows[j] >>> 6)] |= 1L << rows[j];
                }
            }
        }
    }

    /** The simplices of {@code dimension} and above that {@code candidates} extend to. */
    private void bits(int dimension, long[] candidates) {
        reserve(dimension + 1);
        boolean deeper = dimension < top;
        long[] next = deeper ? set(dimension) : null;
        for (int block = 0; block < words; block++) {
            for (long rest = candidates[block]; rest != 0; rest &= rest - 1) {
                int u = (block << 6) + Long.numberOfTrailingZeros(rest);
                remember(dimension);
                counts[dimension]++;
                if (deeper) {
                    int row = u * words;
                    int found = 0;
                    for (int w = 0; w < words; w++) {
                        long both = candidates[w] & bits[row + w];
                        next[w] = both;
                        found += Long.bitCount(both);
                    }
                    count(words);
                    descend(dimension, next, null, found);
                }
                giveLocal(dimension, u);
            }
        }
    }

    /** As {@link #bits}; {@code depthOf} says of each neuron the deepest set that it is in. */
    private void lists(int dimension, int[] candidates, int size) {
        reserve(dimension + 1);
        boolean deeper = dimension < top;
        for (int c = 0; c < size; c++) {
            int u = candidates[c];
            remember(dimension);
            counts[dimension]++;
            if (deeper) {
                int from = start[u];
                int to = start[u + 1];
                int[] next = list(dimension, to - from);
                int found = 0;
                for (int j = from; j < to; j++) {
                    int w = rows[j];
                    next[found] = w;
                    found += depthOf[w] == dimension - 1 ? 1 : 0;
                }
                count(1 + (to - from) / WORDS_FOR_AN_ENTRY);
                for (int j = 0; j < found; j++) {
                    depthOf[next[j]] = dimension;
                }
                descend(dimension, null, next, found);
                for (int j = 0; j < found; j++) {
                    depthOf[next[j]] = dimension - 1;
                }
            }
            giveLocal(dimension, u);
        }
    }

    /** Below a simplex that {@code found} neurons extend: the last dimension is counted without being listed. */
    private void descend(int dimension, long[] set, int[] list, int found) {
        if (found == 0) {
            return;
        }
        if (credit == null && (dimension + 1 == top || found == 1)) {
            reserve(dimension + 2);
            counts[dimension + 1] = Simplices.exactly(counts[dimension + 1], found);
        } else if (set != null) {
            bits(dimension + 1, set);
        } else {
            lists(dimension + 1, list, found);
        }
    }

    // ---- participation

    private void remember(int dimension) {
        if (credit != null) {
            before = before.length <= dimension ? Arrays.copyOf(before, 2 * dimension + 2) : before;
            if (before[dimension] == null || before[dimension].length < counts.length) {
                before[dimension] = new long[counts.length];
            }
            System.arraycopy(counts, dimension, before[dimension], dimension, counts.length - dimension);
        }
    }

    /** What was found since {@link #remember} all contains target u. */
    private void giveLocal(int dimension, int u) {
        if (credit != null) {
            give(targets[u], dimension, before[dimension]);
        }
    }

    private void give(int v, int dimension, long[] earlier) {
        for (int d = dimension; d < counts.length; d++) {
            long found = counts[d] - (d < earlier.length ? earlier[d] : 0);
            if (found != 0) {
                credit = credit.length <= d ? Arrays.copyOf(credit, 2 * d) : credit;
                credit[d] = credit[d] == null ? new long[wiring.n()] : credit[d];
                credit[d][v] += found;
            }
        }
    }

    // ---- workspace

    private void reserve(int dimensions) {
        counts = counts.length < dimensions ? Arrays.copyOf(counts, 2 * dimensions) : counts;
    }

    private long[] set(int depth) {
        sets = sets.length <= depth ? Arrays.copyOf(sets, 2 * depth + 2) : sets;
        sets[depth] = sets[depth] == null ? new long[setWords] : sets[depth];
        return sets[depth];
    }

    private int[] list(int depth, int size) {
        lists = lists.length <= depth ? Arrays.copyOf(lists, 2 * depth + 2) : lists;
        lists[depth] = lists[depth] == null || lists[depth].length <= size ? new int[2 * size + 2] : lists[depth];
        return lists[depth];
    }

    private void count(int more) {
        steps += more;
        if (steps > STEPS_BETWEEN_CHECKPOINTS) {
            steps = 0;
            monitor.checkpoint();
        }
    }
}
