package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import dev.meso.language.MesoContext;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.mesoscale.Transmission;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.table.BooleanColumn;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.unit.Unit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Transmission-response graphs: a list of graphs, one for each bin, each made when it is asked for. */
public final class TransmissionValue extends MesoValue {
    private static final String WEIGHT = "weight";
    private static final String OBSERVED = "observed";

    private final Connectome graph;
    private final Transmission series;
    private final boolean[] recorded;
    private final Unit unit;
    private final String about;
    private final Provenance provenance;
    private int[] connectionOfEdge;
    private Transmission.Tally tally;

    /**
     * @param graph whose connections they are
     * @param recorded whether each of its neurons was recorded
     * @param unit of times that are shown
     * @param about length of bins and window, for the text
     */
    public TransmissionValue(
            Connectome graph, Transmission series, boolean[] recorded, Unit unit, String about, Provenance provenance) {
        this.graph = graph;
        this.series = series;
        this.recorded = recorded;
        this.unit = unit;
        this.about = about;
        this.provenance = provenance;
    }

    public Connectome graph() {
        return graph;
    }

    public Transmission series() {
        return series;
    }

    @Override
    public Provenance provenance() {
        return provenance;
    }

    @Override
    public String kind() {
        return "transmission";
    }

    @Override
    public long size() {
        return series.bins();
    }

    @Override
    @TruffleBoundary
    public Object element(long index) {
        if (connectionOfEdge == null) {
            connectionOfEdge = graph.connectionOfEdge();
        }
        boolean[] active = new boolean[graph.wiring().m()];
        for (int e : series.connections(Math.toIntExact(index))) {
            active[e] = true;
        }
        return new GraphValue(graph.connections(e -> connectionOfEdge[e] >= 0 && active[connectionOfEdge[e]]));
    }

    /** Columns time, connections and active neurons, one row for each bin; of several recordings their number, too. */
    private TableValue counts() {
        Map<String, Column> columns = new LinkedHashMap<>();
        if (series.bins() > 0 && series.recording(series.bins() - 1) > 0) {
            columns.put(
                    "recording",
                    LongColumn.of(IntStream.range(0, series.bins())
                            .map(b -> series.recording(b) + 1)
                            .toArray()));
        }
        return new TableValue(counts(columns, times()), provenance);
    }

    /** The counts of several recordings with their clocks put one after the other, so that times rise: for pictures. */
    @TruffleBoundary
    public Table countsInARow() {
        double[] seconds = IntStream.range(0, series.bins())
                .mapToDouble(b -> series.recording(series.bins() - 1) > 0 ? b * series.bin() : series.time(b))
                .toArray();
        return counts(new LinkedHashMap<>(), DoubleColumn.of(seconds).withUnit(Unit.ofName("s")));
    }

    private Table counts(Map<String, Column> columns, DoubleColumn times) {
        int[] active = new int[series.bins()];
        for (int b = 0; b < active.length; b++) {
            active[b] = series.neurons(b).length;
        }
        columns.put("time", times);
        columns.put("connections", LongColumn.of(tally().connections()));
        columns.put("active_neurons", LongColumn.of(active));
        return Table.of(columns);
    }

    private Transmission.Tally tally() {
        if (tally == null) {
            tally = series.tally(MesoContext.get(null).parallel());
        }
        return tally;
    }

    private DoubleColumn times() {
        Unit seconds = Unit.ofName("s");
        return DoubleColumn.of(IntStream.range(0, series.bins())
                        .mapToDouble(b -> seconds.convert(series.time(b), unit))
                        .toArray())
                .withUnit(unit);
    }

    /** The share of bins for each connection; 0 for those not seen, which {@code observed} tells. */
    private GraphValue mean() {
        Connectome simple = graph.simple();
        int[] bins = tally().bins();
        double[] share =
                IntStream.of(bins).mapToDouble(b -> (double) b / series.bins()).toArray();
        boolean[] observed = new boolean[bins.length];
        for (int e = 0; e < observed.length; e++) {
            observed[e] = recorded[simple.pre()[e]] && recorded[simple.post()[e]];
        }
        return new GraphValue(simple.weighted(WEIGHT, share, provenance.then("mean", Map.of()))
                .withSynapseColumn(OBSERVED, BooleanColumn.of(observed)));
    }

    @Override
    public Members members() {
        return Holder.MEMBERS;
    }

    private static final class Holder {
        static final Members MEMBERS = Members.of(TransmissionValue.class)
                .property(
                        "graphs",
                        Kind.LIST,
                        "the graph of each bin, made when it is asked for: all neurons, the connections that may have carried something",
                        t -> t)
                .property("times", Kind.COLUMN, "when each bin begins", t -> new ColumnValue(t.times()))
                .property(
                        "counts",
                        Kind.TABLE,
                        "columns time, connections and active_neurons; of several recordings also recording, from 1",
                        TransmissionValue::counts)
                .property(
                        "mean",
                        Kind.GRAPH,
                        "the simple graph with the share of bins in which each connection was active as its weight, and a column `observed`: whether both its neurons were recorded",
                        TransmissionValue::mean)
                .property("length", Kind.INTEGER, "the number of bins", TransmissionValue::size)
                .end();
    }

    @Override
    @TruffleBoundary
    public String text() {
        int neurons = 0;
        for (boolean r : recorded) {
            neurons += r ? 1 : 0;
        }
        int seen = 0;
        int[] pre = graph.wiring().edgeSources();
        for (int e = 0; e < pre.length; e++) {
            seen += recorded[pre[e]] && recorded[graph.wiring().outTargets()[e]] ? 1 : 0;
        }
        return series.bins()
                + (series.bins() == 1 ? " transmission-response graph, " : " transmission-response graphs, ")
                + about + "; " + neurons + " of " + graph.n() + " neurons were recorded, and so both ends of " + seen
                + " of " + pre.length + " connections";
    }
}
