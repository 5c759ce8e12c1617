package dev.meso.language.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;

/** {@code not operand}. */
final class NotNode extends MesoNode {
    @Child
    private MesoNode operand;

    NotNode(MesoNode operand) {
        this.operand = operand;
    }

    @Override
    public boolean executeBoolean(VirtualFrame frame) {
        return !operand.executeCondition(frame, "`not`");
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        return executeBoolean(frame);
    }
}
