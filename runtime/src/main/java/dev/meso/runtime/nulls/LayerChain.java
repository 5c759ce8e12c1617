package dev.meso.runtime.nulls;

import dev.meso.runtime.task.Monitor;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Simple directed graphs in which every neuron keeps its numbers of one-way outputs, one-way inputs and two-way partners.
 *
 * <p>The one-way connections and the two-way pairs are two layers, switched separately: the first as in
 * {@link SwitchChain}, the second as an undirected graph. The layers may collide (a pair of neurons connected in both, or both ways in the
 * first) at a penalty: a state with c collisions has weight exp(-lambda c). Moves that forbid collisions would not connect the space;
 * each layer alone is connected by its moves, hence so are both. Only states without collisions are seen: the trace of a
 * reversible chain on states of equal weight is reversible and uniform. Steps held there count as seen again.
 *
 * <p>As in {@link ReciprocalChain}, lambda depends only on what all graphs of the space share.
 */
final class LayerChain implements Chain {
    private static final long CHECK_MASK = 0xFFF;

    private final Edges one;
    private final Edges two;
    /** For each connection of the two-way layer, the position of its opposite. */
    private final int[] mate;
    /** Position in the observed graph of each connection of the layers. */
    private final int[] onePosition;

    private final int[] twoPosition;
    private final int[] post;
    private final double lambda;
    private final double[] acceptance;
    private long collisions;
    private long proposed;
    private long accepted;

    private LayerChain(
            Edges one, Edges two, int[] mate, int[] onePosition, int[] twoPosition, int[] post, double lambda) {
        this.one = one;
        this.two = two;
        this.mate = mate;
        this.onePosition = onePosition;
        this.twoPosition = twoPosition;
        this.post = post;
        this.lambda = lambda;
        // A move adds at most two pairs, each with at most two collisions.
        this.acceptance = new double[5];
        for (int c = 0; c < acceptance.length; c++) {
            acceptance[c] = Math.exp(-lambda * c);
        }
    }

    static LayerChain of(Observed observed) {
        int n = observed.n();
        int twoWay = Math.toIntExact(2 * observed.twoWay());
        int oneWay = observed.m() - twoWay;
        int[][] layerStart = new int[2][n + 1];
        int[][] layerPre = {new int[oneWay], new int[twoWay]};
        int[][] layerPost = {new int[oneWay], new int[twoWay]};
        int[][] position = {new int[oneWay], new int[twoWay]};
        int[] used = new int[2];
        for (int v = 0; v < n; v++) {
            for (int e = observed.start()[v]; e < observed.start()[v + 1]; e++) {
                int w = observed.post()[e];
                int layer = observed.wiring().connects(w, v) ? 1 : 0;
                int at = used[layer]++;
                layerPre[layer][at] = v;
                layerPost[layer][at] = w;
                position[layer][at] = e;
            }
            layerStart[0][v + 1] = used[0];
            layerStart[1][v + 1] = used[1];
        }
        int[] mate = new int[twoWay];
        for (int e = 0; e < twoWay; e++) {
            int w = layerPost[1][e];
            mate[e] = Arrays.binarySearch(layerPost[1], layerStart[1][w], layerStart[1][w + 1], layerPre[1][e]);
        }
        Edges one = new Edges(n, layerStart[0], layerPre[0], layerPost[0]);
        Edges two = new Edges(n, layerStart[1], layerPre[1], layerPost[1]);
        return new LayerChain(
                one, two, mate, position[0], position[1], observed.post().clone(), lambda(one, two));
    }

    /** A penalty at which about half the time is spent without collisions: exp(-mu exp(-lambda)) = 1/2 for mu expected. */
    private static double lambda(Edges one, Edges two) {
        int[] in = new int[one.n];
        for (int e = 0; e < one.m; e++) {
            in[one.post(e)]++;
        }
        double products = 0;
        double squares = 0;
        double shared = 0;
        double outShared = 0;
        double inShared = 0;
        for (int v = 0; v < one.n; v++) {
            double out = one.start[v + 1] - one.start[v];
            double both = out * in[v];
            products += both;
            squares += both * both;
            double partners = two.start[v + 1] - two.start[v];
            outShared += out * partners;
            inShared += in[v] * partners;
            shared += both * partners * partners;
        }
        double m = Math.max(1, one.m);
        double mu = Math.max(0, products * products - squares) / (2 * m * m);
        if (two.m > 0) {
            mu += Math.max(0, outShared * inShared - shared) / (m * two.m);
        }
        return Math.min(12, Math.max(1, Math.log(mu / Math.log(2))));
    }

    @Override
    public void run(long steps, RandomGenerator random, Monitor monitor) {
        int m = one.m + two.m;
        if (m == 0) {
            return;
        }
        for (long left = steps; left > 0; ) {
            if ((proposed++ & CHECK_MASK) == 0) {
                monitor.checkpoint();
            }
            long bits = random.nextLong();
            long places = bits << SwitchChain.CYCLE_BITS;
            int e = (int) Math.unsignedMultiplyHigh(places, m);
            boolean moved;
            if (e >= one.m) {
                moved = twoWayStep(e - one.m, places * m, random);
            } else if (SwitchChain.turnsCycle(bits)) {
                // The same three pairs are connected one way before and after: collisions stay.
                moved = one.reverseCycle(e, places * m);
            } else {
                moved = oneWayStep(e, places * m, random);
            }
            accepted += moved ? 1 : 0;
            left -= collisions == 0 ? 1 : 0;
        }
    }

    private boolean oneWayStep(int e, long bits, RandomGenerator random) {
        int f = (int) Math.unsignedMultiplyHigh(bits, one.m);
        int u = one.pre(e);
        int x = one.post(e);
        int v = one.pre(f);
        int y = one.post(f);
        if (u == y || v == x || one.adjacency.has(u, y) || one.adjacency.has(v, x)) {
            return false;
        }
        // Four different neurons: what is looked up does not move.
        int change = hit(y, u, u, y) + hit(x, v, v, x) - hit(x, u, u, x) - hit(y, v, v, y);
        if (!accepts(change, random)) {
            return false;
        }
        one.exchange(e, f);
        return true;
    }

    /** Collisions of the one-way connection p → q, whose opposite is back → to. */
    private int hit(int back, int to, int p, int q) {
        return (one.adjacency.has(back, to) ? 1 : 0) + (two.adjacency.has(p, q) ? 1 : 0);
    }

    private boolean twoWayStep(int e, long bits, RandomGenerator random) {
        int f = (int) Math.unsignedMultiplyHigh(bits, two.m);
        int u = two.pre(e);
        int x = two.post(e);
        int v = two.pre(f);
        int y = two.post(f);
        if (u == y || v == x || two.adjacency.has(u, y) || two.adjacency.has(v, x)) {
            return false;
        }
        int change = ways(u, y) + ways(v, x) - ways(u, x) - ways(v, y);
        if (!accepts(change, random)) {
            return false;
        }
        // u ↔ x and v ↔ y become u ↔ y and v ↔ x.
        int fromX = mate[e];
        int fromY = mate[f];
        two.exchange(e, f);
        two.exchange(fromX, fromY);
        mate[e] = fromY;
        mate[fromY] = e;
        mate[f] = fromX;
        mate[fromX] = f;
        return true;
    }

    /** One-way connections between p and q. */
    private int ways(int p, int q) {
        return (one.adjacency.has(p, q) ? 1 : 0) + (one.adjacency.has(q, p) ? 1 : 0);
    }

    private boolean accepts(int change, RandomGenerator random) {
        if (change > 0 && random.nextDouble() >= acceptance[change]) {
            return false;
        }
        collisions += change;
        return true;
    }

    @Override
    public int[] post() {
        for (int e = 0; e < one.m; e++) {
            post[onePosition[e]] = one.post(e);
        }
        for (int e = 0; e < two.m; e++) {
            post[twoPosition[e]] = two.post(e);
        }
        return post;
    }

    @Override
    public void copyFrom(Chain other) {
        LayerChain that = (LayerChain) other;
        one.copyFrom(that.one);
        two.copyFrom(that.two);
        System.arraycopy(that.mate, 0, mate, 0, mate.length);
        collisions = that.collisions;
        proposed = 0;
        accepted = 0;
    }

    @Override
    public Chain copy() {
        LayerChain copy =
                new LayerChain(one.copy(), two.copy(), mate.clone(), onePosition, twoPosition, post.clone(), lambda);
        copy.collisions = collisions;
        return copy;
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
