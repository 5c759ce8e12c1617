package dev.meso.language.value;

import dev.meso.language.ast.BinaryOperator;
import dev.meso.language.ast.ComparisonOperator;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.table.Arithmetic;
import dev.meso.runtime.table.BooleanColumn;
import dev.meso.runtime.table.Elementwise;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Relation;
import dev.meso.runtime.tensor.Node;
import dev.meso.runtime.unit.Quantity;
import dev.meso.runtime.unit.Unit;

/** Arithmetic and comparison of any two values: what the nodes fall back to and built-ins use. */
public final class Operators {
    private static final String LENGTHS =
            "description lengths can be subtracted from and compared with each other; `.total` is the number";

    private Operators() {}

    /**
     * {@code left operator right}.
     *
     * @throws MesoException WRONG_TYPE, WRONG_UNIT, INTEGER_OVERFLOW, DIVISION_BY_ZERO, WRONG_LENGTH
     */
    public static Object binary(BinaryOperator operator, Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            return whole(operator, a, b);
        } else if (isNumber(left) && isNumber(right)) {
            return real(operator, toDouble(left), toDouble(right));
        } else if (left instanceof SymbolValue || right instanceof SymbolValue) {
            return SymbolValue.binary(operator, left, right);
        } else if (left instanceof ColumnValue || right instanceof ColumnValue) {
            return columns(operator, left, right);
        } else if (isQuantity(left) && isQuantity(right)) {
            return quantities(operator, left, right);
        } else if (left instanceof UnitValue a && (right instanceof UnitValue || operator == BinaryOperator.POWER)) {
            return units(operator, a.unit(), right);
        } else if (operator == BinaryOperator.ADD && left instanceof String a && right instanceof String b) {
            return a + b;
        } else if (operator == BinaryOperator.SUBTRACT
                && left instanceof DescriptionLengthValue a
                && right instanceof DescriptionLengthValue b) {
            return a.minus(b);
        }
        throw mismatch(operator, left, right);
    }

    private static Object whole(BinaryOperator operator, long a, long b) {
        try {
            return switch (operator) {
                case ADD -> Math.addExact(a, b);
                case SUBTRACT -> Math.subtractExact(a, b);
                case MULTIPLY -> Math.multiplyExact(a, b);
                case DIVIDE -> (double) a / b;
                case REMAINDER -> {
                    if (b == 0) {
                        throw byZero("%");
                    }
                    yield a % b;
                }
                case POWER -> b < 0 ? (Object) Math.pow(a, b) : (Object) power(a, b);
            };
        } catch (ArithmeticException e) {
            throw overflow(operator, a, b);
        }
    }

    static MesoException byZero(String what) {
        return new MesoException(ErrorCode.DIVISION_BY_ZERO, "`" + what + "` of whole numbers by 0");
    }

    /** Exact, by squaring. */
    private static long power(long base, long exponent) {
        long result = 1;
        long square = base;
        for (long e = exponent; e > 0; e >>= 1) {
            if ((e & 1) == 1) {
                result = Math.multiplyExact(result, square);
            }
            if (e > 1) {
                square = Math.multiplyExact(square, square);
            }
        }
        return result;
    }

    /** The error of a result beyond 64-bit integers. */
    public static MesoException overflow(BinaryOperator operator, long left, long right) {
        return new MesoException(
                ErrorCode.INTEGER_OVERFLOW,
                left + " " + operator.symbol() + " " + right + " does not fit into a 64-bit integer",
                "write one side with a point (" + left + ".0) to calculate with doubles");
    }

    private static Object real(BinaryOperator operator, double a, double b) {
        return switch (operator) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case REMAINDER -> a % b;
            case POWER -> Math.pow(a, b);
        };
    }

    private static Object columns(BinaryOperator operator, Object left, Object right) {
        Arithmetic operation =
                switch (operator) {
                    case ADD -> Arithmetic.ADD;
                    case SUBTRACT -> Arithmetic.SUBTRACT;
                    case MULTIPLY -> Arithmetic.MULTIPLY;
                    case DIVIDE -> Arithmetic.DIVIDE;
                    case REMAINDER -> Arithmetic.REMAINDER;
                    case POWER -> Arithmetic.POWER;
                };
        return new ColumnValue(Elementwise.apply(operation, operand(left), operand(right)));
    }

    /** What {@link Elementwise} takes. */
    private static Object operand(Object value) {
        if (value instanceof ColumnValue column) {
            return column.column();
        } else if (value instanceof QuantityValue quantity) {
            return quantity.quantity();
        } else if (value instanceof UnitValue unit) {
            return new Quantity(1, unit.unit());
        } else if (value == NoneValue.NONE) {
            return null;
        }
        return value;
    }

    private static boolean isQuantity(Object value) {
        return value instanceof QuantityValue || value instanceof UnitValue || isNumber(value);
    }

    private static Quantity quantity(Object value) {
        if (value instanceof QuantityValue quantity) {
            return quantity.quantity();
        } else if (value instanceof UnitValue unit) {
            return new Quantity(1, unit.unit());
        }
        return Quantity.of(toDouble(value));
    }

    private static Object quantities(BinaryOperator operator, Object left, Object right) {
        if (left instanceof UnitValue a && right instanceof UnitValue) {
            return units(operator, a.unit(), right);
        }
        Quantity a = quantity(left);
        Quantity b = quantity(right);
        return switch (operator) {
            case ADD -> QuantityValue.of(a.plus(b));
            case SUBTRACT -> QuantityValue.of(a.minus(b));
            case MULTIPLY -> QuantityValue.of(a.times(b));
            case DIVIDE -> QuantityValue.of(a.dividedBy(b));
            case REMAINDER -> {
                Quantity.requireCompatible("take the remainder of", a.unit(), b.unit());
                yield QuantityValue.of(new Quantity(a.value() % b.in(a.unit()), a.unit()));
            }
            case POWER -> {
                if (!(right instanceof Long exponent) || Math.abs(exponent) > Byte.MAX_VALUE) {
                    throw new MesoException(
                            ErrorCode.WRONG_TYPE,
                            "a quantity can only be raised to a small whole number, not to " + Values.describe(right));
                }
                yield QuantityValue.of(a.power((int) (long) exponent));
            }
        };
    }

    private static Object units(BinaryOperator operator, Unit a, Object right) {
        if (operator == BinaryOperator.MULTIPLY && right instanceof UnitValue b) {
            return new UnitValue(a.times(b.unit()));
        } else if (operator == BinaryOperator.DIVIDE && right instanceof UnitValue b) {
            return new UnitValue(a.dividedBy(b.unit()));
        } else if (operator == BinaryOperator.POWER && right instanceof Long p && Math.abs(p) <= Byte.MAX_VALUE) {
            return new UnitValue(a.power((int) (long) p));
        }
        throw mismatch(operator, new UnitValue(a), right);
    }

    private static MesoException mismatch(BinaryOperator operator, Object left, Object right) {
        String verb =
                switch (operator) {
                    case ADD -> "add";
                    case SUBTRACT -> "subtract";
                    case MULTIPLY -> "multiply";
                    case DIVIDE -> "divide";
                    case REMAINDER -> "take the remainder of";
                    case POWER -> "raise";
                };
        String hint = "numbers, quantities and columns can be calculated with";
        if (left instanceof ListValue || right instanceof ListValue) {
            hint = operator == BinaryOperator.ADD
                    ? "join lists with `concat(a, b)`; turn a list into a column to calculate with it: `column(xs)`"
                    : "turn a list into a column to calculate with it: `column(xs)`";
        } else if (operator == BinaryOperator.ADD && (left instanceof String || right instanceof String)) {
            hint = "write values into text with \"…{x}…\"";
        } else if (left instanceof DescriptionLengthValue || right instanceof DescriptionLengthValue) {
            hint = LENGTHS;
        } else if (left == NoneValue.NONE || right == NoneValue.NONE) {
            hint = "none is the absent value; test for it with `is_none(x)`";
        }
        return new MesoException(
                ErrorCode.WRONG_TYPE,
                "cannot " + verb + " " + Values.describe(left) + " and " + Values.describe(right),
                hint);
    }

    /** {@code -operand}. */
    public static Object negate(Object operand) {
        if (operand instanceof Long whole) {
            if (whole == Long.MIN_VALUE) {
                throw overflow(BinaryOperator.SUBTRACT, 0, whole);
            }
            return -whole;
        } else if (operand instanceof Double x) {
            return -x;
        } else if (operand instanceof QuantityValue quantity) {
            return QuantityValue.of(quantity.quantity().negate());
        } else if (operand instanceof ColumnValue column && column.column() instanceof NumberColumn numbers) {
            return new ColumnValue(Elementwise.negate(numbers));
        }
        if (operand instanceof SymbolValue symbol) {
            return new SymbolValue(symbol.symbol().map(Node::negate));
        }
        throw new MesoException(ErrorCode.WRONG_TYPE, "cannot negate " + Values.describe(operand));
    }

    // ---- comparison -----------------------------------------------------------------------------------------------

    /** {@code left operator right}: a Boolean, or a column of them where a side is a column. */
    public static Object compare(ComparisonOperator operator, Object left, Object right) {
        if (operator == ComparisonOperator.IN || operator == ComparisonOperator.NOT_IN) {
            return contains(right, left) == (operator == ComparisonOperator.IN);
        }
        if (left instanceof ColumnValue || right instanceof ColumnValue) {
            return new ColumnValue(Elementwise.compare(relation(operator), operand(left), operand(right)));
        }
        if (operator == ComparisonOperator.EQUAL) {
            return equal(left, right);
        } else if (operator == ComparisonOperator.NOT_EQUAL) {
            return !equal(left, right);
        }
        if (isNumber(left) && isNumber(right)) {
            double a = toDouble(left);
            double b = toDouble(right);
            if (Double.isNaN(a) || Double.isNaN(b)) {
                return false;
            }
        }
        int order = order(left, right);
        return switch (operator) {
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            default -> order >= 0;
        };
    }

    private static boolean equal(Object left, Object right) {
        if (left instanceof QuantityValue a && right instanceof QuantityValue b) {
            Quantity.requireCompatible("compare", a.unit(), b.unit());
        }
        return Values.equal(left, right);
    }

    private static Relation relation(ComparisonOperator operator) {
        return switch (operator) {
            case EQUAL -> Relation.EQUAL;
            case NOT_EQUAL -> Relation.NOT_EQUAL;
            case LESS -> Relation.LESS;
            case LESS_OR_EQUAL -> Relation.LESS_OR_EQUAL;
            case GREATER -> Relation.GREATER;
            case GREATER_OR_EQUAL -> Relation.GREATER_OR_EQUAL;
            case IN, NOT_IN -> throw new IllegalArgumentException(operator.symbol());
        };
    }

    /**
     * Negative, 0 or positive as {@code left} comes before, with or after {@code right}; NaN after all numbers.
     *
     * @throws MesoException WRONG_TYPE for values without a common order, WRONG_UNIT
     */
    public static int order(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            return Long.compare(a, b);
        } else if (isNumber(left) && isNumber(right)) {
            return Double.compare(toDouble(left), toDouble(right));
        } else if (left instanceof String a && right instanceof String b) {
            return a.compareTo(b);
        } else if ((left instanceof QuantityValue || right instanceof QuantityValue)
                && isQuantity(left)
                && isQuantity(right)) {
            return quantity(left).compare(quantity(right));
        } else if (left instanceof Boolean a && right instanceof Boolean b) {
            return Boolean.compare(a, b);
        } else if (left instanceof ListValue a && right instanceof ListValue b) {
            for (int i = 0; i < a.length() && i < b.length(); i++) {
                int order = order(a.get(i), b.get(i));
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(a.length(), b.length());
        } else if (left instanceof DescriptionLengthValue a && right instanceof DescriptionLengthValue b) {
            return Double.compare(a.minus(b), 0);
        }
        throw new MesoException(
                ErrorCode.WRONG_TYPE,
                "cannot compare " + Values.describe(left) + " and " + Values.describe(right),
                left instanceof DescriptionLengthValue || right instanceof DescriptionLengthValue
                        ? LENGTHS
                        : left == NoneValue.NONE || right == NoneValue.NONE
                                ? "none is the absent value; test for it with `is_none(x)`"
                                : left instanceof SymbolValue || right instanceof SymbolValue
                                        ? "a comparison has no slope, so it cannot be fitted; write `max`, `min` or `clip`"
                                        : "only values of the same kind have an order");
    }

    /** Whether {@code item} is in a list, range, column, text (as a part) or record (as a field name). */
    public static boolean contains(Object container, Object item) {
        if (container instanceof String text && item instanceof String part) {
            return text.contains(part);
        } else if (container instanceof RecordValue record && item instanceof String name) {
            return record.get(name) != null;
        } else if (container instanceof RangeValue range && item instanceof Long number) {
            return inRange(range, number);
        }
        MesoValue sequence = container instanceof MesoValue meso ? meso : null;
        if (sequence == null && Foreign.is(container)) {
            sequence = Foreign.list(container);
        }
        if (sequence == null || sequence.size() < 0 || sequence instanceof TableValue) {
            throw new MesoException(
                    ErrorCode.WRONG_TYPE,
                    "`in` needs a list, range, column, record or text on its right, not " + Values.describe(container));
        }
        for (long i = 0; i < sequence.size(); i++) {
            if (Values.equal(sequence.element(i), item)) {
                return true;
            }
        }
        return false;
    }

    private static boolean inRange(RangeValue range, long number) {
        if (range.length() == 0) {
            return false;
        }
        long last = range.get(range.length() - 1);
        boolean inside =
                range.step() > 0 ? range.from() <= number && number <= last : last <= number && number <= range.from();
        return inside && Math.floorMod(number, range.step()) == Math.floorMod(range.from(), range.step());
    }

    /** Row by row where a side is a column; for chains of comparisons. */
    public static Object and(Object left, Object right) {
        if (!(left instanceof ColumnValue a && a.column() instanceof BooleanColumn)
                && !(right instanceof ColumnValue b && b.column() instanceof BooleanColumn)) {
            throw new MesoException(ErrorCode.WRONG_TYPE, "a comparison gives true, false or a column of them");
        }
        Object[] rows = new Object[(int) Math.max(rows(left), rows(right))];
        for (int i = 0; i < rows.length; i++) {
            Object a = row(left, i);
            Object b = row(right, i);
            rows[i] = Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)
                    ? Boolean.FALSE
                    : a == null || b == null ? null : Boolean.TRUE;
        }
        return new ColumnValue(dev.meso.runtime.table.Column.of(java.util.Arrays.asList(rows)));
    }

    private static long rows(Object value) {
        return value instanceof ColumnValue column ? column.size() : 1;
    }

    private static Object row(Object value, int i) {
        return value instanceof ColumnValue column ? column.column().value(i) : value;
    }

    // ---- parts ----------------------------------------------------------------------------------------------------

    /** {@code from..to step s}; {@code step} may be none. Whole numbers give a range, others a list. */
    public static Object range(Object from, Object to, Object step) {
        Object by = step == NoneValue.NONE ? (Object) 1L : step;
        if (from instanceof Long a && to instanceof Long b && by instanceof Long s) {
            return RangeValue.of(a, b, s);
        }
        if (isNumber(from) && isNumber(to) && isNumber(by)) {
            return ListValue.of(numbers(toDouble(from), toDouble(to), toDouble(by)));
        }
        if (isQuantity(from) && isQuantity(to) && isQuantity(by) && step != NoneValue.NONE) {
            Quantity a = quantity(from);
            Quantity.requireCompatible("make a range of", a.unit(), quantity(to).unit());
            Quantity.requireCompatible("make a range of", a.unit(), quantity(by).unit());
            double[] values =
                    numbers(a.value(), quantity(to).in(a.unit()), quantity(by).in(a.unit()));
            Object[] items = new Object[values.length];
            for (int i = 0; i < items.length; i++) {
                items[i] = new QuantityValue(values[i], a.unit());
            }
            return ListValue.of(items);
        }
        throw new MesoException(
                ErrorCode.WRONG_TYPE,
                "a range needs numbers, not " + Values.describe(from) + " and " + Values.describe(to),
                "a range of quantities needs a step");
    }

    /**
     * The length of something that is to be held in memory.
     *
     * @throws MesoException INTEGER_OVERFLOW where it is 2^31 or more
     */
    public static int length(long size, String what) {
        if (size > Integer.MAX_VALUE) {
            throw new MesoException(
                    ErrorCode.INTEGER_OVERFLOW,
                    "a " + what + " of " + size + " elements cannot be held in memory",
                    "a range of whole numbers of any length can be gone through with `for`");
        }
        return (int) size;
    }

    /** The end counts as reached within a billionth of a step, so {@code 0..1 step 0.1} has 11 numbers. */
    private static double[] numbers(double from, double to, double step) {
        double steps = (to - from) / step;
        if (step == 0 || !Double.isFinite(steps)) {
            throw new MesoException(ErrorCode.WRONG_VALUE, "a range needs finite numbers and a step that is not 0");
        }
        int count = steps < -1e-9 ? 0 : length((long) Math.floor(steps + 1e-9) + 1, "range");
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = from + i * step;
        }
        return values;
    }

    /** {@code target[index]}. */
    public static Object index(Object target, Object index) {
        if (target instanceof TableValue table && index instanceof String name) {
            return table.column(name);
        } else if (target instanceof TableValue table && index instanceof ColumnValue keep) {
            return table.filter(keep);
        } else if (index instanceof String name) {
            return field(target, name);
        } else if (index instanceof RangeValue || index instanceof ListValue) {
            return pick(target, (MesoValue) index);
        } else if (target instanceof String text) {
            int at = position(index, text.codePointCount(0, text.length()), "text");
            int start = text.offsetByCodePoints(0, at);
            return new String(Character.toChars(text.codePointAt(start)));
        }
        MesoValue sequence = target instanceof MesoValue meso ? meso : Foreign.is(target) ? Foreign.list(target) : null;
        if (sequence == null || sequence.size() < 0) {
            throw new MesoException(
                    ErrorCode.WRONG_TYPE,
                    Values.describe(target) + " has no elements",
                    "lists, tables and columns have");
        }
        return sequence.element(position(index, sequence.size(), sequence.kind()));
    }

    private static Object field(Object target, String name) {
        Object value = target instanceof MesoValue meso ? meso.ownMember(name) : null;
        if (value == null && Foreign.is(target)) {
            value = Foreign.member(target, name);
        }
        if (value == null) {
            throw noMember(target, name);
        }
        return value;
    }

    /** The error of {@code target.name} where there is no such member. */
    public static MesoException noMember(Object target, String name) {
        if (target instanceof MesoValue meso) {
            return meso.noMember(name);
        }
        return new MesoException(ErrorCode.UNKNOWN_MEMBER, Values.describe(target) + " has no member `" + name + "`");
    }

    private static Object pick(Object target, MesoValue indexes) {
        if (target instanceof TableValue table) {
            return table.rows(indexes);
        }
        Object[] items = new Object[length(indexes.size(), indexes.kind())];
        for (int i = 0; i < items.length; i++) {
            items[i] = index(target, indexes.element(i));
        }
        return target instanceof ColumnValue column ? column.of(items) : ListValue.of(items);
    }

    /** An index counted from 0, from the end where negative. */
    static int position(Object index, long size, String what) {
        if (!(index instanceof Long given)) {
            throw new MesoException(ErrorCode.WRONG_TYPE, "an index is a whole number, not " + Values.describe(index));
        }
        long at = given < 0 ? given + size : given;
        if (at < 0 || at >= size) {
            throw outOfRange(given, size, what);
        }
        return Math.toIntExact(at);
    }

    /** The error of an index that points nowhere. */
    public static MesoException outOfRange(long index, long size, String what) {
        return new MesoException(
                ErrorCode.OUT_OF_RANGE,
                "there is no element " + index + " in a " + what + " of " + size,
                size == 0
                        ? "it is empty"
                        : "indexes go from 0 to " + (size - 1) + ", or from -1 for the last to -" + size);
    }

    /** {@code target[from..to]}, both ends included; none stands for an open end. */
    public static Object slice(Object target, Object from, Object to) {
        long size = target instanceof String text
                ? text.codePointCount(0, text.length())
                : target instanceof MesoValue meso ? meso.size() : -1;
        Object sequence = target;
        if (size < 0 && Foreign.is(target)) {
            ListValue list = Foreign.list(target);
            sequence = list;
            size = list == null ? -1 : list.size();
        }
        if (size < 0) {
            throw new MesoException(ErrorCode.WRONG_TYPE, Values.describe(target) + " has no elements");
        }
        int start = bound(from, size, 0);
        int end = Math.max(start, bound(to, size, size - 1) + 1);
        if (sequence instanceof ListValue list) {
            return list.slice(start, end);
        } else if (sequence instanceof TableValue table) {
            return table.slice(start, end);
        } else if (sequence instanceof ColumnValue column) {
            return column.slice(start, end);
        } else if (sequence instanceof String text) {
            return text.substring(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end));
        } else if (sequence instanceof RangeValue range) {
            return end == start
                    ? RangeValue.of(1, 0, 1)
                    : RangeValue.of(range.get(start), range.get(end - 1), range.step());
        }
        Object[] items = new Object[end - start];
        for (int i = 0; i < items.length; i++) {
            items[i] = ((MesoValue) sequence).element(start + i);
        }
        return ListValue.of(items);
    }

    /** Ends beyond the sequence are cut to it, as in most languages with slices. */
    private static int bound(Object bound, long size, long open) {
        if (bound == NoneValue.NONE) {
            return Math.toIntExact(open);
        }
        if (!(bound instanceof Long given)) {
            throw new MesoException(
                    ErrorCode.WRONG_TYPE, "the ends of a slice are whole numbers, not " + Values.describe(bound));
        }
        long at = given < 0 ? given + size : given;
        return (int) Math.max(open == 0 ? 0 : -1, Math.min(open == 0 ? size : size - 1, at));
    }

    // ---- numbers --------------------------------------------------------------------------------------------------

    public static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double;
    }

    public static double toDouble(Object number) {
        return number instanceof Long whole ? (double) whole : (double) number;
    }
}
