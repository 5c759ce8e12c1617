package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.frame.VirtualFrame;
import dev.meso.language.typed.Cell;

/** A variable that lives in a cell: captured by a function, or of the module. */
final class ReadCellNode extends MesoNode {
    private final String name;

    @Child
    private MesoNode cell;

    ReadCellNode(MesoNode cell, String name) {
        this.cell = cell;
        this.name = name;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        Cell found = (Cell) cell.executeGeneric(frame);
        Object value = found == null ? null : found.value;
        if (value == null) {
            CompilerDirectives.transferToInterpreter();
            throw Mistakes.undefined(this, name);
        }
        return value;
    }
}
