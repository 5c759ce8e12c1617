package dev.meso.runtime.partition;

import java.util.Arrays;

/**
 * A graph whose nodes are neurons, or at higher levels sets of neurons that stay together. What lies inside a node does not
 * matter for moving nodes and is left out. All weights are above 0.
 */
final class LeidenLevel {
    final int n;
    final int[] start;
    final int[] partner;
    final double[] weight;
    final double[] out;
    final double[] in;

    private LeidenLevel(int[] start, int[] partner, double[] weight, double[] out, double[] in) {
        this.n = out.length;
        this.start = start;
        this.partner = partner;
        this.weight = weight;
        this.out = out;
        this.in = in;
    }

    static LeidenLevel of(Modularity m) {
        return new LeidenLevel(m.start, m.partner, m.weight, m.out, m.in);
    }

    /** The graph whose nodes are these groups; cost linear in nodes and connections. */
    LeidenLevel grouped(int[] group, int groups) {
        int[] first = new int[groups + 1];
        for (int g : group) {
            first[g + 1]++;
        }
        for (int g = 0; g < groups; g++) {
            first[g + 1] += first[g];
        }
        int[] members = new int[n];
        int[] cursor = first.clone();
        for (int v = 0; v < n; v++) {
            members[cursor[group[v]]++] = v;
        }
        double[] newOut = new double[groups];
        double[] newIn = new double[groups];
        double[] to = new double[groups];
        int[] met = new int[groups];
        int[] newStart = new int[groups + 1];
        int[] newPartner = new int[partner.length];
        double[] newWeight = new double[partner.length];
        int next = 0;
        for (int g = 0; g < groups; g++) {
            int found = 0;
            for (int i = first[g]; i < first[g + 1]; i++) {
                int v = members[i];
                newOut[g] += out[v];
                newIn[g] += in[v];
                for (int k = start[v]; k < start[v + 1]; k++) {
                    int h = group[partner[k]];
                    if (h != g) {
                        if (to[h] == 0) {
                            met[found++] = h;
                        }
                        to[h] += weight[k];
                    }
                }
            }
            for (int i = 0; i < found; i++) {
                newPartner[next] = met[i];
                newWeight[next++] = to[met[i]];
                to[met[i]] = 0;
            }
            newStart[g + 1] = next;
        }
        return new LeidenLevel(
                newStart, Arrays.copyOf(newPartner, next), Arrays.copyOf(newWeight, next), newOut, newIn);
    }
}
