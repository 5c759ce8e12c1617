package dev.meso.language.nodes;

import com.oracle.truffle.api.dsl.Specialization;
import dev.meso.language.ast.ComparisonOperator;

/** {@code left in right}. */
abstract class InNode extends CompareNode {
    @Specialization
    Object doAny(Object left, Object right) {
        return general(ComparisonOperator.IN, left, right);
    }
}
