package dev.meso.language.builtin.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.language.MesoContext;
import dev.meso.language.value.ModelValue;
import dev.meso.runtime.mesoscale.FitOptions;
import dev.meso.runtime.mesoscale.ModelFit;
import dev.meso.runtime.mesoscale.Training;
import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.recording.Scaling;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.SplittableRandom;
import org.graalvm.polyglot.Context;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slopes of every function that terms are made of, through a whole model as scripts declare it, against differences of the loss. */
class TermGradientsTest {
    private static final double RELATIVE = 1e-6;
    private static final FitOptions OPTIONS = FitOptions.DEFAULT
            .with()
            .start(FitOptions.Start.COMPONENTS)
            .window(3)
            .batch(2)
            .build();

    private static Context context;

    @BeforeAll
    static void declare() {
        context = Context.newBuilder("meso")
                .option("engine.WarnInterpreterOnly", "false")
                .build();
        context.eval(
                "meso",
                """
                let t = tissue(neurons: 64, side: 2, frames: 80, kinds: 2, snr: 3, seed: 1)
                let did = behavior(table({
                  time: t.activity.time,
                  state: map(0..79, i => if i % 7 < 3 { "forward" } else if i % 7 == 3 { none } else { "turn" })
                }), label: "state")
                module Column {
                  layers {
                    dense 2..4 step 2
                    choose tanh, logistic, softplus
                    repeat 1..2
                    skip optional
                    recurrent optional
                  }
                  domain    sphere(diameter: 40 um, stride: 20 um)
                  interface linear(rank: 2)
                }
                module Loose {
                  layers { dense 4; choose divisive_norm, softmax, tanh }
                  domain    sphere(diameter: 40 um, stride: 20 um)
                  interface linear(rank: 2, tied: false)
                }
                fn far(a, b, by = 2) {
                  let gap = a - b
                  return gap * gap / by
                }
                """);
        context.enter();
    }

    @AfterAll
    static void close() {
        context.leave();
        context.close(true);
    }

    private static final String ALL =
            "basis 2 of Column; assign scatter_gather(radius: 10 um); observer gain(learned); synapses latent; features degrees";

    private static Training training(String term, int threads) {
        return training(term, ALL, OPTIONS, threads);
    }

    private static Training training(String term, String clauses, FitOptions options, int threads) {
        context.eval(
                "meso",
                "loss L { term one = " + term + " }\nmodel M { structure t.graph; activity t.activity; behavior did; "
                        + clauses + "; loss L }");
        ModelValue model =
                (ModelValue) MesoContext.get(null).session().scope().find("M").cell().value;
        DeclaredModel declared = new DeclaredModel(model);
        ModelFit.Problem problem = declared.problem(2, declared.graph(), 0.8, Parallel.serial());
        Activity train = Scaling.of(problem.activity()).standardize(problem.activity());
        Training training = new Training(
                problem.spec(),
                problem.structure(),
                2,
                train,
                problem.behavior(),
                problem.loss(),
                options,
                new Parallel(threads, Monitor.NONE));
        SplittableRandom random = new SplittableRandom(7);
        double[] values = training.parameters().values();
        for (int p = 0; p < values.length; p++) {
            values[p] = 0.3 * random.nextGaussian();
        }
        return training;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mean((next - predicted)^2)",
                "1e-2 * sum((next - module_output)^2)",
                "mean(abs(next - predicted))",
                "mean(log(1 + predicted^2))",
                "mean(exp(predicted))",
                "mean(sqrt(1 + state^2 + predicted^2))",
                "max(predicted)",
                "mean(min(predicted, 0.1, next))",
                "mean(max(predicted, state))",
                "mean(clip(predicted, -0.5, 0.5)^2)",
                "mean(huber(next - predicted, 0.7))",
                "mse(next, predicted)",
                "cross_entropy(behavior, behavior_predicted)",
                "overlap(assignment)",
                "complexity(layers)",
                "entropy(mixture)",
                "l1(weights)",
                "l2(interface)",
                "sum(abs(mixture))",
                "1 - correlation(next, predicted)",
                "poisson(exp(next), exp(predicted))",
                "mean(tanh(far(next, predicted)) ^ 1.5)",
                "far(mean(predicted), mean(next), by: 3) + 0.1 * complexity(layers) / (1 + l2(weights))"
            })
    void slopesMatchDifferences(String term) {
        verify(term, training(term, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "basis 2 of Loose; assign composite(radius: 10 um); observer gain(0.7, drift: 0.05); features activity",
                "basis 2 of Loose; assign scatter_gather(radius: 10 um)",
                "basis 1 of Column; assign composite(radius: 10 um); observer gain(0.7)"
            })
    void slopesOfOtherModelsMatchDifferences(String clauses) {
        String term = "mean((next - predicted)^2) + 1e-2 * overlap(mixture)";
        verify(clauses, training(term, clauses, OPTIONS.with().ahead(2).build(), 1));
    }

    private static void verify(String term, Training training) {
        double[] values = training.parameters().values();
        double[] start = values.clone();
        double loss = training.evaluate(Monitor.NONE);
        assertTrue(Double.isFinite(loss) && loss != 0, term + " is " + loss);
        double[] gradient = training.gradient().clone();
        double length = Math.sqrt(dot(gradient, gradient));
        assertTrue(length > 0, "nothing to check in " + term);
        SplittableRandom random = new SplittableRandom(11);
        for (int trial = 0; trial < 4; trial++) {
            // Along the slope itself, then half along it and half anywhere: every parameter takes part.
            double[] direction = new double[start.length];
            for (int p = 0; p < direction.length; p++) {
                direction[p] =
                        gradient[p] / length + (trial == 0 ? 0 : random.nextGaussian() / Math.sqrt(direction.length));
            }
            double slope = dot(gradient, direction);
            double found = difference(training, start, direction);
            assertEquals(slope, found, RELATIVE * Math.max(Math.abs(slope), length), term);
        }
    }

    /** Central differences at two distances, so that the error is of fourth order. */
    private static double difference(Training training, double[] start, double[] direction) {
        double h = 1e-4;
        double wide = central(training, start, direction, h);
        double near = central(training, start, direction, h / 2);
        return (4 * near - wide) / 3;
    }

    private static double central(Training training, double[] start, double[] direction, double h) {
        double[] values = training.parameters().values();
        double[] at = new double[2];
        for (int side = 0; side < 2; side++) {
            for (int p = 0; p < values.length; p++) {
                values[p] = start[p] + (side == 0 ? h : -h) * direction[p];
            }
            at[side] = training.evaluate(Monitor.NONE);
        }
        System.arraycopy(start, 0, values, 0, start.length);
        return (at[0] - at[1]) / (2 * h);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int p = 0; p < a.length; p++) {
            sum += a[p] * b[p];
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void threadsDoNotChangeABit(int threads) {
        String term = "mean((next - predicted)^2) + cross_entropy(behavior, behavior_predicted) + 1e-3 * l1(weights)";
        Training one = training(term, 1);
        Training many = training(term, threads);
        assertEquals(one.evaluate(Monitor.NONE), many.evaluate(Monitor.NONE));
        assertArrayEquals(one.gradient(), many.gradient());
    }
}
