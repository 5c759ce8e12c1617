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
    private final int[] outStart;
    private final int[] outTargets;
    private final int[] inStart;
    private final int[] inSources;
    private final BlockTerms terms;
    private final double[] lnFactorial;
    private final double[] lnNext;
    private final int n;
    private final int cap;
    /** Which of the degrees that several neurons have a neuron has, or -1. */
    private final int[] outKind;

    private final int[] inKind;

    private final int[] block;
    private final int[] size;
    private final int[] out;
    private final int[] in;
    /** What each block costs by {@link BlockTerms#block}, and what it would cost with the neuron that is out. */
    private final double[] own;

    private final double[] ownWith;
    /** Edges from block r to s at r cap + s, and at s cap + r of {@code into}. */
    private final int[] from;

    private final int[] into;
    private final int[] kinds;
    /** Blocks with neurons, then those without; {@code place} is where a block stands. */
    private final int[] live;

    private final int[] place;
    private int count;
    /** All blocks with neurons are below this. */
    private int bound;

    // The neuron that is out: its edges to and from each block, and the blocks that have some.
    private final int[] edgesTo;
    private final int[] edgesFrom;
    private final int[] to;
    private final int[] back;
    private int tos;
    private int backs;

    BlockState(Wiring graph, BlockTerms terms, int cap) {
        this.outStart = graph.outStart();
        this.outTargets = graph.outTargets();
        this.inStart = graph.inStart();
        this.inSources = graph.inSources();
        this.n = graph.n();
        this.cap = cap;
        this.terms = terms;
        this.lnFactorial = terms.lnFactorials();
        this.lnNext = terms.lnNext();
        this.outKind = terms.outKinds();
        this.inKind = terms.inKinds();
        this.block = new int[n];
        this.size = new int[cap];
        this.out = new int[cap];
        this.in = new int[cap];
        this.own = new double[cap];
        this.ownWith = new double[cap];
        this.from = new int[cap * cap];
        this.into = new int[cap * cap];
        this.kinds = new int[terms.kindCount() * cap];
        this.live = new int[cap];
        this.place = new int[cap];
        this.edgesTo = new int[cap];
        this.edgesFrom = new int[cap];
        this.to = new int[cap + 1];
        this.back = new int[cap + 1];
    }

    int n() {
        return n;
    }

    /** The largest number of blocks. */
    int cap() {
        return cap;
    }

    /** Number of blocks that have neurons. */
    int count() {
        return count;
    }

    /** The i-th block that has neurons; for i = {@link #count} one that has none. */
    int live(int i) {
        return live[i];
    }

    /** All blocks that have neurons are below this. */
    int bound() {
        return bound;
    }

    int size(int r) {
        return size[r];
    }

    /** The block of each neuron; not to be written to. */
    int[] blocks() {
        return block;
    }

    /** Starts from this partition; labels lie in 0 .. cap-1. */
    void assign(int[] labels) {
        System.arraycopy(labels, 0, block, 0, n);
        for (int[] counts : new int[][] {size, out, in, from, into, kinds, edgesTo, edgesFrom}) {
            Arrays.fill(counts, 0);
        }
        tos = 0;
        backs = 0;
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
        bound = 0;
        int empty = cap;
        for (int r = cap - 1; r >= 0; r--) {
            if (size[r] == 0) {
                place[r] = --empty;
                live[empty] = r;
            }
        }
        for (int r = 0; r < cap; r++) {
            if (size[r] > 0) {
                place[r] = count;
                live[count++] = r;
                bound = r + 1;
            }
            own[r] = terms.block(size[r], out[r], in[r]);
        }
    }

    /** The description length, from scratch. */
    double length() {
        double length = terms.constant() + terms.global(count);
        for (int i = 0; i < count; i++) {
            int r = live[i];
            length += terms.block(size[r], out[r], in[r]);
            for (int j = 0; j < count; j++) {
                length -= lnFactorial[from[r * cap + live[j]]];
            }
            for (int k = 0; k < terms.kindCount(); k++) {
                length -= lnFactorial[kinds[k * cap + r]];
            }
        }
        return length;
    }

    /** Counts the edges of v by block and takes v out of its block. */
    void takeOut(int v) {
        int r = block[v];
        count(v);
        change(v, r, -1);
        own[r] = terms.block(size[r], out[r], in[r]);
    }

    /** Puts the neuron that was taken out into block s, whose cost has been asked. */
    void putIn(int v, int s) {
        block[v] = s;
        own[s] = ownWith[s];
        change(v, s, 1);
    }

    /** Moves v to block s, whatever it costs. */
    void move(int v, int s) {
        takeOut(v);
        block[v] = s;
        change(v, s, 1);
        own[s] = terms.block(size[s], out[s], in[s]);
    }

    private void count(int v) {
        for (int i = 0; i < tos; i++) {
            edgesTo[to[i]] = 0;
        }
        for (int i = 0; i < backs; i++) {
            edgesFrom[back[i]] = 0;
        }
        tos = tally(outTargets, outStart[v], outStart[v + 1], edgesTo, to);
        backs = tally(inSources, inStart[v], inStart[v + 1], edgesFrom, back);
    }

    private int tally(int[] ends, int start, int end, int[] edges, int[] touched) {
        int count = 0;
        for (int i = start; i < end; i++) {
            int t = block[ends[i]];
            int e = edges[t];
            // Without a branch, which would be guessed wrong half of the time.
            touched[count] = t;
            count += e == 0 ? 1 : 0;
            edges[t] = e + 1;
        }
        return count;
    }

    private void change(int v, int r, int sign) {
        changeEdges(from, into, r, to, tos, edgesTo, sign);
        changeEdges(into, from, r, back, backs, edgesFrom, sign);
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
            bound = Math.max(bound, r + 1);
        } else if (sign < 0 && --size[r] == 0) {
            swap(r, --count);
            while (bound > 0 && size[bound - 1] == 0) {
                bound--;
            }
        }
    }

    private void changeEdges(int[] rows, int[] columns, int r, int[] touched, int count, int[] edges, int sign) {
        for (int i = 0; i < count; i++) {
            int t = touched[i];
            rows[r * cap + t] += sign * edges[t];
            columns[t * cap + r] += sign * edges[t];
        }
    }

    private void swap(int r, int to) {
        int other = live[to];
        live[place[r]] = other;
        place[other] = place[r];
        live[to] = r;
        place[r] = to;
    }

    /** By how much the length grows when the neuron that is out goes into block s, which has no neurons. */
    private double costAlone(int v, int s) {
        double edges = 0;
        for (int i = 0; i < tos; i++) {
            edges += lnFactorial[edgesTo[to[i]]];
        }
        for (int i = 0; i < backs; i++) {
            edges += lnFactorial[edgesFrom[back[i]]];
        }
        ownWith[s] = terms.block(1, outStart[v + 1] - outStart[v], inStart[v + 1] - inStart[v]);
        return ownWith[s] - edges + terms.global(count + 1) - terms.global(count);
    }

    /** By how much the length grows when the neuron that is out goes into block s. */
    double cost(int v, int s) {
        if (size[s] == 0) {
            return costAlone(v, s);
        }
        double edges = 0;
        int row = s * cap;
        for (int i = 0; i < tos; i++) {
            int e = from[row + to[i]];
            edges += lnFactorial[e + edgesTo[to[i]]] - lnFactorial[e];
        }
        for (int i = 0; i < backs; i++) {
            int e = into[row + back[i]];
            edges += lnFactorial[e + edgesFrom[back[i]]] - lnFactorial[e];
        }
        return blockCost(v, s) - edges - inside(s);
    }

    /**
     * What putting the neuron that is out into each block below {@link #bound} would cost, into {@code cost}; infinite for a
     * block without neurons.
     */
    void costs(int v, double[] cost) {
        for (int s = 0; s < bound; s++) {
            cost[s] = size[s] > 0 ? blockCost(v, s) : Double.POSITIVE_INFINITY;
        }
        for (int i = 0; i < tos; i++) {
            subtract(cost, into, to[i] * cap, edgesTo[to[i]]);
        }
        for (int i = 0; i < backs; i++) {
            subtract(cost, from, back[i] * cap, edgesFrom[back[i]]);
        }
        for (int i = 0; i < tos; i++) {
            cost[to[i]] -= inside(to[i]);
        }
    }

    private void subtract(double[] cost, int[] edges, int row, int more) {
        if (more == 1) {
            for (int s = 0; s < bound; s++) {
                cost[s] -= lnNext[edges[row + s]];
            }
            return;
        }
        for (int s = 0; s < bound; s++) {
            int e = edges[row + s];
            cost[s] -= lnFactorial[e + more] - lnFactorial[e];
        }
    }

    /** Edges to and from block s both land within s. */
    private double inside(int s) {
        int to = edgesTo[s];
        int back = edgesFrom[s];
        if (to == 0 || back == 0) {
            return 0;
        }
        int e = from[s * cap + s];
        return lnFactorial[e + to + back] - lnFactorial[e + to] - lnFactorial[e + back] + lnFactorial[e];
    }

    /** What block s itself costs more with the neuron that is out. */
    private double blockCost(int v, int s) {
        int kOut = outStart[v + 1] - outStart[v];
        int kIn = inStart[v + 1] - inStart[v];
        ownWith[s] = terms.block(size[s] + 1, out[s] + kOut, in[s] + kIn);
        double more = ownWith[s] - own[s];
        if (outKind[v] >= 0) {
            more -= lnNext[kinds[outKind[v] * cap + s]];
        }
        if (inKind[v] >= 0) {
            more -= lnNext[kinds[inKind[v] * cap + s]];
        }
        return more;
    }

    /** What of the length depends on blocks r and s; the difference of two is that of the lengths while no other block changes. */
    double share(int r, int s) {
        double sum = terms.global(count) + own[r] + own[s];
        int rowR = r * cap;
        int rowS = s * cap;
        for (int i = 0; i < count; i++) {
            int t = live[i];
            sum -= lnFactorial[from[rowR + t]] + lnFactorial[from[rowS + t]];
            if (t != r && t != s) {
                sum -= lnFactorial[into[rowR + t]] + lnFactorial[into[rowS + t]];
            }
        }
        for (int k = 0; k < terms.kindCount(); k++) {
            sum -= lnFactorial[kinds[k * cap + r]] + lnFactorial[kinds[k * cap + s]];
        }
        return sum;
    }

    /** By how much the length grows when all neurons of r go into s; cost linear in the number of blocks. */
    double mergeDelta(int r, int s) {
        double sum = terms.global(count - 1) - terms.global(count);
        sum += terms.block(size[r] + size[s], out[r] + out[s], in[r] + in[s]) - own[r] - own[s];
        int rowR = r * cap;
        int rowS = s * cap;
        for (int i = 0; i < count; i++) {
            int t = live[i];
            if (t != r && t != s) {
                sum -= join(from[rowR + t], from[rowS + t]) + join(into[rowR + t], into[rowS + t]);
            }
        }
        int inside = from[rowR + r] + from[rowR + s] + from[rowS + r] + from[rowS + s];
        sum -= lnFactorial[inside]
                - lnFactorial[from[rowR + r]]
                - lnFactorial[from[rowR + s]]
                - lnFactorial[from[rowS + r]]
                - lnFactorial[from[rowS + s]];
        for (int k = 0; k < terms.kindCount(); k++) {
            sum -= join(kinds[k * cap + r], kinds[k * cap + s]);
        }
        return sum;
    }

    /** All neurons of r go into s. */
    void merge(int r, int s) {
        for (int v = 0; v < n; v++) {
            if (block[v] == r) {
                move(v, s);
            }
        }
    }

    private double join(int a, int b) {
        return a == 0 || b == 0 ? 0 : lnFactorial[a + b] - lnFactorial[a] - lnFactorial[b];
    }
}
