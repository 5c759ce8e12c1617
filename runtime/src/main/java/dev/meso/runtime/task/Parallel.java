package dev.meso.runtime.task;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Splits independent pieces of work over threads. Piece {@code i} sees only its own index, so results cannot depend on
 * how many threads there are. The caller's thread works too, and only it calls the caller's {@link Monitor}, so that a
 * host may stop the work at its own safepoints.
 *
 * @param threads at least 1
 * @param monitor asked by the caller's thread
 */
public record Parallel(int threads, Monitor monitor) {
    public Parallel {
        if (threads < 1) {
            throw new IllegalArgumentException("at least one thread, not " + threads);
        }
    }

    public static Parallel serial() {
        return new Parallel(1, Monitor.NONE);
    }

    /** A piece of work; {@code monitor} is for the thread that runs it. */
    @FunctionalInterface
    public interface Piece {
        void run(int index, Monitor monitor);
    }

    /**
     * Runs pieces {@code 0 .. pieces-1}, each once. The first failure stops the others and is thrown when all threads have
     * ended. Reports progress as pieces done of {@code what} unless {@code what} is null.
     */
    public void forEach(int pieces, String what, Piece piece) {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Monitor worker = new Monitor() {
            @Override
            public void checkpoint() {
                if (stop.get()) {
                    throw new CancelledException();
                }
            }
        };
        Runnable work = () -> {
            try {
                for (int i; !stop.get() && (i = next.getAndIncrement()) < pieces; ) {
                    piece.run(i, worker);
                    done.incrementAndGet();
                }
            } catch (Throwable t) {
                failure.compareAndSet(null, t);
                stop.set(true);
            }
        };
        List<Thread> helpers = new ArrayList<>();
        for (int t = 1; t < Math.min(threads, pieces); t++) {
            helpers.add(Thread.ofPlatform().daemon().name("meso-worker-" + t).start(work));
        }
        try {
            for (int i; !stop.get() && (i = next.getAndIncrement()) < pieces; ) {
                monitor.checkpoint();
                piece.run(i, monitor);
                if (what != null) {
                    monitor.progress(what, done.incrementAndGet(), pieces);
                } else {
                    done.incrementAndGet();
                }
            }
        } catch (Throwable t) {
            failure.compareAndSet(null, t);
            stop.set(true);
        }
        boolean interrupted = false;
        for (Thread helper : helpers) {
            while (helper.isAlive()) {
                try {
                    helper.join(10);
                    if (!stop.get()) {
                        monitor.checkpoint();
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                    stop.set(true);
                    failure.compareAndSet(null, new CancelledException());
                } catch (Throwable t) {
                    failure.compareAndSet(null, t);
                    stop.set(true);
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Throwable thrown = failure.get();
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
        if (thrown != null) {
            throw new IllegalStateException(thrown);
        }
    }
}
