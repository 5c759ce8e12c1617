package dev.meso.runtime.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.task.Monitor;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Optimizers beside steps computed by hand, and their states. */
class OptimizerTest {
    private static final Ranges TWO = new Ranges(List.of(new int[] {0, 2}));

    @Test
    void adamFollowsTheKnownSteps() {
        double[] w = {1, 2};
        Adam adam = new Adam(TWO, Schedule.constant(0.1));
        adam.step(w, new double[] {0.5, -3});
        // Both corrected moments are those of one gradient: the step is rate · g / (|g| + 1e-8).
        assertEquals(1 - 0.1 * 0.5 / (0.5 + 1e-8), w[0], 1e-15);
        assertEquals(2 + 0.1 * 3 / (3 + 1e-8), w[1], 1e-15);
        double before = w[0];
        adam.step(w, new double[] {1, 0});
        // m = (0.9 · 0.05 + 0.1) / 0.19, v = (0.999 · 0.00025 + 0.001) / 0.001999
        double m = (0.9 * 0.1 * 0.5 + 0.1) / (1 - 0.81);
        double v = (0.999 * 0.001 * 0.25 + 0.001) / (1 - 0.999 * 0.999);
        assertEquals(before - 0.1 * m / (Math.sqrt(v) + 1e-8), w[0], 1e-14);
    }

    @Test
    void momentumCarriesOn() {
        double[] w = {1, 2};
        Sgd sgd = new Sgd(TWO, Schedule.constant(0.1), 0.5);
        sgd.step(w, new double[] {1, 0});
        sgd.step(w, new double[] {0, 2});
        // Velocities 1 then 0.5 for the first, 0 then 2 for the second.
        assertArrayEquals(new double[] {1 - 0.1 - 0.05, 2 - 0.2}, w, 1e-15);
    }

    @Test
    void exponentiatedGradientKeepsSigns() {
        double[] w = {2, -3, 0, 1};
        ExponentiatedGradient eg =
                new ExponentiatedGradient(new Ranges(List.of(new int[] {0, 4})), Schedule.constant(0.1));
        eg.step(w, new double[] {1, 1, 5, 1e9});
        // A positive gradient shrinks a positive weight and lets a negative one grow; no step is beyond a factor of e.
        assertArrayEquals(new double[] {2 * Math.exp(-0.1), -3 * Math.exp(0.1), 0, Math.exp(-1)}, w, 1e-14);
    }

    @Test
    void onlyTheRangesChange() {
        double[] w = {1, 1, 1, 1};
        new Sgd(new Ranges(List.of(new int[] {3, 4}, new int[] {0, 1})), Schedule.constant(1), 0)
                .step(w, new double[] {1, 2, 3, 4});
        assertArrayEquals(new double[] {0, 1, 1, -3}, w);
    }

    @Test
    void aRestoredStateContinuesWithTheSameBits() {
        Ranges ranges = new Ranges(List.of(new int[] {0, 3}, new int[] {5, 9}));
        Schedule schedule = Schedule.cosine(0.1, 0.001, 12).warmup(3);
        List<Supplier<Optimizer>> kinds = List.of(
                () -> new Adam(ranges, schedule),
                () -> new Sgd(ranges, schedule, 0.9),
                () -> new ExponentiatedGradient(ranges, schedule));
        for (Supplier<Optimizer> kind : kinds) {
            RandomGenerator random = Streams.of(3, 0, 0);
            double[][] gradients = new double[10][];
            for (int i = 0; i < gradients.length; i++) {
                gradients[i] = random.doubles(10, -1, 1).toArray();
            }
            double[] whole = random.doubles(10, -1, 1).toArray();
            double[] parts = whole.clone();
            Optimizer straight = kind.get();
            for (double[] gradient : gradients) {
                straight.step(whole, gradient);
            }
            Optimizer first = kind.get();
            for (int i = 0; i < 4; i++) {
                first.step(parts, gradients[i]);
            }
            Optimizer second = kind.get();
            second.restore(first.state());
            for (int i = 4; i < 10; i++) {
                second.step(parts, gradients[i]);
            }
            assertArrayEquals(whole, parts);
            assertArrayEquals(straight.state(), second.state());
            assertEquals(10, second.steps());
        }
        assertThrows(
                MesoException.class,
                () -> kinds.get(0).get().restore(kinds.get(1).get().state()));
    }

    @Test
    void schedulesAreWhatTheyAreCalled() {
        assertEquals(0.3, Schedule.constant(0.3).rate(77));
        assertEquals(0.05, Schedule.exponential(0.1, 10).rate(10), 1e-17);
        Schedule cosine = Schedule.cosine(1, 0.2, 100);
        assertEquals(1, cosine.rate(0));
        assertEquals(0.6, cosine.rate(50), 1e-15);
        assertEquals(0.2, cosine.rate(100), 1e-15);
        assertEquals(0.2, cosine.rate(1000), 1e-15);
        assertEquals(0.25, Schedule.constant(1).warmup(4).rate(0));
        assertEquals(1, Schedule.constant(1).warmup(4).rate(9));
    }

    @Test
    void longGradientsAreScaledDown() {
        double[] gradient = {3, 4};
        assertEquals(5, Optimizer.clip(gradient, 10));
        assertArrayEquals(new double[] {3, 4}, gradient);
        assertEquals(5, Optimizer.clip(gradient, 1));
        assertArrayEquals(new double[] {0.6, 0.8}, gradient, 1e-15);
    }

    @Test
    void parametersAreNamedPartsOfOneVector() {
        Graph graph = new Graph();
        graph.parameter("a", 2);
        graph.input("x", 5);
        graph.parameter("b", 1, 3);
        Parameters parameters = Parameters.of(graph).set("a", 1, 2).set("b", 7);
        assertArrayEquals(new double[] {1, 2, 7, 7, 7}, parameters.values());
        assertEquals(List.of("a", "b"), parameters.names());
        assertArrayEquals(new double[] {7, 7, 7}, parameters.get("b"));
        assertEquals(3, parameters.ranges("b").size());
        MesoException e = assertThrows(MesoException.class, () -> parameters.set("b", 1, 2));
        assertEquals("2 numbers were given for parameter `b`, which has 3", e.getMessage());
        assertThrows(MesoException.class, () -> parameters.get("c"));
    }

    @Test
    void lbfgsFindsTheFloorOfRosenbrocksValleyAndLeavesOthersAlone() {
        Graph graph = new Graph();
        Node x = graph.parameter("x", 1);
        Node y = graph.parameter("y", 1);
        Node other = graph.parameter("other", 1);
        Node loss = x.negate()
                .add(1)
                .square()
                .add(y.subtract(x.square()).square().multiply(100))
                .add(other.square())
                .sum();
        Parameters parameters = Parameters.of(graph);
        parameters.set("x", -1.2).set("y", 1).set("other", 3);
        Objective objective = Objective.of(loss, parameters, Map.of(), Options.DOUBLE);
        double least = Lbfgs.minimize(objective, parameters, parameters.ranges("x", "y"), 200, 0, Monitor.NONE);
        assertEquals(9, least, 1e-12);
        assertEquals(1, parameters.get("x")[0], 1e-6);
        assertEquals(1, parameters.get("y")[0], 1e-6);
        assertEquals(3, parameters.get("other")[0]);
    }
}
