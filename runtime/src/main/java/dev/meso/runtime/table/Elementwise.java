package dev.meso.runtime.table;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.unit.Dimension;
import dev.meso.runtime.unit.Quantity;
import dev.meso.runtime.unit.Unit;

/**
 * Elementwise operations between columns, or between a column and a single value that is repeated for each row (a Long,
 * Double, {@link Quantity}, Boolean or String; null is missing). A result is missing where an operand is. Units: sums and
 * comparisons convert the right side to the left's unit; products multiply units, and dimensions that cancel give plain
 * numbers. Cost: one pass.
 */
public final class Elementwise {
    private Elementwise() {}

    /** A column or repeated value: row i stands at {@code i * stride}; exactly one array is not null. */
    private record Numbers(long[] longs, double[] doubles, int stride, Mask mask, Unit unit, int size) {
        double[] asDoubles() {
            if (doubles != null) {
                return doubles;
            }
            double[] wide = new double[longs.length];
            for (int i = 0; i < wide.length; i++) {
                wide[i] = longs[i];
            }
            return wide;
        }

        Numbers in(Unit target) {
            if (unit.equals(target)) {
                return this;
            }
            double[] converted = asDoubles().clone();
            for (int i = 0; i < converted.length; i++) {
                converted[i] = unit.convert(converted[i], target);
            }
            return new Numbers(null, converted, stride, mask, target, size);
        }
    }

    /**
     * {@code left operation right} for each row.
     *
     * @throws MesoException WRONG_TYPE for operands that are no numbers, WRONG_LENGTH, WRONG_UNIT, INTEGER_OVERFLOW (with
     *     the row), NOT_A_NUMBER for a remainder by the integer 0
     */
    public static NumberColumn apply(Arithmetic operation, Object left, Object right) {
        Numbers a = numbers(left, operation);
        Numbers b = numbers(right, operation);
        int size = commonSize(a.size, b.size);
        Unit unit = a.unit;
        switch (operation) {
            case ADD, SUBTRACT, REMAINDER -> {
                Quantity.requireCompatible(operation.verb(), a.unit, b.unit);
                b = b.in(a.unit);
            }
            case MULTIPLY -> unit = a.unit.times(b.unit);
            case DIVIDE -> unit = a.unit.dividedBy(b.unit);
            case POWER -> unit = powerUnit(a, b);
        }
        Mask mask = union(size, a, b);
        NumberColumn result;
        if (a.longs != null && b.longs != null && operation != Arithmetic.DIVIDE && !hasNegativePower(operation, b)) {
            result = new LongColumn(longs(operation, a, b, size, mask), mask, unit);
        } else {
            result = new DoubleColumn(doubles(operation, a, b, size), mask, unit);
        }
        if (!unit.isOne() && unit.dimension().equals(Dimension.NONE)) {
            Unit reduced = unit;
            return DoubleColumn.map(result.withUnit(Unit.ONE), x -> reduced.convert(x, Unit.ONE));
        }
        return result;
    }

    /**
     * {@code left relation right} for each row. NaN is unequal to everything and neither less nor greater.
     *
     * @throws MesoException WRONG_TYPE where types cannot be compared, WRONG_LENGTH, WRONG_UNIT
     */
    public static BooleanColumn compare(Relation relation, Object left, Object right) {
        if (isText(left) && isText(right)) {
            return compareText(relation, left, right);
        }
        if (isBoolean(left) && isBoolean(right)) {
            return compareBooleans(relation, left, right);
        }
        if (left == null || right == null) {
            int size = left == null ? ((Column) right).size() : ((Column) left).size();
            return new BooleanColumn(new boolean[size], Mask.where(size, i -> true));
        }
        if (!isNumber(left) || !isNumber(right)) {
            throw new MesoException(
                    ErrorCode.WRONG_TYPE, "cannot compare " + describe(left) + " and " + describe(right));
        }
        Numbers a = numbers(left, null);
        Numbers b = numbers(right, null);
        int size = commonSize(a.size, b.size);
        Quantity.requireCompatible("compare", a.unit, b.unit);
        b = b.in(a.unit);
        boolean[] result = new boolean[size];
        Mask mask = union(size, a, b);
        if (a.longs != null && b.longs != null) {
            for (int i = 0; i < size; i++) {
                result[i] = relation.holds(Long.compare(a.longs[i * a.stride], b.longs[i * b.stride]));
            }
        } else {
            double[] x = a.asDoubles();
            double[] y = b.asDoubles();
            for (int i = 0; i < size; i++) {
                result[i] = relation.holds(x[i * a.stride], y[i * b.stride]);
            }
        }
        return clear(result, mask);
    }

    /** {@code -x} for each row, in the same unit. @throws MesoException INTEGER_OVERFLOW for the least integer */
    public static NumberColumn negate(NumberColumn column) {
        return switch (column) {
            case LongColumn c ->
                apply(Arithmetic.SUBTRACT, 0L, c.withUnit(Unit.ONE)).withUnit(c.unit());
            case DoubleColumn c -> {
                double[] negated = new double[c.size()];
                for (int i = 0; i < negated.length; i++) {
                    negated[i] = -c.get(i);
                }
                yield new DoubleColumn(negated, c.mask(), c.unit());
            }
        };
    }

    static Mask maskOf(Column column) {
        return switch (column) {
            case LongColumn c -> c.mask();
            case DoubleColumn c -> c.mask();
            case BooleanColumn c -> c.mask();
            case TextColumn c -> c.missingCount() == 0 ? Mask.NONE : Mask.where(c.size(), c::missing);
        };
    }

    private static Numbers numbers(Object operand, Arithmetic operation) {
        if (operand == null) {
            throw noNumbers(operand, operation);
        }
        return switch (operand) {
            case LongColumn c -> new Numbers(c.array(), null, 1, c.mask(), c.unit(), c.size());
            case DoubleColumn c -> new Numbers(null, c.array(), 1, c.mask(), c.unit(), c.size());
            case Long v -> new Numbers(new long[] {v}, null, 0, Mask.NONE, Unit.ONE, -1);
            case Double v -> new Numbers(null, new double[] {v}, 0, Mask.NONE, Unit.ONE, -1);
            case Quantity q -> new Numbers(null, new double[] {q.value()}, 0, Mask.NONE, q.unit(), -1);
            default -> throw noNumbers(operand, operation);
        };
    }

    private static MesoException noNumbers(Object operand, Arithmetic operation) {
        return new MesoException(
                ErrorCode.WRONG_TYPE,
                "cannot " + (operation == null ? "compare" : operation.verb()) + " " + describe(operand)
                        + ": numbers are needed");
    }

    private static int commonSize(int a, int b) {
        if (a >= 0 && b >= 0 && a != b) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH, "columns of " + a + " and " + b + " rows do not go together");
        }
        if (a < 0 && b < 0) {
            throw new IllegalArgumentException("one side must be a column");
        }
        return Math.max(a, b);
    }

    private static Mask union(int size, Numbers a, Numbers b) {
        return union(size, a.mask, b.mask);
    }

    private static Mask union(int size, Mask a, Mask b) {
        if (a.none() && b.none()) {
            return Mask.NONE;
        }
        return Mask.where(size, i -> a.get(i) || b.get(i));
    }

    private static BooleanColumn clear(boolean[] values, Mask mask) {
        if (!mask.none()) {
            for (int i = 0; i < values.length; i++) {
                values[i] &= !mask.get(i);
            }
        }
        return new BooleanColumn(values, mask);
    }

    private static Unit powerUnit(Numbers base, Numbers exponent) {
        if (!exponent.unit.isOne()) {
            throw new MesoException(
                    ErrorCode.WRONG_UNIT, "an exponent is a plain number, not in " + exponent.unit.name());
        }
        if (base.unit.isOne()) {
            return Unit.ONE;
        }
        double p = exponent.stride == 0 ? exponent.asDoubles()[0] : Double.NaN;
        if (p != Math.rint(p)) {
            throw new MesoException(
                    ErrorCode.WRONG_UNIT, "numbers in " + base.unit.name() + " can only be raised to one whole power");
        }
        return base.unit.power((int) p);
    }

    private static boolean hasNegativePower(Arithmetic operation, Numbers exponent) {
        if (operation == Arithmetic.POWER) {
            for (long p : exponent.longs) {
                if (p < 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private static long[] longs(Arithmetic operation, Numbers a, Numbers b, int size, Mask mask) {
        long[] x = a.longs;
        long[] y = b.longs;
        long[] result = new long[size];
        int row = 0;
        try {
            for (; row < size; row++) {
                if (mask.get(row)) {
                    continue;
                }
                long u = x[row * a.stride];
                long v = y[row * b.stride];
                result[row] = switch (operation) {
                    case ADD -> Math.addExact(u, v);
                    case SUBTRACT -> Math.subtractExact(u, v);
                    case MULTIPLY -> Math.multiplyExact(u, v);
                    case REMAINDER -> {
                        if (v == 0) {
                            throw new MesoException(
                                    ErrorCode.NOT_A_NUMBER, "the remainder by 0 in row " + row + " is not a number");
                        }
                        yield v == -1 ? 0 : u % v;
                    }
                    case POWER -> power(u, v);
                    case DIVIDE -> throw new AssertionError();
                };
            }
        } catch (ArithmeticException e) {
            throw new MesoException(
                    ErrorCode.INTEGER_OVERFLOW,
                    x[row * a.stride] + " " + operation.sign() + " " + y[row * b.stride] + " in row " + row
                            + " is beyond 64-bit integers",
                    "multiply one side by 1.0 to compute with doubles");
        }
        return result;
    }

    /** Exact power by squaring; the exponent is not negative. */
    private static long power(long base, long exponent) {
        long result = 1;
        long square = base;
        for (long p = exponent; ; ) {
            if ((p & 1) != 0) {
                result = Math.multiplyExact(result, square);
            }
            p >>= 1;
            if (p == 0) {
                return result;
            }
            if (square == 1 || square == 0 || square == -1) {
                return square == -1 ? result : square == 1 ? result : 0;
            }
            square = Math.multiplyExact(square, square);
        }
    }

    private static double[] doubles(Arithmetic operation, Numbers a, Numbers b, int size) {
        double[] x = a.asDoubles();
        double[] y = b.asDoubles();
        int s = a.stride;
        int t = b.stride;
        double[] result = new double[size];
        switch (operation) {
            case ADD -> {
                for (int i = 0; i < size; i++) {
                    result[i] = x[i * s] + y[i * t];
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < size; i++) {
                    result[i] = x[i * s] - y[i * t];
                }
            }
            case MULTIPLY -> {
                for (int i = 0; i < size; i++) {
                    result[i] = x[i * s] * y[i * t];
                }
            }
            case DIVIDE -> {
                for (int i = 0; i < size; i++) {
                    result[i] = x[i * s] / y[i * t];
                }
            }
            case REMAINDER -> {
                for (int i = 0; i < size; i++) {
                    result[i] = x[i * s] % y[i * t];
                }
            }
            case POWER -> {
                for (int i = 0; i < size; i++) {
                    result[i] = Math.pow(x[i * s], y[i * t]);
                }
            }
        }
        return result;
    }

    private static boolean isText(Object v) {
        return v instanceof String || v instanceof TextColumn;
    }

    private static boolean isBoolean(Object v) {
        return v instanceof Boolean || v instanceof BooleanColumn;
    }

    private static boolean isNumber(Object v) {
        return v instanceof Long || v instanceof Double || v instanceof Quantity || v instanceof NumberColumn;
    }

    private static BooleanColumn compareText(Relation relation, Object left, Object right) {
        int size = commonSize(sizeOf(left), sizeOf(right));
        boolean[] result = new boolean[size];
        if (left instanceof TextColumn a && right instanceof String b) {
            // One comparison per distinct text.
            String[] words = a.words();
            boolean[] holds = new boolean[words.length];
            for (int w = 0; w < words.length; w++) {
                holds[w] = relation.holds(words[w].compareTo(b));
            }
            for (int i = 0; i < size; i++) {
                result[i] = !a.missing(i) && holds[a.code(i)];
            }
            return new BooleanColumn(result, maskOf(a));
        }
        for (int i = 0; i < size; i++) {
            String a = left instanceof TextColumn c ? c.get(i) : (String) left;
            String b = right instanceof TextColumn c ? c.get(i) : (String) right;
            result[i] = a != null && b != null && relation.holds(a.compareTo(b));
        }
        return new BooleanColumn(result, union(size, maskOrNone(left), maskOrNone(right)));
    }

    private static BooleanColumn compareBooleans(Relation relation, Object left, Object right) {
        int size = commonSize(sizeOf(left), sizeOf(right));
        boolean[] result = new boolean[size];
        for (int i = 0; i < size; i++) {
            boolean a = left instanceof BooleanColumn c ? c.get(i) : (Boolean) left;
            boolean b = right instanceof BooleanColumn c ? c.get(i) : (Boolean) right;
            result[i] = relation.holds(Boolean.compare(a, b));
        }
        return clear(result, union(size, maskOrNone(left), maskOrNone(right)));
    }

    private static int sizeOf(Object operand) {
        return operand instanceof Column c ? c.size() : -1;
    }

    private static Mask maskOrNone(Object operand) {
        return operand instanceof Column c ? maskOf(c) : Mask.NONE;
    }

    private static String describe(Object operand) {
        if (operand == null) {
            return "none";
        }
        return switch (operand) {
            case Column c -> "a column of " + c.type();
            case Long v -> "an integer";
            case Double v -> "a number";
            case Quantity q -> "a quantity in " + q.unit().name();
            case Boolean v -> "a boolean";
            case String v -> "text";
            default -> "something that is no number";
        };
    }
}
