package dev.meso.language.nodes;

import com.oracle.truffle.api.nodes.ControlFlowException;

/** Goes on with the next turn of the innermost loop. */
final class ContinueException extends ControlFlowException {
    private static final long serialVersionUID = 1L;
    static final ContinueException INSTANCE = new ContinueException();
}
