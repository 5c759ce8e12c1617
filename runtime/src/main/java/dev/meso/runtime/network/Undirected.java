package dev.meso.runtime.network;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Wiring;

/**
 * The undirected simple graph of a wiring: two neurons are neighbours where one connects to the other; autapses are dropped.
 * The arrays must not be written to.
 *
 * @param start row bounds: the neighbours of v stand at {@code start[v] .. start[v+1]-1}, ascending
 * @param neighbours each pair of neighbours stands there twice
 */
public record Undirected(int[] start, int[] neighbours) {
    /**
     * Cost: linear in n + m; memory 4 bytes a neuron and at most 8 bytes a connection.
     *
     * @throws MesoException OUT_OF_MEMORY where there are more than 2^30 pairs of neighbours
     */
    public static Undirected of(Wiring wiring) {
        int n = wiring.n();
        int[] start = new int[n + 1];
        long all = 0;
        for (int v = 0; v < n; v++) {
            all += merge(wiring, v, null, 0);
            if (all > Integer.MAX_VALUE - 8) {
                throw new MesoException(
                        ErrorCode.OUT_OF_MEMORY,
                        "the undirected graph of " + wiring + " has more than 2^30 pairs of neighbours",
                        "ask for the directed statistic, or of a subgraph");
            }
            start[v + 1] = (int) all;
        }
        int[] neighbours = new int[(int) all];
        for (int v = 0; v < n; v++) {
            merge(wiring, v, neighbours, start[v]);
        }
        return new Undirected(start, neighbours);
    }

    /** Merges the sorted rows of targets and of sources of v into {@code to}, if given; how many there are. */
    private static int merge(Wiring wiring, int v, int[] to, int at) {
        int i = wiring.outStart()[v];
        int j = wiring.inStart()[v];
        int iEnd = wiring.outStart()[v + 1];
        int jEnd = wiring.inStart()[v + 1];
        int size = 0;
        while (i < iEnd || j < jEnd) {
            int out = i < iEnd ? wiring.outTargets()[i] : Integer.MAX_VALUE;
            int in = j < jEnd ? wiring.inSources()[j] : Integer.MAX_VALUE;
            int next = Math.min(out, in);
            i += out == next ? 1 : 0;
            j += in == next ? 1 : 0;
            if (next != v) {
                if (to != null) {
                    to[at + size] = next;
                }
                size++;
            }
        }
        return size;
    }

    /** Number of neurons. */
    public int n() {
        return start.length - 1;
    }

    /** The number of neighbours of v. */
    public int degree(int v) {
        return start[v + 1] - start[v];
    }
}
