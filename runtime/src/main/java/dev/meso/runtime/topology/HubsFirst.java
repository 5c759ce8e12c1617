package dev.meso.runtime.topology;

import dev.meso.runtime.graph.Wiring;
import java.util.Arrays;

/** Renames neurons in descending order of degree, those of equal degree in the order of their numbers. */
final class HubsFirst {
    private HubsFirst() {}

    /** The same graph under new names, without autapses. */
    static Wiring of(Wiring wiring) {
        int n = wiring.n();
        long[] keys = new long[n];
        for (int v = 0; v < n; v++) {
            keys[v] = (long) -(wiring.outDegree(v) + wiring.inDegree(v)) << 32 | v;
        }
        Arrays.sort(keys);
        int[] name = new int[n];
        for (int i = 0; i < n; i++) {
            name[(int) keys[i]] = i;
        }
        int[] pre = wiring.edgeSources();
        int[] post = wiring.outTargets().clone();
        for (int e = 0; e < pre.length; e++) {
            pre[e] = name[pre[e]];
            post[e] = name[post[e]];
        }
        return Wiring.of(n, pre, post, false);
    }
}
