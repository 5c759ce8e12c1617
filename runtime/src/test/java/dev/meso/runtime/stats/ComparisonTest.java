package dev.meso.runtime.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.nulls.Ensemble;
import dev.meso.runtime.nulls.NullModel;
import dev.meso.runtime.nulls.NullModels;
import dev.meso.runtime.nulls.Observed;
import dev.meso.runtime.nulls.Options;
import dev.meso.runtime.nulls.Sample;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static Observed random(int n, int m, long seed) {
        Random random = new Random(seed);
        int[] pre = new int[m];
        int[] post = new int[m];
        for (int e = 0; e < m; e++) {
            pre[e] = random.nextInt(n);
            post[e] = random.nextInt(n);
        }
        return Observed.of(n, pre, post, null, false);
    }

    private static Statistic statistic(String label, boolean concurrent, ToDoubleFunction<Sample> value) {
        return new Statistic() {
            @Override
            public List<String> labels() {
                return List.of(label);
            }

            @Override
            public double[] of(Sample sample) {
                return new double[] {value.applyAsDouble(sample)};
            }

            @Override
            public boolean concurrent() {
                return concurrent;
            }
        };
    }

    private static Ensemble ensemble(NullModel model, Observed graph, int samples) {
        return Ensemble.of(model, graph, Options.DEFAULT, samples, 5);
    }

    /** Of 1,500 samples 1,000 are kept, two of each three, whatever the order in which they were drawn. */
    @Test
    void keepsEvenlySpacedValues() {
        Observed graph = random(12, 40, 3);
        Ensemble ensemble = ensemble(NullModels.CFG, graph, 1500);
        double[] kept = Comparison.of(List.of(Censuses.DYADS), List.of(ensemble), new Parallel(2, Monitor.NONE))
                .draws()
                .of("bi", "CFG");
        assertEquals(1000, kept.length);
        for (int j = 0; j < kept.length; j++) {
            // The first sample at or after j times 1.5.
            assertEquals(ensemble.get((3 * j + 1) / 2, Monitor.NONE).dyads()[2], kept[j]);
        }
    }

    /** Every figure from samples that are kept, worked out the plain way. */
    @Test
    void rowsAreThoseOfThePlainWay() {
        Observed graph = random(20, 90, 1);
        int samples = 700;
        Ensemble ensemble = ensemble(NullModels.CFG, graph, samples);
        Comparison.Result result = Comparison.of(
                List.of(Censuses.DYADS, Censuses.TRIADS), List.of(ensemble), new Parallel(2, Monitor.NONE));
        assertEquals(19, result.rows().size());
        for (int k = 0; k < 16; k++) {
            Comparison.Row row = result.rows().get(3 + k);
            double observed = Sample.of(graph).triads()[k];
            double sum = 0;
            double squares = 0;
            int less = 0;
            int greater = 0;
            for (int i = 0; i < samples; i++) {
                double value = ensemble.get(i, Monitor.NONE).triads()[k];
                sum += value;
                squares += value * value;
                less += value <= observed ? 1 : 0;
                greater += value >= observed ? 1 : 0;
            }
            double mean = sum / samples;
            double sd = Math.sqrt(Math.max(0, (squares - samples * mean * mean) / (samples - 1)));
            assertEquals(observed, row.observed());
            assertEquals(mean, row.expected(), 1e-9 * Math.max(1, mean));
            assertEquals(sd, row.sd(), 1e-6 * Math.max(1, sd));
            assertEquals((less + 1.0) / (samples + 1), row.less());
            assertEquals((greater + 1.0) / (samples + 1), row.greater());
            assertEquals(row.sd() > 0, row.z().isPresent());
        }
    }

    @Test
    void sameRowsOnAnyNumberOfThreads() {
        Observed graph = random(30, 150, 2);
        Statistic guest = statistic("guest", false, sample -> sample.triads()[9]);
        for (List<Statistic> statistics : List.of(List.of(Censuses.TRIADS), List.of(Censuses.TRIADS, guest))) {
            List<Comparison.Result> results = new ArrayList<>();
            for (int threads : new int[] {1, 2, 8}) {
                List<Ensemble> ensembles =
                        List.of(ensemble(NullModels.CFG, graph, 300), ensemble(NullModels.GER, graph, 300));
                results.add(Comparison.of(statistics, ensembles, new Parallel(threads, Monitor.NONE)));
            }
            assertEquals(results.get(0), results.get(1));
            assertEquals(results.get(0), results.get(2));
        }
    }

    @Test
    void guestStatisticsRunOnTheCallersThread() {
        Observed graph = random(15, 60, 3);
        Set<Thread> threads = new HashSet<>();
        Statistic guest = statistic("two-way", false, sample -> {
            threads.add(Thread.currentThread());
            return sample.dyads()[2];
        });
        Comparison.Result result = Comparison.of(
                List.of(guest, Censuses.DYADS),
                List.of(ensemble(NullModels.CFG, graph, 100)),
                new Parallel(4, Monitor.NONE));
        assertEquals(Set.of(Thread.currentThread()), threads);
        Comparison.Row mine = result.rows().get(0);
        Comparison.Row same = result.rows().get(3);
        assertEquals(same.expected(), mine.expected());
        assertEquals(same.less(), mine.less());
    }

    @Test
    void exactExpectationsAndConstants() {
        Observed graph = random(15, 60, 4);
        Comparison.Result result = Comparison.of(
                List.of(Censuses.DYADS),
                List.of(ensemble(NullModels.ER, graph, 50), ensemble(NullModels.W, graph, 50)),
                Parallel.serial());
        assertTrue(result.rows().get(0).exact());
        assertEquals(
                NullModels.ER.expectedDyads(graph).orElseThrow()[2],
                result.rows().get(2).expected());
        Comparison.Row constant = result.rows().get(3);
        assertTrue(constant.z().isEmpty());
        assertEquals(1, constant.less());
        assertEquals(1, constant.greater());
        assertNull(result.certificates().get(0).mixing());
    }

    /** The sum of weights is the same under W, but for the order in which they are added. */
    @Test
    void roundingMakesNoDifference() {
        Random random = new Random(8);
        int[] pre = new int[40];
        int[] post = new int[40];
        double[] weights = new double[40];
        for (int e = 0; e < 40; e++) {
            pre[e] = e % 10;
            post[e] = (e % 10 + 1 + e / 10) % 10;
            weights[e] = random.nextDouble();
        }
        Observed graph = Observed.of(10, pre, post, weights, false);
        Statistic sum = statistic(
                "weight", true, sample -> Arrays.stream(sample.weights()).reduce(0, (a, b) -> a + b));
        Ensemble ensemble = ensemble(NullModels.W, graph, 200);
        Comparison.Row row = Comparison.of(List.of(sum), List.of(ensemble), Parallel.serial())
                .rows()
                .get(0);
        Set<Double> sums = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            sums.add(sum.of(ensemble.get(i, Monitor.NONE))[0]);
        }
        assertTrue(sums.size() > 1, "the sums are rounded differently");
        assertEquals(1, row.less());
        assertEquals(1, row.greater());
        assertEquals(0, row.sd());
        assertTrue(Comparison.tie(0.1 + 0.2, 0.3));
        assertFalse(Comparison.tie(4e14, 4e14 + 1), "counts are compared exactly");
        assertFalse(Comparison.tie(0.3, 0.3 + 1e-9));
    }

    @Test
    void autapsesAreAllowedOnBothSidesOrOnNeither() {
        Observed loops = Observed.of(4, new int[] {0, 1, 2, 3}, new int[] {0, 2, 3, 1}, null, true);
        assertEquals(
                ErrorCode.NO_SAMPLER,
                assertThrows(
                                MesoException.class,
                                () -> Ensemble.of(NullModels.CFG, loops, new Options(20, false), 10, 1))
                        .code());
        assertEquals(
                ErrorCode.NO_SAMPLER,
                assertThrows(MesoException.class, () -> Ensemble.of(NullModels.W, loops, new Options(20, true), 10, 1))
                        .code());
        Ensemble fits = Ensemble.of(NullModels.CFG, loops, new Options(20, true), 10, 1);
        assertEquals(4, fits.get(0, Monitor.NONE).m());
    }

    @Test
    void nanIsRefused() {
        Statistic broken = statistic("ratio", true, sample -> Double.NaN);
        MesoException refused = assertThrows(
                MesoException.class,
                () -> Comparison.of(
                        List.of(broken), List.of(ensemble(NullModels.CFG, random(10, 30, 5), 10)), Parallel.serial()));
        assertEquals(ErrorCode.NOT_A_NUMBER, refused.code());
    }

    @Test
    void falseDiscoveryRates() {
        // Worked by hand: p n / rank, then the running minimum from the largest down.
        assertArrayEquals(
                new double[] {0.04, 0.05, 0.05, 0.2},
                Comparison.benjaminiHochberg(new double[] {0.01, 0.03, 0.0375, 0.2}),
                1e-12);
        assertArrayEquals(new double[] {1, 0.03, 1}, Comparison.benjaminiHochberg(new double[] {1, 0.01, 0.9}), 1e-12);
    }

    @Test
    void autocorrelationTimeOfAFirstOrderSeries() {
        Random random = new Random(1);
        double[] series = new double[100_000];
        for (int i = 1; i < series.length; i++) {
            series[i] = 0.8 * series[i - 1] + random.nextGaussian();
        }
        assertEquals(1.8 / 0.2, Autocorrelation.time(series), 0.8);
        assertEquals(1, Autocorrelation.time(new double[50]));
        double[] tenths = new double[50];
        Arrays.fill(tenths, 0.1);
        assertEquals(1, Autocorrelation.time(tenths));
        assertEquals(Math.pow(0.8, 3), Autocorrelation.at(3, 9), 1e-12);
    }

    /**
     * Besag and Clifford: p-values are exact even for a chain of hardly any steps, where the observed graph comes from the
     * null model. Here it is drawn uniformly from the space, and samples are half a step per edge apart.
     */
    @Test
    void pValuesHoldBeforeMixing() {
        Observed start = random(9, 26, 6);
        int trials = 600;
        int samples = 19;
        Ensemble uniform = Ensemble.of(NullModels.CFG, start, new Options(200, false), trials, 1);
        Ensemble fixedPairs = Ensemble.of(NullModels.GCFG, start, new Options(200, false), trials, 1);
        for (Ensemble truth : List.of(uniform, fixedPairs)) {
            int small = 0;
            int large = 0;
            for (int i = 0; i < trials; i++) {
                Observed observed = Observed.of(truth.get(i, Monitor.NONE).wiring());
                Ensemble near = Ensemble.of(truth.model(), observed, new Options(0.2, false), samples, 1000 + i);
                Comparison.Row row = Comparison.of(
                                List.of(statistic(
                                        "cycles", true, sample -> sample.triads()[9] + 0.5 * sample.triads()[8])),
                                List.of(near),
                                Parallel.serial())
                        .rows()
                        .get(0);
                small += row.less() <= 0.1 ? 1 : 0;
                large += row.greater() <= 0.1 ? 1 : 0;
            }
            // At most one in ten, plus four standard errors.
            double most = trials * 0.1 + 4 * Math.sqrt(trials * 0.09);
            int low = small;
            int high = large;
            assertTrue(small <= most && large <= most, () -> truth.model().name() + ": " + low + " and " + high);
            assertTrue(small > 0 && large > 0, "p-values never get small");
        }
    }

    /** With fewer steps a sample than records, a record is a whole sample: what it forgets is counted as such. */
    @Test
    void veryShortSamplesAreSaidNotToMix() {
        Observed graph = random(60, 400, 7);
        Ensemble one = Ensemble.of(NullModels.CFG, graph, new Options(1e-6, false), 100, 1);
        assertEquals(1, one.recordsPerSample(Monitor.NONE));
        var certificate = Comparison.of(List.of(Censuses.TRIADS), List.of(one), Parallel.serial())
                .certificates()
                .get(0);
        assertTrue(certificate.warnings().toString().contains("has not mixed"), certificate.describe());
    }

    @Test
    void chainThatHasNotMixedSaysSo() {
        Observed graph = random(60, 400, 7);
        Ensemble hasty = Ensemble.of(NullModels.CFG, graph, new Options(0.2, false), 100, 1);
        var certificate = Comparison.of(List.of(Censuses.TRIADS), List.of(hasty), Parallel.serial())
                .certificates()
                .get(0);
        assertTrue(certificate.warnings().toString().contains("has not mixed"), certificate.describe());
        var calm = Comparison.of(
                        List.of(Censuses.TRIADS), List.of(ensemble(NullModels.CFG, graph, 100)), Parallel.serial())
                .certificates()
                .get(0);
        assertTrue(calm.warnings().isEmpty(), calm.describe());
        assertTrue(calm.mixing().effective() > 90, calm.describe());
    }
}
