package dev.meso.repl;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.graalvm.polyglot.Context;

/**
 * Ends a running program when the process is asked to end (Ctrl-C, {@code kill}) or nobody reads its output any more.
 * The process waits a moment for the program to unwind, so that temporary files are removed and one sentence is said.
 * A fit that runs keeps its best state, and its program has a minute to go on with it.
 * Java then exits with 128 + the number of the signal: 130 after Ctrl-C.
 */
final class Cancellation {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** For a program whose fit was asked to end and which goes on with what it has. */
    private static final Duration TO_THE_END = Duration.ofMinutes(1);

    /** What a shell reports for a program that wrote to a closed pipe. */
    private static final int PIPE_STATUS = 141;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Ending ending = new Ending();
    private volatile Context running;
    private volatile boolean asked;
    private volatile boolean pipeClosed;
    private boolean hooked;

    /** From now on the context is what is cancelled. */
    void watch(Context context) {
        running = context;
        ending.offer(context);
        if (!hooked) {
            hooked = true;
            Runtime.getRuntime().addShutdownHook(new Thread(this::shutDown, "meso-cancel"));
        }
    }

    /** Whether the running program was told to stop. */
    boolean asked() {
        return asked;
    }

    /** Whether the reader of the output has left, after which there is nobody to tell anything. */
    boolean outputIsGone() {
        return pipeClosed;
    }

    /** The reader of the output has left: the program is stopped from another thread, because this one is inside it. */
    void outputGone() {
        pipeClosed = true;
        Context context = running;
        if (context != null) {
            asked = true;
            Thread stopper = new Thread(() -> context.close(true), "meso-stop");
            stopper.setDaemon(true);
            stopper.start();
        }
    }

    private void shutDown() {
        if (done.getCount() == 0) {
            return;
        }
        asked = true;
        Context context = running;
        try {
            if (context != null && ending.taken() && done.await(TO_THE_END.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            if (context != null) {
                context.interrupt(PATIENCE);
            }
            done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // The program does not listen; the process ends all the same.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The program is over and its output written: ends the process, unless it is ending already. */
    void finished(int status) {
        boolean ending = asked && !pipeClosed;
        done.countDown();
        if (!ending) {
            System.exit(pipeClosed ? PIPE_STATUS : status);
        }
    }
}
