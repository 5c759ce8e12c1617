package dev.meso.runtime.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.meso.runtime.random.Streams;
import dev.meso.runtime.tensor.Options.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each tuned loop beside the obvious one, at awkward sizes. */
class KernelsTest {
    private final RandomGenerator random = Streams.of(7, 0, 0);

    private static <A> A filled(Kernels<A> kernels, double[] numbers) {
        A array = kernels.allocate(numbers.length);
        kernels.give(numbers, 0, array, 0, numbers.length);
        return array;
    }

    private static <A> double[] read(Kernels<A> kernels, A array, int size) {
        double[] numbers = new double[size];
        kernels.take(array, 0, numbers, 0, size);
        return numbers;
    }

    private double[] numbers(int size) {
        return random.doubles(size, -1, 1).toArray();
    }

    private interface Check {
        <A> void with(Kernels<A> kernels, double tolerance);
    }

    private static void forAll(Check check) {
        for (boolean vectors : new boolean[] {false, true}) {
            check.with(Kernels.of(Precision.FLOAT, vectors), 1e-5);
            check.with(Kernels.of(Precision.DOUBLE, vectors), 1e-13);
        }
    }

    /** The tests of the Vector API would be empty without it. */
    @Test
    void theVectorApiIsThere() {
        assumeTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(), "started without the module");
        assertTrue(Kernels.of(Precision.FLOAT, true).panelWidth() > 1);
        assertEquals(1, Kernels.of(Precision.FLOAT, false).panelWidth());
    }

    /** Distance of two numbers in units in the last place of the larger. */
    private static double ulps(double expected, double actual, boolean small) {
        if (Double.isNaN(expected) || Double.isInfinite(expected) || expected == 0) {
            return Double.compare(expected + 0.0, actual + 0.0) == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        return Math.abs(expected - actual) / (small ? Math.ulp((float) expected) : Math.ulp(expected));
    }

    @Test
    void functionsAreWithinTwoUnitsInTheLastPlace() {
        double[] special = {
            0,
            -0.0,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            1e-40,
            -1e-40,
            1e-310,
            87.9,
            88.9,
            -87,
            -103.5,
            -104,
            -110,
            709,
            710,
            -708,
            -745.2,
            -746,
            1,
            -1,
            0.41421357,
            0.4142136,
            1e-8,
            -1e-8,
            1e30,
            -1e30
        };
        forAll(new Check() {
            @Override
            public <A> void with(Kernels<A> kernels, double tolerance) {
                boolean small = kernels instanceof FloatKernels;
                double[] x = IntStream.range(0, 4000)
                        .mapToDouble(i -> switch (i % 4) {
                            case 0 -> random.nextGaussian();
                            case 1 -> 20 * random.nextGaussian();
                            case 2 -> random.nextGaussian() * Math.pow(2, -random.nextInt(30));
                            default -> small ? 100 * random.nextGaussian() : 700 * random.nextGaussian();
                        })
                        .toArray();
                System.arraycopy(special, 0, x, 0, special.length);
                for (Op.Unary f : Op.Unary.values()) {
                    for (int from = 0; from < x.length; from += 500) {
                        A in = filled(kernels, Arrays.copyOfRange(x, from, from + 564));
                        A out = kernels.allocate(600);
                        kernels.loop(f).run(in, 0, in, 0, in, 0, out, 0, 500);
                        double[] rounded = read(kernels, in, 500);
                        double[] found = read(kernels, out, 500);
                        for (int i = 0; i < 500; i++) {
                            double expected = exact(f, rounded[i]);
                            double wanted = small ? (float) expected : expected;
                            // Logarithms of sums lose up to two more where the terms are of one size.
                            double most = f == Op.Unary.SOFTPLUS || f == Op.Unary.LOGISTIC ? 4 : 2;
                            if (ulps(wanted, found[i], small) > most) {
                                fail(f + " of " + rounded[i] + " is " + found[i] + ", should be " + wanted);
                            }
                        }
                    }
                }
            }
        });
    }

    private static double exact(Op.Unary f, double x) {
        return switch (f) {
            case EXP -> StrictMath.exp(x);
            case LOG -> StrictMath.log(x);
            case TANH -> StrictMath.tanh(x);
            case LOGISTIC -> x < 0 ? StrictMath.exp(x) / (1 + StrictMath.exp(x)) : 1 / (1 + StrictMath.exp(-x));
            case SOFTPLUS -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
            default -> PlainEvaluator.apply(f, x, 0, 0);
        };
    }

    @Test
    void pairsAndChoicesAreElementByElement() {
        forAll(new Check() {
            @Override
            public <A> void with(Kernels<A> kernels, double tolerance) {
                int shift = kernels.direct(64) ? 3 : 0;
                for (int n : new int[] {1, 7, 16, 33, 64, 1000}) {
                    // Only whole vectors may be anywhere.
                    int o = kernels.direct(n) ? shift : 0;
                    double[] a = numbers(n + 64);
                    double[] b = numbers(n + 64);
                    for (int i = 0; i < n; i += 5) {
                        b[i] = a[i];
                    }
                    a[0] = 0;
                    A x = filled(kernels, a);
                    A z = filled(kernels, b);
                    a = read(kernels, x, a.length);
                    b = read(kernels, z, b.length);
                    A y = kernels.allocate(n + 64);
                    for (Op.Binary f : Op.Binary.values()) {
                        kernels.loop(f).run(x, o, z, o, z, o, y, o, n);
                        double[] found = read(kernels, y, n + 64);
                        for (int i = 0; i < n; i++) {
                            double expected = PlainEvaluator.apply(f, a[o + i], b[o + i], 0);
                            assertEquals(
                                    expected,
                                    found[o + i],
                                    Double.isFinite(expected) ? tolerance * (1 + Math.abs(expected)) : tolerance,
                                    f.name());
                        }
                    }
                    kernels.loop(Op.Select.SELECT).run(x, o, z, o, x, o, y, o, n);
                    double[] found = read(kernels, y, n + 64);
                    for (int i = 0; i < n; i++) {
                        assertEquals(a[o + i] != 0 ? b[o + i] : a[o + i], found[o + i]);
                    }
                }
            }
        });
    }

    @Test
    void blocksAreReadWrittenAndSummedByTheirStrides() {
        int[][] cases = {
            {1, 0, 5, 1}, {3, 7, 5, 1}, {4, 2, 33, 0}, {5, 1, 6, 11}, {2, 40, 37, 1}, {6, 0, 20, 0}, {3, 0, 19, 1}
        };
        forAll(new Check() {
            @Override
            public <A> void with(Kernels<A> kernels, double tolerance) {
                for (int[] c : cases) {
                    int n = c[0] * c[2];
                    A arena = filled(kernels, numbers(300));
                    double[] before = read(kernels, arena, 300);
                    A register = kernels.allocate(n + 1);
                    kernels.load(arena, 2, c[0], c[1], c[2], c[3], register, 1);
                    double[] loaded = read(kernels, register, n + 1);
                    for (int i = 0; i < n; i++) {
                        assertEquals(before[2 + i / c[2] * c[1] + i % c[2] * c[3]], loaded[1 + i]);
                    }
                    for (Op.Reduction reduction : Op.Reduction.values()) {
                        kernels.accumulate(reduction, register, 1, arena, 2, c[0], c[1], c[2], c[3]);
                        double[] expected = before.clone();
                        for (int i = 0; i < n; i++) {
                            int at = 2 + i / c[2] * c[1] + i % c[2] * c[3];
                            expected[at] = reduction == Op.Reduction.SUM
                                    ? expected[at] + loaded[1 + i]
                                    : Math.max(expected[at], loaded[1 + i]);
                        }
                        double[] found = read(kernels, arena, 300);
                        for (int i = 0; i < 300; i++) {
                            assertEquals(expected[i], found[i], 100 * tolerance);
                        }
                        before = found;
                    }
                }
            }
        });
    }

    @Test
    void matrixProductsOfAnyFormAreSumsOfProducts() {
        int[] sizes = {1, 2, 3, 4, 5, 8, 9, 16, 31, 32, 33, 65, 130};
        for (int trial = 0; trial < 120; trial++) {
            // Some are small results of long sums.
            boolean slender = trial % 8 == 5;
            int rows = sizes[random.nextInt(slender ? 7 : sizes.length)];
            int columns = sizes[random.nextInt(slender ? 7 : sizes.length)];
            int depth = slender ? 2100 : trial % 10 == 0 ? 300 : sizes[random.nextInt(sizes.length)];
            int[] rowA = places(rows, random.nextInt(4), depth);
            int[] depthA = rowA.length > 1 && rowA[1] - rowA[0] == 1 ? places(depth, 2, rows) : places(depth, 0, 1);
            int[] columnB = places(columns, random.nextInt(4), depth);
            int[] depthB = columnB.length > 1 && columnB[1] - columnB[0] == 1
                    ? places(depth, 2, columns)
                    : places(depth, 0, 1);
            boolean turned = random.nextInt(4) == 0;
            int[] rowC = places(rows, turned ? 0 : 2, columns);
            int[] columnC = places(columns, turned ? 2 : 0, rows);
            int size = 1
                    + Arrays.stream(rowA).max().orElse(0)
                    + Arrays.stream(depthA).max().orElse(0);
            int sizeB = 1
                    + Arrays.stream(columnB).max().orElse(0)
                    + Arrays.stream(depthB).max().orElse(0);
            Product product = new Product(
                    new int[] {3},
                    new int[] {3 + size},
                    new int[] {3 + size + sizeB},
                    rowA,
                    depthA,
                    depthB,
                    columnB,
                    rowC,
                    columnC);
            double[] arena = numbers(3 + size + sizeB + rows * columns);
            forAll(new Check() {
                @Override
                public <A> void with(Kernels<A> kernels, double tolerance) {
                    A memory = filled(kernels, arena);
                    double[] before = read(kernels, memory, arena.length);
                    kernels.multiply(product, memory, 0, 0, rows, 0, columns, new Worker<>(kernels, 1));
                    double[] found = read(kernels, memory, arena.length);
                    for (int i = 0; i < rows; i++) {
                        for (int j = 0; j < columns; j++) {
                            double sum = 0;
                            for (int k = 0; k < depth; k++) {
                                sum += before[3 + rowA[i] + depthA[k]] * before[3 + size + depthB[k] + columnB[j]];
                            }
                            double actual = found[3 + size + sizeB + rowC[i] + columnC[j]];
                            assertEquals(sum, actual, tolerance * (1 + Math.sqrt(depth)));
                        }
                    }
                    assertTrue(
                            Arrays.equals(before, 0, 3 + size + sizeB, found, 0, 3 + size + sizeB),
                            "operands must not change");
                }
            });
        }
    }

    /** 0: neighbours; 1: runs of five, then a gap; 2: evenly spaced by {@code length}; 3: in disorder. */
    private int[] places(int count, int kind, int length) {
        return switch (kind) {
            case 0 -> IntStream.range(0, count).toArray();
            case 1 -> IntStream.range(0, count).map(i -> i + i / 5 * 3).toArray();
            case 2 -> IntStream.range(0, count).map(i -> i * length).toArray();
            default ->
                IntStream.range(0, count)
                        .map(i -> i * 7 % count + count * (i % 3))
                        .toArray();
        };
    }

    @Test
    void rowsAreGatheredAndCollectedByIndex() {
        forAll(new Check() {
            @Override
            public <A> void with(Kernels<A> kernels, double tolerance) {
                for (int inner : new int[] {1, 3, 16, 37}) {
                    A from = filled(kernels, numbers(10 * inner + 2));
                    double[] x = read(kernels, from, 10 * inner + 2);
                    int[] index = {4, 4, 0, 9, 3};
                    A to = kernels.allocate(5 * inner + 1);
                    kernels.gather(from, 2, index, 1, 5, inner, to, 1);
                    double[] y = read(kernels, to, 5 * inner + 1);
                    for (int i = 0; i < 4 * inner; i++) {
                        assertEquals(x[2 + index[1 + i / inner] * inner + i % inner], y[1 + i]);
                    }
                    int[] start = {0, 2, 2, 5};
                    for (Op.Reduction reduction : Op.Reduction.values()) {
                        kernels.collect(reduction, from, 2, start, index, 0, 3, inner, to, 1);
                        double[] z = read(kernels, to, 5 * inner + 1);
                        for (int i = 0; i < 3 * inner; i++) {
                            double expected = reduction == Op.Reduction.SUM ? 0 : Double.NEGATIVE_INFINITY;
                            for (int p = start[i / inner]; p < start[i / inner + 1]; p++) {
                                double item = x[2 + index[p] * inner + i % inner];
                                expected = reduction == Op.Reduction.SUM ? expected + item : Math.max(expected, item);
                            }
                            assertEquals(expected, z[1 + i], tolerance);
                        }
                    }
                }
            }
        });
    }

    /** One text for both precisions: {@code -Dmeso.accept=true} writes that of double anew. */
    @Test
    void kernelsOfFloatAndDoubleHaveOneText() throws IOException {
        Path folder = Path.of(System.getProperty("meso.root"), "runtime/src/main/java/dev/meso/runtime/tensor");
        for (String name : new String[] {"Kernels", "Loops", "Vectors", "VectorLoops"}) {
            String text = Files.readString(folder.resolve("Float" + name + ".java"))
                    .replace("float", "double")
                    .replace("Float", "Double");
            Path other = folder.resolve("Double" + name + ".java");
            if (Boolean.getBoolean("meso.accept")) {
                Files.writeString(other, text);
            }
            // Lines may be broken elsewhere, since the words differ in length.
            assertEquals(
                    text.replaceAll("\\s+", ""),
                    Files.readString(other).replaceAll("\\s+", ""),
                    "Double" + name + " is not Float" + name + " with the word replaced");
        }
    }
}
