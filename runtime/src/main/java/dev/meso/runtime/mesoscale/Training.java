package dev.meso.runtime.mesoscale;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.recording.Baselines;
import dev.meso.runtime.recording.Drift;
import dev.meso.runtime.recording.Forecaster;
import dev.meso.runtime.recording.Forecasts;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import dev.meso.runtime.tensor.Adam;
import dev.meso.runtime.tensor.ExponentiatedGradient;
import dev.meso.runtime.tensor.Gradients;
import dev.meso.runtime.tensor.Node;
import dev.meso.runtime.tensor.NotFinite;
import dev.meso.runtime.tensor.Objective;
import dev.meso.runtime.tensor.Optimizer;
import dev.meso.runtime.tensor.Options;
import dev.meso.runtime.tensor.Parameters;
import dev.meso.runtime.tensor.Ranges;
import dev.meso.runtime.tensor.Schedule;
import dev.meso.runtime.tensor.Sgd;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Training of a model by gradients, epoch by epoch. Its whole state is the parameters, the moments of the optimizers, the best
 * parameters so far and the number of epochs, so that {@link #save} and {@link #restore} continue with the same bits; the order of windows is
 * drawn from the seed and the number of the epoch.
 */
public final class Training {
    private static final int ORDER = 0x4F524445;
    private static final int START = 0x53544152;
    /** A softmax of numbers so far apart is 0 and 1 to the last bit. */
    private static final double CERTAIN = 400;

    private static final String ASSIGNMENT = "the assignment";
    private static final double BLOWN_UP = 1e6;
    private static final double SMALL = 1e-3;
    private static final int MAGIC = 0x4D45534F;
    private static final int FORMAT = 3;

    private final ModelSpec spec;
    private final ModelStructure structure;
    private final FitOptions options;
    /** The training part without its validation block. */
    private final Activity seen;

    /** The same with its slow baselines, and relative to them. */
    private final Drift recording;

    private final Activity train;
    /** 1 where a value of the training part is there, 0 where it is missing. */
    private final double[] present;

    private final Activity validation;
    private final Behavior behavior;
    private final int size;
    private final boolean gated;
    private final Parallel parallel;
    private final FieldLayout layout;
    private final ModelGraph graph;
    private final Parameters parameters;
    private final Objective objective;
    private final List<Optimizer> optimizers = new ArrayList<>();
    private final List<String> frozen = new ArrayList<>();
    private final int[] starts;
    private final int batch;
    private final double[] assignment;
    private double[] states;
    /** Lends its programs to those with other parameters. */
    private ModelForecaster forecaster;

    private int epoch;
    private boolean decided;
    private int decidedAt;
    private double[] rounding;
    private double[] best;
    private double bestError = Double.POSITIVE_INFINITY;
    private int bestEpoch;
    private final List<double[]> history = new ArrayList<>();

    /**
     * A training that is to be started ({@link #start}) or continued ({@link #restore}).
     *
     * @param size inputs and outputs of a module
     * @param train standardized; its last part validates
     * @param behavior of the frames of {@code train}, or null
     */
    public Training(
            ModelSpec spec,
            ModelStructure structure,
            int size,
            Activity train,
            Behavior behavior,
            LossTerms loss,
            FitOptions options,
            Parallel parallel) {
        this.spec = spec;
        this.structure = structure;
        this.size = size;
        this.behavior = behavior;
        this.options = options;
        this.parallel = parallel;
        gated = loss.names().stream().anyMatch(t -> loss.symbols(t).contains("mixture"));
        Activity.Split split = train.split(1 - options.validation());
        seen = split.train();
        recording = Drift.of(seen, spec.drift());
        this.train = recording.relative();
        int n = this.train.neurons();
        present = new double[this.train.frames() * n];
        Arrays.setAll(present, i -> this.train.missing(i / n, i % n) ? 0 : 1);
        validation = split.test();
        starts = this.train.windows(options.window() + 1, 1);
        if (starts.length == 0) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    "no recording has a training part of " + (options.window() + 1) + " frames, which a window of "
                            + options.window() + " needs",
                    "give a smaller `window`");
        }
        layout = FieldLayout.of(structure, spec.modules());
        batch = Math.min(options.batch(), Math.max(1, starts.length / options.window()));
        graph = new ModelGraph(
                spec,
                structure,
                size,
                batch,
                options.window(),
                options.ahead(),
                behavior == null ? 0 : behavior.classes(),
                loss,
                gated);
        parameters = Parameters.of(graph.graph);
        verifyTouched(loss);
        Map<String, Node> terms = new LinkedHashMap<>(graph.terms);
        Node total = terms.remove("loss");
        terms.put(ASSIGNMENT, graph.assignment);
        assignment = new double[graph.assignment.size()];
        objective = Objective.of(total, parameters, terms, new Options(options.precision(), parallel.threads(), true));
        makeOptimizers(Set.of());
    }

    /** A loss that no parameter of the modules has any effect on cannot be fitted. */
    private void verifyTouched(LossTerms loss) {
        for (Node node : parameters.nodes()) {
            if (Gradients.reaches(graph.terms.get("loss"), node)) {
                return;
            }
        }
        throw new MesoException(
                ErrorCode.WRONG_VALUE,
                "no term of the loss depends on what is learned: " + String.join(", ", loss.names()),
                "a term such as `mean((next - predicted)^2)` does");
    }

    /** The parameters, to be given starting values before the first epoch. */
    public Parameters parameters() {
        return parameters;
    }

    /** The networks of the modules. */
    ModuleNetwork network() {
        return graph.network;
    }

    // ---- optimizers -------------------------------------------------------------------------------------------

    private void makeOptimizers(Set<String> without) {
        optimizers.clear();
        frozen.clear();
        frozen.addAll(without);
        Set<String> mixing = Set.of(ModelGraph.LOGITS, ModelGraph.GATES, "context weights", "context scatter");
        Predicate<String> free = name -> !without.contains(name);
        if (options.alternate()) {
            optimizers.add(optimizer(ranges(n -> free.test(n) && mixing.contains(n))));
            optimizers.add(optimizer(ranges(n -> free.test(n) && !mixing.contains(n))));
        } else {
            optimizers.add(optimizer(ranges(free)));
        }
    }

    private Ranges ranges(Predicate<String> chosen) {
        return parameters.ranges(parameters.names().stream().filter(chosen).toArray(String[]::new));
    }

    private Optimizer optimizer(Ranges ranges) {
        // The rate falls to its end before the decision, and again after it.
        long steps = (long) (decided ? polish() : options.epochs()) * batches();
        Schedule schedule = Schedule.cosine(options.rate(), options.rate() / 100, steps);
        return switch (options.method()) {
            case ADAM -> new Adam(ranges, schedule);
            case SGD -> new Sgd(ranges, schedule, 0.9);
            case EXPONENTIATED -> new ExponentiatedGradient(ranges, schedule);
        };
    }

    private int batches() {
        return Math.max(1, starts.length / (batch * options.window()));
    }

    /** The assignment's temperature in an epoch: falls geometrically over the first half of the epochs; 1 once it is decided. */
    double temperature() {
        if (decided) {
            return 1;
        }
        if (options.start() == FitOptions.Start.STAGED) {
            return options.coldest();
        }
        double share = Math.min(1, 2.0 * epoch / Math.max(1, options.epochs()));
        return options.temperature() * Math.pow(options.coldest() / options.temperature(), share);
    }

    /** Whether the assignment is still getting colder: a better error may then be that of a warmer, vaguer one. */
    private boolean cooling() {
        return !decided && options.start() == FitOptions.Start.COMPONENTS && epoch <= options.epochs() / 2;
    }

    // ---- epochs -----------------------------------------------------------------------------------------------

    /** Whether there is nothing more to do: switches and assignment are decided and what is left is polished. */
    public boolean finished() {
        return decided && epoch >= decidedAt + polish();
    }

    /** Whether switches and assignment are due to be decided: all epochs done, or none better for as long as the patience. */
    private boolean due() {
        return !decided && (epoch >= options.epochs() || !cooling() && epoch - bestEpoch > options.patience());
    }

    /** Epochs after the decision. */
    private int polish() {
        return Math.max(1, options.epochs() / 5);
    }

    /** Whether switches and assignment are decided. */
    boolean decided() {
        return decided;
    }

    /** Epochs that this takes at most. */
    int expected() {
        return (decided ? decidedAt : options.epochs()) + polish();
    }

    /** Inputs and outputs of a module. */
    int size() {
        return size;
    }

    /** Whether the loss speaks of the mixture, so that pairs have gates. */
    boolean gated() {
        return gated;
    }

    /** Mean squared error of the validation block, as far ahead as the model is trained to see. */
    private double validationError() {
        double sum = 0;
        for (Forecasts.Error error : Forecasts.errors(forecaster(), seen, validation, options.ahead(), parallel)) {
            sum += error.squared() / options.ahead();
        }
        return sum;
    }

    /** Epochs done. */
    public int epoch() {
        return epoch;
    }

    /** One pass over the windows. Returns the mean of each term, in the order of the loss, and last the validation error. */
    public double[] step(Monitor monitor) {
        if (due()) {
            decide();
        }
        observed();
        System.arraycopy(assignmentNow(), 0, assignment, 0, assignment.length);
        RandomGenerator random = Streams.of(options.seed(), ORDER, epoch);
        int[] order = starts.clone();
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        List<String> names = new ArrayList<>(graph.terms.keySet());
        names.remove("loss");
        double[] means = new double[names.size() + 1];
        int batches = batches();
        for (int b = 0; b < batches; b++) {
            monitor.checkpoint();
            give(order, b * batch);
            double loss = objective.evaluate(monitor);
            if (!Double.isFinite(loss)) {
                throw diverged();
            }
            double[] gradient = objective.gradient();
            Optimizer.clip(gradient, options.clip());
            optimizers.get(epoch % optimizers.size()).step(parameters.values(), gradient);
            objective.program().get(ASSIGNMENT, assignment, 0);
            for (int t = 0; t < names.size(); t++) {
                means[t] += objective.program().number(names.get(t)) / batches;
            }
        }
        verifyBounded(names, means);
        epoch++;
        double error = validationError();
        means[names.size()] = error;
        history.add(means);
        if (error < bestError || best == null || cooling()) {
            bestError = error;
            bestEpoch = epoch;
            best = parameters.values().clone();
        }
        return means;
    }

    /** A term that is a million times what it was in the first epoch will not come back. */
    private void verifyBounded(List<String> names, double[] means) {
        for (int t = 0; t < names.size() && !history.isEmpty(); t++) {
            if (Math.abs(means[t]) > BLOWN_UP * Math.max(SMALL, Math.abs(history.get(0)[t]))) {
                throw diverged("the term " + names.get(t) + " became more than a million times what it was");
            }
        }
    }

    /** Copies the windows of a batch into the program's inputs. */
    private void give(int[] order, int from) {
        int steps = options.window();
        int rows = batch * steps;
        int[] starting = new int[batch];
        int[] now = new int[rows];
        int[] later = new int[rows];
        int[] origin = new int[rows];
        int classes = behavior == null ? 0 : behavior.classes();
        double[] label = new double[rows * classes];
        double[] labelled = new double[rows];
        for (int w = 0; w < batch; w++) {
            int at = order[from + w];
            // A learned gain estimates the states of a window from the one before it, under the gain declared.
            starting[w] = Arrays.binarySearch(train.bounds(), at) >= 0 ? at : at - 1;
            for (int t = 0; t < steps; t++) {
                int row = w * steps + t;
                now[row] = at + t;
                later[row] = at + t + 1;
                origin[row] = at + t - t % options.ahead();
                if (classes > 0 && behavior.labels()[at + t] >= 0) {
                    label[row * classes + behavior.labels()[at + t]] = 1;
                    labelled[row] = 1;
                }
            }
        }
        give(ModelGraph.TEMPERATURE, temperature());
        if (spec.menu().tied()) {
            give(ModelGraph.INVERSE, inverses());
        }
        give(ModelGraph.STATE, states, now);
        give(ModelGraph.START, states, starting);
        give(ModelGraph.SEEN, train.values(), now);
        give(ModelGraph.SEEN_KNOWN, present, now);
        give(ModelGraph.NEXT, next(later, origin));
        give(ModelGraph.NEXT_KNOWN, present, later);
        give(ModelGraph.BEHAVIOR, label);
        give(ModelGraph.BEHAVIOR_KNOWN, labelled);
    }

    /** What comes next is relative to the baseline that was known when the model was left to itself. */
    private double[] next(int[] later, int[] origin) {
        double[] next = rows(train.values(), later);
        double[] baseline = recording.baseline();
        int n = structure.n();
        for (int row = 0; spec.drift() > 0 && row < later.length; row++) {
            for (int i = 0; i < n; i++) {
                next[row * n + i] += baseline[later[row] * n + i] - baseline[origin[row] * n + i];
            }
        }
        return next;
    }

    /** Some frames of an array of frames x neurons. */
    private double[] rows(double[] all, int[] frames) {
        int n = structure.n();
        double[] some = new double[frames.length * n];
        for (int row = 0; row < frames.length; row++) {
            System.arraycopy(all, frames[row] * n, some, row * n, n);
        }
        return some;
    }

    private void give(String input, double[] all, int[] frames) {
        if (objective.program().reads(input)) {
            objective.program().set(input, rows(all, frames));
        }
    }

    private void give(String input, double... numbers) {
        if (objective.program().reads(input)) {
            objective.program().set(input, numbers);
        }
    }

    /** The loss of the first windows at the parameters as they stand. Changes nothing. */
    public double evaluate(Monitor monitor) {
        observed();
        System.arraycopy(assignmentNow(), 0, assignment, 0, assignment.length);
        give(starts, 0);
        return objective.evaluate(monitor);
    }

    /** The slope of the loss by each parameter where it was evaluated last; overwritten by the next evaluation. */
    public double[] gradient() {
        return objective.gradient();
    }

    private MesoException diverged() {
        NotFinite where = objective.program().firstNotFinite().orElse(null);
        return diverged(
                where == null
                        ? "the loss is not finite"
                        : (where.origin() == null ? "the model" : where.origin()) + " became " + where.value());
    }

    private MesoException diverged(String how) {
        return new MesoException(
                ErrorCode.WRONG_VALUE,
                "the fit of " + spec.name() + " diverged in epoch " + (epoch + 1) + ": " + how,
                "a smaller learning rate helps, such as `optimizer: "
                        + options.method().name().toLowerCase(Locale.ROOT) + "(rate: "
                        + Math.min(options.rate() / 10, 1e-2) + ")`");
    }

    /** The inverses that tied interfaces start an evaluation with, over the assignment of the last one. */
    private double[] inverses() {
        return Interfaces.inverses(parameters.get(ModelGraph.INTERFACE_OUT), assignment, layout, size);
    }

    /** The starting values: principal components, random networks, the leak of a model without modules. */
    public void start() {
        RandomGenerator random = Streams.of(options.seed(), START, 0);
        graph.network.start(parameters, random);
        observed();
        Interfaces.principal(parameters, structure, spec.modules(), size, train);
        // Broken ties, so that modules can differ.
        ModuleNetwork.fill(parameters, parameter(ModelGraph.LOGITS), 0.1, random);
        if (parameters.names().contains(ModelGraph.KEEP)) {
            parameters.set(
                    ModelGraph.KEEP, spec.residual() ? 1 : Baselines.keep(observed(), recording, options.ahead()));
        }
        startOthers(random);
    }

    /** The starting values: what a staged start found in the training part without its validation block. */
    void start(StagedStart start, StagedFit staged, Monitor monitor) {
        RandomGenerator random = Streams.of(options.seed(), START, 0);
        Interfaces.principal(parameters, structure, spec.modules(), size, train);
        WarmStart warm = new WarmStart(structure, spec.modules(), start, staged, observed());
        warm.connect(parameters);
        warm.distill(spec.menu(), Double.NaN, parameters, options.seed(), monitor);
        if (parameters.names().contains(ModelGraph.KEEP)) {
            parameters.set(
                    ModelGraph.KEEP, spec.residual() ? 1 : Baselines.keep(observed(), recording, options.ahead()));
        }
        startOthers(random);
        best = parameters.values().clone();
        bestError = validationError();
        if (parameters.names().contains(ModelGraph.KEEP) && spec.menu().tied()) {
            // Where modules of the start foretell less than no modules would, training begins at the latter.
            warm.distill(spec.menu(), parameters.get(ModelGraph.KEEP)[0], parameters, options.seed(), monitor);
            double error = validationError();
            if (error < bestError) {
                best = parameters.values().clone();
                bestError = error;
            } else {
                keepBest();
            }
        }
    }

    private double[] observed() {
        if (states == null) {
            states = spec.observed() ? Forecasts.states(Baselines.observer(spec.gain()), train) : train.values();
        }
        return states;
    }

    private void startOthers(RandomGenerator random) {
        if (spec.learned()) {
            double gain = Math.clamp(spec.gain(), 0.001, 0.999);
            parameters.set(ModelGraph.GAIN, Math.log(gain / (1 - gain)));
        }
        if (gated) {
            parameters.set(ModelGraph.GATES, 2);
        }
        if (spec.synapses()) {
            parameters.set("synapses before", structure.weights());
        }
        if (parameters.names().contains("context weights")) {
            double[] weights = parameters.get("context weights");
            Arrays.fill(weights, (double) structure.n() / Math.max(1, weights.length));
            parameters.set("context weights", weights);
        }
        if (behavior != null) {
            ModuleNetwork.fill(parameters, parameter("behavior weights"), 0.01, random);
        }
    }

    private Node parameter(String name) {
        return parameters.nodes().stream()
                .filter(node -> node.label().equals(name))
                .findFirst()
                .orElseThrow();
    }

    // ---- ends -------------------------------------------------------------------------------------------------

    /** Goes back to the best state so far. */
    public void keepBest() {
        if (best != null) {
            System.arraycopy(best, 0, parameters.values(), 0, best.length);
        }
    }

    /**
     * Goes back to the best state and decides what is open: every neuron belongs to its likeliest pair, every switch is on or off. They are not
     * trained from here on.
     */
    public void decide() {
        keepBest();
        double before = validationError();
        double[] soft = assignmentNow();
        double[] hard = new double[soft.length];
        Arrays.fill(hard, -CERTAIN);
        int[] likeliest = new int[structure.n()];
        Arrays.fill(likeliest, -1);
        int[] neurons = layout.neurons(structure.fields());
        for (int at = 0; at < soft.length; at++) {
            int v = neurons[at];
            if (v >= 0 && (likeliest[v] < 0 || soft[at] > soft[likeliest[v]])) {
                likeliest[v] = at;
            }
        }
        for (int at : likeliest) {
            if (at >= 0) {
                hard[at] = CERTAIN;
            }
        }
        parameters.set(ModelGraph.LOGITS, hard);
        Set<String> without = new LinkedHashSet<>(graph.network.switches());
        without.add(ModelGraph.LOGITS);
        if (parameters.names().contains("context scatter")) {
            parameters.set("context scatter", 0);
            without.add("context scatter");
            without.add("context weights");
        }
        graph.network.round(parameters);
        decided = true;
        decidedAt = epoch;
        double after = validationError();
        rounding = new double[] {before, after};
        makeOptimizers(without);
        best = parameters.values().clone();
        bestError = after;
        bestEpoch = epoch;
    }

    /** Validation error before and after the switches were decided; null before that. */
    public double[] rounding() {
        return rounding;
    }

    /** The assignment at the current temperature, of the places of all pairs. */
    double[] assignmentNow() {
        return graph.assignment(parameters, temperature());
    }

    /** The model as it stands, one frame at a time. */
    public Forecaster forecaster() {
        if (forecaster == null) {
            forecaster = new ModelForecaster(
                    spec.name(),
                    spec,
                    structure,
                    size,
                    behavior == null ? 0 : behavior.classes(),
                    gated,
                    parameters.values(),
                    temperature(),
                    new Options(options.precision(), 1, true));
            return forecaster;
        }
        return forecaster.with(parameters.values(), temperature());
    }

    /** What each epoch ended with; see {@link #step}. */
    public List<double[]> history() {
        return history;
    }

    // ---- checkpoints ------------------------------------------------------------------------------------------

    /** Writes everything that later epochs depend on. */
    public void save(DataOutput out) throws IOException {
        out.writeInt(MAGIC);
        out.writeInt(FORMAT);
        out.writeInt(epoch);
        out.writeInt(bestEpoch);
        out.writeBoolean(decided);
        out.writeInt(decidedAt);
        write(out, rounding == null ? new double[0] : rounding);
        out.writeDouble(bestError);
        write(out, parameters.values());
        write(out, best == null ? new double[0] : best);
        out.writeInt(frozen.size());
        for (String name : frozen) {
            out.writeUTF(name);
        }
        out.writeInt(optimizers.size());
        for (Optimizer optimizer : optimizers) {
            write(out, optimizer.state());
        }
        out.writeInt(history.size());
        for (double[] line : history) {
            write(out, line);
        }
    }

    /**
     * Continues from what {@link #save} wrote.
     *
     * @throws MesoException WRONG_FORMAT where it is none, of another version or of another model
     */
    public void restore(DataInput in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw unreadable("it is no checkpoint of Meso");
        }
        int format = in.readInt();
        if (format != FORMAT) {
            throw unreadable("it has format " + format + ", this version of Meso reads format " + FORMAT);
        }
        epoch = in.readInt();
        bestEpoch = in.readInt();
        decided = in.readBoolean();
        decidedAt = in.readInt();
        rounding = read(in);
        bestError = in.readDouble();
        double[] values = read(in);
        if (values.length != parameters.size()) {
            throw unreadable("it is of a model of " + values.length + " parameters, this one has " + parameters.size());
        }
        System.arraycopy(values, 0, parameters.values(), 0, values.length);
        best = read(in);
        best = best.length == 0 ? null : best;
        Set<String> without = new LinkedHashSet<>();
        for (int i = in.readInt(); i > 0; i--) {
            without.add(in.readUTF());
        }
        makeOptimizers(without);
        if (in.readInt() != optimizers.size()) {
            throw unreadable("it is of a fit with other options");
        }
        for (Optimizer optimizer : optimizers) {
            optimizer.restore(read(in));
        }
        history.clear();
        for (int i = in.readInt(); i > 0; i--) {
            history.add(read(in));
        }
    }

    private static MesoException unreadable(String why) {
        return new MesoException(ErrorCode.WRONG_FORMAT, "the checkpoint cannot be used: " + why);
    }

    private static void write(DataOutput out, double[] numbers) throws IOException {
        out.writeInt(numbers.length);
        for (double number : numbers) {
            out.writeDouble(number);
        }
    }

    private static double[] read(DataInput in) throws IOException {
        double[] numbers = new double[in.readInt()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.readDouble();
        }
        return numbers;
    }
}
