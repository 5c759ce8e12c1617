package dev.meso.runtime.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PercolationTest {
    private static final Parallel TWO = new Parallel(2, Monitor.NONE);

    /** The largest set of neurons that reach each other, by the closure of the matrix (Warshall). */
    private static int largest(boolean[][] a, boolean[] there, boolean strong) {
        int n = a.length;
        boolean[][] reach = new boolean[n][n];
        for (int v = 0; v < n; v++) {
            for (int w = 0; w < n; w++) {
                reach[v][w] = there[v] && there[w] && (v == w || a[v][w] || !strong && a[w][v]);
            }
        }
        for (int k = 0; k < n; k++) {
            for (int v = 0; v < n; v++) {
                for (int w = 0; reach[v][k] && w < n; w++) {
                    reach[v][w] |= reach[k][w];
                }
            }
        }
        int largest = 0;
        for (int v = 0; v < n; v++) {
            int size = 0;
            for (int w = 0; w < n; w++) {
                size += reach[v][w] && reach[w][v] ? 1 : 0;
            }
            largest = Math.max(largest, size);
        }
        return largest;
    }

    @Test
    void neuronsOneAfterTheOther() {
        for (double p : new double[] {0, 0.03, 0.08, 0.3}) {
            Wiring w = RandomWirings.gilbert(30, p, 2);
            boolean[][] a = RandomWirings.matrix(w);
            int[] order = Percolation.order(30, null, true, 5);
            Percolation found = Percolation.neurons(w, order, 12, TWO);
            assertEquals(13, found.removed().length);
            assertEquals(0, found.removed()[0]);
            assertEquals(30, found.removed()[12]);
            for (int s = 0; s < 13; s++) {
                boolean[] there = new boolean[30];
                Arrays.fill(there, true);
                for (int i = 0; i < found.removed()[s]; i++) {
                    there[order[i]] = false;
                }
                assertEquals(largest(a, there, false), found.weak()[s], "weak, step " + s + " of " + w);
                assertEquals(largest(a, there, true), found.strong()[s], "strong, step " + s + " of " + w);
            }
        }
    }

    @Test
    void connectionsOneAfterTheOther() {
        Wiring w = RandomWirings.gilbert(25, 0.09, 3);
        int[] pre = w.edgeSources();
        int[] order = Percolation.order(w.m(), null, true, 1);
        Percolation found = Percolation.connections(w, order, 1000, TWO);
        assertEquals(w.m() + 1, found.removed().length);
        boolean[] there = new boolean[25];
        Arrays.fill(there, true);
        boolean[][] a = RandomWirings.matrix(w);
        for (int s = 0; s <= w.m(); s++) {
            assertEquals(s, found.removed()[s]);
            assertEquals(largest(a, there, false), found.weak()[s], "weak, step " + s);
            assertEquals(largest(a, there, true), found.strong()[s], "strong, step " + s);
            if (s < w.m()) {
                a[pre[order[s]]][w.outTargets()[order[s]]] = false;
            }
        }
        Percolation nothing = Percolation.connections(RandomWirings.of(3), new int[0], 10, TWO);
        assertArrayEquals(new int[] {0}, nothing.removed());
        assertArrayEquals(new int[] {1}, nothing.strong());
    }

    @Test
    void ordersFollowTheValuesWithTiesAtRandom() {
        double[] values = {2, 1, 2, 3, 2};
        int[] times = new int[5];
        for (int seed = 0; seed < 600; seed++) {
            int[] order = Percolation.order(5, values, true, seed);
            assertEquals(3, order[0]);
            assertEquals(1, order[4]);
            times[order[1]]++;
            assertEquals(1, Percolation.order(5, values, false, seed)[0]);
        }
        // Three of equal value: 200 each, sd 12.
        for (int v : new int[] {0, 2, 4}) {
            assertEquals(200, times[v], 60);
        }
        int[] random = Percolation.order(1000, null, true, 7);
        int[] sorted = random.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < 1000; i++) {
            assertEquals(i, sorted[i]);
        }
        assertTrue(!Arrays.equals(sorted, random));
    }
}
