package dev.meso.runtime.motif;

/**
 * The census from what is cheap to count. A wedge is a pair of connected dyads that share a neuron. With o, i, r the
 * numbers of a neuron's partners it only sends to, only receives from, and both,
 *
 * <pre>
 *   021D: C(o,2)   021U: C(i,2)   021C: o i   111D: r i   111U: r o   201: C(r,2)
 * </pre>
 *
 * are the wedges around it, of which those closed by a third dyad belong to a triangle. Each kind of triangle holds
 * known wedges, so subtracting them leaves the open triads; the same accounting of dyads gives 012 and 102, and 003 is
 * the rest. All arithmetic is modulo 2^64, and each result lies in 0 .. C(n,3) below 2^63, so it is exact even where an
 * intermediate sum is not.
 */
final class TriadAlgebra {
    private static final int T003 = 0;
    private static final int T012 = 1;
    private static final int T102 = 2;
    private static final int T021D = 3;
    private static final int T021U = 4;
    private static final int T021C = 5;
    private static final int T111D = 6;
    private static final int T111U = 7;
    private static final int T030T = 8;
    private static final int T030C = 9;
    private static final int T201 = 10;
    private static final int T120D = 11;
    private static final int T120U = 12;
    private static final int T120C = 13;
    private static final int T210 = 14;
    private static final int T300 = 15;

    /** Dyad codes as seen from the first neuron: it sends, it receives, both. */
    static final int SENDS = 1;

    static final int RECEIVES = 2;
    static final int BOTH = 3;

    /** Asymmetric and mutual dyads in each triad. */
    private static final int[] ASYMMETRIC = {0, 1, 0, 2, 2, 2, 1, 1, 3, 3, 0, 2, 2, 2, 1, 0};

    private static final int[] MUTUAL = {0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 2, 1, 1, 1, 2, 3};

    /** The triad of a triangle u, v, w by {@code code(u,v) << 4 | code(u,w) << 2 | code(v,w)}; -1 where no triangle. */
    static final int[] TRIANGLE = triangles();

    private TriadAlgebra() {}

    private static int[] triangles() {
        int[] triads = new int[64];
        for (int key = 0; key < 64; key++) {
            int uv = key >> 4;
            int uw = key >> 2 & 3;
            int vw = key & 3;
            triads[key] = uv == 0 || uw == 0 || vw == 0
                    ? -1
                    : triangle(new int[][] {{0, uv, uw}, {turned(uv), 0, vw}, {turned(uw), turned(vw), 0}});
        }
        return triads;
    }

    /** The same dyad seen from the other neuron. */
    static int turned(int code) {
        return (code & 1) << 1 | code >> 1;
    }

    /** @param code {@code code[a][b]} is the dyad as seen from a */
    private static int triangle(int[][] code) {
        int mutual = 0;
        int cyclic = 0;
        for (int a = 0; a < 3; a++) {
            int next = code[a][(a + 1) % 3];
            mutual += next == BOTH ? 1 : 0;
            cyclic += next == SENDS ? 1 : next == RECEIVES ? -1 : 0;
        }
        if (mutual == 0) {
            return Math.abs(cyclic) == 3 ? T030C : T030T;
        }
        if (mutual == 1) {
            for (int a = 0; a < 3; a++) {
                int one = code[a][(a + 1) % 3];
                int other = code[a][(a + 2) % 3];
                if (one != BOTH && other != BOTH) {
                    return one != other ? T120C : one == SENDS ? T120D : T120U;
                }
            }
        }
        return mutual == 2 ? T210 : T300;
    }

    /** Whether a graph on neurons 0, 1, 2, one bit for each ordered pair, has this connection. */
    static boolean connects(int graph, int from, int to) {
        return (graph >> (2 * from + (to - from + 3) % 3 - 1) & 1) != 0;
    }

    /** The triad of such a graph. */
    static int triadOf(int graph) {
        long[] census = new long[16];
        long[] dyads = new long[3];
        int[][] code = new int[3][3];
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                if (a != b) {
                    code[a][b] = (connects(graph, a, b) ? SENDS : 0) | (connects(graph, b, a) ? RECEIVES : 0);
                }
            }
            int[] partners = new int[4];
            partners[code[a][(a + 1) % 3]]++;
            partners[code[a][(a + 2) % 3]]++;
            addWedges(census, partners[SENDS], partners[RECEIVES], partners[BOTH]);
            int next = code[a][(a + 1) % 3];
            dyads[next == 0 ? 0 : next == BOTH ? 2 : 1]++;
        }
        int triangle = TRIANGLE[code[0][1] << 4 | code[0][2] << 2 | code[1][2]];
        if (triangle >= 0) {
            census[triangle]++;
        }
        complete(census, 3, dyads);
        int triad = 0;
        while (census[triad] == 0) {
            triad++;
        }
        return triad;
    }

    /** Adds the wedges around a neuron to the open triads of {@code census}. */
    static void addWedges(long[] census, long sends, long receives, long both) {
        census[T021D] += sends * (sends - 1) / 2;
        census[T021U] += receives * (receives - 1) / 2;
        census[T021C] += sends * receives;
        census[T111D] += both * receives;
        census[T111U] += both * sends;
        census[T201] += both * (both - 1) / 2;
    }

    /**
     * Completes a census that holds all wedges under the open triads and the triangles under theirs.
     *
     * @param dyads numbers of null, asymmetric and mutual pairs
     */
    static long[] complete(long[] census, int n, long[] dyads) {
        census[T021D] -= census[T030T] + census[T120D];
        census[T021U] -= census[T030T] + census[T120U];
        census[T021C] -= census[T030T] + 3 * census[T030C] + census[T120C];
        census[T111D] -= 2 * census[T120D] + census[T120C] + census[T210];
        census[T111U] -= 2 * census[T120U] + census[T120C] + census[T210];
        census[T201] -= census[T210] + 3 * census[T300];
        long one = dyads[1] * (n - 2L);
        long two = dyads[2] * (n - 2L);
        long connected = 0;
        for (int t = T021D; t <= T300; t++) {
            one -= ASYMMETRIC[t] * census[t];
            two -= MUTUAL[t] * census[t];
            connected += census[t];
        }
        if (n < 3) {
            return census;
        }
        census[T012] = one;
        census[T102] = two;
        census[T003] = triples(n) - one - two - connected;
        return census;
    }

    /** C(n,3), without overflow on the way. */
    static long triples(long n) {
        long[] factors = {n, n - 1, n - 2};
        for (int divisor = 2; divisor <= 3; divisor++) {
            for (int i = 0; i < 3; i++) {
                if (factors[i] % divisor == 0) {
                    factors[i] /= divisor;
                    break;
                }
            }
        }
        return factors[0] * factors[1] * factors[2];
    }
}
