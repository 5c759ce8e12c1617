package dev.meso.runtime.motif;

import dev.meso.runtime.graph.Wiring;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A pattern made ready for one graph: the order in which variables are bound, and at each level what the earlier ones
 * say about its candidates.
 *
 * <p>The order minimizes the expected work by dynamic programming over sets of variables. A set has expected number of
 * partial matches n^size times the densities of the relations inside it (as if they were independent), and binding one
 * more variable costs, for each partial match, its shortest row.
 */
final class SearchPlan {
    /** Row of the neuron bound at {@code level}; {@code slot} numbers the constraints of the plan. */
    record Constraint(int level, Rows rows, int slot) {}

    /** Neurons (not) within hops of the neuron bound at {@code level}. */
    record Distance(int level, ReachRows rows, boolean absent) {}

    /**
     * @param variable what is bound at this level
     * @param inside rows the candidates must be in
     * @param outside rows the candidates must not be in
     * @param mask bits of the candidates, or null where all are
     * @param above levels whose neuron has a smaller index
     * @param below levels whose neuron has a larger index
     * @param distinct levels whose neuron must be excluded explicitly
     * @param conditions decided at this level
     */
    record Level(
            int variable,
            List<Constraint> inside,
            List<Constraint> outside,
            List<Distance> distances,
            long[] mask,
            int[] above,
            int[] below,
            int[] distinct,
            List<Pattern.Condition> conditions) {}

    final Wiring graph;
    final Pattern pattern;
    final List<Level> levels = new ArrayList<>();
    final int slots;

    /** From this level on, the variables are interchangeable: only the number of candidates counts. */
    final int twinsFrom;

    /** Whether some variable has no candidate at all. */
    final boolean impossible;

    private final Relation[][] relations;
    private final Map<Relation, Rows> rows = new HashMap<>();
    private final Map<List<Object>, ReachRows> reaches = new HashMap<>();
    private final long[][] masks;
    private final double[] share;

    SearchPlan(Wiring graph, Pattern pattern) {
        this.graph = graph;
        this.pattern = pattern;
        int size = pattern.size();
        relations = new Relation[size][size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                relations[a][b] = a == b ? null : relation(a, b);
            }
        }
        masks = new long[size][];
        share = new double[size];
        for (int v = 0; v < size; v++) {
            masks[v] = mask(pattern.masks(v));
            share[v] = masks[v] == null ? 1 : cardinality(masks[v]) / Math.max(1.0, graph.n());
        }
        impossible = graph.n() < size || Arrays.stream(share).anyMatch(s -> s == 0) || anyEmptyRelation();
        int[] order = impossible ? new int[0] : order();
        int used = 0;
        for (int i = 0; i < order.length; i++) {
            Level level = level(order, i, used);
            used += level.inside().size() + level.outside().size();
            levels.add(level);
        }
        slots = used;
        twinsFrom = twins();
    }

    private Relation relation(int a, int b) {
        Set<Mask> there = new HashSet<>();
        Set<Mask> back = new HashSet<>();
        Set<Mask> notThere = new HashSet<>();
        Set<Mask> notBack = new HashSet<>();
        for (Pattern.Edge e : pattern.edges()) {
            collect(e, a, b, there, back);
        }
        for (Pattern.Edge e : pattern.absent()) {
            collect(e, a, b, notThere, notBack);
        }
        return new Relation(weakest(there), weakest(back), notThere, notBack);
    }

    private static void collect(Pattern.Edge e, int a, int b, Set<Mask> there, Set<Mask> back) {
        if (e.from() == a && e.to() == b) {
            there.add(e.mask());
        }
        if (e.from() == b && e.to() == a) {
            back.add(e.mask());
        }
    }

    /** Without the mask that holds for all, where there are others. */
    private static Set<Mask> weakest(Set<Mask> masks) {
        if (masks.size() > 1) {
            masks.remove(Mask.ALL);
        }
        return masks;
    }

    private long[] mask(List<Mask> all) {
        if (all.isEmpty()) {
            return null;
        }
        long[] bits = new long[(graph.n() + 63) / 64];
        for (int v = 0; v < graph.n(); v++) {
            int neuron = v;
            if (all.stream().allMatch(m -> m.holds(neuron))) {
                bits[v >> 6] |= 1L << v;
            }
        }
        return bits;
    }

    private static long cardinality(long[] bits) {
        long sum = 0;
        for (long word : bits) {
            sum += Long.bitCount(word);
        }
        return sum;
    }

    private boolean anyEmptyRelation() {
        for (int a = 0; a < pattern.size(); a++) {
            for (int b = a + 1; b < pattern.size(); b++) {
                if (relations[a][b].requires() && rows(relations[a][b]).items.length == 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private Rows rows(Relation relation) {
        return rows.computeIfAbsent(relation, r -> Rows.of(graph, r));
    }

    private ReachRows reach(Pattern.Reach r, boolean forward) {
        Relation step = new Relation(Set.of(r.mask()), Set.of(), Set.of(), Set.of());
        Rows single = rows(forward ? step : step.turned());
        return reaches.computeIfAbsent(List.of(single, r.hops()), k -> new ReachRows(single, r.hops()));
    }

    // ---- order ------------------------------------------------------------------------------------------------

    private int[] order() {
        int size = pattern.size();
        double[][] density = new double[size][size];
        double[][] length = new double[size][size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                estimate(a, b, density, length);
            }
        }
        double[] matches = new double[1 << size];
        double[] best = new double[1 << size];
        int[] last = new int[1 << size];
        matches[0] = 1;
        for (int set = 1; set < 1 << size; set++) {
            int top = 31 - Integer.numberOfLeadingZeros(set);
            int rest = set & ~(1 << top);
            matches[set] = matches[rest] * graph.n() * share[top];
            for (int b = 0; b < top; b++) {
                if ((rest >> b & 1) != 0) {
                    matches[set] *= density[top][b];
                }
            }
            best[set] = Double.POSITIVE_INFINITY;
            for (int v = 0; v < size; v++) {
                if ((set >> v & 1) == 0) {
                    continue;
                }
                int before = set & ~(1 << v);
                double work = best[before] + matches[before] * (1 + shortest(before, v, length));
                if (work < best[set]) {
                    best[set] = work;
                    last[set] = v;
                }
            }
        }
        int[] order = new int[size];
        for (int i = size - 1, set = (1 << size) - 1; i >= 0; i--) {
            order[i] = last[set];
            set &= ~(1 << order[i]);
        }
        return order;
    }

    /** Chance that a pair satisfies what is said about a and b, and the expected row of b's candidates given a. */
    private void estimate(int a, int b, double[][] density, double[][] length) {
        double n = graph.n();
        density[a][b] = 1;
        length[a][b] = n;
        if (a == b) {
            return;
        }
        if (relations[a][b].requires()) {
            Rows r = rows(relations[a][b]);
            density[a][b] = r.items.length / (n * n);
            length[a][b] = r.items.length / n;
        }
        for (Pattern.Reach r : pattern.reaches()) {
            if (!r.absent() && (r.from() == a && r.to() == b || r.from() == b && r.to() == a)) {
                density[a][b] *= Math.min(1, Math.pow(graph.m() / n, r.hops()) / n);
            }
        }
        if (pattern.symmetry().smallerThan(a).contains(b)
                || pattern.symmetry().smallerThan(b).contains(a)) {
            density[a][b] /= 2;
        }
    }

    /** Expected steps to list the candidates of v: its shortest row, else the words of a bit set. */
    private double shortest(int before, int v, double[][] length) {
        double shortest = graph.n() / 64.0 + graph.n() * share[v];
        for (int a = 0; a < pattern.size(); a++) {
            if ((before >> a & 1) != 0) {
                shortest = Math.min(shortest, length[a][v]);
            }
        }
        return shortest;
    }

    // ---- levels -----------------------------------------------------------------------------------------------

    private Level level(int[] order, int i, int used) {
        int v = order[i];
        List<Constraint> inside = new ArrayList<>();
        List<Constraint> outside = new ArrayList<>();
        List<Distance> distances = new ArrayList<>();
        List<Integer> above = new ArrayList<>();
        List<Integer> below = new ArrayList<>();
        List<Integer> distinct = new ArrayList<>();
        int slot = used;
        for (int p = 0; p < i; p++) {
            int u = order[p];
            Relation relation = relations[u][v];
            if (relation.requires()) {
                inside.add(new Constraint(p, rows(relation), slot++));
            } else {
                for (Relation no : relation.forbidden()) {
                    outside.add(new Constraint(p, rows(no), slot++));
                }
            }
            for (Pattern.Reach r : pattern.reaches()) {
                if (r.from() == u && r.to() == v || r.from() == v && r.to() == u) {
                    distances.add(new Distance(p, reach(r, r.from() == u), r.absent()));
                }
            }
            if (pattern.symmetry().smallerThan(v).contains(u)) {
                above.add(p);
            } else if (pattern.symmetry().smallerThan(u).contains(v)) {
                below.add(p);
            } else if (!relation.requires()) {
                distinct.add(p);
            }
        }
        return new Level(
                v, inside, outside, distances, masks[v], ints(above), ints(below), ints(distinct), decided(order, i));
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    private List<Pattern.Condition> decided(int[] order, int i) {
        Set<Integer> bound = new HashSet<>();
        for (int p = 0; p <= i; p++) {
            bound.add(order[p]);
        }
        return pattern.conditions().stream()
                .filter(c -> c.variables().contains(order[i]) && bound.containsAll(c.variables()))
                .toList();
    }

    /** The first level from which on all candidates are the same and ordered among themselves. */
    private int twins() {
        int from = levels.size() - 1;
        while (from > 0 && twinsFrom(from - 1)) {
            from--;
        }
        return from;
    }

    private boolean twinsFrom(int from) {
        Level first = levels.get(from);
        for (int i = from + 1; i < levels.size(); i++) {
            Level next = levels.get(i);
            boolean ordered = within(next.above(), from).length + within(next.below(), from).length == i - from;
            boolean same = Arrays.equals(before(next.above(), from), first.above())
                    && Arrays.equals(before(next.below(), from), first.below())
                    && Arrays.equals(next.distinct(), first.distinct())
                    && Arrays.equals(next.mask(), first.mask())
                    && sameRows(first.inside(), next.inside())
                    && sameRows(first.outside(), next.outside())
                    && first.distances().equals(next.distances())
                    && first.conditions().isEmpty()
                    && next.conditions().isEmpty();
            if (!ordered || !same) {
                return false;
            }
        }
        return true;
    }

    private static int[] within(int[] levels, int from) {
        return Arrays.stream(levels).filter(p -> p >= from).toArray();
    }

    private static int[] before(int[] levels, int from) {
        return Arrays.stream(levels).filter(p -> p < from).toArray();
    }

    private static boolean sameRows(List<Constraint> a, List<Constraint> b) {
        boolean same = a.size() == b.size();
        for (int i = 0; same && i < a.size(); i++) {
            same = a.get(i).level() == b.get(i).level()
                    && a.get(i).rows() == b.get(i).rows();
        }
        return same;
    }
}
