package dev.meso.runtime.tensor;

import dev.meso.runtime.task.Monitor;
import java.util.ArrayList;
import java.util.List;

/** Runs the steps of a plan in an arena of one precision. */
final class Machine<A> {
    private final Planner.Plan plan;
    private final Kernels<A> kernels;
    private final A arena;
    private final Team team;
    private final List<Worker<A>> workers = new ArrayList<>();

    Machine(Planner.Plan plan, Kernels<A> kernels, int threads) {
        this.plan = plan;
        this.kernels = kernels;
        this.arena = kernels.allocate(plan.arena());
        this.team = new Team(threads);
        for (int t = 0; t < threads; t++) {
            workers.add(new Worker<>(kernels, plan.registers()));
        }
        for (Planner.Given given : plan.constants()) {
            if (given.values().length == 1) {
                kernels.fill(arena, given.buffer().offset(), given.buffer().size(), given.values()[0]);
            } else {
                kernels.give(given.values(), 0, arena, given.buffer().offset(), given.values().length);
            }
        }
    }

    void give(double[] from, int at, int offset, int n) {
        kernels.give(from, at, arena, offset, n);
    }

    void take(int offset, double[] to, int at, int n) {
        kernels.take(arena, offset, to, at, n);
    }

    void run(Monitor monitor) {
        for (Step step : plan.steps()) {
            monitor.checkpoint();
            for (int phase = 0; phase < step.phases(); phase++) {
                int now = phase;
                team.run(
                        step.pieces(phase),
                        (piece, worker) -> step.run(now, piece, arena, kernels, workers.get(worker)),
                        monitor);
            }
        }
    }
}
