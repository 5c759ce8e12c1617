package dev.meso.runtime.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.network.Clustering.Kind;
import dev.meso.runtime.nulls.Ensemble;
import dev.meso.runtime.nulls.NullModel;
import dev.meso.runtime.nulls.NullModels;
import dev.meso.runtime.nulls.Observed;
import dev.meso.runtime.nulls.Options;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmallWorldTest {
    private static final Parallel TWO = new Parallel(2, Monitor.NONE);

    private static Ensemble ensemble(NullModel model, Wiring w, int samples) {
        return Ensemble.of(model, Observed.of(w), Options.DEFAULT, samples, 3);
    }

    @Test
    void isMadeOfItsIngredients() {
        Wiring w = RandomWirings.gilbert(60, 0.1, 9);
        int samples = 12;
        Ensemble nulls = ensemble(NullModels.CFG, w, samples);
        int[] sources = {3, 17, 40};
        for (boolean directed : new boolean[] {true, false}) {
            for (Kind kind : new Kind[] {Kind.UNDIRECTED, Kind.LOCAL, Kind.CYCLE}) {
                SmallWorld found = SmallWorld.of(nulls, kind, directed, sources, TWO);
                double clustering = 0;
                double length = 0;
                for (int i = 0; i < samples; i++) {
                    Wiring sample = nulls.get(i, Monitor.NONE).wiring();
                    clustering += Clustering.of(sample, kind, TWO) / samples;
                    length += Distances.from(sample, sources, directed, TWO).mean() / samples;
                }
                double c = Clustering.of(nulls.observed().wiring(), kind, TWO);
                double l = Distances.from(nulls.observed().wiring(), sources, directed, TWO)
                        .mean();
                assertEquals(c / clustering, found.gamma(), 1e-12);
                assertEquals(l / length, found.lambda(), 1e-12);
                assertEquals(c / clustering / (l / length), found.smallWorldness(), 1e-12);
            }
        }
    }

    @Test
    void aRingWithShortCutsIsASmallWorldAndARandomGraphIsNot() {
        List<int[]> edges = new ArrayList<>();
        for (int v = 0; v < 120; v++) {
            for (int step = 1; step <= 4; step++) {
                edges.add(new int[] {v, (v + step) % 120});
            }
            if (v % 6 == 0) {
                edges.add(new int[] {v, (v + 53) % 120});
            }
        }
        Wiring ring = RandomWirings.of(120, edges.toArray(new int[0][]));
        SmallWorld small = SmallWorld.of(ensemble(NullModels.GER, ring, 40), Kind.UNDIRECTED, false, null, TWO);
        assertTrue(small.smallWorldness() > 3, "S " + small.smallWorldness());
        Wiring random = RandomWirings.gilbert(120, 0.07, 4);
        SmallWorld not = SmallWorld.of(ensemble(NullModels.ER, random, 40), Kind.UNDIRECTED, false, null, TWO);
        assertEquals(1, not.smallWorldness(), 0.15);
        // Pairs of ER are independent: clustering is the share of connected pairs.
        double p = random.m() / (120.0 * 119);
        assertEquals(1 - (1 - p) * (1 - p), not.clustering().expected(), 0.005);
    }
}
