package dev.meso.runtime.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meso.runtime.task.CancelledException;
import dev.meso.runtime.task.Monitor;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class TeamTest {
    @Test
    void eachPieceRunsOnce() throws InterruptedException {
        Team team = new Team(4);
        AtomicIntegerArray done = new AtomicIntegerArray(50);
        int runs = 300;
        for (int run = 1; run <= runs; run++) {
            team.run(run % 50 + 1, (piece, worker) -> done.incrementAndGet(piece), Monitor.NONE);
            if (run % 100 == 0) {
                // Long enough for the waiting threads to park.
                Thread.sleep(5);
            }
        }
        assertEquals(runs, done.get(0));
        assertEquals(6, done.get(49));
    }

    @Test
    void aFailureOfAnyPieceIsThrownAndTheTeamGoesOn() {
        Team team = new Team(3);
        for (int bad = 0; bad < 20; bad++) {
            int failing = bad;
            assertThrows(
                    ArithmeticException.class,
                    () -> team.run(
                            20,
                            (piece, worker) -> {
                                if (piece == failing) {
                                    throw new ArithmeticException();
                                }
                            },
                            Monitor.NONE));
        }
        int[] count = new int[3];
        team.run(3, (piece, worker) -> count[piece]++, Monitor.NONE);
        assertEquals(3, count[0] + count[1] + count[2]);
    }

    @Test
    void theMonitorStopsIt() {
        Team team = new Team(2);
        Monitor monitor = new Monitor() {
            private int asked;

            @Override
            public void checkpoint() {
                if (++asked > 3) {
                    throw new CancelledException();
                }
            }
        };
        AtomicIntegerArray done = new AtomicIntegerArray(1);
        assertThrows(CancelledException.class, () -> {
            for (int run = 0; run < 100; run++) {
                team.run(100, (piece, worker) -> done.incrementAndGet(0), monitor);
            }
        });
        team.run(5, (piece, worker) -> {}, Monitor.NONE);
    }
}
