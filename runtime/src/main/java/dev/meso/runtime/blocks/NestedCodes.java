package dev.meso.runtime.blocks;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.nulls.Combinatorics;
import dev.meso.runtime.partition.Partition;
import java.util.List;

/**
 * The code of nested block models (Peixoto 2014, Phys Rev X 4:011047; 2017, Phys Rev E 95:012317, section V). The neurons are
 * described as in {@link BlockCodes}; the edges between their blocks are a multigraph, described by the blocks of these blocks, and so on up to
 * one block. Agrees level by level with graph-tool 2.45's {@code NestedBlockState.entropy()}.
 */
public final class NestedCodes {
    private NestedCodes() {}

    /** The name of the code: one for each way of describing the degrees. */
    public static String title(Encoding encoding) {
        return encoding == Encoding.DISTRIBUTED ? "nested" : "nested " + encoding.title();
    }

    /**
     * The length of {@code graph} given the hierarchy, in nats; all upper levels together are the term of the edges. Cost: that of
     * {@link BlockCodes}, and the square of the number of blocks.
     *
     * @param levels blocks of blocks: each has an entry for each block of the level below, and the last is one block. None are
     *     needed where {@code partition} is one block.
     * @throws MesoException where the levels do not fit together
     */
    public static BlockCode of(
            Wiring graph, Partition partition, List<Partition> levels, boolean degreeCorrected, Encoding encoding) {
        BlockCode flat = BlockCodes.of(graph, partition, degreeCorrected, encoding);
        double edges = 0;
        for (double level : levelLengths(graph, partition, levels)) {
            edges += level;
        }
        return new BlockCode(title(encoding), flat.adjacency(), flat.degrees(), flat.partition(), edges);
    }

    /** The lengths of the levels above the neurons, in nats. */
    public static double[] levelLengths(Wiring graph, Partition partition, List<Partition> levels) {
        long[] edges = edges(graph, partition);
        int n = partition.count();
        double[] lengths = new double[levels.size()];
        for (int l = 0; l < lengths.length; l++) {
            Partition level = levels.get(l);
            if (level.n() != n || level.missing() > 0) {
                throw new MesoException(
                        ErrorCode.WRONG_LENGTH,
                        "level " + (l + 1) + " puts " + (level.n() - level.missing())
                                + " blocks in blocks, and there are " + n);
            }
            long[] above = edges(edges, n, level.blocks(), level.count());
            lengths[l] = multigraph(above, level.sizes()) + BlockCodes.partitionLength(n, level.sizes());
            edges = above;
            n = level.count();
        }
        if (n != 1) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    "the top of a hierarchy is one block, and this one ends in " + n + " blocks");
        }
        return lengths;
    }

    /** ln of the number of ways to place the edges between blocks of these sizes, parallel ones being alike. */
    private static double multigraph(long[] edges, int[] size) {
        double length = 0;
        for (int r = 0; r < size.length; r++) {
            for (int s = 0; s < size.length; s++) {
                length += Combinatorics.lnSequences(edges[r * size.length + s], (long) size[r] * size[s]);
            }
        }
        return length;
    }

    /** The edges from block r to s at r B + s. */
    static long[] edges(Wiring graph, Partition partition) {
        int[] block = partition.blocks();
        int count = partition.count();
        long[] edges = new long[count * count];
        for (int v = 0; v < graph.n(); v++) {
            for (int i = graph.outStart()[v]; i < graph.outStart()[v + 1]; i++) {
                edges[block[v] * count + block[graph.outTargets()[i]]]++;
            }
        }
        return edges;
    }

    /** The edges between the blocks of a multigraph of n nodes. */
    static long[] edges(long[] nodes, int n, int[] block, int count) {
        long[] edges = new long[count * count];
        for (int v = 0; v < n; v++) {
            for (int w = 0; w < n; w++) {
                edges[block[v] * count + block[w]] += nodes[v * n + w];
            }
        }
        return edges;
    }
}
