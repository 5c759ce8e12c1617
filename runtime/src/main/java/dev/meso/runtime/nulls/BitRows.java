package dev.meso.runtime.nulls;

/** One bit for each ordered pair of neurons. */
final class BitRows implements Adjacency {
    private final int words;
    private final long[] bits;

    BitRows(int n, int[] start, int[] post) {
        words = (n + 63) / 64;
        bits = new long[n * words];
        for (int u = 0; u < n; u++) {
            for (int e = start[u]; e < start[u + 1]; e++) {
                bits[u * words + (post[e] >> 6)] |= 1L << post[e];
            }
        }
    }

    private BitRows(int words, long[] bits) {
        this.words = words;
        this.bits = bits;
    }

    @Override
    public boolean has(int u, int v) {
        return (bits[u * words + (v >> 6)] >>> v & 1) != 0;
    }

    @Override
    public void move(int u, int from, int to) {
        int row = u * words;
        bits[row + (from >> 6)] ^= 1L << from;
        bits[row + (to >> 6)] ^= 1L << to;
    }

    @Override
    public int touch(int u, int v) {
        return 0;
    }

    @Override
    public void copyFrom(Adjacency other) {
        System.arraycopy(((BitRows) other).bits, 0, bits, 0, bits.length);
    }

    @Override
    public Adjacency copy() {
        return new BitRows(words, bits.clone());
    }
}
