package dev.meso.bench;

import dev.meso.runtime.mesoscale.StagedFit;
import dev.meso.runtime.mesoscale.StagedStart;
import dev.meso.runtime.mesoscale.Tissue;
import dev.meso.runtime.partition.Agreement;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.recording.Scaling;
import dev.meso.runtime.space.LocationGrid;
import dev.meso.runtime.space.ReceptiveFields;
import dev.meso.runtime.task.Parallel;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Plants tissue and looks for what was planted: the experiment of {@code docs/evidence.md}. Arguments name its parts, all where there are none:
 * {@code planted shifted finer large few number}. One thread; seconds are of CPU, so other work on the machine hardly changes them.
 */
public final class Recovery {
    private static final int FRAMES = 1400;
    private static final double TRAIN = 6.0 / 7;
    private static final int SEEDS = 5;
    private static final int DATA_SETS = 10;
    private static final int MOST_MODULES = 5;

    /** A lattice of locations: a stride, and a shift in strides along every axis. */
    private record Lattice(double stride, double shift) {
        static final Lattice PLANTED = new Lattice(Tissue.STRIDE, 0);

        LocationGrid of(Tissue tissue) {
            return tissue.lattice(stride, shift);
        }
    }

    /** One tissue and what was found in it. */
    private record Found(double modules, double domains, double reachable, int rank, int chosen, double seconds) {}

    private final Report report = new Report();

    private Recovery() {}

    public static void main(String[] args) {
        Set<String> parts = Set.of(
                args.length == 0 ? new String[] {"planted", "shifted", "finer", "large", "few", "number"} : args);
        new Recovery().run(parts);
    }

    private void run(Set<String> parts) {
        double[] ratios = {Double.POSITIVE_INFINITY, 3};
        report.heading(
                "Recovery",
                "neurons",
                "domains",
                "training frames",
                "lattice: stride, shift",
                "kinds",
                "signal to noise",
                "modules: adjusted Rand, each seed",
                "domains",
                "domains at best",
                "rank found",
                "CPU seconds");
        for (double snr : ratios) {
            for (int kinds = 2; kinds <= 4 && parts.contains("planted"); kinds++) {
                row(new Tissue.Options(400, 3, FRAMES, kinds, snr, 1), Lattice.PLANTED, SEEDS);
            }
            if (parts.contains("large")) {
                row(new Tissue.Options(3000, 3, FRAMES, 3, snr, 1), Lattice.PLANTED, 1);
                row(new Tissue.Options(3000, 5, FRAMES, 3, snr, 1), Lattice.PLANTED, 1);
            }
            for (double shift : parts.contains("shifted") ? new double[] {0.25, 0.5} : new double[0]) {
                row(new Tissue.Options(400, 3, FRAMES, 3, snr, 1), new Lattice(Tissue.STRIDE, shift), SEEDS);
            }
            for (double stride : parts.contains("finer") ? new double[] {15, 10} : new double[0]) {
                row(new Tissue.Options(400, 3, FRAMES, 3, snr, 1), new Lattice(stride, 0), SEEDS);
            }
        }
        if (parts.contains("few")) {
            row(new Tissue.Options(400, 3, (int) Math.round(320 / TRAIN), 3, 3, 1), Lattice.PLANTED, SEEDS);
        }
        if (parts.contains("number")) {
            report.heading(
                    "Number of modules by description length, 1 to " + MOST_MODULES,
                    "training frames",
                    "kinds planted",
                    "chosen, each data set",
                    "CPU seconds");
            number(FRAMES, 3);
            number(FRAMES, 1);
            number((int) Math.round(320 / TRAIN), 3);
        }
    }

    /** One row of the first table: data sets that differ in their seeds, fitted with the planted number of modules. */
    private void row(Tissue.Options options, Lattice lattice, int seeds) {
        List<Found> found = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            found.add(find(seeded(options, seed), lattice, options.kinds()));
        }
        report.line(
                "| %d | %d | %.0f | %.0f, %.2f | %d | %s | %s | %s | %s | %s | %s |",
                options.neurons(),
                options.domains(),
                options.frames() * TRAIN,
                lattice.stride,
                lattice.shift,
                options.kinds(),
                options.snr() == Double.POSITIVE_INFINITY
                        ? "no noise"
                        : String.format(Locale.ROOT, "%.0f", options.snr()),
                each(found.stream().map(Found::modules).toList(), "%.2f"),
                each(found.stream().map(Found::domains).toList(), "%.2f"),
                each(found.stream().map(Found::reachable).toList(), "%.2f"),
                each(found.stream().map(Found::rank).toList(), "%d"),
                each(found.stream().map(Found::seconds).toList(), "%.1f"));
    }

    private void number(int frames, int kinds) {
        List<Found> found = new ArrayList<>();
        for (int seed = 1; seed <= DATA_SETS; seed++) {
            Found one = find(new Tissue.Options(400, 3, frames, kinds, 3, 100 + seed), Lattice.PLANTED, 0);
            found.add(one);
            System.err.printf(
                    Locale.ROOT, "%d kinds, data set %d: %d modules, %.1f s%n", kinds, seed, one.chosen, one.seconds);
        }
        report.line(
                "| %.0f | %d | %s | %s |",
                frames * TRAIN,
                kinds,
                each(found.stream().map(Found::chosen).toList(), "%d"),
                each(found.stream().map(Found::seconds).toList(), "%.0f"));
    }

    private static Tissue.Options seeded(Tissue.Options o, long seed) {
        return new Tissue.Options(o.neurons(), o.side(), o.frames(), o.kinds(), o.snr(), seed);
    }

    /** @param modules how many, 0 to choose */
    private static Found find(Tissue.Options options, Lattice lattice, int modules) {
        Tissue tissue = Tissue.plant(options);
        Activity raw = tissue.activity().split(TRAIN).train();
        Activity train = Scaling.of(raw).standardize(raw);
        ReceptiveFields fields = ReceptiveFields.of(tissue.positions(), lattice.of(tissue), Parallel.serial());
        double before = seconds();
        StagedStart start = new StagedStart(train, fields, StagedStart.Options.of(options.seed()), Parallel.serial());
        StagedFit fit = modules == 0 ? start.choose(MOST_MODULES) : start.fit(modules);
        return new Found(
                Agreement.of(all(fit.modules()), tissue.modules()).adjustedRand(),
                Agreement.of(all(fit.domains()), tissue.domains()).adjustedRand(),
                Agreement.of(reachable(tissue, fields), tissue.domains()).adjustedRand(),
                start.rank(),
                fit.networks().size(),
                seconds() - before);
    }

    /** Neurons in no block become blocks of their own, so that leaving neurons out does not pay. */
    private static Partition all(Partition partition) {
        int[] block = partition.blocks().clone();
        for (int v = 0; v < block.length; v++) {
            block[v] = block[v] == Partition.NONE ? block.length + v : block[v];
        }
        return Partition.of(block);
    }

    /**
     * What spheres allow when the domains are known: domains take the locations that hold most of their neurons, the largest share first; neurons that are
     * left stand alone.
     */
    private static Partition reachable(Tissue tissue, ReceptiveFields fields) {
        int domains = tissue.kinds().size();
        int[][] held = new int[fields.locations()][domains];
        for (int m = 0; m < held.length; m++) {
            for (int v : fields.neurons(m)) {
                held[m][tissue.domain()[v]]++;
            }
        }
        int[] block = IntStream.range(domains, domains + fields.n()).toArray();
        boolean[] placed = new boolean[domains];
        while (true) {
            int location = -1;
            int domain = -1;
            int most = 0;
            for (int m = 0; m < held.length; m++) {
                for (int d = 0; d < domains; d++) {
                    if (!placed[d] && held[m][d] > most) {
                        most = held[m][d];
                        location = m;
                        domain = d;
                    }
                }
            }
            if (domain < 0) {
                return Partition.of(block);
            }
            placed[domain] = true;
            Arrays.fill(held[location], 0);
            for (int v : fields.neurons(location)) {
                block[v] = tissue.domain()[v] == domain ? domain : block[v];
            }
        }
    }

    private static double seconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }

    private static String each(List<?> values, String format) {
        return values.stream().map(v -> String.format(Locale.ROOT, format, v)).collect(Collectors.joining(" "));
    }
}
