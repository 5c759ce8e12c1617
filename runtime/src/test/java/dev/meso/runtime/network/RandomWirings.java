package dev.meso.runtime.network;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.random.Streams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Small graphs of many shapes for comparing kernels with their plain twins. */
final class RandomWirings {
    private RandomWirings() {}

    /** Each ordered pair, autapses included, with probability p. */
    static Wiring gilbert(int n, double p, long seed) {
        var random = Streams.of(seed, 0, n);
        boolean[][] connected = new boolean[n][n];
        for (boolean[] row : connected) {
            for (int w = 0; w < n; w++) {
                row[w] = random.nextDouble() < p;
            }
        }
        return of(connected);
    }

    static Wiring of(boolean[][] connected) {
        int n = connected.length;
        List<int[]> edges = new ArrayList<>();
        for (int v = 0; v < n; v++) {
            for (int w = 0; w < n; w++) {
                if (connected[v][w]) {
                    edges.add(new int[] {v, w});
                }
            }
        }
        return of(n, edges.toArray(new int[0][]));
    }

    static Wiring of(int n, int[]... edges) {
        int[] pre = Arrays.stream(edges).mapToInt(e -> e[0]).toArray();
        int[] post = Arrays.stream(edges).mapToInt(e -> e[1]).toArray();
        return Wiring.of(n, pre, post, true);
    }

    /** Sizes around the width of a word and of a search, from hardly connected to dense. */
    static List<Wiring> shapes() {
        List<Wiring> all = new ArrayList<>();
        long seed = 1;
        for (int n : new int[] {1, 2, 5, 63, 64, 65, 130, 257}) {
            for (double degree : new double[] {0, 0.7, 1.5, 4, 20}) {
                all.add(gilbert(n, Math.min(1, degree / n), seed++));
            }
        }
        all.add(chain(270));
        all.add(star(300));
        return all;
    }

    /** 0 -> 1 -> … -> n-1. */
    static Wiring chain(int n) {
        int[][] edges = new int[n - 1][];
        Arrays.setAll(edges, v -> new int[] {v, v + 1});
        return of(n, edges);
    }

    /** A hub that sends to half of the others and receives from the rest. */
    static Wiring star(int n) {
        int[][] edges = new int[n - 1][];
        Arrays.setAll(edges, v -> v % 2 == 0 ? new int[] {0, v + 1} : new int[] {v + 1, 0});
        return of(n, edges);
    }

    static boolean[][] matrix(Wiring wiring) {
        boolean[][] connected = new boolean[wiring.n()][wiring.n()];
        int[] pre = wiring.edgeSources();
        for (int e = 0; e < pre.length; e++) {
            connected[pre[e]][wiring.outTargets()[e]] = true;
        }
        return connected;
    }
}
