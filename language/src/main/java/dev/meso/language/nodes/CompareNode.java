package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.NodeChild;
import dev.meso.language.ast.ComparisonOperator;
import dev.meso.language.value.Operators;
import dev.meso.runtime.error.MesoException;

/** A comparison of two sides. Columns are compared row by row. */
@NodeChild("left")
@NodeChild("right")
abstract class CompareNode extends MesoNode {
    /** The same on values already computed, for chains. */
    abstract Object executeWith(Object left, Object right);

    @TruffleBoundary
    final Object general(ComparisonOperator operator, Object left, Object right) {
        try {
            return Operators.compare(operator, left, right);
        } catch (MesoException e) {
            throw error(e);
        }
    }

    static CompareNode create(ComparisonOperator operator, MesoNode left, MesoNode right) {
        return switch (operator) {
            case EQUAL -> EqualNodeGen.create(left, right);
            case NOT_EQUAL -> NotEqualNodeGen.create(left, right);
            case LESS -> LessNodeGen.create(left, right);
            case LESS_OR_EQUAL -> LessOrEqualNodeGen.create(left, right);
            case GREATER -> GreaterNodeGen.create(left, right);
            case GREATER_OR_EQUAL -> GreaterOrEqualNodeGen.create(left, right);
            case IN -> InNodeGen.create(left, right);
            case NOT_IN -> NotInNodeGen.create(left, right);
        };
    }
}
