package dev.meso.runtime.nulls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.random.Streams;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Each sampler meets every graph of its space equally often: all graphs enumerated, frequencies by chi-square. */
class UniformTest {
    /** Some 70 tests are made; a right sampler fails one of them by chance with probability below 1e-3. */
    private static final double SMALLEST_P = 1e-5;

    /** The graph of igraph issue 1456: switches alone cannot turn the cycle 0 → 1 → 2 → 0. */
    private static final Observed ISSUE_1456 = Spaces.graph(4, false, 2, 3, 2, 0, 0, 3, 0, 1, 1, 3, 1, 2);

    private static long[] frequencies(
            NullModel model, Observed observed, List<Integer> space, int draws, double perEdge) {
        Map<Integer, Integer> index = index(space);
        long[] counts = new long[space.size()];
        Ensemble ensemble = Ensemble.of(model, observed, new Options(perEdge, observed.autapses()), draws, 11);
        ensemble.forEach(0, draws, null, Parallel.serial(), (i, sample, monitor) -> {
            Integer at = index.get(Spaces.bits(sample));
            assertNotNull(at, () -> model.name() + " left its space");
            counts[at]++;
        });
        return counts;
    }

    private static Map<Integer, Integer> index(List<Integer> space) {
        Map<Integer, Integer> index = new HashMap<>();
        for (int bits : space) {
            index.put(bits, index.size());
        }
        return index;
    }

    private static void checkUniform(NullModel model, Observed observed, List<Integer> space, int draws) {
        double p = Spaces.chiSquareP(frequencies(model, observed, space, draws, 60));
        assertTrue(
                p > SMALLEST_P,
                () -> model.name() + " on " + space.size() + " graphs like " + Integer.toBinaryString(space.get(0))
                        + ": p = " + p);
    }

    /** Spaces of different sizes: the largest, and others spread over the sizes there are. */
    private static List<List<Integer>> choose(
            Map<String, List<Integer>> classes, int smallest, int largest, int count) {
        List<List<Integer>> fit = new ArrayList<>();
        for (List<Integer> space : classes.values()) {
            if (space.size() >= smallest && space.size() <= largest) {
                fit.add(space);
            }
        }
        fit.sort(Comparator.<List<Integer>>comparingInt(List::size).thenComparing(s -> s.get(0)));
        List<List<Integer>> chosen = new ArrayList<>();
        for (int i = 0; i < Math.min(count, fit.size()); i++) {
            chosen.add(fit.get((int) ((long) (fit.size() - 1) * i / Math.max(1, count - 1))));
        }
        return chosen;
    }

    private static void checkClasses(
            NullModel model,
            int n,
            boolean autapses,
            BiFunction<Integer, Integer, String> key,
            int largest,
            int count) {
        Map<String, List<Integer>> classes = Spaces.classes(Spaces.all(n, autapses), bits -> key.apply(n, bits));
        for (List<Integer> space : choose(classes, 2, largest, count)) {
            checkUniform(model, Spaces.graph(n, space.get(0), autapses), space, Math.max(3000, 20 * space.size()));
        }
    }

    private static List<Integer> space(Observed observed, Function<Integer, String> key) {
        String wanted = key.apply(Spaces.bits(Sample.of(observed)));
        List<Integer> space = new ArrayList<>();
        for (int bits : Spaces.all(observed.n(), observed.autapses())) {
            if (key.apply(bits).equals(wanted)) {
                space.add(bits);
            }
        }
        return space;
    }

    @Test
    void degreesOfThreeAndFourNeurons() {
        checkClasses(NullModels.CFG, 3, false, Spaces::degrees, 100, 3);
        checkClasses(NullModels.CFG, 4, false, Spaces::degrees, 100, 12);
    }

    @Test
    void degreesOfFiveNeurons() {
        checkClasses(NullModels.CFG, 5, false, Spaces::degrees, 500, 5);
    }

    @Test
    void graphThatSwitchesAloneCannotLeave() {
        List<Integer> space = space(ISSUE_1456, bits -> Spaces.degrees(4, bits));
        assertEquals(2, space.size());
        checkUniform(NullModels.CFG, ISSUE_1456, space, 4000);
        PlainSwitching switchesOnly = new PlainSwitching(ISSUE_1456, false);
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            assertTrue(!switchesOnly.exchange(random.nextInt(6), random.nextInt(6)), "a switch is possible after all");
        }
    }

    @Test
    void degreesWithAutapses() {
        checkClasses(NullModels.CFG, 3, true, Spaces::degrees, 100, 8);
        checkClasses(NullModels.CFG, 4, true, Spaces::degrees, 100, 8);
    }

    @Test
    void degreesAndReciprocal() {
        checkClasses(NullModels.GCFG, 4, false, Spaces::degreesAndReciprocal, 100, 12);
        checkClasses(NullModels.GCFG, 5, false, Spaces::degreesAndReciprocal, 300, 5);
    }

    @Test
    void degreesAndReciprocalDegrees() {
        checkClasses(NullModels.DCFG, 4, false, Spaces::degreesAndPartners, 100, 8);
        checkClasses(NullModels.DCFG, 5, false, Spaces::degreesAndPartners, 300, 6);
    }

    @Test
    void edges() {
        Observed observed = Spaces.graph(4, false, 0, 1, 1, 2, 3, 0);
        checkUniform(NullModels.GNM, observed, space(observed, bits -> "" + Integer.bitCount(bits)), 10_000);
    }

    @Test
    void weights() {
        Observed observed =
                Observed.of(4, new int[] {0, 1, 2, 3}, new int[] {1, 2, 3, 0}, new double[] {1, 2, 3, 4}, false);
        Map<String, Integer> met = new HashMap<>();
        Ensemble ensemble = Ensemble.of(NullModels.W, observed, Options.DEFAULT, 4800, 3);
        ensemble.forEach(0, 4800, null, Parallel.serial(), (i, sample, monitor) -> {
            assertEquals(observed.wiring(), sample.wiring());
            met.merge(java.util.Arrays.toString(sample.weights()), 1, Integer::sum);
        });
        assertEquals(24, met.size());
        assertTrue(Spaces.chiSquareP(met.values().stream().mapToLong(c -> c).toArray()) > SMALLEST_P);
    }

    /** The same test must see a bias: a chain that does not count refused switches prefers graphs with many neighbours. */
    @Test
    void chainThatDoesNotHoldFails() {
        Observed observed = Spaces.graph(4, false, 0, 1, 1, 2, 2, 3, 0, 2);
        List<Integer> space = space(observed, bits -> Spaces.degrees(4, bits));
        Map<Integer, Integer> index = index(space);
        long[] counts = new long[space.size()];
        PlainSwitching chain = new PlainSwitching(observed, false);
        RandomGenerator random = Streams.of(5, 0, 0);
        for (int i = 0; i < 5000; i++) {
            for (int moves = 0; moves < 20; ) {
                moves += chain.step(random) ? 1 : 0;
            }
            counts[index.get(Spaces.bits(4, observed.m(), observed.pre(), chain.post))]++;
        }
        double p = Spaces.chiSquareP(counts);
        assertTrue(p < 1e-9, () -> "without holds p = " + p + " over " + space.size() + " graphs");
        checkUniform(NullModels.CFG, observed, space, 5000);
    }

    /**
     * To run K moves and then on to the next graph with the right number of two-way pairs prefers graphs that are entered
     * often: steps of the right chain, one move at a time, cut off that way.
     */
    @Test
    void runningOnToTheNextFitFails() {
        int n = 5;
        Map<String, List<Integer>> classes =
                Spaces.classes(Spaces.all(n, false), bits -> Spaces.degreesAndReciprocal(n, bits));
        int failed = 0;
        int tried = 0;
        for (List<Integer> space : choose(classes, 20, 60, 5)) {
            Observed observed = Spaces.graph(n, space.get(0), false);
            tried++;
            failed += Spaces.chiSquareP(shortcut(observed, space, 10_000)) < 1e-6 ? 1 : 0;
            checkUniform(NullModels.GCFG, observed, space, 10_000);
        }
        int fails = failed;
        int all = tried;
        assertTrue(failed >= tried / 2, () -> "only " + fails + " of " + all + " show the bias");
    }

    private static long[] shortcut(Observed observed, List<Integer> space, int draws) {
        Map<Integer, Integer> index = index(space);
        long[] counts = new long[space.size()];
        PlainSwitching chain = new PlainSwitching(observed, false);
        RandomGenerator random = Streams.of(7, 0, 0);
        for (int i = 0; i < draws; i++) {
            Integer at;
            int steps = 0;
            do {
                chain.step(random);
                at = index.get(Spaces.bits(observed.n(), observed.m(), observed.pre(), chain.post));
            } while (++steps < 100 || at == null);
            counts[at]++;
        }
        return counts;
    }

    @Test
    void sampleDoesNotDependOnOrder() {
        Ensemble one = Ensemble.of(NullModels.CFG, ISSUE_1456, Options.DEFAULT, 10, 1);
        Ensemble two = Ensemble.of(NullModels.CFG, ISSUE_1456, Options.DEFAULT, 10, 1);
        List<Integer> forwards = new ArrayList<>();
        List<Integer> backwards = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            forwards.add(Spaces.bits(one.get(i, Monitor.NONE)));
            backwards.add(Spaces.bits(two.get(9 - i, Monitor.NONE)));
        }
        Collections.reverse(backwards);
        assertEquals(forwards, backwards);
    }
}
