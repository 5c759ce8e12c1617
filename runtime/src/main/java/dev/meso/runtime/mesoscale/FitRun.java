package dev.meso.runtime.mesoscale;

import dev.meso.runtime.recording.Forecasts;
import dev.meso.runtime.task.CancelledException;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Several fits at a time, each on one thread; a single one has all threads. Their losses are traced one after the other on the caller's
 * thread, because terms may be functions of a program. Asked to stop, every fit that has an epoch behind it keeps its best state; asked again,
 * all is dropped.
 */
final class FitRun {
    private static final String FITS = "fits";
    private static final int FITS_OF_A_THREAD = 4;

    private final Parallel parallel;
    private final AtomicBoolean stop = new AtomicBoolean();
    private volatile Throwable reason;

    FitRun(Parallel parallel) {
        this.parallel = parallel;
    }

    /**
     * What each fit came to; null for one that was stopped before its first epoch.
     *
     * @throws RuntimeException what the caller's monitor threw, where nothing can be kept
     */
    List<FittedModel> run(List<ModelFit> fits) {
        Parallel watched = new Parallel(parallel.threads(), new Caller(fits.size() == 1, 0, fits.size()));
        List<Forecasts.Error[]> baselines = fits.get(0).baselines(watched);
        each(fits, null, watched, ModelFit::prepare);
        if (stop.get()) {
            throw thrown();
        }
        fits.forEach(ModelFit::build);
        FittedModel[] done = new FittedModel[fits.size()];
        each(fits, FITS, watched, fit -> done[fits.indexOf(fit)] = fit.run(baselines));
        if (Arrays.stream(done).allMatch(Objects::isNull)) {
            throw thrown();
        }
        return Arrays.asList(done);
    }

    /**
     * Fits that differ in nothing that their start sees: it is found once. A few are made at a time, so memory does not grow with their number.
     *
     * @param make a fit of one thread; asked for in order
     * @param done is told of each fit in order
     * @throws CancelledException where asked to stop: a part of them says nothing
     */
    void alike(int count, IntFunction<ModelFit> make, Consumer<FittedModel> done) {
        ModelFit first = null;
        List<Forecasts.Error[]> baselines = null;
        int block = FITS_OF_A_THREAD * parallel.threads();
        for (int from = 0; from < count; from += block) {
            Parallel watched = new Parallel(parallel.threads(), new Caller(false, from, count));
            List<ModelFit> fits = IntStream.range(from, Math.min(count, from + block))
                    .mapToObj(make)
                    .toList();
            if (first == null) {
                first = fits.get(0);
                baselines = first.baselines(watched);
                first.watch(new Part(watched.monitor()));
                first.prepare();
            }
            for (ModelFit fit : fits) {
                fit.prepareAs(first);
                fit.build();
            }
            FittedModel[] found = new FittedModel[fits.size()];
            List<Forecasts.Error[]> known = baselines;
            each(fits, FITS, watched, fit -> found[fits.indexOf(fit)] = fit.run(known));
            if (stop.get()) {
                throw thrown();
            }
            Arrays.stream(found).forEach(done);
            fits.forEach(ModelFit::forget);
        }
    }

    private void each(List<ModelFit> fits, String what, Parallel watched, Consumer<ModelFit> phase) {
        if (fits.size() == 1) {
            fits.get(0).watch(new Part(watched.monitor()));
            unlessStopped(() -> phase.accept(fits.get(0)));
            return;
        }
        watched.forEach(fits.size(), what, (i, monitor) -> {
            fits.get(i).watch(new Part(monitor));
            unlessStopped(() -> phase.accept(fits.get(i)));
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
        private final boolean single;
        private final int before;
        private final int all;

        /**
         * @param single whether progress is that of the one fit there is
         * @param before fits that are done already
         * @param all fits there will be
         */
        Caller(boolean single, int before, int all) {
            this.single = single;
            this.before = before;
            this.all = all;
        }

        @Override
        public void checkpoint() {
            try {
                parallel.monitor().checkpoint();
                if (parallel.monitor().ending() && stop.getAndSet(true)) {
                    throw new CancelledException();
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
            if (what.equals(FITS)) {
                parallel.monitor().progress(what, before + done, all);
            } else if (single) {
                parallel.monitor().progress(what, done, total);
            }
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
