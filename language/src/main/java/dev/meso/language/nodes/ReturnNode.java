package dev.meso.language.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import dev.meso.language.value.NoneValue;

/** {@code return value}. */
final class ReturnNode extends MesoNode {
    @Child
    private MesoNode value;

    /** @param value may be null */
    ReturnNode(MesoNode value) {
        this.value = value;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        throw new ReturnException(value == null ? NoneValue.NONE : value.executeGeneric(frame));
    }
}
