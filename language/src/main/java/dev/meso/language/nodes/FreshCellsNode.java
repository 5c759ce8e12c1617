package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import dev.meso.language.typed.Cell;
import dev.meso.language.value.NoneValue;

/** Gives variables that functions mention before their definition an empty cell. */
final class FreshCellsNode extends MesoNode {
    @CompilationFinal(dimensions = 1)
    private final int[] slots;

    FreshCellsNode(int[] slots) {
        this.slots = slots;
    }

    @Override
    @ExplodeLoop
    public Object executeGeneric(VirtualFrame frame) {
        for (int slot : slots) {
            frame.setObject(slot, new Cell());
        }
        return NoneValue.NONE;
    }
}
