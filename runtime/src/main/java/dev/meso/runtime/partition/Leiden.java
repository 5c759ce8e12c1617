package dev.meso.runtime.partition;

import dev.meso.runtime.random.Streams;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Communities of high {@link Modularity} by the Leiden algorithm: single neurons move to the community that gains most until
 * none does; each community is then refined into parts that are well connected inside; the parts become the nodes of a
 * smaller graph, and so on until nothing moves. The whole is repeated from what was found until it gains no more, at most ten times. Traag,
 * Waltman and van Eck 2019, Sci Rep 9:5233. Cost: each round about linear in n + m.
 */
public final class Leiden {
    private static final int DOMAIN = 0x1e1d;

    /** Small graphs need three or four; on large ones later rounds gain less than one restart differs from another. */
    private static final int MOST_ROUNDS = 10;

    private static final int STEPS_BETWEEN_CHECKPOINTS = 1 << 16;

    /** How much chance there is in the choice among parts, relative to the mean weight; the value of the paper. */
    private static final double RANDOMNESS = 0.01;

    private final RandomGenerator random;
    private final Monitor monitor;
    private final double expected;
    private final double temperature;

    /** Gains below this are rounding. */
    private final double least;

    private int steps;

    // Work space, one entry a node.
    private final int[] queue;
    private final double[] toGroup;
    private final int[] met;
    private final double[] groupOut;
    private final double[] groupIn;

    private Leiden(Modularity m, RandomGenerator random, Monitor monitor) {
        this.random = random;
        this.monitor = monitor;
        this.expected = m.expected();
        double mean = m.partner.length == 0 ? 1 : Arrays.stream(m.weight).sum() / m.partner.length;
        this.temperature = RANDOMNESS * mean;
        this.least = 1e-10 * mean;
        queue = new int[m.n()];
        toGroup = new double[m.n()];
        met = new int[m.n()];
        groupOut = new double[m.n()];
        groupIn = new double[m.n()];
    }

    /** What was found. @param rounds how often the algorithm ran until it gained no more, in the best restart */
    public record Result(Partition partition, double modularity, int rounds) {}

    /**
     * The best of {@code restarts} runs, each with random numbers of its own; the result does not depend on the threads.
     *
     * @param restarts at least 1
     */
    public static Result communities(Modularity modularity, int restarts, long seed, Parallel parallel) {
        Result[] found = new Result[restarts];
        parallel.forEach(restarts, restarts > 1 ? "communities" : null, (i, monitor) -> {
            RandomGenerator random = Streams.of(seed, DOMAIN, i);
            found[i] = new Leiden(modularity, random, monitor).run(modularity, restarts == 1);
        });
        Result best = found[0];
        for (Result other : found) {
            best = other.modularity() > best.modularity() ? other : best;
        }
        return best;
    }

    private Result run(Modularity modularity, boolean reports) {
        LeidenLevel base = LeidenLevel.of(modularity);
        int[] group = identity(base.n);
        Partition best = Partition.of(group);
        double quality = modularity.of(best);
        int rounds = 0;
        while (rounds < MOST_ROUNDS) {
            int[] next = round(base, group.clone());
            Partition found = Partition.of(next);
            double q = modularity.of(found);
            rounds++;
            if (reports) {
                monitor.progress("communities", rounds, MOST_ROUNDS);
            }
            if (q <= quality + 1e-12) {
                break;
            }
            best = found;
            quality = q;
            group = next;
        }
        return new Result(best, quality, rounds);
    }

    private static int[] identity(int n) {
        int[] items = new int[n];
        Arrays.setAll(items, i -> i);
        return items;
    }

    /** One pass over all levels. {@code group} holds the communities to start with and is overwritten. */
    private int[] round(LeidenLevel base, int[] group) {
        LeidenLevel level = base;
        int[] node = identity(base.n);
        int[] current = group;
        while (true) {
            move(level, current);
            int groups = renumber(current);
            if (groups == level.n) {
                break;
            }
            int[] part = refine(level, current, groups);
            int parts = renumber(part);
            if (parts == level.n) {
                // Nothing merged: the communities themselves become nodes, else the level would stay the same.
                part = current;
                parts = groups;
            }
            int[] next = new int[parts];
            for (int v = 0; v < level.n; v++) {
                next[part[v]] = current[v];
            }
            for (int v = 0; v < node.length; v++) {
                node[v] = part[node[v]];
            }
            level = level.grouped(part, parts);
            current = next;
        }
        int[] result = new int[base.n];
        for (int v = 0; v < result.length; v++) {
            result[v] = current[node[v]];
        }
        return result;
    }

    /** Numbers groups from 0 in the order of their first node; how many there are. */
    private int renumber(int[] group) {
        int[] number = met;
        Arrays.fill(number, 0, group.length, -1);
        int groups = 0;
        for (int v = 0; v < group.length; v++) {
            if (number[group[v]] < 0) {
                number[group[v]] = groups++;
            }
            group[v] = number[group[v]];
        }
        return groups;
    }

    private int[] shuffled(int n) {
        int[] order = identity(n);
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }

    private void step(int of) {
        steps += of + 1;
        if (steps > STEPS_BETWEEN_CHECKPOINTS) {
            monitor.checkpoint();
            steps = 0;
        }
    }

    /**
     * Moves nodes to the neighbouring community, or one of their own, that gains most, until none gains. A node waits in a
     * queue while a partner in another community has moved since its turn.
     */
    private void move(LeidenLevel g, int[] group) {
        int[] size = new int[g.n];
        Arrays.fill(groupOut, 0, g.n, 0);
        Arrays.fill(groupIn, 0, g.n, 0);
        for (int v = 0; v < g.n; v++) {
            size[group[v]]++;
            groupOut[group[v]] += g.out[v];
            groupIn[group[v]] += g.in[v];
        }
        int[] free = new int[g.n];
        int frees = 0;
        for (int c = g.n - 1; c >= 0; c--) {
            if (size[c] == 0) {
                free[frees++] = c;
            }
        }
        System.arraycopy(shuffled(g.n), 0, queue, 0, g.n);
        boolean[] waits = new boolean[g.n];
        Arrays.fill(waits, true);
        int waiting = g.n;
        for (int head = 0; waiting > 0; head = head + 1 == g.n ? 0 : head + 1) {
            int v = queue[head];
            waits[v] = false;
            waiting--;
            int old = group[v];
            int found = weights(g, v, group);
            groupOut[old] -= g.out[v];
            groupIn[old] -= g.in[v];
            size[old]--;
            int best = old;
            double most = gain(g, v, old);
            if (size[old] > 0 && most < -least) {
                best = free[frees - 1];
                most = 0;
            }
            for (int i = 0; i < found; i++) {
                double gain = gain(g, v, met[i]);
                if (gain > most + least) {
                    best = met[i];
                    most = gain;
                }
            }
            for (int i = 0; i < found; i++) {
                toGroup[met[i]] = 0;
            }
            if (best != old) {
                frees -= frees > 0 && best == free[frees - 1] ? 1 : 0;
                if (size[old] == 0) {
                    free[frees++] = old;
                }
                for (int k = g.start[v]; k < g.start[v + 1]; k++) {
                    int w = g.partner[k];
                    if (!waits[w] && group[w] != best) {
                        waits[w] = true;
                        int place = head + 1 + waiting;
                        queue[place < g.n ? place : place - g.n] = w;
                        waiting++;
                    }
                }
            }
            group[v] = best;
            size[best]++;
            groupOut[best] += g.out[v];
            groupIn[best] += g.in[v];
            step(g.start[v + 1] - g.start[v]);
        }
    }

    /** What connects v to each group, in {@link #toGroup}; the groups in {@link #met}, how many is the result. */
    private int weights(LeidenLevel g, int v, int[] group) {
        int found = 0;
        for (int k = g.start[v]; k < g.start[v + 1]; k++) {
            int c = group[g.partner[k]];
            if (toGroup[c] == 0) {
                met[found++] = c;
            }
            toGroup[c] += g.weight[k];
        }
        return found;
    }

    /** What modularity gains, times m, where v joins a group that it is not counted in. */
    private double gain(LeidenLevel g, int v, int c) {
        return toGroup[c] - expected * (g.out[v] * groupIn[c] + g.in[v] * groupOut[c]);
    }

    /**
     * Parts of each community. Every node starts alone; in random order, each that is still alone and well connected to the
     * rest of its community joins one of the well-connected parts that gain, with a chance that grows with the gain.
     */
    private int[] refine(LeidenLevel g, int[] community, int communities) {
        double[] wholeOut = new double[communities];
        double[] wholeIn = new double[communities];
        for (int v = 0; v < g.n; v++) {
            wholeOut[community[v]] += g.out[v];
            wholeIn[community[v]] += g.in[v];
            groupOut[v] = g.out[v];
            groupIn[v] = g.in[v];
        }
        int[] part = identity(g.n);
        int[] size = new int[g.n];
        Arrays.fill(size, 1);
        double[] outside = new double[g.n];
        for (int v = 0; v < g.n; v++) {
            for (int k = g.start[v]; k < g.start[v + 1]; k++) {
                outside[v] += community[g.partner[k]] == community[v] ? g.weight[k] : 0;
            }
        }
        double[] chance = new double[g.n];
        for (int v : shuffled(g.n)) {
            int whole = community[v];
            step(g.start[v + 1] - g.start[v]);
            if (size[part[v]] > 1 || !wellConnected(v, outside, wholeOut[whole], wholeIn[whole])) {
                continue;
            }
            int found = 0;
            for (int k = g.start[v]; k < g.start[v + 1]; k++) {
                int w = g.partner[k];
                if (community[w] == whole) {
                    if (toGroup[part[w]] == 0) {
                        met[found++] = part[w];
                    }
                    toGroup[part[w]] += g.weight[k];
                }
            }
            int chosen = choose(g, v, found, chance, outside, wholeOut[whole], wholeIn[whole]);
            if (chosen >= 0) {
                outside[chosen] += outside[v] - 2 * toGroup[chosen];
                part[v] = chosen;
                size[chosen]++;
                size[v] = 0;
                groupOut[chosen] += g.out[v];
                groupIn[chosen] += g.in[v];
                groupOut[v] = 0;
                groupIn[v] = 0;
            }
            for (int i = 0; i < found; i++) {
                toGroup[met[i]] = 0;
            }
        }
        return part;
    }

    /** Whether a part has as many connections to the rest of its community as chance alone would give. */
    private boolean wellConnected(int c, double[] outside, double wholeOut, double wholeIn) {
        double chance = groupOut[c] * (wholeIn - groupIn[c]) + groupIn[c] * (wholeOut - groupOut[c]);
        return outside[c] >= expected * chance - least;
    }

    /** One of the parts in {@link #met}, or -1 to stay alone. */
    private int choose(
            LeidenLevel g, int v, int found, double[] chance, double[] outside, double wholeOut, double wholeIn) {
        double most = 0;
        for (int i = 0; i < found; i++) {
            boolean open = wellConnected(met[i], outside, wholeOut, wholeIn);
            chance[i] = open ? gain(g, v, met[i]) : -1;
            most = Math.max(most, chance[i]);
        }
        // Staying alone gains 0 and has its chance too.
        double sum = Math.exp(-most / temperature);
        for (int i = 0; i < found; i++) {
            sum += chance[i] >= 0 ? Math.exp((chance[i] - most) / temperature) : 0;
        }
        double drawn = random.nextDouble() * sum - Math.exp(-most / temperature);
        for (int i = 0; i < found && drawn >= 0; i++) {
            drawn -= chance[i] >= 0 ? Math.exp((chance[i] - most) / temperature) : 0;
            if (drawn < 0) {
                return met[i];
            }
        }
        return -1;
    }
}
