package dev.meso.runtime.nulls;

import dev.meso.runtime.random.Streams;
import dev.meso.runtime.task.Monitor;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The penalty of {@link ReciprocalChain}, in nats: so high that the chain is often at the right number of two-way pairs,
 * so low that it gets away from there. It is a function of the degrees, the number of two-way pairs and the seed, never of the
 * observed graph: tuning starts from a graph made of the degrees alone. So the chain is the same whichever graph of
 * the space was observed, and samples remain exchangeable with it exactly.
 */
final class ReciprocalPenalty {
    /** Higher ones would keep a chain from ever leaving the right number. */
    private static final double LARGEST = 12;

    /** Time aimed at away from the right number. */
    private static final double AWAY = 0.6;

    /** Up to here the tuned penalty is worth its cost, at most about half a second; larger graphs take the estimate. */
    private static final int LARGEST_TUNED = 3000;

    private static final long SHORTEST = 5_000;
    private static final long LONGEST = 2_000_000;

    private ReciprocalPenalty() {}

    static double of(Observed observed, long seed, Monitor monitor) {
        int n = observed.n();
        int[] out = new int[n];
        int[] in = new int[n];
        for (int v = 0; v < n; v++) {
            out[v] = observed.wiring().outDegree(v);
            in[v] = observed.wiring().inDegree(v);
        }
        double estimate = estimate(out, in, observed.m(), observed.twoWay());
        if (n > LARGEST_TUNED) {
            return estimate;
        }
        int[] post = realize(out, in, observed.start());
        Observed canonical = Observed.of(n, observed.pre(), post, null, false);
        return tuned(canonical, observed.twoWay(), estimate, Streams.of(seed, Ensemble.TUNING_STREAM, 0), monitor);
    }

    /**
     * With mu two-way pairs expected of independent stubs, the number r of pairs goes up with odds mu / (r + 1), and down with
     * odds r / mu', where mu' counts only the connections not bound in pairs; the estimate outweighs the larger by a factor e.
     */
    private static double estimate(int[] out, int[] in, double m, long twoWay) {
        double products = 0;
        double squares = 0;
        for (int v = 0; v < out.length; v++) {
            double both = (double) out[v] * in[v];
            products += both;
            squares += both * both;
        }
        double free = (m - 2 * twoWay + 1) / m;
        double mu = Math.max(0, products * products - squares) / (2 * m * m);
        double up = mu / (twoWay + 1);
        double down = twoWay / Math.max(mu * free * free, 1e-6);
        return Math.min(LARGEST, 1 + Math.max(0, Math.log(Math.max(up, down))));
    }

    /** Stochastic approximation (Robbins and Monro 1951) of the penalty with the time {@link #AWAY}. */
    private static double tuned(
            Observed canonical, long twoWay, double estimate, RandomGenerator random, Monitor monitor) {
        Edges edges = new Edges(canonical.n(), canonical.start(), canonical.pre(), canonical.post());
        ReciprocalChain chain = new ReciprocalChain(edges, estimate, canonical.twoWay() - twoWay);
        long budget = Math.max(SHORTEST, Math.min(LONGEST, 20L * canonical.m()));
        long rise = 10L * canonical.m();
        // First to the right number, from wherever; penalties that rise from 0 again and again do not get stuck.
        long walked = 0;
        while (chain.deviation() != 0 && walked < budget) {
            chain.setLambda(estimate * (walked % rise) / rise);
            chain.walk(Math.min(64, rise), random, monitor);
            walked += Math.min(64, rise);
        }
        if (chain.deviation() != 0) {
            return estimate;
        }
        double lambda = estimate;
        double sum = 0;
        for (long t = 0; t < budget; t++) {
            chain.setLambda(lambda);
            chain.walk(1, random, monitor);
            double error = (chain.deviation() == 0 ? 0 : 1) - AWAY;
            lambda = Math.max(0, Math.min(LARGEST, lambda + error / (20 + t / 10.0)));
            sum += t >= budget / 2 ? lambda : 0;
        }
        return sum / (budget - budget / 2);
    }

    /**
     * A simple graph with these degrees, which depends on nothing else: each neuron in turn connects to those with the
     * most inputs left, among these to those with the most outputs left (Kleitman and Wang, Discrete Mathematics 6, 1973).
     * Returns the posts in row order.
     */
    static int[] realize(int[] out, int[] in, int[] start) {
        int n = out.length;
        int[] inLeft = in.clone();
        int[] outLeft = out.clone();
        int[] post = new int[start[n]];
        long[] order = new long[n];
        for (int v = 0; v < n; v++) {
            for (int w = 0; w < n; w++) {
                order[w] = (long) inLeft[w] << 40 | (long) outLeft[w] << 20 | w;
            }
            Arrays.sort(order);
            int at = start[v];
            for (int i = n - 1; at < start[v + 1]; i--) {
                int w = (int) (order[i] & 0xFFFFF);
                if (w != v) {
                    post[at++] = w;
                    inLeft[w]--;
                }
            }
            outLeft[v] = 0;
        }
        return post;
    }
}
