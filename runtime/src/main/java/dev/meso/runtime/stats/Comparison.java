package dev.meso.runtime.stats;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.nulls.Certificate;
import dev.meso.runtime.nulls.Ensemble;
import dev.meso.runtime.nulls.Sample;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Is a statistic of the observed graph what a null model leads one to expect? The ensemble is streamed: memory does not grow with the
 * number of samples. Sums are taken in the order of the samples, so results do not depend on threads.
 */
public final class Comparison {
    /** Samples drawn before their numbers are added up in order. */
    private static final int BLOCK = 512;

    /** Up to here doubles hold every whole number. */
    private static final double MOST_EXACT = 1L << 53;

    /** Graphs held at a time for a statistic that runs on the caller's thread. */
    private static final int HELD = 16;

    /** Records of the walk that the autocorrelation is estimated from: at least, at most, and for each sample. */
    private static final int FEWEST_RECORDS = 20;

    private static final int MOST_RECORDS = 200;
    private static final int RECORDS_A_SAMPLE = 2;

    /** Numbers that are not whole and differ relatively by less are ties: sums of the same weights in another order. */
    private static final double ROUNDING = 1e-12;

    /** Values kept of each statistic under each null model for pictures of the ensemble: 8 kB. */
    private static final int MOST_DRAWS = 1000;

    private Comparison() {}

    /**
     * One statistic under one null model.
     *
     * @param expected the exact expectation where {@code exact}, else the mean of the samples
     * @param sd standard deviation of the samples; 0 where all tie with the observed number
     * @param ratio observed / expected; NaN where both are 0
     * @param z (observed - expected) / sd; empty where sd is 0
     * @param less (r + 1) / (samples + 1) for the r samples whose value is at most the observed one, ties counted
     * @param greater the same for values at least the observed one; ties count here too
     * @param q Benjamini and Hochberg's (1995) over min(1, 2 min(less, greater)) of this null model's rows
     */
    public record Row(
            String statistic,
            String model,
            double observed,
            double expected,
            boolean exact,
            double sd,
            double ratio,
            OptionalDouble z,
            double less,
            double greater,
            double q) {}

    /**
     * Values of each statistic in evenly spaced samples of each null model, at most 1,000: enough for a picture of the ensemble.
     * Which samples are kept depends on their number only.
     */
    public static final class Draws {
        /** Of a comparison whose samples are not known any more. */
        public static final Draws NONE = new Draws(0);

        private final long samples;
        private final Map<List<String>, double[]> values = new HashMap<>();

        Draws(long samples) {
            this.samples = samples;
        }

        private void put(String statistic, String model, double[] kept) {
            values.put(List.of(statistic, model), kept);
        }

        /** How many samples were drawn of each null model, those that were not kept among them. */
        public long samples() {
            return samples;
        }

        /** The values kept, in the order of the samples; none where nothing is known. Not to be changed. */
        public double[] of(String statistic, String model) {
            return values.getOrDefault(List.of(statistic, model), new double[0]);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Draws d
                    && samples == d.samples
                    && values.keySet().equals(d.values.keySet())
                    && values.keySet().stream().allMatch(k -> Arrays.equals(values.get(k), d.values.get(k)));
        }

        @Override
        public int hashCode() {
            return 31 * Long.hashCode(samples) + values.keySet().hashCode();
        }
    }

    /** The rows of all null models in the order given, a certificate for each, and some values of the samples. */
    public record Result(List<Row> rows, List<Certificate> certificates, Draws draws) {
        /** Columns statistic observed null expected sd ratio z p_less p_greater q; z is missing where sd is 0, ratio for 0 / 0. */
        public Table table() {
            int n = rows.size();
            String[] statistics = new String[n];
            String[] models = new String[n];
            double[][] numbers = new double[8][n];
            long[] constant = new long[(n + 63) / 64];
            long[] neither = new long[(n + 63) / 64];
            for (int r = 0; r < n; r++) {
                Row row = rows.get(r);
                statistics[r] = row.statistic();
                models[r] = row.model();
                numbers[0][r] = row.observed();
                numbers[1][r] = row.expected();
                numbers[2][r] = row.sd();
                numbers[3][r] = row.ratio();
                numbers[4][r] = row.z().orElse(Double.NaN);
                numbers[5][r] = row.less();
                numbers[6][r] = row.greater();
                numbers[7][r] = row.q();
                constant[r >> 6] |= row.z().isEmpty() ? 1L << r : 0;
                neither[r >> 6] |= Double.isNaN(row.ratio()) ? 1L << r : 0;
            }
            List<String> names = List.of(
                    "statistic", "observed", "null", "expected", "sd", "ratio", "z", "p_less", "p_greater", "q");
            List<Column> columns = new ArrayList<>();
            columns.add(TextColumn.of(statistics));
            columns.add(observed(numbers[0]));
            columns.add(TextColumn.of(models));
            for (int c = 1; c < numbers.length; c++) {
                long[] missing = c == 3 ? neither : c == 4 ? constant : null;
                columns.add(DoubleColumn.of(numbers[c], missing, Unit.ONE));
            }
            return Table.of(names, columns);
        }
    }

    /** Integers where all values are whole, as counts are; a sum of weights that no double holds exactly stays a double. */
    private static Column observed(double[] values) {
        long[] whole = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            whole[i] = (long) values[i];
            if (whole[i] != values[i] || Math.abs(values[i]) > MOST_EXACT) {
                return DoubleColumn.of(values);
            }
        }
        return LongColumn.of(whole);
    }

    /**
     * Compares each statistic with each ensemble. All ensembles are of the same observed graph.
     *
     * @throws MesoException where a statistic is NaN
     */
    public static Result of(List<Statistic> statistics, List<Ensemble> ensembles, Parallel parallel) {
        List<Row> rows = new ArrayList<>();
        List<Certificate> certificates = new ArrayList<>();
        Draws draws = new Draws(ensembles.isEmpty() ? 0 : ensembles.get(0).size());
        for (Ensemble ensemble : ensembles) {
            Tally tally = new Tally(statistics, ensemble, parallel);
            stream(tally, ensemble, parallel);
            rows.addAll(tally.rows());
            for (int k = 0; k < tally.labels.size(); k++) {
                draws.put(tally.labels.get(k), ensemble.name(), tally.kept[k]);
            }
            certificates.add(ensemble.certificate(parallel.monitor()).with(mixing(tally, ensemble, parallel)));
        }
        return new Result(List.copyOf(rows), List.copyOf(certificates), draws);
    }

    /**
     * The same of numbers that were found elsewhere, such as those of models fitted to the samples. Certificates do not know how such
     * statistics change along a chain.
     *
     * @param labels of the statistics
     * @param observed of the observed graph
     * @param samples for each ensemble the numbers of each of its samples
     * @throws MesoException NOT_A_NUMBER
     */
    public static Result of(
            List<String> labels,
            double[] observed,
            List<Ensemble> ensembles,
            List<List<double[]>> samples,
            Parallel parallel) {
        List<Row> rows = new ArrayList<>();
        List<Certificate> certificates = new ArrayList<>();
        Draws draws = new Draws(ensembles.isEmpty() ? 0 : ensembles.get(0).size());
        for (int e = 0; e < ensembles.size(); e++) {
            Ensemble ensemble = ensembles.get(e);
            Tally tally = new Tally(labels, observed, ensemble);
            for (int i = 0; i < ensemble.size(); i++) {
                double[] values = samples.get(e).get(i);
                for (int k = 0; k < values.length; k++) {
                    if (Double.isNaN(values[k]) || Double.isNaN(observed[k])) {
                        throw new MesoException(
                                ErrorCode.NOT_A_NUMBER,
                                "statistic '" + labels.get(k) + "' is NaN "
                                        + (Double.isNaN(observed[k]) ? "as observed" : "in sample " + i));
                    }
                }
                tally.add(i, values);
            }
            rows.addAll(tally.rows());
            for (int k = 0; k < labels.size(); k++) {
                draws.put(labels.get(k), ensemble.name(), tally.kept[k]);
            }
            certificates.add(ensemble.certificate(parallel.monitor()));
        }
        return new Result(List.copyOf(rows), List.copyOf(certificates), draws);
    }

    private static void stream(Tally tally, Ensemble ensemble, Parallel parallel) {
        String what = "samples of " + ensemble.name();
        int block = tally.concurrent ? BLOCK : HELD;
        double[][] values = new double[block][];
        Sample[] held = new Sample[block];
        for (int from = 0; from < ensemble.size(); from += block) {
            int first = from;
            int count = Math.min(block, ensemble.size() - from);
            Parallel watched = new Parallel(parallel.threads(), shifted(parallel.monitor(), first, ensemble.size()));
            ensemble.forEach(first, first + count, what, watched, (index, sample, monitor) -> {
                values[index - first] = tally.measure(sample, true, new Parallel(1, monitor));
                held[index - first] = tally.concurrent ? null : sample.copy();
            });
            for (int i = 0; i < count; i++) {
                if (!tally.concurrent) {
                    parallel.monitor().checkpoint();
                    tally.measureRest(held[i], values[i], parallel);
                }
                tally.add(first + i, values[i]);
            }
        }
    }

    /** Progress of a block as progress of the whole. */
    private static Monitor shifted(Monitor monitor, int offset, int all) {
        return new Monitor() {
            @Override
            public void checkpoint() {
                monitor.checkpoint();
            }

            @Override
            public void progress(String what, long done, long total) {
                monitor.progress(what, offset + done, all);
            }
        };
    }

    /**
     * The certificate of an ensemble with the autocorrelation of these statistics. Cost where samples come from a chain: 20 to
     * 200 records of the statistics, a tenth of a sample's steps apart.
     */
    public static Certificate certify(Ensemble ensemble, List<Statistic> statistics, Parallel parallel) {
        Tally tally = new Tally(statistics, ensemble, parallel);
        return ensemble.certificate(parallel.monitor()).with(mixing(tally, ensemble, parallel));
    }

    /** The slowest statistic along the chain; null for independent draws. */
    private static Certificate.Mixing mixing(Tally tally, Ensemble ensemble, Parallel parallel) {
        Monitor monitor = parallel.monitor();
        if (!ensemble.chained(monitor)) {
            return null;
        }
        int records = Math.max(FEWEST_RECORDS, Math.min(MOST_RECORDS, RECORDS_A_SAMPLE * ensemble.size()));
        double[][] series = new double[tally.labels.size()][records];
        ensemble.walk(records, monitor, (record, sample, watch) -> {
            double[] values = tally.measure(sample, true, parallel);
            tally.measureRest(sample, values, parallel);
            for (int k = 0; k < values.length; k++) {
                series[k][record] = values[k];
            }
        });
        int slowest = 0;
        double longest = 0;
        for (int k = 0; k < series.length; k++) {
            double time = Autocorrelation.time(series[k]);
            if (time > longest) {
                longest = time;
                slowest = k;
            }
        }
        // Two samples are two sample lengths apart along the chain, by way of the hub.
        double sampleLength = ensemble.recordsPerSample(monitor);
        double apart = Autocorrelation.at(2 * sampleLength, longest);
        return new Certificate.Mixing(
                tally.labels.get(slowest),
                longest * ensemble.options().stepsPerEdge() / sampleLength,
                Autocorrelation.at(sampleLength, longest),
                ensemble.size() / (1 + (ensemble.size() - 1) * apart),
                ensemble.size());
    }

    /** Running sums for one ensemble. */
    private static final class Tally {
        private final List<Statistic> statistics;
        private final Ensemble ensemble;
        private final List<String> labels = new ArrayList<>();
        private final boolean concurrent;
        private final double[] observed;
        private final Moments[] moments;
        private final long[] less;
        private final long[] greater;
        private final double[][] kept;
        private int keptSamples;

        Tally(List<Statistic> statistics, Ensemble ensemble, Parallel parallel) {
            this.statistics = statistics;
            this.ensemble = ensemble;
            boolean all = true;
            for (Statistic statistic : statistics) {
                labels.addAll(statistic.labels());
                all &= statistic.concurrent();
            }
            this.concurrent = all;
            Sample graph = Sample.of(ensemble.observed());
            this.observed = measure(graph, true, parallel);
            measureRest(graph, observed, parallel);
            this.moments = new Moments[labels.size()];
            Arrays.setAll(moments, k -> new Moments());
            this.less = new long[labels.size()];
            this.greater = new long[labels.size()];
            this.kept = new double[labels.size()][Math.min(MOST_DRAWS, ensemble.size())];
        }

        /** Of numbers found elsewhere. */
        Tally(List<String> labels, double[] observed, Ensemble ensemble) {
            this.statistics = List.of();
            this.ensemble = ensemble;
            this.labels.addAll(labels);
            this.concurrent = true;
            this.observed = observed;
            this.moments = new Moments[labels.size()];
            Arrays.setAll(moments, k -> new Moments());
            this.less = new long[labels.size()];
            this.greater = new long[labels.size()];
            this.kept = new double[labels.size()][Math.min(MOST_DRAWS, ensemble.size())];
        }

        /** The numbers of one graph; those of statistics that are not concurrent are left 0. */
        double[] measure(Sample sample, boolean anyThread, Parallel parallel) {
            double[] values = new double[labels.size()];
            fill(sample, values, anyThread, parallel);
            return values;
        }

        /** Adds the numbers of the statistics that need the caller's thread. */
        void measureRest(Sample sample, double[] values, Parallel parallel) {
            if (!concurrent) {
                fill(sample, values, false, parallel);
            }
        }

        private void fill(Sample sample, double[] values, boolean anyThread, Parallel parallel) {
            int at = 0;
            for (Statistic statistic : statistics) {
                int width = statistic.labels().size();
                if (statistic.concurrent() == anyThread) {
                    double[] part = statistic.of(sample, parallel);
                    for (int k = 0; k < width; k++) {
                        if (Double.isNaN(part[k])) {
                            throw new MesoException(
                                    ErrorCode.NOT_A_NUMBER,
                                    "statistic '" + statistic.labels().get(k) + "' is NaN for " + sample.n()
                                            + " neurons and " + sample.m() + " connections",
                                    "a statistic must be a number for every graph of the null model");
                        }
                        values[at + k] = part[k];
                    }
                }
                at += width;
            }
        }

        /** Takes the samples in order. */
        void add(int sample, double[] values) {
            int most = Math.min(MOST_DRAWS, ensemble.size());
            boolean keep = keptSamples < most && sample >= (double) keptSamples * ensemble.size() / most;
            for (int k = 0; k < values.length; k++) {
                moments[k].add(values[k]);
                boolean tie = tie(values[k], observed[k]);
                less[k] += tie || values[k] < observed[k] ? 1 : 0;
                greater[k] += tie || values[k] > observed[k] ? 1 : 0;
                if (keep) {
                    kept[k][keptSamples] = values[k];
                }
            }
            keptSamples += keep ? 1 : 0;
        }

        List<Row> rows() {
            int count = labels.size();
            double all = ensemble.size() + 1.0;
            double[] either = new double[count];
            for (int k = 0; k < count; k++) {
                either[k] = Math.min(1, 2 * Math.min((less[k] + 1) / all, (greater[k] + 1) / all));
            }
            double[] q = benjaminiHochberg(either);
            double[] exact = exact();
            List<Row> rows = new ArrayList<>();
            for (int k = 0; k < count; k++) {
                boolean known = !Double.isNaN(exact[k]);
                double expected = known ? exact[k] : moments[k].mean();
                boolean constant = less[k] == ensemble.size() && greater[k] == ensemble.size();
                double sd = constant ? 0 : moments[k].sd();
                rows.add(new Row(
                        labels.get(k),
                        ensemble.name(),
                        observed[k],
                        expected,
                        known,
                        sd,
                        observed[k] / expected,
                        sd > 0 ? OptionalDouble.of((observed[k] - expected) / sd) : OptionalDouble.empty(),
                        (less[k] + 1) / all,
                        (greater[k] + 1) / all,
                        q[k]));
            }
            return rows;
        }

        private double[] exact() {
            double[] exact = new double[labels.size()];
            Arrays.fill(exact, Double.NaN);
            int at = 0;
            for (Statistic statistic : statistics) {
                Optional<double[]> known = statistic.expected(ensemble.model(), ensemble.observed());
                if (known.isPresent()) {
                    System.arraycopy(known.get(), 0, exact, at, known.get().length);
                }
                at += statistic.labels().size();
            }
            return exact;
        }
    }

    /** Whether two numbers are equal up to rounding; counts, being whole, only where they are the same. */
    static boolean tie(double a, double b) {
        if (a == b) {
            return true;
        }
        boolean whole = a == Math.rint(a) && b == Math.rint(b);
        return !whole && Math.abs(a - b) <= ROUNDING * Math.max(Math.abs(a), Math.abs(b));
    }

    /** The smallest false discovery rate at which each p-value is called significant (Benjamini and Hochberg 1995). */
    static double[] benjaminiHochberg(double[] p) {
        int n = p.length;
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(p[a], p[b]));
        double[] q = new double[n];
        double smallest = 1;
        for (int rank = n; rank >= 1; rank--) {
            int at = order[rank - 1];
            smallest = Math.min(smallest, p[at] * n / rank);
            q[at] = smallest;
        }
        return q;
    }
}
