package dev.meso.language.nodes;

import com.oracle.truffle.api.dsl.Fallback;
import com.oracle.truffle.api.dsl.Specialization;
import dev.meso.language.ast.BinaryOperator;

/** {@code left % right}: what division towards 0 leaves, with the sign of the left side. */
abstract class RemainderNode extends BinaryNode {
    @Specialization(guards = "right != 0")
    long doLong(long left, long right) {
        return left % right;
    }

    // Whole numbers by 0 are an error, doubles by 0 are nan, so one must not turn into the other.
    @Specialization(guards = "isNotZero(right)")
    double doDouble(double left, double right) {
        return left % right;
    }

    static boolean isNotZero(double x) {
        return x != 0;
    }

    @Fallback
    Object doOther(Object left, Object right) {
        return general(BinaryOperator.REMAINDER, left, right);
    }
}
