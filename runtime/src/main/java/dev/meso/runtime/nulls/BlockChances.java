package dev.meso.runtime.nulls;

import java.util.Arrays;

/** Exact expectations of {@link SBM}: the connections of a cell are a draw without replacement, different cells are independent. */
final class BlockChances {
    /** Triads take a time in proportion to the third power of the blocks: at this number about half a second. */
    static final int MOST_BLOCKS = 300;

    private static final int[] FROM = {0, 1, 0, 2, 1, 2};
    private static final int[] TO = {1, 0, 2, 0, 2, 1};

    private final Blocks blocks;
    private final int count;
    private final int[] edges;
    private final double[] pairs = new double[12];

    BlockChances(Blocks blocks, int[] edges) {
        this.blocks = blocks;
        this.count = blocks.count();
        this.edges = edges;
    }

    double[] dyads() {
        double[] expected = new double[3];
        for (int r = 0; r < count; r++) {
            for (int s = r; s < count; s++) {
                double pairs = r == s ? blocks.pairs(r, r) / 2.0 : blocks.pairs(r, s);
                for (int code = 0; code < 4; code++) {
                    int there = code & 1;
                    int back = code >> 1;
                    double chance =
                            r == s ? chance(r, r, there + back, 2) : chance(r, s, there, 1) * chance(s, r, back, 1);
                    expected[there + back] += pairs > 0 ? pairs * chance : 0;
                }
            }
        }
        return expected;
    }

    double[] triads() {
        double[] expected = new double[TriadTypes.COUNT];
        for (int r = 0; r < count; r++) {
            for (int s = r; s < count; s++) {
                for (int t = s; t < count; t++) {
                    double triples = triples(r, s, t);
                    if (r < s && s < t) {
                        addDifferent(r, s, t, triples, expected);
                    } else if (triples > 0) {
                        add(new int[] {r, s, t}, triples, expected);
                    }
                }
            }
        }
        return expected;
    }

    /** Sets of three neurons from these blocks, r <= s <= t. */
    private double triples(int r, int s, int t) {
        int[] sizes = blocks.partition().sizes();
        double a = sizes[r];
        double b = sizes[s];
        double c = sizes[t];
        if (r == t) {
            return TriadTypes.triples(sizes[r]);
        } else if (r == s) {
            return a * (a - 1) / 2 * c;
        } else if (s == t) {
            return a * b * (b - 1) / 2;
        }
        return a * b * c;
    }

    /** All 64 labelled graphs on a triple of three blocks, whose six places are independent. */
    private void addDifferent(int r, int s, int t, double triples, double[] expected) {
        pair(r, s, 0);
        pair(r, t, 4);
        pair(s, t, 8);
        for (int code = 0; code < 64; code++) {
            expected[TriadTypes.type(code)] +=
                    triples * pairs[code & 3] * pairs[4 + (code >> 2 & 3)] * pairs[8 + (code >> 4)];
        }
    }

    /** The chances that one of r and one of s are unconnected, connected there, back, and both ways. */
    private void pair(int r, int s, int at) {
        double there = chance(r, s, 1, 1);
        double back = chance(s, r, 1, 1);
        pairs[at] = (1 - there) * (1 - back);
        pairs[at + 1] = there * (1 - back);
        pairs[at + 2] = (1 - there) * back;
        pairs[at + 3] = there * back;
    }

    /** All 64 labelled graphs on a triple, whose six places lie in at most six cells. */
    private void add(int[] of, double triples, double[] expected) {
        // Places of the same cell are counted together.
        int[] cell = new int[6];
        int[] group = new int[6];
        int groups = 0;
        for (int place = 0; place < 6; place++) {
            int at = of[FROM[place]] * count + of[TO[place]];
            int g = 0;
            while (g < groups && cell[g] != at) {
                g++;
            }
            groups = Math.max(groups, g + 1);
            cell[g] = at;
            group[place] = g;
        }
        int[] places = new int[groups];
        for (int g : group) {
            places[g]++;
        }
        double[][] chances = new double[groups][];
        for (int g = 0; g < groups; g++) {
            chances[g] = new double[places[g] + 1];
            for (int there = 0; there <= places[g]; there++) {
                chances[g][there] = chance(cell[g] / count, cell[g] % count, there, places[g]);
            }
        }
        int[] there = new int[groups];
        for (int code = 0; code < 64; code++) {
            Arrays.fill(there, 0);
            for (int place = 0; place < 6; place++) {
                there[group[place]] += code >> place & 1;
            }
            double product = triples;
            for (int g = 0; g < groups; g++) {
                product *= chances[g][there[g]];
            }
            expected[TriadTypes.type(code)] += product;
        }
    }

    /** The chance that the first {@code there} of {@code places} given pairs of a cell are connected and the others are not. */
    private double chance(int r, int s, int there, int places) {
        double pairs = blocks.pairs(r, s);
        double connected = edges[r * count + s];
        double open = pairs - connected;
        double chance = 1;
        for (int i = 0; i < places; i++) {
            chance *= Math.max(0, i < there ? connected-- : open--) / pairs--;
        }
        return chance;
    }
}
