package dev.meso.runtime.topology;

/**
 * A set of whole numbers below a bound under symmetric difference, whose least element is found in a few steps: bits, with
 * bits above them that say which words are not empty, up to a single word (a column over Z/2 while it is reduced; Bauer,
 * Kerber, Reininghaus and Wagner, "PHAT", Journal of Symbolic Computation 78, 2017).
 */
final class BitColumn {
    private final long[][] levels;

    BitColumn(int bound) {
        int depth = 1;
        for (long words = (bound + 63L) >>> 6; words > 1; words = (words + 63) >>> 6) {
            depth++;
        }
        levels = new long[depth][];
        long words = bound;
        for (int level = 0; level < depth; level++) {
            words = Math.max(1, (words + 63) >>> 6);
            levels[level] = new long[(int) words];
        }
    }

    /** Puts i in where it is out, and takes it out where it is in. */
    void toggle(int i) {
        int at = i;
        for (long[] words : levels) {
            long old = words[at >>> 6];
            long now = old ^ 1L << at;
            words[at >>> 6] = now;
            if (old != 0 && now != 0) {
                return;
            }
            at >>>= 6;
        }
    }

    /** The least element, -1 where there is none. */
    int least() {
        if (levels[levels.length - 1][0] == 0) {
            return -1;
        }
        int at = 0;
        for (int level = levels.length - 1; level >= 0; level--) {
            at = at << 6 | Long.numberOfTrailingZeros(levels[level][at]);
        }
        return at;
    }
}
