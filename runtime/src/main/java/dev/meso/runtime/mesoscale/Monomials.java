package dev.meso.runtime.mesoscale;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All monomials of some variables up to a degree, ordered by degree, 1 first. Polynomials up to a degree stay such under an affine change
 * of coordinates, so a map fitted in the coordinates of one domain is carried to another without going back to the frames.
 */
final class Monomials {
    final int variables;
    final int degree;
    final int size;

    /** Where the monomials of each degree begin, and {@link #size}. */
    final int[] first;

    /** In how many orders the factors of each monomial can be written. */
    final double[] orders;

    /** Monomial a is {@code parent[a]} times variable {@code last[a]}. */
    private final int[] parent;

    private final int[] last;

    /** {@code times[a * variables + j]} is monomial a times variable j, for all below the highest degree. */
    private final int[] times;

    Monomials(int variables, int degree) {
        this.variables = variables;
        this.degree = degree;
        // A monomial is the ascending list of its variables.
        List<List<Integer>> all = new ArrayList<>(List.of(List.of()));
        Map<List<Integer>, Integer> numbers = new HashMap<>(Map.of(List.of(), 0));
        first = new int[degree + 2];
        for (int d = 1; d <= degree; d++) {
            first[d] = all.size();
            for (int a = first[d - 1]; a < first[d]; a++) {
                List<Integer> factors = all.get(a);
                int from = factors.isEmpty() ? 0 : factors.getLast();
                for (int j = from; j < variables; j++) {
                    List<Integer> longer = with(factors, j);
                    numbers.put(longer, all.size());
                    all.add(longer);
                }
            }
        }
        size = all.size();
        first[degree + 1] = size;
        parent = new int[size];
        last = new int[size];
        orders = new double[size];
        times = new int[first[degree] * variables];
        orders[0] = 1;
        for (int a = 1; a < size; a++) {
            List<Integer> factors = all.get(a);
            last[a] = factors.getLast();
            parent[a] = numbers.get(factors.subList(0, factors.size() - 1));
            // Multinomial coefficients, one factor at a time.
            int repeated = last[a];
            long same = factors.stream().filter(j -> j == repeated).count();
            orders[a] = orders[parent[a]] * factors.size() / same;
        }
        for (int a = 0; a < first[degree]; a++) {
            for (int j = 0; j < variables; j++) {
                times[a * variables + j] = numbers.get(with(all.get(a), j));
            }
        }
    }

    private static List<Integer> with(List<Integer> factors, int j) {
        List<Integer> longer = new ArrayList<>(factors);
        longer.add(j);
        longer.sort(null);
        return List.copyOf(longer);
    }

    /** All monomials at the point {@code z[offset ..]}. */
    void at(double[] z, int offset, double[] values) {
        values[0] = 1;
        for (int a = 1; a < size; a++) {
            values[a] = values[parent[a]] * z[offset + last[a]];
        }
    }

    /**
     * How monomials change with the coordinates: row a, {@link #size} wide, holds the coefficients of monomial a of {@code map z +
     * shift} in monomials of z; those above its degree are 0.
     */
    void substitute(Link link, double[] rows) {
        Arrays.fill(rows, 0);
        rows[0] = 1;
        for (int d = 1; d <= degree; d++) {
            for (int a = first[d]; a < first[d + 1]; a++) {
                int from = parent[a] * size;
                int to = a * size;
                int form = last[a] * variables;
                double constant = link.shift()[last[a]];
                for (int b = 0; b < first[d]; b++) {
                    double c = rows[from + b];
                    if (c != 0) {
                        rows[to + b] += c * constant;
                        for (int j = 0; j < variables; j++) {
                            rows[to + times[b * variables + j]] += c * link.map()[form + j];
                        }
                    }
                }
            }
        }
    }

    /**
     * Backwards through {@link #substitute}.
     *
     * @param rows what it made
     * @param slopes derivative by each of its coefficients; those of lower degrees are added to on the way
     * @param gradient derivative by map and shift of the link, added to
     */
    void back(Link link, double[] rows, double[] slopes, double[] gradient) {
        int shift = variables * variables;
        for (int d = degree; d >= 1; d--) {
            for (int a = first[d]; a < first[d + 1]; a++) {
                int from = parent[a] * size;
                int to = a * size;
                int form = last[a] * variables;
                double constant = link.shift()[last[a]];
                double byConstant = 0;
                for (int b = 0; b < first[d]; b++) {
                    double c = rows[from + b];
                    double slope = slopes[to + b];
                    byConstant += c * slope;
                    slope *= constant;
                    for (int j = 0; j < variables; j++) {
                        double s = slopes[to + times[b * variables + j]];
                        gradient[form + j] += c * s;
                        slope += s * link.map()[form + j];
                    }
                    slopes[from + b] += slope;
                }
                gradient[shift + last[a]] += byConstant;
            }
        }
    }
}
