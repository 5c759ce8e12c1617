package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import dev.meso.language.value.Operators;
import dev.meso.runtime.error.MesoException;

/** {@code a < b <= c}: each operand is evaluated once, and none after the first link that fails. */
final class ChainNode extends MesoNode {
    @Children
    private final MesoNode[] operands;

    @Children
    private final CompareNode[] links;

    ChainNode(MesoNode[] operands, CompareNode[] links) {
        this.operands = operands;
        this.links = links;
    }

    @Override
    @ExplodeLoop
    public Object executeGeneric(VirtualFrame frame) {
        Object left = operands[0].executeGeneric(frame);
        Object result = true;
        for (int i = 0; i < links.length; i++) {
            Object right = operands[i + 1].executeGeneric(frame);
            Object link = links[i].executeWith(left, right);
            result = i == 0 ? link : both(result, link);
            if (result instanceof Boolean holds && !holds) {
                return false;
            }
            left = right;
        }
        return result;
    }

    @TruffleBoundary
    private Object both(Object left, Object right) {
        if (left instanceof Boolean && right instanceof Boolean) {
            return (Boolean) left && (Boolean) right;
        }
        try {
            return Operators.and(left, right);
        } catch (MesoException e) {
            throw error(e);
        }
    }
}
