package dev.meso.runtime.motif;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The automorphisms of a pattern, and the order constraints that keep one mapping of each match: the variables are
 * fixed one after another, and each must stand for the smallest neuron of its orbit under the symmetries that fix those
 * before it (Grochow and Kellis, "Network motif discovery using subgraph enumeration and symmetry-breaking", RECOMB 2007).
 * The mapping kept is the lexicographically smallest. Group elements are never listed: only orbits are found.
 */
final class Symmetry {
    private final int size;

    /** Equal numbers where two variables, or two ordered pairs, are held to the same clauses. */
    private final int[] variableKind;

    private final int[][] pairKind;
    private final List<Pattern.Condition> conditions;
    private final Map<Object, Integer> conditionKeys = new HashMap<>();

    private final long order;
    private final int[] roles;

    /** {@code smaller.get(v)}: variables that must stand for a neuron of smaller index than v does. */
    private final List<List<Integer>> smaller = new ArrayList<>();

    Symmetry(Pattern pattern) {
        size = pattern.size();
        conditions = pattern.conditions();
        variableKind = new int[size];
        pairKind = new int[size][size];
        number(pattern);
        int[] identity = new int[size];
        Arrays.setAll(identity, v -> v);
        for (Pattern.Condition c : conditions) {
            conditionKeys.merge(c.key().renamed(identity), 1, Integer::sum);
        }
        for (int v = 0; v < size; v++) {
            smaller.add(new ArrayList<>());
        }
        long product = 1;
        for (int v = 0; v < size; v++) {
            int orbit = 1;
            for (int w = v + 1; w < size; w++) {
                if (exists(v, v, w)) {
                    orbit++;
                    smaller.get(w).add(v);
                }
            }
            product *= orbit;
        }
        order = product;
        roles = new int[size];
        for (int v = 0; v < size; v++) {
            roles[v] = v;
            for (int w = v - 1; w >= 0; w--) {
                if (roles[w] == w && exists(0, v, w)) {
                    roles[v] = w;
                }
            }
        }
    }

    long order() {
        return order;
    }

    int[] roles() {
        return roles.clone();
    }

    List<Integer> smallerThan(int variable) {
        return smaller.get(variable);
    }

    private void number(Pattern pattern) {
        Map<Object, Integer> kinds = new HashMap<>();
        for (int a = 0; a < size; a++) {
            Set<Mask> own = new HashSet<>(pattern.masks(a));
            variableKind[a] = kinds.computeIfAbsent(own, k -> kinds.size());
            for (int b = 0; b < size; b++) {
                Set<Object> clauses = new HashSet<>();
                for (Pattern.Edge e : pattern.edges()) {
                    if (e.from() == a && e.to() == b) {
                        clauses.add(List.of("edge", e.mask()));
                    }
                }
                for (Pattern.Edge e : pattern.absent()) {
                    if (e.from() == a && e.to() == b) {
                        clauses.add(List.of("absent", e.mask()));
                    }
                }
                for (Pattern.Reach r : pattern.reaches()) {
                    if (r.from() == a && r.to() == b) {
                        clauses.add(List.of("within", r.hops(), r.mask(), r.absent()));
                    }
                }
                pairKind[a][b] = kinds.computeIfAbsent(clauses, k -> kinds.size());
            }
        }
    }

    /** Whether some symmetry fixes the variables below {@code fixed} and maps {@code from} to {@code to}. */
    private boolean exists(int fixed, int from, int to) {
        int[] image = new int[size];
        Arrays.fill(image, -1);
        boolean[] used = new boolean[size];
        for (int v = 0; v < fixed; v++) {
            image[v] = v;
            used[v] = true;
        }
        if (!fits(image, from, to)) {
            return false;
        }
        image[from] = to;
        used[to] = true;
        return conditionsFit(image) && extend(image, used, 0);
    }

    private boolean extend(int[] image, boolean[] used, int from) {
        int v = from;
        while (v < size && image[v] >= 0) {
            v++;
        }
        if (v == size) {
            Map<Object, Integer> renamed = new HashMap<>();
            for (Pattern.Condition c : conditions) {
                renamed.merge(c.key().renamed(image), 1, Integer::sum);
            }
            return renamed.equals(conditionKeys);
        }
        for (int w = 0; w < size; w++) {
            if (!used[w] && fits(image, v, w)) {
                image[v] = w;
                used[w] = true;
                if (conditionsFit(image) && extend(image, used, v + 1)) {
                    return true;
                }
                image[v] = -1;
                used[w] = false;
            }
        }
        return false;
    }

    private boolean fits(int[] image, int v, int w) {
        if (variableKind[v] != variableKind[w]) {
            return false;
        }
        for (int x = 0; x < size; x++) {
            int y = image[x];
            if (y >= 0 && (pairKind[v][x] != pairKind[w][y] || pairKind[x][v] != pairKind[y][w])) {
                return false;
            }
        }
        return true;
    }

    /** Each condition whose variables are all mapped must become one of the pattern. */
    private boolean conditionsFit(int[] image) {
        for (Pattern.Condition c : conditions) {
            boolean mapped = c.variables().stream().allMatch(v -> image[v] >= 0);
            if (mapped && !conditionKeys.containsKey(c.key().renamed(image))) {
                return false;
            }
        }
        return true;
    }
}
