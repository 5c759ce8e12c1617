package dev.meso.runtime.mesoscale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeaturesTest {
    private static final double NAN = Double.NaN;

    /** Feature by feature over the neurons that have it. */
    private static void matches(Features features, String name, double[] expected) {
        int f = features.names().indexOf(name);
        assertTrue(f >= 0, name);
        double[] there = Arrays.stream(expected).filter(Double::isFinite).toArray();
        double mean = Arrays.stream(there).average().orElse(0);
        double deviation = Math.sqrt(
                Arrays.stream(there).map(x -> (x - mean) * (x - mean)).average().orElse(0));
        for (int i = 0; i < expected.length; i++) {
            double wanted = Double.isFinite(expected[i]) && deviation > 0 ? (expected[i] - mean) / deviation : 0;
            assertEquals(wanted, features.values()[i * features.names().size() + f], 1e-9, name + " of neuron " + i);
        }
    }

    /** Ordered tuples of different neurons in which each sends to all later ones, by trying all. */
    private static long[] simplices(Wiring w, int size) {
        long[] counts = new long[w.n()];
        List<int[]> tuples = new ArrayList<>(List.of(new int[0]));
        for (int k = 0; k < size; k++) {
            List<int[]> longer = new ArrayList<>();
            for (int[] tuple : tuples) {
                for (int v = 0; v < w.n(); v++) {
                    int last = v;
                    if (Arrays.stream(tuple).allMatch(u -> u != last && w.connects(u, last))) {
                        int[] more = Arrays.copyOf(tuple, k + 1);
                        more[k] = v;
                        longer.add(more);
                    }
                }
            }
            tuples = longer;
        }
        for (int[] tuple : tuples) {
            for (int v : tuple) {
                counts[v]++;
            }
        }
        return counts;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void topologyAsTriedOneByOne(long seed) {
        RandomGenerator random = Streams.of(seed, 0, 0);
        int n = 7;
        Connectome g = Connectome.of(
                n, random.ints(30, 0, n).toArray(), random.ints(30, 0, n).toArray());
        int[] place = {3, -1, 0, 5, 6, -1};
        Activity train = Activity.of(List.of("a", "b", "c", "d", "e", "f"), new double[] {0, 1}, new double[12]);
        Features features =
                Features.of(List.of("simplices", "degrees"), g, place, train, new Parallel(2, Monitor.NONE));
        assertEquals(List.of("simplices_2", "simplices_3", "in_degree", "out_degree"), features.names());
        long[] triangles = simplices(g.wiring(), 3);
        long[] tetrahedra = simplices(g.wiring(), 4);
        matches(features, "simplices_2", of(place, triangles));
        matches(features, "simplices_3", of(place, tetrahedra));
        matches(
                features,
                "in_degree",
                of(place, Arrays.stream(g.inDegrees()).asLongStream().toArray()));
        matches(
                features,
                "out_degree",
                of(place, Arrays.stream(g.outDegrees()).asLongStream().toArray()));
        assertTrue(Arrays.stream(triangles).sum() > 0, "there is something to count");
    }

    private static double[] of(int[] place, long[] counts) {
        return IntStream.of(place)
                .mapToDouble(v -> v < 0 ? NAN : Math.log1p(counts[v]))
                .toArray();
    }

    @Test
    void statisticsOfActivityByHand() {
        // Runs 0..3 and 100..101. Neuron b misses a frame, c never changes, d has no two frames in a row.
        double[] times = {0, 1, 2, 3, 100, 101};
        double[][] signals = {
            {1, 3, 2, 6, 0, 0}, {1, NAN, 3, 2, 5, 1}, {0.1, 0.1, 0.1, 0.1, 0.1, 0.1}, {1, NAN, 4, NAN, 2, NAN}
        };
        double[] values = new double[24];
        for (int t = 0; t < 6; t++) {
            for (int i = 0; i < 4; i++) {
                values[t * 4 + i] = signals[i][t];
            }
        }
        Activity train = Activity.of(List.of("a", "b", "c", "d"), times, values);
        Connectome g = Connectome.of(4, new int[] {0}, new int[] {1});
        Features features = Features.of(List.of("activity"), g, new int[] {-1, -1, -1, 0}, train, Parallel.serial());
        // Differences of a: 2 -1 4 0, of b: -1 -4. Means 2 and 2.4, of d 7/3.
        double varianceA = (1 + 1 + 0 + 16 + 4 + 4) / 6.0;
        double varianceB = (1.96 + 0.36 + 0.16 + 6.76 + 1.96) / 5;
        matches(features, "difference_variance", new double[] {
            21 / 4.0 - Math.pow(5 / 4.0, 2), 17 / 2.0 - Math.pow(2.5, 2), NAN, NAN
        });
        matches(features, "autocorrelation", new double[] {
            (-1 + 0 + 0 + 4) / 4.0 / varianceA, (0.6 * -0.4 + 2.6 * -1.4) / 2 / varianceB, NAN, NAN
        });
        double varianceD = (16 + 25 + 1) / 27.0;
        matches(features, "skewness", new double[] {
            (-1 + 1 + 0 + 64 - 8 - 8) / 6.0 / Math.pow(varianceA, 1.5),
            (-2.744 + 0.216 - 0.064 + 17.576 - 2.744) / 5 / Math.pow(varianceB, 1.5),
            NAN,
            (-64 + 125 - 1) / 81.0 / Math.pow(varianceD, 1.5)
        });
    }

    @Test
    void anotherWordIsRefused() {
        Activity train = Activity.of(List.of("a"), new double[] {0, 1}, new double[2]);
        Connectome g = Connectome.of(1, new int[0], new int[0]);
        MesoException e = assertThrows(
                MesoException.class, () -> Features.of(List.of("degree"), g, new int[] {0}, train, Parallel.serial()));
        assertEquals(ErrorCode.UNKNOWN_CLAUSE, e.code());
        assertTrue(e.notes().get(0).contains("degrees"), e.notes().toString());
        // One neuron has no deviation from itself.
        Features lone = Features.of(Features.KINDS, g, new int[] {0}, train, Parallel.serial());
        assertEquals(7, lone.names().size());
        assertEquals(0, Arrays.stream(lone.values()).map(Math::abs).sum());
    }
}
