package dev.meso.language.builtin.network;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.ColumnValue;
import dev.meso.language.value.DistanceBinsValue;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.PartitionValue;
import dev.meso.language.value.TableValue;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.partition.BlockMatrix;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.space.PairDistances;
import dev.meso.runtime.space.Positions;
import dev.meso.runtime.stats.Proportion;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.unit.Quantity;
import dev.meso.runtime.unit.Unit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code distance connection_probability distance_distribution}. */
final class DistanceBuiltins {
    private static final String BINS = "bins";
    private static final String OF = "of";

    /** About how many bins the longest distance is cut into where no width is given. */
    private static final int USUAL_BINS = 30;

    private DistanceBuiltins() {}

    static List<Builtin> all() {
        return List.of(distance(), connectionProbability(), distanceDistribution());
    }

    private static Builtin distance() {
        return Builtin.named("distance")
                .group(NetworkBuiltins.GROUP)
                .about("The distance between neurons in bins of equal width, for `connection_probability` and"
                        + " `distance_distribution`.")
                .parameter(BINS, Kind.QUANTITY, "the width of a bin: a length, as in 10 um")
                .returns(Kind.ANY, "bins of distance")
                .runs(call -> {
                    Quantity width = call.quantity(0);
                    if (!(width.value() > 0) || Double.isInfinite(width.value())) {
                        throw call.bad(0, "must be a positive length");
                    }
                    if (!width.unit().isOne()) {
                        // A length or an error that says what was found.
                        width.in(Unit.parse("um"));
                    }
                    return new DistanceBinsValue(width);
                });
    }

    private static Builtin connectionProbability() {
        return Builtin.named("connection_probability")
                .group(NetworkBuiltins.GROUP)
                .about(
                        "The share of ordered pairs of neurons that are connected, by the distance between them or by their blocks.")
                .detail(
                        "A pair counts twice, once in each direction. `low` and `high` are the 95 % interval of Wilson 1927 for"
                                + " pairs that are connected independently of each other. Neurons without a position, or in no block, are left out,"
                                + " and a warning says how many. Cost by distance: all pairs, about 8 s of two cores for 125,000 neurons.")
                .parameter("g", Kind.GRAPH, NetworkBuiltins.GRAPH)
                .parameter(OF, Kind.ANY, "distance(bins: 10 um), a partition, or a column or list of labels")
                .returns(
                        Kind.TABLE,
                        "columns from, to (a distance lies from the one up to the other) or pre, post (blocks); then pairs, connected,"
                                + " probability, low, high")
                .runs(call -> {
                    Object of = call.argument(OF);
                    if (of instanceof DistanceBinsValue bins) {
                        return byDistance(call, bins.width());
                    }
                    if (of instanceof PartitionValue || of instanceof ColumnValue || of instanceof ListValue) {
                        return byBlocks(call);
                    }
                    throw call.wrong(call.index(OF), "distance(bins: 10 um), a partition or a column of labels");
                });
    }

    private static TableValue byDistance(Call call, Quantity width) {
        Connectome g = NetworkBuiltins.graph(call);
        PairDistances distances = new PairDistances(Positions.of(g, width.unit()), width.value());
        long[] connected = distances.connections(g.wiring());
        long[] pairs = distances.pairs(call.context().parallel());
        int bins = used(pairs);
        for (int k = 0; k < bins; k++) {
            pairs[k] *= 2;
        }
        Map<String, Column> columns = bins(width, bins);
        probabilities(columns, pairs, connected, bins);
        warnUnplaced(call, distances);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("neurons without a position", (long) distances.unplaced());
        return NetworkBuiltins.made(call, Table.of(columns), facts);
    }

    private static TableValue byBlocks(Call call) {
        Connectome g = NetworkBuiltins.graph(call);
        Partition partition = partition(call, g);
        BlockMatrix matrix = BlockMatrix.of(partition, g.wiring());
        int count = partition.count();
        long[] pairs = new long[count * count];
        long[] connected = new long[count * count];
        int[] pre = new int[count * count];
        int[] post = new int[count * count];
        for (int b = 0, i = 0; b < count; b++) {
            for (int c = 0; c < count; c++, i++) {
                pre[i] = b;
                post[i] = c;
                pairs[i] = (long) matrix.pairs(b, c);
                connected[i] = (long) matrix.get(b, c);
            }
        }
        Column labels = Column.of(partition.labels());
        Map<String, Column> columns = new LinkedHashMap<>();
        columns.put("pre", labels.select(pre));
        columns.put("post", labels.select(post));
        probabilities(columns, pairs, connected, pairs.length);
        if (partition.missing() > 0) {
            call.context()
                    .warn("warning: " + call.builtin().name() + ": " + partition.missing()
                            + (partition.missing() == 1 ? " neuron is" : " neurons are") + " in no block and left out");
        }
        return NetworkBuiltins.made(call, Table.of(columns), matrix.facts());
    }

    private static Partition partition(Call call, Connectome g) {
        int index = call.index(OF);
        if (call.argument(index) instanceof PartitionValue partition) {
            return partition.on(g);
        }
        ColumnValue labels = call.column(index);
        if (labels.size() != g.n()) {
            throw call.bad(index, "has " + labels.size() + " labels where the graph has " + g.n() + " neurons");
        }
        return Partition.of(labels.column());
    }

    private static Builtin distanceDistribution() {
        return Builtin.named("distance_distribution")
                .group(NetworkBuiltins.GROUP)
                .about("How long connections are: the straight distance between the positions of the two neurons.")
                .detail(
                        "Connections of neurons without a position are left out, and a warning says how many neurons those are.")
                .parameter("g", Kind.GRAPH, NetworkBuiltins.GRAPH)
                .optional(OF, Kind.ANY, "distance(bins: 10 um); about 30 bins of a round width where left out")
                .returns(
                        Kind.TABLE,
                        "columns from, to (a distance lies from the one up to the other), count, share, cumulative (the share up to"
                                + " `to`)")
                .runs(DistanceBuiltins::lengths);
    }

    private static Object lengths(Call call) {
        Connectome g = NetworkBuiltins.graph(call);
        Quantity width = call.given(OF)
                ? call.value(OF, DistanceBinsValue.class, "distance(bins: 10 um)")
                        .width()
                : usualWidth(g);
        PairDistances distances = new PairDistances(Positions.of(g, width.unit()), width.value());
        long[] counts = distances.connections(g.wiring());
        int bins = used(counts);
        long all = 0;
        for (int k = 0; k < bins; k++) {
            all += counts[k];
        }
        double[] share = new double[bins];
        double[] cumulative = new double[bins];
        long sum = 0;
        for (int k = 0; k < bins; k++) {
            sum += counts[k];
            share[k] = (double) counts[k] / all;
            cumulative[k] = (double) sum / all;
        }
        Map<String, Column> columns = bins(width, bins);
        columns.put("count", LongColumn.of(Arrays.copyOf(counts, bins)));
        columns.put("share", DoubleColumn.of(share));
        columns.put("cumulative", DoubleColumn.of(cumulative));
        warnUnplaced(call, distances);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("neurons without a position", (long) distances.unplaced());
        return NetworkBuiltins.made(call, Table.of(columns), facts);
    }

    /** 1, 2 or 5 times a power of ten, so that the longest connection is about 30 bins long. */
    private static Quantity usualWidth(Connectome g) {
        Unit unit = g.positionColumns().isEmpty()
                ? Unit.ONE
                : g.neurons().numbers(g.positionColumns().get(0)).unit();
        Positions places = Positions.of(g, unit);
        double longest = 0;
        for (int e = 0; e < g.m(); e++) {
            int u = g.pre()[e];
            int v = g.post()[e];
            double squares = 0;
            for (int axis = 0; axis < 3; axis++) {
                double d = places.along(axis)[u] - places.along(axis)[v];
                squares += d * d;
            }
            longest = squares > longest ? squares : longest;
        }
        double width = Math.sqrt(longest) / USUAL_BINS;
        double power = width == 0 ? 1 : Math.pow(10, Math.floor(Math.log10(width)));
        double digit = width / power;
        return new Quantity((digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10) * power, unit);
    }

    // ---- shared

    /** Bins up to the last that holds anything, at least one. */
    private static int used(long[] counts) {
        int bins = counts.length;
        while (bins > 1 && counts[bins - 1] == 0) {
            bins--;
        }
        return bins;
    }

    private static Map<String, Column> bins(Quantity width, int bins) {
        double[] from = new double[bins];
        double[] to = new double[bins];
        for (int k = 0; k < bins; k++) {
            from[k] = k * width.value();
            to[k] = (k + 1) * width.value();
        }
        Map<String, Column> columns = new LinkedHashMap<>();
        columns.put("from", DoubleColumn.of(from).withUnit(width.unit()));
        columns.put("to", DoubleColumn.of(to).withUnit(width.unit()));
        return columns;
    }

    private static void probabilities(Map<String, Column> columns, long[] pairs, long[] connected, int rows) {
        double[][] shares = new double[3][rows];
        for (int i = 0; i < rows; i++) {
            Proportion p = Proportion.of(connected[i], pairs[i]);
            shares[0][i] = p.share();
            shares[1][i] = p.low();
            shares[2][i] = p.high();
        }
        columns.put("pairs", LongColumn.of(Arrays.copyOf(pairs, rows)));
        columns.put("connected", LongColumn.of(Arrays.copyOf(connected, rows)));
        columns.put("probability", NetworkBuiltins.orMissing(shares[0]));
        columns.put("low", NetworkBuiltins.orMissing(shares[1]));
        columns.put("high", NetworkBuiltins.orMissing(shares[2]));
    }

    private static void warnUnplaced(Call call, PairDistances distances) {
        int unplaced = distances.unplaced();
        if (unplaced == NetworkBuiltins.graph(call).n()) {
            throw new MesoException(ErrorCode.WRONG_VALUE, "no neuron has a position: all coordinates are missing");
        }
        if (unplaced > 0) {
            call.context()
                    .warn("warning: " + call.builtin().name() + ": " + unplaced
                            + (unplaced == 1 ? " neuron has" : " neurons have") + " no position and "
                            + (unplaced == 1 ? "is" : "are") + " left out");
        }
    }
}
