package dev.meso.runtime.motif;

import dev.meso.runtime.graph.Wiring;
import java.util.Arrays;

/**
 * Censuses of many graphs with the same neurons, straight from edge lists. Up to {@value #LARGEST_TABLE} neurons the dyads
 * stand in a square table that is kept from one graph to the next, so a census of 111 neurons and 659 connections takes
 * some ten microseconds; larger graphs go through {@link Census}. Not safe for use by several threads: make one for each.
 */
public final class EnsembleCensus {
    /** A table of one byte a pair stays within the second-level cache. */
    static final int LARGEST_TABLE = 1024;

    private final int n;

    /** {@code code[a * n + b]}: the dyad as seen from a; all zero between censuses. */
    private final byte[] code;

    private final int[] sends;
    private final int[] receives;
    private final int[] both;
    private final int[] rank;
    private final int[] start;
    private final int[] cursor;

    /** Connected pairs of the graph at hand, two entries each. */
    private int[] pairs = new int[0];

    private int pairCount;
    private int[] partners = new int[0];

    /** @param n number of neurons of each graph */
    public EnsembleCensus(int n) {
        this.n = n;
        int size = n <= LARGEST_TABLE ? n : 0;
        code = new byte[size * size];
        sends = new int[size];
        receives = new int[size];
        both = new int[size];
        rank = new int[size];
        start = new int[size + 1];
        cursor = new int[2 * size + 2];
    }

    /** As {@link Census#dyads}, of the graph with these connections; parallel ones count once, autapses do not. */
    public long[] dyads(int[] pre, int[] post) {
        if (n > LARGEST_TABLE) {
            return Census.dyads(Wiring.of(n, pre, post, false));
        }
        fillTable(pre, post);
        clearTable();
        return countDyads();
    }

    /** As {@link Census#triads}, of the graph with these connections; parallel ones count once, autapses do not. */
    public long[] triads(int[] pre, int[] post) {
        if (n > LARGEST_TABLE) {
            return Census.triads(Wiring.of(n, pre, post, false));
        }
        fillTable(pre, post);
        long[] census = new long[16];
        for (int v = 0; v < n; v++) {
            TriadAlgebra.addWedges(census, sends[v] - both[v], receives[v] - both[v], both[v]);
        }
        fillLists();
        countTriangles(census);
        clearTable();
        return TriadAlgebra.complete(census, n, countDyads());
    }

    private void fillTable(int[] pre, int[] post) {
        if (pairs.length < 2 * pre.length) {
            pairs = new int[2 * pre.length];
            partners = new int[pre.length];
        }
        Arrays.fill(sends, 0);
        Arrays.fill(receives, 0);
        Arrays.fill(both, 0);
        pairCount = 0;
        for (int e = 0; e < pre.length; e++) {
            int a = pre[e];
            int b = post[e];
            byte known = code[a * n + b];
            if (a == b || (known & TriadAlgebra.SENDS) != 0) {
                continue;
            }
            sends[a]++;
            receives[b]++;
            if (known == 0) {
                pairs[2 * pairCount] = a;
                pairs[2 * pairCount++ + 1] = b;
            } else {
                both[a]++;
                both[b]++;
            }
            code[a * n + b] |= TriadAlgebra.SENDS;
            code[b * n + a] |= TriadAlgebra.RECEIVES;
        }
    }

    private void clearTable() {
        for (int p = 0; p < pairCount; p++) {
            code[pairs[2 * p] * n + pairs[2 * p + 1]] = 0;
            code[pairs[2 * p + 1] * n + pairs[2 * p]] = 0;
        }
    }

    private long[] countDyads() {
        long mutual = 0;
        for (int v = 0; v < n; v++) {
            mutual += both[v];
        }
        mutual /= 2;
        return new long[] {n * (n - 1L) / 2 - pairCount, pairCount - mutual, mutual};
    }

    /** For each neuron its partners of higher rank, ranks in order of degree. */
    private void fillLists() {
        Arrays.fill(cursor, 0);
        for (int v = 0; v < n; v++) {
            cursor[sends[v] + receives[v] + 1]++;
        }
        for (int d = 1; d < cursor.length; d++) {
            cursor[d] += cursor[d - 1];
        }
        for (int v = 0; v < n; v++) {
            rank[v] = cursor[sends[v] + receives[v]]++;
        }
        Arrays.fill(start, 0);
        for (int p = 0; p < pairCount; p++) {
            start[lower(p)]++;
        }
        int end = 0;
        for (int v = 0; v < n; v++) {
            end += start[v];
            start[v] = end;
        }
        start[n] = end;
        for (int p = 0; p < pairCount; p++) {
            int u = lower(p);
            partners[--start[u]] = pairs[2 * p] + pairs[2 * p + 1] - u;
        }
    }

    private int lower(int pair) {
        int a = pairs[2 * pair];
        int b = pairs[2 * pair + 1];
        return rank[a] < rank[b] ? a : b;
    }

    private void countTriangles(long[] census) {
        for (int u = 0; u < n; u++) {
            int row = u * n;
            for (int j = start[u]; j < start[u + 1]; j++) {
                int v = partners[j];
                int key = code[row + v] << 4;
                for (int k = start[v]; k < start[v + 1]; k++) {
                    int w = partners[k];
                    int uw = code[row + w];
                    if (uw != 0) {
                        census[TriadAlgebra.TRIANGLE[key | uw << 2 | code[v * n + w]]]++;
                    }
                }
            }
        }
    }
}
