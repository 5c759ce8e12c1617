package dev.meso.runtime.nulls;

import dev.meso.runtime.task.Monitor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The proximity model: every ordered pair of neurons is connected independently, with a probability that depends on their distance alone; in
 * each bin of distances it is the observed share of connected pairs, so that the number of connections by distance is right on average.
 */
record PM(Distances distances) implements NullModel {
    /** Expected triads take n^3 / 6 steps: here half a second. */
    private static final int LARGEST_EXACT = 1200;

    @Override
    public String name() {
        return "PM";
    }

    @Override
    public List<String> preserves() {
        return List.of(distances.statistic());
    }

    @Override
    public String space() {
        return "simple directed graphs; each ordered pair of neurons connected independently with the probability observed in its bin of "
                + "distances";
    }

    /** The probability of a connection in each bin. */
    private double[] chances(Observed observed) {
        long[] pairs = distances.pairs();
        long[] edges = distances.edges(observed);
        double[] chances = new double[pairs.length];
        for (int k = 0; k < chances.length; k++) {
            chances[k] = pairs[k] == 0 ? 0 : (double) edges[k] / pairs[k];
        }
        return chances;
    }

    /**
     * A sample costs as much as the pairs that are looked at, a few times the connections, and a million steps in large graphs: in pairs of
     * boxes of neurons those that would be connected at the highest probability which their distances allow are found by geometric steps
     * (Batagelj and Brandes 2005), and kept in proportion to their own.
     */
    @Override
    public Sampler sampler(Observed observed, Options options, long seed, Monitor monitor) {
        double[] chances = chances(observed);
        BoxPairs boxes = new BoxPairs(distances, chances, monitor);
        return new FreshSampler(observed, false, () -> new Drawing(boxes, chances));
    }

    private final class Drawing implements FreshSampler.Draw {
        private final BoxPairs boxes;
        private final double[] chances;
        private int[] pre = new int[16];
        private int[] post = new int[16];
        private int m;

        Drawing(BoxPairs boxes, double[] chances) {
            this.boxes = boxes;
            this.chances = chances;
        }

        @Override
        public void into(Sample sample, RandomGenerator random, Monitor monitor) {
            m = 0;
            for (int k = 0; k < chances.length; k++) {
                if (chances[k] > 0) {
                    draw(k, random, monitor);
                }
            }
            sample.set(m, pre, post, null);
        }

        /** The connections of all pairs of boxes in which no pair of neurons is likelier than those of bin k. */
        private void draw(int k, RandomGenerator random, Monitor monitor) {
            double lnMissed = Math.log1p(-chances[k]);
            int last = boxes.end(k);
            int at = boxes.begin(k);
            // Places, ordered pairs of neurons, are numbered through the pairs of boxes.
            long place = -1;
            for (int seen = 0; at < last; seen++) {
                if ((seen & FreshSampler.CHECK_MASK) == 0) {
                    monitor.checkpoint();
                }
                double jump = Math.floor(Math.log(1 - random.nextDouble()) / lnMissed);
                place += 1 + (long) Math.min(jump, 1e18);
                while (at < last && place >= boxes.places(at)) {
                    place -= boxes.places(at++);
                }
                if (at < last) {
                    int u = boxes.pre(at, place);
                    int v = boxes.post(at, place);
                    if (u != v && random.nextDouble() * chances[k] < chances[distances.bin(u, v)]) {
                        add(u, v);
                    }
                }
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

    @Override
    public Optional<double[]> expectedDyads(Observed observed) {
        double[] chances = chances(observed);
        long[] pairs = distances.pairs();
        double[] expected = new double[3];
        for (int k = 0; k < chances.length; k++) {
            double p = chances[k];
            expected[0] += pairs[k] / 2.0 * (1 - p) * (1 - p);
            expected[1] += pairs[k] / 2.0 * 2 * p * (1 - p);
            expected[2] += pairs[k] / 2.0 * p * p;
        }
        return Optional.of(expected);
    }

    @Override
    public Optional<double[]> expectedTriads(Observed observed) {
        int n = observed.n();
        if (n > LARGEST_EXACT) {
            return Optional.empty();
        }
        double[] chances = chances(observed);
        double[][] p = new double[n][n];
        for (int v = 0; v < n; v++) {
            for (int u = 0; u < v; u++) {
                p[v][u] = chances[distances.bin(u, v)];
                p[u][v] = p[v][u];
            }
        }
        return Optional.of(SymmetricPairs.triads(p));
    }

    @Override
    public DescriptionLength descriptionLength(Observed observed) {
        long[] pairs = distances.pairs();
        long[] edges = distances.edges(observed);
        double data = 0;
        int used = 0;
        for (int k = 0; k < pairs.length; k++) {
            data += Combinatorics.lnChoose(pairs[k], edges[k]);
            used += pairs[k] > 0 ? 1 : 0;
        }
        return DescriptionLength.exact(
                data,
                Combinatorics.lnSequences(observed.m(), used),
                "ln prod C(n_k, e_k) for e_k connections among the n_k ordered pairs of neurons in bin k; ln C(m+K-1, K-1) for the counts of the K "
                        + "bins that hold a pair; the positions are taken as known");
    }
}
