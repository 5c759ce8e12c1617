package dev.meso.language.nodes;

import com.oracle.truffle.api.nodes.ControlFlowException;

/** Leaves the innermost loop. */
final class BreakException extends ControlFlowException {
    private static final long serialVersionUID = 1L;
    static final BreakException INSTANCE = new BreakException();
}
