package dev.meso.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import dev.meso.runtime.unit.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConnectomeTest {
    private static final Table NEURONS = Table.of(
            List.of("name", "x", "type"),
            List.of(
                    TextColumn.of("AVA", "RIM", "AIB"),
                    LongColumn.of(1000, 2000, 3000),
                    TextColumn.of("inter", "motor", "inter")));
    private static final Table SYNAPSES = Table.of(
            List.of("from", "to", "count", "kind"),
            List.of(
                    TextColumn.of("AVA", "AVA", "RIM", "RIM", "AIB"),
                    TextColumn.of("RIM", "RIM", "AVA", "RIM", "RIM"),
                    LongColumn.of(2, 3, 4, 5, 6),
                    TextColumn.of("chemical", "chemical", "chemical", "electrical", "electrical")));

    private static Connectome.Builder worm() {
        return Connectome.builder()
                .neurons(NEURONS)
                .synapses(SYNAPSES)
                .ends("from", "to")
                .weight("count")
                .kind("kind")
                .position(List.of("x"), Unit.parse("nm"));
    }

    private static List<Object> values(Column c) {
        return java.util.stream.IntStream.range(0, c.size()).mapToObj(c::value).toList();
    }

    @Test
    void isAMultigraphOverTables() {
        Connectome g = worm().build();
        assertEquals(3, g.n());
        assertEquals(5, g.m());
        assertEquals(List.of("pre", "post", "count", "kind"), g.synapses().names());
        assertEquals(
                List.of("AVA", "AVA", "RIM", "RIM", "AIB"), values(g.synapses().column("pre")));
        assertEquals(values(g.weights()), values(g.synapseColumn("synapses")));
        assertEquals(3, g.wiring().m());
        assertEquals(1, g.autapses());
        assertEquals(1, g.merged());
        assertEquals(2.0 / 3, g.reciprocity());
        assertEquals(0.5, g.density());
        assertArrayEquals(new int[] {1, 1, 1}, g.outDegrees());
        assertArrayEquals(new int[] {1, 2, 0}, g.inDegrees());
        assertEquals(2, g.neuron("AIB"));
        assertEquals(-1, g.neuron("AVB"));
        assertArrayEquals(new double[] {1, 2, 3}, g.position(0, Unit.parse("um")));
        assertEquals("nm", g.neurons().numbers("x").unit().symbol());
    }

    @Test
    void simpleSumsWeightsAndKeepsWhatAgrees() {
        Table rows = SYNAPSES.with("site", TextColumn.of("a", "b", "c", "d", "e"));
        Connectome s = worm().synapses(rows).build().simple();
        assertEquals(3, s.m());
        assertEquals(List.of(5L, 4L, 6L), values(s.weights()));
        assertEquals(List.of("chemical", "chemical", "electrical"), values(s.synapseColumn("kind")));
        assertEquals(Arrays.asList(null, "c", "e"), values(s.synapseColumn("site")));
        assertEquals(
                List.of(2L, 1L, 1L),
                values(Connectome.builder()
                        .neurons(NEURONS)
                        .synapses(SYNAPSES)
                        .ends("from", "to")
                        .build()
                        .simple()
                        .weights()));
    }

    @Test
    void undirectedRowsGoBothWays() {
        Connectome g = worm().undirected("electrical").build();
        assertEquals(6, g.m());
        assertEquals(List.of("RIM", "AIB", 6L, "electrical"), row(g.synapses(), 5));
        MesoException e = assertThrows(
                MesoException.class, () -> worm().undirected("electric").build());
        assertEquals("no row is of the kind 'electric'", e.getMessage());
    }

    private static List<Object> row(Table t, int row) {
        return t.columns().stream().map(c -> c.value(row)).toList();
    }

    @Test
    void partsOfIt() {
        Connectome g = worm().build();
        Connectome inter = g.where(v -> g.neurons().column("type").value(v).equals("inter"));
        assertEquals(List.of("AVA", "AIB"), values(inter.ids()));
        assertEquals(0, inter.m());
        Connectome strong = g.connections(e -> g.weights().number(e) >= 4);
        assertEquals(3, strong.m());
        assertEquals(3, strong.n());
        assertEquals(List.of("AIB", "RIM"), values(g.subgraph(new int[] {2, 1}).ids()));
        assertEquals(2, g.subgraph(new int[] {2, 1}).m());
        assertEquals(
                List.of("RIM", "RIM", "AVA", "RIM", "RIM"),
                values(g.reverse().synapses().column("pre")));
        assertEquals(2, g.largestComponent(true).n());
        assertEquals(3, g.largestComponent(false).n());
        Provenance p = strong.where(v -> v != 2).provenance();
        assertEquals(
                List.of("connectome", "keep connections", "keep neurons"),
                p.steps().stream().map(Provenance::step).toList());
        assertEquals(Map.of("before", 5L, "after", 3L), p.steps().get(1).facts());
        assertEquals(3L, p.facts().get("neurons before"));
        assertEquals(List.of("number", "step", "fact", "value"), p.table().names());
        assertEquals(2 + 2 + 4, p.table().rows());
    }

    @Test
    void explainsMistakes() {
        MesoException e = assertThrows(
                MesoException.class, () -> worm().neurons(Table.of("name", TextColumn.of("AVA", "AVA", "RIM", "AIB")))
                        .position(List.of(), Unit.ONE)
                        .build());
        assertEquals(ErrorCode.DUPLICATE_ID, e.code());
        assertEquals("1 id occurs more than once in 'name' of neurons", e.getMessage());
        assertEquals(List.of("it is AVA"), e.notes());

        e = assertThrows(
                MesoException.class, () -> worm().neurons(NEURONS.head(1)).build());
        assertEquals(ErrorCode.UNKNOWN_NEURON, e.code());
        assertEquals("5 of 5 edges name a neuron that is not in neurons", e.getMessage());
        assertEquals(
                "2 ids are unknown, the first RIM (row 0), AIB (row 4)",
                e.notes().get(0));

        e = assertThrows(
                MesoException.class, () -> worm().neurons(NEURONS.head(0)).build());
        assertEquals(ErrorCode.EMPTY_GRAPH, e.code());
        assertEquals(
                ErrorCode.EMPTY_GRAPH,
                assertThrows(MesoException.class, () -> worm().build().where(v -> false))
                        .code());
        assertEquals(
                ErrorCode.UNKNOWN_COLUMN,
                assertThrows(MesoException.class, () -> worm().id("nme").build())
                        .code());
        assertEquals(
                ErrorCode.UNKNOWN_COLUMN,
                assertThrows(MesoException.class, () -> worm().ends("pre", "to").build())
                        .code());

        Table inexact = Table.of("pre", DoubleColumn.of(6.48518346349491311e17), "post", DoubleColumn.of(1));
        e = assertThrows(
                MesoException.class,
                () -> Connectome.builder().synapses(inexact).build());
        assertEquals(ErrorCode.INEXACT_ID, e.code());

        e = assertThrows(MesoException.class, () -> worm().synapses(
                        SYNAPSES.with("count", DoubleColumn.of(1, Double.NaN, 1, 1, 1)))
                .build());
        assertEquals(ErrorCode.NOT_A_NUMBER, e.code());
        e = assertThrows(MesoException.class, () -> worm().build().requireNeuron("AVAL"));
        assertEquals(List.of("did you mean 'AVA'?"), e.notes());
    }

    @Test
    void idsMatchAcrossTypes() {
        Table neurons = Table.of("id", TextColumn.of("1", "2", "12345678901234567890"));
        Table synapses = Table.of("pre", LongColumn.of(1, 2), "post", TextColumn.of("12345678901234567890", "1"));
        Connectome g = Connectome.builder().neurons(neurons).synapses(synapses).build();
        assertArrayEquals(new int[] {2, 0}, g.post());
        assertEquals(1, g.neuron(2L));
        Connectome h = Connectome.builder()
                .neurons(Table.of("id", LongColumn.of(7, 1L << 60)))
                .synapses(Table.of("pre", TextColumn.of("7", "1152921504606846976"), "post", DoubleColumn.of(7.0, 7.0)))
                .build();
        assertArrayEquals(new int[] {0, 1}, h.pre());
        assertEquals(-1, h.neuron("07"));
        Connectome mentioned = Connectome.builder()
                .synapses(Table.of("pre", LongColumn.of(5, 1L << 50), "post", LongColumn.of(-2, 5)))
                .build();
        assertEquals(List.of(-2L, 5L, 1L << 50), values(mentioned.ids()));
    }

    @Test
    void literals() {
        Connectome g = Connectome.of(5, new int[] {0, 1}, new int[] {1, 2});
        assertEquals(5, g.n());
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L), values(g.ids()));
        assertThrows(MesoException.class, () -> Connectome.of(2, new int[] {0}, new int[] {2}));
        assertThrows(MesoException.class, () -> Connectome.builder().neurons(0).build());
    }

    /** Components, incidence and the simple view against definitions, on random multigraphs. */
    @Test
    void agreesWithDefinitions() {
        Random random = new Random(5);
        for (int trial = 0; trial < 300; trial++) {
            int n = 1 + random.nextInt(9);
            int m = random.nextInt(2 * n + 3);
            int[] pre = random.ints(m, 0, n).toArray();
            int[] post = random.ints(m, 0, n).toArray();
            Connectome g = Connectome.of(n, pre, post);
            boolean[][] reach = reach(n, pre, post, false);
            boolean[][] joined = reach(n, pre, post, true);
            int[] strong = g.strongComponents().ofNeuron();
            int[] weak = g.weakComponents().ofNeuron();
            for (int a = 0; a < n; a++) {
                for (int b = 0; b < n; b++) {
                    assertEquals(reach[a][b] && reach[b][a], strong[a] == strong[b]);
                    assertEquals(joined[a][b], weak[a] == weak[b]);
                }
            }
            checkSizes(g.strongComponents());
            checkSizes(g.weakComponents());
            Map<List<Integer>, Long> pairs =
                    new TreeMap<>((x, y) -> x.get(0).equals(y.get(0)) ? x.get(1) - y.get(1) : x.get(0) - y.get(0));
            for (int e = 0; e < m; e++) {
                if (pre[e] != post[e]) {
                    pairs.merge(List.of(pre[e], post[e]), 1L, Long::sum);
                }
            }
            Connectome s = g.simple();
            assertEquals(List.copyOf(pairs.values()), values(s.weights()));
            assertEquals(g.wiring(), s.wiring());
            int c = 0;
            for (List<Integer> pair : pairs.keySet()) {
                assertEquals(pair, List.of(s.pre()[c], s.post()[c]));
                c++;
            }
            int[] connection = g.connectionOfEdge();
            for (int e = 0; e < m; e++) {
                assertEquals(
                        pre[e] == post[e] ? List.of() : List.of(pre[e], post[e]),
                        connection[e] < 0 ? List.of() : List.of(s.pre()[connection[e]], s.post()[connection[e]]));
            }
            for (int v = 0; v < n; v++) {
                int last = -1;
                for (int i = g.incoming().start()[v]; i < g.incoming().start()[v + 1]; i++) {
                    int e = g.incoming().edges()[i];
                    assertEquals(v, post[e]);
                    assertEquals(true, pre[e] >= last);
                    last = pre[e];
                }
            }
        }
    }

    private static void checkSizes(Components c) {
        for (int k = 0; k < c.count(); k++) {
            assertEquals(c.sizes()[k], c.members(k).length);
            assertEquals(true, k == 0 || c.sizes()[k] <= c.sizes()[k - 1]);
        }
    }

    private static boolean[][] reach(int n, int[] pre, int[] post, boolean bothWays) {
        boolean[][] reach = new boolean[n][n];
        for (int v = 0; v < n; v++) {
            reach[v][v] = true;
        }
        for (int e = 0; e < pre.length; e++) {
            reach[pre[e]][post[e]] = true;
            reach[post[e]][pre[e]] |= bothWays;
        }
        for (int k = 0; k < n; k++) {
            for (int a = 0; a < n; a++) {
                for (int b = 0; b < n; b++) {
                    reach[a][b] |= reach[a][k] && reach[k][b];
                }
            }
        }
        return reach;
    }
}
