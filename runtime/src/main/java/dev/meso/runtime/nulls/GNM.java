package dev.meso.runtime.nulls;

import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.task.Monitor;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Erdős and Rényi's random graph proper (1959): all simple directed graphs with exactly m connections alike. */
final class GNM implements NullModel {
    @Override
    public String name() {
        return "GNM";
    }

    @Override
    public List<String> preserves() {
        return List.of("edges");
    }

    @Override
    public String space() {
        return "simple directed graphs with exactly the observed number of connections, all alike";
    }

    @Override
    public Sampler sampler(Observed observed, Options options, long seed, Monitor monitor) {
        return new FreshSampler(observed, false, () -> new Drawing(observed.n(), observed.m()));
    }

    /** m of the N = n (n - 1) ordered pairs without replacement: Floyd's method (Bentley and Floyd 1987). Cost linear in m. */
    private static final class Drawing implements FreshSampler.Draw {
        private final int n;
        private final int[] pre;
        private final int[] post;
        private final LongOpenHashSet taken;

        Drawing(int n, int m) {
            this.n = n;
            this.pre = new int[m];
            this.post = new int[m];
            this.taken = new LongOpenHashSet(m);
        }

        @Override
        public void into(Sample sample, RandomGenerator random, Monitor monitor) {
            taken.clear();
            long places = n * (n - 1L);
            int m = pre.length;
            for (int e = 0; e < m; e++) {
                if ((e & FreshSampler.CHECK_MASK) == 0) {
                    monitor.checkpoint();
                }
                long last = places - m + e;
                long place = random.nextLong(last + 1);
                if (!taken.add(place)) {
                    place = last;
                    taken.add(place);
                }
                int u = (int) (place / (n - 1));
                int v = (int) (place % (n - 1));
                pre[e] = u;
                post[e] = v < u ? v : v + 1;
            }
            sample.set(m, pre, post, null);
        }
    }

    @Override
    public Optional<double[]> expectedDyads(Observed observed) {
        double pairs = observed.pairs();
        return Optional.of(new double[] {
            pairs * chance(observed, 0, 2), pairs * 2 * chance(observed, 1, 1), pairs * chance(observed, 2, 0)
        });
    }

    @Override
    public Optional<double[]> expectedTriads(Observed observed) {
        double[] expected = new double[TriadTypes.COUNT];
        for (int code = 0; code < 64; code++) {
            int there = Integer.bitCount(code);
            expected[TriadTypes.type(code)] += TriadTypes.triples(observed.n()) * chance(observed, there, 6 - there);
        }
        return Optional.of(expected);
    }

    /** The chance that given ordered pairs are connected and given others are not (hypergeometric). */
    private static double chance(Observed observed, int there, int absent) {
        double left = 2.0 * observed.pairs();
        double chance = 1;
        for (int i = 0; i < there; i++) {
            chance *= Math.max(0.0, observed.m() - i) / left--;
        }
        for (int i = 0; i < absent; i++) {
            chance *= Math.max(0, 2.0 * observed.pairs() - observed.m() - i) / left--;
        }
        return chance;
    }

    @Override
    public Optional<Partition> partition(Observed observed) {
        return Optional.of(Partition.of(new int[observed.n()]));
    }

    @Override
    public DescriptionLength descriptionLength(Observed observed) {
        return DescriptionLength.exact(
                Combinatorics.lnChoose(2 * observed.pairs(), observed.m()),
                0,
                "ln C(n(n-1), m), every graph with m connections alike");
    }
}
