package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.NodeChild;
import com.oracle.truffle.api.dsl.Specialization;
import dev.meso.language.value.Operators;
import dev.meso.runtime.error.MesoException;

/** {@code target[from..to]}, both ends included; an open end is none. */
@NodeChild("target")
@NodeChild("from")
@NodeChild("to")
abstract class SliceNode extends MesoNode {
    @Specialization
    @TruffleBoundary
    Object doAny(Object target, Object from, Object to) {
        try {
            return Operators.slice(target, from, to);
        } catch (MesoException e) {
            throw error(e);
        }
    }
}
