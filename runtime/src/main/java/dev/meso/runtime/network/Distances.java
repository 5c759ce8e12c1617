package dev.meso.runtime.network;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * How far neurons are from each other, in connections along shortest paths: the ordered pairs of different neurons at each distance,
 * from all neurons or from some sources. Pairs without a path are not among them; {@link #reach} says how many have one.
 *
 * <p>Cost: one pass over the connections for each 256 sources and level, so about n m / 256 times the typical distance for all
 * sources; 108 bytes a neuron and thread. The counts are whole numbers, so results are exact and the same on any number of threads. Then M, Kaufmann M, Chirigati F,
 * et al. (2014). The more the merrier: efficient multi-source graph traversal. Proc VLDB Endow 8:449-460; Beamer S, Asanović K, Patterson D (2012).
 * Direction-optimizing breadth-first search. SC '12.
 */
public final class Distances {
    private final int n;
    private final int sources;
    private final long[] pairsAt;
    private final SourceCounts perSource;

    private Distances(int n, int sources, long[] pairsAt, SourceCounts perSource) {
        this.n = n;
        this.sources = sources;
        this.pairsAt = pairsAt;
        this.perSource = perSource;
    }

    /**
     * From every neuron to every other.
     *
     * @param directed whether paths follow the direction of connections
     */
    public static Distances all(Wiring wiring, boolean directed, Parallel parallel) {
        int[] everyone = new int[wiring.n()];
        Arrays.setAll(everyone, v -> v);
        return search(wiring, everyone, directed, false, parallel);
    }

    /**
     * From these sources to every neuron; keeps what each source reaches.
     *
     * @param sources different neurons
     */
    public static Distances from(Wiring wiring, int[] sources, boolean directed, Parallel parallel) {
        return search(wiring, sources, directed, true, parallel);
    }

    /** Different neurons drawn at random, ascending; all of them where {@code count} is n. */
    public static int[] sampleSources(int n, int count, long seed) {
        var random = Streams.of(Streams.seed(seed, "sources"), 0, 0);
        int[] neurons = new int[n];
        Arrays.setAll(neurons, v -> v);
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i, n);
            int drawn = neurons[j];
            neurons[j] = neurons[i];
            neurons[i] = drawn;
        }
        int[] sources = Arrays.copyOf(neurons, count);
        Arrays.sort(sources);
        return sources;
    }

    private static Distances search(Wiring w, int[] sources, boolean directed, boolean each, Parallel parallel) {
        Undirected both = directed ? null : Undirected.of(w);
        SourceCounts perSource = each ? new SourceCounts(sources.length) : null;
        ConcurrentLinkedQueue<BitSearch> idle = new ConcurrentLinkedQueue<>();
        Histogram histogram = new Histogram();
        int pieces = (sources.length + BitSearch.SOURCES - 1) / BitSearch.SOURCES;
        String what = pieces > 1 ? "shortest paths from " + sources.length + " neurons" : null;
        parallel.forEach(pieces, what, (piece, monitor) -> {
            BitSearch free = idle.poll();
            BitSearch search = free != null
                    ? free
                    : directed
                            ? new BitSearch(w.outStart(), w.outTargets(), w.inStart(), w.inSources())
                            : new BitSearch(both.start(), both.neighbours(), both.start(), both.neighbours());
            int from = piece * BitSearch.SOURCES;
            int to = Math.min(from + BitSearch.SOURCES, sources.length);
            search.search(sources, from, to, histogram, perSource, monitor);
            idle.add(search);
        });
        return new Distances(w.n(), sources.length, histogram.counts(), perSource);
    }

    /** Sums of whole numbers, whoever adds first. */
    private static final class Histogram implements BitSearch.Level {
        private long[] counts = new long[16];
        private int size = 1;

        @Override
        public synchronized void found(int distance, long pairs) {
            if (distance >= counts.length) {
                counts = Arrays.copyOf(counts, 2 * distance);
            }
            counts[distance] += pairs;
            size = Math.max(size, distance + 1);
        }

        long[] counts() {
            return Arrays.copyOf(counts, size);
        }
    }

    /** Number of neurons. */
    public int n() {
        return n;
    }

    /** Number of sources. */
    public int sources() {
        return sources;
    }

    /** The ordered pairs (source, other neuron) at each distance; index 0 counts none. Not to be changed. */
    public long[] pairsAt() {
        return pairsAt;
    }

    /** Ordered pairs with a path. */
    public long pairs() {
        long sum = 0;
        for (long pairs : pairsAt) {
            sum += pairs;
        }
        return sum;
    }

    /** The mean distance over pairs with a path; NaN where there is none. */
    public double mean() {
        long sum = 0;
        for (int d = 1; d < pairsAt.length; d++) {
            sum += d * pairsAt[d];
        }
        return sum / (double) pairs();
    }

    /** The share of ordered pairs (source, other neuron) with a path; NaN for a single neuron. */
    public double reach() {
        return pairs() / (sources * (n - 1.0));
    }

    /** The largest distance from a source to a neuron it reaches: the diameter where all are sources, else a lower bound; 0 without pairs. */
    public int longest() {
        return pairsAt.length - 1;
    }

    /**
     * Global efficiency, the mean of 1 / distance over ordered pairs, 0 for those without a path; NaN for a single neuron. Latora V, Marchiori M
     * (2001). Efficient behavior of small-world networks. Phys Rev Lett 87:198701.
     */
    public double efficiency() {
        double sum = 0;
        for (int d = pairsAt.length - 1; d >= 1; d--) {
            sum += pairsAt[d] / (double) d;
        }
        return sum / (sources * (n - 1.0));
    }

    /**
     * The standard error of {@link #mean} as an estimate for all sources: 0 where all are; NaN of one source. The mean is a ratio of totals over a
     * sample drawn without replacement, so its variance is (1 - s/n) / (s r²) · Σ (Dᵢ - mean · Rᵢ)² / (s - 1) for s sources with sums
     * of distances D, numbers of neurons reached R, and r the mean of R. Cochran WG (1977). Sampling techniques, chapter 6.
     */
    public double error() {
        if (sources == n) {
            return 0;
        }
        double mean = mean();
        double squares = 0;
        for (int s = 0; s < sources; s++) {
            double off = perSource.sums[s] - mean * perSource.reached[s];
            squares += off * off;
        }
        double reached = pairs() / (double) sources;
        double variance = (1 - sources / (double) n) / (sources * reached * reached) * squares / (sources - 1.0);
        return Math.sqrt(variance);
    }

    /** How many neurons each source reaches; only of {@link #from}. */
    public int[] reachedFrom() {
        return perSource.reached;
    }

    /** The sum of the distances to them. */
    public long[] sumsFrom() {
        return perSource.sums;
    }

    /** The largest of these distances (eccentricity), 0 where nothing is reached. */
    public int[] longestFrom() {
        return perSource.longest;
    }
}
