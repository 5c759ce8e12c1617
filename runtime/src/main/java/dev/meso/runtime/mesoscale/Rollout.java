package dev.meso.runtime.mesoscale;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.recording.Forecaster;
import dev.meso.runtime.recording.Forecasts;
import dev.meso.runtime.recording.Scaling;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A fitted model left to itself: {@code x[k] = F(x[k-1]) + u[k]} from one state or from many at once, in the units of the recording. Nothing is observed on
 * the way: a slow baseline stays as it is in the state at the start. What recurrent layers remember begins empty.
 *
 * <p>Input is added to a neuron in frame k. A neuron that is held has the value given for frame k, whatever the model says of it, and in the state before the first
 * frame that of the first. A neuron that is silenced is held at the mean of the training part, or at its slow baseline where the model has one: the interfaces see the difference
 * from the mean, so it carries no signal; it is not without a value. Conditions are the same for all states.
 */
public final class Rollout {
    /** States that one program computes at once, as many as a forecaster's: what becomes of a state depends on no other, to the bit. */
    static final int BATCH = Forecasts.TOGETHER;

    /** Of each value: in the rollout, in a recording, in its table. */
    private static final double COPIES = 3;

    private final FittedModel model;
    private final int n;
    private final double[] means;
    private final double[] deviations;
    private final double[][] input;
    private final double[][] held;

    /**
     * Where a rollout starts.
     *
     * @param values of the neurons in the units of the recording; one that is not finite is taken at its baseline
     * @param baseline slow baselines of the neurons, which a model with drift is relative to; null for the means of the training part
     */
    public record State(double[] values, double[] baseline) {
        /**
         * As forecasts of the next frames begin: what the observer makes of each of these frames and those before it in its run; NaN for a neuron never seen there.
         * Cost: frames x neurons, once for all states of a run.
         */
        public static List<State> seen(FittedModel model, Activity activity, int... frames) {
            State[] states = new State[frames.length];
            Watched watched = new Watched(model, activity);
            Integer[] order = new Integer[frames.length];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, Comparator.comparingInt((Integer i) -> frames[i]));
            for (int i : order) {
                states[i] = watched.at(frames[i]);
            }
            return List.of(states);
        }
    }

    /** Follows a recording as the observer of a model does. */
    private static final class Watched {
        private final FittedModel model;
        private final Activity activity;
        private final Forecaster forecaster;
        private final int n;
        /** Where each neuron stands in the recording, -1 for nowhere. */
        private final int[] column;

        private final double[] values;
        private final double[] state;
        private final boolean[] known;
        private int next;
        private int begin = -1;

        Watched(FittedModel model, Activity activity) {
            this.model = model;
            this.activity = activity;
            forecaster = model.forecaster();
            n = model.names().size();
            Map<String, Integer> columns = new HashMap<>();
            for (String name : activity.names()) {
                columns.put(name, columns.size());
            }
            column = new int[n];
            Arrays.setAll(column, i -> columns.getOrDefault(model.names().get(i), -1));
            values = new double[n];
            state = new double[n + forecaster.memory()];
            known = new boolean[n];
        }

        /** Frames must not descend. */
        State at(int frame) {
            int run = Arrays.binarySearch(activity.bounds(), frame);
            int start = activity.bounds()[run >= 0 ? run : -run - 2];
            if (start != begin) {
                begin = start;
                next = start;
                Arrays.fill(known, false);
            }
            while (next <= frame) {
                observe(next++);
            }
            double[] shown = Arrays.copyOf(state, n);
            model.scaling().restore(shown);
            for (int i = 0; i < n; i++) {
                shown[i] = known[i] ? shown[i] : Double.NaN;
            }
            double[] baseline = null;
            if (model.spec().drift() > 0) {
                baseline = Arrays.copyOfRange(state, n, 2 * n);
                model.scaling().restore(baseline);
            }
            return new State(shown, baseline);
        }

        private void observe(int t) {
            Scaling scaling = model.scaling();
            for (int i = 0; i < n; i++) {
                boolean seen = column[i] >= 0 && !activity.missing(t, column[i]);
                values[i] = seen
                        ? (activity.value(t, column[i]) - scaling.means()[i]) / scaling.deviations()[i]
                        : Double.NaN;
                known[i] |= seen;
            }
            if (t == begin) {
                Arrays.fill(state, 0);
                for (int i = 0; i < n; i++) {
                    state[i] = Double.isNaN(values[i]) ? 0 : values[i];
                }
            }
            forecaster.observe(values, state);
        }
    }

    private Rollout(FittedModel model) {
        this.model = model;
        n = model.names().size();
        means = model.scaling().means();
        deviations = model.scaling().deviations();
        input = new double[n][];
        held = new double[n][];
    }

    /** Without input and with no neuron held. */
    public static Rollout of(FittedModel model) {
        return new Rollout(model);
    }

    /**
     * Adds to a neuron in each frame.
     *
     * @param values one for each frame, in the units of the recording
     */
    public Rollout input(int neuron, double... values) {
        input[free(neuron)] = finite(neuron, values);
        return this;
    }

    /** Holds a neuron at these values, one for each frame. */
    public Rollout drive(int neuron, double... values) {
        held[free(neuron)] = finite(neuron, values);
        return this;
    }

    /** Holds a neuron at the mean of the training part. */
    public Rollout silence(int neuron) {
        held[free(neuron)] = new double[0];
        return this;
    }

    private int free(int neuron) {
        if (input[neuron] != null || held[neuron] != null) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    "the neuron '" + model.names().get(neuron) + "' stands under two conditions",
                    "a neuron either receives input, or is silenced, or is driven: each sets what it does");
        }
        return neuron;
    }

    private double[] finite(int neuron, double[] values) {
        for (int k = 0; k < values.length; k++) {
            if (!Double.isFinite(values[k])) {
                throw new MesoException(
                        ErrorCode.NOT_A_NUMBER,
                        "what is given for the neuron '" + model.names().get(neuron) + "' is " + values[k]
                                + " in frame " + k);
            }
        }
        return values.clone();
    }

    /**
     * Runs from each state.
     *
     * @param states states x neurons, in the units of the recording; one that is not finite is taken as the mean of the training part
     * @param frames at least 1; as many as each series of input and of driven neurons has
     * @return for each state frames x neurons: the frames after it
     * @throws MesoException WRONG_VALUE, WRONG_LENGTH, TOO_LARGE; NOT_A_NUMBER where the activity leaves all bounds, with the frame and the neuron
     */
    public double[][] run(double[][] states, int frames, Parallel parallel) {
        return run(Arrays.stream(states).map(s -> new State(s, null)).toList(), frames, parallel);
    }

    /** The same from states that may have baselines of their own. */
    public double[][] run(List<State> states, int frames, Parallel parallel) {
        check(states, frames);
        double[][] made = new double[states.size()][];
        if (!states.isEmpty()) {
            Forecaster forecaster = model.forecaster(parallel.threads());
            for (int from = 0; from < made.length; from += BATCH) {
                new Batch(forecaster, states.subList(from, Math.min(from + BATCH, made.length)), from)
                        .run(made, frames, parallel.monitor());
            }
        }
        return made;
    }

    private void check(List<State> states, int frames) {
        if (frames < 1) {
            throw new MesoException(ErrorCode.WRONG_VALUE, "a rollout has at least one step, not " + frames);
        }
        for (State state : states) {
            int wrong =
                    state.values.length != n || state.baseline == null ? state.values.length : state.baseline.length;
            if (wrong != n) {
                throw new MesoException(
                        ErrorCode.WRONG_LENGTH,
                        "a state of " + wrong + " numbers was given for a model of " + n + " neurons");
            }
        }
        requireRoom(model, states.size(), frames);
        for (int i = 0; i < n; i++) {
            for (double[] series : new double[][] {input[i], held[i]}) {
                if (series != null && series.length > 0 && series.length != frames) {
                    throw new MesoException(
                            ErrorCode.WRONG_LENGTH,
                            "the neuron '" + model.names().get(i) + "' is given " + series.length + " values for "
                                    + frames + (frames == 1 ? " step" : " steps"),
                            "give one number for all steps, a list with one number for each, or a function of the step");
                }
            }
        }
    }

    /**
     * Where activity is farthest from the mean of the training part, of neurons that are neither held nor given input.
     *
     * @param deviations of the training part
     * @param frame counted from 0
     */
    public record Farthest(double deviations, int frame, int neuron) {}

    /** The farthest of what {@link #run} made from one state. */
    public Farthest farthest(double[] made) {
        Farthest far = new Farthest(0, -1, -1);
        for (int at = 0; at < made.length; at++) {
            int i = at % n;
            if (held[i] == null && input[i] == null) {
                double distance = Math.abs(made[at] - means[i]) / deviations[i];
                far = distance > far.deviations ? new Farthest(distance, at / n, i) : far;
            }
        }
        return far;
    }

    /** @throws MesoException TOO_LARGE where so many frames from so many states, and as a recording again, would not fit into the memory that there is */
    public static void requireRoom(FittedModel model, int states, int frames) {
        double values = (double) frames * model.names().size();
        double bytes = COPIES * Double.BYTES * values * states;
        long most = Runtime.getRuntime().maxMemory();
        if (values > Integer.MAX_VALUE - 8 || bytes > most) {
            throw new MesoException(
                    ErrorCode.TOO_LARGE,
                    String.format(
                            Locale.ROOT,
                            "%d times %d frames of %d neurons need about %.3g GB, and there are %.3g GB",
                            states,
                            frames,
                            model.names().size(),
                            bytes / 1e9,
                            most / 1e9),
                    "ask for fewer steps, and go on from the last frame");
        }
    }

    /** Some states on their way, each as a forecaster has it: neurons, then what it remembers, standardized. */
    private final class Batch {
        private final Forecaster forecaster;
        private final int from;
        private final int count;
        private final int width;
        private final boolean drifts = model.spec().drift() > 0;
        private double[] now;
        private double[] next;

        /** @param from number of the first of these states */
        Batch(Forecaster forecaster, List<State> states, int from) {
            this.forecaster = forecaster;
            this.from = from;
            count = states.size();
            width = n + forecaster.memory();
            now = new double[count * width];
            next = new double[count * width];
            for (int w = 0; w < count; w++) {
                State given = states.get(w);
                for (int i = 0; i < n; i++) {
                    int at = w * width + i;
                    if (drifts && given.baseline != null) {
                        now[at + n] = (given.baseline[i] - means[i]) / deviations[i];
                    }
                    double x = (given.values[i] - means[i]) / deviations[i];
                    now[at] = held[i] != null ? heldAt(at, i, 0) : Double.isFinite(x) ? x : baseline(at);
                }
            }
        }

        void run(double[][] made, int frames, Monitor monitor) {
            for (int w = 0; w < count; w++) {
                made[from + w] = new double[frames * n];
            }
            for (int k = 0; k < frames; k++) {
                monitor.checkpoint();
                forecaster.step(now, next, count);
                double[] swap = now;
                now = next;
                next = swap;
                for (int w = 0; w < count; w++) {
                    apply(w, k);
                    keep(w, made[from + w], k, made.length > 1);
                }
                monitor.progress("frames", (long) from * frames + (long) (k + 1) * count, (long) made.length * frames);
            }
        }

        private void apply(int w, int k) {
            for (int i = 0; i < n; i++) {
                int at = w * width + i;
                if (held[i] != null) {
                    now[at] = heldAt(at, i, k);
                } else if (input[i] != null) {
                    now[at] += input[i][k] / deviations[i];
                }
            }
        }

        private void keep(int w, double[] frames, int k, boolean many) {
            for (int i = 0; i < n; i++) {
                boolean given = held[i] != null && held[i].length > 0;
                double x = given ? held[i][k] : now[w * width + i] * deviations[i] + means[i];
                if (!Double.isFinite(x)) {
                    throw new MesoException(
                            ErrorCode.NOT_A_NUMBER,
                            "the activity of the neuron '" + model.names().get(i) + "' leaves all bounds in step " + k
                                    + (many ? " from state " + (from + w) : ""),
                            "the state or the input is far from what the model was fitted to, or the fit is unstable: ask for fewer steps, or less input");
                }
                frames[k * n + i] = x;
            }
        }

        /** Standardized. */
        private double heldAt(int at, int neuron, int k) {
            double[] series = held[neuron];
            return series.length == 0 ? baseline(at) : (series[k] - means[neuron]) / deviations[neuron];
        }

        private double baseline(int at) {
            return drifts ? now[at + n] : 0;
        }
    }
}
