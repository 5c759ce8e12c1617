package dev.meso.runtime.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.task.Monitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each operation's gradient beside central differences, at random shapes and away from kinks. */
class GradientsTest {
    private static final double STEP = 1e-5;

    private static int seed = 1;

    /** Numbers between 0.3 and 1.3 in size, some negative unless {@code positive}, all different by at least 1e-3. */
    private static double[] numbers(int size, boolean positive, RandomGenerator random) {
        double[] x = new double[size];
        for (int i = 0; i < size; i++) {
            x[i] = (0.3 + (i + 0.5 * random.nextDouble()) / size) * (positive || random.nextBoolean() ? 1 : -1);
        }
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            double kept = x[i];
            x[i] = x[j];
            x[j] = kept;
        }
        return x;
    }

    private static DynamicTest check(
            String name, boolean positive, Function<List<Node>, Node> function, int[]... shapes) {
        int own = seed++;
        return DynamicTest.dynamicTest(name, () -> {
            for (Options options : new Options[] {Options.DOUBLE, Options.DOUBLE.optimize(false)}) {
                compare(name, positive, function, shapes, Streams.of(own, 0, 0), options);
            }
        });
    }

    private static void compare(
            String name,
            boolean positive,
            Function<List<Node>, Node> function,
            int[][] shapes,
            RandomGenerator random,
            Options options) {
        Graph graph = new Graph();
        List<Node> inputs = new ArrayList<>();
        for (int[] shape : shapes) {
            inputs.add(graph.parameter("p" + inputs.size(), shape));
        }
        Node result = function.apply(inputs);
        // Random weights, so that each element of the result counts by itself.
        Node weights = graph.constant(numbers(result.size(), false, random), result.shape());
        Node loss = result.multiply(weights).sum();
        Parameters parameters = Parameters.of(graph);
        for (Node input : inputs) {
            parameters.set(input.label(), numbers(input.size(), positive, random));
        }
        Objective objective = Objective.of(loss, parameters, Map.of(), options);
        objective.evaluate(Monitor.NONE);
        double[] gradient = objective.gradient().clone();
        double largest = 0;
        for (double g : gradient) {
            largest = Math.max(largest, Math.abs(g));
        }
        assertTrue(largest > 1e-3, name + ": the gradient must not vanish");
        double[] values = parameters.values();
        for (int i = 0; i < values.length; i++) {
            double before = values[i];
            values[i] = before + STEP;
            double above = objective.evaluate(Monitor.NONE);
            values[i] = before - STEP;
            double below = objective.evaluate(Monitor.NONE);
            values[i] = before;
            double difference = (above - below) / (2 * STEP);
            assertEquals(difference, gradient[i], 1e-6 * Math.max(largest, 1), name + ", element " + i);
        }
    }

    private static int[] shape(int... lengths) {
        return lengths;
    }

    @TestFactory
    Stream<DynamicTest> elementwise() {
        int[] a = shape(3, 4);
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(check("negate", false, p -> p.get(0).negate(), a));
        tests.add(check("abs", false, p -> p.get(0).abs(), a));
        tests.add(check("exp", false, p -> p.get(0).exp(), a));
        tests.add(check("log", true, p -> p.get(0).log(), a));
        tests.add(check("sqrt", true, p -> p.get(0).sqrt(), a));
        tests.add(check("square", false, p -> p.get(0).square(), a));
        tests.add(check("tanh", false, p -> p.get(0).tanh(), a));
        tests.add(check("logistic", false, p -> p.get(0).logistic(), a));
        tests.add(check("relu", false, p -> p.get(0).relu(), a));
        tests.add(check("softplus", false, p -> p.get(0).softplus(), a));
        tests.add(check("clip", false, p -> p.get(0).clip(-0.7501, 0.8003), a));
        tests.add(check("huber", false, p -> Functions.huber(p.get(0), 0.7501), a));
        int[][][] pairs = {
            {shape(3, 4), shape(3, 4)}, {shape(2, 3, 4), shape(4)}, {shape(3, 1), shape(4)},
            {shape(), shape(2, 3)}, {shape(2, 1, 5), shape(3, 1)}, {shape(1, 4), shape(3, 1)}
        };
        for (int[][] s : pairs) {
            String with = " of " + Shapes.text(s[0]) + " and " + Shapes.text(s[1]);
            tests.add(check("add" + with, false, p -> p.get(0).add(p.get(1)), s));
            tests.add(check("subtract" + with, false, p -> p.get(0).subtract(p.get(1)), s));
            tests.add(check("multiply" + with, false, p -> p.get(0).multiply(p.get(1)), s));
            tests.add(check("divide" + with, false, p -> p.get(0).divide(p.get(1)), s));
            tests.add(check("power" + with, true, p -> p.get(0).power(p.get(1)), s));
            tests.add(
                    check("maximum" + with, false, p -> p.get(0).multiply(1.013).maximum(p.get(1)), s));
            tests.add(
                    check("minimum" + with, false, p -> p.get(0).multiply(1.013).minimum(p.get(1)), s));
            tests.add(check(
                    "where" + with,
                    false,
                    p -> p.get(0)
                            .multiply(1.013)
                            .greater(p.get(1))
                            .where(p.get(0).square(), p.get(1)),
                    s));
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> overAxes() {
        List<DynamicTest> tests = new ArrayList<>();
        for (int[] axes : new int[][] {{}, {0}, {1}, {2}, {-1}, {0, 1}, {0, 2}, {1, 2}}) {
            String over = " over " + java.util.Arrays.toString(axes);
            tests.add(check("sum" + over, false, p -> p.get(0).sum(axes), shape(2, 3, 4)));
            tests.add(check("mean" + over, false, p -> p.get(0).square().mean(axes), shape(2, 3, 4)));
            tests.add(check("max" + over, false, p -> p.get(0).max(axes), shape(2, 3, 4)));
            tests.add(check("min" + over, false, p -> p.get(0).min(axes), shape(2, 3, 4)));
        }
        for (int axis = 0; axis < 3; axis++) {
            int along = axis;
            tests.add(check("softmax " + axis, false, p -> Functions.softmax(p.get(0), along), shape(2, 3, 4)));
            tests.add(check("log softmax " + axis, false, p -> Functions.logSoftmax(p.get(0), along), shape(2, 3, 4)));
            tests.add(check("log sum exp " + axis, false, p -> Functions.logSumExp(p.get(0), along), shape(2, 3, 4)));
        }
        int[] segment = {0, 2, 0, 1, 2};
        tests.add(check("segment sum", false, p -> Functions.segmentSum(p.get(0), 1, segment, 4), shape(2, 5)));
        tests.add(check("segment softmax", false, p -> Functions.segmentSoftmax(p.get(0), 0, segment, 4), shape(5, 2)));
        tests.add(check("scatter max", false, p -> p.get(0).scatterMax(0, segment, 3), shape(5, 2)));
        tests.add(check("max pool", false, p -> Functions.maxPool(p.get(0), 1, 3, 2), shape(2, 8)));
        for (double exponent : new double[] {1, 2, 1.7}) {
            tests.add(check(
                    "divisive normalization " + exponent,
                    true,
                    p -> Functions.divisiveNormalization(p.get(0), -1, p.get(1), exponent),
                    shape(3, 4),
                    shape(3)));
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> form() {
        int[] s = shape(2, 3, 4);
        return Stream.of(
                check("broadcast", false, p -> p.get(0).broadcast(2, 3, 4), shape(3, 1)),
                check("reshape", false, p -> p.get(0).reshape(4, -1), s),
                check("transpose", false, p -> p.get(0).transpose(2, 0, 1), s),
                check("transpose of the last two", false, p -> p.get(0).transpose(), s),
                check("slice", false, p -> p.get(0).slice(1, 1, 3), s),
                check("slice in steps", false, p -> p.get(0).slice(2, 1, 4, 2), s),
                check("at", false, p -> p.get(0).at(-2, 1), s),
                check("place", false, p -> p.get(0).place(1, 2, 3, 12), s),
                check("concat", false, p -> Node.concat(1, List.of(p.get(0), p.get(1), p.get(0))), s, shape(2, 1, 4)),
                check("stack", false, p -> Node.stack(2, List.of(p.get(0), p.get(1))), s, s),
                check("gather", false, p -> p.get(0).gather(1, 2, 2, 0, 1), s),
                check("gather outer", false, p -> p.get(0).gather(0, 1, 0, 1), s),
                check("gather inner", false, p -> p.get(0).gather(-1, 3, 0, 0), s),
                check("scatter add", false, p -> p.get(0).scatterAdd(1, new int[] {3, 0, 3}, 5), s));
    }

    @TestFactory
    Stream<DynamicTest> products() {
        SparsePattern pattern = SparsePattern.of(4, 3, new int[] {0, 3, 3, 1, 0}, new int[] {2, 0, 1, 2, 0});
        List<DynamicTest> tests = new ArrayList<>();
        int[][][] matrices = {
            {shape(2, 3), shape(3, 4)},
            {shape(5, 2, 3), shape(3, 4)},
            {shape(2, 3), shape(5, 3, 4)},
            {shape(5, 2, 3), shape(5, 3, 4)},
            {shape(2, 1, 2, 3), shape(5, 3, 2)},
            {shape(1, 2, 1), shape(1, 1, 3)},
            {shape(5, 1, 3), shape(5, 3, 1)}
        };
        for (int[][] s : matrices) {
            tests.add(check(
                    "matmul " + Shapes.text(s[0]) + Shapes.text(s[1]),
                    false,
                    p -> p.get(0).matmul(p.get(1)),
                    s));
        }
        tests.add(check("transposed", false, p -> p.get(0).matmul(p.get(1).transpose()), shape(2, 3), shape(4, 3)));
        tests.add(check(
                "contract",
                false,
                p -> p.get(0).contract("tlk,lbkh->tlbh", p.get(1)),
                shape(2, 3, 2),
                shape(3, 2, 2, 4)));
        tests.add(check(
                "contract two",
                false,
                p -> p.get(0).contract("tlbh,lbhk->tlk", p.get(1)),
                shape(2, 3, 2, 2),
                shape(3, 2, 2, 3)));
        tests.add(check(
                "contract alone", false, p -> p.get(0).contract("abz,cb->ca", p.get(1)), shape(2, 3, 2), shape(4, 3)));
        tests.add(check("outer", false, p -> p.get(0).contract("a,b->ba", p.get(1)), shape(2), shape(3)));
        tests.add(check("dot", false, p -> p.get(0).contract("ab,ab->", p.get(1)), shape(2, 3), shape(2, 3)));
        tests.add(
                check("sparse product", false, p -> p.get(0).sparseProduct(pattern, p.get(1)), shape(5), shape(2, 3)));
        tests.add(check(
                "second derivative",
                false,
                p -> {
                    Node y = p.get(0).matmul(p.get(1)).tanh().square().sum();
                    return Gradients.of(y, List.of(p.get(0))).getFirst();
                },
                shape(2, 3),
                shape(3, 2)));
        tests.add(check(
                "second derivative of a sparse product",
                false,
                p -> {
                    Node y = p.get(0)
                            .sparseProduct(pattern, p.get(1))
                            .tanh()
                            .square()
                            .sum();
                    return Gradients.of(y, List.of(p.get(0))).getFirst();
                },
                shape(5),
                shape(2, 3)));
        return tests.stream();
    }

    @Test
    void detachedPartsHaveNoGradient() {
        Graph graph = new Graph();
        Node a = graph.parameter("a", 2);
        Node b = graph.parameter("b", 2);
        Node loss = a.detach().multiply(b).add(a.sign()).sum();
        assertFalse(Gradients.reaches(loss, a));
        assertTrue(Gradients.reaches(loss, b));
        Parameters parameters = Parameters.of(graph).set("a", 3, 4).set("b", 5, 6);
        Objective objective = Objective.of(loss, parameters, Map.of(), Options.DOUBLE);
        assertEquals(41, objective.evaluate(Monitor.NONE));
        assertEquals("[0.0, 0.0, 3.0, 4.0]", java.util.Arrays.toString(objective.gradient()));
    }

    @Test
    void onlyOneNumberCanBeMinimized() {
        Node a = new Graph().parameter("a", 2);
        MesoException e = assertThrows(MesoException.class, () -> Gradients.of(a, List.of(a)));
        assertTrue(e.getMessage().contains("[2]"), e.getMessage());
    }

    @Test
    void wrongShapesAreNamed() {
        Graph graph = new Graph();
        Node a = graph.parameter("a", 2, 3);
        Node b = graph.parameter("b", 4, 2);
        for (Function<Node, Node> wrong :
                List.<Function<Node, Node>>of(b::add, x -> x.matmul(b), x -> b.contract("ab,cb->ac", x))) {
            MesoException e = assertThrows(MesoException.class, () -> wrong.apply(a));
            assertTrue(e.getMessage().contains("[2, 3]") && e.getMessage().contains("[4, 2]"), e.getMessage());
        }
    }
}
