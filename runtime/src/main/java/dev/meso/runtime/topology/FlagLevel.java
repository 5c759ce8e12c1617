package dev.meso.runtime.topology;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;

/**
 * The simplices of one dimension of the directed flag complex, in lexicographic order: those that extend the same simplex by
 * one neuron stand together, ordered by that neuron. So a simplex is found by its first neurons and a search for its last.
 *
 * <p>Memory: 4 bytes for the last neuron and 4 for each of the k + 1 faces of a simplex of dimension k.
 */
final class FlagLevel {
    private final Wiring wiring;
    private final int dimension;
    /** The last neuron of each simplex. */
    private final int[] last;
    /** The simplices that extend simplex s of the dimension below stand at {@code start[s] .. start[s+1]-1}. */
    private final int[] start;
    /** Face i of simplex s, without its neuron i, at {@code s (k+1) + i}: a simplex of the dimension below. */
    private int[] faces;

    private FlagLevel(Wiring wiring, int dimension, int[] last, int[] start) {
        this.wiring = wiring;
        this.dimension = dimension;
        this.last = last;
        this.start = start;
    }

    /** The neurons. */
    static FlagLevel neurons(Wiring wiring) {
        int[] last = new int[wiring.n()];
        Arrays.setAll(last, v -> v);
        return new FlagLevel(wiring, 0, last, new int[] {0, wiring.n()});
    }

    int size() {
        return last.length;
    }

    int dimension() {
        return dimension;
    }

    int[] faces() {
        return faces;
    }

    /** Forgets what is needed to make the next level only. */
    void forgetFaces() {
        faces = null;
    }

    /** The simplices of one dimension more. */
    FlagLevel next(Parallel parallel) {
        int pieces = Math.min(64, 1 + size() / 1000);
        int[] starts = new int[size() + 1];
        parallel.forEach(
                pieces, null, (p, monitor) -> extend(bound(p, pieces), bound(p + 1, pieces), starts, null, monitor));
        for (int s = 0; s < size(); s++) {
            starts[s + 1] += starts[s];
        }
        FlagLevel next = new FlagLevel(wiring, dimension + 1, new int[starts[size()]], starts);
        next.faces = new int[(dimension + 2) * next.size()];
        parallel.forEach(
                pieces, null, (p, monitor) -> extend(bound(p, pieces), bound(p + 1, pieces), null, next, monitor));
        return next;
    }

    /** Groups of simplices with the same first neurons are not cut. */
    private int bound(int piece, int pieces) {
        return (int) ((start.length - 1L) * piece / pieces);
    }

    /**
     * Goes through what extends the simplices of the groups {@code from .. to-1}: a later neuron of the group that the last
     * one sends to, in either order. Counts it into {@code counts[s + 1]}, or writes it to {@code next}.
     */
    private void extend(int from, int to, int[] counts, FlagLevel next, Monitor monitor) {
        int[] outs = wiring.outTargets();
        for (int group = from; group < to; group++) {
            int first = dimension == 0 ? 0 : start[group];
            int end = start[group + 1];
            for (int s = first; s < end; s++) {
                int u = last[s];
                int row = wiring.outStart()[u];
                int rowEnd = wiring.outStart()[u + 1];
                int found = 0;
                if (dimension == 0) {
                    for (int j = row; j < rowEnd; j++) {
                        found = outs[j] == u ? found : found + add(next, s, outs[j], found);
                    }
                } else if ((end - first) * 16L < rowEnd - row) {
                    for (int c = first; c < end; c++) {
                        if (last[c] != u && Arrays.binarySearch(outs, row, rowEnd, last[c]) >= 0) {
                            found += add(next, s, last[c], found);
                        }
                    }
                } else {
                    for (int c = first, j = row; c < end && j < rowEnd; ) {
                        int w = last[c];
                        int v = outs[j];
                        if (w == v && w != u) {
                            found += add(next, s, w, found);
                        }
                        c += w <= v ? 1 : 0;
                        j += v <= w ? 1 : 0;
                    }
                }
                if (counts != null) {
                    counts[s + 1] = found;
                }
                if ((s & 0xFFF) == 0) {
                    monitor.checkpoint();
                }
            }
        }
    }

    /** Writes simplex s followed by w to {@code next}, with its faces; gives 1. */
    private int add(FlagLevel next, int s, int w, int found) {
        if (next != null) {
            int t = next.start[s] + found;
            next.last[t] = w;
            int at = t * (dimension + 2);
            if (dimension == 0) {
                next.faces[at] = w;
            } else {
                for (int i = 0; i <= dimension; i++) {
                    // Without neuron i: the face of s without it, followed by w.
                    next.faces[at + i] = find(faces[s * (dimension + 1) + i], w);
                }
            }
            next.faces[at + dimension + 1] = s;
        }
        return 1;
    }

    /** Simplex f of the dimension below, followed by w. */
    private int find(int f, int w) {
        return Arrays.binarySearch(last, start[f], start[f + 1], w);
    }

    /** For each simplex of the dimension below, the simplices of this level that have it as a face, ascending. */
    Cofaces cofaces(int below) {
        int[] starts = new int[below + 1];
        for (int f : faces) {
            starts[f + 1]++;
        }
        for (int f = 0; f < below; f++) {
            starts[f + 1] += starts[f];
        }
        int[] entries = new int[faces.length];
        int[] cursor = Arrays.copyOf(starts, below);
        for (int t = 0, at = 0; t < size(); t++) {
            for (int i = 0; i <= dimension; i++) {
                entries[cursor[faces[at++]]++] = t;
            }
        }
        return new Cofaces(starts, entries);
    }

    /** Cofaces of simplex s at {@code start[s] .. start[s+1]-1} of {@code entries}. */
    record Cofaces(int[] start, int[] entries) {}
}
