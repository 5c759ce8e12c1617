package dev.meso.language.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;

/** Text, none, a quantity, a unit, a built-in: any value known when the program is built. */
final class ConstantNode extends MesoNode {
    private final Object value;

    ConstantNode(Object value) {
        this.value = value;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        return value;
    }
}
