package dev.meso.language.nodes;

import com.oracle.truffle.api.dsl.Specialization;
import dev.meso.language.ast.ComparisonOperator;

/** {@code left not in right}. */
abstract class NotInNode extends CompareNode {
    @Specialization
    Object doAny(Object left, Object right) {
        return general(ComparisonOperator.NOT_IN, left, right);
    }
}
