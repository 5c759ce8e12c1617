package dev.meso.runtime.tensor;

import dev.meso.runtime.task.CancelledException;
import dev.meso.runtime.task.Monitor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A few threads that wait for short work: the pieces of one kernel after the other. A waiting thread first spins, because
 * the next kernel usually follows within microseconds, then parks, then ends; it is started again when it is needed. The
 * caller's thread works too, and only it asks the monitor. Which thread runs a piece is left open, so pieces must not
 * depend on each other. One run at a time.
 */
final class Team {
    private static final int SPINS = 2_000;
    private static final long IDLE_NANOS = 2_000_000_000L;

    /** A piece of work, on behalf of worker {@code worker} (0 is the caller). */
    @FunctionalInterface
    interface Piece {
        void run(int piece, int worker);
    }

    private final Member[] members;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private Piece piece;
    private int pieces;
    private volatile boolean stop;
    private volatile Throwable failure;

    Team(int threads) {
        members = new Member[threads - 1];
        for (int m = 0; m < members.length; m++) {
            members[m] = new Member(m + 1);
        }
    }

    int threads() {
        return members.length + 1;
    }

    /** Runs pieces {@code 0 .. count-1}, each once, and returns when all are done. */
    void run(int count, Piece work, Monitor monitor) {
        if (count <= 1 || members.length == 0) {
            for (int p = 0; p < count; p++) {
                monitor.checkpoint();
                work.run(p, 0);
            }
            return;
        }
        int helpers = Math.min(members.length, count - 1);
        piece = work;
        pieces = count;
        stop = false;
        failure = null;
        next.set(0);
        busy.set(helpers);
        for (int m = 0; m < helpers; m++) {
            members[m].wake();
        }
        try {
            for (int p; !stop && (p = next.getAndIncrement()) < count; ) {
                monitor.checkpoint();
                work.run(p, 0);
            }
        } finally {
            // Also when the monitor or a piece throws: nobody may still be working when this returns.
            next.set(count);
            for (int spin = 0; busy.get() > 0; spin++) {
                if (spin < SPINS) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
            piece = null;
        }
        if (failure != null) {
            rethrow(failure);
        }
    }

    private static void rethrow(Throwable thrown) {
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
        throw new CancelledException();
    }

    /** One waiting thread. */
    private final class Member implements Runnable {
        private static final int READY = 0;
        private static final int PARKED = 1;
        private static final int CALLED = 2;
        private static final int GONE = 3;

        private final int number;
        private final AtomicInteger state = new AtomicInteger(GONE);
        private volatile Thread thread;

        Member(int number) {
            this.number = number;
        }

        /** Called by the team's caller only, when the member has finished what it was called for before. */
        void wake() {
            int before = state.getAndSet(CALLED);
            if (before == GONE) {
                thread = Thread.ofPlatform()
                        .daemon()
                        .name("meso-tensor-" + number)
                        .unstarted(this);
                thread.start();
            } else if (before == PARKED) {
                LockSupport.unpark(thread);
            }
        }

        @Override
        public void run() {
            while (await()) {
                state.set(READY);
                try {
                    for (int p; !stop && (p = next.getAndIncrement()) < pieces; ) {
                        piece.run(p, number);
                    }
                } catch (Throwable t) {
                    failure = t;
                    stop = true;
                } finally {
                    busy.decrementAndGet();
                }
            }
        }

        /** False if nobody called for long: the thread then ends. */
        private boolean await() {
            for (int spin = 0; spin < SPINS; spin++) {
                if (state.get() == CALLED) {
                    return true;
                }
                Thread.onSpinWait();
            }
            if (!state.compareAndSet(READY, PARKED)) {
                // A thread that was just started, or called at this moment.
                return true;
            }
            long end = System.nanoTime() + IDLE_NANOS;
            while (state.get() != CALLED) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return !state.compareAndSet(PARKED, GONE);
                }
                LockSupport.parkNanos(this, left);
            }
            return true;
        }
    }
}
