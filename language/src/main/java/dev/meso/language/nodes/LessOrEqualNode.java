package dev.meso.language.nodes;

import com.oracle.truffle.api.dsl.Fallback;
import com.oracle.truffle.api.dsl.Specialization;
import dev.meso.language.ast.ComparisonOperator;

/** {@code left <= right}. */
abstract class LessOrEqualNode extends CompareNode {
    @Specialization
    boolean doLong(long left, long right) {
        return left <= right;
    }

    @Specialization
    boolean doDouble(double left, double right) {
        return left <= right;
    }

    @Fallback
    Object doOther(Object left, Object right) {
        return general(ComparisonOperator.LESS_OR_EQUAL, left, right);
    }
}
