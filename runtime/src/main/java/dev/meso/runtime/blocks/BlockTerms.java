package dev.meso.runtime.blocks;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.nulls.Combinatorics;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * The parts of a block model's description length as a search needs them: looked up, and sorted by what they depend on. The
 * length is {@link #constant}, plus {@link #global} of the number of blocks, plus {@link #block} of each block, less ln k! of the
 * edges between each two blocks, less ln k! of the neurons of each kind (of one out-degree or one in-degree) in each block.
 */
final class BlockTerms {
    private final int n;
    private final int m;
    private final boolean degreeCorrected;
    private final Encoding encoding;
    private final double[] lnFactorial;
    private final double[] lnNext;
    private final int[] outKinds;
    private final int[] inKinds;
    private final double constant;
    private final DegreeHistograms histograms;
    private int kindCount;
    private double[] global = new double[0];

    BlockTerms(Wiring graph, boolean degreeCorrected, Encoding encoding) {
        this.n = graph.n();
        this.m = graph.m();
        this.degreeCorrected = degreeCorrected;
        this.encoding = encoding;
        int most = n + m + 1;
        this.lnFactorial = new double[most + 1];
        this.lnNext = new double[most + 1];
        for (int k = 1; k <= most; k++) {
            lnFactorial[k] = Combinatorics.lnFactorial(k);
            lnNext[k - 1] = Math.log(k);
        }
        this.outKinds = kinds(graph::outDegree);
        this.inKinds = kinds(graph::inDegree);
        this.histograms = DegreeHistograms.upTo(m, n);
        double sum = lnFactorial[n] + Math.log(n);
        for (int v = 0; degreeCorrected && v < n; v++) {
            sum -= lnFactorial[graph.outDegree(v)] + lnFactorial[graph.inDegree(v)];
        }
        this.constant = sum;
    }

    /** Numbers the degrees that several neurons have, from {@link #kindCount}; a degree that one neuron has never matters. */
    private int[] kinds(IntUnaryOperator degree) {
        int[] result = new int[n];
        Arrays.fill(result, -1);
        if (!degreeCorrected || encoding != Encoding.DISTRIBUTED) {
            return result;
        }
        int[] first = new int[m + 1];
        Arrays.fill(first, -1);
        for (int v = 0; v < n; v++) {
            int seen = first[degree.applyAsInt(v)];
            if (seen < 0) {
                first[degree.applyAsInt(v)] = v;
                continue;
            }
            if (result[seen] < 0) {
                result[seen] = kindCount++;
            }
            result[v] = result[seen];
        }
        return result;
    }

    /** Number of out-degrees and in-degrees that more than one neuron has. */
    int kindCount() {
        return kindCount;
    }

    /** The kind of each neuron's out-degree, -1 where no other neuron has it or the code does not ask. */
    int[] outKinds() {
        return outKinds;
    }

    /** The kind of each neuron's in-degree. */
    int[] inKinds() {
        return inKinds;
    }

    double constant() {
        return constant;
    }

    /** ln k! at k, up to the number of connections and of neurons. */
    double[] lnFactorials() {
        return lnFactorial;
    }

    /** ln (k + 1) at k. */
    double[] lnNext() {
        return lnNext;
    }

    /** What depends on the number of blocks alone: their sizes and the edges between them. */
    double global(int count) {
        if (count >= global.length) {
            double[] longer = new double[Math.max(count + 1, 2 * global.length)];
            for (int b = 1; b < longer.length; b++) {
                longer[b] = b <= n
                        ? Combinatorics.lnChoose(n - 1, b - 1) + Combinatorics.lnSequences(m, (long) b * b)
                        : Double.POSITIVE_INFINITY;
            }
            global = longer;
        }
        return global[count];
    }

    /** What a block of {@code size} neurons with these edge ends costs. */
    double block(int size, int out, int in) {
        if (!degreeCorrected) {
            return size == 0 ? 0 : (out + in) * lnNext[size - 1] - lnFactorial[size];
        }
        double ends = lnFactorial[out] + lnFactorial[in];
        if (encoding == Encoding.UNIFORM) {
            return ends + lnSequences(out, size) + lnSequences(in, size) - lnFactorial[size];
        }
        // The orders of the neurons within the block, ln size!, stand in the partition and in the degrees with opposite
        // signs.
        return ends + lnFactorial[size] + histograms.ln(out, size) + histograms.ln(in, size);
    }

    private double lnSequences(int sum, int length) {
        return length == 0 ? 0 : lnFactorial[sum + length - 1] - lnFactorial[sum] - lnFactorial[length - 1];
    }
}
