package dev.meso.runtime.blocks;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.Monitor;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Moves of a search over partitions: single neurons, merges, splits, and merges followed by splits (Peixoto 2020, Phys Rev E
 * 102:012305). At temperature T a change that makes the length longer by d is taken about as often as exp(-d / T) says, at 0 never; at
 * 1 the neurons are drawn from the posterior given all others. Not thread-safe.
 */
final class BlockMoves {
    /** Less than this is no gain but noise of the sums. */
    private static final double GAIN = 1e-9;

    /** With more blocks than this a neuron looks at {@link #SAMPLE} of them only. */
    private static final int ALL = 96;

    private static final int SAMPLE = 24;

    /** A block that costs this many temperatures more than the best is never drawn. */
    private static final double COLD = 20;

    /** How often the neurons of two blocks choose between them after a random split. */
    private static final int ROUNDS = 3;

    private final Wiring graph;
    private final BlockState state;
    private final RandomGenerator random;
    private final Monitor monitor;
    /** Whether the number of blocks must stay. */
    private final boolean fixed;

    private final int n;
    private final int[] block;
    private final int[] order;
    private final int[] members;
    private final int[] before;
    private final double[] cost;
    private final int[] candidates;
    private final int[] seen;
    private int look;
    private double length;

    BlockMoves(Wiring graph, BlockState state, boolean fixed, RandomGenerator random, Monitor monitor) {
        this.graph = graph;
        this.state = state;
        this.fixed = fixed;
        this.random = random;
        this.monitor = monitor;
        this.n = state.n();
        this.block = state.blocks();
        this.order = new int[n];
        Arrays.setAll(order, v -> v);
        this.members = new int[n];
        this.before = new int[n];
        this.cost = new double[state.cap() + 1];
        this.candidates = new int[SAMPLE];
        this.seen = new int[state.cap()];
        this.length = state.length();
    }

    /** The description length, but for rounding. */
    double length() {
        return length;
    }

    /** Starts again from this partition. */
    void assign(int[] labels) {
        state.assign(labels);
        length = state.length();
    }

    /** Every neuron, in random order, chooses its block; returns by how much the length changed. */
    double sweep(double temperature, boolean mayCreate) {
        double start = length;
        for (int i = 0; i < n; i++) {
            int j = i + random.nextInt(n - i);
            int v = order[j];
            order[j] = order[i];
            order[i] = v;
            if ((i & 63) == 0) {
                monitor.checkpoint();
            }
            if (!fixed || state.size(block[v]) > 1) {
                choose(v, temperature, mayCreate && !fixed);
            }
        }
        length = state.length();
        return length - start;
    }

    private void choose(int v, double temperature, boolean mayCreate) {
        int r = block[v];
        state.takeOut(v);
        boolean all = state.bound() <= ALL;
        int options = all ? allCosts(v) : someCosts(v, r);
        int spare = -1;
        if (state.size(r) == 0) {
            spare = r;
        } else if (mayCreate && state.count() < state.cap()) {
            spare = state.live(state.count());
        }
        if (spare >= 0) {
            cost[options] = state.cost(v, spare);
        }
        int chosen = draw(spare >= 0 ? options + 1 : options, temperature);
        int target = chosen == options ? spare : all ? chosen : candidates[chosen];
        // Of equally short places the one where it was.
        if (temperature == 0 && target != r && cost[chosen] > stay(all, r, spare, options) - GAIN) {
            target = r;
        }
        state.putIn(v, target);
    }

    private double stay(boolean all, int r, int spare, int options) {
        return spare == r ? cost[options] : all ? cost[r] : cost[0];
    }

    private int allCosts(int v) {
        state.costs(v, cost);
        return state.bound();
    }

    /** The costs of where v was (first, unless it was alone there) and of blocks two steps away, and of some block. */
    private int someCosts(int v, int r) {
        look++;
        int options = 0;
        for (int i = 0; i < SAMPLE; i++) {
            int s = i == 0 ? r : i < SAMPLE / 4 ? state.live(random.nextInt(state.count())) : twoSteps(v);
            if (s >= 0 && seen[s] != look && state.size(s) > 0) {
                seen[s] = look;
                candidates[options] = s;
                cost[options++] = state.cost(v, s);
            }
        }
        return options;
    }

    /** The block of a random neuron that shares a partner with v, or -1. */
    private int twoSteps(int v) {
        int out = graph.outDegree(v);
        int degree = out + graph.inDegree(v);
        if (degree == 0) {
            return -1;
        }
        int e = random.nextInt(degree);
        if (e < out) {
            int partner = graph.outTargets()[graph.outStart()[v] + e];
            return block[graph.inSources()[graph.inStart()[partner] + random.nextInt(graph.inDegree(partner))]];
        }
        int partner = graph.inSources()[graph.inStart()[v] + e - out];
        return block[graph.outTargets()[graph.outStart()[partner] + random.nextInt(graph.outDegree(partner))]];
    }

    /** The index of one of the first costs: the least at temperature 0, else with probability exp(-cost / T). */
    private int draw(int options, double temperature) {
        int best = 0;
        for (int i = 1; i < options; i++) {
            if (cost[i] < cost[best]) {
                best = i;
            }
        }
        if (temperature == 0) {
            return best;
        }
        double least = cost[best];
        double sum = 0;
        for (int i = 0; i < options; i++) {
            double d = (cost[i] - least) / temperature;
            cost[i] = d < COLD ? Math.exp(-d) : 0;
            sum += cost[i];
        }
        double u = random.nextDouble() * sum;
        for (int i = 0; i < options; i++) {
            u -= cost[i];
            if (u < 0) {
                return i;
            }
        }
        return best;
    }

    /** Tries a split, a merge or both, of random blocks; with a fixed number of blocks always both. */
    void rearrange(double temperature) {
        int kind = fixed ? 2 : random.nextInt(3);
        int r = state.live(random.nextInt(state.count()));
        if (kind == 0 && state.count() < state.cap()) {
            split(r, state.live(state.count()), temperature);
        } else if (state.count() > 1) {
            int s = relative(r);
            if (s != r && kind == 1) {
                merge(r, temperature);
            } else if (s != r) {
                split(r, s, temperature);
            }
        }
        monitor.checkpoint();
    }

    /** A block that shares partners with r, or now and then any. */
    private int relative(int r) {
        if (random.nextInt(4) > 0) {
            for (int tries = 0; tries < 200; tries++) {
                int v = random.nextInt(n);
                int s = block[v] == r ? twoSteps(v) : -1;
                if (s >= 0 && s != r) {
                    return s;
                }
            }
        }
        return state.live(random.nextInt(state.count()));
    }

    /** Puts r into the block where that costs least, or not. */
    private void merge(int r, double temperature) {
        int best = cheapest(r);
        double delta = state.mergeDelta(r, best);
        if (accepts(delta, temperature)) {
            state.merge(r, best);
            length += delta;
        }
    }

    private int cheapest(int r) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        boolean all = state.count() <= ALL;
        int tries = all ? state.count() : SAMPLE;
        for (int i = 0; i < tries; i++) {
            int s = all ? state.live(i) : relative(r);
            if (s != r) {
                double delta = state.mergeDelta(r, s);
                if (delta < least) {
                    least = delta;
                    best = s;
                }
            }
        }
        return best;
    }

    /** Puts the neurons of blocks r and s, s possibly empty, into the two at random, lets them choose, and takes the result or not. */
    boolean split(int r, int s, double temperature) {
        int count = 0;
        for (int v = 0; v < n; v++) {
            if (block[v] == r || block[v] == s) {
                members[count++] = v;
            }
        }
        if (count < 2) {
            return false;
        }
        for (int i = count - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int v = members[j];
            members[j] = members[i];
            members[i] = v;
        }
        double start = state.share(r, s);
        for (int i = 0; i < count; i++) {
            before[i] = block[members[i]];
            int to = i < 2 ? (i == 0 ? r : s) : random.nextBoolean() ? r : s;
            if (to != before[i]) {
                state.move(members[i], to);
            }
        }
        boolean moved = true;
        for (int round = 0; round < ROUNDS && moved; round++) {
            moved = false;
            for (int i = 0; i < count; i++) {
                moved |= better(members[i], r, s);
            }
        }
        double delta = state.share(r, s) - start;
        if (accepts(delta, temperature)) {
            length += delta;
            return true;
        }
        for (int i = 0; i < count; i++) {
            if (block[members[i]] != before[i]) {
                state.move(members[i], before[i]);
            }
        }
        return false;
    }

    /** Puts v where it costs less, into r or s, unless it is alone; whether it moved. */
    private boolean better(int v, int r, int s) {
        int from = block[v];
        if (state.size(from) == 1) {
            return false;
        }
        int to = from == r ? s : r;
        state.takeOut(v);
        boolean go = state.cost(v, to) - state.cost(v, from) < -GAIN;
        state.putIn(v, go ? to : from);
        return go;
    }

    private boolean accepts(double delta, double temperature) {
        return delta < -GAIN || temperature > 0 && random.nextDouble() < Math.exp(-delta / temperature);
    }

    /** Splits every block that has several neurons, cost what it may, up to so many blocks in all. */
    void splitAll(int most) {
        int count = state.count();
        int[] blocks = new int[count];
        Arrays.setAll(blocks, state::live);
        for (int i = 0; i < count && state.count() < most; i++) {
            monitor.checkpoint();
            split(blocks[i], state.live(state.count()), Double.POSITIVE_INFINITY);
        }
    }

    /** Merges the pairs of blocks that cost least, each block once, down to at least so many blocks. */
    void mergeDownTo(int least) {
        int count = state.count();
        int[] partner = new int[state.cap()];
        double[] delta = new double[state.cap()];
        Integer[] byDelta = new Integer[count];
        for (int i = 0; i < count; i++) {
            monitor.checkpoint();
            int r = state.live(i);
            byDelta[i] = r;
            partner[r] = cheapest(r);
            delta[r] = partner[r] < 0 ? Double.POSITIVE_INFINITY : state.mergeDelta(r, partner[r]);
        }
        Arrays.sort(byDelta, (a, b) -> Double.compare(delta[a], delta[b]));
        boolean[] merged = new boolean[state.cap()];
        for (int r : byDelta) {
            int s = partner[r];
            if (state.count() > least && s >= 0 && !merged[r] && !merged[s]) {
                merged[r] = true;
                merged[s] = true;
                state.merge(r, s);
            }
        }
        length = state.length();
    }
}
