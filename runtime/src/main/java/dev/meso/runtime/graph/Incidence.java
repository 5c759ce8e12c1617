package dev.meso.runtime.graph;

/**
 * The edges at each neuron: those of v are {@code edges[start[v]] .. edges[start[v + 1] - 1]}, sorted by the neuron at the
 * other end and, within it, in row order. The arrays must not be written to.
 */
public record Incidence(int[] start, int[] edges) {
    /** Two stable counting sorts: by the other end, then by {@code end}. Cost linear in n + m. */
    static Incidence of(int n, int[] end, int[] other) {
        int m = end.length;
        int[] cursor = starts(n, other);
        int[] byOther = new int[m];
        for (int e = 0; e < m; e++) {
            byOther[cursor[other[e]]++] = e;
        }
        int[] start = starts(n, end);
        cursor = start.clone();
        int[] edges = new int[m];
        for (int e : byOther) {
            edges[cursor[end[e]]++] = e;
        }
        return new Incidence(start, edges);
    }

    private static int[] starts(int n, int[] end) {
        int[] start = new int[n + 1];
        for (int v : end) {
            start[v + 1]++;
        }
        for (int v = 0; v < n; v++) {
            start[v + 1] += start[v];
        }
        return start;
    }
}
