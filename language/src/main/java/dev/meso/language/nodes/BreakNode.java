package dev.meso.language.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;

/** {@code break}. */
final class BreakNode extends MesoNode {
    @Override
    public Object executeGeneric(VirtualFrame frame) {
        throw BreakException.INSTANCE;
    }
}
