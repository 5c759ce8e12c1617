package dev.meso.runtime.nulls;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The obvious twin of {@link SwitchChain}: one step at a time, connections in a set of pairs. */
final class PlainSwitching {
    private final int n;
    private final int[] pre;
    final int[] post;
    private final boolean autapses;
    private final Set<Long> there = new HashSet<>();

    PlainSwitching(Observed observed, boolean autapses) {
        this.n = observed.n();
        this.pre = observed.pre();
        this.post = observed.post().clone();
        this.autapses = autapses;
        for (int e = 0; e < pre.length; e++) {
            there.add(pair(pre[e], post[e]));
        }
    }

    private long pair(int u, int v) {
        return (long) u * n + v;
    }

    /** Goes back to connections that it had before. */
    void reset(int[] before) {
        there.clear();
        for (int e = 0; e < pre.length; e++) {
            post[e] = before[e];
            there.add(pair(pre[e], post[e]));
        }
    }

    boolean step(RandomGenerator random) {
        long bits = random.nextLong();
        long places = bits << 4;
        int m = pre.length;
        int e = (int) Math.unsignedMultiplyHigh(places, m);
        long rest = places * m;
        if (!autapses && bits >>> 60 == 0) {
            return reverse(e, rest);
        }
        return exchange(e, (int) Math.unsignedMultiplyHigh(rest, m));
    }

    boolean exchange(int e, int f) {
        long first = pair(pre[e], post[f]);
        long second = pair(pre[f], post[e]);
        boolean autapse = pre[e] == post[f] || pre[f] == post[e];
        if (autapse && !autapses || there.contains(first) || there.contains(second)) {
            return false;
        }
        there.remove(pair(pre[e], post[e]));
        there.remove(pair(pre[f], post[f]));
        there.add(first);
        there.add(second);
        int kept = post[e];
        post[e] = post[f];
        post[f] = kept;
        return true;
    }

    private int find(int u, int v) {
        for (int e = 0; e < pre.length; e++) {
            if (pre[e] == u && post[e] == v) {
                return e;
            }
        }
        return -1;
    }

    private boolean reverse(int e, long fraction) {
        int a = pre[e];
        int b = post[e];
        int first = 0;
        while (first < pre.length && pre[first] != b) {
            first++;
        }
        int degree = 0;
        while (first + degree < pre.length && pre[first + degree] == b) {
            degree++;
        }
        if (degree == 0) {
            return false;
        }
        int second = first + (int) Math.unsignedMultiplyHigh(fraction, degree);
        int c = post[second];
        boolean cycle = a != c && there.contains(pair(c, a));
        boolean oneWay = !there.contains(pair(b, a)) && !there.contains(pair(c, b)) && !there.contains(pair(a, c));
        if (!cycle || !oneWay) {
            return false;
        }
        post[find(c, a)] = b;
        post[e] = c;
        post[second] = a;
        there.remove(pair(a, b));
        there.remove(pair(b, c));
        there.remove(pair(c, a));
        there.add(pair(a, c));
        there.add(pair(c, b));
        there.add(pair(b, a));
        return true;
    }
}
