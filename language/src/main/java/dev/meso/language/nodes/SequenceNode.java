package dev.meso.language.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.nodes.UnexpectedResultException;

/** Statements one after another; the value is the last one's. */
final class SequenceNode extends MesoNode {
    @Children
    private final MesoNode[] items;

    /** @param items at least one */
    SequenceNode(MesoNode[] items) {
        this.items = items;
    }

    @ExplodeLoop
    private MesoNode runAllButLast(VirtualFrame frame) {
        for (int i = 0; i < items.length - 1; i++) {
            items[i].executeVoid(frame);
        }
        return items[items.length - 1];
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        return runAllButLast(frame).executeGeneric(frame);
    }

    @Override
    public long executeLong(VirtualFrame frame) throws UnexpectedResultException {
        return runAllButLast(frame).executeLong(frame);
    }

    @Override
    public double executeDouble(VirtualFrame frame) throws UnexpectedResultException {
        return runAllButLast(frame).executeDouble(frame);
    }

    @Override
    public boolean executeBoolean(VirtualFrame frame) throws UnexpectedResultException {
        return runAllButLast(frame).executeBoolean(frame);
    }

    @Override
    public void executeVoid(VirtualFrame frame) {
        runAllButLast(frame).executeVoid(frame);
    }
}
