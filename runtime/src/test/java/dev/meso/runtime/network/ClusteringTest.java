package dev.meso.runtime.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.network.Clustering.Kind;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import org.junit.jupiter.api.Test;

class ClusteringTest {
    private static final Parallel TWO = new Parallel(2, Monitor.NONE);

    /** Fagiolo's (2007) matrix formulae, written out as sums over j and k. */
    private static double plain(boolean[][] a, int i, Kind kind) {
        int n = a.length;
        long triangles = 0;
        long possible = 0;
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < n; k++) {
                if (j == k || j == i || k == i) {
                    continue;
                }
                boolean cycle = a[i][j] && a[j][k] && a[k][i];
                boolean middleman = a[i][j] && a[k][j] && a[k][i];
                boolean in = a[j][i] && a[j][k] && a[k][i];
                boolean out = a[i][j] && a[j][k] && a[i][k];
                boolean through = a[k][i] && a[i][j];
                boolean inputs = a[j][i] && a[k][i];
                boolean targets = a[i][j] && a[i][k];
                switch (kind) {
                    case CYCLE -> triangles += cycle ? 1 : 0;
                    case MIDDLEMAN -> triangles += middleman ? 1 : 0;
                    case IN -> triangles += in ? 1 : 0;
                    case OUT -> triangles += out ? 1 : 0;
                    case ALL -> triangles += (cycle ? 1 : 0) + (middleman ? 1 : 0) + (in ? 1 : 0) + (out ? 1 : 0);
                    default -> {
                        boolean pair = (a[i][j] || a[j][i]) && (a[i][k] || a[k][i]);
                        possible += pair ? 1 : 0;
                        triangles += pair && (a[j][k] || a[k][j]) ? 1 : 0;
                    }
                }
                switch (kind) {
                    case CYCLE, MIDDLEMAN -> possible += through ? 1 : 0;
                    case IN -> possible += inputs ? 1 : 0;
                    case OUT -> possible += targets ? 1 : 0;
                    case ALL -> possible += (through ? 2 : 0) + (inputs ? 1 : 0) + (targets ? 1 : 0);
                    default -> {
                        // Counted above.
                    }
                }
            }
        }
        return possible == 0 ? Double.NaN : triangles / (double) possible;
    }

    @Test
    void everyNeuronOfEveryKind() {
        for (int n : new int[] {1, 2, 3, 7, 20, 40}) {
            for (double p : new double[] {0.05, 0.2, 0.6, 1}) {
                Wiring w = RandomWirings.gilbert(n, p, 11);
                boolean[][] a = RandomWirings.matrix(w);
                for (Kind kind : Kind.values()) {
                    double[] twin = new double[n];
                    double sum = 0;
                    int defined = 0;
                    for (int i = 0; i < n; i++) {
                        twin[i] = plain(a, i, kind);
                        sum += Double.isNaN(twin[i]) ? 0 : twin[i];
                        defined += Double.isNaN(twin[i]) ? 0 : 1;
                    }
                    assertArrayEquals(twin, Clustering.local(w, kind, TWO), 1e-15, kind + " " + w);
                    if (kind != Kind.UNDIRECTED) {
                        assertEquals(sum / defined, Clustering.of(w, kind, TWO), 1e-12, kind + " " + w);
                    }
                }
                assertEquals(transitivity(a), Clustering.of(w, Kind.UNDIRECTED, TWO), 1e-12, w.toString());
            }
        }
    }

    private static double transitivity(boolean[][] a) {
        long closed = 0;
        long triples = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                for (int k = 0; k < a.length; k++) {
                    if (i != j && j != k && i != k && (a[i][j] || a[j][i]) && (a[i][k] || a[k][i])) {
                        triples++;
                        closed += a[j][k] || a[k][j] ? 1 : 0;
                    }
                }
            }
        }
        return closed / (double) triples;
    }

    @Test
    void directionsAreNotMixedUp() {
        Wiring cycle = RandomWirings.of(3, new int[] {0, 1}, new int[] {1, 2}, new int[] {2, 0});
        assertEquals(1, Clustering.of(cycle, Kind.CYCLE, TWO));
        assertEquals(0, Clustering.of(cycle, Kind.MIDDLEMAN, TWO));
        // x -> y -> z and x -> z: z has two connected inputs, x two connected targets, y sends where x sends.
        Wiring forward = RandomWirings.of(3, new int[] {0, 1}, new int[] {1, 2}, new int[] {0, 2});
        assertArrayEquals(new double[] {Double.NaN, Double.NaN, 0.5}, Clustering.local(forward, Kind.IN, TWO));
        assertArrayEquals(new double[] {0.5, Double.NaN, Double.NaN}, Clustering.local(forward, Kind.OUT, TWO));
        assertArrayEquals(new double[] {Double.NaN, 1, Double.NaN}, Clustering.local(forward, Kind.MIDDLEMAN, TWO));
        assertArrayEquals(new double[] {0.5, 0.5, 0.5}, Clustering.local(forward, Kind.ALL, TWO));
        assertTrue(Double.isNaN(Clustering.of(RandomWirings.of(3, new int[] {0, 1}), Kind.UNDIRECTED, TWO)));
    }
}
