package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Fallback;
import com.oracle.truffle.api.dsl.NodeChild;
import com.oracle.truffle.api.dsl.Specialization;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.Operators;
import dev.meso.runtime.error.MesoException;

/** {@code target[index]}; negative indexes count from the end. */
@NodeChild("target")
@NodeChild("index")
abstract class IndexNode extends MesoNode {
    @Specialization
    long doLongs(ListValue.Longs target, long index) {
        return target.items()[place(index, target.items().length)];
    }

    @Specialization
    double doDoubles(ListValue.Doubles target, long index) {
        return target.items()[place(index, target.items().length)];
    }

    @Specialization
    Object doList(ListValue target, long index) {
        return target.get(place(index, target.length()));
    }

    @Fallback
    @TruffleBoundary
    Object doOther(Object target, Object index) {
        try {
            return Operators.index(target, index);
        } catch (MesoException e) {
            throw error(e);
        }
    }

    private int place(long index, int length) {
        long place = index < 0 ? index + length : index;
        if (place < 0 || place >= length) {
            CompilerDirectives.transferToInterpreter();
            throw error(Operators.outOfRange(index, length, "list"));
        }
        return (int) place;
    }
}
