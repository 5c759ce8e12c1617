package dev.meso.runtime.topology;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.CancelledException;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;

/** Graphs whose topology is known, and random ones. */
public final class SmallGraphs {
    private SmallGraphs() {}

    /** i -> j where the predicate says so. */
    public static Wiring where(int n, BiPredicate<Integer, Integer> connected) {
        List<int[]> edges = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (connected.test(i, j)) {
                    edges.add(new int[] {i, j});
                }
            }
        }
        return Wiring.of(
                n,
                edges.stream().mapToInt(e -> e[0]).toArray(),
                edges.stream().mapToInt(e -> e[1]).toArray(),
                true);
    }

    /** Each ordered pair connected with probability p, autapses too. */
    public static Wiring random(int n, double p, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return where(n, (i, j) -> random.nextDouble() < p);
    }

    /** All connections, both ways. */
    public static Wiring full(int n) {
        return where(n, (i, j) -> !i.equals(j));
    }

    public static Wiring ring(int n) {
        return where(n, (i, j) -> j == (i + 1) % n);
    }

    /** The layers of {@code width} neurons each send to all later layers: a join of points. */
    public static Wiring layers(int layers, int width) {
        return where(layers * width, (i, j) -> i / width < j / width);
    }

    /** One thread that is stopped at this question whether to stop. */
    public static Parallel stoppedAt(int question) {
        return new Parallel(1, new Monitor() {
            private int asked;

            @Override
            public void checkpoint() {
                if (++asked == question) {
                    throw new CancelledException();
                }
            }
        });
    }

    /** Two graphs beside each other. */
    public static Wiring beside(Wiring a, Wiring b) {
        return where(
                a.n() + b.n(),
                (i, j) -> i < a.n() && j < a.n() && a.connects(i, j)
                        || i >= a.n() && j >= a.n() && b.connects(i - a.n(), j - a.n()));
    }
}
