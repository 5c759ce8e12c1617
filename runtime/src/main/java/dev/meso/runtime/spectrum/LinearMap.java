package dev.meso.runtime.spectrum;

import dev.meso.runtime.task.Parallel;

/** A linear map of vectors of {@code size} numbers, known by what it does to one. */
interface LinearMap {
    int size();

    /** Writes the image of x to y, the same on any number of threads. */
    void apply(double[] x, double[] y, Parallel parallel);

    static LinearMap of(SparseMatrix a) {
        return new LinearMap() {
            @Override
            public int size() {
                return a.size();
            }

            @Override
            public void apply(double[] x, double[] y, Parallel parallel) {
                a.multiply(x, y, parallel);
            }
        };
    }

    /** A' A, whose eigenvalues are the squares of the singular values of A. */
    static LinearMap squared(SparseMatrix a) {
        SparseMatrix transposed = a.transposed();
        double[] middle = new double[a.size()];
        return new LinearMap() {
            @Override
            public int size() {
                return a.size();
            }

            @Override
            public void apply(double[] x, double[] y, Parallel parallel) {
                a.multiply(x, middle, parallel);
                transposed.multiply(middle, y, parallel);
            }
        };
    }
}
