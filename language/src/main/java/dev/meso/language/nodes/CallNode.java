package dev.meso.language.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import dev.meso.language.MesoContext;
import dev.meso.language.ast.Span;
import dev.meso.language.value.PlotValue;
import dev.meso.runtime.error.MesoException;

/** A call: evaluates what is called, then the arguments in order, and dispatches. */
final class CallNode extends MesoNode {
    @Child
    private MesoNode callee;

    @Children
    private final MesoNode[] arguments;

    @Child
    private DispatchNode dispatch;

    /** @param named the names of the last arguments */
    CallNode(MesoNode callee, MesoNode[] arguments, String[] named) {
        this.callee = callee;
        this.arguments = arguments;
        this.dispatch = DispatchNodeGen.create(arguments.length - named.length, named);
    }

    @Override
    @ExplodeLoop
    public Object executeGeneric(VirtualFrame frame) {
        Object function = callee.executeGeneric(frame);
        Object[] given = new Object[arguments.length];
        for (int i = 0; i < given.length; i++) {
            given[i] = arguments[i].executeGeneric(frame);
        }
        return dispatch.execute(function, given);
    }

    /** A picture that nobody keeps is meant to be seen: it is written to a file. */
    @Override
    public void executeVoid(VirtualFrame frame) {
        if (executeGeneric(frame) instanceof PlotValue plot) {
            try {
                plot.show(MesoContext.get(this));
            } catch (MesoException e) {
                throw Mistakes.at(this, e);
            }
        }
    }

    /** Where argument {@code index}, counted as written, stands. */
    Span argumentSpan(int index) {
        return index >= 0 && index < arguments.length ? arguments[index].span() : span();
    }

    Span calleeSpan() {
        return callee.span();
    }
}
