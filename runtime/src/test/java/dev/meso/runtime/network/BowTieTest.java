package dev.meso.runtime.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meso.runtime.graph.Components;
import dev.meso.runtime.graph.Wiring;
import org.junit.jupiter.api.Test;

class BowTieTest {
    @Test
    void drawn() {
        // 0, 1, 2 a cycle; 3 sends to it, 4 receives from it; 5 receives from 3; 6 goes round it from 3 to 4; 7 alone.
        Wiring w = RandomWirings.of(
                8,
                new int[] {0, 1},
                new int[] {1, 2},
                new int[] {2, 0},
                new int[] {3, 0},
                new int[] {2, 4},
                new int[] {3, 5},
                new int[] {3, 6},
                new int[] {6, 4});
        assertArrayEquals(
                new BowTie[] {
                    BowTie.CORE,
                    BowTie.CORE,
                    BowTie.CORE,
                    BowTie.IN,
                    BowTie.OUT,
                    BowTie.TENDRIL,
                    BowTie.TENDRIL,
                    BowTie.APART
                },
                BowTie.of(w));
        assertEquals(0, BowTie.of(RandomWirings.of(0)).length);
    }

    /** Against the closure of the matrix, around the component that {@link Components} calls the largest. */
    @Test
    void partsAreWhatTheyReach() {
        for (long seed = 0; seed < 20; seed++) {
            int n = 30;
            Wiring w = RandomWirings.gilbert(n, 0.045, seed);
            boolean[][] directed = closure(RandomWirings.matrix(w), false);
            boolean[][] either = closure(RandomWirings.matrix(w), true);
            int core = Components.strong(w).members(0)[0];
            BowTie[] found = BowTie.of(w);
            for (int v = 0; v < n; v++) {
                boolean from = directed[core][v];
                boolean to = directed[v][core];
                BowTie expected = from && to
                        ? BowTie.CORE
                        : to ? BowTie.IN : from ? BowTie.OUT : either[v][core] ? BowTie.TENDRIL : BowTie.APART;
                assertEquals(expected, found[v], "neuron " + v + ", seed " + seed);
            }
        }
    }

    private static boolean[][] closure(boolean[][] a, boolean either) {
        int n = a.length;
        boolean[][] reach = new boolean[n][n];
        for (int v = 0; v < n; v++) {
            for (int w = 0; w < n; w++) {
                reach[v][w] = v == w || a[v][w] || either && a[w][v];
            }
        }
        for (int k = 0; k < n; k++) {
            for (int v = 0; v < n; v++) {
                for (int w = 0; reach[v][k] && w < n; w++) {
                    reach[v][w] |= reach[k][w];
                }
            }
        }
        return reach;
    }
}
