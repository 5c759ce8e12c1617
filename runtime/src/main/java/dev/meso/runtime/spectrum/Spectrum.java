package dev.meso.runtime.spectrum;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Components;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Eigenvalues of matrices of a wiring. A matrix is taken apart first: the eigenvalues of the whole are those of its strong
 * (for the Laplacian: weak) components, and a neuron that is on no cycle has eigenvalue 0 exactly. So feed-forward parts, whose
 * eigenvalues no algorithm for whole matrices finds in rounded arithmetic, do no harm. Small components are solved by EJML, large
 * ones by {@link KrylovSchur}.
 */
public final class Spectrum {
    /** Below this size all eigenvalues cost less than a few. */
    private static final int SMALL = 200;

    /** All eigenvalues of a larger matrix are refused: 10 n^3 steps are a minute. */
    private static final int MOST_DENSE = 2000;

    /** Where iteration fails, as it does on a ring, the whole matrix is solved up to this size. */
    private static final int MOST_INSTEAD = 1500;

    private static final int FEW_RESTARTS = 60;
    private static final int MANY_RESTARTS = 500;

    private Spectrum() {}

    /** Which matrix of a wiring. */
    public enum Matrix {
        /** A, with a_ij the weight of i -> j, or 1. */
        ADJACENCY,
        /** The step of a random walk: rows of A divided by their sums; rows without outputs are 0. */
        WALK,
        /**
         * 1 - D^-1/2 S D^-1/2 of the undirected graph, with s_ij 1 where i and j are connected either way, or the sum of both
         * weights; d_i is the sum of row i. The smallest eigenvalues first.
         */
        LAPLACIAN,
        /** The singular values of A. */
        SINGULAR
    }

    /**
     * The {@code count} eigenvalues of the largest modulus (of the Laplacian, the smallest; the largest singular values), in that order.
     * The same on any number of threads.
     *
     * @param weights of the connections in row order; null for ones
     * @param count at least 1, at most n
     * @throws MesoException TOO_LARGE where so many are wanted that a large matrix would have to be solved densely,
     *     WRONG_VALUE for negative weights where they have no meaning
     */
    public static List<Eigenvalue> of(Wiring wiring, double[] weights, Matrix matrix, int count, Parallel parallel) {
        for (int e = 0; weights != null && e < weights.length; e++) {
            if (!Double.isFinite(weights[e])) {
                throw new MesoException(ErrorCode.NOT_A_NUMBER, "a weight is " + weights[e]);
            }
        }
        return switch (matrix) {
            case ADJACENCY ->
                byComponents(SparseMatrix.of(wiring, weights), Components.strong(wiring), count, parallel);
            case WALK ->
                byComponents(
                        SparseMatrix.of(wiring, WalkWeights.of(wiring, weights)),
                        Components.strong(wiring),
                        count,
                        parallel);
            case LAPLACIAN -> laplacian(wiring, weights, count, parallel);
            case SINGULAR -> singular(SparseMatrix.of(wiring, weights), count, parallel);
        };
    }

    private static List<Eigenvalue> byComponents(SparseMatrix a, Components components, int count, Parallel parallel) {
        List<Eigenvalue> all = new ArrayList<>();
        int alone = 0;
        int[] place = new int[a.size()];
        Arrays.fill(place, -1);
        int[][] members = members(components);
        for (int c = 0; c < components.count(); c++) {
            parallel.monitor().checkpoint();
            SparseMatrix part = a.restricted(members[c], place);
            if (part.entries() == 0) {
                alone++;
            } else {
                all.addAll(largest(LinearMap.of(part), () -> dense(part), false, count, parallel));
            }
        }
        for (int i = 0; i < Math.min(alone, count); i++) {
            all.add(new Eigenvalue(0, 0, 0));
        }
        return first(Eigenvalue.ordered(all, false), count);
    }

    private static int[][] members(Components components) {
        int[][] members = new int[components.count()][];
        for (int c = 0; c < members.length; c++) {
            members[c] = new int[components.sizes()[c]];
        }
        int[] next = new int[members.length];
        for (int v = 0; v < components.ofNeuron().length; v++) {
            int c = components.ofNeuron()[v];
            members[c][next[c]++] = v;
        }
        return members;
    }

    /** 1 less the largest eigenvalues of D^-1/2 S D^-1/2; each component has exactly one 0. */
    private static List<Eigenvalue> laplacian(Wiring wiring, double[] weights, int count, Parallel parallel) {
        SparseMatrix s = WalkWeights.symmetric(wiring, weights);
        Components components = Components.weak(wiring);
        List<Eigenvalue> all = new ArrayList<>();
        int[] place = new int[wiring.n()];
        Arrays.fill(place, -1);
        int[][] members = members(components);
        for (int c = 0; c < members.length; c++) {
            parallel.monitor().checkpoint();
            all.add(new Eigenvalue(1, 0, 0));
            // Zeros come first: where there are as many components as values wanted, nothing else is needed.
            int wanted = Math.min(count - members.length + 1, members[c].length);
            if (wanted > 1) {
                SparseMatrix part = s.restricted(members[c], place);
                List<Eigenvalue> own = Eigenvalue.ordered(
                        largest(LinearMap.of(part), () -> dense(part), true, wanted, parallel), true);
                all.addAll(own.subList(1, own.size()));
            }
        }
        List<Eigenvalue> smallest = new ArrayList<>();
        for (Eigenvalue e : first(Eigenvalue.ordered(all, true), count)) {
            smallest.add(new Eigenvalue(1 - e.re(), 0, e.residual()));
        }
        return smallest;
    }

    /** Of large matrices as roots of the eigenvalues of A'A: exact to 1e-12 of the largest, small ones to 1e-8 of it. */
    private static List<Eigenvalue> singular(SparseMatrix a, int count, Parallel parallel) {
        if (a.size() <= SMALL || count > a.size() / 3) {
            refuseBeyond(a.size(), count);
            return first(Eigenvalue.ordered(DenseSpectrum.singular(dense(a)), true), count);
        }
        List<Eigenvalue> values = new ArrayList<>();
        for (Eigenvalue e : new KrylovSchur(LinearMap.squared(a), count, true, MANY_RESTARTS, parallel).solve()) {
            double sigma = Math.sqrt(Math.max(0, e.re()));
            // |A'A x - s^2 x| / s is about the norm of A x - s y for the left vector y.
            values.add(new Eigenvalue(sigma, 0, sigma == 0 ? Math.sqrt(e.residual()) : e.residual() / sigma));
        }
        return Eigenvalue.ordered(values, true);
    }

    private static List<Eigenvalue> first(List<Eigenvalue> ordered, int count) {
        return ordered.size() <= count ? ordered : new ArrayList<>(ordered.subList(0, count));
    }

    private static void refuseBeyond(int n, int count) {
        if (n > MOST_DENSE) {
            throw new MesoException(
                    ErrorCode.TOO_LARGE,
                    count + " eigenvalues of " + n
                            + " neurons that are joined to each other need the whole matrix, which is too large: at most "
                            + MOST_DENSE + " neurons are solved so",
                    "ask for at most " + n / 3);
        }
    }

    private interface Dense {
        double[][] matrix();
    }

    /** At least the {@code count} largest eigenvalues, by real part for symmetric maps; all where there are fewer. */
    private static List<Eigenvalue> largest(
            LinearMap map, Dense dense, boolean symmetric, int count, Parallel parallel) {
        int n = map.size();
        boolean many = count > n / 3;
        if (many && n > MOST_DENSE) {
            throw new MesoException(
                    ErrorCode.TOO_LARGE,
                    count + " eigenvalues of a component of " + n
                            + " neurons need the whole matrix, which is too large: at most " + MOST_DENSE
                            + " neurons are solved so",
                    "ask for fewer than a third of them");
        }
        if (n <= SMALL || many) {
            return DenseSpectrum.of(dense.matrix(), symmetric);
        }
        boolean instead = n <= MOST_INSTEAD;
        List<Eigenvalue> found =
                new KrylovSchur(map, count, symmetric, instead ? FEW_RESTARTS : MANY_RESTARTS, parallel).solve();
        if (instead && !converged(found)) {
            return DenseSpectrum.of(dense.matrix(), symmetric);
        }
        return found;
    }

    /** Whether all are exact but for rounding errors, as they are where the iteration has ended well. */
    public static boolean converged(List<Eigenvalue> found) {
        double largest = 0;
        for (Eigenvalue e : found) {
            largest = Math.max(largest, e.modulus());
        }
        for (Eigenvalue e : found) {
            if (e.residual() > 1e-9 * largest) {
                return false;
            }
        }
        return true;
    }

    private static double[][] dense(SparseMatrix a) {
        double[][] matrix = new double[a.size()][a.size()];
        for (int i = 0; i < a.size(); i++) {
            for (int e = a.start()[i]; e < a.start()[i + 1]; e++) {
                matrix[i][a.columns()[e]] = a.value(e);
            }
        }
        return matrix;
    }
}
