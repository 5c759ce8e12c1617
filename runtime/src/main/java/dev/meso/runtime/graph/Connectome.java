package dev.meso.runtime.graph;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.error.Suggest;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.table.BooleanColumn;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * A directed multigraph embedded in space: a table of neurons and a table of edges, one edge for each row. Immutable.
 * Neurons and edges are numbered from 0 in the order of their rows.
 *
 * <p>{@link #wiring} is its simple view: parallel edges once, no autapses. Degrees, density, reciprocity, components, motifs
 * and null models are about the wiring; {@link #m} and the synapse table count every edge.
 *
 * <p>Memory: 8 bytes an edge, the attribute columns, and 8 bytes a connection for the wiring once asked for. Nothing is an
 * object per edge.
 */
public final class Connectome {
    private static final String PRE = "pre";
    private static final String POST = "post";
    private static final String WEIGHT = "weight";

    private final Table neurons;
    private final NeuronIds ids;
    private final String id;
    private final int[] pre;
    private final int[] post;
    /** Columns of the edges other than pre and post. */
    private final Table attributes;
    /** Name of the weight column in {@link #attributes}; null where every edge weighs 1. */
    private final String weight;
    /** Name of the kind column in {@link #attributes}; null where there is none. */
    private final String kind;

    private final List<String> position;
    private final Provenance provenance;

    // Made when first asked for. Racing threads make the same value twice, which is harmless.
    private volatile Wiring wiring;
    private volatile Incidence outgoing;
    private volatile Incidence incoming;
    private volatile Table synapses;
    private volatile Connectome simple;
    private volatile Integer autapses;

    private Connectome(
            Table neurons,
            NeuronIds ids,
            String id,
            int[] pre,
            int[] post,
            Table attributes,
            String weight,
            String kind,
            List<String> position,
            Provenance provenance) {
        this.neurons = neurons;
        this.ids = ids;
        this.id = id;
        this.pre = pre;
        this.post = post;
        this.attributes = attributes;
        this.weight = weight;
        this.kind = kind;
        this.position = position;
        this.provenance = provenance;
        if (neurons.rows() == 0) {
            throw new MesoException(ErrorCode.EMPTY_GRAPH, "the graph has no neurons");
        }
    }

    /** Says how tables make a connectome; ended by {@link Builder#build}. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Neurons 0 .. n-1 with these edges and no attributes.
     *
     * @throws MesoException EMPTY_GRAPH, UNKNOWN_NEURON
     */
    public static Connectome of(int n, int[] pre, int[] post) {
        return builder()
                .neurons(n)
                .synapses(Table.of(PRE, LongColumn.of(pre), POST, LongColumn.of(post)))
                .build();
    }

    /** The same neurons joined by the connections of {@code other}, without edge attributes: a sample of a null model. */
    public Connectome rewired(Wiring other, Provenance how) {
        if (other.n() != n()) {
            throw new IllegalArgumentException(other.n() + " neurons instead of " + n());
        }
        Connectome g = new Connectome(
                neurons, ids, id, other.edgeSources(), other.outTargets(), Table.EMPTY, null, null, position, how);
        boolean bare = true;
        for (int v = 0; v < n() && bare; v++) {
            bare = !other.connects(v, v);
        }
        g.wiring = bare ? other : null;
        return g;
    }

    /**
     * The same neurons and edges, each edge ending at another neuron and keeping its presynaptic one and its attributes.
     *
     * @param posts one for each edge
     * @param weights one for each edge, in place of the weights there are; null keeps those
     */
    public Connectome switched(int[] posts, double[] weights, Provenance how) {
        if (posts.length != m()) {
            throw new IllegalArgumentException(posts.length + " ends for " + m() + " edges");
        }
        Table kept = weights == null || weight == null
                ? attributes
                : attributes.with(
                        weight, DoubleColumn.of(weights).withUnit(weights().unit()));
        return new Connectome(neurons, ids, id, pre, posts, kept, weight, kind, position, how);
    }

    // ---- what there is

    /** Number of neurons. */
    public int n() {
        return neurons.rows();
    }

    /** Number of edges, parallel ones and autapses included. */
    public int m() {
        return pre.length;
    }

    /** One row for each neuron. */
    public Table neurons() {
        return neurons;
    }

    /** Name of the column of {@link #neurons} that holds the ids. */
    public String idColumn() {
        return id;
    }

    /** Integers or text. */
    public Column ids() {
        return ids.ids();
    }

    /** The neuron of this id (a Long or String), -1 where there is none. */
    public int neuron(Object wanted) {
        return ids.find(wanted);
    }

    /** @throws MesoException UNKNOWN_NEURON with near ids */
    public int requireNeuron(Object wanted) {
        return ids.require(wanted);
    }

    /** Finds neurons by id; the same object for all graphs with the same neurons that were made from one another. */
    public NeuronIds neuronIds() {
        return ids;
    }

    /** {@link #neurons} with a further column {@code id} where the ids are called otherwise. */
    public Table neuronView() {
        return neurons.has("id") ? neurons : neurons.with("id", ids());
    }

    /**
     * {@link #synapses} with further names for its columns: {@code weight} and {@code synapses} for the weights, {@code kind}
     * for the kinds, where no column has that name.
     */
    public Table synapseView() {
        Table view = synapses();
        for (String name : List.of(WEIGHT, "synapses")) {
            view = view.has(name) ? view : view.with(name, weights());
        }
        return view.has("kind") || kind == null ? view : view.with("kind", attributes.column(kind));
    }

    /** The presynaptic neuron of each edge. Not to be written to. */
    public int[] pre() {
        return pre;
    }

    /** The postsynaptic neuron of each edge. Not to be written to. */
    public int[] post() {
        return post;
    }

    /**
     * One row for each edge: {@code pre} and {@code post} as ids, the weight, and the other columns. The weight is found under the
     * names {@code weight} and {@code synapses} too, the kind under {@code kind}.
     */
    public Table synapses() {
        Table table = synapses;
        if (table == null) {
            List<String> names = new ArrayList<>(List.of(PRE, POST));
            List<Column> columns = new ArrayList<>(List.of(ids().select(pre), ids().select(post)));
            String weightName = weight;
            if (weight == null) {
                weightName = attributes.has(WEIGHT) ? "synapses" : WEIGHT;
                names.add(weightName);
                columns.add(weights());
            }
            names.addAll(attributes.names());
            columns.addAll(attributes.columns());
            table = Table.of(names, columns).alsoCalled(WEIGHT, weightName).alsoCalled("synapses", weightName);
            if (kind != null) {
                table = table.alsoCalled("kind", kind);
            }
            synapses = table;
        }
        return table;
    }

    /** A column of {@link #synapseView}. */
    public Column synapseColumn(String name) {
        return attributes.has(name) ? attributes.column(name) : synapseView().column(name);
    }

    /** The weight of each edge: the column named, else 1. */
    public NumberColumn weights() {
        if (weight != null) {
            return attributes.numbers(weight);
        }
        long[] ones = new long[m()];
        Arrays.fill(ones, 1);
        return LongColumn.of(ones);
    }

    /** Name of the weight column, empty where every edge weighs 1. */
    public String weightColumn() {
        return weight == null ? "" : weight;
    }

    /** Names of the columns of {@link #neurons} that hold x, y and z; empty where the neurons have no place. */
    public List<String> positionColumns() {
        return position;
    }

    /**
     * Coordinate {@code axis} (0, 1, 2) of each neuron in {@code unit}; NaN where it is missing.
     *
     * @throws MesoException UNKNOWN_COLUMN where the neurons have no place, WRONG_UNIT
     */
    public double[] position(int axis, Unit unit) {
        if (axis >= position.size()) {
            throw new MesoException(
                    ErrorCode.UNKNOWN_COLUMN,
                    "the neurons have no positions",
                    "name their columns: connectome(…, position: [\"x\", \"y\", \"z\"], unit: nm)");
        }
        NumberColumn column = neurons.numbers(position.get(axis));
        double[] x = new double[n()];
        for (int v = 0; v < x.length; v++) {
            x[v] = column.missing(v) ? Double.NaN : column.unit().convert(column.number(v), unit);
        }
        return x;
    }

    /** How it came about. */
    public Provenance provenance() {
        return provenance;
    }

    // ---- the simple view

    /** Who connects to whom: parallel edges once, autapses dropped. Row e of {@link #simple} is its connection e. */
    public Wiring wiring() {
        Wiring w = wiring;
        if (w == null) {
            w = Wiring.of(n(), pre, post, false);
            wiring = w;
        }
        return w;
    }

    /** Number of edges from a neuron to itself. */
    public int autapses() {
        Integer known = autapses;
        if (known == null) {
            int count = 0;
            for (int e = 0; e < pre.length; e++) {
                count += pre[e] == post[e] ? 1 : 0;
            }
            known = count;
            autapses = known;
        }
        return known;
    }

    /** Number of edges that {@link #wiring} merged into a parallel one. */
    public int merged() {
        return m() - autapses() - wiring().m();
    }

    /** Edges by presynaptic neuron. Cost of the first call: linear in n + m. */
    public Incidence outgoing() {
        Incidence i = outgoing;
        if (i == null) {
            i = Incidence.of(n(), pre, post);
            outgoing = i;
        }
        return i;
    }

    /** Edges by postsynaptic neuron. Cost of the first call: linear in n + m. */
    public Incidence incoming() {
        Incidence i = incoming;
        if (i == null) {
            i = Incidence.of(n(), post, pre);
            incoming = i;
        }
        return i;
    }

    /** The connection of {@link #wiring} that each edge belongs to; -1 for autapses. */
    public int[] connectionOfEdge() {
        int[] connection = new int[m()];
        Incidence out = outgoing();
        int current = -1;
        int lastPre = -1;
        int lastPost = -1;
        for (int e : out.edges()) {
            if (pre[e] == post[e]) {
                connection[e] = -1;
                continue;
            }
            if (pre[e] != lastPre || post[e] != lastPost) {
                current++;
                lastPre = pre[e];
                lastPost = post[e];
            }
            connection[e] = current;
        }
        return connection;
    }

    /**
     * One edge for each connection, in the order of {@link #wiring}: parallel edges become one, their weights summed (the
     * weight of an edge without one is 1, so it is then their number); autapses are dropped. Other attributes are kept where
     * all merged edges agree and are missing elsewhere.
     *
     * @throws MesoException NOT_A_NUMBER where a weight is NaN, INTEGER_OVERFLOW
     */
    public Connectome simple() {
        Connectome s = simple;
        if (s == null) {
            s = Simplification.of(this, attributes, weight);
            simple = s;
        }
        return s;
    }

    /** For {@link Simplification}. */
    Connectome merged(int[] newPre, int[] newPost, Table newAttributes, String newWeight) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("edges before", (long) m());
        facts.put("connections", (long) newPre.length);
        facts.put("merged", (long) (m() - autapses() - newPre.length));
        facts.put("autapses dropped", (long) autapses());
        Connectome g = new Connectome(
                neurons,
                ids,
                id,
                newPre,
                newPost,
                newAttributes,
                newWeight,
                newAttributes.has(kind == null ? "" : kind) ? kind : null,
                position,
                provenance.then("merge parallel edges", facts));
        g.wiring = wiring();
        g.simple = g;
        return g;
    }

    /** Connections present of those possible: wiring m / (n (n - 1)); 0 for one neuron. */
    public double density() {
        return n() < 2 ? 0 : wiring().m() / ((double) n() * (n() - 1));
    }

    /** The share of connections whose reverse is there too; 0 without connections. */
    public double reciprocity() {
        return reciprocity(wiring());
    }

    /** The same of a bare wiring; its autapses are connections without an answer. */
    public static double reciprocity(Wiring w) {
        return w.m() == 0 ? 0 : 2.0 * mutualPairs(w) / w.m();
    }

    /** Pairs connected in both directions, by merging each neuron's sorted rows of targets and sources. */
    static long mutualPairs(Wiring w) {
        long both = 0;
        for (int v = 0; v < w.n(); v++) {
            int i = w.outStart()[v];
            int j = w.inStart()[v];
            while (i < w.outStart()[v + 1] && j < w.inStart()[v + 1]) {
                int a = w.outTargets()[i];
                int b = w.inSources()[j];
                both += a == b && a != v ? 1 : 0;
                i += a <= b ? 1 : 0;
                j += b <= a ? 1 : 0;
            }
        }
        return both / 2;
    }

    /** Number of distinct presynaptic partners of each neuron. */
    public int[] inDegrees() {
        int[] degrees = new int[n()];
        Arrays.setAll(degrees, wiring()::inDegree);
        return degrees;
    }

    /** Number of distinct postsynaptic partners of each neuron. */
    public int[] outDegrees() {
        int[] degrees = new int[n()];
        Arrays.setAll(degrees, wiring()::outDegree);
        return degrees;
    }

    public Components strongComponents() {
        return Components.strong(wiring());
    }

    public Components weakComponents() {
        return Components.weak(wiring());
    }

    // ---- parts of it

    /**
     * The neurons for which {@code keep} holds (asked once each, in order) and the edges among them.
     *
     * @throws MesoException EMPTY_GRAPH where none is kept
     */
    public Connectome where(IntPredicate keep) {
        int[] kept = new int[n()];
        int count = 0;
        for (int v = 0; v < n(); v++) {
            if (keep.test(v)) {
                kept[count++] = v;
            }
        }
        if (count == 0) {
            throw new MesoException(
                    ErrorCode.EMPTY_GRAPH, "no neuron is left: the condition holds for none of the " + n());
        }
        return induced(Arrays.copyOf(kept, count), "keep neurons");
    }

    /**
     * These neurons, in this order, and the edges among them.
     *
     * @throws MesoException DUPLICATE_ID where a neuron is named twice, EMPTY_GRAPH
     */
    public Connectome subgraph(int[] wanted) {
        if (wanted.length == 0) {
            throw new MesoException(ErrorCode.EMPTY_GRAPH, "a subgraph of no neurons");
        }
        Set<Integer> seen = new HashSet<>();
        for (int v : wanted) {
            if (!seen.add(v)) {
                throw new MesoException(
                        ErrorCode.DUPLICATE_ID, "neuron " + ids().value(v) + " is named twice in the subgraph");
            }
        }
        return induced(wanted.clone(), "subgraph");
    }

    /** The neurons of the largest component ({@code strong} or weak) and the edges among them. */
    public Connectome largestComponent(boolean strong) {
        Components c = strong ? strongComponents() : weakComponents();
        return induced(c.members(0), "largest " + (strong ? "strong" : "weak") + " component");
    }

    private Connectome induced(int[] kept, String step) {
        int[] place = new int[n()];
        Arrays.fill(place, -1);
        for (int i = 0; i < kept.length; i++) {
            place[kept[i]] = i;
        }
        int count = 0;
        for (int e = 0; e < m(); e++) {
            count += place[pre[e]] >= 0 && place[post[e]] >= 0 ? 1 : 0;
        }
        int[] edges = new int[count];
        int[] newPre = new int[count];
        int[] newPost = new int[count];
        for (int e = 0, k = 0; e < m(); e++) {
            int a = place[pre[e]];
            int b = place[post[e]];
            if (a >= 0 && b >= 0) {
                edges[k] = e;
                newPre[k] = a;
                newPost[k++] = b;
            }
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("neurons before", (long) n());
        facts.put("neurons after", (long) kept.length);
        facts.put("edges before", (long) m());
        facts.put("edges after", (long) count);
        return new Connectome(
                neurons.select(kept),
                new NeuronIds(ids().select(kept), id),
                id,
                newPre,
                newPost,
                attributesOf(edges),
                weight,
                kind,
                position,
                provenance.then(step, facts));
    }

    private Table attributesOf(int[] edges) {
        return attributes.names().isEmpty() ? Table.EMPTY : attributes.select(edges);
    }

    /** All neurons and the edges for which {@code keep} holds (asked once each, in order). */
    public Connectome connections(IntPredicate keep) {
        int[] edges = new int[m()];
        int count = 0;
        for (int e = 0; e < m(); e++) {
            if (keep.test(e)) {
                edges[count++] = e;
            }
        }
        return withEdges(Arrays.copyOf(edges, count));
    }

    /** All neurons and the edges where {@code keep} is true. */
    public Connectome connections(BooleanColumn keep) {
        if (keep.size() != m()) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH, "a filter of " + keep.size() + " rows for " + m() + " edges");
        }
        return withEdges(keep.rows());
    }

    private Connectome withEdges(int[] edges) {
        int[] newPre = new int[edges.length];
        int[] newPost = new int[edges.length];
        for (int k = 0; k < edges.length; k++) {
            newPre[k] = pre[edges[k]];
            newPost[k] = post[edges[k]];
        }
        return new Connectome(
                neurons,
                ids,
                id,
                newPre,
                newPost,
                attributesOf(edges),
                weight,
                kind,
                position,
                provenance.filtered("keep connections", m(), edges.length));
    }

    /** Every edge turned round. */
    public Connectome reverse() {
        return new Connectome(
                neurons, ids, id, post, pre, attributes, weight, kind, position, provenance.then("reverse", Map.of()));
    }

    /** The same graph with another column of the neurons, put at the end or in the place of the one of that name. */
    public Connectome withNeuronColumn(String name, Column column) {
        if (name.equals(id)) {
            throw new MesoException(ErrorCode.WRONG_VALUE, "the column '" + id + "' holds the ids and stays");
        }
        Connectome g = new Connectome(
                neurons.with(name, column), ids, id, pre, post, attributes, weight, kind, position, provenance);
        g.wiring = wiring;
        return g;
    }

    /**
     * The same graph with a column of the edges that holds their weights, put at the end or in the place of the one of that name. A
     * column of earlier weights stays, as an attribute.
     *
     * @throws MesoException WRONG_LENGTH
     */
    public Connectome weighted(String name, double[] weights, Provenance how) {
        Table other = attributes.names().isEmpty()
                ? Table.of(name, DoubleColumn.of(weights))
                : attributes.with(name, DoubleColumn.of(weights));
        if (weights.length != m()) {
            throw new MesoException(ErrorCode.WRONG_LENGTH, weights.length + " weights for " + m() + " edges");
        }
        Connectome g = new Connectome(neurons, ids, id, pre, post, other, name, kind, position, how);
        g.wiring = wiring;
        return g;
    }

    /**
     * The same graph with another column of the edges, put at the end or in the place of the one of that name.
     *
     * @throws MesoException WRONG_LENGTH, WRONG_VALUE where it would take the place of an end or of the weights
     */
    public Connectome withSynapseColumn(String name, Column column) {
        if (name.equals(PRE) || name.equals(POST) || name.equals(weight)) {
            throw new MesoException(ErrorCode.WRONG_VALUE, "the column '" + name + "' of the synapses stays");
        }
        if (column.size() != m()) {
            throw new MesoException(ErrorCode.WRONG_LENGTH, column.size() + " rows for " + m() + " edges");
        }
        Table other = attributes.names().isEmpty() ? Table.of(name, column) : attributes.with(name, column);
        Connectome g = new Connectome(neurons, ids, id, pre, post, other, weight, kind, position, provenance);
        g.wiring = wiring;
        return g;
    }

    @Override
    public String toString() {
        return "connectome of " + n() + " neurons and " + m() + " edges";
    }

    /** Collects what a connectome is made of. */
    public static final class Builder {
        private Table neurons;
        private Table synapses = Table.of(PRE, LongColumn.of(), POST, LongColumn.of());
        private String id;
        private String pre = PRE;
        private String post = POST;
        private String weight;
        private String kind;
        private List<String> position = List.of();
        private Unit unit = Unit.ONE;
        private String undirected;
        private List<Provenance> sources = List.of();

        private Builder() {}

        /** One row for each neuron. Without it the neurons are those the edges mention, in ascending order of their ids. */
        public Builder neurons(Table table) {
            neurons = table;
            return this;
        }

        /** Neurons with the ids 0 .. count-1. @throws MesoException EMPTY_GRAPH where there are none */
        public Builder neurons(long count) {
            if (count <= 0) {
                throw new MesoException(ErrorCode.EMPTY_GRAPH, "a graph needs at least one neuron, not " + count);
            }
            if (count > Integer.MAX_VALUE - 8) {
                throw new MesoException(ErrorCode.WRONG_VALUE, count + " neurons are more than 2^31");
            }
            neurons = Table.of("id", LongColumn.range((int) count));
            return this;
        }

        /** One row for each edge. */
        public Builder synapses(Table table) {
            synapses = table;
            return this;
        }

        /** The column of the neurons that holds their ids; without it {@code id} or {@code name}. */
        public Builder id(String column) {
            id = column;
            return this;
        }

        /** The columns of the synapses that hold the ids of the two ends; without it {@code pre} and {@code post}. */
        public Builder ends(String preColumn, String postColumn) {
            pre = preColumn;
            post = postColumn;
            return this;
        }

        public Builder weight(String column) {
            weight = column;
            return this;
        }

        public Builder kind(String column) {
            kind = column;
            return this;
        }

        /** Columns of the neurons that hold coordinates, and their unit ({@link Unit#ONE} leaves that of the columns). */
        public Builder position(List<String> columns, Unit newUnit) {
            position = List.copyOf(columns);
            unit = newUnit;
            return this;
        }

        /** Rows of this kind are connections in both directions: each becomes two edges, an autapse one. */
        public Builder undirected(String kindOfRows) {
            undirected = kindOfRows;
            return this;
        }

        /** How the tables came about. */
        public Builder from(List<Provenance> newSources) {
            sources = List.copyOf(newSources);
            return this;
        }

        /**
         * @throws MesoException UNKNOWN_COLUMN, DUPLICATE_ID, UNKNOWN_NEURON (count and first three), EMPTY_GRAPH,
         *     INEXACT_ID, WRONG_TYPE, NOT_A_NUMBER for a NaN weight, MALFORMED_TABLE where an id is missing
         */
        public Connectome build() {
            Column preIds = NeuronIds.exact(synapses.column(pre), pre);
            Column postIds = NeuronIds.exact(synapses.column(post), post);
            NeuronIds.requireAll(preIds, "synapses", pre);
            NeuronIds.requireAll(postIds, "synapses", post);
            if (neurons == null) {
                neurons = Table.of("id", EndIds.distinct(preIds, postIds));
            }
            if (neurons.rows() == 0) {
                throw new MesoException(ErrorCode.EMPTY_GRAPH, "the table of neurons is empty");
            }
            String idName = idName();
            Column exact = NeuronIds.exact(neurons.column(idName), idName);
            NeuronIds index = new NeuronIds(exact, idName);
            Table placed = place(neurons.with(idName, exact));
            int[] preIndex = index.find(preIds);
            int[] postIndex = index.find(postIds);
            requireKnown(preIds, postIds, preIndex, postIndex);
            Table attributes = attributes();
            if (undirected != null) {
                int[] twice = rowsTwice(preIndex, postIndex);
                int rows = synapses.rows();
                int[] edges = new int[rows + twice.length];
                for (int e = 0; e < edges.length; e++) {
                    edges[e] = e < rows ? e : twice[e - rows];
                }
                int[] a = preIndex;
                int[] b = postIndex;
                preIndex = new int[edges.length];
                postIndex = new int[edges.length];
                for (int e = 0; e < edges.length; e++) {
                    preIndex[e] = (e < rows ? a : b)[edges[e]];
                    postIndex[e] = (e < rows ? b : a)[edges[e]];
                }
                attributes = attributes.select(edges);
            }
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("neurons", (long) placed.rows());
            facts.put("edges", (long) preIndex.length);
            if (undirected != null) {
                facts.put("undirected", undirected);
            }
            return new Connectome(
                    placed,
                    index,
                    idName,
                    preIndex,
                    postIndex,
                    attributes,
                    weight,
                    kind,
                    position,
                    new Provenance("connectome", facts, sources));
        }

        private String idName() {
            if (id != null) {
                return id;
            }
            for (String usual : List.of("id", "name")) {
                if (neurons.has(usual)) {
                    return usual;
                }
            }
            if (neurons.names().size() == 1) {
                return neurons.names().get(0);
            }
            throw new MesoException(
                    ErrorCode.UNKNOWN_COLUMN,
                    "neurons has no column 'id'",
                    "say which column holds the ids: connectome(…, id: \""
                            + neurons.names().get(0) + "\")",
                    "the columns are " + String.join(", ", neurons.names()));
        }

        private Table place(Table table) {
            Table placed = table;
            for (String column : position) {
                NumberColumn numbers = table.numbers(column);
                placed = unit.isOne() ? placed : placed.with(column, numbers.withUnit(unit));
            }
            return placed;
        }

        private Table attributes() {
            List<String> names = new ArrayList<>(synapses.names());
            names.remove(pre);
            names.remove(post);
            for (String reserved : List.of(PRE, POST)) {
                if (names.contains(reserved)) {
                    throw new MesoException(
                            ErrorCode.MALFORMED_TABLE,
                            "synapses has a column '" + reserved + "' beside the one named for it, so '" + reserved
                                    + "' would mean two things",
                            "rename it first: synapses.rename(\"" + reserved + "\", …)");
                }
            }
            if (weight != null) {
                NumberColumn weights = synapses.numbers(weight);
                weights.requireNumbers("the weight '" + weight + "'");
                NeuronIds.requireAll(weights, "synapses", weight);
            }
            if (kind != null) {
                synapses.column(kind);
            }
            return names.isEmpty() ? Table.EMPTY : synapses.keep(names);
        }

        /** The rows of the undirected kind that are no autapses. */
        private int[] rowsTwice(int[] preIndex, int[] postIndex) {
            String column = kind == null ? "kind" : kind;
            if (!(synapses.column(column) instanceof TextColumn kinds)) {
                throw new MesoException(
                        ErrorCode.WRONG_TYPE, "undirected: needs a column of text; '" + column + "' is none");
            }
            if (!kinds.dictionary().contains(undirected)) {
                String near = Suggest.didYouMean(undirected, kinds.dictionary());
                throw new MesoException(
                        ErrorCode.WRONG_VALUE,
                        "no row is of the kind '" + undirected + "'",
                        near.isEmpty() ? "the kinds are " + String.join(", ", kinds.dictionary()) : near);
            }
            int code = kinds.dictionary().indexOf(undirected);
            int[] rows = new int[synapses.rows()];
            int count = 0;
            for (int e = 0; e < rows.length; e++) {
                if (kinds.code(e) == code && preIndex[e] != postIndex[e]) {
                    rows[count++] = e;
                }
            }
            return Arrays.copyOf(rows, count);
        }

        private static void requireKnown(Column preIds, Column postIds, int[] preIndex, int[] postIndex) {
            int rows = 0;
            Set<Object> unknown = new HashSet<>();
            List<String> first = new ArrayList<>();
            for (int e = 0; e < preIndex.length; e++) {
                if (preIndex[e] >= 0 && postIndex[e] >= 0) {
                    continue;
                }
                rows++;
                for (Object stranger : new Object[] {
                    preIndex[e] < 0 ? preIds.value(e) : null, postIndex[e] < 0 ? postIds.value(e) : null
                }) {
                    if (stranger != null && unknown.add(stranger) && first.size() < 3) {
                        first.add(stranger + " (row " + e + ")");
                    }
                }
            }
            if (rows > 0) {
                throw new MesoException(
                        ErrorCode.UNKNOWN_NEURON,
                        rows + " of " + preIndex.length + (rows == 1 ? " edges names" : " edges name")
                                + " a neuron that is not in neurons",
                        (unknown.size() == 1 ? "it is " : unknown.size() + " ids are unknown, the first ")
                                + String.join(", ", first),
                        "add them to neurons, or filter the synapses before");
            }
        }
    }
}
