package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.TypeSystemReference;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.nodes.UnexpectedResultException;
import com.oracle.truffle.api.source.SourceSection;
import dev.meso.language.MesoError;
import dev.meso.language.ast.Span;
import dev.meso.language.value.Values;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;

/** Something that is evaluated. Keeps its place in the source as two numbers. */
@TypeSystemReference(MesoTypes.class)
public abstract class MesoNode extends Node {
    private int start;
    private int length;

    public abstract Object executeGeneric(VirtualFrame frame);

    public long executeLong(VirtualFrame frame) throws UnexpectedResultException {
        Object value = executeGeneric(frame);
        if (value instanceof Long result) {
            return result;
        }
        CompilerDirectives.transferToInterpreterAndInvalidate();
        throw new UnexpectedResultException(value);
    }

    public double executeDouble(VirtualFrame frame) throws UnexpectedResultException {
        Object value = executeGeneric(frame);
        if (value instanceof Double result) {
            return result;
        }
        CompilerDirectives.transferToInterpreterAndInvalidate();
        throw new UnexpectedResultException(value);
    }

    public boolean executeBoolean(VirtualFrame frame) throws UnexpectedResultException {
        Object value = executeGeneric(frame);
        if (value instanceof Boolean result) {
            return result;
        }
        CompilerDirectives.transferToInterpreterAndInvalidate();
        throw new UnexpectedResultException(value);
    }

    /** For statements, whose value nobody wants. */
    public void executeVoid(VirtualFrame frame) {
        executeGeneric(frame);
    }

    /** True or false, strictly; {@code use} is what it is for, {@code "`if`"}. */
    final boolean executeCondition(VirtualFrame frame, String use) {
        try {
            return executeBoolean(frame);
        } catch (UnexpectedResultException e) {
            CompilerDirectives.transferToInterpreter();
            throw error(ErrorCode.WRONG_TYPE, use + " needs true or false, not " + Values.describe(e.getResult()));
        }
    }

    // ---- place and mistakes ---------------------------------------------------------------------------------------

    /** Sets the place; for the builder. */
    final void at(Span span) {
        start = span.start();
        length = span.length();
    }

    public final Span span() {
        return new Span(start, start + length);
    }

    @Override
    @TruffleBoundary
    public SourceSection getSourceSection() {
        RootNode root = getRootNode();
        if (root instanceof MesoRootNode meso) {
            int size = meso.source().getLength();
            int from = Math.min(start, size);
            return meso.source().createSection(from, Math.min(length, size - from));
        }
        return null;
    }

    /** A mistake of the program at this node. */
    @TruffleBoundary
    final MesoError error(ErrorCode code, String message, String... notes) {
        return Mistakes.at(this, new MesoException(code, message, notes));
    }

    /** A mistake the runtime found, at this node. */
    @TruffleBoundary
    final MesoError error(MesoException mistake) {
        return Mistakes.at(this, mistake);
    }
}
