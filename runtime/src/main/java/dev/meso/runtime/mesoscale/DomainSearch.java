package dev.meso.runtime.mesoscale;

import dev.meso.runtime.space.ReceptiveFields;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which of the locations around it each neuron belongs to, before anything is known of the modules. The neurons of a domain follow a few common
 * variables, so their activity lies near a subspace of few dimensions. Subspaces are grown from every neuron of a sphere by taking in those that lie
 * nearest (greedy subspace clustering: Park, Caramanis and Sanghavi 2014, NeurIPS 27), locations are taken one by one with the subspace that
 * explains most of what is not explained yet, and last each neuron moves to where the others explain it best (K-subspaces: Bradley and Mangasarian
 * 2000, J Glob Optim 16:23).
 *
 * <p>Everything is computed from the correlations within each sphere, so frames are read once. Cost: T n s for correlations, s neurons a
 * sphere, then s² K for the subspaces of a location and s³ a location and round.
 */
final class DomainSearch {
    private static final int HARD_ROUNDS = 20;

    /** Neurons of a sphere from which subspaces are grown, at most. */
    private static final int SEEDS = 100;

    /** Neurons that a subspace is grown to, beyond twice its dimensions. */
    private static final int BEYOND = 2;

    /** Variance a component needs to be one. */
    private static final double NOTHING = 1e-9;

    /** Variance that a domain must explain, for each of the neurons it has at least. */
    private static final double LEAST_GAIN = 0.25;

    /** Components of so many neurons and of one fewer are nearly the same. */
    private static final int MANY = 32;

    private final ReceptiveFields fields;
    private final Parallel parallel;

    /** Correlations of the neurons of each location. */
    private final double[][] correlations;

    /** Error of each neuron in each of its locations, in the order of {@link ReceptiveFields#members}. */
    private final double[] error;

    /** Locations that may not hold a domain. */
    private final boolean[] closed;

    /** Where in that order the entries of {@link ReceptiveFields#fields} stand. */
    private final int[] place;

    /** @param states frames x neurons */
    DomainSearch(double[] states, ReceptiveFields fields, Parallel parallel) {
        this.fields = fields;
        this.parallel = parallel;
        int n = fields.n();
        error = new double[fields.members().length];
        place = new int[error.length];
        closed = new boolean[fields.locations()];
        int[] cursor = Arrays.copyOf(fields.fieldStart(), n);
        for (int at = 0; at < error.length; at++) {
            place[cursor[fields.members()[at]]++] = at;
        }
        correlations = new double[fields.locations()][];
        parallel.forEach(correlations.length, null, (m, monitor) -> {
            monitor.checkpoint();
            correlations[m] = correlations(states, n, fields.neurons(m));
        });
    }

    /** Correlations of some neurons; 0 with a neuron that never changes. */
    static double[] correlations(double[] states, int n, int[] neurons) {
        int k = neurons.length;
        int frames = states.length / n;
        double[] means = new double[k];
        for (int t = 0; t < frames; t++) {
            for (int i = 0; i < k; i++) {
                means[i] += states[t * n + neurons[i]] / frames;
            }
        }
        double[] c = new double[k * k];
        double[] row = new double[k];
        for (int t = 0; t < frames; t++) {
            for (int i = 0; i < k; i++) {
                row[i] = states[t * n + neurons[i]] - means[i];
            }
            for (int i = 0; i < k; i++) {
                double x = row[i];
                for (int j = 0, at = i * k; j < k; j++, at++) {
                    c[at] += x * row[j];
                }
            }
        }
        double[] scale = new double[k];
        for (int i = 0; i < k; i++) {
            scale[i] = c[i * k + i] > NOTHING * frames ? 1 / Math.sqrt(c[i * k + i]) : 0;
        }
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                c[i * k + j] *= scale[i] * scale[j];
            }
        }
        return c;
    }

    /**
     * The location of each neuron, -1 for one in no field.
     *
     * @param rank number of common variables of a domain
     */
    int[] find(int rank) {
        cover(rank);
        int[] location = harden(leastErrors(), rank);
        while (closeSmallest(location, rank)) {
            location = harden(leastErrors(), rank);
        }
        return location;
    }

    /** Opens the locations that explain most, with their best subspaces, until no further one explains as much as a domain must. */
    private void cover(int rank) {
        double[][][] grown = new double[fields.locations()][][];
        parallel.forEach(grown.length, null, (m, monitor) -> {
            monitor.checkpoint();
            grown[m] = grow(m, rank);
        });
        double[] left = new double[fields.n()];
        Arrays.fill(left, 1);
        Arrays.fill(error, 1);
        Arrays.fill(closed, true);
        // What a location adds only falls as others open, so it is computed again only when it comes first.
        double[] gains = new double[grown.length];
        Arrays.fill(gains, Double.POSITIVE_INFINITY);
        int[] subspace = new int[grown.length];
        int[] known = new int[grown.length];
        Arrays.fill(known, -1);
        for (int opened = 0; ; ) {
            int m = 0;
            for (int other = 1; other < gains.length; other++) {
                m = gains[other] > gains[m] ? other : m;
            }
            if (!(gains[m] > (rank + 2) * LEAST_GAIN)) {
                break;
            }
            if (known[m] == opened) {
                open(m, grown[m][subspace[m]], left);
                gains[m] = 0;
                opened++;
                continue;
            }
            gains[m] = 0;
            for (int s = 0; s < grown[m].length; s++) {
                double gain = gain(m, grown[m][s], left);
                if (gain > gains[m]) {
                    gains[m] = gain;
                    subspace[m] = s;
                }
            }
            known[m] = opened;
        }
        reachAll(grown, subspace, left);
    }

    /** Opens the locations that hold the most neurons of no open location, until every neuron of a sphere has one. */
    private void reachAll(double[][][] grown, int[] subspace, double[] left) {
        while (true) {
            int[] location = leastErrors();
            int best = -1;
            long most = 0;
            for (int m = 0; m < grown.length; m++) {
                long count = IntStream.of(fields.neurons(m))
                        .filter(v -> location[v] < 0)
                        .count();
                if (closed[m] && count > most) {
                    most = count;
                    best = m;
                }
            }
            if (best < 0) {
                return;
            }
            open(best, grown[best][subspace[best]], left);
        }
    }

    private double gain(int m, double[] errors, double[] left) {
        double gain = 0;
        for (int i = 0, at = fields.start()[m]; i < errors.length; i++, at++) {
            gain += Math.max(0, left[fields.members()[at]] - errors[i]);
        }
        return gain;
    }

    private void open(int m, double[] errors, double[] left) {
        closed[m] = false;
        for (int i = 0, at = fields.start()[m]; i < errors.length; i++, at++) {
            int v = fields.members()[at];
            error[at] = errors[i];
            left[v] = Math.min(left[v], errors[i]);
        }
    }

    /** A subspace from each of the sphere's neurons: the error of each neuron of the sphere in it. */
    private double[][] grow(int m, int rank) {
        int k = fields.size(m);
        int most = Math.min(k, 2 * rank + BEYOND);
        double[][] errors = new double[Math.min(k, SEEDS)][];
        for (int s = 0; s < errors.length; s++) {
            errors[s] = leftOut(m, nearest(correlations[m], k, s * k / errors.length, most, rank), rank);
        }
        return errors;
    }

    /** A neuron and those nearest to the span of it and the ones before, which grows up to {@code rank} dimensions. */
    private static int[] nearest(double[] c, int k, int seed, int most, int rank) {
        int[] set = new int[most];
        double[] explained = new double[k];
        double[][] span = new double[Math.min(rank, most)][k];
        int next = seed;
        for (int d = 0; d < most; d++) {
            set[d] = next;
            if (d < span.length && 1 - explained[next] > NOTHING) {
                double scale = 1 / Math.sqrt(1 - explained[next]);
                for (int i = 0; i < k; i++) {
                    double shared = c[next * k + i];
                    for (int e = 0; e < d; e++) {
                        shared -= span[e][next] * span[e][i];
                    }
                    span[d][i] = shared * scale;
                }
                for (int i = 0; i < k; i++) {
                    explained[i] += span[d][i] * span[d][i];
                }
            }
            explained[next] = Double.NEGATIVE_INFINITY;
            next = 0;
            for (int i = 1; i < k; i++) {
                next = explained[i] > explained[next] ? i : next;
            }
        }
        return set;
    }

    /** Rounds in which each neuron moves to where the others explain it best. */
    private int[] harden(int[] start, int rank) {
        int[] location = start;
        for (int r = 0; r < HARD_ROUNDS; r++) {
            int[] now = held(location, rank + 2);
            parallel.forEach(fields.locations(), null, (m, monitor) -> {
                monitor.checkpoint();
                scoreHard(m, now, rank);
            });
            int[] before = location;
            location = leastErrors();
            if (Arrays.equals(location, before)) {
                break;
            }
        }
        return location;
    }

    /**
     * The location of each neuron that its domain explains, -1 for the others: those do not take part in the components of a domain. A neuron
     * is explained when its error is nearer to that of the median neuron than to 1. A domain that explains fewer than {@code fewest} of its neurons keeps all.
     */
    private int[] held(int[] location, int fewest) {
        double[] errors = new double[location.length];
        int count = 0;
        for (int v = 0; v < location.length; v++) {
            if (location[v] >= 0) {
                errors[count++] = error(v, location[v]);
            }
        }
        Arrays.sort(errors, 0, count);
        double most = count == 0 ? 1 : (1 + errors[count / 2]) / 2;
        int[] held = location.clone();
        for (int v = 0; v < location.length; v++) {
            held[v] = location[v] >= 0 && error(v, location[v]) <= most ? location[v] : -1;
        }
        int[] sizes = sizes(held);
        for (int v = 0; v < location.length; v++) {
            held[v] = location[v] >= 0 && sizes[location[v]] < fewest ? location[v] : held[v];
        }
        return held;
    }

    private double error(int v, int m) {
        for (int i = fields.fieldStart()[v]; i < fields.fieldStart()[v + 1]; i++) {
            if (fields.fields()[i] == m) {
                return error[place[i]];
            }
        }
        return 1;
    }

    private int[] sizes(int[] location) {
        int[] sizes = new int[fields.locations()];
        for (int m : location) {
            if (m >= 0) {
                sizes[m]++;
            }
        }
        return sizes;
    }

    /** Closes the location with the fewest neurons, if they are too few to tell common variables from their own. */
    private boolean closeSmallest(int[] location, int rank) {
        int[] sizes = sizes(location);
        int smallest = -1;
        for (int m = 0; m < sizes.length; m++) {
            if (sizes[m] > 0 && (smallest < 0 || sizes[m] < sizes[smallest])) {
                smallest = m;
            }
        }
        if (smallest < 0 || sizes[smallest] >= rank + 2) {
            return false;
        }
        closed[smallest] = true;
        return true;
    }

    /** The open location where each neuron's error is least, -1 for one that has none. */
    private int[] leastErrors() {
        int[] location = new int[fields.n()];
        for (int v = 0; v < location.length; v++) {
            location[v] = -1;
            double least = Double.POSITIVE_INFINITY;
            for (int i = fields.fieldStart()[v]; i < fields.fieldStart()[v + 1]; i++) {
                if (error[place[i]] < least && !closed[fields.fields()[i]]) {
                    least = error[place[i]];
                    location[v] = fields.fields()[i];
                }
            }
        }
        return location;
    }

    /** Errors under components of the location's neurons; each of these under components of the others. */
    private void scoreHard(int m, int[] location, int rank) {
        int k = fields.size(m);
        int off = fields.start()[m];
        int[] set = IntStream.range(0, k)
                .filter(i -> location[fields.members()[off + i]] == m)
                .toArray();
        System.arraycopy(leftOut(m, set, rank), 0, error, off, k);
    }

    /**
     * The variance of each neuron of a sphere that components of a set do not explain. For a neuron of the set they are components of the others, else a
     * neuron of its own would be a perfect domain; where there are {@link #MANY} others, it hardly matters.
     */
    private double[] leftOut(int m, int[] set, int rank) {
        double[] left = left(m, set, rank);
        for (int i : set.length <= MANY ? set : new int[0]) {
            left[i] = left(m, IntStream.of(set).filter(j -> j != i).toArray(), rank)[i];
        }
        return left;
    }

    /** The variance of each neuron of a sphere that components of a set do not explain. */
    private double[] left(int m, int[] set, int rank) {
        int k = fields.size(m);
        double[] left = new double[k];
        Arrays.fill(left, 1);
        Spectrum spectrum = spectrum(correlations[m], k, set);
        for (int r = 0; r < Math.min(rank, set.length) && spectrum.values()[r] > NOTHING; r++) {
            double[] shared = shared(correlations[m], k, set, spectrum, r);
            for (int i = 0; i < k; i++) {
                left[i] -= shared[i] * shared[i];
            }
        }
        return left;
    }

    private static Spectrum spectrum(double[] c, int k, int[] set) {
        int n = set.length;
        double[] s = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                s[i * n + j] = c[set[i] * k + set[j]];
            }
        }
        return n == 0 ? new Spectrum(s, s) : Spectrum.of(s, n);
    }

    /** Correlation of all neurons of a sphere with component r of a set. */
    private static double[] shared(double[] c, int k, int[] set, Spectrum spectrum, int r) {
        double[] shared = new double[k];
        double scale = 1 / Math.sqrt(spectrum.values()[r]);
        for (int j = 0; j < set.length; j++) {
            double loading = spectrum.vectors()[r * set.length + j] * scale;
            for (int i = 0; i < k; i++) {
                shared[i] += c[i * k + set[j]] * loading;
            }
        }
        return shared;
    }

    /**
     * The number of common variables of a domain: where the eigenvalues of the correlations of neurons that their domains explain, the median over
     * domains, drop by the largest factor. At most {@code most}.
     */
    int eigengap(int[] location, int most) {
        int[] held = held(location, 0);
        double[][] values = new double[most + 1][fields.locations()];
        int domains = 0;
        for (int m = 0; m < fields.locations(); m++) {
            int own = m;
            int off = fields.start()[m];
            int[] set = IntStream.range(0, fields.size(m))
                    .filter(i -> held[fields.members()[off + i]] == own)
                    .toArray();
            if (set.length > 2) {
                Spectrum spectrum = spectrum(correlations[m], fields.size(m), set);
                for (int r = 0; r <= most; r++) {
                    values[r][domains] = r < set.length ? spectrum.values()[r] : 0;
                }
                domains++;
            }
        }
        if (domains == 0) {
            return 1;
        }
        double[] median = new double[most + 1];
        for (int r = 0; r <= most; r++) {
            Arrays.sort(values[r], 0, domains);
            // Below a tenth of a neuron's variance a drop says nothing: noise-free data end in zeros.
            median[r] = Math.max(0.1, values[r][domains / 2]);
        }
        int best = 1;
        for (int r = 2; r <= most; r++) {
            if (median[r - 1] / median[r] > median[best - 1] / median[best]) {
                best = r;
            }
        }
        return best;
    }
}
