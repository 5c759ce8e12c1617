package dev.meso.language.nodes;

import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import dev.meso.language.typed.Cell;
import dev.meso.language.typed.FunctionCode;
import dev.meso.language.value.FunctionValue;
import dev.meso.language.value.Signature;

/** Makes a function from its code and the cells it mentions. */
final class ClosureNode extends MesoNode {
    private final RootCallTarget target;
    private final FunctionCode code;
    private final Signature signature;

    @Children
    private final MesoNode[] cells;

    ClosureNode(RootCallTarget target, FunctionCode code, MesoNode[] cells) {
        this.target = target;
        this.code = code;
        this.signature = FunctionValue.signatureOf(code);
        this.cells = cells;
    }

    @Override
    @ExplodeLoop
    public Object executeGeneric(VirtualFrame frame) {
        Cell[] captured = new Cell[cells.length];
        for (int i = 0; i < captured.length; i++) {
            captured[i] = (Cell) cells[i].executeGeneric(frame);
        }
        return new FunctionValue(target, code, signature, captured);
    }
}
