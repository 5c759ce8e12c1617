package dev.meso.runtime.mesoscale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.mesoscale.ModuleMenu.Activation;
import dev.meso.runtime.mesoscale.ModuleMenu.Function;
import dev.meso.runtime.mesoscale.ModuleMenu.Layer;
import dev.meso.runtime.mesoscale.ModuleMenu.Presence;
import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.recording.Scaling;
import dev.meso.runtime.space.ReceptiveFields;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import dev.meso.runtime.tensor.Node;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingTest {
    private static final LossTerms LOSS = new LossTerms() {
        @Override
        public List<String> names() {
            return List.of("predict", "modules", "overlap", "simple", "few");
        }

        @Override
        public List<String> symbols(String term) {
            return switch (term) {
                case "predict" -> List.of("next", "predicted");
                case "modules" -> List.of("next", "module_output");
                case "overlap" -> List.of("assignment");
                case "simple" -> List.of("layers");
                default -> List.of("mixture");
            };
        }

        @Override
        public Symbol build(String term, java.util.function.Function<String, Symbol> symbols) {
            return switch (term) {
                case "predict", "modules" ->
                    symbols.apply("next")
                            .with(symbols.apply(symbols(term).get(1)), Node::subtract)
                            .map(Node::square)
                            .mean();
                case "overlap" -> symbols.apply("assignment").overlap().map(x -> x.multiply(1e-3));
                case "simple" -> symbols.apply("layers").sum().map(x -> x.multiply(1e-5));
                default -> symbols.apply("mixture").sum().map(x -> x.multiply(1e-4));
            };
        }
    };

    private static ModuleMenu menu(Presence recurrent) {
        List<Activation> all = List.of(
                new Activation(Function.TANH, 1),
                new Activation(Function.RELU, 1),
                new Activation(Function.DIVISIVE_NORM, 1),
                new Activation(Function.MAX_POOL, 2));
        return new ModuleMenu(
                "Column",
                List.of(new Layer(4, 8, 2, all)),
                1,
                2,
                Presence.OPTIONAL,
                recurrent,
                Presence.ABSENT,
                Tissue.DIAMETER,
                Tissue.STRIDE,
                3,
                true);
    }

    private static Training training(Presence recurrent, boolean learned, int epochs, int threads) {
        Tissue tissue = Tissue.plant(new Tissue.Options(64, 2, 300, 2, Double.POSITIVE_INFINITY, 1));
        Activity activity = tissue.activity();
        Activity train = Scaling.of(activity).standardize(activity);
        ReceptiveFields fields = ReceptiveFields.of(tissue.positions(), tissue.lattice(), Parallel.serial());
        ModelStructure structure = new ModelStructure(fields, null, null, null, null, 0);
        ModelSpec spec = new ModelSpec(
                "Test",
                menu(recurrent),
                2,
                ModelSpec.Assignment.SCATTER_GATHER,
                10,
                new ModelSpec.Observer(0.9, learned, 0),
                false,
                false);
        FitOptions options = FitOptions.DEFAULT
                .with()
                .start(FitOptions.Start.COMPONENTS)
                .epochs(epochs)
                .window(4)
                .batch(16)
                .rate(1e-2)
                .validation(0.2)
                .patience(100)
                .temperatures(1, 0.1)
                .seed(3)
                .build();
        Training training =
                new Training(spec, structure, 3, train, null, LOSS, options, new Parallel(threads, Monitor.NONE));
        training.start();
        return training;
    }

    @Test
    void theLossFalls() {
        Training training = training(Presence.ABSENT, false, 12, 1);
        double first = training.step(Monitor.NONE)[0];
        double last = first;
        for (int epoch = 1; epoch < 12; epoch++) {
            last = training.step(Monitor.NONE)[0];
        }
        assertTrue(last < 0.95 * first, first + " -> " + last);
    }

    @Test
    void threadsDoNotChangeABit() {
        Training one = training(Presence.OPTIONAL, true, 4, 1);
        Training eight = training(Presence.OPTIONAL, true, 4, 8);
        for (int e = 0; e < 2; e++) {
            assertArrayEquals(one.step(Monitor.NONE), eight.step(Monitor.NONE));
        }
        assertArrayEquals(one.parameters().values(), eight.parameters().values());
    }

    @Test
    void aResumedFitIsTheUninterruptedOne() throws IOException {
        Training whole = training(Presence.OPTIONAL, true, 6, 1);
        Training half = training(Presence.OPTIONAL, true, 6, 1);
        half.step(Monitor.NONE);
        half.step(Monitor.NONE);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        half.save(new DataOutputStream(bytes));
        Training resumed = training(Presence.OPTIONAL, true, 6, 1);
        resumed.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        while (!whole.finished()) {
            whole.step(Monitor.NONE);
        }
        while (!resumed.finished()) {
            resumed.step(Monitor.NONE);
        }
        assertArrayEquals(whole.parameters().values(), resumed.parameters().values());
        assertEquals(whole.history().size(), resumed.history().size());
    }

    @Test
    void roundingDecidesEverySwitch() {
        Training training = training(Presence.OPTIONAL, false, 3, 1);
        training.step(Monitor.NONE);
        training.decide();
        double[] switches = training.parameters().get("switch layer 1 width");
        for (double s : switches) {
            assertEquals(ModuleNetwork.DECIDED, Math.abs(s));
        }
        for (double a : training.assignmentNow()) {
            assertTrue(a == 0 || a == 1, () -> "assigned " + a);
        }
        training.step(Monitor.NONE);
        assertArrayEquals(switches, training.parameters().get("switch layer 1 width"));
        assertTrue(training.network().describe(training.parameters(), 0).startsWith("3 -> dense "));
    }
}
