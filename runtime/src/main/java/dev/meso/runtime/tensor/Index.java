package dev.meso.runtime.tensor;

import java.util.Arrays;

/** Whole numbers that select along an axis. Equal where their contents are; never changed. */
final class Index {
    final int[] values;
    private final int hash;

    /** @param bound all values are at least 0 and below it, otherwise null is returned by {@link #firstOutside} */
    Index(int[] values) {
        this.values = values.clone();
        this.hash = Arrays.hashCode(this.values);
    }

    /** The first position whose value is not in 0 .. bound-1, or -1. */
    int firstOutside(int bound) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0 || values[i] >= bound) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Index o && hash == o.hash && Arrays.equals(values, o.values);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return values.length + " indexes";
    }
}
