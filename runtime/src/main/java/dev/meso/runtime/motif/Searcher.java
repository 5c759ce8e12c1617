package dev.meso.runtime.motif;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.task.Monitor;
import java.util.Arrays;

/**
 * Walks the search tree of a plan, for one thread. At each level the candidates are the shortest row, filtered by the other
 * constraints one after another. Rows of large graphs that will be asked often (because variables are bound between the
 * constraint's two) are written into bit sets first; the others are asked by search or merge.
 */
final class Searcher {
    /** Gets each match, neurons in order of the pattern's variables; the array is reused. */
    @FunctionalInterface
    interface Visitor {
        /** False stops the search. */
        boolean visit(int[] match);
    }

    private static final int STEPS_BETWEEN_CHECKPOINTS = 1 << 16;

    /** A row this many times longer than the candidates is searched, not merged. */
    private static final int UNEVEN = 8;

    private final SearchPlan plan;
    private final int depth;
    private final int n;
    private final int words;

    /** The neuron at each level, and by variable. */
    private final int[] bound;

    private final int[] match;
    private final int[][] candidates;
    private final long[] scratch;

    /** A bit set for each constraint of a large graph, and the neuron whose row it holds. */
    private final long[][] marks;

    private final int[] marked;
    private final int[][] arguments;
    private Monitor monitor = Monitor.NONE;
    private long steps;
    private boolean stopped;

    Searcher(SearchPlan plan) {
        this.plan = plan;
        depth = plan.levels.size();
        n = plan.graph.n();
        words = (n + 63) / 64;
        bound = new int[depth];
        match = new int[depth];
        candidates = new int[depth][16];
        scratch = new long[words];
        marks = new long[plan.slots][];
        marked = new int[plan.slots];
        Arrays.fill(marked, -1);
        arguments = new int[depth + 1][];
        for (int i = 0; i <= depth; i++) {
            arguments[i] = new int[i];
        }
    }

    void watch(Monitor newMonitor) {
        monitor = newMonitor;
    }

    /** Candidates of the first level. */
    int[] roots() {
        int size = collect(0);
        return Arrays.copyOf(candidates[0], size);
    }

    // ---- what is asked ----------------------------------------------------------------------------------------

    /** Number of matches whose first neuron is {@code root}. */
    long count(int root) {
        bound[0] = root;
        match[plan.levels.get(0).variable()] = root;
        if (!conditionsHold(0)) {
            return 0;
        }
        return depth == 1 ? 1 : count(1, Math.max(1, plan.twinsFrom));
    }

    private long count(int level, int twinsFrom) {
        SearchPlan.Level here = plan.levels.get(level);
        int size = collect(level);
        if (level == twinsFrom && here.conditions().isEmpty()) {
            return choose(size, depth - level);
        }
        long sum = 0;
        int[] list = candidates[level];
        for (int c = 0; c < size; c++) {
            bound[level] = list[c];
            match[here.variable()] = list[c];
            if (here.conditions().isEmpty() || conditionsHold(level)) {
                sum = add(sum, level == depth - 1 ? 1 : count(level + 1, twinsFrom));
            }
        }
        return sum;
    }

    /** Gives each match below {@code root} to the visitor; false once it has stopped. */
    boolean visit(int root, Visitor visitor) {
        stopped = false;
        bound[0] = root;
        match[plan.levels.get(0).variable()] = root;
        if (conditionsHold(0)) {
            visitFrom(1, visitor);
        }
        return !stopped;
    }

    private void visitFrom(int level, Visitor visitor) {
        if (level == depth) {
            stopped = !visitor.visit(match);
            return;
        }
        SearchPlan.Level here = plan.levels.get(level);
        int size = collect(level);
        int[] list = candidates[level];
        for (int c = 0; c < size && !stopped; c++) {
            bound[level] = list[c];
            match[here.variable()] = list[c];
            if (here.conditions().isEmpty() || conditionsHold(level)) {
                visitFrom(level + 1, visitor);
            }
        }
    }

    /** Adds to {@code sums[variable][neuron]} the matches below {@code root} in which the variable stands for the neuron. */
    long participate(int root, long[][] sums) {
        bound[0] = root;
        int variable = plan.levels.get(0).variable();
        match[variable] = root;
        if (!conditionsHold(0)) {
            return 0;
        }
        long below = depth == 1 ? 1 : participateFrom(1, sums);
        sums[variable][root] = add(sums[variable][root], below);
        return below;
    }

    private long participateFrom(int level, long[][] sums) {
        SearchPlan.Level here = plan.levels.get(level);
        long[] own = sums[here.variable()];
        int size = collect(level);
        int[] list = candidates[level];
        long sum = 0;
        for (int c = 0; c < size; c++) {
            bound[level] = list[c];
            match[here.variable()] = list[c];
            if (here.conditions().isEmpty() || conditionsHold(level)) {
                long below = level == depth - 1 ? 1 : participateFrom(level + 1, sums);
                own[list[c]] = add(own[list[c]], below);
                sum = add(sum, below);
            }
        }
        return sum;
    }

    private boolean conditionsHold(int level) {
        for (Pattern.Condition c : plan.levels.get(level).conditions()) {
            int[] neurons = arguments[c.variables().size()];
            for (int i = 0; i < neurons.length; i++) {
                neurons[i] = match[c.variables().get(i)];
            }
            step(64);
            if (!c.test().holds(neurons)) {
                return false;
            }
        }
        return true;
    }

    static long add(long a, long b) {
        long sum = a + b;
        if (sum < 0) {
            throw overflow();
        }
        return sum;
    }

    static MesoException overflow() {
        return new MesoException(
                ErrorCode.INTEGER_OVERFLOW,
                "the motif has more matches than a 64-bit integer can count",
                "restrict the motif, or count it in a part of the graph");
    }

    /** C(size, chosen). */
    static long choose(long size, int chosen) {
        long result = 1;
        for (int i = 1; i <= chosen; i++) {
            long factor = size - chosen + i;
            if (factor <= 0) {
                return 0;
            }
            // C(size - chosen + i, i) is whole: divide before multiplying where the product would not fit.
            long high = Math.multiplyHigh(result, factor);
            if (high == 0 && result * factor >= 0) {
                result = result * factor / i;
            } else {
                java.math.BigInteger exact = java.math.BigInteger.valueOf(result)
                        .multiply(java.math.BigInteger.valueOf(factor))
                        .divide(java.math.BigInteger.valueOf(i));
                if (exact.bitLength() > 63) {
                    throw overflow();
                }
                result = exact.longValue();
            }
        }
        return result;
    }

    private void step(long count) {
        steps += count;
        if (steps > STEPS_BETWEEN_CHECKPOINTS) {
            steps = 0;
            monitor.checkpoint();
        }
    }

    // ---- candidates -------------------------------------------------------------------------------------------

    /** Fills {@code candidates[level]}, ascending, and gives their number. */
    private int collect(int level) {
        SearchPlan.Level here = plan.levels.get(level);
        int low = -1;
        int high = n;
        for (int p : here.above()) {
            low = Math.max(low, bound[p]);
        }
        for (int p : here.below()) {
            high = Math.min(high, bound[p]);
        }
        if (low + 1 >= high) {
            return 0;
        }
        int size = here.inside().isEmpty() ? fromBits(level, here, low, high) : fromRows(level, here, low, high);
        for (int i = 0; i < here.outside().size() && size > 0; i++) {
            size = filter(level, size, here.outside().get(i), false);
        }
        int[] list = candidates[level];
        for (int p : here.distinct()) {
            size = without(list, size, bound[p]);
        }
        return size;
    }

    private int fromRows(int level, SearchPlan.Level here, int low, int high) {
        SearchPlan.Constraint shortest = here.inside().get(0);
        for (SearchPlan.Constraint c : here.inside()) {
            if (c.rows().length(bound[c.level()]) < shortest.rows().length(bound[shortest.level()])) {
                shortest = c;
            }
        }
        int[] items = shortest.rows().items;
        int from = shortest.rows().start[bound[shortest.level()]];
        int to = shortest.rows().start[bound[shortest.level()] + 1];
        if (low >= 0) {
            from = lowerBound(items, from, to, low + 1);
        }
        if (high < n) {
            to = lowerBound(items, from, to, high);
        }
        int size = to - from;
        step(size + 4L);
        int[] list = room(level, size);
        if (here.mask() == null) {
            System.arraycopy(items, from, list, 0, size);
        } else {
            size = 0;
            long[] mask = here.mask();
            for (int i = from; i < to; i++) {
                int w = items[i];
                list[size] = w;
                size += (int) (mask[w >> 6] >>> w & 1);
            }
        }
        for (SearchPlan.Constraint c : here.inside()) {
            if (c != shortest && size > 0) {
                size = filter(level, size, c, true);
            }
        }
        for (SearchPlan.Distance d : here.distances()) {
            if (size > 0) {
                size = keep(list, size, d.rows().from(bound[d.level()], monitor), 0, !d.absent());
            }
        }
        return size;
    }

    private int fromBits(int level, SearchPlan.Level here, int low, int high) {
        if (here.mask() == null) {
            Arrays.fill(scratch, -1L);
            scratch[words - 1] = -1L >>> -n;
        } else {
            System.arraycopy(here.mask(), 0, scratch, 0, words);
        }
        for (SearchPlan.Distance d : here.distances()) {
            long[] reached = d.rows().from(bound[d.level()], monitor);
            for (int i = 0; i < words; i++) {
                scratch[i] &= d.absent() ? ~reached[i] : reached[i];
            }
        }
        int[] list = candidates[level];
        int size = 0;
        for (int i = (low + 1) >> 6; i < words && i << 6 < high; i++) {
            long word = scratch[i];
            if (list.length < size + 64) {
                list = room(level, 2 * size + 64);
            }
            for (; word != 0; word &= word - 1) {
                int w = (i << 6) + Long.numberOfTrailingZeros(word);
                list[size] = w;
                size += w > low && w < high ? 1 : 0;
            }
        }
        step(words + size);
        return size;
    }

    /** The buffer of a level, with its content, of at least this length. */
    private int[] room(int level, int size) {
        if (candidates[level].length < size) {
            candidates[level] = Arrays.copyOf(candidates[level], Math.max(size, 2 * candidates[level].length));
        }
        return candidates[level];
    }

    private int filter(int level, int size, SearchPlan.Constraint c, boolean inside) {
        int[] list = candidates[level];
        Rows rows = c.rows();
        int v = bound[c.level()];
        step(size);
        if (rows.table != null) {
            return keep(list, size, rows.table, v * words, inside);
        }
        if (c.level() < level - 1) {
            return keep(list, size, marks(c, v), 0, inside);
        }
        return rows.length(v) > UNEVEN * size
                ? search(list, size, rows, v, inside)
                : merge(list, size, rows, v, inside);
    }

    private static int keep(int[] list, int size, long[] bits, int offset, boolean inside) {
        int kept = 0;
        int wanted = inside ? 1 : 0;
        for (int i = 0; i < size; i++) {
            int w = list[i];
            list[kept] = w;
            kept += (int) (bits[offset + (w >> 6)] >>> w & 1) == wanted ? 1 : 0;
        }
        return kept;
    }

    private long[] marks(SearchPlan.Constraint c, int v) {
        int slot = c.slot();
        if (marks[slot] == null) {
            marks[slot] = new long[words];
        }
        long[] bits = marks[slot];
        if (marked[slot] != v) {
            Rows rows = c.rows();
            if (marked[slot] >= 0) {
                for (int i = rows.start[marked[slot]]; i < rows.start[marked[slot] + 1]; i++) {
                    bits[rows.items[i] >> 6] = 0;
                }
            }
            for (int i = rows.start[v]; i < rows.start[v + 1]; i++) {
                bits[rows.items[i] >> 6] |= 1L << rows.items[i];
            }
            step(rows.length(v));
            marked[slot] = v;
        }
        return bits;
    }

    private static int search(int[] list, int size, Rows rows, int v, boolean inside) {
        int kept = 0;
        int from = rows.start[v];
        int to = rows.start[v + 1];
        for (int i = 0; i < size; i++) {
            int w = list[i];
            from = lowerBound(rows.items, from, to, w);
            boolean there = from < to && rows.items[from] == w;
            list[kept] = w;
            kept += there == inside ? 1 : 0;
        }
        return kept;
    }

    private int merge(int[] list, int size, Rows rows, int v, boolean inside) {
        int kept = 0;
        int at = rows.start[v];
        int to = rows.start[v + 1];
        step(to - at);
        for (int i = 0; i < size; i++) {
            int w = list[i];
            while (at < to && rows.items[at] < w) {
                at++;
            }
            boolean there = at < to && rows.items[at] == w;
            list[kept] = w;
            kept += there == inside ? 1 : 0;
        }
        return kept;
    }

    private static int without(int[] list, int size, int neuron) {
        int at = Arrays.binarySearch(list, 0, size, neuron);
        if (at < 0) {
            return size;
        }
        System.arraycopy(list, at + 1, list, at, size - at - 1);
        return size - 1;
    }

    /** The first index in {@code from .. to} whose item is at least {@code least}. */
    private static int lowerBound(int[] items, int from, int to, int least) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (items[middle] < least) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
