package dev.meso.language.value;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;

/** A mistake in one argument of a call: the diagnostic points at that argument. */
public final class ArgumentException extends MesoException {
    private static final long serialVersionUID = 1L;

    private final int parameter;
    private final int argument;

    private ArgumentException(int parameter, int argument, ErrorCode code, String message, String... notes) {
        super(code, message, notes);
        this.parameter = parameter;
        this.argument = argument;
    }

    /** A wrong argument for the parameter of this index; -1 for the call as a whole. */
    public ArgumentException(ErrorCode code, int parameter, String message, String... notes) {
        this(parameter, -1, code, message, notes);
    }

    /** The same of another parameter. */
    public ArgumentException of(int otherParameter) {
        return new ArgumentException(otherParameter, argument, code(), getMessage(), notes().toArray(String[]::new));
    }

    /** An argument, counted as written, that finds no parameter. */
    static ArgumentException ofArgument(ErrorCode code, int argument, String message, String... notes) {
        return new ArgumentException(-1, argument, code, message, notes);
    }

    /** Index of the parameter, or -1. */
    public int parameter() {
        return parameter;
    }

    /** Index of the argument as written, positional ones first, or -1. */
    public int argument() {
        return argument;
    }
}
