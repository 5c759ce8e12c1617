package dev.meso.runtime.nulls;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.partition.Partition;
import java.io.Serializable;

/**
 * The blocks that a null model keeps apart: every neuron is in one.
 *
 * @param partition of the neurons
 * @param source what the declaration calls them: the name of a column, {@code partition: p}, {@code latent}
 * @param known whether they were known before the graph was, as the values of a column are; the code of a graph pays for
 *     those that were not
 */
public record Blocks(Partition partition, String source, boolean known) implements Serializable {
    /** More would need over 64 MB for the matrix of blocks in each thread. */
    public static final int MOST = 2000;

    /** How the cost of blocks that were not known is worded. */
    static final String COST_FORMULA = "; ln n + ln C(n-1, B-1) + ln (n! / prod n_r!) for the blocks themselves";

    /** What the declaration of latent blocks calls them. */
    public static final String LATENT = "latent";

    /**
     * @throws MesoException WRONG_VALUE for more than {@link #MOST} blocks
     * @throws IllegalArgumentException where a neuron is in no block
     */
    public Blocks {
        for (int b : partition.blocks()) {
            if (b == Partition.NONE) {
                throw new IllegalArgumentException("a neuron is in no block");
            }
        }
        if (partition.count() > MOST) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    "'" + source + "' has " + partition.count() + " blocks; a null model keeps up to " + MOST,
                    "each is to hold several neurons; is the column an id?");
        }
    }

    int count() {
        return partition.count();
    }

    /** The block of each neuron. */
    int[] of() {
        return partition.blocks();
    }

    /** Whether they were fitted to the observed graph. */
    public boolean fitted() {
        return source.equals(LATENT);
    }

    /** Ordered pairs of different neurons from block r to block s. */
    long pairs(int r, int s) {
        long size = partition.sizes()[r];
        return size * (partition.sizes()[s] - (r == s ? 1 : 0));
    }

    /** Connections from block r to block s, at {@code r * count + s}. */
    int[] edges(Observed observed) {
        int[] edges = new int[count() * count()];
        for (int e = 0; e < observed.m(); e++) {
            edges[of()[observed.pre()[e]] * count() + of()[observed.post()[e]]]++;
        }
        return edges;
    }

    /**
     * What it costs to say which neuron is in which block, in nats: the number of blocks, their sizes, and who is where (Peixoto 2017); 0
     * where they are known.
     */
    double cost() {
        if (known) {
            return 0;
        }
        int n = partition.n();
        double cost = Math.log(n) + Combinatorics.lnChoose(n - 1, count() - 1) + Combinatorics.lnFactorial(n);
        for (int size : partition.sizes()) {
            cost -= Combinatorics.lnFactorial(size);
        }
        return cost;
    }

    /** The statistic as a declaration writes it: {@code blocks(region)}. */
    String statistic() {
        return "blocks(" + source + ")";
    }

    /** What a certificate says of them. */
    String describe() {
        return fitted()
                ? count() + " blocks that were fitted to this very graph, so that p-values hold for these blocks given"
                : "the " + count() + " blocks of '" + source + "'";
    }
}
