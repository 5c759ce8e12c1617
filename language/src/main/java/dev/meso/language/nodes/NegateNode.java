package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Fallback;
import com.oracle.truffle.api.dsl.NodeChild;
import com.oracle.truffle.api.dsl.Specialization;
import dev.meso.language.value.Operators;
import dev.meso.runtime.error.MesoException;

/** {@code -operand}. */
@NodeChild("operand")
abstract class NegateNode extends MesoNode {
    @Specialization
    long doLong(long operand) {
        if (operand == Long.MIN_VALUE) {
            doOther(operand);
        }
        return -operand;
    }

    @Specialization
    double doDouble(double operand) {
        return -operand;
    }

    @Fallback
    @TruffleBoundary
    Object doOther(Object operand) {
        try {
            return Operators.negate(operand);
        } catch (MesoException e) {
            throw error(e);
        }
    }
}
