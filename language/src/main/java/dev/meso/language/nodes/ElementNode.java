package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.NodeField;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.frame.VirtualFrame;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.MesoValue;
import dev.meso.language.value.RangeValue;

/** The element a loop has come to. */
@NodeField(name = "state", type = int.class)
abstract class ElementNode extends MesoNode {
    abstract int getState();

    final Object sequence(VirtualFrame frame) {
        return frame.getObject(getState() + ForNode.SEQUENCE);
    }

    final long place(VirtualFrame frame) {
        return frame.getLong(getState() + ForNode.PLACE);
    }

    final boolean isRange(VirtualFrame frame) {
        return sequence(frame) instanceof RangeValue;
    }

    final boolean isLongs(VirtualFrame frame) {
        return sequence(frame) instanceof ListValue.Longs;
    }

    final boolean isDoubles(VirtualFrame frame) {
        return sequence(frame) instanceof ListValue.Doubles;
    }

    @Specialization(guards = "isRange(frame)")
    long doRange(VirtualFrame frame) {
        return ((RangeValue) sequence(frame)).get(place(frame));
    }

    @Specialization(guards = "isLongs(frame)")
    long doLongs(VirtualFrame frame) {
        return ((ListValue.Longs) sequence(frame)).items()[(int) place(frame)];
    }

    @Specialization(guards = "isDoubles(frame)")
    double doDoubles(VirtualFrame frame) {
        return ((ListValue.Doubles) sequence(frame)).items()[(int) place(frame)];
    }

    @Specialization(replaces = {"doRange", "doLongs", "doDoubles"})
    Object doOther(VirtualFrame frame) {
        return element((MesoValue) sequence(frame), place(frame));
    }

    @TruffleBoundary
    private static Object element(MesoValue sequence, long place) {
        return sequence.element(place);
    }
}
