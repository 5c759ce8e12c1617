package dev.meso.language.value;

import dev.meso.language.ast.BinaryOperator;
import dev.meso.language.ast.ComparisonOperator;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;

/** When an expectation holds. */
public final class Expecting {
    private Expecting() {}

    /**
     * Whether {@code found operator expected} holds; with a tolerance, numbers (and those inside lists, columns and
     * records) may differ by as much.
     *
     * @param within the tolerance, or null
     */
    public static boolean holds(ComparisonOperator operator, Object found, Object expected, Object within) {
        if (within == null) {
            return all(Operators.compare(operator, found, expected));
        }
        return switch (operator) {
            case EQUAL -> near(found, expected, within);
            case NOT_EQUAL -> !near(found, expected, within);
            default ->
                throw new MesoException(
                        ErrorCode.WRONG_TYPE, "`+-` goes with `==` and `!=`, not with `" + operator.symbol() + "`");
        };
    }

    private static boolean all(Object result) {
        if (result instanceof ColumnValue column) {
            for (int i = 0; i < column.size(); i++) {
                if (!Boolean.TRUE.equals(column.column().value(i))) {
                    return false;
                }
            }
            return true;
        }
        return (Boolean) result;
    }

    private static boolean near(Object a, Object b, Object within) {
        if (a instanceof RecordValue x && b instanceof RecordValue y) {
            return nearRecords(x, y, within);
        }
        if (a instanceof MesoValue x && b instanceof MesoValue y && x.size() >= 0 && y.size() >= 0) {
            boolean near = x.size() == y.size();
            for (long i = 0; near && i < x.size(); i++) {
                near = near(x.element(i), y.element(i), within);
            }
            return near;
        }
        if (a instanceof String || a instanceof Boolean || a instanceof NoneValue) {
            return Values.equal(a, b);
        }
        Object difference = Operators.binary(BinaryOperator.SUBTRACT, a, b);
        Object size = Operators.order(difference, zero(difference)) < 0 ? Operators.negate(difference) : difference;
        return Operators.isNumber(size) && Double.isNaN(Operators.toDouble(size))
                ? false
                : Operators.order(size, within) <= 0;
    }

    private static Object zero(Object like) {
        return like instanceof QuantityValue q ? new QuantityValue(0, q.unit()) : (Object) 0L;
    }

    private static boolean nearRecords(RecordValue x, RecordValue y, Object within) {
        boolean near = x.shape().size() == y.shape().size();
        for (int i = 0; near && i < x.shape().size(); i++) {
            Object theirs = y.get(x.shape().name(i));
            near = theirs != null && near(x.value(i), theirs, within);
        }
        return near;
    }
}
