package dev.meso.runtime.recording;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;

/**
 * What a model of activity has to beat. All are fitted to the training part, standardized; inputs that are missing keep
 * the last value seen (0, the mean, before the first), targets that are missing are left out.
 */
public final class Baselines {
    /** Penalty of the ridge regressions. */
    public static final double PENALTY = 1000;

    /** Gain of the observer. */
    public static final double GAIN = 0.7;

    private Baselines() {}

    /** Persistence, AR(1), ridge, observer + ridge with this gain, with their usual penalty. */
    public static List<Forecaster> all(Activity train, double gain) {
        return List.of(
                persistence(), autoregression(train), ridge(train, PENALTY), observedRidge(train, gain, PENALTY));
    }

    /** Nothing changes: x[t+1] = x[t]. */
    public static Forecaster persistence() {
        return new Forecaster() {
            @Override
            public String name() {
                return "persistence";
            }

            @Override
            public void step(double[] state, double[] next) {
                System.arraycopy(state, 0, next, 0, state.length);
            }
        };
    }

    /** The state is estimated, s[t] = gain x[t] + (1 - gain) s[t-1], and nothing changes. */
    public static Forecaster observer(double gain) {
        return new Forecaster() {
            @Override
            public String name() {
                return "observer";
            }

            @Override
            public void observe(double[] seen, double[] state) {
                correct(gain, seen, state);
            }

            @Override
            public void step(double[] state, double[] next) {
                System.arraycopy(state, 0, next, 0, state.length);
            }
        };
    }

    /** Brings a state to a frame that was seen, as {@link #observer} does. */
    public static void correct(double gain, double[] seen, double[] state) {
        for (int i = 0; i < seen.length; i++) {
            if (!Double.isNaN(seen[i])) {
                state[i] += gain * (seen[i] - state[i]);
            }
        }
    }

    /**
     * An observer and a leak, and no modules: s[t+1] = keep s[t] relative to a slow baseline, one number for all neurons, so that {@code ahead} frames later
     * the squared error on the training part is least; what is left of a mesoscale model without its modules. A leak of its own for each neuron,
     * or one that is best a single frame ahead, does worse where recordings drift.
     *
     * @param drift gain of the baseline, 0 for none; see {@link Drift}
     */
    public static Forecaster leak(Activity train, double gain, double drift, int ahead) {
        int n = train.neurons();
        Drift drifting = Drift.of(train, drift);
        double keep = keep(Forecasts.states(observer(gain), drifting.relative()), drifting, ahead);
        return new Forecaster() {
            @Override
            public String name() {
                return "no modules";
            }

            @Override
            public int memory() {
                return n;
            }

            @Override
            public void observe(double[] seen, double[] state) {
                follow(gain, drift, seen, state);
            }

            @Override
            public void step(double[] state, double[] next) {
                for (int i = 0; i < n; i++) {
                    next[i] = state[n + i] + keep * (state[i] - state[n + i]);
                    next[n + i] = state[n + i];
                }
            }
        };
    }

    /**
     * What is left of a state one frame later, one number for all neurons, by least squares {@code ahead} frames later.
     *
     * @param states frames x neurons, relative to the slow baseline
     */
    public static double keep(double[] states, Drift recording, int ahead) {
        Activity relative = recording.relative();
        int n = relative.neurons();
        double product = 0;
        double square = 0;
        for (int t : relative.windows(ahead + 1, 1)) {
            for (int i = 0; i < n; i++) {
                if (!relative.missing(t + ahead, i)) {
                    int later = (t + ahead) * n + i;
                    double[] baseline = recording.baseline();
                    product += states[t * n + i] * (relative.values()[later] + baseline[later] - baseline[t * n + i]);
                    square += states[t * n + i] * states[t * n + i];
                }
            }
        }
        return square > 0 ? Math.pow(Math.max(0, product / square), 1.0 / ahead) : 0;
    }

    /**
     * Brings a state and its slow baseline to a frame that was seen.
     *
     * @param state estimates of the neurons, then their baselines; what comes after stays as it is
     */
    public static void follow(double gain, double drift, double[] seen, double[] state) {
        int n = seen.length;
        for (int i = 0; i < n; i++) {
            if (!Double.isNaN(seen[i])) {
                double relative = state[i] - state[n + i];
                state[n + i] += drift * (seen[i] - state[n + i]);
                relative += gain * (seen[i] - state[n + i] - relative);
                state[i] = relative + state[n + i];
            }
        }
    }

    /** Every neuron from itself: x[t+1] = a x[t] + b, least squares; a neuron without variance keeps its mean. */
    public static Forecaster autoregression(Activity train) {
        int n = train.neurons();
        double[] slope = new double[n];
        double[] offset = new double[n];
        for (int i = 0; i < n; i++) {
            double count = 0;
            double sx = 0;
            double sy = 0;
            double sxx = 0;
            double sxy = 0;
            for (int t : train.windows(2, 1)) {
                if (!train.missing(t, i) && !train.missing(t + 1, i)) {
                    double x = train.value(t, i);
                    double y = train.value(t + 1, i);
                    count++;
                    sx += x;
                    sy += y;
                    sxx += x * x;
                    sxy += x * y;
                }
            }
            if (count > 0) {
                double variance = sxx - sx * sx / count;
                slope[i] = variance > 1e-12 * sxx ? (sxy - sx * sy / count) / variance : 0;
                offset[i] = (sy - slope[i] * sx) / count;
            }
        }
        return new Forecaster() {
            @Override
            public String name() {
                return "AR(1)";
            }

            @Override
            public void step(double[] state, double[] next) {
                for (int i = 0; i < n; i++) {
                    next[i] = slope[i] * state[i] + offset[i];
                }
            }
        };
    }

    /**
     * Residual ridge VAR(1): x[t+1] - x[t] from x[t] with an intercept, least squares + penalty * ||w||² (the intercept is free). Cost:
     * T n² + n³ / 3, and another n³ / 3 for each further pattern of missing frames.
     */
    public static Forecaster ridge(Activity train, double penalty) {
        Forecaster reader = persistence();
        return linear("ridge VAR(1)", 1, train, Forecasts.states(reader, train), penalty);
    }

    /**
     * Ridge VAR(1) on a state that an observer estimates, s[t] = gain x[t] + (1 - gain) s[t-1]: s[t+1] - s[t] from s[t]. Averaging
     * takes noise out of what is read off, and the regression out of what is learned.
     */
    public static Forecaster observedRidge(Activity train, double gain, double penalty) {
        double[] states = Forecasts.states(observer(gain), train);
        return linear("observer + ridge", gain, train, states, penalty);
    }

    private static Forecaster linear(String name, double gain, Activity train, double[] states, double penalty) {
        int n = train.neurons();
        int[] starts = train.windows(2, 1);
        // Neurons that lack the same targets share one factorization; without missing values that is all of them.
        Map<List<Integer>, int[]> patterns = new LinkedHashMap<>();
        for (int i = 0; i < n; i++) {
            int neuron = i;
            List<Integer> absent = Arrays.stream(starts)
                    .filter(t -> train.missing(t + 1, neuron))
                    .boxed()
                    .toList();
            patterns.merge(absent, new int[] {i}, (a, b) -> {
                int[] both = Arrays.copyOf(a, a.length + 1);
                both[a.length] = b[0];
                return both;
            });
        }
        double[] weights = new double[n * n];
        double[] offsets = new double[n];
        patterns.forEach((absent, neurons) -> {
            boolean[] left = new boolean[train.frames()];
            absent.forEach(t -> left[t] = true);
            int[] used = Arrays.stream(starts).filter(t -> !left[t]).toArray();
            if (used.length > 0) {
                solve(states, n, used, neurons, penalty, weights, offsets);
            }
        });
        return new Linear(name, gain, weights, offsets);
    }

    /** Least squares with a free intercept: centred, solved, and the intercept put back. */
    private static void solve(
            double[] states, int n, int[] starts, int[] targets, double penalty, double[] weights, double[] offsets) {
        int frames = starts.length;
        double[] means = new double[n];
        double[] changes = new double[targets.length];
        for (int t : starts) {
            for (int i = 0; i < n; i++) {
                means[i] += states[t * n + i] / frames;
            }
            for (int j = 0; j < targets.length; j++) {
                changes[j] += (states[(t + 1) * n + targets[j]] - states[t * n + targets[j]]) / frames;
            }
        }
        DMatrixRMaj inputs = new DMatrixRMaj(frames, n);
        DMatrixRMaj outputs = new DMatrixRMaj(frames, targets.length);
        for (int r = 0; r < frames; r++) {
            int t = starts[r];
            for (int i = 0; i < n; i++) {
                inputs.data[r * n + i] = states[t * n + i] - means[i];
            }
            for (int j = 0; j < targets.length; j++) {
                outputs.data[r * targets.length + j] =
                        states[(t + 1) * n + targets[j]] - states[t * n + targets[j]] - changes[j];
            }
        }
        DMatrixRMaj normal = new DMatrixRMaj(n, n);
        CommonOps_DDRM.multTransA(inputs, inputs, normal);
        for (int i = 0; i < n; i++) {
            normal.data[i * n + i] += penalty;
        }
        DMatrixRMaj right = new DMatrixRMaj(n, targets.length);
        CommonOps_DDRM.multTransA(inputs, outputs, right);
        var solver = LinearSolverFactory_DDRM.symmPosDef(n);
        if (!solver.setA(normal)) {
            throw new IllegalStateException("a ridge penalty of " + penalty + " leaves the normal equations singular");
        }
        DMatrixRMaj found = new DMatrixRMaj(n, targets.length);
        solver.solve(right, found);
        for (int j = 0; j < targets.length; j++) {
            double offset = changes[j];
            for (int i = 0; i < n; i++) {
                double w = found.data[i * targets.length + j];
                weights[targets[j] * n + i] = w;
                offset -= w * means[i];
            }
            offsets[targets[j]] = offset;
        }
    }

    /** next = s + W s + c, W by rows of targets. */
    private record Linear(String name, double gain, double[] weights, double[] offsets) implements Forecaster {
        @Override
        public void observe(double[] seen, double[] state) {
            correct(gain, seen, state);
        }

        @Override
        public void step(double[] state, double[] next) {
            step(state, next, 1);
        }

        /** Neuron by neuron, with rows innermost: each weight is read once for all of them. */
        @Override
        public void step(double[] states, double[] next, int rows) {
            int n = states.length / rows;
            double[] turned = new double[states.length];
            for (int r = 0; r < rows; r++) {
                for (int i = 0; i < n; i++) {
                    turned[i * rows + r] = states[r * n + i];
                }
            }
            double[] sums = new double[rows];
            for (int i = 0; i < n; i++) {
                for (int r = 0; r < rows; r++) {
                    sums[r] = turned[i * rows + r] + offsets[i];
                }
                for (int j = 0; j < n; j++) {
                    addScaled(weights[i * n + j], turned, j * rows, sums);
                }
                for (int r = 0; r < rows; r++) {
                    next[r * n + i] = sums[r];
                }
            }
        }

        private static void addScaled(double weight, double[] from, int at, double[] to) {
            for (int r = 0; r < to.length; r++) {
                to[r] += weight * from[at + r];
            }
        }
    }
}
