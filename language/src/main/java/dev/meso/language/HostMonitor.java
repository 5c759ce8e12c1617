package dev.meso.language;

import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.TruffleSafepoint;
import com.oracle.truffle.api.interop.ExceptionType;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import dev.meso.runtime.task.CancelledException;
import dev.meso.runtime.task.Monitor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Lets the host stop long computations: a checkpoint is a safepoint of the polyglot engine, so cancelling or interrupting
 * the context reaches into kernels. Only called on the thread that entered the context.
 */
final class HostMonitor implements Monitor {
    private static final long MILLISECONDS_BETWEEN_LINES = 100;

    private final TruffleLanguage.Env env;
    private final boolean visible;
    private long lastWritten;

    HostMonitor(TruffleLanguage.Env env, boolean visible) {
        this.env = env;
        this.visible = visible;
    }

    @Override
    public void checkpoint() {
        TruffleSafepoint.pollHere(null);
    }

    /** Also Ctrl-C, which interrupts the context: a fit then keeps what it has, and the program goes on. */
    @Override
    public boolean stopped(Throwable thrown) {
        if (thrown instanceof CancelledException) {
            return true;
        }
        InteropLibrary interop = InteropLibrary.getUncached();
        try {
            return interop.isException(thrown) && interop.getExceptionType(thrown) == ExceptionType.INTERRUPT;
        } catch (UnsupportedMessageException e) {
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
