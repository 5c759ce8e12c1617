package dev.meso.runtime.nulls;

/**
 * The 64 labelled graphs on three neurons and their 16 types in the M-A-N notation of Holland and Leinhardt (1970): 003
 * 012 102 021D 021U 021C 111D 111U 030T 030C 201 120D 120U 120C 210 300. Bits of a labelled graph: 1 for 0→1, 2 for 1→0,
 * 4 for 0→2, 8 for 2→0, 16 for 1→2, 32 for 2→1.
 */
final class TriadTypes {
    /** Number of types. */
    static final int COUNT = 16;

    private static final int[] TYPE = new int[64];

    static {
        for (int code = 0; code < 64; code++) {
            TYPE[code] = classify(code);
        }
    }

    private TriadTypes() {}

    /** The type, 0..15, of a labelled graph. */
    static int type(int code) {
        return TYPE[code];
    }

    private static int classify(int code) {
        int[][] edge = new int[3][3];
        edge[0][1] = code & 1;
        edge[1][0] = code >> 1 & 1;
        edge[0][2] = code >> 2 & 1;
        edge[2][0] = code >> 3 & 1;
        edge[1][2] = code >> 4 & 1;
        edge[2][1] = code >> 5 & 1;
        int mutual = edge[0][1] * edge[1][0] + edge[0][2] * edge[2][0] + edge[1][2] * edge[2][1];
        int asymmetric = Integer.bitCount(code) - 2 * mutual;
        // For each neuron: one-way connections out of it and into it, and two-way partners.
        int mostOut = 0;
        int mostIn = 0;
        boolean mixedOut = false;
        for (int v = 0; v < 3; v++) {
            int out = 0;
            int in = 0;
            int both = 0;
            for (int w = 0; w < 3; w++) {
                out += edge[v][w] * (1 - edge[w][v]);
                in += edge[w][v] * (1 - edge[v][w]);
                both += edge[v][w] * edge[w][v];
            }
            mostOut = Math.max(mostOut, out);
            mostIn = Math.max(mostIn, in);
            mixedOut |= both == 1 && out == 1;
        }
        return switch (10 * mutual + asymmetric) {
            case 0 -> 0;
            case 1 -> 1;
            case 10 -> 2;
            case 2 -> mostOut == 2 ? 3 : mostIn == 2 ? 4 : 5;
            case 11 -> mixedOut ? 7 : 6;
            case 3 -> mostOut == 2 ? 8 : 9;
            case 20 -> 10;
            case 12 -> mostOut == 2 ? 11 : mostIn == 2 ? 12 : 13;
            case 21 -> 14;
            default -> 15;
        };
    }

    /** Expected triad counts where each pair of neurons is on its own unconnected, one-way (either way alike) or two-way. */
    static double[] expected(int n, double none, double one, double two) {
        double[] pair = {none, one / 2, one / 2, two};
        double[] expected = new double[COUNT];
        for (int code = 0; code < 64; code++) {
            expected[TYPE[code]] += pair[code & 3] * pair[code >> 2 & 3] * pair[code >> 4];
        }
        for (int t = 0; t < COUNT; t++) {
            expected[t] *= triples(n);
        }
        return expected;
    }

    /** n choose 3. */
    static double triples(int n) {
        return n * (n - 1.0) * (n - 2.0) / 6;
    }
}
