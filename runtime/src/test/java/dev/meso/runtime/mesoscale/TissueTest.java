package dev.meso.runtime.mesoscale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.space.LocationGrid;
import dev.meso.runtime.space.ReceptiveFields;
import dev.meso.runtime.task.Parallel;
import dev.meso.runtime.unit.Unit;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TissueTest {
    private static Tissue.Options options(double snr, long seed) {
        return new Tissue.Options(120, 2, 300, 3, snr, seed);
    }

    @ParameterizedTest
    @EnumSource(PlantedKind.class)
    void kindsNeverSettleAndAreScaledAlike(PlantedKind kind) {
        int frames = 4000;
        double[] path = kind.path(frames, Streams.of(1, 0, 0));
        double[][] covariance = new double[3][3];
        double[] mean = new double[3];
        for (int t = 0; t < frames; t++) {
            for (int i = 0; i < 3; i++) {
                mean[i] += path[3 * t + i] / frames;
                for (int j = 0; j < 3; j++) {
                    covariance[i][j] += path[3 * t + i] * path[3 * t + j] / frames;
                }
            }
        }
        for (int i = 0; i < 3; i++) {
            assertEquals(0, mean[i], 0.25);
            for (int j = 0; j < 3; j++) {
                assertEquals(i == j ? 1 : 0, covariance[i][j], 0.25, i + "," + j);
            }
        }
        // It moves as much in the last tenth as in the first, and comes nowhere back to where it was.
        double first = moved(path, 1, frames / 10);
        double last = moved(path, frames - frames / 10, frames);
        assertTrue(last > 0.4 * first && first > 0.2, first + " " + last);
        for (int lag = 1; lag < 200; lag++) {
            double distance = 0;
            for (int t = frames - 400; t < frames - lag; t++) {
                for (int i = 0; i < 3; i++) {
                    distance = Math.max(distance, Math.abs(path[3 * t + i] - path[3 * (t + lag) + i]));
                }
            }
            assertTrue(distance > 0.3, "period " + lag);
        }
    }

    private static double moved(double[] path, int from, int to) {
        double sum = 0;
        for (int t = from; t < to; t++) {
            for (int i = 0; i < 3; i++) {
                sum += Math.pow(path[3 * t + i] - path[3 * (t - 1) + i], 2) / (to - from);
            }
        }
        return sum;
    }

    @Test
    void domainsRunOneKindEachAndShowItInAllTheirNeurons() {
        Tissue tissue = Tissue.plant(options(Double.POSITIVE_INFINITY, 1));
        assertEquals(8, tissue.domains().count());
        assertEquals(3, tissue.modules().count());
        assertEquals(
                3, tissue.kinds().stream().filter(PlantedKind.LORENZ::equals).count());
        int n = tissue.positions().n();
        for (int d = 0; d < 8; d++) {
            int own = d;
            int[] neurons =
                    IntStream.range(0, n).filter(v -> tissue.domain()[v] == own).toArray();
            assertTrue(neurons.length >= 8);
            DMatrixRMaj signal = new DMatrixRMaj(300, neurons.length);
            for (int t = 0; t < 300; t++) {
                for (int i = 0; i < neurons.length; i++) {
                    signal.set(t, i, tissue.signal()[t * n + neurons[i]]);
                }
            }
            var svd = DecompositionFactory_DDRM.svd(300, neurons.length, false, false, true);
            svd.decompose(signal);
            assertEquals(3, SingularOps_DDRM.rank(svd, 1e-9));
        }
    }

    @Test
    void neuronsLieInTheirDomainsSphereAndNeighboursMix() {
        Tissue tissue = Tissue.plant(options(3, 2));
        LocationGrid lattice = tissue.lattice();
        assertEquals(8, lattice.size());
        ReceptiveFields fields = ReceptiveFields.of(tissue.positions(), lattice, Parallel.serial());
        int nearest = 0;
        for (int v = 0; v < 120; v++) {
            int own = tissue.domain()[v];
            assertTrue(Arrays.binarySearch(fields.neurons(own), v) >= 0);
            double best = Double.POSITIVE_INFINITY;
            int closest = -1;
            for (int m = 0; m < 8; m++) {
                double d = Math.pow(lattice.x()[m] - tissue.positions().x()[v], 2)
                        + Math.pow(lattice.y()[m] - tissue.positions().y()[v], 2)
                        + Math.pow(lattice.z()[m] - tissue.positions().z()[v], 2);
                if (d < best) {
                    best = d;
                    closest = m;
                }
            }
            nearest += closest == own ? 1 : 0;
        }
        assertTrue(nearest > 30 && nearest < 90, nearest + " of 120 belong to the nearest centre");
        assertTrue(tissue.lattice(15, 0).size() > 8);
        assertFalse(Arrays.equals(lattice.x(), tissue.lattice(20, 0.5).x()));
    }

    @Test
    void noiseIsAThirdOfEachNeuronsSignal() {
        Tissue tissue = Tissue.plant(new Tissue.Options(64, 2, 2000, 2, 3, 5));
        int n = 64;
        for (int v = 0; v < n; v++) {
            double signal = 0;
            double noise = 0;
            double mean = 0;
            for (int t = 0; t < 2000; t++) {
                mean += tissue.signal()[t * n + v] / 2000;
            }
            for (int t = 0; t < 2000; t++) {
                signal += Math.pow(tissue.signal()[t * n + v] - mean, 2);
                noise += Math.pow(tissue.activity().value(t, v) - tissue.signal()[t * n + v], 2);
            }
            assertEquals(3, signal / noise, 0.5);
        }
    }

    @Test
    void seedsDecide() {
        Tissue a = Tissue.plant(options(3, 7));
        Tissue b = Tissue.plant(options(3, 7));
        assertArrayEquals(a.activity().values(), b.activity().values());
        assertEquals(a.domains(), b.domains());
        assertFalse(Arrays.equals(
                a.activity().values(), Tissue.plant(options(3, 8)).activity().values()));
        assertEquals(
                1,
                Tissue.plant(new Tissue.Options(64, 2, 50, 1, 3, 5)).modules().count());
        assertThrows(MesoException.class, () -> new Tissue.Options(63, 2, 50, 1, 3, 5));
        assertThrows(MesoException.class, () -> new Tissue.Options(64, 2, 50, 5, 3, 5));
    }

    @Test
    void connectionsStayWithinDomains() {
        Tissue tissue = Tissue.plant(options(3, 5));
        Connectome g = tissue.connectome(Provenance.LITERAL);
        assertEquals(
                tissue.activity().names(),
                IntStream.range(0, g.n()).mapToObj(v -> g.ids().value(v)).toList());
        assertEquals(g.m(), g.wiring().m());
        assertEquals(0, g.autapses());
        int[] domain = tissue.domain();
        int[] size = new int[tissue.options().domains()];
        for (int d : domain) {
            size[d]++;
        }
        int[] sent = g.outDegrees();
        int[] received = g.inDegrees();
        for (int v = 0; v < g.n(); v++) {
            assertEquals(Math.min(Tissue.OUT_DEGREE, size[domain[v]] - 1), sent[v]);
        }
        for (int e = 0; e < g.m(); e++) {
            assertEquals(domain[g.pre()[e]], domain[g.post()[e]]);
        }
        assertTrue(Arrays.stream(received).distinct().count() > 3, "targets are drawn");
        assertEquals(tissue.positions().along(1)[7], g.position(1, Unit.ofName("nm"))[7] / 1000, 1e-9);
        assertArrayEquals(
                g.post(),
                Tissue.plant(options(3, 5)).connectome(Provenance.LITERAL).post());
    }
}
