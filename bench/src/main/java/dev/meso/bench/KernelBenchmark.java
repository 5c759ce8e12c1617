package dev.meso.bench;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.motif.Census;
import dev.meso.runtime.network.Clustering;
import dev.meso.runtime.network.Distances;
import dev.meso.runtime.nulls.Blocks;
import dev.meso.runtime.nulls.Ensemble;
import dev.meso.runtime.nulls.Given;
import dev.meso.runtime.nulls.NullModels;
import dev.meso.runtime.nulls.Observed;
import dev.meso.runtime.nulls.Options;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The kernels on graphs of two sizes, each beside its plain twin, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {
    private static final int STEPS_PER_EDGE = 10;

    @Param({"100", "1000"})
    int neurons;

    private Wiring graph;
    private Ensemble ensemble;
    private Ensemble blocks;
    private int next;

    @Setup
    public void setUp() {
        graph = Graphs.synthetic(neurons, 12 * neurons);
        ensemble = Ensemble.of(
                NullModels.CFG, Observed.of(graph), new Options(STEPS_PER_EDGE, false), Integer.MAX_VALUE, 1);
        int[] labels = IntStream.range(0, neurons).map(v -> v % 10).toArray();
        Given given = new Given() {
            @Override
            public Blocks blocks() {
                return new Blocks(Partition.of(labels), "label", true);
            }
        };
        blocks = Ensemble.of(
                NullModels.preserving(List.of("degrees", "blocks")).with(given),
                Observed.of(graph),
                new Options(STEPS_PER_EDGE, false),
                Integer.MAX_VALUE,
                1);
    }

    @Benchmark
    public long[] census() {
        return Census.triads(graph);
    }

    @Benchmark
    public long[] censusPlain() {
        return Plain.triples(graph);
    }

    @Benchmark
    public Object sample() {
        return ensemble.get(next++, Monitor.NONE);
    }

    /** As {@link #sample}, with the connections between ten blocks kept too. */
    @Benchmark
    public Object sampleBlocks() {
        return blocks.get(next++, Monitor.NONE);
    }

    @Benchmark
    public long samplePlain() {
        return Plain.switches(graph, (long) STEPS_PER_EDGE * graph.m());
    }

    @Benchmark
    public double distances() {
        return Distances.all(graph, true, Parallel.serial()).mean();
    }

    @Benchmark
    public double distancesPlain() {
        return Plain.meanDistance(graph);
    }

    @Benchmark
    public double clustering() {
        return Clustering.of(graph, Clustering.Kind.ALL, Parallel.serial());
    }

    @Benchmark
    public double clusteringPlain() {
        return Plain.clustering(graph);
    }
}
