package dev.meso.runtime.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.random.Streams;
import org.junit.jupiter.api.Test;

class AssortativityTest {
    /** Newman's (2003) formula over the joint distribution of the two ends: Σ x y (e_xy - a_x b_y) / (σ_a σ_b). */
    private static double plain(boolean[][] a, int[] pre, int[] post) {
        int top = a.length;
        double[][] joint = new double[top][top];
        double m = 0;
        for (int v = 0; v < top; v++) {
            for (int w = 0; w < top; w++) {
                if (v != w && a[v][w]) {
                    joint[pre[v]][post[w]]++;
                    m++;
                }
            }
        }
        double[] from = new double[top];
        double[] to = new double[top];
        for (int x = 0; x < top; x++) {
            for (int y = 0; y < top; y++) {
                from[x] += joint[x][y] / m;
                to[y] += joint[x][y] / m;
            }
        }
        double sum = 0;
        for (int x = 0; x < top; x++) {
            for (int y = 0; y < top; y++) {
                sum += (double) x * y * (joint[x][y] / m - from[x] * to[y]);
            }
        }
        return sum / Math.sqrt(variance(from) * variance(to));
    }

    private static double variance(double[] distribution) {
        double mean = 0;
        double square = 0;
        for (int x = 0; x < distribution.length; x++) {
            mean += x * distribution[x];
            square += (double) x * x * distribution[x];
        }
        return square - mean * mean;
    }

    @Test
    void degreesOfTheFourKinds() {
        Wiring w = RandomWirings.gilbert(60, 0.08, 4);
        boolean[][] a = RandomWirings.matrix(w);
        boolean[][] both = new boolean[60][60];
        int[] in = new int[60];
        int[] out = new int[60];
        int[] partners = new int[60];
        for (int v = 0; v < 60; v++) {
            for (int u = 0; u < 60; u++) {
                both[v][u] = u != v && (a[v][u] || a[u][v]);
                out[v] += u != v && a[v][u] ? 1 : 0;
                in[v] += u != v && a[u][v] ? 1 : 0;
                partners[v] += both[v][u] ? 1 : 0;
            }
        }
        assertEquals(plain(a, out, in), Assortativity.degrees(w, false, true), 1e-12);
        assertEquals(plain(a, out, out), Assortativity.degrees(w, false, false), 1e-12);
        assertEquals(plain(a, in, in), Assortativity.degrees(w, true, true), 1e-12);
        assertEquals(plain(a, in, out), Assortativity.degrees(w, true, false), 1e-12);
        assertEquals(plain(both, partners, partners), Assortativity.undirected(w), 1e-12);
    }

    @Test
    void labels() {
        Wiring w = RandomWirings.gilbert(50, 0.1, 6);
        boolean[][] a = RandomWirings.matrix(w);
        var random = Streams.of(3, 0, 0);
        int[] label = new int[50];
        for (int v = 0; v < 50; v++) {
            label[v] = random.nextInt(-1, 4);
        }
        double[][] e = new double[4][4];
        double all = 0;
        for (int v = 0; v < 50; v++) {
            for (int u = 0; u < 50; u++) {
                if (u != v && a[v][u] && label[v] >= 0 && label[u] >= 0) {
                    e[label[v]][label[u]]++;
                    all++;
                }
            }
        }
        double trace = 0;
        double chance = 0;
        for (int i = 0; i < 4; i++) {
            trace += e[i][i] / all;
            double from = 0;
            double to = 0;
            for (int j = 0; j < 4; j++) {
                from += e[i][j] / all;
                to += e[j][i] / all;
            }
            chance += from * to;
        }
        assertEquals((trace - chance) / (1 - chance), Assortativity.blocks(w, Partition.of(label)), 1e-12);
        Wiring pairs = RandomWirings.of(4, new int[] {0, 1}, new int[] {3, 2});
        assertEquals(1, Assortativity.blocks(pairs, Partition.of(new int[] {0, 0, 1, 1})));
        assertTrue(Double.isNaN(Assortativity.blocks(pairs, Partition.of(new int[] {0, 0, 0, 0}))));
        assertEquals(1, Assortativity.numbers(pairs, new double[] {1, 1, 5, 5}), 1e-12);
        assertTrue(Double.isNaN(Assortativity.numbers(pairs, new double[] {1, 1, Double.NaN, 5})));
    }
}
