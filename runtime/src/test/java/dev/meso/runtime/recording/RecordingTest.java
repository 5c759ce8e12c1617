package dev.meso.runtime.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.SharedData;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import dev.meso.runtime.unit.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingTest {
    private static final double NAN = Double.NaN;

    private static Activity activity(int neurons, double... values) {
        double[] times = IntStream.range(0, values.length / neurons)
                .mapToDouble(t -> 0.6 * t)
                .toArray();
        return Activity.of(IntStream.range(0, neurons).mapToObj(i -> "n" + i).toList(), times, values);
    }

    /**
     * Mean squared errors of five worms in standardized units, as published with the data's design: 640 of 800 frames to
     * train, every test start averaged.
     */
    @ParameterizedTest
    @CsvSource({
        "2022-07-26-31, 0.305, 0.284, 1.174, 1.050, 0.288, 0.271, 1.221, 1.131",
        "2022-07-26-38, 0.449, 0.443, 2.088, 2.222, 0.372, 0.350, 1.451, 1.396",
        "2022-07-27-31, 0.371, 0.356, 1.377, 1.669, 0.289, 0.271, 0.999, 0.982",
        "2022-07-27-38, 0.202, 0.189, 0.656, 0.569, 0.198, 0.186, 0.586, 0.537",
        "2022-07-27-45, 0.402, 0.356, 1.134, 0.948, 0.301, 0.272, 0.957, 0.865"
    })
    void wormsAreAsHardAsPublished(
            String worm,
            double allStill,
            double allRidge,
            double allStillTen,
            double allRidgeTen,
            double namedStill,
            double namedRidge,
            double namedStillTen,
            double namedRidgeTen) {
        Activity all = Activity.of(SharedData.table("celegans-activity/traces_" + worm + ".csv"), "time");
        int[] named = IntStream.range(0, all.neurons())
                .filter(i -> !all.names().get(i).startsWith("roi"))
                .toArray();
        matches(all, allStill, allRidge, allStillTen, allRidgeTen);
        matches(all.select(named), namedStill, namedRidge, namedStillTen, namedRidgeTen);
    }

    private static void matches(Activity activity, double still, double ridge, double stillTen, double ridgeTen) {
        Activity.Split split = activity.split(0.8);
        Scaling scaling = Scaling.of(split.train());
        Activity train = scaling.standardize(split.train());
        Activity test = scaling.standardize(split.test());
        Forecasts.Error[] persistence = Forecasts.errors(Baselines.persistence(), test, 10, Parallel.serial());
        Forecasts.Error[] regression =
                Forecasts.errors(Baselines.ridge(train, Baselines.PENALTY), test, 10, Parallel.serial());
        assertEquals(still, persistence[0].squared(), 5.01e-4);
        assertEquals(ridge, regression[0].squared(), 5.01e-4);
        assertEquals(stillTen, persistence[9].squared(), 5.01e-4);
        assertEquals(ridgeTen, regression[9].squared(), 5.01e-4);
        assertEquals(150L * activity.neurons(), regression[9].values());
        Forecasts.Error[] observed = Forecasts.errors(
                Baselines.observedRidge(train, Baselines.GAIN, Baselines.PENALTY), test, 10, Parallel.serial());
        assertTrue(observed[0].squared() < persistence[0].squared(), "an observer takes noise out");
    }

    @Test
    void errorsOfPersistenceByHand() {
        Activity a = activity(2, 1, 0, 3, NAN, 4, 2, 4, 5);
        // Neuron 0: 4, 1, 0; neuron 1: the target of frame 0 is missing, its 0 is kept: (2 - 0)^2, (5 - 2)^2.
        Forecasts.Error[] errors = Forecasts.errors(Baselines.persistence(), a, 3, Parallel.serial());
        assertEquals(5, errors[0].values());
        assertEquals((4 + 1 + 0 + 4 + 9) / 5.0, errors[0].squared(), 1e-15);
        assertEquals(1 - 18.0 / (9 + 16 + 16 + 4 + 25), errors[0].explained(), 1e-15);
        assertEquals((9 + 25) / 2.0, errors[2].squared(), 1e-15);
    }

    @Test
    void regressionsFindThePlantedDynamics() {
        int n = 4;
        int frames = 400;
        double[] map = new double[n * n];
        RandomGenerator random = Streams.of(1, 0, 0);
        for (int i = 0; i < n * n; i++) {
            map[i] = 0.3 * random.nextGaussian() + (i % (n + 1) == 0 ? 0.5 : 0);
        }
        double[] x = new double[frames * n];
        for (int t = 1; t < frames; t++) {
            for (int i = 0; i < n; i++) {
                double sum = 0.2 * i + random.nextGaussian();
                for (int j = 0; j < n; j++) {
                    sum += map[i * n + j] * x[(t - 1) * n + j];
                }
                x[t * n + i] = sum;
            }
        }
        Activity whole = activity(n, x.clone());
        Forecaster ridge = Baselines.ridge(whole, 1e-9);
        double[] next = new double[n];
        ridge.step(new double[] {1, 0, 0, 0}, next);
        double[] rest = new double[n];
        ridge.step(new double[n], rest);
        for (int i = 0; i < n; i++) {
            assertEquals(map[i * n], next[i] - rest[i], 0.15, "weight to " + i);
            assertEquals(0.2 * i, rest[i], 0.2, "intercept of " + i);
        }
        // Several states at once are each what they are alone.
        double[] states = Arrays.copyOf(x, 5 * n);
        double[] together = new double[states.length];
        ridge.step(states, together, 5);
        for (int r = 0; r < 5; r++) {
            ridge.step(Arrays.copyOfRange(states, r * n, (r + 1) * n), next);
            assertArrayEquals(next, Arrays.copyOfRange(together, r * n, (r + 1) * n));
        }
        // Holes in the targets take nothing away but data.
        double[] holes = x.clone();
        for (int t = 1; t < frames; t += 7) {
            holes[t * n + 2] = NAN;
        }
        Forecaster partial = Baselines.ridge(activity(n, holes), 1e-9);
        partial.step(new double[] {1, 0, 0, 0}, next);
        partial.step(new double[n], rest);
        assertEquals(map[2 * n], next[2] - rest[2], 0.2);
        // Without other neurons AR(1) is the same regression.
        Activity single = whole.select(0);
        double[] one = new double[1];
        double[] two = new double[1];
        Baselines.ridge(single, 0).step(new double[] {2}, one);
        Baselines.autoregression(single).step(new double[] {2}, two);
        assertEquals(one[0], two[0], 1e-12);
    }

    @Test
    void observerAveragesWhatItSees() {
        Activity a = activity(1, 1, 2, NAN, 4);
        double[] states = Forecasts.states(Baselines.observedRidge(a, 0.5, 1), a);
        assertArrayEquals(new double[] {1, 1.5, 1.5, 2.75}, states, 1e-15);
    }

    @Test
    void threadsDoNotChangeErrors() {
        Activity a = activity(3, Streams.of(3, 0, 0).doubles(300).toArray());
        Forecaster ridge = Baselines.ridge(a, 1);
        assertArrayEquals(
                Forecasts.errors(ridge, a, 5, Parallel.serial()),
                Forecasts.errors(ridge, a, 5, new Parallel(3, Monitor.NONE)));
    }

    @Test
    void scalingKnowsTheTrainingPartOnly() {
        Activity a = activity(3, 1, 5, NAN, 3, 5, 7, 100, 5, 9, 100, 6, NAN);
        Activity.Split split = a.split(0.5);
        Scaling scaling = Scaling.of(split.train());
        assertArrayEquals(new double[] {2, 5, 7}, scaling.means());
        assertArrayEquals(new double[] {1, 1, 1}, scaling.deviations());
        assertEquals(List.of("n1", "n2"), scaling.constant());
        Activity test = scaling.standardize(split.test());
        assertArrayEquals(new double[] {98, 0, 2, 98, 1, 0}, test.values());
        assertTrue(test.missing(1, 2));
        double[] back = {98, 1, 0};
        scaling.restore(back);
        assertArrayEquals(new double[] {100, 6, 7}, back);
    }

    @Test
    void recordingsJoinThroughNames() {
        Activity a =
                Activity.of(List.of("AVAL", "roi1"), new double[] {0, 1, 2, 3}, new double[] {1, 2, 3, 4, 5, 6, 7, 8});
        Activity b = Activity.of(List.of("roi1", "AVAR", "AVAL"), new double[] {0, 1, 2, 3}, new double[] {
            1, 2, 3, 4, 5, NAN, 7, 8, 9, 10, 11, 12
        });
        Activity both = Activity.join(List.of(a, b), name -> !name.startsWith("roi"));
        assertEquals(List.of("AVAL", "1:roi1", "2:roi1", "AVAR"), both.names());
        assertEquals(8, both.frames());
        assertArrayEquals(new int[] {0, 4, 8}, both.bounds());
        assertEquals(3, both.value(4, 0));
        assertTrue(both.missing(5, 0));
        assertTrue(both.missing(4, 1));
        assertFalse(both.missing(3, 1));
        assertEquals(4 * 2 + 4 + 1, both.missingCount());
        assertArrayEquals(new int[] {0, 1, 4, 5}, both.windows(3, 1));
        assertArrayEquals(new int[] {0, 2, 4, 6}, both.windows(2, 2));
        // A split cuts each recording, and joining parts of joined recordings keeps what is known.
        Activity.Split split = both.split(0.5);
        assertArrayEquals(new int[] {0, 2, 4}, split.train().bounds());
        assertEquals(both.names(), split.test().names());
        assertEquals(9, split.test().value(2, 0));
        assertEquals(
                both.missingCount(), split.train().missingCount() + split.test().missingCount());
        Activity part = both.slice(3, 6);
        assertArrayEquals(new int[] {0, 1, 3}, part.bounds());
        assertArrayEquals(new double[] {3, 0, 1}, part.times());
        assertTrue(part.missing(2, 0) && part.missing(0, 2) && !part.missing(0, 0));
    }

    @Test
    void mistakesAreExplained() {
        code(ErrorCode.DUPLICATE_ID, () -> Activity.of(List.of("a", "a"), new double[1], new double[2]));
        code(ErrorCode.WRONG_LENGTH, () -> Activity.of(List.of("a"), new double[2], new double[3]));
        code(ErrorCode.WRONG_VALUE, () -> Activity.of(List.of("a"), new double[] {0, 0}, new double[2]));
        code(ErrorCode.WRONG_VALUE, () -> activity(1, 1, 2, 3, 4).split(0.9));
    }

    private static void code(ErrorCode expected, Runnable mistake) {
        assertEquals(expected, assertThrows(MesoException.class, mistake::run).code());
    }

    /** Steps of 1 s, then one of 2.4, then a gap of 2.6. */
    private static Activity uneven() {
        double[] times = {10, 11, 12, 14.4, 17, 18, 19};
        double[] values = new double[14];
        for (int t = 0; t < 7; t++) {
            values[2 * t] = 3 - 0.5 * times[t];
            values[2 * t + 1] = t == 1 || t == 5 ? NAN : t;
        }
        return Activity.of(List.of("line", "holes"), times, values);
    }

    @Test
    void gapsEndRuns() {
        Activity one = uneven();
        assertArrayEquals(new int[] {0, 4, 7}, one.bounds());
        assertArrayEquals(new int[] {0, 7}, one.recordings());
        assertArrayEquals(new int[] {4}, one.gaps());
        assertEquals(1, one.step(), 1e-12);
        assertArrayEquals(new int[] {0, 1, 4}, one.windows(3, 1));
        Activity two = Activity.join(List.of(one, one), "line"::equals);
        assertArrayEquals(new int[] {0, 7, 14}, two.recordings());
        assertArrayEquals(new int[] {0, 4, 7, 11, 14}, two.bounds());
        assertArrayEquals(new int[] {4, 11}, two.gaps());
        // A split is one of recordings, not of runs; gaps stay where they were.
        Activity.Split split = two.split(5 / 7.0);
        assertArrayEquals(new int[] {0, 5, 10}, split.train().recordings());
        assertArrayEquals(new int[] {0, 4, 5, 9, 10}, split.train().bounds());
        assertArrayEquals(new int[] {0, 2, 4}, split.test().bounds());
        assertArrayEquals(new int[] {0, 1, 4}, two.slice(3, 7).bounds());
        // Nothing is forecast across a gap: 2 + 1 + 2 + 1 steps of 2 frames of one neuron.
        assertEquals(6, Forecasts.errors(Baselines.persistence(), two.select(0), 2, Parallel.serial())[1].values());
    }

    @Test
    void resamplingFollowsLines() {
        Activity finer = uneven().resample(0.4);
        // 10 to 14.4 holds twelve moments, the last on the frame; from 17 on, 17.2 to 18.8.
        assertArrayEquals(new int[] {0, 12, 17}, finer.bounds());
        assertArrayEquals(new int[] {0, 17}, finer.recordings());
        for (int k = 0; k < finer.frames(); k++) {
            double at = 10 + 0.4 * (k < 12 ? k : k + 6);
            assertEquals(at, finer.times()[k], 1e-9);
            assertFalse(finer.missing(k, 0));
            assertEquals(3 - 0.5 * at, finer.value(k, 0), 1e-9, "at " + at);
            // Between 12 and 14.4 both frames were seen; on a frame, only that one counts.
            boolean seen = at < 10.1 || at > 11.9 && at < 14.5;
            assertEquals(!seen, finer.missing(k, 1), "at " + at);
        }
        assertEquals(2 + 1.2 / 2.4, finer.value(8, 1), 1e-9);
    }

    @Test
    void resamplingAtTheStepThereIsChangesNothing() {
        RandomGenerator random = Streams.of(3, 0, 0);
        Activity one =
                activity(3, random.doubles(90).map(x -> x < 0.1 ? NAN : x).toArray());
        Activity again = one.resample(0.6);
        assertArrayEquals(one.values(), again.values());
        assertEquals(one.missingCount(), again.missingCount());
        assertTrue(one.missingCount() > 0);
        Activity joined = Activity.join(List.of(one, one.slice(0, 7)), name -> true);
        Activity half = joined.resample(1.2);
        assertArrayEquals(new int[] {0, 15, 19}, half.recordings());
        for (int k = 0; k < 19; k++) {
            int t = k < 15 ? 2 * k : 30 + 2 * (k - 15);
            assertEquals(joined.missing(t, 1), half.missing(k, 1));
            assertEquals(joined.value(t, 1), half.value(k, 1));
        }
        assertEquals(
                ErrorCode.WRONG_VALUE,
                assertThrows(MesoException.class, () -> one.resample(0)).code());
        assertEquals(
                ErrorCode.TOO_LARGE,
                assertThrows(MesoException.class, () -> one.resample(1e-9)).code());
    }

    @Test
    void tablesHoldWhatRecordingsHold() {
        Activity one = uneven();
        Activity joined = Activity.join(List.of(one, one.slice(0, 2)), "line"::equals);
        Table table = joined.table("t", Unit.ofName("ms"));
        assertEquals(List.of("t", "recording", "line", "1:holes", "2:holes"), table.names());
        assertEquals(11_000, table.numbers("t").number(1), 1e-9);
        assertEquals(2L, table.column("recording").value(7));
        assertEquals(8, table.column("2:holes").missingCount(), "not recorded the first time, and once missing");
        assertEquals(0, table.column("line").missingCount());
        Activity back = Activity.of(one.table("t", Unit.ONE), "t");
        assertArrayEquals(one.values(), back.values());
        assertArrayEquals(one.bounds(), back.bounds());
    }

    @Test
    void statesGoOnFromAnEarlierPartOfTheSameRecording() {
        RandomGenerator random = Streams.of(1, 0, 0);
        Activity one = activity(5, random.doubles(200).toArray());
        Activity.Split split = one.split(0.5);
        Forecaster model = Baselines.leak(split.train(), 0.6, 0.1, 2);
        double[] whole = Forecasts.states(model, one);
        double[] later = Forecasts.states(model, split.train(), split.test());
        assertArrayEquals(Arrays.copyOfRange(whole, whole.length - later.length, whole.length), later);
    }

    @Test
    void aRecordingRelativeToItsDrift() {
        Activity drifting = Activity.of(List.of("a"), new double[] {0, 1, 2}, new double[] {8, 4, Double.NaN});
        Drift drift = Drift.of(drifting, 0.25);
        assertArrayEquals(new double[] {2, 2.5, 2.5}, drift.baseline());
        assertEquals(6, drift.relative().value(0, 0));
        assertEquals(1.5, drift.relative().value(1, 0));
        assertTrue(drift.relative().missing(2, 0));
        assertSame(drifting, Drift.of(drifting, 0).relative());
    }
}
