package dev.meso.runtime.network;

/** What each source reaches: how many neurons, the sum of their distances, and the largest. Searches write to places of their own. */
final class SourceCounts {
    final int[] reached;
    final long[] sums;
    final int[] longest;

    SourceCounts(int sources) {
        reached = new int[sources];
        sums = new long[sources];
        longest = new int[sources];
    }

    /** Adds the bit-sliced counts of one level for sources {@code from .. to-1}; see {@code BitSearch}. */
    void add(int from, int to, int distance, long[] digits, int words) {
        for (int s = from; s < to; s++) {
            int bit = s - from;
            int count = 0;
            for (int p = 0; p < digits.length / words; p++) {
                count |= (int) (digits[p * words + (bit >> 6)] >>> bit & 1) << p;
            }
            if (count > 0) {
                reached[s] += count;
                sums[s] += (long) distance * count;
                longest[s] = distance;
            }
        }
    }
}
