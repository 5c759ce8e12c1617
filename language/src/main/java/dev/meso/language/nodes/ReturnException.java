package dev.meso.language.nodes;

import com.oracle.truffle.api.nodes.ControlFlowException;

/** Leaves a function with a value. */
final class ReturnException extends ControlFlowException {
    private static final long serialVersionUID = 1L;

    private final transient Object value;

    ReturnException(Object value) {
        this.value = value;
    }

    Object value() {
        return value;
    }
}
