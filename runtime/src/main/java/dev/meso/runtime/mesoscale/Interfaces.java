package dev.meso.runtime.mesoscale;

import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.tensor.Parameters;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Starting values of interfaces, and what ties the one out to the one in. */
final class Interfaces {
    private Interfaces() {}

    /**
     * Brings the interfaces out back to being inverse to those in over what each pair is assigned: one step of Newton's iteration,
     * {@code Out <- (2 I - Out A In) Out}, exact to second order. Cost: pairs x places x size^2.
     *
     * @param in locations x modules x places x size
     * @param out locations x modules x size x places, changed in place
     * @param assignment locations x modules x places
     */
    static void tie(double[] in, double[] out, double[] assignment, int pairs, int places, int size) {
        double[] product = new double[size * size];
        double[] column = new double[size];
        for (int p = 0; p < pairs; p++) {
            int block = p * places * size;
            Arrays.fill(product, 0);
            for (int k = 0; k < places; k++) {
                double a = assignment[p * places + k];
                if (a == 0) {
                    continue;
                }
                for (int r = 0; r < size; r++) {
                    double o = out[block + r * places + k] * a;
                    for (int c = 0; c < size; c++) {
                        product[r * size + c] += o * in[block + k * size + c];
                    }
                }
            }
            // Newton's iteration converges where I - Out In is small; a longer way is cut short.
            double off = 0;
            for (int r = 0; r < size; r++) {
                for (int c = 0; c < size; c++) {
                    double d = (r == c ? 1 : 0) - product[r * size + c];
                    off += d * d;
                }
            }
            double share = off <= 0.25 ? 1 : 0.5 / Math.sqrt(off);
            for (int k = 0; k < places; k++) {
                for (int r = 0; r < size; r++) {
                    double sum = 0;
                    for (int c = 0; c < size; c++) {
                        sum += ((r == c ? 1 : 0) - product[r * size + c]) * out[block + c * places + k];
                    }
                    column[r] = sum;
                }
                for (int r = 0; r < size; r++) {
                    out[block + r * places + k] += share * column[r];
                }
            }
        }
    }

    /**
     * Principal components (Karhunen-Loeve) of the activity in each field, whitened, as the start of all its interfaces; each neuron
     * counts as much as it is assigned to a pair when all pairs are equal. The interfaces out are inverse to those in.
     */
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
                    double share = 1.0 / (modules * structure.fields().depth(field[i]));
                    for (int b = 0; b < modules; b++) {
                        int pair = l * modules + b;
                        in[(pair * places + i) * size + r] = sign * vector[i] / (deviation * share);
                        out[(pair * size + r) * places + i] = sign * vector[i] * deviation;
                    }
                }
            }
        }
        parameters.set(ModelGraph.INTERFACE_IN, in);
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
