package dev.meso.language;

import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.TruffleSafepoint;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import dev.meso.runtime.task.Monitor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Lets the host stop long computations: a checkpoint is a safepoint of the polyglot engine, so cancelling or interrupting
 * the context reaches into kernels. Only called on the thread that entered the context.
 */
final class HostMonitor implements Monitor {
    private static final long MILLISECONDS_BETWEEN_LINES = 100;
    private static final long MILLISECONDS_BETWEEN_QUESTIONS = 50;
    private static final String ENDING = "meso.ending";

    private final TruffleLanguage.Env env;
    private final boolean visible;
    private long lastWritten;
    private long lastAsked;

    HostMonitor(TruffleLanguage.Env env, boolean visible) {
        this.env = env;
        this.visible = visible;
    }

    @Override
    public void checkpoint() {
        TruffleSafepoint.pollHere(null);
    }

    /**
     * What the host's function {@link #ENDING} among the polyglot bindings says, at most every 50 ms. An interrupt of the context could not
     * serve: it lasts until the thread has left.
     */
    @Override
    public boolean ending() {
        long now = System.nanoTime() / 1_000_000;
        if (now - lastAsked < MILLISECONDS_BETWEEN_QUESTIONS || !env.isPolyglotBindingsAccessAllowed()) {
            return false;
        }
        lastAsked = now;
        InteropLibrary interop = InteropLibrary.getUncached();
        try {
            Object bindings = env.getPolyglotBindings();
            return interop.isMemberReadable(bindings, ENDING)
                    && interop.asBoolean(interop.execute(interop.readMember(bindings, ENDING)));
        } catch (InteropException e) {
            return false;
        }
    }

    @Override
    public void progress(String what, long done, long total) {
        if (!visible) {
            return;
        }
        long now = System.nanoTime() / 1_000_000;
        boolean last = done >= total;
        if (!last && now - lastWritten < MILLISECONDS_BETWEEN_LINES) {
            return;
        }
        lastWritten = now;
        // Lines vary in length: what is left of a longer one before is cleared.
        String line = "\r" + what + " " + done + "/" + total + "\u001b[K" + (last ? "\r\u001b[K" : "");
        try {
            env.err().write(line.getBytes(StandardCharsets.UTF_8));
            env.err().flush();
        } catch (IOException e) {
            // Progress that cannot be shown is no reason to stop.
        }
    }
}
