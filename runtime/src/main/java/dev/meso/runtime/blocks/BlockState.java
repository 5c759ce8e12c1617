package dev.meso.runtime.blocks;

import dev.meso.runtime.graph.Wiring;
import java.util.Arrays;

/**
 * A partition that a search changes, with the counts its description length is made of: edges between blocks (dense, both
 * ways), neurons, edge ends and degrees by block. Differences of the length are exact. A neuron is taken out and put back,
 * so that what it costs in each block is asked of the same state.
 *
 * <p>Memory: 8 cap^2 + 4 cap x (degrees that two neurons have) bytes, cap being the largest number of blocks. Not thread-safe.
 */
final class BlockState {
    /** A move must gain more than this: less is noise of the sums. */
    static final double GAIN = 1e-9;

    private final int[] outStart;
    private final int[] outTargets;
    private final int[] inStart;
    private final int[] inSources;
    private final BlockTerms terms;
    private final int n;
    private final int cap;
    /** Which of the degrees that several neurons have a neuron has, or -1. */
    private final int[] outKind;

    private final int[] inKind;

    private final int[] block;
    private final int[] size;
    private final int[] out;
    private final int[] in;
    /** Edges from block r to s at r cap + s, and at s cap + r of {@code into}. */
    private final int[] from;

    private final int[] into;
    private final int[] kinds;
    /** Blocks with neurons, then those without; {@code place} is where a block stands. */
    private final int[] live;

    private final int[] place;
    private int count;

    // The neuron that is out: its edges to and from each block, and the blocks it touches.
    private final int[] edgesTo;
    private final int[] edgesFrom;
    private final int[] touched;
    private int touches;

    BlockState(Wiring graph, boolean degreeCorrected, Encoding encoding, int cap) {
        this.outStart = graph.outStart();
        this.outTargets = graph.outTargets();
        this.inStart = graph.inStart();
        this.inSources = graph.inSources();
        this.n = graph.n();
        this.cap = cap;
        this.terms = new BlockTerms(graph, degreeCorrected, encoding);
        this.outKind = terms.outKinds();
        this.inKind = terms.inKinds();
        this.block = new int[n];
        this.size = new int[cap];
        this.out = new int[cap];
        this.in = new int[cap];
        this.from = new int[cap * cap];
        this.into = new int[cap * cap];
        this.kinds = new int[terms.kindCount() * cap];
        this.live = new int[cap];
        this.place = new int[cap];
        this.edgesTo = new int[cap];
        this.edgesFrom = new int[cap];
        this.touched = new int[cap];
    }

    int n() {
        return n;
    }

    /** Number of blocks that have neurons. */
    int count() {
        return count;
    }

    /** The i-th block that has neurons. */
    int live(int i) {
        return live[i];
    }

    int[] labels() {
        return block.clone();
    }

    /** Starts from this partition; labels lie in 0 .. cap-1. */
    void assign(int[] labels) {
        System.arraycopy(labels, 0, block, 0, n);
        for (int[] counts : new int[][] {size, out, in, from, into, kinds}) {
            Arrays.fill(counts, 0);
        }
        for (int v = 0; v < n; v++) {
            int r = block[v];
            size[r]++;
            if (outKind[v] >= 0) {
                kinds[outKind[v] * cap + r]++;
            }
            if (inKind[v] >= 0) {
                kinds[inKind[v] * cap + r]++;
            }
            for (int i = outStart[v]; i < outStart[v + 1]; i++) {
                int s = block[outTargets[i]];
                from[r * cap + s]++;
                into[s * cap + r]++;
            }
            out[r] += outStart[v + 1] - outStart[v];
            in[r] += inStart[v + 1] - inStart[v];
        }
        count = 0;
        int empty = cap;
        for (int r = 0; r < cap; r++) {
            place[r] = size[r] > 0 ? count++ : --empty;
            live[place[r]] = r;
        }
    }

    /** The description length, from scratch. */
    double length() {
        double length = terms.constant() + terms.global(count);
        for (int i = 0; i < count; i++) {
            int r = live[i];
            length += terms.block(size[r], out[r], in[r]);
            for (int j = 0; j < count; j++) {
                length -= terms.lnFactorial(from[r * cap + live[j]]);
            }
            for (int k = 0; k < terms.kindCount(); k++) {
                length -= terms.lnFactorial(kinds[k * cap + r]);
            }
        }
        return length;
    }

    /** Puts neuron v where the length is least; whether that changed the partition for the better. */
    boolean improve(int v, boolean countMayChange) {
        int r = block[v];
        if (!countMayChange && size[r] == 1) {
            return false;
        }
        takeOut(v);
        double stay = cost(v, r);
        double best = stay - GAIN;
        int target = r;
        int candidates = countMayChange && count < cap ? count + 1 : count;
        for (int i = 0; i < candidates; i++) {
            int s = live[i];
            if (s != r) {
                double cost = cost(v, s);
                if (cost < best) {
                    best = cost;
                    target = s;
                }
            }
        }
        putIn(v, target);
        return target != r && !(size[target] == 1 && size[r] == 0);
    }

    /** Counts the edges of v by block and takes v out of its block. */
    void takeOut(int v) {
        for (int i = 0; i < touches; i++) {
            edgesTo[touched[i]] = 0;
            edgesFrom[touched[i]] = 0;
        }
        touches = 0;
        for (int i = outStart[v]; i < outStart[v + 1]; i++) {
            int t = block[outTargets[i]];
            if (edgesTo[t]++ == 0) {
                touched[touches++] = t;
            }
        }
        for (int i = inStart[v]; i < inStart[v + 1]; i++) {
            int t = block[inSources[i]];
            if (edgesFrom[t]++ == 0 && edgesTo[t] == 0) {
                touched[touches++] = t;
            }
        }
        change(v, block[v], -1);
    }

    /** Puts the neuron that was taken out into block s. */
    void putIn(int v, int s) {
        block[v] = s;
        change(v, s, 1);
    }

    private void change(int v, int r, int sign) {
        for (int i = 0; i < touches; i++) {
            int t = touched[i];
            from[r * cap + t] += sign * edgesTo[t];
            into[t * cap + r] += sign * edgesTo[t];
            from[t * cap + r] += sign * edgesFrom[t];
            into[r * cap + t] += sign * edgesFrom[t];
        }
        out[r] += sign * (outStart[v + 1] - outStart[v]);
        in[r] += sign * (inStart[v + 1] - inStart[v]);
        if (outKind[v] >= 0) {
            kinds[outKind[v] * cap + r] += sign;
        }
        if (inKind[v] >= 0) {
            kinds[inKind[v] * cap + r] += sign;
        }
        if (sign > 0 && size[r]++ == 0) {
            swap(r, count++);
        } else if (sign < 0 && --size[r] == 0) {
            swap(r, --count);
        }
    }

    private void swap(int r, int to) {
        int other = live[to];
        live[place[r]] = other;
        place[other] = place[r];
        live[to] = r;
        place[r] = to;
    }

    /** By how much the length grows when the neuron that is out goes into block s. */
    double cost(int v, int s) {
        double[] ln = terms.lnFactorials();
        int row = s * cap;
        double sum = 0;
        for (int i = 0; i < touches; i++) {
            int t = touched[i];
            int to = edgesTo[t];
            int back = edgesFrom[t];
            if (t == s) {
                int e = from[row + s];
                sum -= ln[e + to + back] - ln[e];
            } else {
                int e = from[row + t];
                int f = into[row + t];
                sum -= ln[e + to] - ln[e] + ln[f + back] - ln[f];
            }
        }
        int kOut = outStart[v + 1] - outStart[v];
        int kIn = inStart[v + 1] - inStart[v];
        if (outKind[v] >= 0) {
            sum -= terms.ln(kinds[outKind[v] * cap + s] + 1);
        }
        if (inKind[v] >= 0) {
            sum -= terms.ln(kinds[inKind[v] * cap + s] + 1);
        }
        if (size[s] == 0) {
            return sum + terms.block(1, kOut, kIn) + terms.global(count + 1) - terms.global(count);
        }
        return sum + terms.block(size[s] + 1, out[s] + kOut, in[s] + kIn) - terms.block(size[s], out[s], in[s]);
    }

    /** By how much the length grows when all neurons of r go into s; cost linear in the number of blocks. */
    double mergeDelta(int r, int s) {
        double sum = terms.global(count - 1) - terms.global(count);
        sum += terms.block(size[r] + size[s], out[r] + out[s], in[r] + in[s])
                - terms.block(size[r], out[r], in[r])
                - terms.block(size[s], out[s], in[s]);
        double[] ln = terms.lnFactorials();
        int rowR = r * cap;
        int rowS = s * cap;
        for (int i = 0; i < count; i++) {
            int t = live[i];
            if (t != r && t != s) {
                sum -= join(ln, from[rowR + t], from[rowS + t]) + join(ln, into[rowR + t], into[rowS + t]);
            }
        }
        int inside = from[rowR + r] + from[rowR + s] + from[rowS + r] + from[rowS + s];
        sum -= ln[inside] - ln[from[rowR + r]] - ln[from[rowR + s]] - ln[from[rowS + r]] - ln[from[rowS + s]];
        for (int k = 0; k < terms.kindCount(); k++) {
            sum -= join(ln, kinds[k * cap + r], kinds[k * cap + s]);
        }
        return sum;
    }

    private static double join(double[] ln, int a, int b) {
        return a == 0 || b == 0 ? 0 : ln[a + b] - ln[a] - ln[b];
    }

    /** All neurons of r go into s. */
    void merge(int r, int s) {
        for (int v = 0; v < n; v++) {
            if (block[v] == r) {
                takeOut(v);
                putIn(v, s);
            }
        }
    }
}
