package dev.meso.runtime.plot;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.motif.Census;
import dev.meso.runtime.partition.BlockMatrix;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.stats.Comparison;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The picture people expect of each kind of value. An empty {@code title} gives the usual one. The size of a picture does not grow
 * with the data: large graphs, recordings and clouds of points are binned into pixels.
 */
public final class Plots {
    private static final int MOST_BARS = 30;
    private static final Set<String> COMPARISON = Set.of("statistic", "observed", "null", "expected", "sd", "z", "q");

    private Plots() {}

    // ---- tables ---------------------------------------------------------------------------------------------------

    /** Whether the table is a comparison with null models, by its columns. */
    public static boolean isComparison(Table table) {
        return table.rows() > 0 && table.names().containsAll(COMPARISON);
    }

    /** Whether the table is a dyad or triad census. */
    public static boolean isCensus(Table table) {
        return table.rows() > 0
                && table.names().equals(List.of("motif", "count"))
                && table.column("motif") instanceof TextColumn
                && table.column("count") instanceof NumberColumn;
    }

    /** Whether the table is a degree distribution. */
    public static boolean isDegrees(Table table) {
        List<String> degrees = List.of("degree", "in", "out", "total");
        return table.rows() > 0
                && table.names().size() >= 4
                && table.names().subList(0, 4).equals(degrees);
    }

    /**
     * Null ensembles as violins, the observed graph as dots: one panel for each null model, on a common scale of z or of ratios
     * to the expectation; a single statistic in its own unit, with the null models side by side.
     *
     * @param draws the samples that were kept; without them bars show two standard deviations
     * @param units "z", "ratio" or "value"; empty for the usual one
     */
    public static Plot comparison(Table table, Comparison.Draws draws, String units, String title) {
        List<ComparisonPlot.Entry> entries = new ArrayList<>();
        Column statistics = table.column("statistic");
        Column models = table.column("null");
        for (int r = 0; r < table.rows(); r++) {
            String statistic = String.valueOf(statistics.value(r));
            String model = String.valueOf(models.value(r));
            entries.add(new ComparisonPlot.Entry(
                    statistic,
                    model,
                    number(table, "observed", r),
                    number(table, "expected", r),
                    number(table, "sd", r),
                    number(table, "q", r),
                    draws.of(statistic, model)));
        }
        ComparisonPlot.Units chosen =
                switch (units) {
                    case "" -> null;
                    case "z" -> ComparisonPlot.Units.Z;
                    case "ratio" -> ComparisonPlot.Units.RATIO;
                    case "value" -> ComparisonPlot.Units.VALUE;
                    default ->
                        throw new MesoException(
                                ErrorCode.WRONG_VALUE,
                                "a comparison has the scales z, ratio and value, not '" + units + "'");
                };
        String name = titled(title, "The observed graph and its null models");
        return new Plot(
                "comparison",
                name,
                "null ensembles as violins, the observed graph as dots, " + entries.size() + " comparisons",
                ComparisonPlot.scene(entries, name, chosen, draws.samples()));
    }

    private static double number(Table table, String column, int row) {
        NumberColumn numbers = table.numbers(column);
        return numbers.missing(row) ? Double.NaN : numbers.number(row);
    }

    /** Counts as bars with each motif drawn below, logarithmic where they differ by more than 50 times. */
    public static Plot census(Table table, String title) {
        NumberColumn counts = table.numbers("count");
        double[] numbers = new double[table.rows()];
        List<String> motifs = new ArrayList<>();
        for (int r = 0; r < numbers.length; r++) {
            numbers[r] = counts.missing(r) ? 0 : counts.number(r);
            motifs.add(String.valueOf(table.column("motif").value(r)));
        }
        String usual =
                motifs.equals(Census.TRIADS) ? "Triad census" : motifs.equals(Census.DYADS) ? "Dyad census" : "Motifs";
        String name = titled(title, usual);
        return new Plot(
                "census", name, "the counts of " + motifs.size() + " motifs", CensusPlot.scene(motifs, numbers, name));
    }

    /** In- and out-degree: the share of neurons with at least k partners on logarithmic axes. */
    public static Plot degrees(Table table, String title) {
        LongColumn degree = (LongColumn) table.column("degree");
        long[][] counts = {((LongColumn) table.column("in")).array(), ((LongColumn) table.column("out")).array()};
        String name = titled(title, "Degree distribution");
        return new Plot(
                "degrees",
                name,
                "the share of neurons with at least k inputs and outputs",
                DegreePlot.scene(degree.array(), List.of("inputs (in-degree)", "outputs (out-degree)"), counts, name));
    }

    /**
     * Two columns of a table: points for two columns of numbers, coloured by {@code by} where it is not empty; bars for words
     * across and numbers up.
     *
     * @throws MesoException UNKNOWN_COLUMN, WRONG_TYPE, NOT_A_NUMBER
     */
    public static Plot columns(Table table, String x, String y, String by, String title) {
        NumberColumn up = table.numbers(y);
        if (!(table.column(x) instanceof NumberColumn across)) {
            return wordsAndNumbers(table, x, y, title);
        }
        across.requireNumbers("a picture of '" + x + "'");
        up.requireNumbers("a picture of '" + y + "'");
        Groups groups = by.isEmpty() ? Groups.NONE : Groups.of(table.column(by));
        double[] xs = new double[table.rows()];
        double[] ys = new double[table.rows()];
        int[] group = new int[table.rows()];
        int n = 0;
        for (int r = 0; r < table.rows(); r++) {
            if (!across.missing(r) && !up.missing(r)) {
                xs[n] = across.number(r);
                ys[n] = up.number(r);
                group[n++] = by.isEmpty() ? 0 : groups.codes[r];
            }
        }
        requireSome(n, "rows with both '" + x + "' and '" + y + "'");
        int left = table.rows() - n;
        String subtitle = "n = " + Scale.count(n) + (left > 0 ? ", " + Scale.count(left) + " with missing values" : "");
        String name = titled(title, y + " against " + x);
        Scene scene = ScatterPlot.scene(
                Arrays.copyOf(xs, n),
                Arrays.copyOf(ys, n),
                by.isEmpty() ? new int[0] : Arrays.copyOf(group, n),
                groups.names,
                false,
                name,
                subtitle,
                axis(x, across.unit()),
                axis(y, up.unit()));
        return new Plot("scatter", name, n + " rows, " + y + " against " + x, scene);
    }

    private static Plot wordsAndNumbers(Table table, String x, String y, String title) {
        NumberColumn up = table.numbers(y);
        up.requireNumbers("a picture of '" + y + "'");
        List<String> names = new ArrayList<>();
        double[] values = new double[table.rows()];
        for (int r = 0; r < table.rows(); r++) {
            if (!up.missing(r)) {
                values[names.size()] = up.number(r);
                names.add(label(table.column(x).value(r)));
            }
        }
        requireSome(names.size(), "rows with '" + y + "'");
        if (names.size() > MOST_BARS) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    names.size() + " bars would not be readable; at most " + MOST_BARS + " are drawn",
                    "take some rows, t.sort(\"" + y + "\")[0.." + (MOST_BARS - 1) + "], or group them, t.group(\"" + x
                            + "\", {n: count})");
        }
        String name = titled(title, y + " by " + x);
        Scene scene = ColumnPlot.bars(
                names, Arrays.copyOf(values, names.size()), name, "n = " + names.size(), axis(y, up.unit()));
        return new Plot("bars", name, y + " of " + names.size() + " rows", scene);
    }

    // ---- columns ----------------------------------------------------------------------------------------------------

    /**
     * Numbers as a histogram, words and truth values as bars of their counts.
     *
     * @param column the name for the axis; may be empty
     * @throws MesoException WRONG_VALUE where there is nothing to show, NOT_A_NUMBER
     */
    public static Plot column(Column values, String column, String title) {
        if (values instanceof NumberColumn numbers) {
            double[] present = numbers.numbers("a histogram");
            requireSome(present.length, "values");
            for (double v : present) {
                if (Double.isInfinite(v)) {
                    throw new MesoException(ErrorCode.NOT_A_NUMBER, "a histogram cannot show infinite values");
                }
            }
            String what = column.isEmpty() ? "value" : column;
            String name = titled(title, column.isEmpty() ? "Distribution" : "Distribution of " + column);
            Scene scene = ColumnPlot.histogram(present, values instanceof LongColumn, name, axis(what, numbers.unit()));
            return new Plot("histogram", name, present.length + " values", scene);
        }
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int r = 0; r < values.size(); r++) {
            counts.merge(label(values.value(r)), 1, Integer::sum);
        }
        requireSome(counts.size(), "values");
        List<String> names = new ArrayList<>(counts.keySet());
        names.sort(Comparator.comparing((String s) -> -counts.get(s)).thenComparing(s -> s));
        List<String> shown = new ArrayList<>(names.subList(0, Math.min(MOST_BARS, names.size())));
        double[] numbers = new double[shown.size() + (names.size() > MOST_BARS ? 1 : 0)];
        for (int i = 0; i < names.size(); i++) {
            numbers[Math.min(i, MOST_BARS)] += counts.get(names.get(i));
        }
        if (names.size() > MOST_BARS) {
            shown.add((names.size() - MOST_BARS) + " others");
        }
        String name = titled(title, column.isEmpty() ? "Frequencies" : "Frequencies of " + column);
        Scene scene = ColumnPlot.bars(shown, numbers, name, "n = " + Scale.count(values.size()), "count");
        return new Plot("bars", name, names.size() + " different values of " + values.size(), scene);
    }

    // ---- graphs
    // -------------------------------------------------------------------------------------------------------

    /**
     * The adjacency matrix, presynaptic neurons down. Above 600 neurons each pixel counts the connections of several.
     *
     * @param by the column the neurons are sorted by, those of a text column in named groups; empty for the order of the table
     * @throws MesoException EMPTY_GRAPH, UNKNOWN_COLUMN
     */
    public static Plot matrix(Connectome graph, String by, String title) {
        requireNeurons(graph);
        int n = graph.n();
        int[] place = new int[n];
        int[] starts = {};
        List<String> names = List.of();
        if (by.isEmpty()) {
            Arrays.setAll(place, v -> v);
        } else {
            Column column = graph.neurons().column(by);
            Integer[] order = new Integer[n];
            Arrays.setAll(order, v -> v);
            Arrays.sort(
                    order,
                    (a, b) -> column.missing(a) || column.missing(b)
                            ? Boolean.compare(column.missing(a), column.missing(b))
                            : column.compare(a, b));
            for (int row = 0; row < n; row++) {
                place[order[row]] = row;
            }
            if (!(column instanceof NumberColumn)) {
                List<Integer> first = new ArrayList<>();
                names = new ArrayList<>();
                for (int row = 0; row < n; row++) {
                    String group = label(column.value(order[row]));
                    if (names.isEmpty() || !names.get(names.size() - 1).equals(group)) {
                        names.add(group);
                        first.add(row);
                    }
                }
                starts = first.stream().mapToInt(Integer::intValue).toArray();
            }
        }
        return matrix(graph, place, starts, names, by.isEmpty() ? "" : ", sorted by " + by, title);
    }

    /**
     * The adjacency matrix with the neurons of each block together, blocks in their order, neurons in no block last.
     *
     * @throws MesoException EMPTY_GRAPH
     */
    public static Plot matrix(Connectome graph, Partition blocks, String title) {
        requireNeurons(graph);
        int[] starts = new int[blocks.count() + (blocks.missing() > 0 ? 1 : 0)];
        for (int b = 1; b < starts.length; b++) {
            starts[b] = starts[b - 1] + blocks.sizes()[b - 1];
        }
        List<String> names = new ArrayList<>(blocks.names());
        if (blocks.missing() > 0) {
            names.add(label(null));
        }
        int[] cursor = starts.clone();
        int[] place = new int[graph.n()];
        for (int v = 0; v < place.length; v++) {
            int b = blocks.blocks()[v];
            place[v] = cursor[b < 0 ? blocks.count() : b]++;
        }
        String sorted = ", in " + Scale.count(blocks.count()) + (blocks.count() == 1 ? " block" : " blocks");
        return matrix(graph, place, starts, names, sorted, title);
    }

    private static Plot matrix(
            Connectome graph, int[] place, int[] starts, List<String> names, String sorted, String title) {
        int n = graph.n();
        NumberColumn weights = graph.weights();
        double[] w = new double[graph.m()];
        for (int e = 0; e < w.length; e++) {
            w[e] = weights.missing(e) ? 0 : Math.max(0, weights.number(e));
        }
        String weight =
                graph.weightColumn() == null || graph.weightColumn().isEmpty() ? "connections" : graph.weightColumn();
        String name = titled(title, "Adjacency matrix");
        String subtitle = Scale.count(n) + " neurons, " + Scale.count(graph.m()) + " connections" + sorted;
        Scene scene = MatrixPlot.scene(place, graph.pre(), graph.post(), w, weight, starts, names, name, subtitle);
        return new Plot("matrix", name, "the adjacency matrix, " + subtitle, scene);
    }

    /**
     * The matrix of blocks: how likely a neuron of one connects to a neuron of the other, with the numbers of connections where
     * there is room.
     *
     * @throws MesoException WRONG_VALUE for no blocks, or more than 4,096
     */
    public static Plot blocks(Wiring wiring, Partition blocks, String title) {
        requireSome(blocks.count(), "blocks");
        String name = titled(title, "Blocks");
        String subtitle =
                Scale.count(blocks.n() - blocks.missing()) + " neurons in " + Scale.count(blocks.count()) + " blocks";
        Scene scene = BlockPlot.scene(
                BlockMatrix.of(blocks, wiring), name, subtitle + "; the numbers are those of connections");
        return new Plot("blocks", name, "connection probabilities between " + subtitle, scene);
    }

    /**
     * The somata seen along the axis in which they are spread least; coloured by a column where {@code by} is not empty.
     *
     * @throws MesoException UNKNOWN_COLUMN where the neurons have no positions
     */
    public static Plot space(Connectome graph, String by, String title) {
        requireNeurons(graph);
        List<String> axes = graph.positionColumns();
        if (axes.size() < 2) {
            graph.position(axes.size(), Unit.ONE); // explains what is missing
        }
        Unit unit = readable(graph, graph.neurons().numbers(axes.get(0)).unit());
        double[][] at = new double[axes.size()][];
        for (int a = 0; a < at.length; a++) {
            at[a] = graph.position(a, unit);
        }
        int hidden = at.length < 3 ? -1 : flattest(at);
        int across = hidden == 0 ? 1 : 0;
        int up = hidden == 2 || hidden < 0 ? 1 : 2;
        Groups groups = by.isEmpty() ? Groups.NONE : Groups.of(graph.neurons().column(by));
        double[] xs = new double[graph.n()];
        double[] ys = new double[graph.n()];
        int[] group = new int[graph.n()];
        int n = 0;
        for (int v = 0; v < graph.n(); v++) {
            if (!Double.isNaN(at[across][v]) && !Double.isNaN(at[up][v])) {
                xs[n] = at[across][v];
                ys[n] = at[up][v];
                group[n++] = by.isEmpty() ? 0 : groups.codes[v];
            }
        }
        requireSome(n, "neurons with a position");
        int without = graph.n() - n;
        String name = titled(title, by.isEmpty() ? "Somata" : "Somata by " + by);
        String subtitle = Scale.count(n) + " neurons"
                + (hidden < 0 ? "" : ", seen along " + axes.get(hidden))
                + (without > 0 ? ", " + Scale.count(without) + " without a position" : "");
        Scene scene = ScatterPlot.scene(
                Arrays.copyOf(xs, n),
                Arrays.copyOf(ys, n),
                by.isEmpty() ? new int[0] : Arrays.copyOf(group, n),
                groups.names,
                true,
                name,
                subtitle,
                axis(axes.get(across), unit),
                axis(axes.get(up), unit));
        return new Plot("space", name, "the positions of " + subtitle, scene);
    }

    /** Micrometres for what is written in nanometres and larger than a few cells. */
    private static Unit readable(Connectome graph, Unit unit) {
        Unit micrometres = Unit.parse("um");
        if (unit.isOne() || !unit.compatible(micrometres) || unit.factor() >= micrometres.factor()) {
            return unit;
        }
        double most = Arrays.stream(graph.position(0, micrometres))
                .filter(x -> !Double.isNaN(x))
                .map(Math::abs)
                .max()
                .orElse(0);
        return most >= 10 ? micrometres : unit;
    }

    private static int flattest(double[][] at) {
        int flattest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int a = 0; a < at.length; a++) {
            double[] present =
                    Arrays.stream(at[a]).filter(x -> !Double.isNaN(x)).toArray();
            double extent = present.length == 0
                    ? 0
                    : Arrays.stream(present).max().getAsDouble()
                            - Arrays.stream(present).min().getAsDouble();
            // The later axis where two are alike: z is depth.
            if (extent <= least) {
                least = extent;
                flattest = a;
            }
        }
        return flattest;
    }

    // ---- recordings
    // --------------------------------------------------------------------------------------------------

    /**
     * A row of colours for each column over time; grey where nothing was recorded.
     *
     * @throws MesoException WRONG_VALUE where there are no moments or columns
     */
    public static Plot activity(Table table, String time, List<String> columns, String title) {
        double[] times = times(table, time);
        requireSome(columns.size(), "columns");
        double[][] values = new double[columns.size()][];
        for (int k = 0; k < values.length; k++) {
            values[k] = numbers(table.numbers(columns.get(k)));
        }
        String name = titled(title, "Activity");
        String subtitle = Scale.count(columns.size()) + " neurons, " + Scale.count(times.length)
                + " moments; colours from the 1st to the 99th percentile";
        Scene scene = RasterPlot.activity(
                columns,
                times,
                values,
                name,
                subtitle,
                axis("time", table.numbers(time).unit()));
        return new Plot("activity", name, "the activity of " + subtitle, scene);
    }

    /** Whether a column names states rather than measures: words, truth values, or a few whole numbers. */
    public static boolean isStates(Column column) {
        if (!(column instanceof LongColumn whole)) {
            return !(column instanceof NumberColumn);
        }
        return Arrays.stream(whole.array())
                        .distinct()
                        .limit(Colors.categories() + 1)
                        .count()
                <= Colors.categories();
    }

    /** Behaviour over time as a strip of colours. */
    public static Plot states(Table table, String time, String label, String title) {
        double[] times = times(table, time);
        Groups groups = Groups.of(table.column(label));
        String name = titled(title, "Behaviour");
        String subtitle = label + ", " + Scale.count(times.length) + " moments";
        Scene scene = RasterPlot.states(
                times,
                groups.codes,
                groups.names,
                name,
                subtitle,
                axis("time", table.numbers(time).unit()));
        return new Plot("behavior", name, "the behaviour over time, " + subtitle, scene);
    }

    /** One curve for each column of numbers, each in its own panel: columns of behaviour have units of their own. */
    public static Plot traces(Table table, String time, List<String> columns, String title) {
        double[] times = times(table, time);
        requireSome(columns.size(), "columns of numbers");
        String name = titled(title, "Behaviour");
        String subtitle = Scale.count(times.length) + " moments";
        String timeAxis = axis("time", table.numbers(time).unit());
        double[][] values = new double[columns.size()][];
        List<String> names = new ArrayList<>();
        for (int k = 0; k < values.length; k++) {
            NumberColumn column = table.numbers(columns.get(k));
            values[k] = numbers(column);
            names.add(axis(columns.get(k), column.unit()));
        }
        Scene scene = RasterPlot.traces(names, times, values, name, subtitle, timeAxis);
        return new Plot("behavior", name, String.join(", ", columns) + " over " + subtitle, scene);
    }

    private static double[] numbers(NumberColumn column) {
        double[] numbers = new double[column.size()];
        Arrays.setAll(numbers, t -> column.missing(t) ? Double.NaN : column.number(t));
        return numbers;
    }

    private static double[] times(Table table, String time) {
        requireSome(table.rows(), "moments");
        NumberColumn column = table.numbers(time);
        double[] times = new double[table.rows()];
        for (int t = 0; t < times.length; t++) {
            times[t] = column.missing(t) ? Double.NaN : column.number(t);
            if (Double.isNaN(times[t]) || t > 0 && times[t] < times[t - 1]) {
                throw new MesoException(
                        ErrorCode.WRONG_VALUE,
                        "times must rise, but row " + t + " (counted from 0) does not follow the one before it",
                        "sort the table by '" + time + "' first");
            }
        }
        return times;
    }

    // ---- common
    // -------------------------------------------------------------------------------------------------------

    /** The different values of a column, as categories in the order of their frequency; those beyond the colours share one. */
    private record Groups(int[] codes, List<String> names) {
        static final Groups NONE = new Groups(new int[0], List.of());

        static Groups of(Column column) {
            Map<String, Integer> counts = new LinkedHashMap<>();
            for (int r = 0; r < column.size(); r++) {
                counts.merge(label(column.value(r)), 1, Integer::sum);
            }
            List<String> names = new ArrayList<>(counts.keySet());
            names.sort(Comparator.comparing((String s) -> -counts.get(s)).thenComparing(s -> s));
            int most = Colors.categories();
            boolean many = names.size() > most;
            Map<String, Integer> code = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                code.put(names.get(i), many ? Math.min(i, most - 1) : i);
            }
            int[] codes = new int[column.size()];
            Arrays.setAll(codes, r -> code.get(label(column.value(r))));
            List<String> shown = new ArrayList<>(many ? names.subList(0, most - 1) : names);
            if (many) {
                shown.add((names.size() - most + 1) + " others");
            }
            return new Groups(codes, shown);
        }
    }

    private static String label(Object value) {
        return value == null ? "none" : value.toString();
    }

    private static String titled(String title, String usual) {
        return title.isEmpty() ? usual : title;
    }

    private static String axis(String name, Unit unit) {
        return unit.isOne() ? name : name + " [" + unit.symbol() + "]";
    }

    private static void requireNeurons(Connectome graph) {
        if (graph.n() == 0) {
            throw new MesoException(ErrorCode.EMPTY_GRAPH, "a graph without neurons has no picture");
        }
    }

    private static void requireSome(int n, String what) {
        if (n == 0) {
            throw new MesoException(ErrorCode.WRONG_VALUE, "there are no " + what + " to show");
        }
    }
}
