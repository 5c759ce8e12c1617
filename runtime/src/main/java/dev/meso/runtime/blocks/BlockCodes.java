package dev.meso.runtime.blocks;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.nulls.Combinatorics;
import dev.meso.runtime.partition.Partition;
import java.util.Arrays;

/**
 * The microcanonical codes of directed block models (Peixoto 2017, Phys Rev E 95:012317), term by term. They count
 * multigraphs also where the graph is simple. All terms agree with graph-tool 2.45's {@code BlockState.entropy()}.
 */
public final class BlockCodes {
    private BlockCodes() {}

    /** The length with graph-tool's default description of degrees. */
    public static BlockCode of(Wiring graph, Partition partition, boolean degreeCorrected) {
        return of(graph, partition, degreeCorrected, Encoding.DISTRIBUTED);
    }

    /**
     * The length of {@code graph} given the partition, in nats. Cost: linear in connections, B log B, and for the
     * distributed degrees at most {@value DegreeHistograms#EXACT} times the largest block.
     *
     * @throws MesoException where a neuron is in no block or the partition is of other neurons
     */
    public static BlockCode of(Wiring graph, Partition partition, boolean degreeCorrected, Encoding encoding) {
        check(graph, partition);
        int[] block = partition.blocks();
        int[] size = partition.sizes();
        int count = partition.count();
        long[] out = new long[count];
        long[] in = new long[count];
        long[] pairs = new long[graph.m()];
        int e = 0;
        for (int v = 0; v < graph.n(); v++) {
            for (int i = graph.outStart()[v]; i < graph.outStart()[v + 1]; i++) {
                int w = graph.outTargets()[i];
                out[block[v]]++;
                in[block[w]]++;
                pairs[e++] = (long) block[v] * count + block[w];
            }
        }
        double adjacency = -sumOfLnFactorialsOfRuns(pairs);
        for (int r = 0; r < count; r++) {
            adjacency += degreeCorrected
                    ? Combinatorics.lnFactorial(out[r]) + Combinatorics.lnFactorial(in[r])
                    : (out[r] + in[r]) * Math.log(size[r]);
        }
        for (int v = 0; degreeCorrected && v < graph.n(); v++) {
            adjacency -= Combinatorics.lnFactorial(graph.outDegree(v)) + Combinatorics.lnFactorial(graph.inDegree(v));
        }
        double degrees = 0;
        if (degreeCorrected) {
            degrees = encoding == Encoding.UNIFORM ? uniform(size, out, in) : distributed(graph, partition, out, in);
        }
        return new BlockCode(
                encoding.title(),
                adjacency,
                degrees,
                partitionLength(graph.n(), size),
                Combinatorics.lnSequences(graph.m(), (long) count * count));
    }

    private static void check(Wiring graph, Partition partition) {
        if (partition.n() != graph.n()) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH, "a partition of " + partition.n() + " neurons for a graph of " + graph.n());
        }
        if (graph.n() == 0) {
            throw new MesoException(ErrorCode.EMPTY_GRAPH, "a block model needs neurons, and the graph has none");
        }
        for (int v = 0; v < graph.n(); v++) {
            if (partition.blocks()[v] < 0) {
                throw new MesoException(
                        ErrorCode.WRONG_VALUE,
                        "a block model needs every neuron in a block, and neuron " + v + " is in none");
            }
        }
    }

    /** ln of (n - 1 choose B - 1), the sizes; n! over the factorials of the sizes; and n, the number of blocks. */
    static double partitionLength(int n, int[] size) {
        double length = Combinatorics.lnChoose(n - 1, size.length - 1) + Combinatorics.lnFactorial(n) + Math.log(n);
        for (int s : size) {
            length -= Combinatorics.lnFactorial(s);
        }
        return length;
    }

    private static double uniform(int[] size, long[] out, long[] in) {
        double length = 0;
        for (int r = 0; r < size.length; r++) {
            length += Combinatorics.lnSequences(out[r], size[r]) + Combinatorics.lnSequences(in[r], size[r]);
        }
        return length;
    }

    private static double distributed(Wiring graph, Partition partition, long[] out, long[] in) {
        int[] size = partition.sizes();
        double length = histograms(size, out) + histograms(size, in);
        for (int s : size) {
            length += 2 * Combinatorics.lnFactorial(s);
        }
        // Neurons of one block with the same out-degree, and with the same in-degree.
        long[] outs = new long[graph.n()];
        long[] ins = new long[graph.n()];
        for (int v = 0; v < outs.length; v++) {
            outs[v] = (long) partition.blocks()[v] << 32 | graph.outDegree(v);
            ins[v] = (long) partition.blocks()[v] << 32 | graph.inDegree(v);
        }
        return length - sumOfLnFactorialsOfRuns(outs) - sumOfLnFactorialsOfRuns(ins);
    }

    /** The sum of ln of the numbers of degree histograms of all blocks, in one pass over the table. */
    private static double histograms(int[] size, long[] ends) {
        double length = 0;
        int largest = 0;
        Integer[] bySize = new Integer[size.length];
        for (int r = 0; r < size.length; r++) {
            bySize[r] = r;
            if (ends[r] <= DegreeHistograms.EXACT) {
                largest = (int) Math.max(largest, ends[r]);
            } else {
                length += DegreeHistograms.approximate((int) ends[r], size[r]);
            }
        }
        Arrays.sort(bySize, (a, b) -> Integer.compare(size[a], size[b]));
        double[] row = DegreeHistograms.firstRow(largest);
        int k = 1;
        for (int r : bySize) {
            if (ends[r] <= DegreeHistograms.EXACT) {
                while (k < size[r] && 2 * (k + 1) <= largest) {
                    DegreeHistograms.nextRow(row, ++k);
                }
                length += Math.log(row[(int) ends[r]]);
            }
        }
        return length;
    }

    private static double sumOfLnFactorialsOfRuns(long[] values) {
        Arrays.sort(values);
        double sum = 0;
        long run = 1;
        for (int i = 1; i <= values.length; i++) {
            if (i < values.length && values[i] == values[i - 1]) {
                run++;
            } else if (values.length > 0) {
                sum += Combinatorics.lnFactorial(run);
                run = 1;
            }
        }
        return sum;
    }
}
