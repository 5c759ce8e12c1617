package dev.meso.runtime.mesoscale;

import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.tensor.Parameters;
import java.util.Arrays;

/** Starting values of interfaces, and what ties the one in to the one out. */
final class Interfaces {
    private Interfaces() {}

    /** The inverse gets this share of the mean square of an interface as a ridge, and {@link #LEAST} of its own. */
    static final double RIDGE = 1e-4;

    static final double LEAST = 1e-6;

    /** Of more neurons than these only the components that are needed are computed. */
    private static final int WIDE = 300;

    /**
     * For every pair the inverse of {@code Out A² Out'} with its ridge, A being its assignment over the greatest of it; see {@link ModelGraph}.
     * Cost: pairs x places x size^2.
     *
     * @param out interfaces, places of all pairs x size
     * @param assignment of the places of all pairs
     * @return pairs x size x size
     */
    static double[] inverses(double[] out, double[] assignment, FieldLayout layout, int size) {
        double[] inverses = new double[layout.pairs() * size * size];
        int pair = 0;
        for (FieldLayout.Group group : layout.groups()) {
            for (int at = group.start(); at < group.start() + group.size(); at += group.places()) {
                double[] inverse = inverse(out, assignment, at, group.places(), size);
                System.arraycopy(inverse, 0, inverses, pair++ * size * size, size * size);
            }
        }
        return inverses;
    }

    /** @param at first place of the pair */
    private static double[] inverse(double[] out, double[] assignment, int at, int places, int size) {
        double[] matrix = new double[size * size];
        double most = 1e-30;
        for (int k = 0; k < places; k++) {
            most = Math.max(most, assignment[at + k]);
        }
        for (int k = 0; k < places; k++) {
            double a = assignment[at + k] / most;
            if (a != 0) {
                for (int r = 0; r < size; r++) {
                    double x = a * a * out[at * size + r * places + k];
                    for (int c = 0; c < size; c++) {
                        matrix[r * size + c] += x * out[at * size + c * places + k];
                    }
                }
            }
        }
        double trace = 0;
        for (int r = 0; r < size; r++) {
            trace += matrix[r * size + r];
        }
        double[] rows = Coordinates.identity(size);
        for (int r = 0; r < size; r++) {
            matrix[r * size + r] += trace * RIDGE / size + LEAST;
        }
        solve(matrix, rows, size);
        return rows;
    }

    /** Replaces each row r of {@code rows} by {@code r gram^-1}; {@code gram} is symmetric, positive and overwritten (Cholesky). */
    private static void solve(double[] gram, double[] rows, int size) {
        for (int j = 0; j < size; j++) {
            for (int i = j; i < size; i++) {
                double sum = gram[i * size + j];
                for (int k = 0; k < j; k++) {
                    sum -= gram[i * size + k] * gram[j * size + k];
                }
                gram[i * size + j] = i == j ? Math.sqrt(Math.max(sum, 1e-300)) : sum / gram[j * size + j];
            }
        }
        for (int r = 0; r < size; r++) {
            int row = r * size;
            for (int i = 0; i < size; i++) {
                double sum = rows[row + i];
                for (int k = 0; k < i; k++) {
                    sum -= gram[i * size + k] * rows[row + k];
                }
                rows[row + i] = sum / gram[i * size + i];
            }
            for (int i = size - 1; i >= 0; i--) {
                double sum = rows[row + i];
                for (int k = i + 1; k < size; k++) {
                    sum -= gram[k * size + i] * rows[row + k];
                }
                rows[row + i] = sum / gram[i * size + i];
            }
        }
    }

    /** Principal components (Karhunen-Loeve) of the activity in each field, whitened, as the start of all its interfaces. */
    static void principal(Parameters parameters, ModelStructure structure, int modules, int size, Activity train) {
        FieldLayout layout = FieldLayout.of(structure, modules);
        int locations = structure.fields().locations();
        double[] in = new double[layout.size() * size];
        double[] out = new double[in.length];
        int n = train.neurons();
        for (int l = 0; l < locations; l++) {
            int[] field = structure.fields().neurons(l);
            int k = field.length;
            Spectrum components = components(train, field, size);
            for (int r = 0; r < size; r++) {
                // A field of fewer neurons than inputs leaves the last inputs at 0.
                if (r >= k) {
                    continue;
                }
                double[] vector = Arrays.copyOfRange(components.vectors(), r * k, (r + 1) * k);
                double deviation = Math.sqrt(Math.max(1e-3, components.values()[r]));
                double sign = vector[largest(vector)] < 0 ? -1 : 1;
                for (int i = 0; i < k; i++) {
                    for (int b = 0; b < modules; b++) {
                        int at = layout.start(l, b) * size;
                        in[at + i * size + r] = sign * vector[i] / deviation;
                        out[at + r * layout.places(l) + i] = sign * vector[i] * deviation;
                    }
                }
            }
        }
        if (parameters.names().contains(ModelGraph.INTERFACE_IN)) {
            parameters.set(ModelGraph.INTERFACE_IN, in);
        }
        parameters.set(ModelGraph.INTERFACE_OUT, out);
    }

    /** At least the first {@code size} principal components of some neurons, as far as there are so many. */
    private static Spectrum components(Activity train, int[] field, int size) {
        int k = field.length;
        int frames = train.frames();
        double[] rows = new double[frames * k];
        for (int t = 0; t < frames; t++) {
            for (int i = 0; i < k; i++) {
                rows[t * k + i] = train.values()[t * train.neurons() + field[i]];
            }
        }
        if (k > WIDE) {
            return Spectrum.leading(rows, frames, k, size);
        }
        double[] covariance = new double[k * k];
        for (int t = 0; t < frames; t++) {
            for (int i = 0; i < k; i++) {
                double x = rows[t * k + i];
                for (int j = 0; j < k; j++) {
                    covariance[i * k + j] += x * rows[t * k + j] / frames;
                }
            }
        }
        return Spectrum.of(covariance, k);
    }

    /** The sign of an eigenvector is fixed by its largest entry, so that a start does not depend on the library. */
    private static int largest(double[] vector) {
        int at = 0;
        for (int i = 1; i < vector.length; i++) {
            at = Math.abs(vector[i]) > Math.abs(vector[at]) + 1e-9 ? i : at;
        }
        return at;
    }
}
