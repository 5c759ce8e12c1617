package dev.meso.bench;

import dev.meso.runtime.graph.Components;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.motif.Census;
import dev.meso.runtime.network.Clustering;
import dev.meso.runtime.network.Distances;
import dev.meso.runtime.network.RichClub;
import dev.meso.runtime.nulls.Ensemble;
import dev.meso.runtime.nulls.NullModels;
import dev.meso.runtime.nulls.Observed;
import dev.meso.runtime.nulls.Options;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.space.PairDistances;
import dev.meso.runtime.space.Positions;
import dev.meso.runtime.spectrum.RandomWalk;
import dev.meso.runtime.spectrum.Spectrum;
import dev.meso.runtime.stats.Comparison;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import dev.meso.runtime.topology.Cycles;
import dev.meso.runtime.topology.Homology;
import dev.meso.runtime.topology.Simplices;
import dev.meso.runtime.unit.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures everything that {@code docs/benchmarks.md} shows. */
public final class Measure {
    private static final int STEPS_PER_EDGE = 10;
    private static final int SAMPLES = 1000;

    /** Neurons that distances are measured from, by us and by the peer. */
    private static final int SOURCES = 2_589;

    private static final int PEER_SOURCES = 200;
    private static final int RICH_SAMPLES = 10;
    private static final int BLOCK_RUNS = 5;

    /** The graph without neurons that have no connection. */
    private static final String CONNECTED =
            """
            let ins = g.in_degrees
            let outs = g.out_degrees
            let ids = g.neurons[args[2]]
            g.subgraph(map(filter(0..g.n - 1, i => ins[i] + outs[i] > 0), i => ids[i]))
            """;

    private static final int PEER_BLOCK_RUNS = 3;

    /** Sizes over two decades. */
    private static final int[] SIZES = {1_000, 3_162, 10_000, 31_623, 100_000};

    private static final int CONNECTIONS_PER_NEURON = 20;

    /** The peers' names of patterns, and those of {@code bench/scripts/motifs.meso}. */
    private static final Map<String, String> PATTERNS = new TreeMap<>(
            Map.of("3-cycle", "cycle3", "feed-forward", "forward", "4-cycle", "cycle4", "diamond", "diamond"));

    private final Settings settings;
    private final Path root;
    private final Report report = new Report();
    private final Peers peers;
    private final Script script;

    private Measure(Settings settings, Path root) {
        this.settings = settings;
        this.root = root;
        this.peers = new Peers(settings.peers(), settings.python());
        this.script = new Script(root, "");
    }

    public static void main(String[] args) throws IOException, InterruptedException, RunnerException {
        Path root =
                Path.of(System.getProperty("meso.root", ".")).toAbsolutePath().normalize();
        Settings settings;
        try {
            settings = Settings.of(args, root);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        new Measure(settings, root).run();
    }

    private void run() throws IOException, InterruptedException, RunnerException {
        machine();
        large();
        ensemble();
        programs();
        motifs();
        blocks();
        growth();
        if (settings.kernels()) {
            kernels();
        }
        report.save(settings.out());
    }

    private void machine() throws IOException {
        Path cpus = Path.of("/proc/cpuinfo");
        String model = "unknown processor";
        if (Files.exists(cpus)) {
            model = Files.readAllLines(cpus).stream()
                    .filter(l -> l.startsWith("model name"))
                    .findFirst()
                    .map(l -> l.substring(l.indexOf(':') + 1).strip())
                    .orElse(model);
        }
        report.line(
                "%d cores of %s, %s %s, %s; %s.",
                Runtime.getRuntime().availableProcessors(),
                model,
                System.getProperty("java.vm.name"),
                System.getProperty("java.version"),
                System.getProperty("os.name"),
                settings.peers().isPresent() ? "peers in the same sitting" : "no peers");
    }

    private void large() throws IOException, InterruptedException {
        Path csv = settings.fly().orElse(root.resolve("bench/target/fly.csv"));
        if (settings.fly().isEmpty() && !Files.exists(csv)) {
            Graphs.write(Graphs.fly(), csv);
        }
        Wiring graph = Graphs.read(csv);
        report.heading(
                String.format(
                        Locale.ROOT, "A graph of the fly's size: %d neurons, %d connections", graph.n(), graph.m()),
                "work",
                "Meso",
                "peer",
                "ratio",
                "check");
        double start = script.median(3, "eval", "1+1").seconds();
        Script.Run load =
                script.median(3, "run", root.resolve("bench/scripts/load.meso").toString(), "--", csv.toString());
        report.row(
                "read the CSV into a graph, 1 GB of heap (whole script, less an empty one)",
                load.seconds() - start,
                Optional.empty(),
                load.printed());
        double cold = time(() -> Census.triads(graph, all()));
        Optional<Peers.Figure> census = peers.one("census", csv.toString());
        report.row("triad census, first call, all cores", cold, census, "");
        long[] counts = Census.triads(graph);
        report.row("triad census, warm, 1 core", median(5, () -> Census.triads(graph)), census, "030C " + counts[9]);
        report.row(
                "triad census, warm, all cores",
                median(5, () -> Census.triads(graph, all())),
                census,
                agrees(census, counts));
        Ensemble samples = Ensemble.of(NullModels.CFG, Observed.of(graph), new Options(STEPS_PER_EDGE, false), 100, 1);
        samples.get(0, Monitor.NONE);
        int[] next = {1};
        report.row(
                "one CFG sample, 10 steps per connection, 1 core",
                median(3, () -> samples.get(next[0]++, Monitor.NONE)),
                peers.one("rewire", csv.toString()),
                "");
        networks(graph, csv);
        topology(graph);
    }

    private void networks(Wiring graph, Path csv) throws IOException, InterruptedException {
        report.row(
                "strong components, warm, 1 core",
                median(5, () -> Components.strong(graph)),
                peers.one("components", csv.toString()),
                Components.strong(graph).count() + " components");
        int[] sources = Distances.sampleSources(graph.n(), SOURCES, 1);
        Optional<Peers.Figure> search = peers.one("bfs", csv.toString())
                .map(f -> new Peers.Figure(f.seconds() * SOURCES / PEER_SOURCES, f.check()));
        report.row(
                "distances from " + SOURCES + " neurons, first call, all cores (peer: " + PEER_SOURCES + ", scaled)",
                time(() -> Distances.from(graph, sources, true, all())),
                search,
                "");
        report.row(
                "the same, warm",
                median(3, () -> Distances.from(graph, sources, true, all())),
                search,
                "mean " + Distances.from(graph, sources, true, all()).mean());
        report.row(
                "the same, directions ignored",
                median(3, () -> Distances.from(graph, sources, false, all())),
                Optional.empty(),
                "");
        report.row(
                "mean distance of all pairs, all cores",
                time(() -> Distances.all(graph, true, all())),
                search.map(f -> new Peers.Figure(f.seconds() * graph.n() / SOURCES, "")),
                "");
        report.row(
                "clustering (transitivity) and reciprocity, all cores",
                median(
                        3,
                        () -> Clustering.of(graph, Clustering.Kind.UNDIRECTED, all()) + Connectome.reciprocity(graph)),
                Optional.empty(),
                "");
        report.row(
                "clustering of each neuron, all directed kinds, all cores",
                median(3, () -> Clustering.of(graph, Clustering.Kind.ALL, all())),
                Optional.empty(),
                "");
        report.row(
                "rich club against " + RICH_SAMPLES + " CFG samples, 20 steps per connection, all cores",
                time(() -> Comparison.of(
                        List.of(RichClub.of(graph, RichClub.Degree.TOTAL)),
                        List.of(Ensemble.of(NullModels.CFG, Observed.of(graph), Options.DEFAULT, RICH_SAMPLES, 1)),
                        all())),
                Optional.empty(),
                "");
    }

    private void topology(Wiring graph) {
        alone(
                "directed simplices, all dimensions, all cores",
                () -> Simplices.count(graph, Simplices.ALL, Simplices.MOST, all()));
        long memory = Runtime.getRuntime().maxMemory() / 2;
        alone("Betti numbers, all dimensions", () -> Homology.of(graph, Simplices.ALL, Simplices.MOST, memory, all()));
        alone("cycles of up to 5 neurons, all cores", () -> Cycles.count(graph, 5, Cycles.MOST, all()));
        alone(
                "10 eigenvalues of the largest modulus, all cores",
                () -> Spectrum.of(graph, null, Spectrum.Matrix.ADJACENCY, 10, all()));
        alone("PageRank, all cores", () -> RandomWalk.pageRank(graph, null, 0.85, all()));
        double[][] axes = new double[3][graph.n()];
        RandomGenerator random = Streams.of(1, 0, 0);
        for (double[] axis : axes) {
            Arrays.setAll(axis, v -> 500 * random.nextDouble());
        }
        PairDistances distances = new PairDistances(new Positions(axes[0], axes[1], axes[2], Unit.ONE), 10);
        alone("distances of all pairs of places in 87 bins, all cores", () -> distances.pairs(all()));
    }

    /** Work for which no peer is asked, once. */
    private void alone(String work, Supplier<?> kernel) {
        report.row(work, time(kernel), Optional.empty(), "");
    }

    private static String agrees(Optional<Peers.Figure> peer, long[] counts) {
        return peer.map(p ->
                        p.check().replaceAll("\\.0", "").equals(Arrays.toString(counts)) ? "the same 16 counts" : "")
                .orElse("");
    }

    private void ensemble() throws IOException, InterruptedException {
        report.heading(
                SAMPLES + " samples of the configuration model with their censuses",
                "work",
                "Meso",
                "peer",
                "ratio",
                "check");
        Optional<Path> cells = settings.data().map(d -> d.resolve("microns-pyc"));
        if (cells.isPresent()) {
            Wiring cortex = Cortex.read(cells.get());
            Optional<Peers.Figure> peer = peers.one("ensemble", cells.get().toString(), Integer.toString(SAMPLES));
            // The published chain takes 10^4 switches a sample.
            Options options = new Options(10_000.0 / cortex.m(), false);
            report.row(
                    "mouse cortex, 111 cells, 10^4 steps a sample, first call",
                    time(() -> censuses(cortex, options, all())),
                    peer,
                    "");
            report.row(
                    "the same, warm, 1 core", median(3, () -> censuses(cortex, options, Parallel.serial())), peer, "");
            report.row(
                    "the same, warm, all cores",
                    median(3, () -> censuses(cortex, options, all())),
                    peer,
                    "mean 030T " + censuses(cortex, options, all()).get(8) / (double) SAMPLES);
        }
        Wiring synthetic = Graphs.synthetic(302, 3_671);
        report.row(
                "302 neurons, 3,671 connections, 20 steps per connection, all cores",
                median(3, () -> censuses(synthetic, Options.DEFAULT, all())),
                Optional.empty(),
                "");
    }

    private static AtomicLongArray censuses(Wiring graph, Options options, Parallel parallel) {
        AtomicLongArray sums = new AtomicLongArray(16);
        Ensemble.of(NullModels.CFG, Observed.of(graph), options, SAMPLES, 1)
                .forEach(0, SAMPLES, null, parallel, (i, sample, monitor) -> {
                    long[] triads = sample.triads();
                    for (int t = 0; t < triads.length; t++) {
                        sums.addAndGet(t, triads[t]);
                    }
                });
        return sums;
    }

    private void programs() throws IOException, InterruptedException {
        report.heading("Whole programs", "work", "Meso", "Java", "ratio", "check");
        report.row("./meso eval '1+1'", script.median(5, "eval", "1+1").seconds(), Optional.empty(), "");
        Script.Run worm =
                script.median(3, "run", root.resolve("examples/worm.meso").toString());
        String[] lines = worm.printed().split("\n");
        report.row("./meso run examples/worm.meso", worm.seconds(), Optional.empty(), lines[lines.length - 1].strip());
        long few = 50_000_000;
        long many = 250_000_000;
        String loop = root.resolve("bench/scripts/loop.meso").toString();
        double guest = script.median(3, "run", loop, "--", Long.toString(many)).seconds()
                - script.median(3, "run", loop, "--", Long.toString(few)).seconds();
        Plain.loop(few);
        double java = median(3, () -> Plain.loop(many)) - median(3, () -> Plain.loop(few));
        report.row("a loop of 2 x 10^8 steps in a script", guest, Optional.of(new Peers.Figure(java, "")), "");
    }

    /** Degree-corrected blocks by description length: each run a search of its own on one thread, of neurons with a connection. */
    private void blocks() throws IOException, InterruptedException {
        if (settings.data().isEmpty()) {
            return;
        }
        report.heading(
                "Degree-corrected blocks by description length, one run (median of " + BLOCK_RUNS
                        + " seeds; the peer's of " + PEER_BLOCK_RUNS + ")",
                "graph",
                "Meso",
                "peer",
                "ratio",
                "check");
        for (String folder : List.of("celegans", "zebrafish-hindbrain")) {
            Path tables = settings.data().get().resolve(folder);
            String edges = tables.resolve("connections.csv").toString();
            Map<String, Peers.Figure> figures = peers.all("blocks", edges, Integer.toString(PEER_BLOCK_RUNS));
            double[] theirs = figures.values().stream()
                    .mapToDouble(Peers.Figure::seconds)
                    .sorted()
                    .toArray();
            Optional<Peers.Figure> peer = theirs.length == 0
                    ? Optional.empty()
                    : Optional.of(new Peers.Figure(theirs[theirs.length / 2], ""));
            try (Context context = context(folder, tables)) {
                Value graph = context.eval("meso", CONNECTED);
                Value fit =
                        context.eval("meso", "(graph, seed) => fit(graph, DCSBM, seed: seed).description_length.total");
                double[] seconds = new double[BLOCK_RUNS];
                double[] lengths = new double[BLOCK_RUNS];
                for (int run = 0; run < BLOCK_RUNS; run++) {
                    int seed = run + 1;
                    seconds[run] = time(
                            () -> lengths[seed - 1] = fit.execute(graph, seed).asDouble());
                }
                Arrays.sort(seconds);
                Arrays.sort(lengths);
                String best = figures.values().stream()
                        .map(f -> f.check().replaceAll("[^0-9.]*([0-9.]+) nats.*", "$1"))
                        .min(Comparator.comparingDouble(Double::parseDouble))
                        .map(f -> ", the peer's " + f)
                        .orElse("");
                report.row(
                        folder,
                        seconds[BLOCK_RUNS / 2],
                        peer,
                        String.format(Locale.ROOT, "best %.1f nats%s", lengths[0], best));
            }
        }
    }

    private Context context(String folder, Path tables) throws IOException {
        Context context = Context.newBuilder("meso")
                .allowIO(IOAccess.ALL)
                .option("engine.WarnInterpreterOnly", "false")
                .arguments("meso", new String[] {
                    tables.resolve("connections.csv").toString(),
                    tables.resolve("neurons.csv").toString(),
                    folder.equals("celegans") ? "name" : "id"
                })
                .build();
        context.eval(Source.newBuilder(
                        "meso", root.resolve("bench/scripts/motifs.meso").toFile())
                .build());
        return context;
    }

    private void motifs() throws IOException, InterruptedException {
        if (settings.data().isEmpty()) {
            return;
        }
        report.heading(
                "Motif queries: mappings, other connections allowed (first call; peers once)",
                "graph and pattern",
                "Meso",
                "peer",
                "ratio",
                "check");
        for (String folder : List.of("celegans", "zebrafish-hindbrain")) {
            Path tables = settings.data().get().resolve(folder);
            String edges = tables.resolve("connections.csv").toString();
            Map<String, Peers.Figure> figures = peers.all("motifs", edges);
            try (Context context = context(folder, tables)) {
                Value graph = context.eval("meso", "g");
                PATTERNS.forEach((label, motif) -> query(context, graph, folder, label, motif, figures));
            }
        }
    }

    private void query(
            Context context,
            Value graph,
            String folder,
            String label,
            String motif,
            Map<String, Peers.Figure> figures) {
        Value count = context.eval("meso", "graph => count(graph, " + motif + ", mappings: true)");
        long[] found = new long[1];
        double seconds = time(() -> found[0] = count.execute(graph).asLong());
        Optional<Peers.Figure> peer = Optional.ofNullable(figures.get("grandiso " + label));
        String check =
                peer.map(p -> p.check().equals(Long.toString(found[0])) ? "both " : "peer " + p.check() + ", ours ")
                                .orElse("")
                        + found[0];
        report.row(folder + ", " + label, seconds, peer, check);
    }

    private void growth() {
        report.heading(
                "Growth: 20 connections per neuron, 1 core",
                "neurons",
                "connections",
                "triad census",
                "per connection",
                "CFG sample of 10 steps per connection",
                "per step");
        for (int n : SIZES) {
            Wiring graph = Graphs.synthetic(n, CONNECTIONS_PER_NEURON * n);
            Ensemble samples =
                    Ensemble.of(NullModels.CFG, Observed.of(graph), new Options(STEPS_PER_EDGE, false), 100, 1);
            int[] next = {0};
            double census = median(7, () -> Census.triads(graph));
            double sample = median(5, () -> samples.get(next[0]++, Monitor.NONE));
            report.line(
                    "| %d | %d | %s | %.0f ns | %s | %.0f ns |",
                    n,
                    graph.m(),
                    Report.seconds(census),
                    1e9 * census / graph.m(),
                    Report.seconds(sample),
                    1e9 * sample / graph.m() / STEPS_PER_EDGE);
        }
    }

    private void kernels() throws RunnerException {
        report.heading("Kernels beside their plain twins (JMH, 1 core)", "kernel", "neurons", "time", "error");
        var options = new OptionsBuilder()
                .include(KernelBenchmark.class.getName())
                .jvmArgsAppend("-Xmx2g")
                .verbosity(VerboseMode.SILENT)
                .build();
        for (RunResult result : new Runner(options).run()) {
            var score = result.getPrimaryResult();
            report.line(
                    "| %s | %s | %.4f ms | %.4f ms |",
                    score.getLabel(), result.getParams().getParam("neurons"), score.getScore(), score.getScoreError());
        }
    }

    private static Parallel all() {
        return new Parallel(Runtime.getRuntime().availableProcessors(), Monitor.NONE);
    }

    private static double time(Supplier<?> work) {
        long start = System.nanoTime();
        Object result = work.get();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (result == null) {
            throw new IllegalStateException("nothing was computed");
        }
        return seconds;
    }

    private static double median(int runs, Supplier<?> work) {
        double[] times = new double[runs];
        for (int i = 0; i < runs; i++) {
            times[i] = time(work);
        }
        Arrays.sort(times);
        return times[runs / 2];
    }
}
