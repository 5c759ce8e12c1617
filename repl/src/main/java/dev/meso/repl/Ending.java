package dev.meso.repl;

import java.util.concurrent.atomic.AtomicBoolean;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/**
 * The wish that a running fit comes to a good end: it keeps its best state, and the program goes on. The language asks for it through a
 * polyglot binding; nothing else hears it.
 */
final class Ending {
    private static final String BINDING = "meso.ending";
    private static final long PATIENCE_MILLISECONDS = 500;
    private static final long STEP_MILLISECONDS = 10;

    private final AtomicBoolean wanted = new AtomicBoolean();

    /** From now on programs of this context hear of the wish. */
    void offer(Context context) {
        ProxyExecutable taken = arguments -> wanted.getAndSet(false);
        context.getPolyglotBindings().putMember(BINDING, taken);
    }

    /** Whether a fit runs that takes the wish. Waits half a second for it. */
    boolean taken() {
        wanted.set(true);
        try {
            for (long waited = 0; waited < PATIENCE_MILLISECONDS && wanted.get(); waited += STEP_MILLISECONDS) {
                Thread.sleep(STEP_MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !wanted.getAndSet(false);
    }
}
