package dev.meso.runtime.mesoscale;

import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.tensor.Parameters;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Starting values of interfaces, and what ties the one in to the one out. */
final class Interfaces {
    private Interfaces() {}

    /** The inverse gets this share of the mean square of an interface as a ridge, and {@link #LEAST} of its own. */
    static final double RIDGE = 1e-4;

    static final double LEAST = 1e-6;

    /**
     * For every pair the inverse of {@code Out A² Out'} with its ridge, A being its assignment over the greatest of it; see {@link ModelGraph}.
     * Cost: pairs x places x size^2.
     *
     * @param out pairs x size x places
     * @param assignment pairs x places
     * @return pairs x size x size
     */
    static double[] inverses(double[] out, double[] assignment, int pairs, int places, int size) {
        double[] inverses = new double[pairs * size * size];
        double[] matrix = new double[size * size];
        for (int p = 0; p < pairs; p++) {
            double most = 1e-30;
            for (int k = 0; k < places; k++) {
                most = Math.max(most, assignment[p * places + k]);
            }
            Arrays.fill(matrix, 0);
            for (int k = 0; k < places; k++) {
                double a = assignment[p * places + k] / most;
                if (a != 0) {
                    for (int r = 0; r < size; r++) {
                        double x = a * a * out[(p * size + r) * places + k];
                        for (int c = 0; c < size; c++) {
                            matrix[r * size + c] += x * out[(p * size + c) * places + k];
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
            System.arraycopy(rows, 0, inverses, p * size * size, size * size);
        }
        return inverses;
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
        ModelGraph.Layout layout = ModelGraph.Layout.of(structure);
        int locations = structure.fields().locations();
        int places = layout.places();
        double[] in = new double[locations * modules * places * size];
        double[] out = new double[in.length];
        int n = train.neurons();
        for (int l = 0; l < locations; l++) {
            int[] field = structure.fields().neurons(l);
            int k = field.length;
            DMatrixRMaj covariance = new DMatrixRMaj(k, k);
            double[] row = new double[k];
            for (int t = 0; t < train.frames(); t++) {
                for (int i = 0; i < k; i++) {
                    row[i] = train.values()[t * n + field[i]];
                }
                for (int i = 0; i < k; i++) {
                    for (int j = 0; j < k; j++) {
                        covariance.data[i * k + j] += row[i] * row[j] / train.frames();
                    }
                }
            }
            EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(k, true, true);
            eigen.decompose(covariance);
            Integer[] order = new Integer[k];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, (a, b) -> Double.compare(eigen.getEigenvalue(b).real, eigen.getEigenvalue(a).real));
            for (int r = 0; r < size; r++) {
                // A field of fewer neurons than inputs leaves the last inputs at 0.
                if (r >= k) {
                    continue;
                }
                double[] vector = eigen.getEigenVector(order[r]).data;
                double deviation = Math.sqrt(Math.max(1e-3, eigen.getEigenvalue(order[r]).real));
                double sign = vector[largest(vector)] < 0 ? -1 : 1;
                for (int i = 0; i < k; i++) {
                    for (int b = 0; b < modules; b++) {
                        int pair = l * modules + b;
                        in[(pair * places + i) * size + r] = sign * vector[i] / deviation;
                        out[(pair * size + r) * places + i] = sign * vector[i] * deviation;
                    }
                }
            }
        }
        if (parameters.names().contains(ModelGraph.INTERFACE_IN)) {
            parameters.set(ModelGraph.INTERFACE_IN, in);
        }
        parameters.set(ModelGraph.INTERFACE_OUT, out);
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
