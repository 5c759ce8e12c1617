package dev.meso.runtime.mesoscale;

import dev.meso.runtime.recording.Forecasts;
import dev.meso.runtime.task.CancelledException;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Several fits at a time, each on one thread; a single one has all threads. Their losses are traced one after the other on the caller's
 * thread, because terms may be functions of a program. Asked to stop, every fit that has an epoch behind it keeps its best state; asked again,
 * all is dropped.
 */
final class FitRun {
    private final Parallel parallel;
    private final AtomicBoolean stop = new AtomicBoolean();
    private volatile Throwable reason;

    FitRun(Parallel parallel) {
        this.parallel = parallel;
    }

    /**
     * What each fit came to; null for one that was stopped before its first epoch.
     *
     * @param alike whether all have one seed and differ in nothing that their start sees
     * @throws RuntimeException what the caller's monitor threw, where nothing can be kept
     */
    List<FittedModel> run(List<ModelFit> fits, boolean alike) {
        Parallel watched = new Parallel(parallel.threads(), new Caller());
        ModelFit first = fits.get(0);
        List<Forecasts.Error[]> baselines = first.baselines(watched);
        each(alike ? List.of(first) : fits, null, watched, (i, fit) -> fit.prepare());
        if (stop.get()) {
            throw thrown();
        }
        for (ModelFit fit : fits) {
            if (alike && fit != first) {
                fit.prepareAs(first);
            }
            fit.build();
        }
        FittedModel[] done = new FittedModel[fits.size()];
        each(fits, "fits", watched, (i, fit) -> done[i] = fit.run(baselines));
        if (Arrays.stream(done).allMatch(Objects::isNull)) {
            throw thrown();
        }
        return Arrays.asList(done);
    }

    private interface Phase {
        void run(int index, ModelFit fit);
    }

    private void each(List<ModelFit> fits, String what, Parallel watched, Phase phase) {
        if (fits.size() == 1) {
            fits.get(0).watch(new Part(watched.monitor()));
            unlessStopped(() -> phase.run(0, fits.get(0)));
            return;
        }
        watched.forEach(fits.size(), what, (i, monitor) -> {
            fits.get(i).watch(new Part(monitor));
            unlessStopped(() -> phase.run(i, fits.get(i)));
        });
    }

    private void unlessStopped(Runnable work) {
        try {
            work.run();
        } catch (CancelledException e) {
            if (!stop.get()) {
                throw e;
            }
        }
    }

    private RuntimeException thrown() {
        if (reason instanceof Error e) {
            throw e;
        }
        return reason instanceof RuntimeException e ? e : new CancelledException();
    }

    /** The monitor of the caller's thread: the first wish to stop is noted for all, the second is thrown. */
    private final class Caller implements Monitor {
        @Override
        public void checkpoint() {
            try {
                parallel.monitor().checkpoint();
                if (parallel.monitor().ending()) {
                    stop.set(true);
                }
            } catch (RuntimeException | Error e) {
                if (!parallel.monitor().stopped(e) || stop.get()) {
                    throw e;
                }
                reason = e;
                stop.set(true);
            }
        }

        @Override
        public boolean stopped(Throwable thrown) {
            return parallel.monitor().stopped(thrown);
        }

        @Override
        public void progress(String what, long done, long total) {
            parallel.monitor().progress(what, done, total);
        }
    }

    /** The monitor of one phase of one fit: hears of a wish to stop once, so that what comes after can be finished. */
    private final class Part implements Monitor {
        private final Monitor thread;
        private boolean heard;

        Part(Monitor thread) {
            this.thread = thread;
        }

        @Override
        public void checkpoint() {
            thread.checkpoint();
            if (stop.get() && !heard) {
                heard = true;
                throw new CancelledException();
            }
        }

        @Override
        public void progress(String what, long done, long total) {
            thread.progress(what, done, total);
        }
    }
}
