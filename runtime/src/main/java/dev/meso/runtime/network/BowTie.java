package dev.meso.runtime.network;

import dev.meso.runtime.graph.Components;
import dev.meso.runtime.graph.Wiring;
import java.util.Arrays;

/**
 * Where each neuron stands to the largest strong component. Cost: linear in n + m. Broder A et al. (2000). Graph structure in the Web. Comput Netw
 * 33:309-320.
 */
public enum BowTie {
    /** In the largest strong component. */
    CORE,
    /** Reaches the core, is not reached by it. */
    IN,
    /** Is reached by the core, does not reach it. */
    OUT,
    /** Neither, but joined to the core by connections whatever their direction: tendrils and tubes. */
    TENDRIL,
    /** In another weak component. */
    APART;

    /** The part of each neuron. */
    public static BowTie[] of(Wiring wiring) {
        int n = wiring.n();
        BowTie[] parts = new BowTie[n];
        Arrays.fill(parts, APART);
        if (n == 0) {
            return parts;
        }
        int[] strong = Components.strong(wiring).ofNeuron();
        int[] weak = Components.weak(wiring).ofNeuron();
        boolean[] forth = reach(wiring.outStart(), wiring.outTargets(), strong);
        boolean[] back = reach(wiring.inStart(), wiring.inSources(), strong);
        int center = 0;
        while (strong[center] != 0) {
            center++;
        }
        for (int v = 0; v < n; v++) {
            if (weak[v] == weak[center]) {
                parts[v] = strong[v] == 0 ? CORE : back[v] ? IN : forth[v] ? OUT : TENDRIL;
            }
        }
        return parts;
    }

    /** What can be reached along these rows from component 0. */
    private static boolean[] reach(int[] start, int[] targets, int[] component) {
        int n = component.length;
        boolean[] reached = new boolean[n];
        int[] queue = new int[n];
        int size = 0;
        for (int v = 0; v < n; v++) {
            if (component[v] == 0) {
                reached[v] = true;
                queue[size++] = v;
            }
        }
        for (int head = 0; head < size; head++) {
            int v = queue[head];
            for (int e = start[v]; e < start[v + 1]; e++) {
                if (!reached[targets[e]]) {
                    reached[targets[e]] = true;
                    queue[size++] = targets[e];
                }
            }
        }
        return reached;
    }
}
