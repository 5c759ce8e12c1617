package dev.meso.runtime.tensor;

/**
 * A batch of matrix products {@code C[m, n] = Σ A[m, k] B[k, n]} between parts of an arena. Rows, columns and depth may be
 * several axes each, so their places are tables.
 *
 * @param batchA where A of each product begins; the same for B and C
 * @param rowA place of each row in A, from there on
 * @param depthA place of each k in A
 * @param rowStepA distance of neighbouring rows in A if it is always the same, otherwise {@link #UNEVEN}; and so on
 * @param columnRunB columns of B are contiguous in runs of this length
 */
record Product(
        int[] batchA,
        int[] batchB,
        int[] batchC,
        int[] rowA,
        int[] depthA,
        int[] depthB,
        int[] columnB,
        int[] rowC,
        int[] columnC,
        int rowStepA,
        int depthStepA,
        int depthStepB,
        int columnStepB,
        int rowStepC,
        int columnStepC,
        int columnRunB) {
    /** The step of a table whose places are not evenly spaced. */
    static final int UNEVEN = Integer.MIN_VALUE;

    Product(
            int[] batchA,
            int[] batchB,
            int[] batchC,
            int[] rowA,
            int[] depthA,
            int[] depthB,
            int[] columnB,
            int[] rowC,
            int[] columnC) {
        this(
                batchA,
                batchB,
                batchC,
                rowA,
                depthA,
                depthB,
                columnB,
                rowC,
                columnC,
                step(rowA),
                step(depthA),
                step(depthB),
                step(columnB),
                step(rowC),
                step(columnC),
                run(columnB));
    }

    int batch() {
        return batchC.length;
    }

    int rows() {
        return rowC.length;
    }

    int columns() {
        return columnC.length;
    }

    int depth() {
        return depthA.length;
    }

    /** The table is made of runs of contiguous places, all of this length. */
    private static int run(int[] places) {
        int run = 1;
        while (run < places.length && places[run] == places[run - 1] + 1) {
            run++;
        }
        if (run == 0 || places.length % run != 0) {
            return 1;
        }
        for (int i = 1; i < places.length; i++) {
            if (i % run != 0 && places[i] != places[i - 1] + 1) {
                return 1;
            }
        }
        return run;
    }

    /** The distance of neighbours if it is always the same; 0 of a single one. */
    private static int step(int[] places) {
        if (places.length < 2) {
            return 0;
        }
        int step = places[1] - places[0];
        for (int i = 2; i < places.length; i++) {
            if (places[i] - places[i - 1] != step) {
                return UNEVEN;
            }
        }
        return step;
    }
}
