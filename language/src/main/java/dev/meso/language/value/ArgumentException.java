package dev.meso.language.value;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;

/** A mistake in one argument of a call: the diagnostic points at that argument. */
public final class ArgumentException extends MesoException {
    private static final long serialVersionUID = 1L;

    private final int parameter;

    /** @param parameter index of the parameter whose argument is wrong, or -1 for the call as a whole */
    public ArgumentException(ErrorCode code, int parameter, String message, String... notes) {
        super(code, message, notes);
        this.parameter = parameter;
    }

    public int parameter() {
        return parameter;
    }
}
