package dev.meso.runtime.blocks;

import dev.meso.runtime.nulls.Combinatorics;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.task.Monitor;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Finds blocks for one upper level of a nested model. What is made short is this level and one block above it; a further level is
 * put between the two only where that is shorter, so that each level found makes the hierarchy no longer. Not thread-safe.
 */
final class NestedLevel {
    /** Of the blocks, how many are left after a step of merging. */
    private static final double SHRINK = 0.85;

    /** With more blocks than this a block looks at so many others, drawn at random. */
    private static final int SAMPLE = 64;

    private static final int SWEEPS = 30;
    private static final double GAIN = 1e-9;

    private final int n;
    private final long[] nodes;
    private final RandomGenerator random;
    private final Monitor monitor;
    private long m;
    private final int[] block;
    private int[] size;
    private long[] edges;
    /** Blocks, some perhaps empty, and blocks that are not. */
    private int cap;

    private int count;
    /** Edges of a node to and from each block, but for those to itself. */
    private final long[] to;

    private final long[] from;
    private int[] best;
    private double shortest = Double.POSITIVE_INFINITY;

    private NestedLevel(long[] nodes, int n, RandomGenerator random, Monitor monitor) {
        this.n = n;
        this.nodes = nodes;
        this.random = random;
        this.monitor = monitor;
        for (long e : nodes) {
            m += e;
        }
        this.block = new int[n];
        this.to = new long[n];
        this.from = new long[n];
        Arrays.setAll(block, v -> v);
        assign();
    }

    /** Blocks of the n nodes of a multigraph with {@code nodes[v n + w]} edges from v to w: fewer than n. */
    static Partition fit(long[] nodes, int n, RandomGenerator random, Monitor monitor) {
        NestedLevel level = new NestedLevel(nodes, n, random, monitor);
        while (level.count > 1) {
            level.merge();
            if (level.count <= SAMPLE) {
                level.sweeps(2);
            }
            level.keep();
        }
        System.arraycopy(level.best, 0, level.block, 0, n);
        level.assign();
        level.sweeps(SWEEPS);
        level.keep();
        return Partition.of(level.best);
    }

    private void keep() {
        assign();
        double length = length();
        if (length < shortest - GAIN && count < n) {
            shortest = length;
            best = block.clone();
        }
    }

    /** Numbers the blocks 0 .. count-1 and counts their nodes and edges. */
    private void assign() {
        int[] number = new int[n];
        Arrays.fill(number, -1);
        count = 0;
        for (int v = 0; v < n; v++) {
            if (number[block[v]] < 0) {
                number[block[v]] = count++;
            }
            block[v] = number[block[v]];
        }
        cap = count;
        size = new int[cap];
        for (int r : block) {
            size[r]++;
        }
        edges = NestedCodes.edges(nodes, n, block, cap);
    }

    private double length() {
        double length = BlockCodes.partitionLength(n, size) + above(count);
        for (int r = 0; r < cap; r++) {
            for (int s = 0; s < cap; s++) {
                length += pair(r, s);
            }
        }
        return length;
    }

    /** The level above if it is one block. */
    private double above(int blocks) {
        return blocks == 1 ? 0 : Combinatorics.lnSequences(m, (long) blocks * blocks) + Math.log(blocks);
    }

    /** What the number of blocks costs. */
    private double global(int blocks) {
        return Combinatorics.lnChoose(n - 1, blocks - 1) + above(blocks);
    }

    private double pair(int r, int s) {
        return ways(edges[r * cap + s], (long) size[r] * size[s]);
    }

    private static double ways(long edges, long places) {
        return edges == 0 ? 0 : Combinatorics.lnSequences(edges, places);
    }

    /** Merges the pairs of blocks that cost least, each block once. */
    private void merge() {
        int least = Math.max(1, Math.min(count - 1, (int) (SHRINK * count)));
        int[] partner = new int[cap];
        double[] delta = new double[cap];
        Integer[] byDelta = new Integer[cap];
        for (int r = 0; r < cap; r++) {
            monitor.checkpoint();
            byDelta[r] = r;
            delta[r] = Double.POSITIVE_INFINITY;
            int tries = Math.min(cap, SAMPLE);
            for (int i = 0; i < tries; i++) {
                int s = cap <= SAMPLE ? i : random.nextInt(cap);
                double d = s == r ? Double.POSITIVE_INFINITY : mergeDelta(r, s);
                if (d < delta[r]) {
                    delta[r] = d;
                    partner[r] = s;
                }
            }
        }
        Arrays.sort(byDelta, (a, b) -> Double.compare(delta[a], delta[b]));
        int[] into = new int[cap];
        Arrays.setAll(into, r -> r);
        boolean[] merged = new boolean[cap];
        int left = count;
        for (int r : byDelta) {
            int s = partner[r];
            if (left > least && s != r && !merged[r] && !merged[s] && delta[r] < Double.POSITIVE_INFINITY) {
                merged[r] = true;
                merged[s] = true;
                into[r] = s;
                left--;
            }
        }
        Arrays.setAll(block, v -> into[block[v]]);
        assign();
    }

    /** By how much the length grows when r and s become one block, but for what the number of blocks costs. */
    private double mergeDelta(int r, int s) {
        long both = size[r] + size[s];
        double sum = Combinatorics.lnFactorial(size[r])
                + Combinatorics.lnFactorial(size[s])
                - Combinatorics.lnFactorial(both)
                - lines(r, s);
        for (int t = 0; t < cap; t++) {
            if (t != r && t != s) {
                sum += ways(edges[r * cap + t] + edges[s * cap + t], both * size[t])
                        + ways(edges[t * cap + r] + edges[t * cap + s], both * size[t]);
            }
        }
        long inside = edges[r * cap + r] + edges[r * cap + s] + edges[s * cap + r] + edges[s * cap + s];
        return sum + ways(inside, both * both);
    }

    /** All that the edges of r and s cost. */
    private double lines(int r, int s) {
        double sum = 0;
        for (int t = 0; t < cap; t++) {
            sum += pair(r, t) + pair(s, t);
            if (t != r && t != s) {
                sum += pair(t, r) + pair(t, s);
            }
        }
        return sum;
    }

    private void sweeps(int most) {
        boolean moved = true;
        for (int i = 0; i < most && moved; i++) {
            moved = false;
            for (int v = 0; v < n; v++) {
                moved |= improve(v);
            }
        }
    }

    /** Moves a node to the first block found where the whole is shorter, empty blocks being one of them. */
    private boolean improve(int v) {
        monitor.checkpoint();
        Arrays.fill(to, 0, cap, 0);
        Arrays.fill(from, 0, cap, 0);
        for (int w = 0; w < n; w++) {
            if (w != v) {
                to[block[w]] += nodes[v * n + w];
                from[block[w]] += nodes[w * n + v];
            }
        }
        boolean moved = false;
        int tries = Math.min(cap, SAMPLE);
        for (int i = 0; i < tries; i++) {
            int r = block[v];
            int s = cap <= SAMPLE ? i : random.nextInt(cap);
            if (s == r || size[s] == 0 && size[r] == 1) {
                continue;
            }
            double before = lines(r, s) + own(r) + own(s) + global(count);
            move(v, r, s);
            if (lines(r, s) + own(r) + own(s) + global(count) < before - GAIN) {
                moved = true;
            } else {
                move(v, s, r);
            }
        }
        return moved;
    }

    private double own(int r) {
        return -Combinatorics.lnFactorial(size[r]);
    }

    private void move(int v, int r, int s) {
        for (int t = 0; t < cap; t++) {
            edges[r * cap + t] -= to[t];
            edges[t * cap + r] -= from[t];
            edges[s * cap + t] += to[t];
            edges[t * cap + s] += from[t];
        }
        edges[r * cap + r] -= nodes[v * n + v];
        edges[s * cap + s] += nodes[v * n + v];
        count += (size[s]++ == 0 ? 1 : 0) - (--size[r] == 0 ? 1 : 0);
        block[v] = s;
    }
}
