package dev.meso.runtime.mesoscale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.partition.Agreement;
import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.recording.Baselines;
import dev.meso.runtime.recording.Forecasts;
import dev.meso.runtime.recording.Scaling;
import dev.meso.runtime.space.ReceptiveFields;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is planted is found. A small version of {@code dev.meso.bench.Recovery}, which has 27 domains and more seeds.
 */
class StagedStartTest {
    private record Case(Tissue tissue, Activity train, Activity test, ReceptiveFields fields) {
        static Case plant(int kinds, double snr, long seed) {
            Tissue tissue = Tissue.plant(new Tissue.Options(120, 2, 1400, kinds, snr, seed));
            Activity.Split split = tissue.activity().split(6.0 / 7);
            Scaling scaling = Scaling.of(split.train());
            return new Case(
                    tissue,
                    scaling.standardize(split.train()),
                    scaling.standardize(split.test()),
                    ReceptiveFields.of(tissue.positions(), tissue.lattice(), Parallel.serial()));
        }

        StagedStart start(Parallel parallel) {
            return new StagedStart(train, fields, new StagedStart.Options(0, 3, 32, 1200, 0.02, 1, 1), parallel);
        }

        double domains(StagedFit fit) {
            return Agreement.of(fit.domains(), tissue.domains()).adjustedRand();
        }

        double modules(StagedFit fit) {
            return Agreement.of(fit.modules(), tissue.modules()).adjustedRand();
        }
    }

    @ParameterizedTest
    @CsvSource({"Infinity, 1, 0.9", "3, 2, 0.8"})
    void domainsAndModulesAreRecovered(double snr, long seed, double least) {
        Case c = Case.plant(3, snr, seed);
        StagedStart start = c.start(Parallel.serial());
        assertEquals(3, start.rank());
        StagedFit fit = start.fit(3);
        assertTrue(c.domains(fit) >= least, "domains " + c.domains(fit));
        assertTrue(c.modules(fit) >= least, "modules " + c.modules(fit));
        // It foresees frames it has not seen better than what knows of no modules.
        double squared = Forecasts.errors(fit, c.test, 1, Parallel.serial())[0].squared();
        double ridge = Forecasts.errors(Baselines.ridge(c.train, 1), c.test, 1, Parallel.serial())[0].squared();
        assertTrue(squared < 0.9 * ridge, squared + " beside " + ridge);
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 2", "3, 4, 4"})
    void descriptionLengthTellsHowManyModulesThereAre(int kinds, long seed, int most) {
        Case c = Case.plant(kinds, 3, seed);
        assertEquals(kinds, c.start(Parallel.serial()).choose(most).networks().size());
    }

    /** Where two modules compute the same, a domain can be run by either: the link to the one it did not choose is known as well. */
    @Test
    void everyDomainIsLinkedToEveryModule() {
        Case c = Case.plant(1, 3, 7);
        StagedStart start = c.start(Parallel.serial());
        StagedFit fit = start.fit(2);
        Latents[] latents = start.latents();
        double own = 0;
        double other = 0;
        for (int d = 0; d < latents.length; d++) {
            Interface one = fit.interfaces().get(d);
            assertEquals(start.locations()[d], one.location());
            assertArrayEquals(latents[d].neurons(), one.neurons());
            own += squared(fit, latents[d], one.module(), d);
            other += squared(fit, latents[d], 1 - one.module(), d);
        }
        assertTrue(other < 1.2 * own, other + " beside " + own);
    }

    /** Mean squared error of a domain's variables when they are run by a module. */
    private static double squared(StagedFit fit, Latents z, int module, int d) {
        Interface one = Interface.of(0, module, z, fit.links()[module][d]);
        SmallNetwork network = fit.networks().get(module);
        int n = Arrays.stream(z.neurons()).max().orElseThrow() + 1;
        double[] state = new double[n];
        double[] y = new double[z.rank()];
        double[] next = new double[z.rank()];
        double[] back = new double[z.rank()];
        int frames = z.values().length / z.rank();
        double sum = 0;
        for (int t = 0; t + 1 < frames; t++) {
            write(z, t, state);
            one.read(state, y);
            network.apply(y, new double[network.width()], next);
            write(z, t + 1, state);
            one.read(state, back);
            for (int i = 0; i < y.length; i++) {
                sum += Math.pow(next[i] - back[i], 2) / (frames - 1);
            }
        }
        return sum;
    }

    private static void write(Latents z, int t, double[] state) {
        int k = z.rank();
        for (int i = 0; i < z.neurons().length; i++) {
            state[z.neurons()[i]] = z.means()[i];
            for (int a = 0; a < k; a++) {
                state[z.neurons()[i]] += z.out()[i * k + a] * z.values()[t * k + a];
            }
        }
    }

    @Test
    void threadsDoNotChangeAFit() {
        Case c = Case.plant(2, 3, 5);
        StagedStart.Options few = new StagedStart.Options(3, 1, 8, 100, 0.01, 0.9, 1);
        StagedFit one = new StagedStart(c.train, c.fields, few, Parallel.serial()).fit(2);
        StagedFit three = new StagedStart(c.train, c.fields, few, new Parallel(3, Monitor.NONE)).fit(2);
        assertEquals(one.length(), three.length());
        assertEquals(one.modules(), three.modules());
        assertArrayEquals(
                one.networks().getFirst().weights(), three.networks().getFirst().weights());
    }

    @Test
    void mistakesAreExplained() {
        assertThrows(MesoException.class, () -> new StagedStart.Options(9, 1, 1, 1, 0.01, 1, 1));
        assertThrows(MesoException.class, () -> new StagedStart.Options(2, 1, 1, 1, 0.01, 0, 1));
        Case c = Case.plant(1, 3, 6);
        StagedStart start =
                new StagedStart(c.train, c.fields, new StagedStart.Options(3, 1, 4, 10, 0.01, 1, 1), Parallel.serial());
        assertThrows(MesoException.class, () -> start.fit(0));
    }
}
