package dev.meso.runtime.nulls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.task.Parallel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Exact expectations and codes against enumeration and against samples. */
class ClosedFormTest {
    private static final Observed GRAPH = Spaces.graph(4, false, 0, 1, 1, 0, 1, 2, 2, 3, 3, 1);

    /** The mean of a census over all graphs on four neurons with these weights. */
    private interface Weight {
        double of(int edges, int twoWay);
    }

    private static double[][] enumerated(Weight weight) {
        double[] triads = new double[16];
        double[] dyads = new double[3];
        double total = 0;
        for (int bits : Spaces.all(4, false)) {
            Sample graph = Sample.of(Spaces.graph(4, bits, false));
            long[] pairs = graph.dyads();
            double w = weight.of(graph.m(), (int) pairs[2]);
            total += w;
            for (int k = 0; k < 3; k++) {
                dyads[k] += w * pairs[k];
            }
            long[] counts = graph.triads();
            for (int k = 0; k < 16; k++) {
                triads[k] += w * counts[k];
            }
        }
        for (int k = 0; k < 16; k++) {
            triads[k] /= total;
        }
        for (int k = 0; k < 3; k++) {
            dyads[k] /= total;
        }
        return new double[][] {dyads, triads};
    }

    private static void checkExpected(NullModel model, Weight weight) {
        double[][] expected = enumerated(weight);
        assertArrayEquals(expected[0], model.expectedDyads(GRAPH).orElseThrow(), 1e-12, model.name());
        assertArrayEquals(expected[1], model.expectedTriads(GRAPH).orElseThrow(), 1e-12, model.name());
    }

    @Test
    void expectationsAreThoseOfEnumeration() {
        double p = 5 / 12.0;
        checkExpected(NullModels.ER, (m, both) -> Math.pow(p, m) * Math.pow(1 - p, 12 - m));
        checkExpected(NullModels.GNM, (m, both) -> m == 5 ? 1 : 0);
        // One two-way and three one-way of six pairs.
        checkExpected(
                NullModels.GER,
                (m, both) -> Math.pow(1 / 6.0, both)
                        * Math.pow(3 / 12.0, m - 2 * both)
                        * Math.pow(2 / 6.0, 6 - both - (m - 2 * both)));
    }

    @Test
    void expectationsAreThoseOfSamples() {
        Observed graph = TwinTest.random(25, 120, false, 3);
        int draws = 20_000;
        for (NullModel model : List.of(NullModels.ER, NullModels.GNM, NullModels.GER)) {
            double[] expected = model.expectedTriads(graph).orElseThrow();
            double[] sum = new double[16];
            double[] squares = new double[16];
            Ensemble.of(model, graph, Options.DEFAULT, draws, 2)
                    .forEach(0, draws, null, Parallel.serial(), (i, sample, monitor) -> {
                        long[] counts = sample.triads();
                        for (int t = 0; t < 16; t++) {
                            sum[t] += counts[t];
                            squares[t] += (double) counts[t] * counts[t];
                        }
                    });
            for (int t = 0; t < 16; t++) {
                double mean = sum[t] / draws;
                double error = Math.sqrt(Math.max(0, squares[t] / draws - mean * mean) / draws);
                assertEquals(expected[t], mean, 4.5 * error + 1e-3, model.name() + " triad " + t);
            }
        }
    }

    /** Exact codes are the logarithm of the number of graphs; upper ones are no less. */
    @Test
    void codesCountGraphs() {
        int graphs = 0;
        int sameDyads = 0;
        int sameDegrees = 0;
        int samePartners = 0;
        int self = Spaces.bits(Sample.of(GRAPH));
        for (int bits : Spaces.all(4, false)) {
            Observed other = Spaces.graph(4, bits, false);
            graphs += other.m() == GRAPH.m() ? 1 : 0;
            sameDyads += other.m() == GRAPH.m() && other.twoWay() == GRAPH.twoWay() ? 1 : 0;
            sameDegrees += Spaces.degrees(4, bits).equals(Spaces.degrees(4, self)) ? 1 : 0;
            samePartners += Spaces.degreesAndPartners(4, bits).equals(Spaces.degreesAndPartners(4, self)) ? 1 : 0;
        }
        assertEquals(Math.log(graphs), NullModels.ER.descriptionLength(GRAPH).data(), 1e-12);
        assertEquals(Math.log(graphs), NullModels.GNM.descriptionLength(GRAPH).data(), 1e-12);
        assertEquals(
                Math.log(sameDyads), NullModels.GER.descriptionLength(GRAPH).data(), 1e-12);
        assertEquals(Math.log(3), NullModels.GER.descriptionLength(GRAPH).model(), 1e-12);
        assertTrue(NullModels.CFG.descriptionLength(GRAPH).data() >= Math.log(sameDegrees));
        assertTrue(NullModels.DCFG.descriptionLength(GRAPH).data() >= Math.log(samePartners));
        MesoException refused = assertThrows(MesoException.class, () -> NullModels.GCFG.descriptionLength(GRAPH));
        assertEquals(ErrorCode.NO_ENCODING, refused.code());
    }

    @Test
    void factorialsOfAllSizes() {
        double sum = 0;
        for (int k = 1; k <= 2000; k++) {
            sum += Math.log(k);
            assertEquals(sum, Combinatorics.lnFactorial(k), 1e-12 * sum, "k = " + k);
        }
    }

    @Test
    void graphMadeOfItsDegreesHasThem() {
        for (long seed = 0; seed < 30; seed++) {
            Observed graph = TwinTest.random(20 + (int) seed, 150, false, seed);
            int[] out = new int[graph.n()];
            int[] in = new int[graph.n()];
            for (int v = 0; v < graph.n(); v++) {
                out[v] = graph.wiring().outDegree(v);
                in[v] = graph.wiring().inDegree(v);
            }
            int[] post = ReciprocalPenalty.realize(out, in, graph.start());
            Observed made = Observed.of(graph.n(), graph.pre(), post, null, false);
            assertEquals(graph.m(), made.m());
            for (int v = 0; v < graph.n(); v++) {
                assertEquals(in[v], made.wiring().inDegree(v));
            }
        }
    }

    @Test
    void modelsAreFoundByWhatTheyPreserve() {
        assertEquals(
                "gCFG", NullModels.preserving(List.of("reciprocal", "degrees")).name());
        assertEquals(
                "W",
                NullModels.preserving(List.of("connections", "shuffle weights")).name());
        MesoException none =
                assertThrows(MesoException.class, () -> NullModels.preserving(List.of("edges", "reciprocal")));
        assertEquals(ErrorCode.NO_SAMPLER, none.code());
        assertTrue(
                none.notes().get(0).contains("\npreserve degrees (CFG)\n"),
                none.notes().toString());
        assertTrue(
                none.notes().get(0).contains("preserve connections; shuffle weights (W)"),
                none.notes().toString());
        for (Family family : NullModels.all()) {
            assertSame(family, NullModels.preserving(family.preserves()));
        }
    }
}
