package dev.meso.runtime.nulls;

import dev.meso.runtime.task.Monitor;
import java.util.random.RandomGenerator;

/**
 * Simple directed graphs with given in- and out-degrees and a given number of connections from each block to each block.
 *
 * <p>Moves that keep these numbers do not connect this space (of the 337,117 spaces of five neurons, 5,270 fall apart), so the chain walks on the
 * larger space of {@link SwitchChain}, where a graph with d connections between the wrong blocks has weight exp(-lambda d), and only graphs
 * with d = 0 are seen: a step of this chain runs from one such moment to the next. That is the trace of a reversible chain on a set
 * of states of equal weight, hence itself reversible and uniform. Held steps at d = 0 count as seen again.
 *
 * <p><b>Four kinds of move</b>, chosen with fixed probabilities; each alone keeps the weights in detailed balance. A switch makes u → y
 * and v → x of e = u → x and f = v → y; e is any connection.
 *
 * <ul>
 *   <li><i>Within a row</i>: f is any connection from the same block as e. Presynaptic ends stay, so e and f are proposed as often
 *       to undo the switch. No block count changes.
 *   <li><i>Within a column</i>: f's presynaptic block is that of a third connection, and f is any connection from there to the block that e goes
 *       to. The chance of the pair depends on block counts only, which stay, so the opposite is as likely.
 *   <li><i>Wandering</i>: e and f are any two connections; or, as often, connections from two of the cells that have too many, a cell being
 *       chosen in proportion to its surplus (at d = 0, where there are none, any two again). With sizes M and surpluses x of the cells of e and f the pair is proposed with
 *       probability in proportion to q = 1/m² + x_e x_f / (d² M_e M_f), or 2/m² at d = 0. The opposite has q' with the sizes and surpluses after the switch, and the move is accepted with
 *       probability min(1, exp(-lambda (d' - d)) q'/q) (Hastings 1970). Without the second choice a walk among many blocks would hardly ever find
 *       back.
 *   <li><i>Three-cycles</i> are turned round ({@link Edges#reverseCycle}, a symmetric proposal) and accepted with
 *       probability min(1, exp(-lambda (d' - d))).
 * </ul>
 *
 * <p><b>Connected.</b> Wandering proposes every switch and every weight is positive, so what {@link SwitchChain} reaches is reached.
 *
 * <p>lambda comes from {@link BlockPenalty} and depends only on what all graphs of the space share. Cost of a step: as in
 * {@link SwitchChain}, and the number of blocks for those that wander.
 */
final class BlockChain implements Chain {
    private static final long CHECK_MASK = 0xFFF;

    /** Of 16 steps one turns a three-cycle, four wander, two of them home; five stay in a row and six in a column. */
    private static final int WANDER = 1;

    private static final int HOME = 3;
    private static final int ROW = 5;
    private static final int COLUMN = 10;

    private final Edges edges;
    private final BlockCells cells;
    private final double lambda;
    private final int[] post;
    private long proposed;
    private long accepted;

    BlockChain(Edges edges, BlockCells cells, double lambda) {
        this.edges = edges;
        this.cells = cells;
        this.lambda = lambda;
        this.post = new int[edges.m];
    }

    @Override
    public void run(long steps, RandomGenerator random, Monitor monitor) {
        if (edges.m == 0) {
            return;
        }
        for (long left = steps; left > 0; ) {
            if ((proposed++ & CHECK_MASK) == 0) {
                monitor.checkpoint();
            }
            accepted += step(random) ? 1 : 0;
            left -= cells.deviation() == 0 ? 1 : 0;
        }
    }

    boolean step(RandomGenerator random) {
        long bits = random.nextLong();
        int kind = (int) (bits >>> 64 - SwitchChain.CYCLE_BITS);
        long places = bits << SwitchChain.CYCLE_BITS;
        int e = (int) Math.unsignedMultiplyHigh(places, edges.m);
        long rest = places * edges.m;
        if (kind == 0) {
            return turn(e, rest, random);
        } else if (kind >= HOME && kind < ROW && cells.deviation() > 0) {
            return home(places, random);
        } else if (kind >= WANDER && kind < ROW) {
            return wander(e, (int) Math.unsignedMultiplyHigh(rest, edges.m), random);
        }
        int a = cells.block(edges.pre(e));
        int s = cells.block(edges.post(e));
        if (kind >= COLUMN) {
            int third = (int) Math.unsignedMultiplyHigh(rest, edges.m);
            int cell = cells.cell(cells.block(edges.pre(third)), s);
            if (cells.size(cell) == 0) {
                return false;
            }
            int f = cells.inCell(cell, random.nextLong());
            return fits(e, f) && exchange(e, f);
        }
        int f = cells.inRow(a, rest);
        if (!fits(e, f)) {
            return false;
        }
        if (s != cells.block(edges.post(f))) {
            cells.swap(e, f);
        }
        return exchange(e, f);
    }

    /** Whether the graph stays simple when e and f are switched. */
    private boolean fits(int e, int f) {
        int u = edges.pre(e);
        int x = edges.post(e);
        int v = edges.pre(f);
        int y = edges.post(f);
        return u != y && v != x && !edges.adjacency.has(u, y) && !edges.adjacency.has(v, x);
    }

    private boolean exchange(int e, int f) {
        edges.exchange(e, f);
        return true;
    }

    private boolean home(long places, RandomGenerator random) {
        int d = cells.deviation();
        int one = cells.surplus((int) Math.unsignedMultiplyHigh(places, d));
        int other = cells.surplus((int) Math.unsignedMultiplyHigh(places * d, d));
        long choice = random.nextLong();
        int e = cells.inCell(one, choice);
        return wander(e, cells.inCell(other, choice * cells.size(one)), random);
    }

    private boolean wander(int e, int f, RandomGenerator random) {
        int a = cells.block(edges.pre(e));
        int r = cells.block(edges.post(e));
        int c = cells.block(edges.pre(f));
        int s = cells.block(edges.post(f));
        if (a == c || r == s || !fits(e, f)) {
            // Switches that keep the block counts are made by the other kinds.
            return false;
        }
        int d = cells.deviation();
        int from = cells.cell(a, r);
        int alsoFrom = cells.cell(c, s);
        int to = cells.cell(a, s);
        int alsoTo = cells.cell(c, r);
        int after = d - one(cells.excess(from) > 0) - one(cells.excess(alsoFrom) > 0);
        after += one(cells.excess(to) >= 0) + one(cells.excess(alsoTo) >= 0);
        double there = chance(d, from, alsoFrom, 0);
        double back = chance(after, to, alsoTo, 1);
        if (random.nextDouble() * there >= Math.exp(-lambda * (after - d)) * back) {
            return false;
        }
        edges.exchange(e, f);
        cells.move(e, a, r, s);
        cells.move(f, c, s, r);
        return true;
    }

    /** In proportion to the chance that two given connections of these cells wander, when each cell has {@code more} than now. */
    private double chance(int d, int cell, int other, int more) {
        double m = edges.m;
        double any = (d == 0 ? 2 : 1) / (m * m);
        double x = Math.max(0, cells.excess(cell) + more);
        double y = Math.max(0, cells.excess(other) + more);
        return x * y == 0
                ? any
                : any + x * y / ((double) d * d * (cells.size(cell) + more) * (cells.size(other) + more));
    }

    private boolean turn(int e, long fraction, RandomGenerator random) {
        int second = edges.cycle(e, fraction);
        if (second < 0) {
            return false;
        }
        int a = cells.block(edges.pre(e));
        int b = cells.block(edges.post(e));
        int c = cells.block(edges.post(second));
        if (a != b && b != c && c != a) {
            int further = one(cells.excess(cells.cell(a, c)) >= 0)
                    + one(cells.excess(cells.cell(b, a)) >= 0)
                    + one(cells.excess(cells.cell(c, b)) >= 0)
                    - one(cells.excess(cells.cell(a, b)) > 0)
                    - one(cells.excess(cells.cell(b, c)) > 0)
                    - one(cells.excess(cells.cell(c, a)) > 0);
            if (further > 0 && random.nextDouble() >= Math.exp(-lambda * further)) {
                return false;
            }
        }
        int third = edges.turn(e, second);
        cells.move(e, a, b, c);
        cells.move(second, b, c, a);
        cells.move(third, c, a, b);
        return true;
    }

    private static int one(boolean condition) {
        return condition ? 1 : 0;
    }

    @Override
    public int[] post() {
        edges.posts(post);
        return post;
    }

    @Override
    public void copyFrom(Chain other) {
        BlockChain that = (BlockChain) other;
        edges.copyFrom(that.edges);
        cells.copyFrom(that.cells);
        proposed = 0;
        accepted = 0;
    }

    @Override
    public Chain copy() {
        return new BlockChain(edges.copy(), cells.copy(), lambda);
    }

    @Override
    public long proposed() {
        return proposed;
    }

    @Override
    public long accepted() {
        return accepted;
    }

    @Override
    public double penalty() {
        return lambda;
    }
}
