package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.frame.VirtualFrame;
import dev.meso.language.typed.Cell;

/** A cell that the running function closes over. */
final class CapturedCellNode extends MesoNode {
    private final int index;

    CapturedCellNode(int index) {
        this.index = index;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        return CompilerDirectives.castExact(frame.getArguments()[0], Cell[].class)[index];
    }
}
