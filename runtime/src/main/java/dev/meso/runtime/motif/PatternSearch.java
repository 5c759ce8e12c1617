package dev.meso.runtime.motif;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Finds and counts the matches of a pattern in a graph. Mappings that differ by a symmetry of the pattern are one match,
 * whose representative is the lexicographically smallest mapping.
 *
 * <p>Counts are exact or an error; no result depends on the number of threads. Patterns with conditions are searched on the
 * caller's thread alone. Patterns in several parts are searched as they are: their matches multiply.
 */
public final class PatternSearch {
    /** {@link #find} holds at most this many neurons: 256 MB. */
    private static final int MOST_FOUND = 1 << 26;

    private static final int PIECES = 512;

    /** Pieces searched before find looks whether it has enough; doubled each time. */
    private static final int FIRST_WAVE = 8;

    private final SearchPlan plan;
    private final Pattern pattern;
    private final Parallel parallel;
    private final Deque<Searcher> idle = new ConcurrentLinkedDeque<>();

    public PatternSearch(Wiring graph, Pattern pattern, Parallel parallel) {
        this.plan = new SearchPlan(graph, pattern);
        this.pattern = pattern;
        this.parallel = pattern.conditions().isEmpty() ? parallel : new Parallel(1, parallel.monitor());
    }

    /** The variables in the order in which the search binds them; empty where the pattern cannot match this graph. */
    public List<String> order() {
        return plan.levels.stream().map(l -> pattern.names().get(l.variable())).toList();
    }

    /**
     * Number of matches. Where a pattern only asks about the connections among three neurons, it is read off the census,
     * unless a pair is free: those are counted from degrees faster.
     *
     * @throws MesoException INTEGER_OVERFLOW where it is 2^63 or more
     */
    public long count() {
        Optional<long[]> perTriad = pattern.perTriad();
        if (perTriad.isPresent() && (pattern.induced() || pattern.joinedPairs() == 3)) {
            return sum(perTriad.get(), Census.triads(plan.graph, parallel));
        }
        int[] roots = roots();
        int pieces = Math.min(PIECES, roots.length);
        long[] part = new long[pieces];
        parallel.forEach(pieces, "motif", (p, monitor) -> {
            withSearcher(monitor, searcher -> {
                for (int r = bound(roots, p, pieces); r < bound(roots, p + 1, pieces); r++) {
                    part[p] = Searcher.add(part[p], searcher.count(roots[r]));
                }
            });
        });
        long sum = 0;
        for (long count : part) {
            sum = Searcher.add(sum, count);
        }
        return sum;
    }

    /**
     * Number of matches of a pattern in a graph with this census.
     *
     * @param perTriad that of {@link Pattern#perTriad}
     * @throws MesoException INTEGER_OVERFLOW
     */
    public static long sum(long[] perTriad, long[] census) {
        long sum = 0;
        for (int t = 0; t < census.length; t++) {
            if (perTriad[t] != 0 && census[t] > Long.MAX_VALUE / perTriad[t]) {
                throw Searcher.overflow();
            }
            sum = Searcher.add(sum, perTriad[t] * census[t]);
        }
        return sum;
    }

    /** Number of mappings of the variables to neurons: matches times symmetries. */
    public long mappings() {
        long count = count();
        if (Math.multiplyHigh(count, pattern.symmetries()) != 0 || count * pattern.symmetries() < 0) {
            throw Searcher.overflow();
        }
        return count * pattern.symmetries();
    }

    /**
     * The first matches in the order of the search, at most {@code limit}; the search ends once it has them. Row i of the
     * result holds the neurons in the order of the pattern's variables.
     *
     * @throws MesoException INTEGER_OVERFLOW where more matches would have to be held than fit memory
     */
    public int[][] find(long limit) {
        int[] roots = limit <= 0 ? new int[0] : roots();
        int pieces = Math.min(PIECES, roots.length);
        List<int[]> found = new ArrayList<>();
        for (int done = 0, wave = FIRST_WAVE; done < pieces && found.size() < limit; done += wave, wave *= 2) {
            int first = done;
            int count = Math.min(wave, pieces - done);
            long wanted = limit - found.size();
            List<List<int[]>> part = new ArrayList<>();
            for (int p = 0; p < count; p++) {
                part.add(new ArrayList<>());
            }
            parallel.forEach(count, null, (p, monitor) -> {
                withSearcher(monitor, searcher -> {
                    int from = bound(roots, first + p, pieces);
                    int to = bound(roots, first + p + 1, pieces);
                    for (int r = from; r < to && part.get(p).size() < wanted; r++) {
                        searcher.visit(roots[r], match -> keep(part.get(p), match, wanted));
                    }
                });
            });
            for (List<int[]> matches : part) {
                for (int i = 0; i < matches.size() && found.size() < limit; i++) {
                    keep(found, matches.get(i), limit);
                }
            }
        }
        return found.toArray(int[][]::new);
    }

    private static boolean keep(List<int[]> found, int[] match, long wanted) {
        if ((found.size() + 1L) * match.length > MOST_FOUND) {
            throw new MesoException(
                    ErrorCode.INTEGER_OVERFLOW,
                    "more than " + found.size() + " matches do not fit a table",
                    "give a limit, as in find(g, m, limit: 1000), or count them");
        }
        found.add(match.clone());
        return found.size() < wanted;
    }

    /**
     * Gives every match to {@code visitor} on the caller's thread, in the order of {@link #find}, until it answers false.
     * The array is reused from match to match.
     */
    public void forEach(Predicate<int[]> visitor) {
        int[] roots = roots();
        withSearcher(parallel.monitor(), searcher -> {
            for (int root : roots) {
                if (!searcher.visit(root, visitor::test)) {
                    return;
                }
            }
        });
    }

    /** {@code participation()[v]}: the number of matches that neuron v belongs to. */
    public long[] participation() {
        long[][] byVariable = representatives();
        long[] sums = new long[plan.graph.n()];
        for (long[] variable : byVariable) {
            addAll(sums, variable);
        }
        return sums;
    }

    /**
     * {@code participationByVariable()[x][v]}: the number of matches in which neuron v has the role of variable x.
     * Variables that a symmetry exchanges have the same role and the same numbers.
     */
    public long[][] participationByVariable() {
        long[][] byVariable = representatives();
        int[] roles = pattern.roles();
        for (int x = 0; x < roles.length; x++) {
            if (roles[x] != x) {
                addAll(byVariable[roles[x]], byVariable[x]);
                byVariable[x] = byVariable[roles[x]];
            }
        }
        return byVariable;
    }

    private long[][] representatives() {
        int[] roots = roots();
        int pieces = Math.min(PIECES, roots.length);
        Deque<long[][]> idleSums = new ConcurrentLinkedDeque<>();
        parallel.forEach(pieces, "motif", (p, monitor) -> {
            long[][] taken = idleSums.poll();
            long[][] sums = taken != null ? taken : new long[pattern.size()][plan.graph.n()];
            withSearcher(monitor, searcher -> {
                for (int r = bound(roots, p, pieces); r < bound(roots, p + 1, pieces); r++) {
                    searcher.participate(roots[r], sums);
                }
            });
            idleSums.push(sums);
        });
        long[][] total = new long[pattern.size()][plan.graph.n()];
        for (long[][] sums : idleSums) {
            for (int x = 0; x < total.length; x++) {
                addAll(total[x], sums[x]);
            }
        }
        return total;
    }

    private static void addAll(long[] sums, long[] more) {
        for (int v = 0; v < sums.length; v++) {
            sums[v] = Searcher.add(sums[v], more[v]);
        }
    }

    private int[] roots() {
        if (plan.impossible) {
            return new int[0];
        }
        int[][] roots = new int[1][];
        withSearcher(parallel.monitor(), searcher -> roots[0] = searcher.roots());
        return roots[0];
    }

    private static int bound(int[] roots, int piece, int pieces) {
        return (int) ((long) roots.length * piece / pieces);
    }

    private void withSearcher(Monitor monitor, Consumer<Searcher> work) {
        Searcher taken = idle.poll();
        Searcher searcher = taken != null ? taken : new Searcher(plan);
        searcher.watch(monitor);
        work.accept(searcher);
        idle.push(searcher);
    }

    @Override
    public String toString() {
        return pattern + ", searched in order " + String.join(", ", order()) + " in " + plan.graph;
    }
}
