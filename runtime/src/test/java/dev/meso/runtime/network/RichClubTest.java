package dev.meso.runtime.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.network.RichClub.Degree;
import dev.meso.runtime.nulls.Observed;
import dev.meso.runtime.nulls.Sample;
import org.junit.jupiter.api.Test;

class RichClubTest {
    @Test
    void membersAreCountedAsTheDefinitionSays() {
        for (double p : new double[] {0.02, 0.1, 0.5}) {
            Wiring w = RandomWirings.gilbert(40, p, 8);
            boolean[][] a = RandomWirings.matrix(w);
            for (Degree kind : Degree.values()) {
                RichClub club = new RichClub(kind, 0, 1, 2, 3, 5, 8, 20, 1000);
                RichClub.Members members = club.members(w);
                for (int t = 0; t < 8; t++) {
                    int k = club.thresholds()[t];
                    long neurons = 0;
                    long connections = 0;
                    for (int v = 0; v < 40; v++) {
                        neurons += degree(a, v, kind) > k ? 1 : 0;
                        for (int u = 0; u < 40; u++) {
                            boolean both = degree(a, v, kind) > k && degree(a, u, kind) > k;
                            connections += both && u != v && a[v][u] ? 1 : 0;
                        }
                    }
                    assertEquals(neurons, members.neurons()[t], kind + " above " + k);
                    assertEquals(connections, members.connections()[t], kind + " above " + k);
                    double density = neurons < 2 ? 0 : connections / (neurons * (neurons - 1.0));
                    assertEquals(density, members.density()[t], 1e-15);
                }
                assertArrayEquals(members.density(), club.of(Sample.of(Observed.of(w, true))), kind.toString());
            }
        }
    }

    private static int degree(boolean[][] a, int v, Degree kind) {
        int degree = 0;
        for (int u = 0; u < a.length; u++) {
            degree += kind != Degree.IN && u != v && a[v][u] ? 1 : 0;
            degree += kind != Degree.OUT && u != v && a[u][v] ? 1 : 0;
        }
        return degree;
    }

    @Test
    void thresholdsAreWhereTheClubChanges() {
        // Total degrees 4, 1, 1, 2, 2: above 2 one neuron is left, which is no club.
        Wiring w = RandomWirings.of(
                5, new int[] {0, 1}, new int[] {2, 0}, new int[] {0, 3}, new int[] {3, 4}, new int[] {4, 0});
        assertArrayEquals(new int[] {0, 1}, RichClub.of(w, Degree.TOTAL).thresholds());
        assertArrayEquals(
                new int[] {0}, RichClub.of(RandomWirings.of(2), Degree.IN).thresholds());
        assertThrows(IllegalArgumentException.class, () -> new RichClub(Degree.IN, 3, 3));
    }
}
