package dev.meso.runtime.mesoscale;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.space.KdTree;
import dev.meso.runtime.space.LocationGrid;
import dev.meso.runtime.space.Positions;
import dev.meso.runtime.space.ReceptiveFields;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import dev.meso.runtime.task.Parallel;
import dev.meso.runtime.unit.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a model knows of the tissue.
 *
 * @param fields the neurons of each location
 * @param wiring among the recorded neurons, for latent synapses; null without them
 * @param weights the sign and strength each connection of the wiring starts with, in row order; null without wiring
 * @param neighbours neurons within the radius of each neuron, itself included, as rows of neurons; null without features
 * @param features of each neuron, neurons x number, standardized: degrees, simplices, statistics of its activity
 * @param featureCount how many
 */
public record ModelStructure(
        ReceptiveFields fields,
        Wiring wiring,
        double[] weights,
        int[][] neighbours,
        double[] features,
        int featureCount) {
    private static final Unit UM = Unit.ofName("um");

    /** All synapses of a neuron together start with so much of its input. */
    private static final double SYNAPTIC_SHARE = 0.1;

    private static final int EVERYWHERE = 1;

    public int n() {
        return fields.n();
    }

    /**
     * What a declared model knows. Neurons with a position in the graph stand in the fields of a grid over all these positions; if some of the
     * recorded neurons have none, there is also one global location that holds all neurons.
     *
     * @param graph null for a model without structure, whose only location is global
     * @param neurons names of the recorded neurons, some of them neurons of the graph
     * @param features of each neuron of the recording, standardized, neurons x {@code featureCount}; null for none
     * @throws MesoException WRONG_VALUE where no field holds two neurons, also where synapses are asked for and no neuron is of the graph
     */
    public static ModelStructure of(
            ModelSpec spec,
            Connectome graph,
            List<String> neurons,
            double[] features,
            int featureCount,
            Parallel parallel) {
        int[] row = rows(graph, neurons);
        Positions positions = positions(graph, row);
        ReceptiveFields fields = fields(spec, positions, parallel);
        Wiring wiring = null;
        double[] weights = null;
        if (spec.synapses()) {
            if (Arrays.stream(row).noneMatch(r -> r >= 0)) {
                throw new MesoException(
                        ErrorCode.WRONG_VALUE,
                        "none of the " + neurons.size() + " recorded neurons, such as '" + neurons.getFirst()
                                + "', is a neuron of the structure, so there are no synapses between them",
                        "columns of a recording are named after the ids of neurons");
            }
            TreeMap<Long, Double> synapses = synapses(graph, row);
            int n = neurons.size();
            wiring = Wiring.of(
                    n,
                    synapses.keySet().stream().mapToInt(e -> (int) (e / n)).toArray(),
                    synapses.keySet().stream().mapToInt(e -> (int) (e % n)).toArray(),
                    false);
            weights = synapses.values().stream().mapToDouble(w -> w).toArray();
        }
        int[][] neighbours = featureCount == 0 ? null : neighbours(positions, spec.radius(), parallel);
        return new ModelStructure(fields, wiring, weights, neighbours, features, featureCount);
    }

    /** The row of each recorded neuron in the graph, -1 for one that is none of its neurons. */
    public static int[] rows(Connectome graph, List<String> neurons) {
        return neurons.stream()
                .mapToInt(name -> graph == null ? -1 : graph.neuron(name))
                .toArray();
    }

    private static Positions positions(Connectome graph, int[] row) {
        double[][] place = new double[3][row.length];
        for (double[] axis : place) {
            Arrays.fill(axis, Double.NaN);
        }
        if (graph != null && !graph.positionColumns().isEmpty()) {
            Positions all = Positions.of(graph, UM);
            for (int i = 0; i < row.length; i++) {
                if (row[i] >= 0) {
                    for (int axis = 0; axis < 3; axis++) {
                        place[axis][i] = all.along(axis)[row[i]];
                    }
                }
            }
        }
        return new Positions(place[0], place[1], place[2], UM);
    }

    private static ReceptiveFields fields(ModelSpec spec, Positions positions, Parallel parallel) {
        double diameter = spec.menu().diameter();
        int placed =
                (int) IntStream.range(0, positions.n()).filter(positions::has).count();
        LocationGrid grid = placed == 0
                ? new LocationGrid(diameter, spec.menu().stride(), new double[0], new double[0], new double[0])
                : LocationGrid.over(positions, diameter, spec.menu().stride());
        ReceptiveFields fields = ReceptiveFields.of(positions, grid, parallel);
        boolean lonely = IntStream.range(0, fields.locations()).allMatch(l -> fields.size(l) <= EVERYWHERE);
        if (placed > 1 && lonely) {
            double[] nearest = KdTree.of(positions, parallel).nearestDistances(parallel);
            double[] known =
                    Arrays.stream(nearest).filter(Double::isFinite).sorted().toArray();
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    String.format(
                            Locale.ROOT,
                            "no domain of the module %s holds two neurons: its diameter is %s um, and half of the neurons have no other within %s um",
                            spec.menu().name(),
                            shortly(diameter),
                            shortly(known[known.length / 2])),
                    "use a larger diameter, such as " + shortly(8 * known[known.length / 2]) + " um");
        }
        return placed == positions.n()
                ? fields
                : fields.everywhere(IntStream.range(0, positions.n()).toArray());
    }

    private static String shortly(double length) {
        return String.format(Locale.ROOT, length < 10 ? "%.1f" : "%.0f", length);
    }

    /**
     * Weights of the connections among recorded neurons, by {@code pre n + post}: the number of synapses, negative from neurons whose transmitter is
     * GABA or glycine or whose {@code sign} is negative, over the sum of all that the postsynaptic neuron receives.
     */
    private static TreeMap<Long, Double> synapses(Connectome graph, int[] row) {
        int n = row.length;
        int[] column = new int[graph.n()];
        Arrays.fill(column, -1);
        for (int i = 0; i < n; i++) {
            if (row[i] >= 0) {
                column[row[i]] = i;
            }
        }
        NumberColumn number = graph.weights();
        double[] sign = signs(graph);
        TreeMap<Long, Double> sums = new TreeMap<>();
        double[] received = new double[n];
        for (int e = 0; e < graph.m(); e++) {
            int pre = column[graph.pre()[e]];
            int post = column[graph.post()[e]];
            if (pre >= 0 && post >= 0 && pre != post) {
                double weight = number.number(e);
                if (Double.isFinite(weight)) {
                    sums.merge((long) pre * n + post, weight * sign[graph.pre()[e]], Double::sum);
                    received[post] += Math.abs(weight);
                }
            }
        }
        sums.replaceAll((key, weight) -> SYNAPTIC_SHARE * weight / Math.max(1e-300, received[(int) (key % n)]));
        return sums;
    }

    private static double[] signs(Connectome graph) {
        double[] sign = new double[graph.n()];
        Arrays.fill(sign, 1);
        Table neurons = graph.neurons();
        for (String name : List.of("transmitter", "nt_type", "neurotransmitter")) {
            if (neurons.has(name) && neurons.column(name) instanceof TextColumn text) {
                for (int v = 0; v < sign.length; v++) {
                    String word = text.missing(v) ? "" : text.get(v).toLowerCase(Locale.ROOT);
                    if (word.contains("gaba") || word.contains("glycine")) {
                        sign[v] = -1;
                    }
                }
            }
        }
        if (neurons.has("sign") && neurons.column("sign") instanceof NumberColumn given) {
            for (int v = 0; v < sign.length; v++) {
                sign[v] = given.missing(v) ? sign[v] : Math.signum(given.number(v));
            }
        }
        return sign;
    }

    private static int[][] neighbours(Positions positions, double radius, Parallel parallel) {
        KdTree tree = KdTree.of(positions, parallel);
        int[][] near = new int[positions.n()][];
        Arrays.setAll(
                near,
                v -> positions.has(v)
                        ? tree.within(
                                positions.x()[v], positions.y()[v], positions.z()[v], radius)
                        : new int[] {v});
        return near;
    }
}
