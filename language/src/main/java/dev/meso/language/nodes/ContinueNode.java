package dev.meso.language.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;

/** {@code continue}. */
final class ContinueNode extends MesoNode {
    @Override
    public Object executeGeneric(VirtualFrame frame) {
        throw ContinueException.INSTANCE;
    }
}
