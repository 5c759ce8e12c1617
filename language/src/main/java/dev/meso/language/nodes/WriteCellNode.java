package dev.meso.language.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import dev.meso.language.typed.Cell;
import dev.meso.language.value.NoneValue;

/** Assigns to a variable that lives in a cell. */
final class WriteCellNode extends MesoNode {
    @Child
    private MesoNode cell;

    @Child
    private MesoNode value;

    WriteCellNode(MesoNode cell, MesoNode value) {
        this.cell = cell;
        this.value = value;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        Object result = value.executeGeneric(frame);
        ((Cell) cell.executeGeneric(frame)).value = result;
        return NoneValue.NONE;
    }
}
