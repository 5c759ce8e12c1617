package dev.meso.runtime.nulls;

import dev.meso.runtime.task.Monitor;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Random graphs in which the pairs of neurons are independent and alike: unconnected, one-way (either way alike) or two-way.
 * Drawing jumps from one connected pair to the next by geometric steps (Batagelj and Brandes, "Efficient generation of
 * large random networks", Physical Review E 71, 2005): cost linear in the neurons and connections.
 *
 * @param one probability that a pair is connected one way
 * @param two probability that it is connected both ways
 */
record PairModel(int n, double one, double two) {
    double none() {
        return Math.max(0, 1 - one - two);
    }

    double[] dyads() {
        double pairs = n * (n - 1.0) / 2;
        return new double[] {pairs * none(), pairs * one, pairs * two};
    }

    double[] triads() {
        return TriadTypes.expected(n, none(), one, two);
    }

    Sampler sampler(Observed observed) {
        return new FreshSampler(observed, false, Drawing::new);
    }

    private final class Drawing implements FreshSampler.Draw {
        private int[] pre = new int[16];
        private int[] post = new int[16];
        private int m;

        @Override
        public void into(Sample sample, RandomGenerator random, Monitor monitor) {
            m = 0;
            double connected = Math.min(1, one + two);
            double lnUnconnected = Math.log1p(-connected);
            if (connected > 0) {
                // Pairs (v, w), w < v, are numbered row by row; `w` runs over the end of a row into the next ones.
                long w = -1;
                for (int v = 1, found = 0; v < n; found++) {
                    if ((found & FreshSampler.CHECK_MASK) == 0) {
                        monitor.checkpoint();
                    }
                    double jump = connected >= 1 ? 0 : Math.floor(Math.log(1 - random.nextDouble()) / lnUnconnected);
                    w += 1 + (long) Math.min(jump, 1e18);
                    while (v < n && w >= v) {
                        w -= v;
                        v++;
                    }
                    if (v < n) {
                        connect(v, (int) w, connected, random);
                    }
                }
            }
            sample.set(m, pre, post, null);
        }

        private void connect(int v, int w, double connected, RandomGenerator random) {
            double kind = random.nextDouble() * connected;
            if (kind < two) {
                add(v, w);
                add(w, v);
            } else if (kind < two + one / 2) {
                add(v, w);
            } else {
                add(w, v);
            }
        }

        private void add(int from, int to) {
            if (m == pre.length) {
                pre = Arrays.copyOf(pre, 2 * m);
                post = Arrays.copyOf(post, 2 * m);
            }
            pre[m] = from;
            post[m++] = to;
        }
    }
}
