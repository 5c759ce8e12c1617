package dev.meso.language.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;

/** A constant double. */
final class DoubleConstantNode extends MesoNode {
    private final double value;

    DoubleConstantNode(double value) {
        this.value = value;
    }

    @Override
    public double executeDouble(VirtualFrame frame) {
        return value;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        return value;
    }
}
