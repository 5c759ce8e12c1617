package dev.meso.runtime.nulls;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Samples of a null model of an observed graph. Nothing is drawn before it is asked for; sample {@code i} is the same
 * whenever, in whatever order and on however many threads it is drawn.
 *
 * <p>It can be serialized: what travels is the observed graph and the recipe, so (ensemble, i) is a task that any machine
 * can carry out with the same result. A machine walks to the hub once, which costs as much as one sample.
 */
public final class Ensemble implements Serializable {
    private static final long serialVersionUID = 1L;

    static final int HUB_STREAM = 0;
    private static final int SAMPLE_STREAM = 1;
    private static final int WALK_STREAM = 2;
    static final int TUNING_STREAM = 3;

    private final NullModel model;
    private final String name;
    private final Observed observed;
    private final Options options;
    private final int size;
    private final long seed;

    /** The seed of this model's streams, so that two models under one seed are sampled independently. */
    private final long ownSeed;

    private final transient ConcurrentLinkedQueue<Sampler.Workspace> idle = new ConcurrentLinkedQueue<>();
    private transient Sampler sampler;

    private Ensemble(NullModel model, String name, Observed observed, Options options, int size, long seed) {
        this.model = model;
        this.name = name;
        this.observed = observed;
        this.options = options;
        this.size = size;
        this.seed = seed;
        this.ownSeed = Streams.seed(seed, model.name());
    }

    /** {@link #of(NullModel, String, Observed, Options, int, long)} under the model's own name. */
    public static Ensemble of(NullModel model, Observed observed, Options options, int size, long seed) {
        return of(model, model.name(), observed, options, size, seed);
    }

    /**
     * @param name what results call the model
     * @param size number of samples, at least 1
     * @throws MesoException EMPTY_GRAPH where the graph has no connections; NO_SAMPLER where the graph or the options have autapses
     *     and the model or the options do not
     */
    public static Ensemble of(NullModel model, String name, Observed observed, Options options, int size, long seed) {
        if (size < 1) {
            throw new IllegalArgumentException("at least one sample, not " + size);
        }
        if (observed.n() < 2 || observed.m() == 0) {
            throw new MesoException(
                    ErrorCode.EMPTY_GRAPH,
                    "a null model needs two neurons and a connection at least, not " + observed,
                    "check the filters that led to it");
        }
        if ((options.autapses() || observed.autapses()) && !model.allowsAutapses()) {
            throw new MesoException(
                    ErrorCode.NO_SAMPLER,
                    name + " has no uniform sampler with autapses allowed",
                    "autapses may be allowed with: preserve degrees");
        }
        if (observed.autapses() && !options.autapses()) {
            throw new MesoException(
                    ErrorCode.NO_SAMPLER,
                    name + " has no autapses, but the graph it is compared with keeps them",
                    "compare null models that allow autapses apart from those that do not");
        }
        return new Ensemble(model, name, observed, options, size, seed);
    }

    /** What travels in place of an ensemble: everything but its workspaces. */
    private record Recipe(NullModel model, String name, Observed observed, Options options, int size, long seed)
            implements Serializable {
        private Object readResolve() {
            return of(model, name, observed, options, size, seed);
        }
    }

    private Object writeReplace() {
        return new Recipe(model, name, observed, options, size, seed);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("an ensemble travels as its recipe");
    }

    public NullModel model() {
        return model;
    }

    /** What results call the model. */
    public String name() {
        return name;
    }

    public Observed observed() {
        return observed;
    }

    public Options options() {
        return options;
    }

    /** Number of samples. */
    public int size() {
        return size;
    }

    public long seed() {
        return seed;
    }

    /** Sample {@code index}, drawn now. Cost: one sample, and once the way to the hub. */
    public Sample get(int index, Monitor monitor) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("sample " + index + " of " + size);
        }
        return with(monitor, workspace -> draw(workspace, index, monitor).copy());
    }

    /** Sees one sample; on any thread. */
    @FunctionalInterface
    public interface Visitor {
        /** {@code sample} is overwritten afterwards; {@code monitor} is for the thread it runs on. */
        void visit(int index, Sample sample, Monitor monitor);
    }

    /** Draws samples {@code from .. to-1}, each once, in parallel, in no particular order. */
    public void forEach(int from, int to, String what, Parallel parallel, Visitor visitor) {
        prepare(parallel.monitor());
        parallel.forEach(
                to - from,
                what,
                (piece, monitor) -> with(monitor, workspace -> {
                    visitor.visit(from + piece, draw(workspace, from + piece, monitor), monitor);
                    return null;
                }));
    }

    /**
     * A walk along one chain from the hub, seen every tenth of a sample's steps: what autocorrelation is estimated from. Where
     * samples are independent draws, so are these.
     */
    public void walk(int records, Monitor monitor, Visitor visitor) {
        with(monitor, workspace -> {
            var random = Streams.of(ownSeed, WALK_STREAM, 0);
            workspace.draw(Streams.of(ownSeed, WALK_STREAM, 1), monitor);
            for (int r = 0; r < records; r++) {
                visitor.visit(r, workspace.walk(random, monitor), monitor);
            }
            return null;
        });
    }

    /** How many times {@link #walk} is seen in the steps of one sample; 1 where samples are independent draws. */
    public double recordsPerSample(Monitor monitor) {
        return prepare(monitor) instanceof ChainSampler chain ? chain.recordsPerSample() : 1;
    }

    /** Whether samples come from a Markov chain. */
    public boolean chained(Monitor monitor) {
        return prepare(monitor).chained();
    }

    public Certificate certificate(Monitor monitor) {
        Sampler ready = prepare(monitor);
        ChainSampler chain = ready instanceof ChainSampler c ? c : null;
        return new Certificate(
                name,
                model.preserves(),
                options.autapses()
                        ? model.space().replace("simple directed graphs", "directed graphs with autapses")
                        : model.space(),
                seed,
                chain != null,
                chain == null ? Double.NaN : options.stepsPerEdge(),
                chain == null ? Double.NaN : chain.acceptance(),
                chain == null ? Double.NaN : chain.penalty(),
                chain == null ? Double.NaN : chain.inSpace(),
                null,
                observed.merged(),
                observed.dropped());
    }

    private synchronized Sampler prepare(Monitor monitor) {
        if (sampler == null) {
            sampler = model.sampler(observed, options, ownSeed, monitor);
        }
        return sampler;
    }

    private Sample draw(Sampler.Workspace workspace, int index, Monitor monitor) {
        return workspace.draw(Streams.of(ownSeed, SAMPLE_STREAM, index), monitor);
    }

    private interface Use<T> {
        T in(Sampler.Workspace workspace);
    }

    /** Workspaces are as large as the graph, so they are handed on. One that failed half-way is not. */
    private <T> T with(Monitor monitor, Use<T> use) {
        Sampler ready = prepare(monitor);
        Sampler.Workspace free = idle.poll();
        Sampler.Workspace workspace = free == null ? ready.workspace() : free;
        T result = use.in(workspace);
        idle.add(workspace);
        return result;
    }
}
