package dev.meso.language.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;

/** A constant long. */
final class LongConstantNode extends MesoNode {
    private final long value;

    LongConstantNode(long value) {
        this.value = value;
    }

    @Override
    public long executeLong(VirtualFrame frame) {
        return value;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        return value;
    }
}
