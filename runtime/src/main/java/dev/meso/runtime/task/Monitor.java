package dev.meso.runtime.task;

/**
 * How a long computation hears that it should stop and tells how far it is. Kernels call {@link #checkpoint} at least
 * every few milliseconds; it returns at once or throws.
 */
public interface Monitor {
    /** Neither stops nor reports. */
    Monitor NONE = new Monitor() {};

    /** Throws (a {@code CancelledException} or the host's own) when the computation should stop. */
    default void checkpoint() {}

    /** Whether {@link #checkpoint} threw this, and work that can keep what it has may end well. */
    default boolean stopped(Throwable thrown) {
        return thrown instanceof CancelledException;
    }

    /**
     * Whether work that can keep what it has should come to a good end now; other work is not concerned. Saying so takes the wish back.
     * Only ever called on the caller's thread.
     */
    default boolean ending() {
        return false;
    }

    /** {@code done} of {@code total} units of {@code what} are finished; only ever called on the caller's thread. */
    default void progress(String what, long done, long total) {}
}
