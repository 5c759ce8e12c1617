package dev.meso.language.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import dev.meso.language.typed.Cell;
import dev.meso.language.value.NoneValue;

/** Defines a captured variable: a new cell each time, so each turn of a loop has its own. */
final class DefineCellNode extends MesoNode {
    private final int slot;

    @Child
    private MesoNode value;

    DefineCellNode(int slot, MesoNode value) {
        this.slot = slot;
        this.value = value;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        frame.setObject(slot, new Cell(value.executeGeneric(frame)));
        return NoneValue.NONE;
    }
}
