package dev.meso.runtime.topology;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Components;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Directed cycles by length: closed walks through different neurons, each counted once wherever it is entered. Two neurons
 * joined both ways are a cycle of length 2. Chords do not matter.
 *
 * <p>Each cycle is found at its neuron of the highest degree, its root r, among neurons of lower degree (as Chiba and Nishizeki
 * 1985 list subgraphs). Paths from r are followed up to two neurons before the end; the number of neurons y that close the
 * cycle, x -> y -> r, is kept for every x and lowered by those that are on the path. Connections between strong components
 * are on no cycle and are dropped first. Cost: one step for each path of {@code longest - 2} neurons below its root.
 */
public final class Cycles {
    /** Following more paths than this is refused: it takes hours. */
    public static final double MOST = 1e12;

    private static final int PIECES = 512;
    private static final int STEPS_BETWEEN_CHECKPOINTS = 1 << 20;
    private static final int PROBES = 200_000;

    private final Wiring wiring;
    /** For each root the place of its first target of lower degree among {@code wiring.outTargets()}. */
    private final int[] below;

    private final int longest;

    private Cycles(Wiring wiring, int longest) {
        this.wiring = wiring;
        this.longest = longest;
        this.below = new int[wiring.n()];
        for (int r = 0; r < below.length; r++) {
            int place = Arrays.binarySearch(wiring.outTargets(), wiring.outStart()[r], wiring.outStart()[r + 1], r);
            below[r] = place < 0 ? -1 - place : place + 1;
        }
    }

    /**
     * The number of cycles of each length, at {@code [length]} from 2 to {@code longest}. Exact.
     *
     * @param longest at least 2
     * @throws MesoException TOO_LARGE where there are more than about {@code limit} paths to follow, INTEGER_OVERFLOW
     */
    public static long[] count(Wiring wiring, int longest, double limit, Parallel parallel) {
        int possible = Math.max(2, Math.min(longest, wiring.n()));
        Cycles cycles = new Cycles(HubsFirst.of(withinComponents(wiring)), possible);
        cycles.refuseBeyond(limit);
        return Arrays.copyOf(cycles.count(parallel), longest + 1);
    }

    /** The connections inside strong components, without autapses. */
    private static Wiring withinComponents(Wiring wiring) {
        int[] component = Components.strong(wiring).ofNeuron();
        int[] pre = wiring.edgeSources();
        int[] post = wiring.outTargets().clone();
        int kept = 0;
        for (int e = 0; e < pre.length; e++) {
            if (component[pre[e]] == component[post[e]]) {
                pre[kept] = pre[e];
                post[kept++] = post[e];
            }
        }
        return Wiring.of(wiring.n(), Arrays.copyOf(pre, kept), Arrays.copyOf(post, kept), false);
    }

    private long[] count(Parallel parallel) {
        int[] bounds = bounds();
        long[][] parts = new long[bounds.length - 1][];
        parallel.forEach(parts.length, "cycles", (p, monitor) -> {
            parts[p] = new Search(monitor).between(bounds[p], bounds[p + 1]);
        });
        long[] counts = new long[longest + 1];
        for (long[] part : parts) {
            for (int length = 2; length <= longest; length++) {
                try {
                    counts[length] = Math.addExact(counts[length], part[length]);
                } catch (ArithmeticException e) {
                    throw new MesoException(
                            ErrorCode.INTEGER_OVERFLOW, "there are more than 2^63 cycles of length " + length);
                }
            }
        }
        return counts;
    }

    /** Cuts the connections from roots downwards, in row order, into ranges of about equal second steps. */
    private int[] bounds() {
        int m = wiring.m();
        long[] work = new long[m + 1];
        for (int r = 0; r < below.length; r++) {
            for (int e = wiring.outStart()[r]; e < wiring.outStart()[r + 1]; e++) {
                work[e + 1] = work[e] + (e < below[r] ? 0 : 1 + wiring.outDegree(wiring.outTargets()[e]));
            }
        }
        int pieces = (int) Math.max(1, Math.min(PIECES, work[m] / 5_000));
        int[] bounds = new int[pieces + 1];
        for (int p = 1, e = 0; p < pieces; p++) {
            while (work[e] < work[m] / pieces * p) {
                e++;
            }
            bounds[p] = e;
        }
        bounds[pieces] = m;
        return bounds;
    }

    /** The cycles whose first connection is in a range; belongs to one thread. */
    private final class Search {
        private final Monitor monitor;
        private final long[] counts = new long[longest + 1];
        /** How many neurons off the path lead from each neuron to the root. */
        private final int[] closing = new int[wiring.n()];

        private final boolean[] sendsToRoot = new boolean[wiring.n()];
        private final boolean[] onPath = new boolean[wiring.n()];
        private long steps;

        Search(Monitor monitor) {
            this.monitor = monitor;
        }

        long[] between(int from, int to) {
            int[] outs = wiring.outTargets();
            for (int e = from, r = -1; e < to; r++) {
                int root = r + 1;
                int end = Math.min(to, wiring.outStart()[root + 1]);
                int first = Math.max(e, below[root]);
                if (first < end) {
                    prepare(root, 1);
                    for (int i = first; i < end; i++) {
                        counts[2] += sendsToRoot[outs[i]] ? 1 : 0;
                    }
                    if (longest > 2) {
                        follow(root, first, end, 3);
                    }
                    prepare(root, -1);
                }
                e = Math.max(e, end);
            }
            return counts;
        }

        /** Fills what is known of the root, or empties it again. */
        private void prepare(int root, int change) {
            for (int i = wiring.inStart()[root + 1] - 1; i >= wiring.inStart()[root]; i--) {
                int y = wiring.inSources()[i];
                if (y < root) {
                    break;
                }
                sendsToRoot[y] = change > 0;
                lead(y, root, change);
            }
        }

        /** Changes what closes for all below the root that send to y. */
        private void lead(int y, int root, int change) {
            int from = wiring.inStart()[y];
            int i = wiring.inStart()[y + 1] - 1;
            for (; i >= from && wiring.inSources()[i] > root; i--) {
                closing[wiring.inSources()[i]] += change;
            }
            count(wiring.inStart()[y + 1] - i);
        }

        /** Paths go on along connections {@code from .. to-1}; a cycle that closes two steps later has this length. */
        private void follow(int root, int from, int to, int length) {
            int[] outs = wiring.outTargets();
            long closed = 0;
            for (int i = to - 1; i >= from && outs[i] > root; i--) {
                closed += onPath[outs[i]] ? 0 : closing[outs[i]];
            }
            counts[length] += closed;
            count(1 + to - from);
            if (length == longest) {
                return;
            }
            for (int i = to - 1; i >= from && outs[i] > root; i--) {
                int x = outs[i];
                if (onPath[x]) {
                    continue;
                }
                onPath[x] = true;
                if (sendsToRoot[x]) {
                    lead(x, root, -1);
                }
                follow(root, wiring.outStart()[x], wiring.outStart()[x + 1], length + 1);
                if (sendsToRoot[x]) {
                    lead(x, root, 1);
                }
                onPath[x] = false;
            }
        }

        private void count(int more) {
            steps += more;
            if (steps > STEPS_BETWEEN_CHECKPOINTS) {
                steps = 0;
                monitor.checkpoint();
            }
        }
    }

    /** Estimates the number of paths by random ones (Knuth 1975; see {@link SimplexCost}); the seed is fixed. */
    private void refuseBeyond(double limit) {
        int[] sources = wiring.edgeSources();
        int[] outs = wiring.outTargets();
        double[] sums = new double[longest + 1];
        RandomGenerator random = Streams.of(1, 0, 0);
        for (int probe = 0; probe < PROBES && longest > 3 && wiring.m() > 0; probe++) {
            int e = random.nextInt(wiring.m());
            int root = sources[e];
            double weight = outs[e] > root ? wiring.m() : 0;
            int x = outs[e];
            for (int length = 4; length <= longest && weight > 0; length++) {
                int place = Arrays.binarySearch(outs, wiring.outStart()[x], wiring.outStart()[x + 1], root);
                int from = place < 0 ? -1 - place : place + 1;
                int choices = wiring.outStart()[x + 1] - from;
                weight *= choices;
                sums[length] += weight;
                x = choices == 0 ? x : outs[from + random.nextInt(choices)];
            }
        }
        double paths = 0;
        int affordable = 3;
        for (int length = 4; length <= longest; length++) {
            paths += sums[length] / PROBES;
            affordable = paths <= limit ? length : affordable;
        }
        if (paths > limit) {
            throw new MesoException(
                    ErrorCode.TOO_LARGE,
                    String.format(
                            Locale.ROOT,
                            "cycles of up to %d neurons need about %.1g steps, more than the %.1g that are made at most",
                            longest,
                            paths,
                            limit),
                    "ask for cycles of at most " + affordable
                            + " neurons, or for those of a part of the graph; a higher `limit:` allows more",
                    "the estimate comes from random paths and may be wrong by a factor of a few");
        }
    }
}
