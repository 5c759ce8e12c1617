package dev.meso.language.nodes;

import com.oracle.truffle.api.dsl.Fallback;
import com.oracle.truffle.api.dsl.Specialization;
import dev.meso.language.ast.BinaryOperator;

/** {@code left / right}: always a number with a fraction; dividing by 0 gives inf or nan. */
abstract class DivideNode extends BinaryNode {
    @Specialization
    double doLong(long left, long right) {
        return (double) left / right;
    }

    @Specialization
    double doDouble(double left, double right) {
        return left / right;
    }

    @Fallback
    Object doOther(Object left, Object right) {
        return general(BinaryOperator.DIVIDE, left, right);
    }
}
