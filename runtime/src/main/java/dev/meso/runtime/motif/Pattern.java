package dev.meso.runtime.motif;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A motif to search for: variables that stand for distinct neurons, and what must hold among them. Connections may be
 * required or forbidden, each only as far as it satisfies a mask; a neuron may have to be reached within some hops; variables
 * may be held to masks, and several together to conditions. In an induced pattern there are no other connections among the
 * variables than those drawn.
 *
 * <p>Immutable. Masks tie a pattern to one graph; without them it fits any.
 */
public final class Pattern {
    /** More variables than any motif needs; the planner keeps tables of 2^variables. */
    public static final int MOST_VARIABLES = 16;

    /** A connection that must ({@link #edges}) or must not ({@link #absent}) exist and satisfy {@code mask}. */
    public record Edge(int from, int to, Mask mask) {}

    /**
     * {@code to} can be reached from {@code from} by at most {@code hops} connections that satisfy {@code mask}, or cannot
     * where {@code absent}. The neurons in between are any.
     */
    public record Reach(int from, int to, int hops, Mask mask, boolean absent) {}

    /** A condition on several variables; {@code neurons} holds one neuron for each, in the order of the condition. */
    @FunctionalInterface
    public interface Test {
        boolean holds(int[] neurons);
    }

    /**
     * What a condition says once its variables are renamed: {@code renaming[v]} is the new name of variable v. Equal
     * objects mean equal conditions.
     */
    @FunctionalInterface
    public interface Key {
        Object renamed(int[] renaming);
    }

    /** Tests run on the caller's thread only, unless the search is told that they may run on any. */
    public record Condition(List<Integer> variables, Test test, Key key) {}

    private final List<String> names;
    private final List<Edge> edges;
    private final List<Edge> absent;
    private final List<Reach> reaches;
    private final List<List<Mask>> masks;
    private final List<Condition> conditions;
    private final boolean induced;
    private final Symmetry symmetry;

    private Pattern(Builder b) {
        names = List.copyOf(b.masks.keySet());
        edges = List.copyOf(b.edges);
        absent = List.copyOf(b.absent);
        reaches = List.copyOf(b.reaches);
        masks = b.masks.values().stream().map(List::copyOf).toList();
        conditions = List.copyOf(b.conditions);
        induced = b.induced;
        symmetry = new Symmetry(this);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Names of the variables, in order of declaration. */
    public List<String> names() {
        return names;
    }

    public int size() {
        return names.size();
    }

    public List<Edge> edges() {
        return edges;
    }

    /** The forbidden connections drawn; in an induced pattern also all that are not drawn. */
    public List<Edge> absent() {
        return absent;
    }

    public List<Reach> reaches() {
        return reaches;
    }

    /** Masks of a variable; all must hold. */
    public List<Mask> masks(int variable) {
        return masks.get(variable);
    }

    public List<Condition> conditions() {
        return conditions;
    }

    public boolean induced() {
        return induced;
    }

    /** In how many ways the pattern maps onto itself; so many mappings are one match. */
    public long symmetries() {
        return symmetry.order();
    }

    /**
     * The role of each variable: the first variable that some symmetry maps it to. Variables of one role cannot be told
     * apart.
     */
    public int[] roles() {
        return symmetry.roles();
    }

    /**
     * How many matches one triad of each kind holds, in the order of {@link Census#TRIADS}, where the pattern has three
     * variables and asks about nothing but their connections; empty otherwise. The number of matches in a graph is then
     * the sum of these times its census.
     */
    public Optional<long[]> perTriad() {
        boolean bare = size() == 3
                && reaches.isEmpty()
                && conditions.isEmpty()
                && masks.stream().allMatch(List::isEmpty)
                && edges.stream().allMatch(e -> e.mask().all())
                && absent.stream().allMatch(e -> e.mask().all());
        if (!bare) {
            return Optional.empty();
        }
        // Each graph on three labelled neurons is one mapping of the variables to one triad.
        long[] mappings = new long[16];
        long[] labelled = new long[16];
        for (int graph = 0; graph < 64; graph++) {
            int triad = TriadAlgebra.triadOf(graph);
            labelled[triad]++;
            int connections = graph;
            boolean matches = edges.stream().allMatch(e -> TriadAlgebra.connects(connections, e.from(), e.to()))
                    && absent.stream().noneMatch(e -> TriadAlgebra.connects(connections, e.from(), e.to()));
            mappings[triad] += matches ? 1 : 0;
        }
        long[] matches = new long[16];
        for (int t = 0; t < 16; t++) {
            // Of the 6 mappings to one triad, the share that matches is that among its labelled graphs.
            matches[t] = 6 * mappings[t] / labelled[t] / symmetries();
        }
        return Optional.of(matches);
    }

    /** Pairs of variables that some connection must join. */
    int joinedPairs() {
        return (int)
                edges.stream().map(e -> Set.of(e.from(), e.to())).distinct().count();
    }

    Symmetry symmetry() {
        return symmetry;
    }

    /** The drawing as text, with the number of symmetries. */
    public String describe() {
        List<String> clauses = new ArrayList<>();
        for (Edge e : edges) {
            clauses.add(names.get(e.from()) + " -> " + names.get(e.to()) + shown(e.mask()));
        }
        for (Reach r : reaches) {
            String arrow = r.absent() ? " !> " : " -> ";
            clauses.add(names.get(r.from()) + arrow + names.get(r.to()) + shown(r.mask()) + " within " + r.hops()
                    + " hops");
        }
        if (!induced) {
            for (Edge e : absent) {
                clauses.add(names.get(e.from()) + " !> " + names.get(e.to()) + shown(e.mask()));
            }
        }
        for (int v = 0; v < size(); v++) {
            for (Mask mask : masks.get(v)) {
                clauses.add("where " + names.get(v) + ": " + mask);
            }
        }
        for (Condition c : conditions) {
            String variables = c.variables().stream().map(names::get).collect(Collectors.joining(", "));
            clauses.add("where a condition on " + variables);
        }
        return (induced ? "induced { " : "{ ") + String.join("; ", clauses) + " }, symmetries: " + symmetries();
    }

    private static String shown(Mask mask) {
        return mask.all() ? "" : " [" + mask + "]";
    }

    @Override
    public String toString() {
        return describe();
    }

    /** Collects a pattern. Variables are indexes in order of declaration. */
    public static final class Builder {
        private final Map<String, List<Mask>> masks = new LinkedHashMap<>();
        private final Set<Edge> edges = new LinkedHashSet<>();
        private final Set<Edge> absent = new LinkedHashSet<>();
        private final Set<Reach> reaches = new LinkedHashSet<>();
        private final List<Condition> conditions = new ArrayList<>();
        private boolean induced;

        private Builder() {}

        /** Declares a variable and gives its index. */
        public int variable(String name) {
            if (masks.putIfAbsent(name, new ArrayList<>()) != null) {
                throw new IllegalArgumentException("variable " + name + " twice");
            }
            return masks.size() - 1;
        }

        public Builder edge(int from, int to) {
            return edge(from, to, Mask.ALL);
        }

        /** Requires a connection that satisfies {@code mask}, by connection in row order. */
        public Builder edge(int from, int to, Mask mask) {
            edges.add(new Edge(variable(from), different(from, to), mask));
            return this;
        }

        /** Requires connections in both directions. */
        public Builder mutual(int a, int b) {
            return edge(a, b).edge(b, a);
        }

        public Builder absent(int from, int to) {
            return absent(from, to, Mask.ALL);
        }

        /** Forbids a connection that satisfies {@code mask}. */
        public Builder absent(int from, int to, Mask mask) {
            absent.add(new Edge(variable(from), different(from, to), mask));
            return this;
        }

        public Builder within(int from, int to, int hops) {
            return within(from, to, hops, Mask.ALL);
        }

        /** Requires a path of at most {@code hops} connections, each satisfying {@code mask}. */
        public Builder within(int from, int to, int hops, Mask mask) {
            if (verifyHops(hops) == 1) {
                return edge(from, to, mask);
            }
            reaches.add(new Reach(variable(from), different(from, to), hops, mask, false));
            return this;
        }

        /** Forbids a path of at most {@code hops} connections, each satisfying {@code mask}. */
        public Builder notWithin(int from, int to, int hops, Mask mask) {
            if (verifyHops(hops) == 1) {
                return absent(from, to, mask);
            }
            reaches.add(new Reach(variable(from), different(from, to), hops, mask, true));
            return this;
        }

        /** Holds a variable to the neurons of {@code mask}. */
        public Builder only(int variable, Mask mask) {
            List<Mask> own = List.copyOf(masks.values()).get(variable(variable));
            if (!mask.all() && !own.contains(mask)) {
                own.add(mask);
            }
            return this;
        }

        /** A condition that is like no other. */
        public Builder condition(List<Integer> variables, Test test) {
            Object identity = new Object();
            return condition(
                    variables,
                    test,
                    renaming -> List.of(
                            identity, variables.stream().map(v -> renaming[v]).toList()));
        }

        /** A condition on distinct variables; {@code key} tells which renamings leave it as it is. */
        public Builder condition(List<Integer> variables, Test test, Key key) {
            variables.forEach(this::variable);
            conditions.add(new Condition(List.copyOf(variables), test, Objects.requireNonNull(key)));
            return this;
        }

        /** No other connections among the variables. */
        public Builder induced() {
            induced = true;
            return this;
        }

        /** @throws MesoException IMPOSSIBLE_MOTIF where two clauses contradict each other */
        public Pattern build() {
            if (masks.isEmpty() || masks.size() > MOST_VARIABLES) {
                throw new MesoException(
                        ErrorCode.IMPOSSIBLE_MOTIF,
                        "a motif has 1 to " + MOST_VARIABLES + " variables, not " + masks.size());
            }
            verifyConsistent();
            if (induced) {
                forbidTheRest();
            }
            return new Pattern(this);
        }

        private int variable(int index) {
            return Objects.checkIndex(index, masks.size());
        }

        private int different(int from, int to) {
            if (from == to) {
                throw new MesoException(
                        ErrorCode.IMPOSSIBLE_MOTIF,
                        "an edge from a motif variable to itself never matches",
                        "variables stand for distinct neurons, and autapses are left out");
            }
            return variable(to);
        }

        private static int verifyHops(int hops) {
            if (hops < 1) {
                throw new MesoException(ErrorCode.IMPOSSIBLE_MOTIF, "within " + hops + " hops: at least 1 is needed");
            }
            return hops;
        }

        private void verifyConsistent() {
            for (Edge no : absent) {
                for (Edge yes : edges) {
                    refuse(
                            samePair(no, yes) && (no.mask().all() || no.mask().equals(yes.mask())),
                            yes.from(),
                            yes.to());
                }
            }
            for (Reach no : reaches) {
                if (!no.absent()) {
                    continue;
                }
                for (Edge yes : edges) {
                    boolean same = no.from() == yes.from() && no.to() == yes.to();
                    refuse(same && (no.mask().all() || no.mask().equals(yes.mask())), yes.from(), yes.to());
                }
                for (Reach yes : reaches) {
                    boolean same = no.from() == yes.from() && no.to() == yes.to() && !yes.absent();
                    boolean covers = no.mask().all() || no.mask().equals(yes.mask());
                    refuse(same && covers && yes.hops() <= no.hops(), yes.from(), yes.to());
                }
            }
        }

        private static boolean samePair(Edge a, Edge b) {
            return a.from() == b.from() && a.to() == b.to();
        }

        private void refuse(boolean contradiction, int from, int to) {
            if (contradiction) {
                List<String> names = List.copyOf(masks.keySet());
                String drawn = names.get(from) + " -> " + names.get(to);
                throw new MesoException(
                        ErrorCode.IMPOSSIBLE_MOTIF,
                        "the motif asks for " + drawn + " and forbids it; it can never match");
            }
        }

        private void forbidTheRest() {
            for (int a = 0; a < masks.size(); a++) {
                for (int b = 0; b < masks.size(); b++) {
                    int from = a;
                    int to = b;
                    boolean drawn = edges.stream().anyMatch(e -> e.from() == from && e.to() == to)
                            || reaches.stream().anyMatch(r -> r.from() == from && r.to() == to && !r.absent());
                    if (a != b && !drawn) {
                        absent.add(new Edge(a, b, Mask.ALL));
                    }
                }
            }
        }
    }
}
