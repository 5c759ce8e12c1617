package dev.meso.runtime.mesoscale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.mesoscale.ModuleMenu.Activation;
import dev.meso.runtime.mesoscale.ModuleMenu.Function;
import dev.meso.runtime.mesoscale.ModuleMenu.Layer;
import dev.meso.runtime.mesoscale.ModuleMenu.Presence;
import dev.meso.runtime.partition.Agreement;
import dev.meso.runtime.recording.Forecasts;
import dev.meso.runtime.space.ReceptiveFields;
import dev.meso.runtime.task.CancelledException;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import dev.meso.runtime.tensor.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole fit: from a recording to domains, networks and errors beside the baselines. */
class ModelFitTest {
    static final LossTerms PREDICT = new LossTerms() {
        @Override
        public List<String> names() {
            return List.of("predict", "simple");
        }

        @Override
        public List<String> symbols(String term) {
            return term.equals("predict") ? List.of("next", "predicted") : List.of("layers");
        }

        @Override
        public Symbol build(String term, java.util.function.Function<String, Symbol> symbols) {
            return term.equals("predict")
                    ? symbols.apply("next")
                            .with(symbols.apply("predicted"), Node::subtract)
                            .map(Node::square)
                            .mean()
                    : symbols.apply("layers").sum().map(x -> x.multiply(1e-5));
        }
    };

    private static final Tissue TISSUE = Tissue.plant(new Tissue.Options(96, 2, 900, 2, 3, 1));

    private static ModelFit.Problem problem(double gain) {
        List<Activation> all = List.of(new Activation(Function.TANH, 1), new Activation(Function.RELU, 1));
        ModuleMenu menu = new ModuleMenu(
                "Column",
                List.of(new Layer(4, 12, 4, all)),
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
                "Test", menu, 2, ModelSpec.Assignment.SCATTER_GATHER, 10, ModelSpec.Observer.of(gain), false, false);
        ReceptiveFields fields = ReceptiveFields.of(TISSUE.positions(), TISSUE.lattice(), Parallel.serial());
        return new ModelFit.Problem(
                spec, new ModelStructure(fields, null, null, null, null, 0), TISSUE.activity(), null, PREDICT);
    }

    private static FitOptions options(int epochs) {
        return FitOptions.DEFAULT.with().epochs(epochs).restarts(1).horizon(3).build();
    }

    private static FittedModel fit(FitOptions options, Path directory, Parallel parallel) {
        return ModelFit.fit(problem(Double.NaN), options, new long[] {1}, directory, parallel);
    }

    @Test
    void whatWasPlantedIsFoundAndFlowsIntoForecasts() {
        FittedModel fit = fit(options(10), null, Parallel.serial());
        assertTrue(Agreement.of(fit.domains(), TISSUE.domains()).adjustedRand() > 0.9);
        assertTrue(Agreement.of(fit.modules(), TISSUE.modules()).adjustedRand() > 0.9);
        List<Forecasts.Error[]> errors = fit.report().errors();
        assertEquals(
                List.of("Test", "persistence", "AR(1)", "ridge VAR(1)", "observer + ridge", "no modules"),
                errors.stream().map(e -> e[0].model()).toList());
        for (Forecasts.Error[] other : errors.subList(1, errors.size())) {
            assertTrue(errors.getFirst()[0].squared() < 0.8 * other[0].squared(), () -> "beside " + other[0].model());
        }
        // Deciding the switches costs little, because they lean to one side from the start.
        double[] rounding = fit.report().rounding();
        assertTrue(rounding[1] < 1.1 * rounding[0], rounding[0] + " -> " + rounding[1]);
        assertTrue(fit.network(0).startsWith("3 -> dense "), fit.network(0));
    }

    @Test
    void tiedInterfacesAreInverse() {
        FittedModel fit = fit(options(2), null, Parallel.serial());
        // With modules that change nothing, a state that the interfaces made comes back.
        ModelGraph graph = fit.graph(1);
        double[] inverses = graph.inverses(fit.parameters(), 1);
        int size = fit.learned().size();
        FieldLayout layout =
                FieldLayout.of(fit.learned().structure(), fit.spec().modules());
        double[] out = fit.parameters().get(ModelGraph.INTERFACE_OUT);
        double[] assignment = fit.learned().assignment();
        for (int l = 0; l < fit.learned().structure().fields().locations(); l++) {
            for (int b = 0; b < fit.spec().modules(); b++) {
                int places = layout.places(l);
                int at = layout.start(l, b);
                int pair = layout.pair(l, b);
                int used = 0;
                for (int k = 0; k < places; k++) {
                    used += assignment[at + k] > 0 ? 1 : 0;
                }
                for (int r = 0; used > size && r < size; r++) {
                    for (int c = 0; c < size; c++) {
                        // Entry r, c of Out In.
                        double sum = 0;
                        for (int k = 0; k < places; k++) {
                            double in = 0;
                            for (int s = 0; s < size; s++) {
                                in += out[at * size + s * places + k] * inverses[(pair * size + s) * size + c];
                            }
                            sum += assignment[at + k] * out[at * size + r * places + k] * in;
                        }
                        assertEquals(r == c ? 1 : 0, sum, 1e-2);
                    }
                }
            }
        }
    }

    @Test
    void threadsDoNotChangeABit() {
        FittedModel one = fit(options(2), null, Parallel.serial());
        FittedModel three = fit(options(2), null, new Parallel(3, Monitor.NONE));
        assertArrayEquals(one.learned().parameters(), three.learned().parameters());
        assertEquals(one.report().length(), three.report().length());
    }

    @Test
    void aFitThatWasKilledGoesOnWhereItsCheckpointIs(@TempDir Path directory) {
        FittedModel whole = fit(options(6), null, Parallel.serial());
        Monitor killer = new Monitor() {
            @Override
            public void progress(String what, long done, long total) {
                if (what.startsWith("fit") && done == 3) {
                    throw new IllegalStateException("killed");
                }
            }
        };
        assertThrows(IllegalStateException.class, () -> fit(options(6), directory, new Parallel(1, killer)));
        assertTrue(Files.exists(directory.resolve("Test-1.checkpoint")));
        FittedModel resumed = fit(options(6), directory, Parallel.serial());
        assertArrayEquals(whole.learned().parameters(), resumed.learned().parameters());
        MesoException other = assertThrows(MesoException.class, () -> fit(options(7), directory, Parallel.serial()));
        assertEquals(ErrorCode.WRONG_FORMAT, other.code());
    }

    @Test
    void aFitThatIsStoppedKeepsItsBestState() {
        Monitor stopper = new Monitor() {
            private boolean stop;

            @Override
            public void checkpoint() {
                if (stop) {
                    stop = false;
                    throw new CancelledException();
                }
            }

            @Override
            public void progress(String what, long done, long total) {
                stop = what.startsWith("fit") && done == 2;
            }
        };
        FittedModel fit = fit(options(50), null, new Parallel(1, stopper));
        assertTrue(fit.report().stopped());
        assertEquals(2, fit.report().history().size());
    }

    @Test
    void theShortestDescriptionIsKept() {
        FittedModel best =
                ModelFit.fit(problem(0.8), options(1), new long[] {1, 2, 3}, null, new Parallel(2, Monitor.NONE));
        assertEquals(3, best.report().restarts().size());
        double shortest = best.report().restarts().stream()
                .mapToDouble(FitReport.Restart::length)
                .min()
                .orElseThrow();
        assertEquals(shortest, best.report().length().total());
    }

    @Test
    void fitsThatBeginWhereAnotherDidHaveItsBits() {
        ModelFit.Begun first =
                ModelFit.begun(problem(0.8), options(2), new long[] {1}, null, new Parallel(2, Monitor.NONE));
        double[] whole = first.fit().learned().parameters();
        FittedModel again = ModelFit.again(first, problem(0.8), null, Parallel.serial());
        assertArrayEquals(whole, again.learned().parameters());
        List<FittedModel> alike = new ArrayList<>();
        ModelFit.alike(3, i -> problem(0.8), options(2), new Parallel(2, Monitor.NONE), alike::add);
        assertEquals(3, alike.size());
        for (FittedModel one : alike) {
            assertArrayEquals(whole, one.learned().parameters());
        }
    }
}
