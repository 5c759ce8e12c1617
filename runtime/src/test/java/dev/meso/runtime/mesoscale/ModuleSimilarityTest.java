package dev.meso.runtime.mesoscale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.mesoscale.ModuleMenu.Activation;
import dev.meso.runtime.mesoscale.ModuleMenu.Function;
import dev.meso.runtime.mesoscale.ModuleMenu.Layer;
import dev.meso.runtime.mesoscale.ModuleMenu.Presence;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.space.ReceptiveFields;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModuleSimilarityTest {
    /** Two kinds fitted with three modules: two of these must be of one kind, and serve each other's domains. */
    @Test
    void modulesOfOneKindServeEachOther() {
        Tissue tissue = Tissue.plant(new Tissue.Options(96, 2, 700, 2, Double.POSITIVE_INFINITY, 1));
        ModuleMenu menu = new ModuleMenu(
                "Column",
                List.of(new Layer(12, 12, 1, List.of(new Activation(Function.TANH, 1)))),
                1,
                1,
                Presence.PRESENT,
                Presence.ABSENT,
                Presence.ABSENT,
                Tissue.DIAMETER,
                Tissue.STRIDE,
                3,
                true);
        ModelSpec spec = new ModelSpec(
                "Test", menu, 3, ModelSpec.Assignment.SCATTER_GATHER, 10, ModelSpec.Observer.NONE, false, false);
        ReceptiveFields fields = ReceptiveFields.of(tissue.positions(), tissue.lattice(), Parallel.serial());
        ModelFit.Problem problem = new ModelFit.Problem(
                spec,
                new ModelStructure(fields, null, null, null, null, 0),
                tissue.activity(),
                null,
                ModelFitTest.PREDICT);
        FitOptions options =
                FitOptions.DEFAULT.with().epochs(2).restarts(1).horizon(1).build();
        FittedModel fit = ModelFit.fit(problem, options, new long[] {1}, null, Parallel.serial());
        double[][] similarity = fit.report().similarity();
        int[] kind = new int[3];
        for (int b = 0; b < 3; b++) {
            assertEquals(1, similarity[b][b]);
            kind[b] = tissue.modules().blocks()[fit.neurons(b)[0]];
        }
        int pairs = 0;
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                double s = similarity[a][b];
                assertTrue(kind[a] == kind[b] ? s > 0.7 : s < 0.6, a + " for " + b + ": " + s);
                pairs += a != b && kind[a] == kind[b] ? 1 : 0;
            }
        }
        assertEquals(2, pairs);
        Activity train = fit.scaling().standardize(tissue.activity().split(0.8).train());
        assertArrayEquals(similarity, ModuleSimilarity.of(fit, train, new Parallel(3, Monitor.NONE)));
    }

    /** Whitened variables have mean 0 and covariance 1, and the root leads back. */
    @Test
    void whitening() {
        int size = 3;
        double[] x = Streams.of(1, 82, 0).doubles(60, -1, 1).toArray();
        for (int i = 0; i < x.length; i += size) {
            x[i + 1] += 2 * x[i];
        }
        Whitening whitening = Whitening.of(x, size);
        double[] white = whitening.whitened(x);
        for (int r = 0; r < size; r++) {
            for (int c = 0; c < size; c++) {
                double sum = 0;
                for (int i = 0; i < white.length; i += size) {
                    sum += white[i + r] * white[i + c] / (white.length / size);
                }
                assertEquals(r == c ? 1 : 0, sum, 1e-9);
            }
            double back = whitening.mean()[r];
            for (int c = 0; c < size; c++) {
                back += whitening.root()[r * size + c] * white[c];
            }
            assertEquals(x[r], back, 1e-9);
        }
    }
}
