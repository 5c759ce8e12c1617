package dev.meso.language.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;

/** {@code left and right}: the right side only where the left does not decide. */
final class AndNode extends MesoNode {
    private static final String USE = "`and`";

    @Child
    private MesoNode left;

    @Child
    private MesoNode right;

    AndNode(MesoNode left, MesoNode right) {
        this.left = left;
        this.right = right;
    }

    @Override
    public boolean executeBoolean(VirtualFrame frame) {
        return left.executeCondition(frame, USE) && right.executeCondition(frame, USE);
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        return executeBoolean(frame);
    }
}
