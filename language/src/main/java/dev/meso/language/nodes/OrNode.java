package dev.meso.language.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;

/** {@code left or right}: the right side only where the left does not decide. */
final class OrNode extends MesoNode {
    private static final String USE = "`or`";

    @Child
    private MesoNode left;

    @Child
    private MesoNode right;

    OrNode(MesoNode left, MesoNode right) {
        this.left = left;
        this.right = right;
    }

    @Override
    public boolean executeBoolean(VirtualFrame frame) {
        return left.executeCondition(frame, USE) || right.executeCondition(frame, USE);
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        return executeBoolean(frame);
    }
}
