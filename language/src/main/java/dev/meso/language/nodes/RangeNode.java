package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Fallback;
import com.oracle.truffle.api.dsl.NodeChild;
import com.oracle.truffle.api.dsl.Specialization;
import dev.meso.language.value.Operators;
import dev.meso.language.value.RangeValue;
import dev.meso.runtime.error.MesoException;

/** {@code from..to step s}. Ranges of other numbers than whole ones are lists. */
@NodeChild("from")
@NodeChild("to")
@NodeChild("step")
abstract class RangeNode extends MesoNode {
    @Specialization
    Object doLong(long from, long to, long step) {
        try {
            return RangeValue.of(from, to, step);
        } catch (MesoException e) {
            throw error(e);
        }
    }

    @Fallback
    @TruffleBoundary
    Object doOther(Object from, Object to, Object step) {
        try {
            return Operators.range(from, to, step);
        } catch (MesoException e) {
            throw error(e);
        }
    }
}
