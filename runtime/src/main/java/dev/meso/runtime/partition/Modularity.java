package dev.meso.runtime.partition;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.table.NumberColumn;
import java.util.Arrays;

/**
 * How many more connections lie inside blocks than the degrees alone lead one to expect. With A the wiring, m its sum, and
 * k_out, k_in its row and column sums,
 *
 * <pre>  Q = 1/m sum_ij [A_ij - resolution k_out_i k_in_j / m] over i, j in one block</pre>
 *
 * (Leicht and Newman 2008, Phys Rev Lett 100:118703; Reichardt and Bornholdt 2006 for the resolution). Without directions A is
 * first made symmetric, which gives the Q of Newman and Girvan 2004. A neuron in no block counts as a block of its own.
 */
public final class Modularity {
    /** For each neuron its partners, and what connects the two in both directions together, which is above 0. */
    final int[] start;

    final int[] partner;
    final double[] weight;
    final double[] out;
    final double[] in;
    final double total;
    private final double resolution;

    private Modularity(
            int[] start, int[] partner, double[] weight, double[] out, double[] in, double total, double resolution) {
        this.start = start;
        this.partner = partner;
        this.weight = weight;
        this.out = out;
        this.in = in;
        this.total = total;
        this.resolution = resolution;
    }

    /** Of the wiring: each connection counts 1; without directions each connected pair does. */
    public static Modularity of(Wiring wiring, boolean directed, double resolution) {
        return of(wiring, null, directed, resolution);
    }

    /**
     * Of the weights, those of parallel connections added; without directions those of both directions too.
     *
     * @throws MesoException NOT_A_NUMBER, WRONG_VALUE for a negative weight
     */
    public static Modularity weighted(Connectome graph, boolean directed, double resolution) {
        NumberColumn column = graph.simple().weights();
        double[] weights = new double[column.size()];
        for (int e = 0; e < weights.length; e++) {
            weights[e] = column.number(e);
            if (weights[e] < 0) {
                throw new MesoException(
                        ErrorCode.WRONG_VALUE,
                        "modularity needs weights of 0 or more, and one is " + weights[e],
                        "leave such connections out: g.connections(c => c.weight > 0)");
            }
        }
        return of(graph.wiring(), weights, directed, resolution);
    }

    /** @param weights in row order, or null where each connection counts 1 */
    private static Modularity of(Wiring wiring, double[] weights, boolean directed, double resolution) {
        if (!(resolution >= 0)) {
            throw new MesoException(ErrorCode.WRONG_VALUE, "the resolution must be 0 or more, not " + resolution);
        }
        int n = wiring.n();
        int[] start = new int[n + 1];
        int[] partner = new int[2 * wiring.m()];
        double[] weight = new double[partner.length];
        double[] out = new double[n];
        double[] in = new double[n];
        int[] place = weights == null ? null : placesOfInputs(wiring);
        int next = 0;
        for (int v = 0; v < n; v++) {
            int o = wiring.outStart()[v];
            int i = wiring.inStart()[v];
            int oEnd = wiring.outStart()[v + 1];
            int iEnd = wiring.inStart()[v + 1];
            while (o < oEnd || i < iEnd) {
                int a = o < oEnd ? wiring.outTargets()[o] : Integer.MAX_VALUE;
                int b = i < iEnd ? wiring.inSources()[i] : Integer.MAX_VALUE;
                int w = Math.min(a, b);
                double sends = a != w ? 0 : weights == null ? 1 : weights[o];
                double receives = b != w ? 0 : weights == null ? 1 : weights[place[i]];
                o += a == w ? 1 : 0;
                i += b == w ? 1 : 0;
                if (w == v || sends + receives == 0) {
                    continue;
                }
                if (!directed) {
                    sends = weights == null ? 1 : sends + receives;
                    receives = sends;
                }
                partner[next] = w;
                weight[next++] = sends + receives;
                out[v] += sends;
                in[v] += receives;
            }
            start[v + 1] = next;
        }
        double total = 0;
        for (double k : out) {
            total += k;
        }
        if (total == 0) {
            throw new MesoException(
                    ErrorCode.EMPTY_GRAPH, "the graph has no connections, so it has no modularity and no communities");
        }
        return new Modularity(
                start, Arrays.copyOf(partner, next), Arrays.copyOf(weight, next), out, in, total, resolution);
    }

    /** Where each entry of the rows of inputs stands among the connections in row order. */
    private static int[] placesOfInputs(Wiring wiring) {
        int[] places = new int[wiring.m()];
        int[] cursor = wiring.inStart().clone();
        for (int e = 0; e < places.length; e++) {
            places[cursor[wiring.outTargets()[e]]++] = e;
        }
        return places;
    }

    /** Number of neurons. */
    public int n() {
        return out.length;
    }

    /** What is expected between two, relative to {@code out x in}: resolution / m. */
    double expected() {
        return resolution / total;
    }

    /** The modularity of a partition; cost linear in n + m. */
    public double of(Partition partition) {
        int[] blocks = partition.blocks();
        double inside = 0;
        double alone = 0;
        double[] outs = new double[partition.count()];
        double[] ins = new double[partition.count()];
        for (int v = 0; v < blocks.length; v++) {
            if (blocks[v] < 0) {
                alone += out[v] * in[v];
                continue;
            }
            outs[blocks[v]] += out[v];
            ins[blocks[v]] += in[v];
            for (int k = start[v]; k < start[v + 1]; k++) {
                inside += blocks[partner[k]] == blocks[v] ? weight[k] : 0;
            }
        }
        double chance = alone;
        for (int b = 0; b < outs.length; b++) {
            chance += outs[b] * ins[b];
        }
        // Each connection was met from both of its ends.
        return inside / 2 / total - resolution * chance / total / total;
    }
}
