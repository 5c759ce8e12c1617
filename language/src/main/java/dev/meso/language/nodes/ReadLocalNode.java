package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.dsl.NodeField;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.frame.VirtualFrame;

/** A variable in a slot of the frame, unboxed where it always held one kind of number. */
@NodeField(name = "slot", type = int.class)
@NodeField(name = "name", type = String.class)
abstract class ReadLocalNode extends MesoNode {
    abstract int getSlot();

    abstract String getName();

    @Specialization(guards = "frame.isLong(getSlot())")
    long readLong(VirtualFrame frame) {
        return frame.getLong(getSlot());
    }

    @Specialization(guards = "frame.isDouble(getSlot())")
    double readDouble(VirtualFrame frame) {
        return frame.getDouble(getSlot());
    }

    @Specialization(guards = "frame.isBoolean(getSlot())")
    boolean readBoolean(VirtualFrame frame) {
        return frame.getBoolean(getSlot());
    }

    @Specialization(replaces = {"readLong", "readDouble", "readBoolean"})
    Object readObject(VirtualFrame frame) {
        Object value;
        if (frame.isObject(getSlot())) {
            value = frame.getObject(getSlot());
        } else {
            // Written before the slot became general: keep it so, reads stay fast.
            CompilerDirectives.transferToInterpreter();
            value = frame.getValue(getSlot());
            frame.setObject(getSlot(), value);
        }
        if (value == null) {
            CompilerDirectives.transferToInterpreter();
            throw Mistakes.undefined(this, getName());
        }
        return value;
    }
}
