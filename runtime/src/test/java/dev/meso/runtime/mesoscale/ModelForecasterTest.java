package dev.meso.runtime.mesoscale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.meso.runtime.random.Streams;
import dev.meso.runtime.recording.Forecaster;
import dev.meso.runtime.tensor.Options;
import dev.meso.runtime.tensor.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelForecasterTest {
    private static final int ROWS = 41;

    private static double[] states(Forecaster model) {
        RandomGenerator random = Streams.of(5, 0, 0);
        return random.doubles((long) ROWS * (AnyModel.NEURONS + model.memory()), -2, 2)
                .toArray();
    }

    @ParameterizedTest
    @EnumSource(AnyModel.class)
    void whatBecomesOfAStateDependsOnNoOther(AnyModel build) {
        Forecaster model = build.make(1).forecaster();
        double[] states = states(model);
        int width = states.length / ROWS;
        double[] together = new double[states.length];
        model.step(states, together, ROWS);
        for (int r = 0; r < ROWS; r++) {
            double[] alone = new double[width];
            model.step(Arrays.copyOfRange(states, r * width, (r + 1) * width), alone);
            assertArrayEquals(Arrays.copyOfRange(together, r * width, (r + 1) * width), alone, "state " + r);
        }
        assertNotEquals(together[0], together[width]);
    }

    @ParameterizedTest
    @EnumSource(AnyModel.class)
    void modelsThatShareProgramsKeepTheirOwnParameters(AnyModel build) {
        FittedModel.Learned one = build.make(1).learned();
        double[] others = Arrays.stream(one.parameters()).map(p -> 0.9 * p).toArray();
        ModelForecaster model = forecaster(one, one.parameters());
        double[] states = states(model);
        double[] first = new double[states.length];
        model.step(states, first, ROWS);
        double[] changed = new double[states.length];
        model.with(others, 1).step(states, changed, ROWS);
        double[] expected = new double[states.length];
        forecaster(one, others).step(states, expected, ROWS);
        assertArrayEquals(expected, changed);
        double[] again = new double[states.length];
        model.step(states, again, ROWS);
        assertArrayEquals(first, again);
        assertNotEquals(first[0], changed[0]);
    }

    /** A forecaster is given the parameters of the model as one vector, with the learned gain left out. */
    @ParameterizedTest
    @EnumSource(AnyModel.class)
    void aLearnedGainIsTheLastParameter(AnyModel build) {
        FittedModel model = build.make(1);
        List<String> of = Parameters.of(model.graph(1).graph).names();
        ModelGraph whole = new ModelGraph(
                model.spec(),
                model.learned().structure(),
                AnyModel.SIZE,
                1,
                1,
                1,
                model.learned().classes().size(),
                null,
                model.learned().gated());
        List<String> all = Parameters.of(whole.graph).names();
        assertEquals(model.spec().learned() ? all.subList(0, all.size() - 1) : all, of);
        assertEquals(model.spec().learned(), all.getLast().equals(ModelGraph.GAIN));
    }

    private static ModelForecaster forecaster(FittedModel.Learned learned, double[] parameters) {
        return new ModelForecaster(
                "Any",
                learned.spec(),
                learned.structure(),
                learned.size(),
                learned.classes().size(),
                learned.gated(),
                parameters,
                1,
                new Options(learned.precision(), 1, true));
    }
}
