package dev.meso.runtime.task;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;

/** The computation was stopped on request. */
public final class CancelledException extends MesoException {
    private static final long serialVersionUID = 1L;

    public CancelledException() {
        super(ErrorCode.CANCELLED, "stopped before it was done");
    }
}
