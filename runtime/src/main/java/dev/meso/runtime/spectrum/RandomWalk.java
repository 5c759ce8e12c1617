package dev.meso.runtime.spectrum;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Components;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;

/**
 * Where a random walk along connections spends its time. Power iteration; sums in a fixed order, so results do not depend on
 * threads.
 *
 * @param probabilities of each neuron; they add up to 1
 * @param steps of the iteration
 * @param change the sum of the absolute changes in the last step
 */
public record RandomWalk(double[] probabilities, int steps, double change) {
    private static final double TOLERANCE = 1e-13;
    private static final int MOST_STEPS = 100_000;

    /** After so many steps, what is slow to settle is taken out by {@link KrylovSchur}; the steps go on to make small numbers exact. */
    private static final int PATIENCE = 300;

    /** A walker stays with this probability, so that walks on graphs with a period settle too; it changes no probability. */
    private static final double STAY = 0.2;

    /**
     * PageRank (Brin and Page 1998): with probability {@code damping} the walker leaves by an output, in proportion to the
     * weights; else, and where there is no output, it goes to any neuron with equal probability.
     *
     * @param weights in row order; null for ones
     * @param damping at least 0 and less than 1
     * @throws MesoException WRONG_VALUE where a weight is negative
     */
    public static RandomWalk pageRank(Wiring wiring, double[] weights, double damping, Parallel parallel) {
        double[] chances = WalkWeights.of(wiring, weights);
        SparseMatrix back = SparseMatrix.of(wiring, chances).transposed();
        boolean[] ends = ends(wiring, chances);
        int n = wiring.n();
        double[] x = new double[n];
        double[] y = new double[n];
        Arrays.fill(x, 1.0 / n);
        double change = Double.POSITIVE_INFINITY;
        int steps = 0;
        for (; change > TOLERANCE && steps < MOST_STEPS; steps++) {
            back.multiply(x, y, parallel);
            double lost = 0;
            for (int v = 0; v < n; v++) {
                lost += ends[v] ? x[v] : 0;
            }
            double everywhere = (1 - damping + damping * lost) / n;
            change = 0;
            for (int v = 0; v < n; v++) {
                double next = damping * y[v] + everywhere;
                change += Math.abs(next - x[v]);
                y[v] = next;
            }
            double[] swap = x;
            x = y;
            y = swap;
        }
        return new RandomWalk(normalized(x), steps, change);
    }

    private static boolean[] ends(Wiring wiring, double[] chances) {
        boolean[] ends = new boolean[wiring.n()];
        for (int v = 0; v < ends.length; v++) {
            ends[v] = true;
            for (int e = wiring.outStart()[v]; e < wiring.outStart()[v + 1]; e++) {
                ends[v] &= chances[e] == 0;
            }
        }
        return ends;
    }

    /**
     * The stationary distribution of the walk that leaves each neuron by one of its outputs, in proportion to the weights: the
     * share of time that an endless walk spends at each neuron.
     *
     * @param weights in row order; null for ones
     * @throws MesoException WRONG_VALUE where neurons do not all reach each other, since the distribution then depends on where the
     *     walk starts, or where a weight is not positive
     */
    public static RandomWalk stationary(Wiring wiring, double[] weights, Parallel parallel) {
        Components components = Components.strong(wiring);
        if (components.count() > 1) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    "a random walk has no single distribution here: the neurons do not all reach each other, but fall into "
                            + components.count() + " strong components",
                    "ask it of the largest, g.largest_component(\"strong\") with "
                            + components.sizes()[0] + " neurons, or use pagerank(g)");
        }
        double[] chances = WalkWeights.of(wiring, weights);
        for (double chance : chances) {
            if (chance == 0) {
                throw new MesoException(
                        ErrorCode.WRONG_VALUE,
                        "a connection has weight 0, so the neurons need not all reach each other",
                        "drop such connections first: g.connections(c => c.weight > 0)");
            }
        }
        SparseMatrix back = SparseMatrix.of(wiring, chances).transposed();
        int n = wiring.n();
        double[] x = new double[n];
        double[] y = new double[n];
        Arrays.fill(x, 1.0 / n);
        double change = Double.POSITIVE_INFINITY;
        int steps = 0;
        for (; n > 1 && change > TOLERANCE && steps < MOST_STEPS; steps++) {
            if (steps == PATIENCE && n > PATIENCE) {
                KrylovSchur few = new KrylovSchur(LinearMap.of(back), 1, true, PATIENCE, parallel);
                few.solve();
                x = few.positiveVector();
            }
            back.multiply(x, y, parallel);
            change = 0;
            for (int v = 0; v < n; v++) {
                double next = (1 - STAY) * y[v] + STAY * x[v];
                change += Math.abs(next - x[v]);
                y[v] = next;
            }
            double[] swap = x;
            x = y;
            y = swap;
        }
        return new RandomWalk(normalized(x), steps, n > 1 ? change : 0);
    }

    /** Rounding errors of thousands of steps taken out of the sum. */
    private static double[] normalized(double[] x) {
        double sum = 0;
        for (double p : x) {
            sum += p;
        }
        for (int v = 0; v < x.length; v++) {
            x[v] /= sum;
        }
        return x;
    }
}
