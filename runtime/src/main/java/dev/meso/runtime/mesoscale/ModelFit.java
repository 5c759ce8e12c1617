package dev.meso.runtime.mesoscale;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.recording.Baselines;
import dev.meso.runtime.recording.Drift;
import dev.meso.runtime.recording.Forecaster;
import dev.meso.runtime.recording.Forecasts;
import dev.meso.runtime.recording.Scaling;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Fits a model: staged start, training by gradients, decision of switches and assignment, polish, and a report beside the baselines. Restarts
 * from several seeds are independent tasks; the shortest description is kept.
 */
public final class ModelFit {
    /** Width and steps of the small networks of the staged start. */
    private static final int START_WIDTH = 32;

    private static final int START_STEPS = 3000;
    private static final double START_RATE = 0.02;
    private static final int SIZE_WITHOUT_RANK = 4;
    private static final double LEAST_KNOWN = 1e-9;

    private final Problem problem;
    private final FitOptions options;
    private final Watch watch = new Watch();
    private final Parallel parallel;
    private final Scaling scaling;
    private final Activity train;
    private final Activity test;
    private final Behavior behavior;
    private final Checkpoint checkpoint;
    private StagedStart start;
    private StagedFit staged;
    private Training training;

    /**
     * What is fitted.
     *
     * @param activity in the units of the recording
     * @param behavior of the frames of {@code activity}, or null
     */
    public record Problem(
            ModelSpec spec, ModelStructure structure, Activity activity, Behavior behavior, LossTerms loss) {}

    private ModelFit(Problem problem, FitOptions options, Path directory, int threads) {
        this.problem = problem;
        this.options = options;
        this.parallel = new Parallel(threads, watch);
        this.checkpoint = directory == null ? null : new Checkpoint(directory, problem, options);
        Activity.Split split = problem.activity.split(options.split());
        scaling = Scaling.of(split.train());
        train = scaling.standardize(split.train());
        test = scaling.standardize(split.test());
        behavior = problem.behavior == null
                ? null
                : problem.behavior.part(problem.activity.recordings(), options.split(), true);
    }

    /**
     * Fits from each seed and keeps the shortest description. Several seeds run in parallel, each on one thread.
     *
     * @param directory for checkpoints, continued where there are any of this model; null for none
     * @throws MesoException WRONG_VALUE where the data do not suffice, the loss touches nothing, or a term is not finite, with the term and epoch
     */
    public static FittedModel fit(
            Problem problem, FitOptions options, long[] seeds, Path directory, Parallel parallel) {
        return begun(problem, options, seeds, directory, parallel).fit;
    }

    /** A fit, and where it began. */
    public record Begun(FittedModel fit, ModelFit from) {}

    /** As {@link #fit}, for fits of other wirings that are to begin where this one did: {@link #again}. */
    public static Begun begun(Problem problem, FitOptions options, long[] seeds, Path directory, Parallel parallel) {
        List<ModelFit> fits = new ArrayList<>();
        for (long seed : seeds) {
            FitOptions own = options.with().seed(seed).build();
            fits.add(new ModelFit(problem, own, directory, seeds.length == 1 ? parallel.threads() : 1));
        }
        List<FittedModel> found = new FitRun(parallel).run(fits);
        fits.forEach(ModelFit::forget);
        FittedModel best = compared(shortest(found), fits.get(0).train, parallel);
        return new Begun(
                best,
                fits.get(IntStream.range(0, seeds.length)
                        .filter(i -> seeds[i] == best.report().seed())
                        .findFirst()
                        .orElseThrow()));
    }

    /** The same model and seed on another wiring of the same neurons, from the same start. */
    public static FittedModel again(Begun first, Problem other, Path directory, Parallel parallel) {
        ModelFit fit = new ModelFit(other, first.from.options, directory, parallel.threads());
        fit.prepareAs(first.from);
        return new FitRun(parallel).run(List.of(fit)).get(0);
    }

    /** With the similarity of its modules; a fit that is stopped meanwhile goes without. */
    private static FittedModel compared(FittedModel fit, Activity train, Parallel parallel) {
        try {
            return fit.with(fit.report().similar(ModuleSimilarity.of(fit, train, parallel)));
        } catch (RuntimeException | Error e) {
            if (!parallel.monitor().stopped(e)) {
                throw e;
            }
            return fit;
        }
    }

    /**
     * Fits one model on many structures that differ in their wiring only, in parallel, each on one thread. All have the same seed and the
     * same staged start, which sees places and not wiring.
     *
     * @param make problem i; asked for in order on the caller's thread, a few at a time
     * @param done is told of each fit, in order on the caller's thread
     * @throws dev.meso.runtime.task.CancelledException where asked to stop before all are fitted
     */
    public static void alike(
            int count, IntFunction<Problem> make, FitOptions options, Parallel parallel, Consumer<FittedModel> done) {
        new FitRun(parallel).alike(count, i -> new ModelFit(make.apply(i), options, null, 1), done);
    }

    private static FittedModel shortest(List<FittedModel> fits) {
        FittedModel best = null;
        List<FitReport.Restart> restarts = new ArrayList<>();
        for (FittedModel fit : fits) {
            if (fit != null) {
                FitReport report = fit.report();
                restarts.addAll(report.restarts());
                boolean shorter = best == null
                        || report.length().total() < best.report().length().total();
                best = shorter ? fit : best;
            }
        }
        return best.with(best.report().after(restarts));
    }

    /** The errors of the baselines of a problem on its test part; see {@link FitReport#errors}. */
    List<Forecasts.Error[]> baselines(Parallel threads) {
        double gain = problem.spec.observed() ? problem.spec.gain() : Baselines.GAIN;
        List<Forecaster> all = new ArrayList<>(Baselines.all(train, gain));
        all.add(Baselines.leak(train, problem.spec.observed() ? gain : 1, problem.spec.drift(), options.ahead()));
        List<Forecasts.Error[]> errors = new ArrayList<>();
        for (Forecaster one : all) {
            errors.add(Forecasts.errors(one, train, test, horizon(), threads));
        }
        return errors;
    }

    /** No further ahead than the test part reaches. */
    private int horizon() {
        int longest = 0;
        for (int s = 0; s + 1 < test.bounds().length; s++) {
            longest = Math.max(longest, test.bounds()[s + 1] - test.bounds()[s]);
        }
        return Math.min(options.horizon(), longest - 1);
    }

    // ---- one seed ---------------------------------------------------------------------------------------------

    /** Who is asked from here on whether to stop. */
    void watch(Monitor monitor) {
        watch.to = monitor;
    }

    /** Finds where training begins, unless it is given or a checkpoint knows more. */
    void prepare() {
        if (start != null
                || options.start() == FitOptions.Start.COMPONENTS
                || checkpoint != null && checkpoint.size() > 0) {
            return;
        }
        double gain = problem.spec.observed() ? problem.spec.gain() : 1;
        StagedStart.Options how = new StagedStart.Options(
                problem.spec.menu().rank(),
                options.restarts(),
                START_WIDTH,
                START_STEPS,
                START_RATE,
                gain,
                options.seed());
        Activity seen = train.split(1 - options.validation()).train();
        Activity relative = Drift.of(seen, problem.spec.drift()).relative();
        start = new StagedStart(relative, problem.structure.fields(), how, parallel);
        staged = start.fit(problem.spec.modules());
    }

    /** Begins where another fit of the same fields, activity and seed does. */
    void prepareAs(ModelFit other) {
        start = other.start;
        staged = other.staged;
    }

    /** Lets go of what only training needs. */
    void forget() {
        training = null;
    }

    /** Makes the program. Terms of the loss are called now, so this is for the caller's thread. */
    void build() {
        int rank = problem.spec.menu().rank();
        int known = checkpoint == null ? 0 : checkpoint.size();
        int size = known > 0 ? known : start != null ? start.rank() : rank == 0 ? SIZE_WITHOUT_RANK : rank;
        training =
                new Training(problem.spec, problem.structure, size, train, behavior, problem.loss, options, parallel);
    }

    FittedModel run(List<Forecasts.Error[]> baselines) {
        if (checkpoint != null && checkpoint.size() > 0) {
            checkpoint.restore(training);
        } else if (start == null) {
            training.start();
        } else {
            training.start(start, staged, parallel.monitor());
        }
        boolean stopped = false;
        long began = System.nanoTime();
        int first = training.epoch();
        try {
            while (options.epochs() > 0 && !training.finished()) {
                double[] means = training.step(parallel.monitor());
                progress(means, began, first);
                if (checkpoint != null) {
                    checkpoint.save(training, false);
                }
            }
        } catch (RuntimeException | Error e) {
            if (!parallel.monitor().stopped(e) || training.epoch() == 0) {
                throw e;
            }
            stopped = true;
        }
        if (checkpoint != null) {
            checkpoint.save(training, true);
        }
        if (!training.decided()) {
            training.decide();
        }
        training.keepBest();
        return finished(stopped, baselines);
    }

    private void progress(double[] means, long began, int first) {
        StringBuilder text =
                new StringBuilder("fit ").append(problem.spec.name()).append(':');
        List<String> terms = problem.loss.names();
        for (int t = 0; t < terms.size(); t++) {
            text.append(String.format(Locale.ROOT, " %s %.4g", terms.get(t), means[t]));
        }
        int total = training.expected();
        double each = (System.nanoTime() - began) / 1e9 / (training.epoch() - first);
        text.append(String.format(
                Locale.ROOT,
                ", validation %.4g, at most %s left, epoch",
                means[terms.size()],
                duration(each * Math.max(0, total - training.epoch()))));
        parallel.monitor().progress(text.toString(), Math.min(training.epoch(), total), total);
    }

    private static String duration(double seconds) {
        long s = Math.round(seconds);
        return s < 120 ? s + " s" : s < 7200 ? (s + 30) / 60 + " min" : (s + 1800) / 3600 + " h";
    }

    // ---- the report -------------------------------------------------------------------------------------------

    private FittedModel finished(boolean stopped, List<Forecasts.Error[]> baselines) {
        FittedModel.Learned learned = new FittedModel.Learned(
                problem.spec,
                problem.structure,
                training.size(),
                behavior == null ? List.of() : behavior.names(),
                training.gated(),
                options.precision(),
                training.parameters().values().clone(),
                training.assignmentNow(),
                scaling,
                train.names(),
                medianStep(problem.activity));
        FittedModel bare = new FittedModel(learned, null);
        Forecaster model = bare.forecaster();
        Residuals before = Residuals.of(model, null, train, parallel.monitor());
        Residuals after = Residuals.of(model, train, test, parallel.monitor());
        List<Forecasts.Error[]> errors = new ArrayList<>();
        errors.add(Forecasts.errors(model, train, test, horizon(), parallel));
        errors.addAll(baselines);
        double[] explained = new double[train.neurons()];
        for (int i = 0; i < explained.length; i++) {
            explained[i] =
                    after.values[i] == 0 ? Double.NaN : 1 - after.wrong[i] / Math.max(LEAST_KNOWN, after.power[i]);
        }
        double[] byModule = new double[problem.spec.modules()];
        for (int b = 0; b < byModule.length; b++) {
            double wrong = 0;
            long values = 0;
            for (int v : bare.neurons(b)) {
                wrong += after.wrong[v];
                values += after.values[v];
            }
            byModule[b] = wrong / values;
        }
        DescriptionLength length = length(bare, before);
        FitReport report = new FitReport(
                problem.loss.names(),
                List.copyOf(training.history()),
                List.copyOf(errors),
                explained,
                byModule,
                length,
                training.rounding(),
                List.of(new FitReport.Restart(options.seed(), length.total(), errors.getFirst()[0].squared())),
                options.seed(),
                new int[] {train.frames(), test.frames()},
                stopped,
                FitReport.unknown(problem.spec.modules()));
        return bare.with(report);
    }

    /** Free parameters: rounded networks of modules in use, one way of the interfaces of assigned neurons, keeps, synapses, a learned gain. */
    private DescriptionLength length(FittedModel model, Residuals residuals) {
        ModelSpec spec = problem.spec;
        int n = train.neurons();
        int size = model.learned().size();
        long weights = 0;
        long shifts = 0;
        long parameters = 0;
        int[] pairs = new int[n];
        for (int b = 0; b < spec.modules(); b++) {
            int[] locations = model.locations(b);
            parameters += locations.length == 0 ? 0 : model.networkParameters(b);
            shifts += (long) locations.length * size;
        }
        for (int v = 0; v < n; v++) {
            if (model.place(v).module() >= 0) {
                weights += size;
                pairs[v] = problem.structure.fields().depth(v) * spec.modules();
            }
        }
        parameters += weights * (spec.menu().tied() ? 1 : 2) + shifts;
        parameters += spec.observed() || spec.residual() ? 1 : 0;
        parameters += spec.synapses() ? 2L * problem.structure.weights().length : 0;
        parameters += spec.learned() ? 1 : 0;
        double[] variances = new double[n];
        for (int i = 0; i < n; i++) {
            variances[i] = residuals.wrong[i] / Math.max(1, residuals.values[i]);
        }
        return DescriptionLength.of(variances, residuals.values, parameters, train.windows(2, 1).length, pairs);
    }

    /** Of each neuron one frame ahead: sums of squared errors and of squares, and the number of values. */
    private record Residuals(double[] wrong, double[] power, long[] values) {
        static Residuals of(Forecaster model, Activity before, Activity activity, Monitor monitor) {
            int n = activity.neurons();
            double[] states = Forecasts.states(model, before, activity);
            int width = n + model.memory();
            Residuals sums = new Residuals(new double[n], new double[n], new long[n]);
            int[] starts = activity.windows(2, 1);
            for (int from = 0; from < starts.length; from += Forecasts.TOGETHER) {
                monitor.checkpoint();
                int rows = Math.min(Forecasts.TOGETHER, starts.length - from);
                double[] now = new double[rows * width];
                for (int r = 0; r < rows; r++) {
                    System.arraycopy(states, starts[from + r] * width, now, r * width, width);
                }
                double[] next = new double[now.length];
                model.step(now, next, rows);
                for (int r = 0; r < rows; r++) {
                    sums.add(activity, starts[from + r] + 1, next, r * width);
                }
            }
            return sums;
        }

        private void add(Activity activity, int t, double[] predicted, int at) {
            for (int i = 0; i < wrong.length; i++) {
                if (!activity.missing(t, i)) {
                    double value = activity.value(t, i);
                    wrong[i] += (value - predicted[at + i]) * (value - predicted[at + i]);
                    power[i] += value * value;
                    values[i]++;
                }
            }
        }
    }

    /** Hands questions on to the monitor of whichever thread runs this fit. */
    private static final class Watch implements Monitor {
        private volatile Monitor to = Monitor.NONE;

        @Override
        public void checkpoint() {
            to.checkpoint();
        }

        @Override
        public boolean stopped(Throwable thrown) {
            return to.stopped(thrown);
        }

        @Override
        public void progress(String what, long done, long total) {
            to.progress(what, done, total);
        }
    }

    private static double medianStep(Activity activity) {
        double[] steps = Arrays.stream(activity.windows(2, 1))
                .mapToDouble(t -> activity.times()[t + 1] - activity.times()[t])
                .sorted()
                .toArray();
        if (steps.length == 0) {
            throw new MesoException(ErrorCode.WRONG_VALUE, "no recording has two frames");
        }
        return steps[steps.length / 2];
    }
}
