package dev.meso.language.nodes;

import com.oracle.truffle.api.dsl.Fallback;
import com.oracle.truffle.api.dsl.Specialization;
import dev.meso.language.ast.BinaryOperator;

/** {@code left ^ right}: whole where both are and the exponent is not negative. */
abstract class PowerNode extends BinaryNode {
    /** Both whole: the result may be whole or not, so it is boxed unless the exponent is 2. */
    @Specialization(guards = "right == 2")
    long doSquare(long left, long right) {
        try {
            return Math.multiplyExact(left, left);
        } catch (ArithmeticException e) {
            throw overflow(BinaryOperator.POWER, left, right);
        }
    }

    @Specialization(guards = "right == 2")
    double doSquare(double left, @SuppressWarnings("unused") long right) {
        return left * left;
    }

    @Specialization
    Object doLong(long left, long right) {
        return general(BinaryOperator.POWER, left, right);
    }

    @Specialization
    double doDouble(double left, double right) {
        return Math.pow(left, right);
    }

    @Fallback
    Object doOther(Object left, Object right) {
        return general(BinaryOperator.POWER, left, right);
    }
}
