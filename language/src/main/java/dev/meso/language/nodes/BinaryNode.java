package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.NodeChild;
import dev.meso.language.ast.BinaryOperator;
import dev.meso.language.ast.Span;
import dev.meso.language.value.Operators;
import dev.meso.runtime.error.MesoException;

/** An operation with two sides. */
@NodeChild("left")
@NodeChild("right")
abstract class BinaryNode extends MesoNode {
    private Span operatorSpan;

    /** Where the sign stands; messages point there. */
    final BinaryNode sign(Span span) {
        operatorSpan = span;
        return this;
    }

    @TruffleBoundary
    final Object general(BinaryOperator operator, Object left, Object right) {
        try {
            return Operators.binary(operator, left, right);
        } catch (MesoException e) {
            throw Mistakes.at(this, operatorSpan == null ? span() : operatorSpan, e);
        }
    }

    @TruffleBoundary
    final RuntimeException overflow(BinaryOperator operator, long left, long right) {
        return Mistakes.at(
                this, operatorSpan == null ? span() : operatorSpan, Operators.overflow(operator, left, right));
    }
}
