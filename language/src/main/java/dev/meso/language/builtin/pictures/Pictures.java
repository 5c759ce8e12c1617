package dev.meso.language.builtin.pictures;

import dev.meso.language.builtin.Call;
import dev.meso.language.value.ArgumentException;
import dev.meso.language.value.ColumnValue;
import dev.meso.language.value.FittedModelValue;
import dev.meso.language.value.GraphValue;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.MesoValue;
import dev.meso.language.value.PartitionValue;
import dev.meso.language.value.PlotValue;
import dev.meso.language.value.RecordingValue;
import dev.meso.language.value.TableValue;
import dev.meso.language.value.TransmissionValue;
import dev.meso.language.value.Values;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.mesoscale.ModelStructure;
import dev.meso.runtime.plot.FitPlot;
import dev.meso.runtime.plot.Plot;
import dev.meso.runtime.plot.Plots;
import dev.meso.runtime.space.Positions;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which picture belongs to a value, and writing pictures and pages to files. */
public final class Pictures {
    /** What may be asked of a picture; empty text for what is not given. */
    record Options(String title, String x, String y, String by, PartitionValue blocks, String view, String scale) {
        static final Options NONE = new Options("", "", "", "", null, "", "");
    }

    private static final String PLOTTABLE =
            "comparisons, censuses, degree distributions, graphs, partitions, recordings, fitted models, columns and tables (x: and y:) can be"
                    + " plotted";

    private Pictures() {}

    /** The picture of an argument, with nothing asked. */
    public static PlotValue of(Call call, int index) {
        return of(call, index, Options.NONE);
    }

    static PlotValue of(Call call, int index, Options options) {
        Object value = call.argument(index);
        if (value instanceof PlotValue plot) {
            return plot;
        }
        Plot plot = plot(value, options)
                .orElseThrow(() -> new ArgumentException(
                        ErrorCode.WRONG_TYPE, index, Values.describe(value) + " has no picture", PLOTTABLE));
        return new PlotValue(plot, value instanceof MesoValue meso ? meso.provenance() : null, null);
    }

    /** The picture of a value; empty for kinds of values that have none. */
    static Optional<Plot> plot(Object value, Options o) {
        if (value instanceof TableValue table) {
            return Optional.of(table(table, o));
        } else if (value instanceof GraphValue graph) {
            return Optional.of(graph(graph, o));
        } else if (value instanceof PartitionValue partition) {
            return Optional.of(partition(partition, o));
        } else if (value instanceof RecordingValue recording) {
            return Optional.of(recording(recording, o));
        } else if (value instanceof TransmissionValue series) {
            return Optional.of(Plots.traces(
                    series.countsInARow(),
                    "time",
                    List.of("connections", "active_neurons"),
                    o.title().isEmpty() ? "Transmission-response graphs" : o.title()));
        } else if (value instanceof FittedModelValue fit) {
            return Optional.of(FitPlot.of(fit.fit(), positions(fit), o.view(), o.title()));
        } else if (value instanceof ColumnValue column) {
            return Optional.of(Plots.column(column.column(), o.x(), o.title()));
        }
        ListValue list = value instanceof MesoValue ? Call.asList(value) : null;
        if (list == null || list.length() == 0 || list.get(0) instanceof MesoValue) {
            return Optional.empty();
        }
        return Optional.of(Plots.column(ColumnValue.of(list).column(), o.x(), o.title()));
    }

    private static Plot table(TableValue value, Options o) {
        Table table = value.table();
        if (!o.x().isEmpty() && !o.y().isEmpty()) {
            return Plots.columns(table, o.x(), o.y(), o.by(), o.title());
        } else if (!o.x().isEmpty() || !o.y().isEmpty()) {
            String column = o.x().isEmpty() ? o.y() : o.x();
            return Plots.column(table.column(column), column, o.title());
        } else if (Plots.isComparison(table)) {
            return Plots.comparison(table, value.draws(), o.scale(), o.title());
        } else if (Plots.isCensus(table)) {
            return Plots.census(table, o.title());
        } else if (Plots.isDegrees(table)) {
            return Plots.degrees(table, o.title());
        } else if (table.names().size() == 1) {
            return Plots.column(table.column(0), table.names().get(0), o.title());
        }
        throw new MesoException(
                ErrorCode.MISSING_ARGUMENT,
                "a table is plotted by its columns, and which ones is not said",
                "two of them as points: plot(t, x: " + quoted(table, 0) + ", y: " + quoted(table, 1)
                        + "); one as a distribution: plot(t, x: " + quoted(table, 0) + ")",
                "its columns are " + String.join(", ", table.names()));
    }

    private static String quoted(Table table, int column) {
        return table.names().size() > column ? "\"" + table.names().get(column) + "\"" : "\"…\"";
    }

    private static Plot partition(PartitionValue p, Options o) {
        if (p.graph() == null) {
            throw new MesoException(
                    ErrorCode.MISSING_ARGUMENT,
                    "a partition is shown on its graph, and this one was made without",
                    "say which graph: plot(g, by: p)");
        }
        return blocks(p, p.graph(), o);
    }

    private static Plot blocks(PartitionValue p, Connectome graph, Options o) {
        return switch (o.view()) {
            case "", "matrix" -> Plots.matrix(graph, p.on(graph), o.title());
            case "blocks" -> Plots.blocks(graph.wiring(), p.on(graph), o.title());
            default ->
                throw new MesoException(
                        ErrorCode.WRONG_VALUE, "a partition has the views matrix and blocks, not '" + o.view() + "'");
        };
    }

    private static Plot graph(GraphValue graph, Options o) {
        if (o.blocks() != null) {
            return blocks(o.blocks(), graph.connectome(), o);
        }
        return switch (o.view()) {
            case "", "matrix" -> Plots.matrix(graph.connectome(), o.by(), o.title());
            case "space" -> Plots.space(graph.connectome(), o.by(), o.title());
            default ->
                throw new MesoException(
                        ErrorCode.WRONG_VALUE, "a graph has the views matrix and space, not '" + o.view() + "'");
        };
    }

    /** Of the neurons of a model in its order; null where its structure is not known or has no positions. */
    private static Positions positions(FittedModelValue fit) {
        Connectome graph = fit.graph();
        if (graph == null || graph.positionColumns().isEmpty()) {
            return null;
        }
        int[] row = ModelStructure.rows(graph, fit.fit().names());
        Positions all = Positions.of(graph, Unit.ofName("um"));
        double[][] at = new double[3][row.length];
        for (int a = 0; a < 3; a++) {
            for (int i = 0; i < row.length; i++) {
                at[a][i] = row[i] < 0 ? Double.NaN : all.along(a)[row[i]];
            }
        }
        return new Positions(at[0], at[1], at[2], all.unit());
    }

    private static Plot recording(RecordingValue recording, Options o) {
        List<String> columns = new ArrayList<>(recording.placed());
        columns.addAll(recording.unplaced());
        Table table = recording.inARow();
        if (columns.size() == 1 && Plots.isStates(table.column(columns.get(0)))) {
            return Plots.states(table, recording.time(), columns.get(0), o.title());
        }
        List<String> numbers = columns.stream()
                .filter(c -> table.column(c) instanceof NumberColumn)
                .toList();
        return recording.kind().equals("behavior")
                ? Plots.traces(table, recording.time(), numbers, o.title())
                : Plots.activity(table, recording.time(), numbers, o.title());
    }

    /** Writes a picture; the ending of {@code file} picks the format. {@code index} is the argument that names the file. */
    public static void save(Call call, int index, PlotValue picture, String file) {
        String ending = file.toLowerCase(Locale.ROOT).substring(file.lastIndexOf('.') + 1);
        byte[] bytes =
                switch (ending) {
                    case "svg" -> picture.plot().svg();
                    case "png" -> picture.plot().png();
                    default ->
                        throw new ArgumentException(
                                ErrorCode.WRONG_FORMAT,
                                index,
                                "pictures are saved as .svg, .png or .html, not '" + file + "'");
                };
        PlotValue.write(call.context().files(), file, bytes);
    }

    /** Writes a page of these values. */
    public static void page(Call call, int index, String file, String title, List<Object> items) {
        if (!file.toLowerCase(Locale.ROOT).endsWith(".html")) {
            throw new ArgumentException(ErrorCode.WRONG_FORMAT, index, "a report is an .html file, not '" + file + "'");
        }
        byte[] bytes = new Report(title).page(items).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        PlotValue.write(call.context().files(), file, bytes);
    }
}
