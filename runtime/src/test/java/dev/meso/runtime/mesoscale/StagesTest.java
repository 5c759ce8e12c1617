package dev.meso.runtime.mesoscale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.partition.Agreement;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.recording.Scaling;
import dev.meso.runtime.space.ReceptiveFields;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The parts of the staged start, each against its plain definition. */
class StagesTest {
    private static final Link LINK =
            new Link(new double[] {0.9, -0.3, 0.1, 0.4, 1.1, 0.2, 0, 0.3, 0.8}, new double[] {0.1, -0.2, 0.3});

    /** Neurons x frames of one domain: K variables that follow a quadratic map with noise, mixed. */
    private static Latents domain(long seed) {
        RandomGenerator random = Streams.of(seed, 0, 0);
        int n = 7;
        int frames = 300;
        double[] states = new double[frames * n];
        double[] mixture = random.doubles(n * 3, -1, 1).toArray();
        double[] z = {0.1, 0.2, 0.3};
        for (int t = 0; t < frames; t++) {
            double[] next = {
                0.8 * z[1] + 0.3 * random.nextGaussian(),
                -0.9 * z[0] + 0.2 * z[2] * z[2] + 0.3 * random.nextGaussian(),
                0.5 * z[2] - 0.1 * z[0] * z[1] + 0.3 * random.nextGaussian()
            };
            z = next;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < 3; j++) {
                    states[t * n + i] += mixture[i * 3 + j] * z[j];
                }
                states[t * n + i] += 0.05 * random.nextGaussian();
            }
        }
        return Latents.of(states, n, IntStream.range(0, n).toArray(), 3, Monitor.NONE);
    }

    private static int[] starts(Latents z) {
        return IntStream.range(0, z.values().length / z.rank() - 1).toArray();
    }

    @Test
    void monomialsOfChangedCoordinates() {
        Monomials basis = new Monomials(3, 3);
        assertEquals(20, basis.size);
        assertArrayEquals(new int[] {0, 1, 4, 10, 20}, basis.first);
        double[] z = {0.7, -1.2, 0.4};
        double[] y = new double[3];
        for (int i = 0; i < 3; i++) {
            y[i] = LINK.shift()[i];
            for (int j = 0; j < 3; j++) {
                y[i] += LINK.map()[i * 3 + j] * z[j];
            }
        }
        double[] atZ = new double[20];
        double[] atY = new double[20];
        basis.at(z, 0, atZ);
        basis.at(y, 0, atY);
        double[] rows = new double[400];
        basis.substitute(LINK, rows);
        for (int a = 0; a < 20; a++) {
            double sum = 0;
            for (int b = 0; b < 20; b++) {
                sum += rows[a * 20 + b] * atZ[b];
            }
            assertEquals(atY[a], sum, 1e-12, "monomial " + a);
        }
        // (x + y + z)^3 has as many terms as there are words of three letters.
        assertEquals(27, Arrays.stream(basis.orders, 10, 20).sum());
    }

    @Test
    void linksFollowEachOtherAndLeadBack() {
        double[] z = {0.7, -1.2, 0.4};
        Link turn = new Link(Coordinates.random(3, Streams.of(9, 0, 0)), new double[] {1, 2, 3});
        assertArrayEquals(through(turn, through(LINK, z)), through(LINK.then(turn), z), 1e-12);
        assertArrayEquals(z, through(LINK.inverse(), through(LINK, z)), 1e-12);
        double[] a = through(LINK, z);
        double[] b = through(turn, z);
        double[] mean = through(Link.mean(LINK, turn), z);
        for (int i = 0; i < 3; i++) {
            assertEquals((a[i] + b[i]) / 2, mean[i], 1e-12);
        }
    }

    private static double[] through(Link link, double[] z) {
        double[] y = link.shift().clone();
        for (int i = 0; i < 9; i++) {
            y[i / 3] += link.map()[i] * z[i % 3];
        }
        return y;
    }

    @Test
    void componentsAreWhiteAndTied() {
        Latents z = domain(1);
        int frames = z.values().length / 3;
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                double sum = 0;
                for (int t = 0; t < frames; t++) {
                    sum += z.values()[t * 3 + a] * z.values()[t * 3 + b] / frames;
                }
                assertEquals(a == b ? 1 : 0, sum, 1e-9);
            }
        }
        Interface one = Interface.of(4, 2, z, LINK);
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                double sum = 0;
                for (int i = 0; i < 7; i++) {
                    sum += one.in()[a * 7 + i] * one.out()[i * 3 + b];
                }
                assertEquals(a == b ? 1 : 0, sum, 1e-9);
            }
        }
        assertEquals(7 * 3 + 3, one.freeParameters());
        double[] y = {0.3, -1, 2};
        double[] state = new double[7];
        one.write(y, state);
        double[] again = new double[3];
        one.read(state, again);
        assertArrayEquals(y, again, 1e-9);
    }

    @Test
    void codesComeFromFrames() {
        Latents z = domain(2);
        Monomials basis = new Monomials(3, 3);
        DomainCode code = new DomainCode(z, starts(z), basis, Monitor.NONE);
        double[] f = Streams.of(3, 0, 0).doubles(60, -0.3, 0.3).toArray();
        double[] inverse = new double[9];
        assertTrue(Coordinates.invert(LINK.map(), 3, inverse));
        double[] rest = new double[9];
        double[] values = new double[20];
        for (int t : starts(z)) {
            double[] y = new double[3];
            for (int i = 0; i < 3; i++) {
                y[i] = LINK.shift()[i];
                for (int j = 0; j < 3; j++) {
                    y[i] += LINK.map()[i * 3 + j] * z.values()[t * 3 + j];
                }
            }
            basis.at(y, 0, values);
            double[] off = new double[3];
            for (int i = 0; i < 3; i++) {
                off[i] = z.values()[(t + 1) * 3 + i];
                for (int j = 0; j < 3; j++) {
                    double next = -LINK.shift()[j];
                    for (int a = 0; a < 20; a++) {
                        next += f[a * 3 + j] * values[a];
                    }
                    off[i] -= inverse[i * 3 + j] * next;
                }
            }
            for (int i = 0; i < 9; i++) {
                rest[i] += off[i / 3] * off[i % 3] / starts(z).length;
            }
        }
        double expected = 0;
        for (int i = 0; i < 7; i++) {
            double variance = z.unexplained()[i];
            for (int a = 0; a < 9; a++) {
                variance += z.out()[i * 3 + a / 3] * rest[a] * z.out()[i * 3 + a % 3];
            }
            expected += Math.log(variance) / 2;
        }
        DomainCode.Scratch s = new DomainCode.Scratch(basis);
        assertEquals(expected, code.of(f, LINK, s), 1e-9);
        double[] gradient = new double[12];
        assertEquals(expected, code.of(f, LINK, s, gradient), 1e-9);
        for (int i = 0; i < 12; i++) {
            double slope = (code.of(f, moved(i, 1e-5), s) - code.of(f, moved(i, -1e-5), s)) / 2e-5;
            assertEquals(slope, gradient[i], 1e-6 * Math.max(1, Math.abs(slope)), "parameter " + i);
        }
    }

    private static Link moved(int i, double by) {
        Link link = new Link(LINK.map().clone(), LINK.shift().clone());
        (i < 9 ? link.map() : link.shift())[i % 9] += by;
        return link;
    }

    @Test
    void aModuleOfOneDomainIsItsOwnMapInOtherCoordinates() {
        Latents z = domain(4);
        Monomials basis = new Monomials(3, 2);
        DomainCode code = new DomainCode(z, starts(z), basis, Monitor.NONE);
        double[] products = new double[100];
        double[] ahead = new double[30];
        DomainCode.Scratch s = new DomainCode.Scratch(basis);
        code.addTo(products, ahead, LINK, s);
        double[] module = DomainCode.solve(basis, products, ahead);
        // The same least squares but for the small penalty, which is measured in other coordinates.
        assertEquals(code.ownCode, code.of(module, LINK, s), 1e-3);
        assertTrue(code.ownCode < code.of(module, Link.identity(3), s) - 0.1);
    }

    @Test
    void networksKnowTheirGradient() {
        Latents[] z = {domain(5), domain(6)};
        double[][] variances = new double[2][7];
        for (double[] v : variances) {
            Arrays.setAll(v, i -> 0.1 + 0.05 * i);
        }
        RandomGenerator random = Streams.of(7, 0, 0);
        NetworkFit fit = new NetworkFit(z, new Link[] {LINK, Link.identity(3)}, starts(z[0]), 5, variances, random);
        double[] x = fit.all().clone();
        for (int i = 0; i < x.length; i++) {
            x[i] += 0.2 * random.nextGaussian();
        }
        int[] frames = {0, 17, 42, 100};
        fit.moveTo(x);
        Arrays.fill(fit.gradient(), 0);
        fit.add(0, frames);
        fit.add(1, frames);
        double[] gradient = fit.gradient().clone();
        double largest = Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < x.length; i++) {
            double[] moved = x.clone();
            double h = 1e-5;
            moved[i] = x[i] + h;
            fit.moveTo(moved);
            double up = fit.add(0, frames) + fit.add(1, frames);
            moved[i] = x[i] - h;
            fit.moveTo(moved);
            double down = fit.add(0, frames) + fit.add(1, frames);
            assertEquals((up - down) / (2 * h), gradient[i], 1e-6 * largest, "parameter " + i);
        }
    }

    @Test
    void networksFitWhatTheyAreShown() {
        Latents[] z = {domain(8)};
        double[][] variances = {new double[7]};
        Arrays.fill(variances[0], 0.1);
        int[] starts = starts(z[0]);
        NetworkFit fit = new NetworkFit(z, new Link[] {Link.identity(3)}, starts, 8, variances, Streams.of(1, 0, 0));
        double before = fit.add(0, starts);
        fit.run(800, 0.02, Streams.of(2, 0, 0), Monitor.NONE);
        double after = fit.add(0, starts);
        assertTrue(after < 0.35 * before, before + " to " + after);
    }

    @Test
    void minimizerGoesDownABentValley() {
        double[] found = Minimizer.minimize(
                new double[] {-1.2, 1},
                (x, slope) -> {
                    double off = x[1] - x[0] * x[0];
                    slope[0] = -400 * x[0] * off - 2 * (1 - x[0]);
                    slope[1] = 200 * off;
                    return 100 * off * off + Math.pow(1 - x[0], 2);
                },
                200,
                1e-14);
        assertArrayEquals(new double[] {1, 1}, found, 1e-3);
    }

    @Test
    void coordinatesAreRotationsAndInvert() {
        double[] q = Coordinates.random(4, Streams.of(1, 0, 0));
        double[] inverse = new double[16];
        assertTrue(Coordinates.invert(q, 4, inverse));
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                assertEquals(q[j * 4 + i], inverse[i * 4 + j], 1e-12, "orthogonal");
            }
        }
        assertFalse(Coordinates.invert(new double[] {1, 2, 2, 4}, 2, new double[4]));
    }

    @Test
    void domainsAreFoundWhateverTheNearestCentre() {
        for (double snr : new double[] {Double.POSITIVE_INFINITY, 3}) {
            Tissue tissue = Tissue.plant(new Tissue.Options(120, 2, 600, 3, snr, 4));
            Activity x = Scaling.of(tissue.activity()).standardize(tissue.activity());
            ReceptiveFields fields = ReceptiveFields.of(tissue.positions(), tissue.lattice(), Parallel.serial());
            DomainSearch search = new DomainSearch(x.values(), fields, Parallel.serial());
            int[] location = search.find(4);
            assertEquals(3, search.eigengap(location, 8));
            assertTrue(
                    Agreement.of(Partition.of(search.find(3)), tissue.domains()).adjustedRand() > 0.95);
            assertArrayEquals(location, new DomainSearch(x.values(), fields, new Parallel(3, Monitor.NONE)).find(4));
        }
    }

    /** Twice as many locations along each axis do not split domains; on a lattice between the planted centres the rank is still found. */
    @Test
    void domainsDoNotNeedThePlantedLattice() {
        for (double snr : new double[] {Double.POSITIVE_INFINITY, 3}) {
            Tissue tissue = Tissue.plant(new Tissue.Options(120, 2, 600, 3, snr, 4));
            Activity x = Scaling.of(tissue.activity()).standardize(tissue.activity());
            ReceptiveFields finer = ReceptiveFields.of(tissue.positions(), tissue.lattice(10, 0), Parallel.serial());
            DomainSearch search = new DomainSearch(x.values(), finer, Parallel.serial());
            int[] location = search.find(3);
            assertEquals(3, search.eigengap(location, 8));
            double rand = Agreement.of(Partition.of(location), tissue.domains()).adjustedRand();
            assertTrue(rand > 0.85, "adjusted Rand " + rand);
            ReceptiveFields between =
                    ReceptiveFields.of(tissue.positions(), tissue.lattice(20, 0.5), Parallel.serial());
            search = new DomainSearch(x.values(), between, Parallel.serial());
            location = search.find(4);
            assertEquals(3, search.eigengap(location, 8));
            for (int v = 0; v < location.length; v++) {
                assertTrue(location[v] >= 0, "neuron " + v + " is in a field and has no domain");
            }
        }
    }
}
