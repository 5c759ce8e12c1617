package dev.meso.language;

import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.TruffleSafepoint;
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
        String line = "\r" + what + " " + done + "/" + total + (last ? "\r\u001b[K" : "");
        try {
            env.err().write(line.getBytes(StandardCharsets.UTF_8));
            env.err().flush();
        } catch (IOException e) {
            // Progress that cannot be shown is no reason to stop.
        }
    }
}
