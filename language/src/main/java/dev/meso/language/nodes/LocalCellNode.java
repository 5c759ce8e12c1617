package dev.meso.language.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;

/** The cell in a slot of this frame; null before the definition. */
final class LocalCellNode extends MesoNode {
    private final int slot;

    LocalCellNode(int slot) {
        this.slot = slot;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        return frame.getObject(slot);
    }
}
