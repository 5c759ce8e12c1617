package dev.meso.language.nodes;

import com.oracle.truffle.api.dsl.Fallback;
import com.oracle.truffle.api.dsl.Specialization;
import dev.meso.language.ast.BinaryOperator;

/** {@code left + right}: a sum; text is joined. */
abstract class AddNode extends BinaryNode {
    @Specialization
    long doLong(long left, long right) {
        try {
            return Math.addExact(left, right);
        } catch (ArithmeticException e) {
            throw overflow(BinaryOperator.ADD, left, right);
        }
    }

    @Specialization
    double doDouble(double left, double right) {
        return left + right;
    }

    @Fallback
    Object doOther(Object left, Object right) {
        return general(BinaryOperator.ADD, left, right);
    }
}
