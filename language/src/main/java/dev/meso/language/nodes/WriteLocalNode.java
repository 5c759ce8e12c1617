package dev.meso.language.nodes;

import com.oracle.truffle.api.dsl.NodeChild;
import com.oracle.truffle.api.dsl.NodeField;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.dsl.TypeSystemReference;
import com.oracle.truffle.api.frame.FrameSlotKind;
import com.oracle.truffle.api.frame.VirtualFrame;
import dev.meso.language.value.NoneValue;

/**
 * Writes a slot of the frame. A slot that has held only whole numbers, only doubles or only truth values holds them
 * unboxed; with the first other value it becomes general for good.
 */
@TypeSystemReference(PlainTypes.class)
@NodeChild("value")
@NodeField(name = "slot", type = int.class)
abstract class WriteLocalNode extends MesoNode {
    abstract int getSlot();

    @Specialization(guards = "isKind(frame, LONG)")
    Object writeLong(VirtualFrame frame, long value) {
        frame.getFrameDescriptor().setSlotKind(getSlot(), FrameSlotKind.Long);
        frame.setLong(getSlot(), value);
        return NoneValue.NONE;
    }

    @Specialization(guards = "isKind(frame, DOUBLE)")
    Object writeDouble(VirtualFrame frame, double value) {
        frame.getFrameDescriptor().setSlotKind(getSlot(), FrameSlotKind.Double);
        frame.setDouble(getSlot(), value);
        return NoneValue.NONE;
    }

    @Specialization(guards = "isKind(frame, BOOLEAN)")
    Object writeBoolean(VirtualFrame frame, boolean value) {
        frame.getFrameDescriptor().setSlotKind(getSlot(), FrameSlotKind.Boolean);
        frame.setBoolean(getSlot(), value);
        return NoneValue.NONE;
    }

    @Specialization(replaces = {"writeLong", "writeDouble", "writeBoolean"})
    Object writeObject(VirtualFrame frame, Object value) {
        frame.getFrameDescriptor().setSlotKind(getSlot(), FrameSlotKind.Object);
        frame.setObject(getSlot(), value);
        return NoneValue.NONE;
    }

    static final FrameSlotKind LONG = FrameSlotKind.Long;
    static final FrameSlotKind DOUBLE = FrameSlotKind.Double;
    static final FrameSlotKind BOOLEAN = FrameSlotKind.Boolean;

    final boolean isKind(VirtualFrame frame, FrameSlotKind kind) {
        FrameSlotKind now = frame.getFrameDescriptor().getSlotKind(getSlot());
        return now == kind || now == FrameSlotKind.Illegal;
    }
}
