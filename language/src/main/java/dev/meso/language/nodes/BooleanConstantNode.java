package dev.meso.language.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;

/** A constant boolean. */
final class BooleanConstantNode extends MesoNode {
    private final boolean value;

    BooleanConstantNode(boolean value) {
        this.value = value;
    }

    @Override
    public boolean executeBoolean(VirtualFrame frame) {
        return value;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        return value;
    }
}
