package dev.meso.runtime.nulls;

import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.space.Positions;
import dev.meso.runtime.task.Parallel;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** All graphs of a null model's space, for graphs small enough; a graph is the bits of its adjacency matrix. */
final class Spaces {
    private Spaces() {}

    static int bits(int n, int m, int[] pre, int[] post) {
        int bits = 0;
        for (int e = 0; e < m; e++) {
            bits |= 1 << pre[e] * n + post[e];
        }
        return bits;
    }

    static int bits(Sample sample) {
        return bits(sample.n(), sample.m(), sample.pre(), sample.post());
    }

    /** A graph from pairs of neurons. */
    static Observed graph(int n, boolean autapses, int... ends) {
        int[] pre = new int[ends.length / 2];
        int[] post = new int[ends.length / 2];
        for (int e = 0; e < pre.length; e++) {
            pre[e] = ends[2 * e];
            post[e] = ends[2 * e + 1];
        }
        return Observed.of(n, pre, post, null, autapses);
    }

    static Observed graph(int n, int bits, boolean autapses) {
        int m = Integer.bitCount(bits);
        int[] pre = new int[m];
        int[] post = new int[m];
        int e = 0;
        for (int place = 0; place < n * n; place++) {
            if ((bits >> place & 1) != 0) {
                pre[e] = place / n;
                post[e++] = place % n;
            }
        }
        return Observed.of(n, pre, post, null, autapses);
    }

    /** In- and out-degrees. */
    static String degrees(int n, int bits) {
        int[] degrees = new int[2 * n];
        for (int place = 0; place < n * n; place++) {
            if ((bits >> place & 1) != 0) {
                degrees[place / n]++;
                degrees[n + place % n]++;
            }
        }
        return Arrays.toString(degrees);
    }

    static int[] partners(int n, int bits) {
        int[] partners = new int[n];
        for (int u = 0; u < n; u++) {
            for (int v = 0; v < n; v++) {
                if (u != v && (bits >> u * n + v & 1) != 0 && (bits >> v * n + u & 1) != 0) {
                    partners[u]++;
                }
            }
        }
        return partners;
    }

    static String degreesAndReciprocal(int n, int bits) {
        return degrees(n, bits) + Arrays.stream(partners(n, bits)).sum();
    }

    static String degreesAndPartners(int n, int bits) {
        return degrees(n, bits) + Arrays.toString(partners(n, bits));
    }

    /** In- and out-degrees and the connections from each block to each. */
    static String degreesAndBlocks(int n, int bits, int[] labels) {
        return degrees(n, bits) + blockMatrix(n, bits, labels);
    }

    static String blockMatrix(int n, int bits, int[] labels) {
        int[] edges = new int[n * n];
        for (int place = 0; place < n * n; place++) {
            edges[labels[place / n] * n + labels[place % n]] += bits >> place & 1;
        }
        return Arrays.toString(edges);
    }

    static Blocks blocks(int... labels) {
        return new Blocks(Partition.of(labels), "region", true);
    }

    /** Two thirds of the neurons in one block, others in few; neurons scattered over a square. */
    static Given given(int n, long seed) {
        Random random = new Random(seed);
        int[] labels = random.ints(n, 0, 12).map(x -> Math.max(0, x - 8)).toArray();
        Positions places =
                new Positions(random.doubles(n).toArray(), random.doubles(n).toArray(), new double[n], Unit.ONE);
        return new Given() {
            @Override
            public Blocks blocks() {
                return Spaces.blocks(labels);
            }

            @Override
            public Blocks latent(boolean degreeCorrected) {
                return new Blocks(Partition.of(labels), Blocks.LATENT, false);
            }

            @Override
            public Distances distances() {
                return Distances.of(places, 0.1, "0.1 um", Parallel.serial());
            }
        };
    }

    /** All simple graphs on n neurons, autapses or not. */
    static List<Integer> all(int n, boolean autapses) {
        int[] places = new int[n * n];
        int count = 0;
        for (int place = 0; place < n * n; place++) {
            if (autapses || place / n != place % n) {
                places[count++] = place;
            }
        }
        List<Integer> graphs = new ArrayList<>(1 << count);
        for (int code = 0; code < 1 << count; code++) {
            int bits = 0;
            for (int left = code; left != 0; left &= left - 1) {
                bits |= 1 << places[Integer.numberOfTrailingZeros(left)];
            }
            graphs.add(bits);
        }
        return graphs;
    }

    /** Graphs with the same key together. */
    static Map<String, List<Integer>> classes(List<Integer> graphs, Function<Integer, String> key) {
        Map<String, List<Integer>> classes = new HashMap<>();
        for (int bits : graphs) {
            classes.computeIfAbsent(key.apply(bits), k -> new ArrayList<>()).add(bits);
        }
        return classes;
    }

    /** The chance of so large a chi-square or a larger one, for equal expected counts (Wilson and Hilferty 1931). */
    static double chiSquareP(long[] counts) {
        long total = Arrays.stream(counts).sum();
        double expected = (double) total / counts.length;
        double chi = 0;
        for (long count : counts) {
            chi += (count - expected) * (count - expected) / expected;
        }
        double k = counts.length - 1;
        if (k == 0) {
            return 1;
        }
        double z = (Math.cbrt(chi / k) - (1 - 2 / (9 * k))) / Math.sqrt(2 / (9 * k));
        return upperNormal(z);
    }

    /** The upper tail of the normal distribution (Abramowitz and Stegun 26.2.17, error below 1e-7). */
    static double upperNormal(double z) {
        double t = 1 / (1 + 0.2316419 * Math.abs(z));
        double tail = Math.exp(-z * z / 2)
                / Math.sqrt(2 * Math.PI)
                * t
                * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return z > 0 ? tail : 1 - tail;
    }
}
