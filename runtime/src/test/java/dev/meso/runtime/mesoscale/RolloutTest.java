package dev.meso.runtime.mesoscale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.recording.Forecaster;
import dev.meso.runtime.recording.Forecasts;
import dev.meso.runtime.task.CancelledException;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RolloutTest {
    private static final int FRAMES = 6;
    private static final int N = AnyModel.NEURONS;

    private static double[][] states(int count, long seed) {
        RandomGenerator random = Streams.of(seed, 78, 0);
        double[][] states = new double[count][];
        for (int s = 0; s < count; s++) {
            states[s] = random.doubles(N, -1, 2).toArray();
        }
        states[0][7] = Double.NaN;
        return states;
    }

    private static double[] ramp(double slope) {
        double[] values = new double[FRAMES];
        for (int k = 0; k < FRAMES; k++) {
            values[k] = 0.5 + slope * k;
        }
        return values;
    }

    private static Rollout conditions(FittedModel model) {
        return Rollout.of(model)
                .input(2, ramp(0.1))
                .input(9, ramp(0))
                .drive(4, ramp(-0.2))
                .silence(11);
    }

    /** One state at a time through the forecaster, the conditions spelt out. */
    private static double[] plain(FittedModel model, double[] start) {
        Forecaster forecaster = model.forecaster();
        double[] means = model.scaling().means();
        double[] deviations = model.scaling().deviations();
        double[] state = new double[N + forecaster.memory()];
        double[] next = new double[state.length];
        for (int i = 0; i < N; i++) {
            state[i] = Double.isNaN(start[i]) ? 0 : (start[i] - means[i]) / deviations[i];
        }
        state[4] = (ramp(-0.2)[0] - means[4]) / deviations[4];
        state[11] = 0;
        double[] frames = new double[FRAMES * N];
        for (int k = 0; k < FRAMES; k++) {
            forecaster.step(state, next);
            next[2] += ramp(0.1)[k] / deviations[2];
            next[9] += ramp(0)[k] / deviations[9];
            next[4] = (ramp(-0.2)[k] - means[4]) / deviations[4];
            next[11] = 0;
            for (int i = 0; i < N; i++) {
                frames[k * N + i] = i == 4 ? ramp(-0.2)[k] : next[i] * deviations[i] + means[i];
            }
            double[] swap = state;
            state = next;
            next = swap;
        }
        return frames;
    }

    @ParameterizedTest
    @EnumSource
    void manyAtOnceAreEachByItself(AnyModel kind) {
        FittedModel model = kind.make(5);
        double[][] states = states(Rollout.BATCH + 3, 1);
        double[][] made = conditions(model).run(states, FRAMES, Parallel.serial());
        for (int s : new int[] {0, 1, Rollout.BATCH - 1, Rollout.BATCH, Rollout.BATCH + 2}) {
            assertArrayEquals(plain(model, states[s]), made[s], "state " + s);
        }
        for (int k = 0; k < FRAMES; k++) {
            assertEquals(ramp(-0.2)[k], made[3][k * N + 4], "what is given is what is shown, to the bit");
        }
        for (int threads : kind == AnyModel.OBSERVED ? new int[0] : new int[] {2, 8}) {
            double[][] same = conditions(model).run(states, FRAMES, new Parallel(threads, Monitor.NONE));
            for (int s = 0; s < states.length; s++) {
                assertArrayEquals(made[s], same[s]);
            }
        }
    }

    @Test
    void aSilencedNeuronStaysAtItsMeanAndIsNotHeard() {
        FittedModel model = AnyModel.PLAIN.make(5);
        double[][] states = states(2, 1);
        states[1] = states[0].clone();
        states[1][11] += 3;
        double[][] made = Rollout.of(model).silence(11).run(states, FRAMES, Parallel.serial());
        assertArrayEquals(made[0], made[1]);
        assertEquals(model.scaling().means()[11], made[0][(FRAMES - 1) * N + 11]);
        double[][] heard = Rollout.of(model).run(states, FRAMES, Parallel.serial());
        double difference = 0;
        for (int i = 0; i < heard[0].length; i++) {
            difference += Math.abs(heard[0][i] - heard[1][i]);
        }
        assertTrue(difference > 1e-3, "the test would pass if nobody ever heard neuron 11");
    }

    @ParameterizedTest
    @EnumSource
    void fromAFrameThatWasSeenTheFirstStepIsTheForecast(AnyModel kind) {
        FittedModel model = kind.make(5);
        double[] values = Streams.of(3, 81, 0).doubles(12L * N, -2, 2).toArray();
        values[9 * N + 5] = Double.NaN;
        double[] times = {0, 1, 2, 3, 20, 21, 22, 23, 24, 25, 26, 27};
        Activity recording = Activity.of(model.names(), times, values);
        Activity standard = model.scaling().standardize(recording);
        Forecaster forecaster = model.forecaster();
        int width = N + forecaster.memory();
        double[] all = Forecasts.states(forecaster, standard);
        Activity other =
                recording.select(IntStream.range(0, N).map(i -> N - 1 - i).toArray());
        int[] frames = {9, 4, 2, 9};
        List<Rollout.State> states = Rollout.State.seen(model, other, frames);
        for (int s = 0; s < frames.length; s++) {
            int frame = frames[s];
            double[] next = new double[width];
            forecaster.step(Arrays.copyOfRange(all, frame * width, (frame + 1) * width), next);
            double[] expected = Arrays.copyOf(next, N);
            model.scaling().restore(expected);
            double[] made = Rollout.of(model).run(List.of(states.get(s)), 1, Parallel.serial())[0];
            assertArrayEquals(expected, made, 1e-12);
        }
    }

    @Test
    void theFarthestIsFound() {
        FittedModel model = AnyModel.PLAIN.make(5);
        double[] made = new double[2 * N];
        System.arraycopy(model.scaling().means(), 0, made, 0, N);
        System.arraycopy(model.scaling().means(), 0, made, N, N);
        made[N + 6] -= 12 * model.scaling().deviations()[6];
        made[4] += 20 * model.scaling().deviations()[4];
        Rollout.Farthest far = Rollout.of(model).drive(4, 1, 2).farthest(made);
        assertEquals(12, far.deviations(), 1e-9);
        assertEquals(1, far.frame());
        assertEquals(6, far.neuron());
    }

    @Test
    void mistakesAreExplained() {
        FittedModel model = AnyModel.PLAIN.make(5);
        refused(ErrorCode.WRONG_VALUE, r -> r.run(states(1, 1), 0, Parallel.serial()), model);
        refused(ErrorCode.WRONG_LENGTH, r -> r.run(new double[][] {{1, 2}}, 3, Parallel.serial()), model);
        refused(ErrorCode.WRONG_LENGTH, r -> r.input(1, 1, 2).run(states(1, 1), 3, Parallel.serial()), model);
        refused(ErrorCode.WRONG_VALUE, r -> r.input(1, 1, 2).silence(1), model);
        refused(ErrorCode.NOT_A_NUMBER, r -> r.drive(1, Double.NaN), model);
        refused(ErrorCode.TOO_LARGE, r -> r.run(states(1, 1), Integer.MAX_VALUE, Parallel.serial()), model);
        MesoException far = refused(
                ErrorCode.NOT_A_NUMBER,
                r -> r.input(1, 1e300, 1e300).run(states(1, 1), 2, Parallel.serial()),
                AnyModel.OBSERVED.make(5));
        assertTrue(far.getMessage().contains("in step"), far.getMessage());
    }

    private static MesoException refused(ErrorCode code, Consumer<Rollout> what, FittedModel model) {
        MesoException e = assertThrows(MesoException.class, () -> what.accept(Rollout.of(model)));
        assertEquals(code, e.code());
        return e;
    }

    @Test
    void itStopsWhenAsked() {
        Monitor stop = new Monitor() {
            private int asked;

            @Override
            public void checkpoint() {
                if (asked++ > 50) {
                    throw new CancelledException();
                }
            }
        };
        FittedModel model = AnyModel.PLAIN.make(5);
        assertThrows(
                CancelledException.class, () -> Rollout.of(model).run(states(1, 1), 20_000, new Parallel(1, stop)));
    }
}
