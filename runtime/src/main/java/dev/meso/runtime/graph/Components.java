package dev.meso.runtime.graph;

import dev.meso.runtime.task.Monitor;
import java.util.Arrays;

/**
 * The components of a wiring. Component 0 is the largest; components of equal size are ordered by their first neuron.
 *
 * @param ofNeuron the component of each neuron
 * @param sizes the number of neurons of each component, descending
 */
public record Components(int[] ofNeuron, int[] sizes) {
    /** Neurons between two looks at the monitor. */
    private static final int CHECK = 1 << 12;

    /** Neurons that reach each other along connections (Tarjan 1972, without recursion). Cost linear in n + m. */
    public static Components strong(Wiring wiring) {
        return strong(wiring, null, 0, Monitor.NONE);
    }

    /**
     * The same without some connections: those whose number in {@code removal} is below {@code removed}.
     *
     * @param removal one number for each connection in row order; null to keep all
     */
    public static Components strong(Wiring wiring, int[] removal, int removed, Monitor monitor) {
        int n = wiring.n();
        int[] start = wiring.outStart();
        int[] targets = wiring.outTargets();
        int[] label = new int[n];
        Arrays.fill(label, -1);
        // order[v] is when v was reached, 0 before; low[v] the earliest open neuron known to be reachable from v.
        int[] order = new int[n];
        int[] low = new int[n];
        int[] next = new int[n];
        int[] path = new int[n];
        int[] open = new int[n];
        int opened = 0;
        int time = 0;
        int count = 0;
        for (int root = 0; root < n; root++) {
            if (order[root] != 0) {
                continue;
            }
            if ((root & CHECK - 1) == 0) {
                monitor.checkpoint();
            }
            int depth = 0;
            path[0] = root;
            order[root] = low[root] = ++time;
            next[root] = start[root];
            open[opened++] = root;
            while (depth >= 0) {
                int v = path[depth];
                if (next[v] < start[v + 1]) {
                    int e = next[v]++;
                    if (removal != null && removal[e] < removed) {
                        continue;
                    }
                    int w = targets[e];
                    if (order[w] == 0) {
                        if ((time & CHECK - 1) == 0) {
                            monitor.checkpoint();
                        }
                        order[w] = low[w] = ++time;
                        next[w] = start[w];
                        open[opened++] = w;
                        path[++depth] = w;
                    } else if (label[w] < 0) {
                        low[v] = Math.min(low[v], order[w]);
                    }
                } else {
                    if (low[v] == order[v]) {
                        int w;
                        do {
                            w = open[--opened];
                            label[w] = count;
                        } while (w != v);
                        count++;
                    }
                    depth--;
                    if (depth >= 0) {
                        low[path[depth]] = Math.min(low[path[depth]], low[v]);
                    }
                }
            }
        }
        return ranked(label, count);
    }

    /** Neurons joined by connections whatever their direction (union-find with path halving). Cost nearly linear in n + m. */
    public static Components weak(Wiring wiring) {
        int n = wiring.n();
        int[] parent = new int[n];
        Arrays.setAll(parent, v -> v);
        for (int v = 0; v < n; v++) {
            for (int i = wiring.outStart()[v]; i < wiring.outStart()[v + 1]; i++) {
                int a = root(parent, v);
                int b = root(parent, wiring.outTargets()[i]);
                // The smaller number stays root: labels follow first neurons.
                parent[Math.max(a, b)] = Math.min(a, b);
            }
        }
        int[] label = new int[n];
        int count = 0;
        for (int v = 0; v < n; v++) {
            int r = root(parent, v);
            label[v] = r == v ? count++ : label[r];
        }
        return ranked(label, count);
    }

    private static int root(int[] parent, int v) {
        while (parent[v] != v) {
            parent[v] = parent[parent[v]];
            v = parent[v];
        }
        return v;
    }

    private static Components ranked(int[] label, int count) {
        int[] size = new int[count];
        int[] first = new int[count];
        Arrays.fill(first, Integer.MAX_VALUE);
        for (int v = 0; v < label.length; v++) {
            size[label[v]]++;
            first[label[v]] = Math.min(first[label[v]], v);
        }
        long[] keys = new long[count];
        int[] ofFirst = new int[label.length];
        for (int c = 0; c < count; c++) {
            keys[c] = ((long) -size[c] << 32) + first[c];
            ofFirst[first[c]] = c;
        }
        Arrays.sort(keys);
        int[] rank = new int[count];
        int[] sizes = new int[count];
        for (int k = 0; k < count; k++) {
            int c = ofFirst[(int) keys[k]];
            rank[c] = k;
            sizes[k] = size[c];
        }
        int[] ranked = new int[label.length];
        for (int v = 0; v < label.length; v++) {
            ranked[v] = rank[label[v]];
        }
        return new Components(ranked, sizes);
    }

    /** How many components there are. */
    public int count() {
        return sizes.length;
    }

    /** The neurons of one component, ascending. */
    public int[] members(int component) {
        int[] members = new int[sizes[component]];
        for (int v = 0, k = 0; v < ofNeuron.length; v++) {
            if (ofNeuron[v] == component) {
                members[k++] = v;
            }
        }
        return members;
    }
}
