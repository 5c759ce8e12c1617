package dev.meso.runtime.mesoscale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.recording.Events;
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

class TransmissionTest {
    private static final double NAN = Double.NaN;

    /** Figure 4 of Dean 2017: A, B, C spike in one interval of 5 ms, B within 7.5 ms after A and C after B. */
    @Test
    void paperExample() {
        // Connections A -> B, B -> A, B -> C, C -> A.
        Wiring wiring = Wiring.of(3, new int[] {0, 1, 1, 2}, new int[] {1, 0, 2, 0}, false);
        Events spikes = Events.of(3, new int[] {2, 0, 1, 1}, new double[] {0.0045, 0.001, 0.003, 0.019});
        Transmission series = new Transmission(wiring, spikes, 0.005, 0.0075);
        assertEquals(4, series.bins());
        assertArrayEquals(new int[] {0, 2}, series.connections(0));
        assertArrayEquals(new int[] {0, 1, 2}, series.neurons(0));
        assertArrayEquals(new int[] {}, series.connections(3));
        assertArrayEquals(new int[] {1}, series.neurons(3));
        assertEquals(0.015, series.time(3), 1e-12);
        // A second spike of B, 7.4 ms after A's and in the next bin, is an answer in A's bin.
        Events late = Events.of(3, new int[] {0, 1}, new double[] {0.001, 0.0084});
        assertArrayEquals(new int[] {0}, new Transmission(wiring, late, 0.005, 0.0075).connections(0));
        Events tooLate = Events.of(3, new int[] {0, 1}, new double[] {0.001, 0.0086});
        assertArrayEquals(new int[] {}, new Transmission(wiring, tooLate, 0.005, 0.0075).connections(0));
        // At the same moment neither was first.
        Events together = Events.of(3, new int[] {0, 1}, new double[] {0.001, 0.001});
        assertArrayEquals(new int[] {}, new Transmission(wiring, together, 0.005, 0.0075).connections(0));
    }

    /** Every bin, connection and pair of events, in whole numbers of a tenth of a second. */
    private static boolean[][] plain(Wiring wiring, int[][][] ticks, int[] lengths, int bin, int window) {
        List<boolean[]> graphs = new ArrayList<>();
        int[] pre = wiring.edgeSources();
        for (int r = 0; r < lengths.length; r++) {
            for (int b = 0; b * bin <= lengths[r]; b++) {
                boolean[] graph = new boolean[wiring.m()];
                for (int e = 0; e < graph.length; e++) {
                    for (int a : ticks[r][pre[e]]) {
                        for (int c : ticks[r][wiring.outTargets()[e]]) {
                            graph[e] |= a / bin == b && c > a && c - a <= window;
                        }
                    }
                }
                graphs.add(graph);
            }
        }
        return graphs.toArray(boolean[][]::new);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void asTriedOneByOne(long seed) {
        RandomGenerator random = Streams.of(seed, 0, 0);
        int n = 3 + random.nextInt(8);
        int[] pre = random.ints(4 * n, 0, n).toArray();
        int[] post = random.ints(4 * n, 0, n).toArray();
        Wiring wiring = Wiring.of(n, pre, post, false);
        int recordings = 1 + random.nextInt(3);
        int[] lengths = random.ints(recordings, 5, 60).toArray();
        int bin = 1 + random.nextInt(7);
        int window = 1 + random.nextInt(9);
        double rate = random.nextDouble() * 0.5;
        double origin = random.nextInt(100);
        int[][][] ticks = new int[recordings][n][];
        List<Activity> parts = new ArrayList<>();
        List<String> names = IntStream.range(0, n).mapToObj(v -> "v" + v).toList();
        for (int r = 0; r < recordings; r++) {
            double[] values = new double[n * (lengths[r] + 1)];
            for (int v = 0; v < n; v++) {
                ticks[r][v] = IntStream.rangeClosed(0, lengths[r])
                        .filter(t -> random.nextDouble() < rate)
                        .toArray();
                for (int t : ticks[r][v]) {
                    values[t * n + v] = 1 + random.nextInt(3);
                }
            }
            double[] times = IntStream.rangeClosed(0, lengths[r])
                    .mapToDouble(t -> origin + 0.1 * t)
                    .toArray();
            parts.add(Activity.of(names, times, values));
        }
        Events events = Events.spikes(Activity.join(parts, name -> true));
        Transmission series = new Transmission(wiring, events, bin * 0.1, window * 0.1);
        boolean[][] expected = plain(wiring, ticks, lengths, bin, window);

        assertEquals(expected.length, series.bins(), "seed " + seed);
        Transmission.Tally tally = series.tally(new Parallel(2, Monitor.NONE));
        int[] bins = new int[wiring.m()];
        for (int b = 0; b < expected.length; b++) {
            boolean[] graph = expected[b];
            int[] active =
                    IntStream.range(0, graph.length).filter(e -> graph[e]).toArray();
            assertArrayEquals(active, series.connections(b), "seed " + seed + " bin " + b);
            assertEquals(active.length, tally.connections()[b]);
            for (int e : active) {
                bins[e]++;
            }
        }
        assertArrayEquals(bins, tally.bins(), "seed " + seed);
        assertArrayEquals(tally.connections(), series.tally(Parallel.serial()).connections());
        for (int r = 0, b = 0; r < recordings; r++) {
            for (int own = 0; own * bin <= lengths[r]; own++, b++) {
                assertEquals(r, series.recording(b));
                assertEquals(origin + 0.1 * own * bin, series.time(b), 1e-9);
            }
        }
    }

    @Test
    void signalsAreActiveWhereTheyRise() {
        double[] times = {0, 1, 2, 3, 4, 5, 6, 7, 8, 20, 21, 22};
        double[] values = new double[24];
        double[] rises = {0, 9, 9, 0, NAN, 9, 0, 9, 0, 9, 0, 9};
        for (int t = 0; t < 12; t++) {
            values[2 * t] = rises[t];
            values[2 * t + 1] = 5;
        }
        double[] scaled = Arrays.stream(values).map(x -> 3 * x - 40).toArray();
        Activity activity = Activity.of(List.of("a", "flat"), times, values);
        Events events = Events.crossings(activity, 0.5);
        // Not at 5, after a missing value, and not at 20, after a gap.
        assertArrayEquals(new double[] {1, 7, 22}, events.time());
        assertArrayEquals(new int[] {0, 3, 3}, events.start());
        assertArrayEquals(new double[] {22}, events.last());
        // Mean 50 / 11 and deviation 4.47: a level above 9 is never reached.
        assertEquals(0, Events.crossings(activity, 1.1).count());
        // In units and from a level of its own, a signal's events are the same.
        assertArrayEquals(
                events.time(),
                Events.crossings(Activity.of(List.of("a", "flat"), times, scaled), 0.5)
                        .time());
        Events moved = events.on(new int[] {1, -1, 0});
        assertArrayEquals(new int[] {0, 0, 0, 3}, moved.start());
        assertArrayEquals(events.time(), moved.time());
    }

    @Test
    void refusesWhatHasNoMeaning() {
        Wiring wiring = Wiring.of(2, new int[] {0}, new int[] {1}, false);
        Events events = Events.of(2, new int[] {0, 1}, new double[] {0, 1e6});
        assertEquals(
                ErrorCode.WRONG_VALUE,
                assertThrows(MesoException.class, () -> new Transmission(wiring, events, 0, 1))
                        .code());
        assertEquals(
                ErrorCode.WRONG_VALUE,
                assertThrows(MesoException.class, () -> new Transmission(wiring, events, 1, -1))
                        .code());
        MesoException many = assertThrows(MesoException.class, () -> new Transmission(wiring, events, 1e-3, 1));
        assertEquals(ErrorCode.TOO_LARGE, many.code());
        assertTrue(many.getMessage().contains("more than 100000000"), many.getMessage());
    }
}
