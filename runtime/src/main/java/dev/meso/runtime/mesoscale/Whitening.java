package dev.meso.runtime.mesoscale;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Where variables lie: their mean, and the square root of their covariance and its inverse, symmetric. */
record Whitening(double[] mean, double[] root, double[] inverse) {
    private static final double FLOOR = 1e-6;

    static Whitening of(double[] variables, int size) {
        int count = variables.length / size;
        double[] mean = new double[size];
        for (int i = 0; i < variables.length; i++) {
            mean[i % size] += variables[i] / count;
        }
        DMatrixRMaj covariance = new DMatrixRMaj(size, size);
        for (int f = 0; f < count; f++) {
            for (int r = 0; r < size; r++) {
                for (int c = 0; c < size; c++) {
                    covariance.data[r * size + c] +=
                            (variables[f * size + r] - mean[r]) * (variables[f * size + c] - mean[c]) / count;
                }
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, true, true);
        eigen.decompose(covariance);
        double most = 0;
        for (int e = 0; e < size; e++) {
            most = Math.max(most, eigen.getEigenvalue(e).real);
        }
        double[] root = new double[size * size];
        double[] inverse = new double[size * size];
        for (int e = 0; e < size; e++) {
            double deviation = Math.sqrt(Math.max(eigen.getEigenvalue(e).real, FLOOR * Math.max(most, FLOOR)));
            double[] vector = eigen.getEigenVector(e).data;
            for (int r = 0; r < size; r++) {
                for (int c = 0; c < size; c++) {
                    root[r * size + c] += deviation * vector[r] * vector[c];
                    inverse[r * size + c] += vector[r] * vector[c] / deviation;
                }
            }
        }
        return new Whitening(mean, root, inverse);
    }

    /** Each of frames x size as (x - mean) inverse. */
    double[] whitened(double[] variables) {
        int size = mean.length;
        double[] white = new double[variables.length];
        for (int at = 0; at < variables.length; at += size) {
            for (int r = 0; r < size; r++) {
                for (int c = 0; c < size; c++) {
                    white[at + r] += inverse[r * size + c] * (variables[at + c] - mean[c]);
                }
            }
        }
        return white;
    }
}
