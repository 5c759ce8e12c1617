package dev.meso.runtime.motif;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CensusTest {
    /** The plain twin: every triple, classified by trying all orders of its neurons against a drawing of each motif. */
    static long[] plainTriads(Wiring graph) {
        long[] census = new long[16];
        int n = graph.n();
        for (int a = 0; a < n; a++) {
            for (int b = a + 1; b < n; b++) {
                for (int c = b + 1; c < n; c++) {
                    census[plainTriad(graph, a, b, c)]++;
                }
            }
        }
        return census;
    }

    private static final String[] DRAWINGS = {
        "",
        "a>b",
        "a>b b>a",
        "b>a b>c",
        "a>b c>b",
        "a>b b>c",
        "a>b b>a c>b",
        "a>b b>a b>c",
        "a>b b>c a>c",
        "a>b b>c c>a",
        "a>b b>a b>c c>b",
        "b>a b>c a>c c>a",
        "a>b c>b a>c c>a",
        "a>b b>c a>c c>a",
        "a>b b>c c>b a>c c>a",
        "a>b b>a b>c c>b a>c c>a"
    };

    private static final int[][] ORDERS = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

    private static int plainTriad(Wiring graph, int a, int b, int c) {
        int[] cells = {a, b, c};
        for (int t = 0; t < 16; t++) {
            for (int[] order : ORDERS) {
                boolean same = true;
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j < 3; j++) {
                        String edge = "abc".charAt(i) + ">" + "abc".charAt(j);
                        same &= i == j
                                || DRAWINGS[t].contains(edge) == graph.connects(cells[order[i]], cells[order[j]]);
                    }
                }
                if (same) {
                    return t;
                }
            }
        }
        throw new AssertionError("each triple is one of the 16");
    }

    static Wiring random(Random random, int n, double density, double reciprocal, boolean autapses) {
        int[] pre = new int[2 * n * n];
        int[] post = new int[2 * n * n];
        int m = 0;
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                if ((a != b || autapses) && random.nextDouble() < density) {
                    pre[m] = a;
                    post[m++] = b;
                    if (random.nextDouble() < reciprocal) {
                        pre[m] = b;
                        post[m++] = a;
                    }
                }
            }
        }
        return Wiring.of(n, Arrays.copyOf(pre, m), Arrays.copyOf(post, m), autapses);
    }

    @Test
    void smallGraphsAgreeWithEveryTriple() {
        Random random = new Random(5);
        EnsembleCensus[] ensembles = new EnsembleCensus[20];
        for (int trial = 0; trial < 400; trial++) {
            int n = random.nextInt(20);
            Wiring graph = random(random, n, random.nextDouble(), random.nextDouble(), random.nextBoolean());
            String seen = "trial " + trial + ", " + graph;
            long[] plain = plainTriads(graph);
            assertArrayEquals(plain, Census.triads(graph), seen);
            assertArrayEquals(plain, Census.triads(graph, new Parallel(3, Monitor.NONE)), seen);
            if (ensembles[n] == null) {
                ensembles[n] = new EnsembleCensus(n);
            }
            int[] pre = graph.edgeSources();
            int[] post = graph.outTargets();
            assertArrayEquals(plain, ensembles[n].triads(pre, post), seen);
            assertArrayEquals(Census.dyads(graph), ensembles[n].dyads(pre, post), seen);
            assertArrayEquals(plain, ensembles[n].triads(twice(pre), twice(post)), seen + ", parallel connections");
        }
    }

    private static int[] twice(int[] a) {
        int[] b = Arrays.copyOf(a, 2 * a.length);
        System.arraycopy(a, 0, b, a.length, a.length);
        return b;
    }

    @Test
    void dyadsAgreeWithEveryPair() {
        Random random = new Random(6);
        for (int trial = 0; trial < 50; trial++) {
            Wiring graph = random(random, random.nextInt(30), random.nextDouble(), 0.5, true);
            long[] plain = new long[3];
            for (int a = 0; a < graph.n(); a++) {
                for (int b = a + 1; b < graph.n(); b++) {
                    plain[(graph.connects(a, b) ? 1 : 0) + (graph.connects(b, a) ? 1 : 0)]++;
                }
            }
            assertArrayEquals(plain, Census.dyads(graph));
        }
    }

    @Test
    void manyPiecesAndThreadsChangeNothing() {
        Random random = new Random(7);
        int n = 3000;
        int m = 120_000;
        int[] pre = new int[m];
        int[] post = new int[m];
        for (int e = 0; e < m; e++) {
            pre[e] = (int) (n * Math.pow(random.nextDouble(), 3));
            post[e] = (int) (n * Math.pow(random.nextDouble(), 2));
        }
        Wiring graph = Wiring.of(n, pre, post, false);
        long[] one = Census.triads(graph);
        assertEquals((long) n * (n - 1) * (n - 2) / 6, Arrays.stream(one).sum());
        assertArrayEquals(one, Census.triads(graph, new Parallel(2, Monitor.NONE)));
        assertArrayEquals(one, Census.triads(graph, new Parallel(8, Monitor.NONE)));
        assertArrayEquals(one, new EnsembleCensus(n).triads(pre, post));
    }

    @Test
    void countsReachTheLimitOf64Bits() {
        int n = Census.MOST_NEURONS;
        Wiring empty = Wiring.of(n, new int[] {0, 1}, new int[] {1, 2}, false);
        long[] census = Census.triads(empty);
        // 012 twice (n - 3) triples, 021C once.
        assertEquals(2L * (n - 3), census[1]);
        assertEquals(1, census[5]);
        java.math.BigInteger all = java.math.BigInteger.valueOf(n)
                .multiply(java.math.BigInteger.valueOf(n - 1L))
                .multiply(java.math.BigInteger.valueOf(n - 2L))
                .divide(java.math.BigInteger.valueOf(6));
        assertEquals(all.longValueExact() - 2L * (n - 3) - 1, census[0]);
        Wiring larger = Wiring.of(n + 1, new int[0], new int[0], false);
        MesoException refused = assertThrows(MesoException.class, () -> Census.triads(larger));
        assertEquals(ErrorCode.INTEGER_OVERFLOW, refused.code());
    }

    @Test
    void aStarLargerThanIntArithmetic() {
        int leaves = 200_000;
        int[] pre = new int[leaves];
        int[] post = new int[leaves];
        for (int e = 0; e < leaves; e++) {
            post[e] = e + 1;
        }
        long[] census = Census.triads(Wiring.of(leaves + 1, pre, post, false));
        assertEquals((long) leaves * (leaves - 1) / 2, census[3]);
        assertEquals(0, census[1]);
    }
}
