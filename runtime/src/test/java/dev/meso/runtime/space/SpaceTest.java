package dev.meso.runtime.space;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import dev.meso.runtime.unit.Unit;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Range and nearest queries against looking at every point; fields against their definition. */
class SpaceTest {
    private static final Unit UM = Unit.ofName("um");

    /** Random points; {@code lattice} puts many on the same planes and some on the same place, every 13th has no place. */
    private static Positions points(int n, long seed, boolean lattice) {
        RandomGenerator random = Streams.of(seed, 0, n);
        double[][] c = new double[3][n];
        for (int v = 0; v < n; v++) {
            for (double[] axis : c) {
                axis[v] = lattice ? random.nextInt(5) : 10 * random.nextDouble();
            }
            if (v % 13 == 12) {
                c[v % 3][v] = Double.NaN;
            }
        }
        return new Positions(c[0], c[1], c[2], UM);
    }

    private static double distance(Positions p, int v, double x, double y, double z) {
        return Math.sqrt(Positions.squared(p.x()[v] - x, p.y()[v] - y, p.z()[v] - z));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 8, 9, 17, 100, 700})
    void queriesFindWhatLookingAtEveryPointFinds(int n) {
        for (boolean lattice : new boolean[] {false, true}) {
            Positions p = points(n, 1, lattice);
            KdTree tree = KdTree.of(p, Parallel.serial());
            RandomGenerator random = Streams.of(2, 0, n);
            for (int q = 0; q < 40; q++) {
                double x = 12 * random.nextDouble() - 1;
                double y = lattice ? random.nextInt(5) : 12 * random.nextDouble() - 1;
                double z = lattice ? random.nextInt(5) : 12 * random.nextDouble() - 1;
                double radius = lattice ? 1 + q % 3 : 5 * random.nextDouble();
                int[] near = IntStream.range(0, n)
                        .filter(v -> p.has(v)
                                && Positions.squared(p.x()[v] - x, p.y()[v] - y, p.z()[v] - z) <= radius * radius)
                        .toArray();
                assertArrayEquals(near, tree.within(x, y, z, radius), "points " + n + ", query " + q);
                int except = n == 0 ? -1 : q % n;
                int nearest = IntStream.range(0, n)
                        .filter(v -> p.has(v) && v != except)
                        .boxed()
                        .min((a, b) -> Double.compare(distance(p, a, x, y, z), distance(p, b, x, y, z)))
                        .orElse(-1);
                assertEquals(nearest, tree.nearest(x, y, z, except), "points " + n + ", query " + q);
            }
        }
    }

    @Test
    void threadsDoNotChangeTheTree() {
        Positions p = points(20_000, 3, false);
        KdTree one = KdTree.of(p, Parallel.serial());
        KdTree four = KdTree.of(p, new Parallel(4, Monitor.NONE));
        assertArrayEquals(one.within(5, 5, 5, 2), four.within(5, 5, 5, 2));
        assertArrayEquals(
                one.nearestDistances(Parallel.serial()), four.nearestDistances(new Parallel(4, Monitor.NONE)));
        int inside = 0;
        for (int v = 0; v < p.n(); v++) {
            inside += p.has(v) && distance(p, v, 5, 5, 5) <= 2 ? 1 : 0;
        }
        assertEquals(inside, four.within(5, 5, 5, 2).length);
    }

    @Test
    void latticeSpansTheBox() {
        Positions p = new Positions(new double[] {0, 10}, new double[] {0, 4}, new double[] {7, 7}, UM);
        LocationGrid grid = LocationGrid.over(p, 8, 4);
        // 10 um hold two steps of 4, 4 um one, 0 none; the lattice sits in the middle.
        assertArrayEquals(new double[] {1, 5, 9, 1, 5, 9}, grid.x());
        assertArrayEquals(new double[] {0, 0, 0, 4, 4, 4}, grid.y());
        assertArrayEquals(new double[] {7, 7, 7, 7, 7, 7}, grid.z());
        LocationGrid shifted = LocationGrid.shifted(p, 8, 4, 0.5, 0, 0);
        assertArrayEquals(new double[] {-1, 3, 7, 11}, Arrays.copyOf(shifted.x(), 4));
        assertArrayEquals(
                new double[] {0, 4, 8, 12, 0, 4, 8, 12},
                LocationGrid.through(p, 8, 4, 0, 0, 7).x());
    }

    @Test
    void wideSpheresLeaveNoGap() {
        Positions p = points(300, 5, false);
        double stride = 2.3;
        LocationGrid grid = LocationGrid.shifted(p, Math.sqrt(3) * stride + 1e-9, stride, 0.3, -0.4, 0.21);
        ReceptiveFields fields = ReceptiveFields.of(p, grid, Parallel.serial());
        for (int v = 0; v < p.n(); v++) {
            assertEquals(p.has(v), fields.depth(v) > 0, "neuron " + v);
        }
    }

    @Test
    void fieldsAreTheNeuronsWithinHalfADiameter() {
        Positions p = points(200, 7, false);
        LocationGrid grid = LocationGrid.over(p, 3, 2.5);
        ReceptiveFields fields = ReceptiveFields.of(p, grid, new Parallel(2, Monitor.NONE));
        LocationGrid kept = fields.grid();
        assertEquals(kept.size(), fields.locations());
        int[] counts = new int[100];
        int pairs = 0;
        for (int v = 0; v < p.n(); v++) {
            int neuron = v;
            int[] of = IntStream.range(0, kept.size())
                    .filter(m -> p.has(neuron) && distance(p, neuron, kept.x()[m], kept.y()[m], kept.z()[m]) <= 1.5)
                    .toArray();
            assertArrayEquals(
                    of, Arrays.copyOfRange(fields.fields(), fields.fieldStart()[v], fields.fieldStart()[v + 1]));
            for (int m : of) {
                assertTrue(Arrays.binarySearch(fields.neurons(m), v) >= 0);
            }
            counts[of.length]++;
            pairs += of.length;
        }
        assertEquals(pairs, fields.members().length);
        ReceptiveFields.Coverage coverage = fields.coverage();
        assertArrayEquals(Arrays.copyOf(counts, coverage.neurons().length), coverage.neurons());
        assertTrue(coverage.outside() > 15 && coverage.smallest() >= 1, coverage.toString());
        assertTrue(coverage.warning().orElseThrow().startsWith(coverage.outside() + " of 200 neurons"));
    }

    @Test
    void enclosedSubgraphHoldsAllConnectionsInside() {
        Positions p = points(60, 9, false);
        RandomGenerator random = Streams.of(4, 0, 0);
        int[] pre = random.ints(500, 0, 60).toArray();
        int[] post = random.ints(500, 0, 60).toArray();
        Wiring wiring = Wiring.of(60, pre, post, true);
        ReceptiveFields fields = ReceptiveFields.of(p, LocationGrid.over(p, 8, 4), Parallel.serial());
        for (int m = 0; m < fields.locations(); m++) {
            int[] inside = fields.neurons(m);
            Wiring part = fields.enclosed(wiring, m);
            assertEquals(inside.length, part.n());
            for (int i = 0; i < inside.length; i++) {
                for (int j = 0; j < inside.length; j++) {
                    assertEquals(wiring.connects(inside[i], inside[j]), part.connects(i, j));
                }
            }
        }
    }

    @Test
    void oneLocationForThoseWithoutAPlace() {
        Positions p = points(40, 11, false);
        int[] lost = IntStream.range(0, 40).filter(v -> !p.has(v)).toArray();
        ReceptiveFields fields = ReceptiveFields.of(p, LocationGrid.over(p, 12, 6), Parallel.serial());
        ReceptiveFields all = fields.everywhere(lost);
        assertEquals(fields.locations() + 1, all.locations());
        assertArrayEquals(lost, all.neurons(fields.locations()));
        assertEquals(lost.length, fields.coverage().outside());
        assertEquals(0, all.coverage().outside());
        assertFalse(all.coverage().warning().isPresent());
    }

    @Test
    void mistakesAreExplained() {
        Positions p = new Positions(new double[] {0, 10, 20}, new double[3], new double[3], UM);
        MesoException small = assertThrows(
                MesoException.class, () -> ReceptiveFields.of(p, LocationGrid.over(p, 4, 2), Parallel.serial()));
        assertEquals(ErrorCode.WRONG_VALUE, small.code());
        assertEquals(
                "a domain of diameter 4 um is smaller than the distance of a neuron to its nearest neighbour, 10 um (median)",
                small.getMessage());
        MesoException many = assertThrows(MesoException.class, () -> LocationGrid.over(p, 40, 1e-6));
        assertTrue(many.getMessage().contains("20000001 locations"), many.getMessage());
        double[] none = {Double.NaN};
        assertThrows(MesoException.class, () -> LocationGrid.over(new Positions(none, none, none, UM), 4, 2));
        assertThrows(MesoException.class, () -> LocationGrid.over(p, 4, 0));
    }
}
