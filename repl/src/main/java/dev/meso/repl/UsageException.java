package dev.meso.repl;

/** A command line that asks for nothing Meso does: one sentence that says what was found and what was expected. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
