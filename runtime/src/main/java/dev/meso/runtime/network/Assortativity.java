package dev.meso.runtime.network;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.partition.Partition;

/**
 * Whether like connects to like. All are correlations over the connections pre -> post, between -1 and 1; NaN where one end
 * does not vary. Autapses do not count. Cost: linear in n + m.
 *
 * <p>Newman MEJ (2003). Mixing patterns in networks. Phys Rev E 67:026126; Foster JG, Foster DV, Grassberger P, Paczuski M (2010).
 * Edge direction and the structure of networks. PNAS 107:10815-10820 for the directed kinds.
 */
public final class Assortativity {
    private Assortativity() {}

    /** By degree: the correlation of the presynaptic neuron's in- or out-degree with the postsynaptic neuron's. */
    public static double degrees(Wiring wiring, boolean preIn, boolean postIn) {
        double[] pre = new double[wiring.n()];
        double[] post = new double[wiring.n()];
        for (int v = 0; v < pre.length; v++) {
            int loop = wiring.connects(v, v) ? 1 : 0;
            pre[v] = (preIn ? wiring.inDegree(v) : wiring.outDegree(v)) - loop;
            post[v] = (postIn ? wiring.inDegree(v) : wiring.outDegree(v)) - loop;
        }
        return correlation(wiring, pre, post);
    }

    /** By the number of partners, over pairs of partners, directions ignored. */
    public static double undirected(Wiring wiring) {
        Undirected graph = Undirected.of(wiring);
        double[] degree = new double[graph.n()];
        for (int v = 0; v < degree.length; v++) {
            degree[v] = graph.degree(v);
        }
        return correlation(graph.start(), graph.neighbours(), degree, degree);
    }

    /** By a number of each neuron; connections with a NaN at an end are left out. */
    public static double numbers(Wiring wiring, double[] values) {
        return correlation(wiring, values, values);
    }

    /**
     * By label: (Σ eᵢᵢ - Σ aᵢ bᵢ) / (1 - Σ aᵢ bᵢ) with the share eᵢⱼ of connections from block i to block j, aᵢ the share that leaves block i
     * and bᵢ the share that arrives there: 1 where all stay inside blocks, 0 where ends are independent. Connections with an end in no block
     * are left out.
     */
    public static double blocks(Wiring wiring, Partition partition) {
        int[] block = partition.blocks();
        long[] from = new long[partition.count()];
        long[] to = new long[partition.count()];
        long inside = 0;
        long all = 0;
        for (int v = 0; v < wiring.n(); v++) {
            for (int e = wiring.outStart()[v]; e < wiring.outStart()[v + 1]; e++) {
                int w = wiring.outTargets()[e];
                if (v != w && block[v] >= 0 && block[w] >= 0) {
                    from[block[v]]++;
                    to[block[w]]++;
                    inside += block[v] == block[w] ? 1 : 0;
                    all++;
                }
            }
        }
        double byChance = 0;
        for (int b = 0; b < from.length; b++) {
            byChance += from[b] / (double) all * (to[b] / (double) all);
        }
        // Where one block has all connections, both are exactly 1.
        return byChance == 1 ? Double.NaN : (inside / (double) all - byChance) / (1 - byChance);
    }

    private static double correlation(Wiring wiring, double[] pre, double[] post) {
        return correlation(wiring.outStart(), wiring.outTargets(), pre, post);
    }

    /** Pearson's, in two passes: means first. */
    private static double correlation(int[] start, int[] targets, double[] pre, double[] post) {
        double sumPre = 0;
        double sumPost = 0;
        long count = 0;
        for (int v = 0; v + 1 < start.length; v++) {
            for (int e = start[v]; e < start[v + 1]; e++) {
                int w = targets[e];
                if (v != w && !Double.isNaN(pre[v]) && !Double.isNaN(post[w])) {
                    sumPre += pre[v];
                    sumPost += post[w];
                    count++;
                }
            }
        }
        double meanPre = sumPre / count;
        double meanPost = sumPost / count;
        double both = 0;
        double squaresPre = 0;
        double squaresPost = 0;
        for (int v = 0; v + 1 < start.length; v++) {
            for (int e = start[v]; e < start[v + 1]; e++) {
                int w = targets[e];
                if (v != w && !Double.isNaN(pre[v]) && !Double.isNaN(post[w])) {
                    double x = pre[v] - meanPre;
                    double y = post[w] - meanPost;
                    both += x * y;
                    squaresPre += x * x;
                    squaresPost += y * y;
                }
            }
        }
        double scale = Math.sqrt(squaresPre) * Math.sqrt(squaresPost);
        return scale == 0 ? Double.NaN : both / scale;
    }
}
