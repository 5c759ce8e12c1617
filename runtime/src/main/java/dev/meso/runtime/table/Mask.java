package dev.meso.runtime.table;

import java.util.function.IntPredicate;

/** Which rows of a column are missing, one bit a row; {@link #NONE} where all are there. Immutable. */
final class Mask {
    static final Mask NONE = new Mask(new long[0], 0);

    private final long[] words;
    private final int count;

    private Mask(long[] words, int count) {
        this.words = words;
        this.count = count;
    }

    static Mask where(int size, IntPredicate missing) {
        long[] words = new long[(size + 63) >>> 6];
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (missing.test(i)) {
                words[i >>> 6] |= 1L << i;
                count++;
            }
        }
        return count == 0 ? NONE : new Mask(words, count);
    }

    /** Takes the array over; bits beyond the size must be 0. */
    static Mask of(long[] words) {
        int count = 0;
        for (long w : words) {
            count += Long.bitCount(w);
        }
        return count == 0 ? NONE : new Mask(words, count);
    }

    boolean get(int i) {
        return count != 0 && (words[i >>> 6] >>> i & 1) != 0;
    }

    int count() {
        return count;
    }

    boolean none() {
        return count == 0;
    }

    Mask select(int[] rows) {
        return none() ? NONE : where(rows.length, i -> get(rows[i]));
    }
}
