package dev.meso.runtime.partition;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.util.Arrays;

/**
 * Orders of blocks that show what a block matrix is like. With E the matrix,
 *
 * <pre>
 *   cycle: most of  E[1,2] + E[2,3] + … + E[B,1]        round and round
 *   flow:  most of  sum of E[r,s] over r before s       from sources to sinks
 * </pre>
 *
 * Up to {@link #MOST_EXACT} blocks the best order is found by dynamic programming over sets of blocks (Held and Karp 1962, J
 * Soc Ind Appl Math 10:196), in 2^B B^2 steps; beyond, a good one by exchanging neighbouring runs of blocks until none gains.
 */
public final class BlockOrder {
    /** 2^14 sets of blocks take milliseconds. */
    public static final int MOST_EXACT = 14;

    /** Beyond this an order is not for reading. */
    public static final int MOST_BLOCKS = 100;

    private static final int STARTS = 8;

    private BlockOrder() {}

    /** The best cyclic order, block 0 first. @throws MesoException WRONG_VALUE beyond 100 blocks */
    public static int[] cycle(BlockMatrix matrix) {
        int count = required(matrix);
        double[] e = matrix.values();
        if (count < 3) {
            return identity(count);
        }
        return count <= MOST_EXACT ? exactCycle(e, count) : searchedCycle(e, count);
    }

    /** The order with most connections to later blocks. @throws MesoException WRONG_VALUE beyond 100 blocks */
    public static int[] flow(BlockMatrix matrix) {
        int count = required(matrix);
        double[] e = matrix.values();
        return count <= MOST_EXACT ? exactFlow(e, count) : searchedFlow(e, count);
    }

    /** The largest block first; blocks of equal size keep their order. */
    public static int[] size(Partition partition) {
        Integer[] order = new Integer[partition.count()];
        Arrays.setAll(order, b -> b);
        Arrays.sort(
                order, (a, b) -> Integer.compare(partition.sizes()[b], partition.sizes()[a]));
        return Arrays.stream(order).mapToInt(b -> b).toArray();
    }

    /**
     * How cyclic the blocks are: of what goes from one block to another, the share that goes to the next block of the best
     * cyclic order. 1 where all does; for connections at random, with blocks of equal size, somewhat above 1/(B-1), because the
     * order is the best of (B-1)!. To judge it, compare with a null model whose samples are given their best order too.
     *
     * @throws MesoException WRONG_VALUE for fewer than 3 blocks, more than 100, or where nothing goes between blocks
     */
    public static double cyclicity(BlockMatrix matrix) {
        int count = required(matrix);
        if (count < 3) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    "a cycle has three blocks or more, and there " + (count == 1 ? "is 1" : "are " + count));
        }
        double between = 0;
        for (int r = 0; r < count; r++) {
            for (int s = 0; s < count; s++) {
                between += r == s ? 0 : matrix.get(r, s);
            }
        }
        if (between == 0) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE, "nothing goes from one block to another, so there is no cycle of blocks");
        }
        return around(matrix.values(), cycle(matrix)) / between;
    }

    private static int required(BlockMatrix matrix) {
        if (matrix.count() > MOST_BLOCKS) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    "at most " + MOST_BLOCKS + " blocks can be ordered, and there are " + matrix.count(),
                    "blocks of blocks are easier to read: fewer blocks, or the upper level of a nested model");
        }
        return matrix.count();
    }

    private static int[] identity(int count) {
        int[] order = new int[count];
        Arrays.setAll(order, b -> b);
        return order;
    }

    /** What goes from each block to the next, and from the last to the first. */
    static double around(double[] e, int[] order) {
        double sum = 0;
        for (int k = 0; k < order.length; k++) {
            sum += e[order[k] * order.length + order[(k + 1) % order.length]];
        }
        return sum;
    }

    /** What goes from each block to later ones. */
    static double forward(double[] e, int[] order) {
        double sum = 0;
        for (int i = 0; i < order.length; i++) {
            for (int j = i + 1; j < order.length; j++) {
                sum += e[order[i] * order.length + order[j]];
            }
        }
        return sum;
    }

    /** {@code best[set * B + last]} is the most of a path from block 0 through a set of others that ends in {@code last}. */
    private static int[] exactCycle(double[] e, int count) {
        int others = count - 1;
        int sets = 1 << others;
        double[] best = new double[sets * others];
        byte[] before = new byte[sets * others];
        Arrays.fill(best, Double.NEGATIVE_INFINITY);
        for (int last = 0; last < others; last++) {
            best[(1 << last) * others + last] = e[last + 1];
        }
        for (int set = 1; set < sets; set++) {
            for (int last = 0; last < others; last++) {
                double sum = best[set * others + last];
                for (int next = 0; sum > Double.NEGATIVE_INFINITY && next < others; next++) {
                    int place = (set | 1 << next) * others + next;
                    if ((set >> next & 1) == 0 && sum + e[(last + 1) * count + next + 1] > best[place]) {
                        best[place] = sum + e[(last + 1) * count + next + 1];
                        before[place] = (byte) last;
                    }
                }
            }
        }
        int set = sets - 1;
        int last = 0;
        for (int b = 1; b < others; b++) {
            double gained = best[set * others + b] + e[(b + 1) * count];
            last = gained > best[set * others + last] + e[(last + 1) * count] ? b : last;
        }
        int[] order = new int[count];
        for (int k = count - 1; k > 0; k--) {
            order[k] = last + 1;
            int earlier = before[set * others + last];
            set &= ~(1 << last);
            last = earlier;
        }
        return order;
    }

    /** {@code best[set]} is the most that goes forward inside a set of blocks that come first. */
    private static int[] exactFlow(double[] e, int count) {
        int sets = 1 << count;
        double[] best = new double[sets];
        byte[] last = new byte[sets];
        Arrays.fill(best, 1, sets, Double.NEGATIVE_INFINITY);
        for (int set = 0; set < sets; set++) {
            for (int next = 0; next < count; next++) {
                if ((set >> next & 1) != 0) {
                    continue;
                }
                double sum = best[set];
                for (int b = 0; b < count; b++) {
                    sum += (set >> b & 1) != 0 ? e[b * count + next] : 0;
                }
                if (sum > best[set | 1 << next]) {
                    best[set | 1 << next] = sum;
                    last[set | 1 << next] = (byte) next;
                }
            }
        }
        int[] order = new int[count];
        for (int k = count - 1, set = sets - 1; k >= 0; k--) {
            order[k] = last[set];
            set &= ~(1 << order[k]);
        }
        return order;
    }

    /** From several starts, each going on to the block that receives most, the best after exchanges of neighbouring runs. */
    static int[] searchedCycle(double[] e, int count) {
        int[] best = null;
        for (int start = 0; start < Math.min(STARTS, count); start++) {
            int[] order = greedy(e, count, start);
            while (exchange(e, order)) {}
            best = best == null || around(e, order) > around(e, best) ? order : best;
        }
        int first = 0;
        while (best[first] != 0) {
            first++;
        }
        int[] turned = new int[count];
        for (int k = 0; k < count; k++) {
            turned[k] = best[(first + k) % count];
        }
        return turned;
    }

    private static int[] greedy(double[] e, int count, int start) {
        int[] order = new int[count];
        boolean[] used = new boolean[count];
        order[0] = start;
        used[start] = true;
        for (int k = 1; k < count; k++) {
            int next = -1;
            for (int b = 0; b < count; b++) {
                double more = next < 0 ? 1 : e[order[k - 1] * count + b] - e[order[k - 1] * count + next];
                next = !used[b] && more > 0 ? b : next;
            }
            order[k] = next;
            used[next] = true;
        }
        return order;
    }

    /** Exchanges the runs {@code i+1..j} and {@code j+1..k} that gain most; whether any did. */
    private static boolean exchange(double[] e, int[] order) {
        int count = order.length;
        double most = 1e-9;
        int[] found = null;
        for (int i = 0; i < count - 2; i++) {
            for (int j = i + 1; j < count - 1; j++) {
                for (int k = j + 1; k < count; k++) {
                    int a = order[i] * count;
                    int b = order[j] * count;
                    int c = order[k] * count;
                    int end = order[(k + 1) % count];
                    double gain = e[a + order[j + 1]] + e[c + order[i + 1]] + e[b + end];
                    gain -= e[a + order[i + 1]] + e[b + order[j + 1]] + e[c + end];
                    if (gain > most) {
                        most = gain;
                        found = new int[] {i, j, k};
                    }
                }
            }
        }
        if (found == null) {
            return false;
        }
        int[] old = order.clone();
        int at = found[0] + 1;
        for (int x = found[1] + 1; x <= found[2]; x++) {
            order[at++] = old[x];
        }
        for (int x = found[0] + 1; x <= found[1]; x++) {
            order[at++] = old[x];
        }
        return true;
    }

    /** From the order of sent minus received, moving one block at a time to where it gains most. */
    static int[] searchedFlow(double[] e, int count) {
        double[] excess = new double[count];
        for (int r = 0; r < count; r++) {
            for (int s = 0; s < count; s++) {
                excess[r] += e[r * count + s] - e[s * count + r];
            }
        }
        Integer[] sorted = new Integer[count];
        Arrays.setAll(sorted, b -> b);
        Arrays.sort(sorted, (a, b) -> Double.compare(excess[b], excess[a]));
        int[] order = Arrays.stream(sorted).mapToInt(b -> b).toArray();
        while (insert(e, order)) {}
        return order;
    }

    /** Moves the block that gains most to its best place; whether any gains. */
    private static boolean insert(double[] e, int[] order) {
        int count = order.length;
        double most = 1e-9;
        int from = -1;
        int to = -1;
        for (int i = 0; i < count; i++) {
            for (int side = -1; side <= 1; side += 2) {
                double gain = 0;
                for (int j = i + side; j >= 0 && j < count; j += side) {
                    int a = order[i];
                    int b = order[j];
                    gain += side * (e[b * count + a] - e[a * count + b]);
                    if (gain > most) {
                        most = gain;
                        from = i;
                        to = j;
                    }
                }
            }
        }
        if (from < 0) {
            return false;
        }
        int moved = order[from];
        if (from < to) {
            System.arraycopy(order, from + 1, order, from, to - from);
        } else {
            System.arraycopy(order, to, order, to + 1, from - to);
        }
        order[to] = moved;
        return true;
    }
}
