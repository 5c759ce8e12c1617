package dev.meso.bench;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.random.Streams;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The obvious way to do what the kernels do: what a reader would write first. */
final class Plain {
    private Plain() {}

    /** How many triples have each of the 64 patterns of six possible connections; looks at every triple. */
    static long[] triples(Wiring graph) {
        int n = graph.n();
        boolean[][] connected = new boolean[n][n];
        int[] pre = graph.edgeSources();
        for (int e = 0; e < graph.m(); e++) {
            connected[pre[e]][graph.outTargets()[e]] = true;
        }
        long[] counts = new long[64];
        for (int a = 0; a < n; a++) {
            for (int b = a + 1; b < n; b++) {
                int ab = (connected[a][b] ? 1 : 0) + (connected[b][a] ? 2 : 0);
                for (int c = b + 1; c < n; c++) {
                    int ac = (connected[a][c] ? 4 : 0) + (connected[c][a] ? 8 : 0);
                    int bc = (connected[b][c] ? 16 : 0) + (connected[c][b] ? 32 : 0);
                    counts[ab + ac + bc]++;
                }
            }
        }
        return counts;
    }

    /** Switches two connections at a time, refused ones counted, with a hash set of connections. Returns how many were made. */
    static long switches(Wiring graph, long steps) {
        RandomGenerator random = Streams.of(1, 0, 0);
        int[] pre = graph.edgeSources();
        int[] post = graph.outTargets().clone();
        int m = graph.m();
        Set<Long> present = new HashSet<>();
        for (int e = 0; e < m; e++) {
            present.add(key(pre[e], post[e]));
        }
        long made = 0;
        for (long s = 0; s < steps; s++) {
            int e = random.nextInt(m);
            int f = random.nextInt(m);
            long first = key(pre[e], post[f]);
            long second = key(pre[f], post[e]);
            if (pre[e] == post[f] || pre[f] == post[e] || present.contains(first) || present.contains(second)) {
                continue;
            }
            present.remove(key(pre[e], post[e]));
            present.remove(key(pre[f], post[f]));
            present.add(first);
            present.add(second);
            int kept = post[e];
            post[e] = post[f];
            post[f] = kept;
            made++;
        }
        return made;
    }

    /** Mean length of shortest paths: a queue for each neuron. */
    static double meanDistance(Wiring graph) {
        long sum = 0;
        long pairs = 0;
        for (int source = 0; source < graph.n(); source++) {
            int[] distance = new int[graph.n()];
            Arrays.fill(distance, -1);
            distance[source] = 0;
            ArrayDeque<Integer> queue = new ArrayDeque<>();
            queue.add(source);
            while (!queue.isEmpty()) {
                int v = queue.remove();
                for (int e = graph.outStart()[v]; e < graph.outStart()[v + 1]; e++) {
                    int w = graph.outTargets()[e];
                    if (distance[w] < 0) {
                        distance[w] = distance[v] + 1;
                        sum += distance[w];
                        pairs++;
                        queue.add(w);
                    }
                }
            }
        }
        return sum / (double) pairs;
    }

    /** Mean directed clustering of all kinds: looks at every pair of partners of every neuron. */
    static double clustering(Wiring graph) {
        double sum = 0;
        int defined = 0;
        for (int i = 0; i < graph.n(); i++) {
            int[] partners = IntStream.concat(
                            Arrays.stream(graph.outTargets(), graph.outStart()[i], graph.outStart()[i + 1]),
                            Arrays.stream(graph.inSources(), graph.inStart()[i], graph.inStart()[i + 1]))
                    .toArray();
            long triangles = 0;
            long possible = 0;
            for (int j : partners) {
                for (int k : partners) {
                    if (j != k) {
                        possible++;
                        triangles += graph.connects(j, k) ? 1 : 0;
                    }
                }
            }
            sum += possible == 0 ? 0 : triangles / (double) possible;
            defined += possible == 0 ? 0 : 1;
        }
        return sum / defined;
    }

    private static long key(int pre, int post) {
        return ((long) pre << 32) | post;
    }

    /** The loop of {@code bench/scripts/loop.meso}. */
    static long loop(long n) {
        long sum = 0;
        for (long i = 0; i < n; i++) {
            sum = (sum * 31 + i) % 1_000_003;
        }
        return sum;
    }
}
