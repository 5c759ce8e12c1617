package dev.meso.runtime.error;

import java.util.List;

/**
 * A mistake of the user that the runtime found: what is wrong in one sentence, and what to try. It never means a defect
 * of Meso; those are other exceptions. The language turns it into a diagnostic at the source that caused it.
 */
public class MesoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;
    private final transient List<String> notes;

    public MesoException(ErrorCode code, String message, String... notes) {
        super(message);
        this.code = code;
        this.notes = List.of(notes);
    }

    public ErrorCode code() {
        return code;
    }

    /** Further sentences: what was found, what was expected, what to try next. */
    public List<String> notes() {
        return notes;
    }
}
