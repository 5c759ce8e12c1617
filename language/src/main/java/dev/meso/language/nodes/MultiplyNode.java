package dev.meso.language.nodes;

import com.oracle.truffle.api.dsl.Fallback;
import com.oracle.truffle.api.dsl.Specialization;
import dev.meso.language.ast.BinaryOperator;

/** {@code left * right}: a product. */
abstract class MultiplyNode extends BinaryNode {
    @Specialization
    long doLong(long left, long right) {
        try {
            return Math.multiplyExact(left, right);
        } catch (ArithmeticException e) {
            throw overflow(BinaryOperator.MULTIPLY, left, right);
        }
    }

    @Specialization
    double doDouble(double left, double right) {
        return left * right;
    }

    @Fallback
    Object doOther(Object left, Object right) {
        return general(BinaryOperator.MULTIPLY, left, right);
    }
}
