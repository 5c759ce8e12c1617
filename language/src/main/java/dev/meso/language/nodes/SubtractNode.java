package dev.meso.language.nodes;

import com.oracle.truffle.api.dsl.Fallback;
import com.oracle.truffle.api.dsl.Specialization;
import dev.meso.language.ast.BinaryOperator;

/** {@code left - right}: a difference. */
abstract class SubtractNode extends BinaryNode {
    @Specialization
    long doLong(long left, long right) {
        try {
            return Math.subtractExact(left, right);
        } catch (ArithmeticException e) {
            throw overflow(BinaryOperator.SUBTRACT, left, right);
        }
    }

    @Specialization
    double doDouble(double left, double right) {
        return left - right;
    }

    @Fallback
    Object doOther(Object left, Object right) {
        return general(BinaryOperator.SUBTRACT, left, right);
    }
}
