package dev.meso.runtime.nulls;

import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.task.Monitor;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The stochastic block model, microcanonical: all simple directed graphs with the observed number of connections from each block of neurons
 * to each block alike, whichever neurons have them (Holland, Laskey and Leinhardt, Social Networks 5, 1983).
 */
record SBM(String name, Blocks blocks) implements NullModel {
    @Override
    public List<String> preserves() {
        return List.of(blocks.statistic());
    }

    @Override
    public String space() {
        return "simple directed graphs with the number of connections from each to each of " + blocks.describe()
                + ", all alike";
    }

    @Override
    public Sampler sampler(Observed observed, Options options, long seed, Monitor monitor) {
        int[] edges = blocks.edges(observed);
        return new FreshSampler(observed, false, () -> new Drawing(blocks, edges, observed.m()));
    }

    /**
     * For each two blocks as many of the ordered pairs of neurons as there are connections, without replacement: Floyd's method
     * (Bentley and Floyd 1987). Cost linear in m and the number of cells.
     */
    private static final class Drawing implements FreshSampler.Draw {
        private final int[] sizes;
        private final int[] edges;
        private final int[][] members;
        private final int[] pre;
        private final int[] post;
        private final LongOpenHashSet taken = new LongOpenHashSet();

        Drawing(Blocks blocks, int[] edges, int m) {
            this.sizes = blocks.partition().sizes();
            this.edges = edges;
            this.members = new int[sizes.length][];
            this.pre = new int[m];
            this.post = new int[m];
            int[] filled = new int[sizes.length];
            Arrays.setAll(members, r -> new int[sizes[r]]);
            for (int v = 0; v < blocks.of().length; v++) {
                int r = blocks.of()[v];
                members[r][filled[r]++] = v;
            }
        }

        @Override
        public void into(Sample sample, RandomGenerator random, Monitor monitor) {
            int m = 0;
            for (int cell = 0; cell < edges.length; cell++) {
                m = cell(cell / sizes.length, cell % sizes.length, m, random, monitor);
            }
            sample.set(m, pre, post, null);
        }

        private int cell(int r, int s, int at, RandomGenerator random, Monitor monitor) {
            int wanted = edges[r * sizes.length + s];
            if (wanted == 0) {
                return at;
            }
            taken.clear();
            long row = sizes[s] - (r == s ? 1 : 0);
            long places = sizes[r] * row;
            int m = at;
            for (int e = 0; e < wanted; e++) {
                if ((m & FreshSampler.CHECK_MASK) == 0) {
                    monitor.checkpoint();
                }
                long last = places - wanted + e;
                long place = random.nextLong(last + 1);
                if (!taken.add(place)) {
                    place = last;
                    taken.add(place);
                }
                int u = (int) (place / row);
                int v = (int) (place % row);
                pre[m] = members[r][u];
                post[m++] = members[s][r == s && v >= u ? v + 1 : v];
            }
            return m;
        }
    }

    @Override
    public Optional<double[]> expectedDyads(Observed observed) {
        return Optional.of(new BlockChances(blocks, blocks.edges(observed)).dyads());
    }

    @Override
    public Optional<double[]> expectedTriads(Observed observed) {
        return blocks.count() > BlockChances.MOST_BLOCKS
                ? Optional.empty()
                : Optional.of(new BlockChances(blocks, blocks.edges(observed)).triads());
    }

    @Override
    public Optional<Partition> partition(Observed observed) {
        return Optional.of(blocks.partition());
    }

    @Override
    public DescriptionLength descriptionLength(Observed observed) {
        int count = blocks.count();
        int[] edges = blocks.edges(observed);
        double data = 0;
        for (int r = 0; r < count; r++) {
            for (int s = 0; s < count; s++) {
                data += Combinatorics.lnChoose(blocks.pairs(r, s), edges[r * count + s]);
            }
        }
        return DescriptionLength.exact(
                data,
                blocks.cost() + Combinatorics.lnSequences(observed.m(), count * count),
                "ln prod C(n_rs, e_rs) for e_rs connections among the n_rs ordered pairs from block r to block s; ln C(m+B^2-1, B^2-1) for the block "
                        + "counts" + (blocks.known() ? "; the blocks are taken as known" : Blocks.COST_FORMULA));
    }
}
