package dev.meso.runtime.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.task.CancelledException;
import dev.meso.runtime.task.Monitor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The compiled program beside the evaluation of one node after the other. */
class ProgramTest {
    /** {@code -Dmeso.fuzz=1000} tries as many graphs; a failure names its seed. */
    private static final int GRAPHS = Integer.getInteger("meso.fuzz", 40);

    private static Map<String, double[]> run(Program program, RandomGraphs.Case test) {
        test.leaves().forEach((name, numbers) -> {
            if (program.reads(name)) {
                program.set(name, numbers);
            }
        });
        // Twice: nothing may be left over from the first run.
        program.run(Monitor.NONE);
        program.run(Monitor.NONE);
        Map<String, double[]> found = new LinkedHashMap<>();
        test.outputs().keySet().forEach(name -> found.put(name, program.get(name)));
        return found;
    }

    private static void close(double[] expected, double[] actual, double tolerance, String what) {
        double scale = Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElse(0));
        assertEquals(expected.length, actual.length, what);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], tolerance * scale, what + ", element " + i);
        }
    }

    @Test
    void optimizedProgramsComputeWhatTheirNodesMean() {
        for (int seed = 0; seed < GRAPHS; seed++) {
            RandomGenerator random = Streams.of(seed, 0, 0);
            RandomGraphs.Case test = RandomGraphs.make(random, 30, seed % 3 == 0 ? 40 : 5);
            PlainEvaluator evaluator = new PlainEvaluator(test.leaves());
            Map<String, double[]> fast = run(Program.compile(test.outputs(), Options.DOUBLE), test);
            Map<String, double[]> simple = run(Program.compile(test.outputs(), Options.DOUBLE.optimize(false)), test);
            Map<String, double[]> plain = run(Program.compilePlain(test.outputs(), Options.DOUBLE), test);
            Map<String, double[]> small = run(Program.compile(test.outputs(), Options.FLOAT), test);
            for (String name : test.outputs().keySet()) {
                double[] expected = evaluator.evaluate(test.outputs().get(name));
                String what = "seed " + seed + ", " + name;
                close(expected, fast.get(name), 1e-11, what);
                close(expected, simple.get(name), 1e-11, what + ", one node at a time");
                close(expected, plain.get(name), 1e-11, what + ", without the Vector API");
                if (name.startsWith("y")) {
                    close(expected, small.get(name), 2e-4, what + ", float");
                }
            }
        }
    }

    @Test
    void threadsChangeNoBit() {
        for (int seed = 0; seed < 8; seed++) {
            RandomGraphs.Case test = RandomGraphs.make(Streams.of(seed, 1, 0), 30, 60);
            for (Options options : new Options[] {Options.FLOAT, Options.DOUBLE}) {
                Map<String, double[]> one = run(Program.compile(test.outputs(), options), test);
                for (int threads : new int[] {2, 8}) {
                    Map<String, double[]> many = run(Program.compile(test.outputs(), options.threads(threads)), test);
                    one.forEach((name, numbers) -> assertArrayEquals(numbers, many.get(name), name));
                }
            }
        }
    }

    /** Sizes at which kernels are split into several pieces, sums in two levels, and products into blocks. */
    @Test
    void largeArraysAreTheSameInPieces() {
        Graph graph = new Graph();
        Node x = graph.input("x", 61, 700);
        Node w = graph.parameter("w", 700, 20);
        Node gain = graph.parameter("gain", 700);
        int[] segment = Streams.of(2, 0, 0).ints(700, 0, 90).toArray();
        Node scaled = x.multiply(gain).tanh();
        Node h = scaled.matmul(w).relu();
        Map<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("all", scaled.sum());
        outputs.put("rows", scaled.square().sum(1));
        outputs.put("columns", scaled.abs().mean(0));
        outputs.put("largest", scaled.max(0));
        outputs.put("top", scaled.max());
        outputs.put("h", h);
        outputs.put("softmax", Functions.softmax(h, 1));
        outputs.put("turned", x.transpose().add(1).square());
        outputs.put("outer", h.transpose().matmul(h));
        outputs.put("wide", x.expand(2).multiply(h.slice(1, 0, 5).expand(1)).sum(0));
        outputs.put("segments", scaled.scatterAdd(1, segment, 90));
        outputs.put("spread", scaled.gather(1, segment).sum(0));
        outputs.put("rowsByIndex", scaled.gather(0, 3, 1, 60, 0));
        outputs.put("sparse", sparse(scaled, graph));
        outputs.put(
                "gradient",
                Gradients.of(h.square().mean(), java.util.List.of(gain)).getFirst());
        Map<String, double[]> leaves = new LinkedHashMap<>();
        RandomGenerator random = Streams.of(1, 0, 0);
        for (Node leaf : java.util.List.of(x, w, gain)) {
            leaves.put(leaf.label(), random.doubles(leaf.size(), -1, 1).toArray());
        }
        leaves.put("values", random.doubles(3000, -1, 1).toArray());
        RandomGraphs.Case test = new RandomGraphs.Case(outputs, leaves);
        PlainEvaluator evaluator = new PlainEvaluator(leaves);
        Map<String, double[]> plain = run(Program.compilePlain(outputs, Options.DOUBLE), test);
        Map<String, double[]> one = run(Program.compile(outputs, Options.DOUBLE), test);
        Map<String, double[]> small = run(Program.compile(outputs, Options.FLOAT), test);
        Map<String, double[]> many = run(Program.compile(outputs, Options.DOUBLE.threads(8)), test);
        Map<String, double[]> smallMany = run(Program.compile(outputs, Options.FLOAT.threads(2)), test);
        outputs.forEach((name, node) -> {
            double[] expected = evaluator.evaluate(node);
            close(expected, one.get(name), 1e-12, name);
            close(expected, plain.get(name), 1e-12, name);
            close(expected, small.get(name), 1e-4, name);
            assertArrayEquals(one.get(name), many.get(name), name);
            assertArrayEquals(small.get(name), smallMany.get(name), name);
        });
    }

    private static Node sparse(Node x, Graph graph) {
        RandomGenerator random = Streams.of(4, 0, 0);
        int[] row = random.ints(3000, 0, 200).toArray();
        int[] column = random.ints(3000, 0, 700).toArray();
        return graph.parameter("values", 3000).sparseProduct(SparsePattern.of(200, 700, row, column), x);
    }

    @Test
    void chainsAreFusedAndEqualNodesComputedOnce() {
        Graph graph = new Graph();
        Node x = graph.input("x", 100, 8);
        Node unused = x.exp();
        Node y = x.tanh().multiply(2).multiply(3).add(1).square().sum(1);
        Node same = x.detach().tanh().multiply(6).add(1).square().sum(1);
        Program program = Program.compile(Map.of("y", y.add(same)), Options.DOUBLE);
        assertEquals(
                """
                2 kernels, double, 912 numbers of memory, 1 thread
                fused [100, 8] tanh multiply add square, sum (1 pieces) -> sum over [1] [100]
                fused [100] add (1 pieces) -> add [100]
                """,
                program.explain());
        assertTrue(unused.id() < y.id());
    }

    @Test
    void memoryIsUsedAgain() {
        Graph graph = new Graph();
        Node x = graph.input("x", 64, 64);
        for (int i = 0; i < 20; i++) {
            x = x.matmul(x).tanh();
        }
        String plan = Program.compile(Map.of("x", x), Options.FLOAT).explain();
        // The input, and two arrays by turns, in place of forty.
        assertTrue(plan.contains((3 * 64 * 64) + " numbers of memory"), plan);
    }

    @Test
    void whatIsNotFiniteIsTracedToItsOrigin() {
        Graph graph = new Graph();
        Node x = graph.input("x", 2, 3);
        graph.origin("the term of the loss");
        Node log = x.log();
        graph.origin(null);
        Node harmless = x.greater(graph.constant(0)).where(log, graph.constant(0));
        Program program = Program.compile(Map.of("y", log.mean(), "z", harmless.mean()), Options.FLOAT);
        program.set("x", 1, 2, 3, 4, 5, 6).run(Monitor.NONE);
        assertTrue(program.firstNotFinite().isEmpty());
        program.set("x", 1, 2, 3, 4, -5, 6).run(Monitor.NONE);
        NotFinite found = program.firstNotFinite().orElseThrow();
        assertEquals("the term of the loss", found.origin());
        assertEquals("log of shape [2, 3] is NaN at [1, 1]", found.toString());
        program.set("x", 1, 2, 3, 4, Double.NaN, 6).run(Monitor.NONE);
        assertEquals(
                "x of shape [2, 3] is NaN at [1, 1]",
                program.firstNotFinite().orElseThrow().toString());
    }

    @Test
    void aMaskKeepsWhatIsNotFiniteOutOfGradients() {
        Graph graph = new Graph();
        Node x = graph.parameter("x", 3);
        Node loss =
                x.greater(graph.constant(0)).where(x.log(), graph.constant(0)).sum();
        Parameters parameters = Parameters.of(graph).set("x", 2, -1, 4);
        Objective objective = Objective.of(loss, parameters, Map.of("loss by hand", loss), Options.DOUBLE);
        assertEquals(Math.log(8), objective.evaluate(Monitor.NONE), 1e-15);
        assertEquals(Math.log(8), objective.program().number("loss by hand"), 1e-15);
        assertArrayEquals(new double[] {0.5, 0, 0.25}, objective.gradient(), 1e-15);
    }

    @Test
    void theMonitorIsAsked() {
        Graph graph = new Graph();
        Node x = graph.input("x", 10);
        Program program = Program.compile(Map.of("y", x.sum()), Options.FLOAT);
        assertThrows(
                CancelledException.class,
                () -> program.run(new Monitor() {
                    @Override
                    public void checkpoint() {
                        throw new CancelledException();
                    }
                }));
    }

    @Test
    void mistakesAreNamed() {
        Graph graph = new Graph();
        Node x = graph.input("x", 2);
        Program program = Program.compile(Map.of("y", x.square()), Options.FLOAT);
        for (var wrong : Map.<String, org.junit.jupiter.api.function.Executable>of(
                        "3 numbers were given for `x`, which has 2", () -> program.set("x", 1, 2, 3),
                        "this program reads no input or parameter `z`", () -> program.set("z", 1),
                        "this program has no output `x`", () -> program.get("x"),
                        "`y` is an array of shape [2], not one number", () -> program.number("y"),
                        "`x` is already an input or a parameter", () -> graph.parameter("x", 1),
                        "there is no axis 1 in an array of shape [2]", () -> x.sum(1),
                        "index 2 is outside the 2 positions of axis 0", () -> x.gather(0, 0, 2),
                        "an array of shape [2] cannot be read as one of shape [3]", () -> x.reshape(3))
                .entrySet()) {
            assertEquals(
                    wrong.getKey(),
                    assertThrows(MesoException.class, wrong.getValue()).getMessage());
        }
    }

    @Test
    void emptyArraysAreNoTrouble() {
        Graph graph = new Graph();
        Node x = graph.input("x", 0, 3);
        Node w = graph.parameter("w", 3, 2);
        Map<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("sum", x.sum(0));
        outputs.put("product", x.matmul(w));
        outputs.put("outer", x.transpose().matmul(x));
        outputs.put("gathered", x.gather(1, 0, 0));
        Program program = Program.compile(outputs, Options.DOUBLE);
        program.run(Monitor.NONE);
        assertArrayEquals(new double[3], program.get("sum"));
        assertEquals(0, program.get("product").length);
        assertArrayEquals(new double[9], program.get("outer"));
    }
}
