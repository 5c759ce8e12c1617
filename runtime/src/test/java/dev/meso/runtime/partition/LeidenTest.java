package dev.meso.runtime.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.SharedData;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.CancelledException;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LeidenTest {
    /** Q as it is defined, pair by pair. */
    private static double plain(double[][] a, int[] blocks, double resolution) {
        int n = a.length;
        double m = 0;
        double[] out = new double[n];
        double[] in = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                m += a[i][j];
                out[i] += a[i][j];
                in[j] += a[i][j];
            }
        }
        double q = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                boolean together = blocks[i] >= 0 && blocks[i] == blocks[j] || i == j;
                q += together ? a[i][j] - resolution * out[i] * in[j] / m : 0;
            }
        }
        return q / m;
    }

    private static Wiring random(Random random, int n, double density) {
        int[] pre = new int[n * n];
        int[] post = new int[n * n];
        int m = 1;
        post[0] = 1;
        for (int i = 0; i < n * n; i++) {
            if (random.nextDouble() < density) {
                pre[m] = i / n;
                post[m] = i % n;
                m = Math.min(m + 1, n * n - 1);
            }
        }
        return Wiring.of(n, Arrays.copyOf(pre, m), Arrays.copyOf(post, m), false);
    }

    private static double[][] matrix(Wiring w, boolean directed) {
        double[][] a = new double[w.n()][w.n()];
        for (int i = 0; i < w.n(); i++) {
            for (int j = 0; j < w.n(); j++) {
                a[i][j] = w.connects(i, j) || !directed && w.connects(j, i) ? 1 : 0;
            }
        }
        return a;
    }

    @Property(tries = 60, seed = "21")
    void modularityIsWhatItsDefinitionSays(
            @ForAll @IntRange(min = 2, max = 12) int n, @ForAll boolean directed, @ForAll long seed) {
        Random random = new Random(seed);
        Wiring wiring = random(random, n, 0.3);
        Partition p = Partition.of(random.ints(n, -1, 4).toArray());
        double resolution = random.nextInt(3) / 2.0;
        assertEquals(
                plain(matrix(wiring, directed), p.blocks(), resolution),
                Modularity.of(wiring, directed, resolution).of(p),
                1e-12);
    }

    @Property(tries = 30, seed = "22")
    void weightsOfParallelConnectionsAreAdded(
            @ForAll @IntRange(min = 2, max = 8) int n, @ForAll boolean directed, @ForAll long seed) {
        Random random = new Random(seed);
        int[] pre = random.ints(3 * n, 0, n).toArray();
        int[] post = random.ints(3 * n, 0, n).toArray();
        pre[0] = 0;
        post[0] = 1;
        double[][] a = new double[n][n];
        for (int e = 0; e < pre.length; e++) {
            if (pre[e] != post[e]) {
                a[pre[e]][post[e]]++;
                a[post[e]][pre[e]] += directed ? 0 : 1;
            }
        }
        Partition p = Partition.of(random.ints(n, 0, 3).toArray());
        Modularity weighted = Modularity.weighted(Connectome.of(n, pre, post), directed, 1);
        assertEquals(plain(a, p.blocks(), 1), weighted.of(p), 1e-12);
    }

    /** All ways to sort the neurons into blocks: none has more. */
    @Property(tries = 40, seed = "23")
    void noPartitionOfAFewNeuronsIsBetter(
            @ForAll @IntRange(min = 2, max = 7) int n, @ForAll boolean directed, @ForAll long seed) {
        Wiring wiring = random(new Random(seed), n, 0.35);
        Modularity m = Modularity.of(wiring, directed, 1);
        Leiden.Result found = Leiden.communities(m, 5, seed, Parallel.serial());
        assertEquals(best(m, new int[n], 0, 0), found.modularity(), 1e-12);
        assertEquals(m.of(found.partition()), found.modularity());
    }

    private static double best(Modularity m, int[] blocks, int at, int used) {
        if (at == blocks.length) {
            return m.of(Partition.of(blocks));
        }
        double most = Double.NEGATIVE_INFINITY;
        for (int b = 0; b <= used; b++) {
            blocks[at] = b;
            most = Math.max(most, best(m, blocks, at + 1, Math.max(used, b + 1)));
        }
        return most;
    }

    /** A ring of k cliques of c neurons: the cliques are the communities, Q = 1 - 1/k - 1/(c (c - 1) / 2 + 1) for undirected. */
    @Test
    void aRingOfCliques() {
        int k = 8;
        int c = 5;
        int[] pre = new int[k * c * c];
        int[] post = new int[k * c * c];
        int m = 0;
        for (int q = 0; q < k; q++) {
            for (int i = 0; i < c; i++) {
                for (int j = 0; j < i; j++) {
                    pre[m] = q * c + i;
                    post[m++] = q * c + j;
                }
            }
            pre[m] = q * c;
            post[m++] = (q + 1) % k * c + 1;
        }
        Wiring ring = Wiring.of(k * c, Arrays.copyOf(pre, m), Arrays.copyOf(post, m), false);
        Leiden.Result found = Leiden.communities(Modularity.of(ring, false, 1), 1, 1, Parallel.serial());
        assertEquals(k, found.partition().count());
        assertEquals(1 - 1.0 / k - 1.0 / (c * (c - 1) / 2 + 1), found.modularity(), 1e-12);
        // At a low resolution all are one, at a high one each neuron is alone.
        assertEquals(
                1,
                Leiden.communities(Modularity.of(ring, false, 0), 1, 1, Parallel.serial())
                        .partition()
                        .count());
        assertEquals(
                k * c,
                Leiden.communities(Modularity.of(ring, false, 100), 1, 1, Parallel.serial())
                        .partition()
                        .count());
    }

    @Test
    void resultsDependOnTheSeedAndNotOnThreads() {
        Wiring wiring = random(new Random(5), 200, 0.03);
        Modularity m = Modularity.of(wiring, true, 1);
        Leiden.Result one = Leiden.communities(m, 6, 7, Parallel.serial());
        Leiden.Result many = Leiden.communities(m, 6, 7, new Parallel(4, Monitor.NONE));
        assertEquals(one, many);
        assertTrue(one.modularity()
                >= Leiden.communities(m, 1, 7, Parallel.serial()).modularity());
    }

    /** The paper's guarantee: every community is connected. */
    @Property(tries = 20, seed = "24")
    void communitiesAreConnected(@ForAll long seed) {
        Wiring wiring = random(new Random(seed), 60, 0.04);
        Partition p = Leiden.communities(Modularity.of(wiring, true, 1), 1, seed, Parallel.serial())
                .partition();
        for (int b = 0; b < p.count(); b++) {
            int[] members = p.neurons(b);
            Connectome g = Connectome.of(60, wiring.edgeSources(), wiring.outTargets());
            assertEquals(1, g.subgraph(members).weakComponents().count(), "community " + b);
        }
    }

    @Test
    void graphsWithoutConnectionsHaveNone() {
        assertThrows(MesoException.class, () -> Modularity.of(Wiring.of(3, new int[0], new int[0], false), true, 1));
    }

    @Test
    void stopsWhenAsked() {
        Modularity m = Modularity.of(random(new Random(5), 600, 0.3), true, 1);
        Monitor stops = new Monitor() {
            private int asked;

            @Override
            public void checkpoint() {
                if (++asked > 2) {
                    throw new CancelledException();
                }
            }
        };
        assertThrows(CancelledException.class, () -> Leiden.communities(m, 1, 1, new Parallel(1, stops)));
    }

    /** Values of igraph 0.10.2's modularity for the types of the worm's neurons, as a directed graph and as an undirected one. */
    @Test
    void theWormByTypeAgreesWithAnotherProgram() {
        Connectome worm = SharedData.graph("cook_chemical");
        Partition types = Partition.of(worm.neurons().column("type"));
        assertEquals(0.11280445340803864, Modularity.of(worm.wiring(), true, 1).of(types), 1e-14);
        assertEquals(0.09121711441761453, Modularity.of(worm.wiring(), false, 1).of(types), 1e-14);
    }

    /**
     * The best of igraph 0.10.2's community_leiden (objective modularity, until stable) on the worm, directions and weights left
     * out, over 100 seeds.
     */
    @Test
    void theWormIsSplitAsWellAsByAnotherProgram() {
        Connectome worm = SharedData.graph("cook_chemical");
        Modularity m = Modularity.of(worm.wiring(), false, 1);
        Leiden.Result found = Leiden.communities(m, 20, 1, Parallel.serial());
        assertTrue(found.modularity() >= 0.4251104970659135 - 1e-12, "modularity " + found.modularity());
    }
}
