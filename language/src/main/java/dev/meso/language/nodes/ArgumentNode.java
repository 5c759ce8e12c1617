package dev.meso.language.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;

/** An argument of the running function, or its default, which is evaluated here, in the function. */
final class ArgumentNode extends MesoNode {
    private final int index;

    @Child
    private MesoNode otherwise;

    /** @param otherwise the default, or null where the argument is always given */
    ArgumentNode(int index, MesoNode otherwise) {
        this.index = index;
        this.otherwise = otherwise;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        Object value = frame.getArguments()[index + 1];
        if (otherwise != null && value == null) {
            return otherwise.executeGeneric(frame);
        }
        return value;
    }
}
