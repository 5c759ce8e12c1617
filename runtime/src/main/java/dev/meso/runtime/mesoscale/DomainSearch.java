package dev.meso.runtime.mesoscale;

import dev.meso.runtime.space.ReceptiveFields;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which of the locations around it each neuron belongs to, before anything is known of the modules. The neurons of a domain
 * follow a few common variables; those that do are found by principal components of the neurons a location has, neurons
 * choosing the location whose components, taken from its other neurons, explain them best (clustering by subspaces: Bradley and
 * Mangasarian 2000, J Glob Optim 16:23, with annealed membership).
 *
 * <p>Everything is computed from the correlations within each sphere, so frames are read once. Cost: T n s for correlations, s neurons a
 * sphere, then s³ a location and round.
 */
final class DomainSearch {
    /** Rounds and temperatures of the annealing; errors lie between 0 and 1. */
    private static final int STEPS = 40;

    private static final double HOT = 1;
    private static final double COLD = 0.02;

    private static final int HARD_ROUNDS = 20;

    /** Neurons of less weight do not take part in components: cold spheres become small matrices. */
    private static final double LIGHT = 1e-3;

    /** Variance a component needs to be one. */
    private static final double NOTHING = 1e-9;

    private final ReceptiveFields fields;
    private final Parallel parallel;

    /** Correlations of the neurons of each location. */
    private final double[][] correlations;

    /** Membership and error of each neuron in each of its locations, in the order of {@link ReceptiveFields#members}. */
    private final double[] weight;

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
        weight = new double[fields.members().length];
        error = new double[weight.length];
        place = new int[weight.length];
        closed = new boolean[fields.locations()];
        int[] cursor = Arrays.copyOf(fields.fieldStart(), n);
        for (int at = 0; at < weight.length; at++) {
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
        for (int v = 0; v < fields.n(); v++) {
            for (int i = fields.fieldStart()[v]; i < fields.fieldStart()[v + 1]; i++) {
                weight[place[i]] = 1.0 / fields.depth(v);
            }
        }
        for (int s = 0; s < STEPS; s++) {
            parallel.forEach(fields.locations(), null, (m, monitor) -> {
                monitor.checkpoint();
                scoreSoft(m, rank);
            });
            choose(HOT * Math.pow(COLD / HOT, s / (STEPS - 1.0)));
        }
        Arrays.fill(closed, false);
        int[] location = harden(heaviest(), rank);
        while (closeSmallest(location, rank)) {
            location = harden(heaviest(), rank);
        }
        return location;
    }

    /** Rounds in which each neuron moves to where the others explain it best. */
    private int[] harden(int[] start, int rank) {
        int[] location = start;
        for (int r = 0; r < HARD_ROUNDS; r++) {
            int[] now = location;
            parallel.forEach(fields.locations(), null, (m, monitor) -> {
                monitor.checkpoint();
                scoreHard(m, now, rank);
            });
            for (int at = 0; at < weight.length; at++) {
                weight[at] = -error[at];
            }
            location = heaviest();
            if (Arrays.equals(location, now)) {
                break;
            }
        }
        return location;
    }

    /** Closes the location with the fewest neurons, if they are too few to tell common variables from their own. */
    private boolean closeSmallest(int[] location, int rank) {
        int[] sizes = new int[fields.locations()];
        for (int m : location) {
            if (m >= 0) {
                sizes[m]++;
            }
        }
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

    /** Membership by a softmax of minus the error over the temperature. */
    private void choose(double temperature) {
        for (int v = 0; v < fields.n(); v++) {
            int from = fields.fieldStart()[v];
            int to = fields.fieldStart()[v + 1];
            double least = Double.POSITIVE_INFINITY;
            for (int i = from; i < to; i++) {
                least = Math.min(least, error[place[i]]);
            }
            double sum = 0;
            for (int i = from; i < to; i++) {
                weight[place[i]] = Math.exp((least - error[place[i]]) / temperature);
                sum += weight[place[i]];
            }
            for (int i = from; i < to; i++) {
                weight[place[i]] /= sum;
            }
        }
    }

    private int[] heaviest() {
        int[] location = new int[fields.n()];
        for (int v = 0; v < location.length; v++) {
            location[v] = -1;
            double most = Double.NEGATIVE_INFINITY;
            for (int i = fields.fieldStart()[v]; i < fields.fieldStart()[v + 1]; i++) {
                if (weight[place[i]] > most && !closed[fields.fields()[i]]) {
                    most = weight[place[i]];
                    location[v] = fields.fields()[i];
                }
            }
        }
        return location;
    }

    /**
     * Errors under components of the neurons weighted by membership. What a neuron itself adds to a component is taken out
     * of the component again, else a neuron of its own would be a perfect domain.
     */
    private void scoreSoft(int m, int rank) {
        int k = fields.size(m);
        int off = fields.start()[m];
        int[] set = IntStream.range(0, k).filter(i -> weight[off + i] > LIGHT).toArray();
        double[] root = new double[set.length];
        for (int i = 0; i < set.length; i++) {
            root[i] = Math.sqrt(weight[off + set[i]]);
        }
        Arrays.fill(error, off, off + k, 1);
        double[] c = correlations[m];
        Spectrum spectrum = spectrum(c, k, set, root);
        for (int r = 0; r < Math.min(rank, set.length) && spectrum.values()[r] > NOTHING; r++) {
            double[] shared = shared(c, k, set, root, spectrum, r);
            double[] own = new double[k];
            for (int j = 0; j < set.length; j++) {
                own[set[j]] = root[j] * spectrum.vectors()[r * set.length + j] / Math.sqrt(spectrum.values()[r]);
            }
            for (int i = 0; i < k; i++) {
                double variance = 1 - 2 * own[i] * shared[i] + own[i] * own[i];
                if (variance > NOTHING) {
                    error[off + i] -= Math.pow(shared[i] - own[i], 2) / variance;
                }
            }
        }
        for (int i = 0; i < k; i++) {
            error[off + i] = Math.max(0, error[off + i]);
        }
    }

    /** Errors under components of the location's neurons; each of these under components of the others. */
    private void scoreHard(int m, int[] location, int rank) {
        int k = fields.size(m);
        int off = fields.start()[m];
        int[] set = IntStream.range(0, k)
                .filter(i -> location[fields.members()[off + i]] == m)
                .toArray();
        System.arraycopy(left(m, set, rank), 0, error, off, k);
        for (int i : set) {
            error[off + i] = left(m, IntStream.of(set).filter(j -> j != i).toArray(), rank)[i];
        }
    }

    /** The variance of each neuron of a sphere that components of a set do not explain. */
    private double[] left(int m, int[] set, int rank) {
        int k = fields.size(m);
        double[] left = new double[k];
        Arrays.fill(left, 1);
        double[] one = new double[set.length];
        Arrays.fill(one, 1);
        Spectrum spectrum = spectrum(correlations[m], k, set, one);
        for (int r = 0; r < Math.min(rank, set.length) && spectrum.values()[r] > NOTHING; r++) {
            double[] shared = shared(correlations[m], k, set, one, spectrum, r);
            for (int i = 0; i < k; i++) {
                left[i] -= shared[i] * shared[i];
            }
        }
        return left;
    }

    private static Spectrum spectrum(double[] c, int k, int[] set, double[] root) {
        int n = set.length;
        double[] s = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                s[i * n + j] = c[set[i] * k + set[j]] * root[i] * root[j];
            }
        }
        return n == 0 ? new Spectrum(s, s) : Spectrum.of(s, n);
    }

    /** Correlation of all neurons of a sphere with component r of a set. */
    private static double[] shared(double[] c, int k, int[] set, double[] root, Spectrum spectrum, int r) {
        double[] shared = new double[k];
        double scale = 1 / Math.sqrt(spectrum.values()[r]);
        for (int j = 0; j < set.length; j++) {
            double loading = root[j] * spectrum.vectors()[r * set.length + j] * scale;
            for (int i = 0; i < k; i++) {
                shared[i] += c[i * k + set[j]] * loading;
            }
        }
        return shared;
    }

    /**
     * The number of common variables of a domain: where the eigenvalues of the domains' correlations, the median over domains, drop
     * by the largest factor. At most {@code most}.
     */
    int eigengap(int[] location, int most) {
        double[][] values = new double[most + 1][fields.locations()];
        int domains = 0;
        for (int m = 0; m < fields.locations(); m++) {
            int own = m;
            int off = fields.start()[m];
            int[] set = IntStream.range(0, fields.size(m))
                    .filter(i -> location[fields.members()[off + i]] == own)
                    .toArray();
            if (set.length > 2) {
                double[] one = new double[set.length];
                Arrays.fill(one, 1);
                Spectrum spectrum = spectrum(correlations[m], fields.size(m), set, one);
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
