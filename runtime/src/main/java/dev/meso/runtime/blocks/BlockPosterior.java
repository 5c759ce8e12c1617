package dev.meso.runtime.blocks;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.partition.Agreement;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.task.Monitor;
import java.util.random.RandomGenerator;

/**
 * Partitions drawn in proportion to exp(-description length) by the algorithm of Metropolis and Hastings, and how often each
 * neuron is in each block of the fit that the walk starts from (Peixoto 2017, Phys Rev E 95:012317, section VI). Partitions have no
 * order of blocks: each is one state and counts once. With the number of blocks given, only partitions into that many are drawn.
 *
 * <p>A step takes a random neuron v out of its block r and proposes a block s, with probability 1/2 that of a random connection of
 * v, else one of the other neurons' blocks or an empty one, all alike. The probability q(s) depends on where the <em>other</em> neurons are only, which
 * the step does not change; so v goes to s with probability min(1, exp(-change) q(r) / q(s)). Cost of a step: the degree of v.
 */
public final class BlockPosterior {
    /** Recorded sweeps where nothing is said, fewer where that many would look at more than {@link #LOOKS} connections. */
    private static final int SWEEPS = 1000;

    private static final double LOOKS = 1.5e9;
    private static final int FEWEST_SWEEPS = 100;

    /** Sweeps before the first that is recorded, as a part of those recorded. */
    private static final double BURN_IN = 0.25;

    /** The largest table of counts, in cells. */
    private static final long CELLS = 200_000_000;

    /** Up to as many neurons every number of blocks can occur; beyond, twice the square root of the connections or the fit's. */
    private static final int SMALL = 512;

    private final Wiring graph;
    private final BlockState state;
    private final int cap;
    private final boolean fixed;
    private final RandomGenerator random;
    private double length;

    /** @param cap the largest number of blocks that is drawn */
    BlockPosterior(Wiring graph, Partition start, BlockOptions options, int cap, RandomGenerator random) {
        this.graph = graph;
        this.random = random;
        this.cap = cap;
        this.fixed = options.blocks() > 0;
        this.state = new BlockState(graph, new BlockTerms(graph, options.degreeCorrected(), options.encoding()), cap);
        state.assign(start.blocks());
        this.length = state.length();
    }

    /**
     * What was drawn.
     *
     * @param count by block of the fit, and last for blocks that match none of them, the number of recorded partitions in which each neuron
     *     was there
     * @param samples recorded partitions, one after each sweep
     * @param meanBlocks the mean number of blocks
     * @param meanLength the mean description length, in nats
     * @param acceptance the share of proposals to another block that were accepted; 0 if there was none
     */
    public record Membership(int[][] count, int samples, double meanBlocks, double meanLength, double acceptance) {
        /** The share of the recorded partitions in which each neuron was in block r of the fit, or r = B in none of its blocks. */
        public double[] share(int r) {
            double[] share = new double[count[r].length];
            for (int v = 0; v < share.length; v++) {
                share[v] = count[r][v] / (double) samples;
            }
            return share;
        }
    }

    /**
     * The membership by as many sweeps as are usual for a graph of this size: 1000, at least 100 in large ones.
     *
     * @throws MesoException NOT_YET for nested models, TOO_LARGE where neurons times blocks exceed the table of counts
     */
    public static Membership of(Wiring graph, BlockFit fit, Monitor monitor) {
        double looks = 6.0 * graph.m() + graph.n();
        int sweeps = (int) Math.max(FEWEST_SWEEPS, Math.min(SWEEPS, LOOKS / looks));
        return of(graph, fit, sweeps, fit.seed(), monitor);
    }

    /**
     * The membership by so many sweeps of n steps each, after a quarter as many that are not recorded. The blocks of each recorded
     * partition are matched with those of the fit so that as many neurons as possible agree. Cost: sweeps times (m + n + the
     * cube of the number of blocks); memory 4 n (B + 1) bytes and that of {@link BlockState}.
     *
     * @param graph that was fitted
     * @throws MesoException NOT_YET for nested models, TOO_LARGE where neurons times blocks exceed the table of counts
     */
    public static Membership of(Wiring graph, BlockFit fit, int sweeps, long seed, Monitor monitor) {
        Partition found = fit.partition();
        if (fit.options().nested()) {
            throw new MesoException(
                    ErrorCode.NOT_YET,
                    "membership in the blocks of nested models comes with a later version of Meso",
                    "fit without `nested`");
        }
        if ((found.count() + 1L) * graph.n() > CELLS) {
            throw new MesoException(
                    ErrorCode.TOO_LARGE,
                    "the membership of " + graph.n() + " neurons in " + found.count()
                            + " blocks is a table of more than " + CELLS + " cells",
                    "fit fewer blocks: fit(g, model, blocks: 50)");
        }
        BlockPosterior walk =
                new BlockPosterior(graph, found, fit.options(), cap(graph, found), Streams.of(seed, 7, 0));
        int burnIn = (int) Math.ceil(BURN_IN * sweeps);
        int[][] count = new int[found.count() + 1][graph.n()];
        long moved = 0;
        long proposed = 0;
        double blocks = 0;
        double lengths = 0;
        for (int i = -burnIn; i < sweeps; i++) {
            monitor.progress("sweeps", i + burnIn, burnIn + sweeps);
            long tries = walk.sweep(monitor);
            if (i >= 0) {
                proposed += tries >>> 32;
                moved += tries & 0xFFFFFFFFL;
                blocks += walk.state.count();
                lengths += walk.length;
                record(found, walk.state.blocks(), count);
            }
        }
        return new Membership(
                count, sweeps, blocks / sweeps, lengths / sweeps, proposed == 0 ? 0 : moved / (double) proposed);
    }

    private static int cap(Wiring graph, Partition found) {
        double enough = 2 * Math.max(found.count(), Math.sqrt(Math.max(graph.n(), graph.m())));
        return graph.n() <= SMALL ? graph.n() : (int) Math.min(graph.n(), enough);
    }

    private static void record(Partition found, int[] labels, int[][] count) {
        Partition drawn = Partition.of(labels);
        int[] match = Agreement.of(drawn, found).matching();
        int[] block = drawn.blocks();
        for (int v = 0; v < block.length; v++) {
            int r = match[block[v]];
            count[r < 0 ? found.count() : r][v]++;
        }
    }

    /** As many steps as neurons; returns proposals to another block (upper half) and those accepted (lower half). */
    long sweep(Monitor monitor) {
        long tries = 0;
        for (int i = 0; i < graph.n(); i++) {
            if ((i & 255) == 0) {
                monitor.checkpoint();
            }
            tries += step();
        }
        // Against the drift of a sum of many differences.
        length = state.length();
        return tries;
    }

    /** One step; counts as {@link #sweep} does. */
    long step() {
        int v = random.nextInt(graph.n());
        int r = state.blocks()[v];
        if (fixed && state.size(r) == 1) {
            // Whichever block it went to, there would be one less.
            return 0;
        }
        int degree = graph.outDegree(v) + graph.inDegree(v);
        state.takeOut(v);
        double stay = state.cost(v, r);
        int others = state.count();
        int options = fixed || others == cap ? others : others + 1;
        int s = degree > 0 && random.nextBoolean()
                ? state.blocks()[partner(v, random.nextInt(degree))]
                : state.live(random.nextInt(options));
        // All empty blocks are one choice.
        boolean alone = state.size(r) == 0;
        if (s == r || alone && state.size(s) == 0) {
            state.putIn(v, r);
            return 0;
        }
        double delta = state.cost(v, s) - stay;
        double ratio = proposal(v, r, degree, options) / proposal(v, s, degree, options);
        boolean accepted = random.nextDouble() < ratio * Math.exp(-delta);
        state.putIn(v, accepted ? s : r);
        length += accepted ? delta : 0;
        return (1L << 32) + (accepted ? 1 : 0);
    }

    /** The probability q(s) of proposing block s for v, which is out. */
    private double proposal(int v, int s, int degree, int options) {
        if (degree == 0) {
            return 1.0 / options;
        }
        int shared = 0;
        for (int e = 0; e < degree; e++) {
            shared += state.blocks()[partner(v, e)] == s ? 1 : 0;
        }
        return 0.5 / options + 0.5 * shared / degree;
    }

    /** The neuron at the other end of connection e of v, outputs first. */
    private int partner(int v, int e) {
        int out = graph.outDegree(v);
        return e < out ? graph.outTargets()[graph.outStart()[v] + e] : graph.inSources()[graph.inStart()[v] + e - out];
    }

    /** The block of each neuron now; not to be written to. */
    int[] blocks() {
        return state.blocks();
    }

    /** The description length now. */
    double length() {
        return length;
    }
}
