package dev.meso.language.builtin.core;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.ColumnValue;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.Operators;
import dev.meso.language.value.QuantityValue;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.table.Arithmetic;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.Elementwise;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.unit.Quantity;
import dev.meso.runtime.unit.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/** Functions of numbers; of a column they are taken row by row, and missing stays missing. */
public final class MathBuiltins {
    private static final String GROUP = "mathematics";
    /** Keeps the streams of {@code random} apart from those of samplers under the same seed. */
    private static final int RANDOM_DOMAIN = 0x52414E44;

    private MathBuiltins() {}

    public static List<Builtin> all() {
        return List.of(
                constant("pi", Math.PI, "the ratio of a circle's circumference to its diameter"),
                constant("e", Math.E, "the base of natural logarithms"),
                constant("inf", Double.POSITIVE_INFINITY, "infinity"),
                constant("nan", Double.NaN, "not a number"),
                real("sqrt", "The square root; of a quantity whose unit is a square, too.", Math::sqrt),
                real("exp", "e to the power x.", Math::exp),
                real("log", "The natural logarithm.", Math::log),
                real("log2", "The logarithm to base 2.", x -> Math.log(x) / Math.log(2)),
                real("log10", "The logarithm to base 10.", Math::log10),
                angle("sin", "The sine; x in radians, or an angle with its unit.", Math::sin),
                angle("cos", "The cosine; x in radians, or an angle with its unit.", Math::cos),
                angle("tan", "The tangent; x in radians, or an angle with its unit.", Math::tan),
                real("asin", "The angle in radians whose sine is x.", Math::asin),
                real("acos", "The angle in radians whose cosine is x.", Math::acos),
                real("atan", "The angle in radians whose tangent is x.", Math::atan),
                real("tanh", "The hyperbolic tangent.", Math::tanh),
                Builtin.named("atan2")
                        .group(GROUP)
                        .about("The angle in radians of the point (x, y).")
                        .parameter("y", Kind.NUMBER, "its height")
                        .parameter("x", Kind.NUMBER, "its width")
                        .returns(Kind.NUMBER, "from -pi to pi")
                        .runs(call -> Math.atan2(call.number(0), call.number(1))),
                Builtin.named("abs")
                        .group(GROUP)
                        .about("The size without the sign, in the same unit.")
                        .parameter("x", Kind.ANY, "a number, quantity or column")
                        .runs(MathBuiltins::abs),
                whole("floor", "The greatest whole number that is not above x.", RoundingMode.FLOOR, false),
                whole("ceil", "The least whole number that is not below x.", RoundingMode.CEILING, false),
                whole("round", "The nearest whole number, halves to even.", RoundingMode.HALF_EVEN, true),
                Builtin.named("div")
                        .group(GROUP)
                        .about("How often b goes into a, as a whole number, rounded towards 0: div(7, 2) is 3.")
                        .parameter("a", Kind.INTEGER, "what is divided")
                        .parameter("b", Kind.INTEGER, "by what")
                        .returns(Kind.INTEGER, "the quotient")
                        .runs(call -> div(call.integer(0), call.integer(1))),
                Builtin.named("mod")
                        .group(GROUP)
                        .about("The remainder with the sign of b: mod(-1, 5) is 4, where -1 % 5 is -1.")
                        .parameter("a", Kind.NUMBER, "what is divided")
                        .parameter("b", Kind.NUMBER, "by what")
                        .returns(Kind.NUMBER, "between 0 and b")
                        .runs(MathBuiltins::mod),
                Builtin.named("random")
                        .group(GROUP)
                        .about("Uniform random numbers from 0 up to but without 1.")
                        .detail(
                                "The same seed gives the same numbers on any machine. Without `n` one number, with it a list.")
                        .optional("n", Kind.INTEGER, "how many")
                        .optional("seed", Kind.INTEGER, "where the sequence begins; that of the session by default")
                        .runs(MathBuiltins::random));
    }

    private static Builtin constant(String name, double value, String about) {
        return Builtin.named(name)
                .group(GROUP)
                .about(about)
                .returns(Kind.NUMBER, about)
                .gives(call -> value);
    }

    private static Builtin real(String name, String about, DoubleUnaryOperator f) {
        return Builtin.named(name)
                .group(GROUP)
                .about(about)
                .parameter("x", Kind.ANY, "a number or column of numbers")
                .runs(call -> apply(call, f, Unit.ONE));
    }

    private static Builtin angle(String name, String about, DoubleUnaryOperator f) {
        return Builtin.named(name)
                .group(GROUP)
                .about(about)
                .parameter("x", Kind.ANY, "a number, angle or column of them")
                .runs(call -> apply(call, f, Unit.parse("rad")));
    }

    private static Object apply(Call call, DoubleUnaryOperator f, Unit unit) {
        Object x = call.argument(0);
        if (Operators.isNumber(x)) {
            return f.applyAsDouble(Operators.toDouble(x));
        }
        if (x instanceof QuantityValue quantity && !unit.isOne()) {
            return f.applyAsDouble(quantity.quantity().in(unit));
        }
        if (x instanceof ColumnValue column && column.column() instanceof NumberColumn numbers) {
            Unit from = numbers.unit();
            if (from.isOne()) {
                return new ColumnValue(DoubleColumn.map(numbers, f));
            }
            if (!unit.isOne()) {
                return new ColumnValue(
                        DoubleColumn.map(numbers.withUnit(Unit.ONE), v -> f.applyAsDouble(from.convert(v, unit))));
            }
        }
        if (call.builtin().name().equals("sqrt") && x instanceof QuantityValue q) {
            return squareRoot(call, q);
        }
        throw call.wrong(0, "a plain number or a column of them");
    }

    /** Where the unit is the square of one that can be written. */
    private static Object squareRoot(Call call, QuantityValue q) {
        String symbol = q.unit().symbol();
        if (symbol.endsWith("^2") && symbol.indexOf('/') < 0 && symbol.indexOf('*') < 0) {
            Unit root = Unit.parse(symbol.substring(0, symbol.length() - 2));
            return new QuantityValue(Math.sqrt(q.value()), root);
        }
        throw call.bad(0, "is a quantity in " + symbol + ", which has no square root", "divide by the unit first");
    }

    private static Object abs(Call call) {
        Object x = call.argument(0);
        if (x instanceof Long whole) {
            return whole < 0 ? Operators.negate(whole) : whole;
        } else if (x instanceof Double d) {
            return Math.abs(d);
        } else if (x instanceof QuantityValue q) {
            return new QuantityValue(Math.abs(q.value()), q.unit());
        } else if (x instanceof ColumnValue column && column.column() instanceof LongColumn c) {
            long[] sizes = new long[c.size()];
            for (int i = 0; i < sizes.length; i++) {
                sizes[i] = c.missing(i) ? 0 : (Long) abs(new Call(call.builtin(), new Object[] {c.get(i)}, null));
            }
            NumberColumn zero = Elementwise.apply(Arithmetic.MULTIPLY, c.withUnit(Unit.ONE), 0L);
            return new ColumnValue(Elementwise.apply(Arithmetic.ADD, zero, LongColumn.of(sizes))
                    .withUnit(c.unit()));
        } else if (x instanceof ColumnValue column && column.column() instanceof DoubleColumn c) {
            return new ColumnValue(
                    DoubleColumn.map(c.withUnit(Unit.ONE), Math::abs).withUnit(c.unit()));
        }
        throw call.wrong(0, "a number, quantity or column of numbers");
    }

    private static Builtin whole(String name, String about, RoundingMode mode, boolean digits) {
        Builtin.Builder builder = Builtin.named(name)
                .group(GROUP)
                .about(about)
                .detail("Of a number a whole number, of a quantity or column the same kind.")
                .parameter("x", Kind.ANY, "a number, quantity or column");
        if (digits) {
            builder.optional("digits", Kind.INTEGER, "digits kept after the point; the result is then no whole number");
        }
        return builder.runs(call -> round(call, mode, digits && call.given(1) ? call.integer(1, -300, 300) : null));
    }

    private static Object round(Call call, RoundingMode mode, Long digits) {
        Object x = call.argument(0);
        int places = digits == null ? 0 : (int) (long) digits;
        if (x instanceof Long && places >= 0) {
            return x;
        } else if (Operators.isNumber(x)) {
            double rounded = rounded(Operators.toDouble(x), places, mode);
            if (digits != null) {
                return rounded;
            }
            if (Double.isNaN(rounded)) {
                throw new MesoException(
                        ErrorCode.NOT_A_NUMBER, "`" + call.builtin().name() + "` needs a number, not nan");
            }
            if (Math.abs(rounded) >= 0x1p63) {
                throw new MesoException(ErrorCode.INTEGER_OVERFLOW, x + " does not fit into a 64-bit integer");
            }
            return (long) rounded;
        } else if (x instanceof QuantityValue q) {
            return new QuantityValue(new Quantity(rounded(q.value(), places, mode), q.unit()));
        } else if (x instanceof ColumnValue column && column.column() instanceof NumberColumn numbers) {
            return new ColumnValue(DoubleColumn.map(numbers.withUnit(Unit.ONE), v -> rounded(v, places, mode))
                    .withUnit(numbers.unit()));
        }
        throw call.wrong(0, "a number, quantity or column of numbers");
    }

    private static double rounded(double x, int places, RoundingMode mode) {
        if (Double.isNaN(x) || Double.isInfinite(x)) {
            return x;
        }
        if (places == 0) {
            return switch (mode) {
                case FLOOR -> Math.floor(x);
                case CEILING -> Math.ceil(x);
                default -> Math.rint(x);
            };
        }
        return BigDecimal.valueOf(x).setScale(places, mode).doubleValue();
    }

    private static long div(long a, long b) {
        if (b == 0) {
            throw new MesoException(ErrorCode.DIVISION_BY_ZERO, "`div` by 0");
        }
        if (a == Long.MIN_VALUE && b == -1) {
            throw new MesoException(
                    ErrorCode.INTEGER_OVERFLOW, "div(" + a + ", -1) does not fit into a 64-bit integer");
        }
        return a / b;
    }

    private static Object mod(Call call) {
        if (call.argument(0) instanceof Long a && call.argument(1) instanceof Long b) {
            if (b == 0) {
                throw new MesoException(ErrorCode.DIVISION_BY_ZERO, "`mod` by 0");
            }
            return Math.floorMod(a, b);
        }
        double a = call.number(0);
        double b = call.number(1);
        return a - b * Math.floor(a / b);
    }

    private static Object random(Call call) {
        long seed = call.integer("seed", call.context().seed());
        long stream = call.given("seed") ? 0 : call.context().nextRandomStream();
        RandomGenerator generator = Streams.of(seed, RANDOM_DOMAIN, stream);
        if (!call.given("n")) {
            return generator.nextDouble();
        }
        double[] numbers = new double[(int) call.integer(call.index("n"), 0, Integer.MAX_VALUE)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = generator.nextDouble();
        }
        return ListValue.of(numbers);
    }
}
