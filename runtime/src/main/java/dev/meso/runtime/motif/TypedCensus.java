package dev.meso.runtime.motif;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;

/**
 * The censuses of pairs and triples by the types of their neurons: which transmitters answer each other, who closes a cycle.
 * Each motif has roles a, b, c, drawn as in {@code std.motifs}:
 *
 * <pre>
 *   null a  b      uni a -> b      bi a <-> b
 *   012  a -> b, c         102  a <-> b, c        021D b -> a, b -> c       021U a -> b, c -> b      021C a -> b -> c
 *   111D a <-> b, c -> b   111U a <-> b, b -> c   030T a -> b -> c, a -> c  030C a -> b -> c -> a    201  a <-> b <-> c
 *   120D b -> a, b -> c, a <-> c   120U a -> b, c -> b, a <-> c   120C a -> b -> c, a <-> c   210 a -> b, b <-> c, c <-> a   300
 * </pre>
 *
 * Where a motif's own symmetry allows several assignments of its neurons to roles, the one whose types come first in order
 * counts: of a cycle, the one that begins with its lowest type. Autapses are ignored. Cost of triads: that of listing triangles,
 * at most m^1.5, and n T^2.
 */
public final class TypedCensus {
    /** Tables of 64 types, with one for neurons of no type, are 140 MB a thread. */
    public static final int MOST_TYPES = 64;

    /** The dyads ab, ac, bc of each triad in its roles, by 2 bits each as seen from the first: sends 1, receives 2. */
    private static final int[] DRAWN = {
        key(0, 0, 0), key(1, 0, 0), key(3, 0, 0), key(2, 0, 1), key(1, 0, 2), key(1, 0, 1), key(3, 0, 2), key(3, 0, 1),
        key(1, 1, 1), key(1, 2, 1), key(3, 0, 3), key(2, 3, 1), key(1, 3, 2), key(1, 3, 1), key(1, 3, 3), key(3, 3, 3)
    };

    private static final int[][] ORDERS = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

    /** The triad of each key, and the orders in which its neurons take the roles. */
    private static final int[] TRIAD = new int[64];

    private static final int[][][] ROLES = new int[64][][];

    static {
        for (int key = 0; key < 64; key++) {
            int triad = 0;
            int[][] orders = orders(key, DRAWN[0]);
            while (orders.length == 0) {
                orders = orders(key, DRAWN[++triad]);
            }
            TRIAD[key] = triad;
            ROLES[key] = orders;
        }
    }

    private final int types;
    private final long[][] counts;

    private TypedCensus(int types, int kinds, int cells) {
        this.types = types;
        this.counts = new long[kinds][cells];
    }

    private static int key(int ab, int ac, int bc) {
        return ab << 4 | ac << 2 | bc;
    }

    /** The orders that make the drawing of a key; {@code order[r]} is the neuron in role r. */
    private static int[][] orders(int key, int drawn) {
        int[][] code = new int[3][3];
        code[0][1] = key >> 4;
        code[0][2] = key >> 2 & 3;
        code[1][2] = key & 3;
        code[1][0] = TriadAlgebra.turned(code[0][1]);
        code[2][0] = TriadAlgebra.turned(code[0][2]);
        code[2][1] = TriadAlgebra.turned(code[1][2]);
        return Arrays.stream(ORDERS)
                .filter(o -> key(code[o[0]][o[1]], code[o[0]][o[2]], code[o[1]][o[2]]) == drawn)
                .toArray(int[][]::new);
    }

    /**
     * Null, uni and bi pairs by type.
     *
     * @param typeOf of each neuron, below {@code types}
     */
    public static TypedCensus dyads(Wiring graph, int[] typeOf, int types) {
        TypedCensus census = new TypedCensus(types, 3, types * types);
        long[] sizes = sizes(typeOf, types);
        for (int a = 0; a < types; a++) {
            for (int b = a; b < types; b++) {
                census.counts[0][a * types + b] = a == b ? sizes[a] * (sizes[a] - 1) / 2 : sizes[a] * sizes[b];
            }
        }
        int[] outs = graph.outTargets();
        int[] ins = graph.inSources();
        for (int v = 0; v < graph.n(); v++) {
            int i = graph.inStart()[v];
            int iEnd = graph.inStart()[v + 1];
            for (int o = graph.outStart()[v]; o < graph.outStart()[v + 1]; o++) {
                int w = outs[o];
                while (i < iEnd && ins[i] < w) {
                    i++;
                }
                boolean answered = i < iEnd && ins[i] == w;
                if (w == v || answered && w < v) {
                    continue;
                }
                int low = Math.min(typeOf[v], typeOf[w]) * types + Math.max(typeOf[v], typeOf[w]);
                census.counts[answered ? 2 : 1][answered ? low : typeOf[v] * types + typeOf[w]]++;
                census.counts[0][low]--;
            }
        }
        return census;
    }

    private static long[] sizes(int[] typeOf, int types) {
        long[] sizes = new long[types];
        for (int t : typeOf) {
            sizes[t]++;
        }
        return sizes;
    }

    /**
     * The 16 triads by type.
     *
     * @param typeOf of each neuron, below {@code types}
     * @param types at most {@link #MOST_TYPES} + 1
     * @throws dev.meso.runtime.error.MesoException INTEGER_OVERFLOW above {@link Census#MOST_NEURONS} neurons
     */
    public static TypedCensus triads(Wiring graph, int[] typeOf, int types, Parallel parallel) {
        if (types > MOST_TYPES + 1) {
            throw new IllegalArgumentException(types + " types");
        }
        Census.verifySize(graph.n());
        TypedCensus census = new TypedCensus(types, 16, types * types * types);
        long[] triangles = TriadKernel.of(graph, parallel).typedTriangles(typeOf, types, parallel);
        census.addWedges(graph, typeOf, parallel);
        int[] t = new int[3];
        for (int i = 0; i < triangles.length; i++) {
            if (triangles[i] == 0) {
                continue;
            }
            int key = census.split(i, t);
            census.add(key, t, triangles[i]);
            // Each of its wedges was counted as open.
            census.add(key & 0b111100, t, -triangles[i]);
            census.add(key & 0b110011, t, -triangles[i]);
            census.add(key & 0b001111, t, -triangles[i]);
        }
        census.addPairs(dyads(graph, typeOf, types), sizes(typeOf, types));
        return census;
    }

    /** The key of a place, and its types. */
    private int split(int place, int[] into) {
        into[2] = place % types;
        into[1] = place / types % types;
        into[0] = place / types / types % types;
        return place / types / types / types;
    }

    /** Adds triples of neurons 0, 1, 2 with these dyads and types, under their motif and roles. */
    private void add(int key, int[] type, long count) {
        int best = Integer.MAX_VALUE;
        for (int[] order : ROLES[key]) {
            best = Math.min(best, (type[order[0]] * types + type[order[1]]) * types + type[order[2]]);
        }
        counts[TRIAD[key]][best] += count;
    }

    /** All wedges, under their open triads: around each neuron, the pairs of its partners by code and type. */
    private void addWedges(Wiring graph, int[] typeOf, Parallel parallel) {
        int kinds = 4 * types;
        long[] wedges = new long[types * kinds * kinds];
        int pieces = (int) Math.min(8, 1 + graph.m() / 100_000L);
        parallel.forEach(pieces, null, (p, monitor) -> {
            int from = (int) ((long) graph.n() * p / pieces);
            int to = (int) ((long) graph.n() * (p + 1) / pieces);
            long[] own = new long[wedges.length];
            int[] number = new int[kinds];
            int[] met = new int[kinds];
            for (int v = from; v < to; v++) {
                int found = partners(graph, typeOf, v, number, met);
                int base = typeOf[v] * kinds * kinds;
                for (int i = 0; i < found; i++) {
                    long first = number[met[i]];
                    own[base + met[i] * kinds + met[i]] += first * (first - 1) / 2;
                    for (int j = 0; j < i; j++) {
                        own[base + met[i] * kinds + met[j]] += first * number[met[j]];
                    }
                }
                for (int i = 0; i < found; i++) {
                    number[met[i]] = 0;
                }
                if ((v & 1023) == 0) {
                    monitor.checkpoint();
                }
            }
            synchronized (wedges) {
                for (int i = 0; i < wedges.length; i++) {
                    wedges[i] += own[i];
                }
            }
        });
        for (int i = 0; i < wedges.length; i++) {
            if (wedges[i] > 0) {
                int one = i / kinds % kinds;
                int other = i % kinds;
                int[] type = {i / kinds / kinds, one % types, other % types};
                add(key(one / types, other / types, 0), type, wedges[i]);
            }
        }
    }

    /** Counts the partners of v under {@code code * T + type}; the kinds met, how many is the result. */
    private int partners(Wiring graph, int[] typeOf, int v, int[] number, int[] met) {
        int o = graph.outStart()[v];
        int i = graph.inStart()[v];
        int oEnd = graph.outStart()[v + 1];
        int iEnd = graph.inStart()[v + 1];
        int found = 0;
        while (o < oEnd || i < iEnd) {
            int a = o < oEnd ? graph.outTargets()[o] : Integer.MAX_VALUE;
            int b = i < iEnd ? graph.inSources()[i] : Integer.MAX_VALUE;
            int w = Math.min(a, b);
            int code = (a == w ? TriadAlgebra.SENDS : 0) | (b == w ? TriadAlgebra.RECEIVES : 0);
            o += a == w ? 1 : 0;
            i += b == w ? 1 : 0;
            if (w != v) {
                int kind = code * types + typeOf[w];
                if (number[kind]++ == 0) {
                    met[found++] = kind;
                }
            }
        }
        return found;
    }

    /** Triads of one pair or none: what the pairs and sizes leave when all other triads are taken off. */
    private void addPairs(TypedCensus pairs, long[] sizes) {
        int[] t = new int[3];
        long[][] connected = new long[16][];
        for (int triad = 3; triad < 16; triad++) {
            connected[triad] = counts[triad].clone();
        }
        for (int a = 0; a < types; a++) {
            for (int b = 0; b < types; b++) {
                for (int c = 0; c < types; c++) {
                    long third = sizes[c] - (c == a ? 1 : 0) - (c == b ? 1 : 0);
                    t[0] = a;
                    t[1] = b;
                    t[2] = c;
                    add(key(1, 0, 0), t, pairs.get(1, a, b) * third);
                    add(key(3, 0, 0), t, pairs.get(2, a, b) * third);
                }
            }
        }
        for (int triad = 3; triad < 16; triad++) {
            for (int i = 0; i < connected[triad].length; i++) {
                if (connected[triad][i] != 0) {
                    split(i, t);
                    for (int mask = 0b110000; mask > 0; mask >>= 2) {
                        if ((DRAWN[triad] & mask) != 0) {
                            add(DRAWN[triad] & mask, t, -connected[triad][i]);
                        }
                    }
                }
            }
        }
        addUnconnected(sizes);
    }

    private void addUnconnected(long[] sizes) {
        int[] t = new int[3];
        for (int triad = 1; triad < 16; triad++) {
            for (int i = 0; i < counts[triad].length; i++) {
                split(i, t);
                add(0, t, -counts[triad][i]);
            }
        }
        for (int a = 0; a < types; a++) {
            for (int b = a; b < types; b++) {
                for (int c = b; c < types; c++) {
                    t[0] = a;
                    t[1] = b;
                    t[2] = c;
                    add(0, t, triples(sizes, a, b, c));
                }
            }
        }
    }

    /** All triples of neurons with these types, which do not fall. */
    private static long triples(long[] sizes, int a, int b, int c) {
        if (a == c) {
            return TriadAlgebra.triples(sizes[a]);
        }
        long pairs = sizes[b] * (sizes[b] - 1) / 2;
        return a == b ? pairs * sizes[c] : b == c ? sizes[a] * pairs : sizes[a] * sizes[b] * sizes[c];
    }

    /** Pairs of a kind (0 null, 1 uni, 2 bi) with these types of a and b. */
    public long get(int dyad, int a, int b) {
        return counts[dyad][a * types + b];
    }

    /** Triples of a triad, in the order of {@link Census#TRIADS}, with these types of a, b and c. */
    public long get(int triad, int a, int b, int c) {
        return counts[triad][(a * types + b) * types + c];
    }

    /** Whether pairs of these types are counted under this order of them. */
    public static boolean counts(int dyad, int a, int b) {
        return dyad == 1 || a <= b;
    }

    /** Whether triples of these types are counted under this order of them. */
    public static boolean counts(int triad, int a, int b, int c) {
        int[] t = {a, b, c};
        for (int[] order : ROLES[DRAWN[triad]]) {
            int[] other = {t[order[0]], t[order[1]], t[order[2]]};
            if (Arrays.compare(other, t) < 0) {
                return false;
            }
        }
        return true;
    }
}
