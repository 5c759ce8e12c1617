package dev.meso.runtime.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meso.runtime.random.Streams;
import dev.meso.runtime.task.Monitor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The compiled program beside the evaluation of one node after the other. */
class ProgramTest {
    /** {@code -Dmeso.fuzz=1000} tries as many graphs; a failure names its seed. */
    private static final int GRAPHS = Integer.getInteger("meso.fuzz", 60);

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
}
