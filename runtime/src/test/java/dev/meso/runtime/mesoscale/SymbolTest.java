package dev.meso.runtime.mesoscale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.tensor.Graph;
import dev.meso.runtime.tensor.Node;
import dev.meso.runtime.tensor.Objective;
import dev.meso.runtime.tensor.Options;
import dev.meso.runtime.tensor.Parameters;
import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

/** Terms of losses against their definitions, with and without missing entries, and their slopes against differences. */
class SymbolTest {
    private static final int ROWS = 5;
    private static final int COLUMNS = 4;

    /** A term of two symbols of rows x columns, of which the first has missing entries. */
    private static void check(BinaryOperator<Symbol> term, boolean positive, Plain plain) {
        for (int seed = 0; seed < 4; seed++) {
            Random random = new Random(seed);
            Graph graph = new Graph();
            Node given = graph.input("given", ROWS, COLUMNS);
            Node known = graph.input("known", ROWS, COLUMNS);
            Node predicted = graph.parameter("predicted", ROWS, COLUMNS);
            Symbol result = term.apply(new Symbol(given, known), Symbol.of(predicted));
            Parameters parameters = Parameters.of(graph);
            double[] a = numbers(random, positive);
            double[] b = numbers(random, positive);
            double[] mask = new double[a.length];
            for (int i = 0; i < mask.length; i++) {
                mask[i] = random.nextInt(4) == 0 ? 0 : 1;
            }
            parameters.set("predicted", b);
            Objective objective = Objective.of(result.value(), parameters, Map.of(), Options.DOUBLE);
            if (objective.program().reads("given")) {
                objective.program().set("given", a).set("known", mask);
            }
            assertEquals(plain.of(a, b, mask), objective.evaluate(Monitor.NONE), 1e-9);
            double[] slope = objective.gradient().clone();
            for (int i = 0; i < b.length; i++) {
                double step = 1e-6;
                double before = b[i];
                b[i] = before + step;
                double up = plain.of(a, b, mask);
                b[i] = before - step;
                double down = plain.of(a, b, mask);
                b[i] = before;
                assertEquals((up - down) / (2 * step), slope[i], 1e-6 * Math.max(1, Math.abs(slope[i])));
            }
        }
    }

    private interface Plain {
        double of(double[] given, double[] predicted, double[] known);
    }

    private static double[] numbers(Random random, boolean positive) {
        double[] numbers = new double[ROWS * COLUMNS];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = positive ? 0.1 + 0.8 * random.nextDouble() : random.nextGaussian();
        }
        return numbers;
    }

    private static double mean(double[] given, double[] predicted, double[] known, DoubleBinaryOperator f) {
        double sum = 0;
        double count = 0;
        for (int i = 0; i < given.length; i++) {
            sum += known[i] * f.applyAsDouble(given[i], predicted[i]);
            count += known[i];
        }
        return sum / count;
    }

    @Test
    void meansLeaveMissingEntriesOut() {
        check(
                (a, b) -> a.with(b, Node::subtract).map(Node::square).mean(),
                false,
                (a, b, k) -> mean(a, b, k, (x, y) -> (x - y) * (x - y)));
    }

    @Test
    void huberIsQuadraticAndThenLinear() {
        check(
                (a, b) -> a.with(b, Node::subtract).huber(0.7).mean(),
                false,
                (a, b, k) -> mean(a, b, k, (x, y) -> {
                    double size = Math.abs(x - y);
                    return size < 0.7 ? size * size / 2 : 0.7 * (size - 0.35);
                }));
    }

    @Test
    void correlationIsPearsonsOfTheKnownEntries() {
        check(Symbol::correlation, false, (a, b, k) -> {
            double ma = mean(a, b, k, (x, y) -> x);
            double mb = mean(a, b, k, (x, y) -> y);
            double ab = mean(a, b, k, (x, y) -> (x - ma) * (y - mb));
            double aa = mean(a, b, k, (x, y) -> (x - ma) * (x - ma));
            double bb = mean(a, b, k, (x, y) -> (y - mb) * (y - mb));
            return ab / Math.sqrt(aa * bb);
        });
    }

    @Test
    void crossEntropyIsTheMeanOverRows() {
        check(Symbol::crossEntropy, true, (a, b, k) -> -COLUMNS * mean(a, b, k, (x, y) -> x * Math.log(y)));
    }

    @Test
    void poissonIsTheMisfitOfRatesToCounts() {
        check(Symbol::poisson, true, (a, b, k) -> mean(a, b, k, (x, y) -> y - x * Math.log(y)));
    }

    @Test
    void overlapAndEntropyVanishForCertainAssignments() {
        check((a, b) -> b.overlap(), true, (a, b, k) -> {
            double sum = 0;
            for (double p : b) {
                sum += p * (1 - p);
            }
            return sum;
        });
        check((a, b) -> b.entropy(), true, (a, b, k) -> {
            double sum = 0;
            for (double p : b) {
                sum -= p * Math.log(p);
            }
            return sum;
        });
    }

    @Test
    void extremesAreThoseOfTheKnownEntries() {
        check((a, b) -> a.with(b, Node::add).extreme(true), false, (a, b, k) -> {
            double best = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < a.length; i++) {
                best = k[i] == 1 ? Math.max(best, a[i] + b[i]) : best;
            }
            return best;
        });
    }

    @Test
    void shapesThatDoNotFitAreRefused() {
        Graph graph = new Graph();
        Symbol a = Symbol.of(graph.input("a", 3, 2));
        Symbol b = Symbol.of(graph.input("b", 4, 2));
        assertThrows(MesoException.class, () -> a.with(b, Node::add));
        assertThrows(MesoException.class, () -> a.crossEntropy(b));
    }
}
