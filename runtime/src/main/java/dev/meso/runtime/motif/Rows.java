package dev.meso.runtime.motif;

import dev.meso.runtime.graph.Wiring;
import java.util.Arrays;

/**
 * A relation between neurons in sorted rows, for example "sends to, and does not receive from". No neuron stands in its
 * own row. Small graphs also have the rows as bits.
 */
final class Rows {
    /** Up to this many neurons a relation also stands in a table of n^2 bits: at most 2 MB. */
    static final int LARGEST_TABLE = 4096;

    final int n;
    final int[] start;
    final int[] items;

    /** Row v is the words {@code v * words .. v * words + words - 1}; null for large graphs. */
    final long[] table;

    final int words;

    private Rows(int n, int[] start, int[] items) {
        this.n = n;
        this.start = start;
        this.items = items;
        this.words = (n + 63) / 64;
        this.table = n <= LARGEST_TABLE ? new long[n * words] : null;
        if (table != null) {
            for (int v = 0; v < n; v++) {
                for (int i = start[v]; i < start[v + 1]; i++) {
                    table[v * words + (items[i] >> 6)] |= 1L << items[i];
                }
            }
        }
    }

    int length(int v) {
        return start[v + 1] - start[v];
    }

    boolean contains(int v, int w) {
        return table != null
                ? (table[v * words + (w >> 6)] >>> w & 1) != 0
                : Arrays.binarySearch(items, start[v], start[v + 1], w) >= 0;
    }

    /** The rows of a relation of two variables; cost linear in n + m, with a search a connection for masks on the way back. */
    static Rows of(Wiring graph, Relation relation) {
        boolean plainOut = relation.equals(Relation.SENDS);
        if ((plainOut || relation.equals(Relation.SENDS.turned())) && !hasAutapses(graph)) {
            return plainOut
                    ? new Rows(graph.n(), graph.outStart(), graph.outTargets())
                    : new Rows(graph.n(), graph.inStart(), graph.inSources());
        }
        int n = graph.n();
        int[] outs = graph.outTargets();
        int[] ins = graph.inSources();
        int[] start = new int[n + 1];
        int[] items = new int[16];
        int size = 0;
        for (int v = 0; v < n; v++) {
            int o = graph.outStart()[v];
            int i = graph.inStart()[v];
            int oEnd = graph.outStart()[v + 1];
            int iEnd = graph.inStart()[v + 1];
            while (o < oEnd || i < iEnd) {
                int a = o < oEnd ? outs[o] : Integer.MAX_VALUE;
                int b = i < iEnd ? ins[i] : Integer.MAX_VALUE;
                int w = Math.min(a, b);
                int there = a == w ? o++ : -1;
                int back = b == w ? i++ : -1;
                if (back >= 0 && relation.readsMasksBack()) {
                    int row = graph.outStart()[w];
                    back = Arrays.binarySearch(outs, row, graph.outStart()[w + 1], v);
                }
                if (w != v && relation.holds(there, back)) {
                    if (size == items.length) {
                        items = Arrays.copyOf(items, grown(size));
                    }
                    items[size++] = w;
                }
            }
            start[v + 1] = size;
        }
        return new Rows(n, start, Arrays.copyOf(items, size));
    }

    private static int grown(int size) {
        return (int) Math.min(Integer.MAX_VALUE - 8L, size + (size >> 1) + 16L);
    }

    private static boolean hasAutapses(Wiring graph) {
        for (int v = 0; v < graph.n(); v++) {
            if (graph.connects(v, v)) {
                return true;
            }
        }
        return false;
    }
}
