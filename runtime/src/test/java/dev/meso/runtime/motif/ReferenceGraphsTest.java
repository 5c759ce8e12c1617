package dev.meso.runtime.motif;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real graphs whose censuses and motif counts are known from igraph and GrandIso. */
class ReferenceGraphsTest {
    private static final Parallel TWO = new Parallel(2, Monitor.NONE);

    static Path shared() {
        String named = System.getenv("MESO_SHARED");
        Path folder = named != null ? Path.of(named) : Path.of(System.getProperty("meso.root", ".."), "..", "shared");
        if (!Files.isDirectory(folder.resolve("reference"))) {
            Assumptions.abort("needs ../shared/reference and ../shared/data beside the repository");
        }
        return folder;
    }

    /** Rows of a plain CSV file without quotes, each by column. */
    static List<Map<String, String>> rows(Path file) {
        try (var in = file.toString().endsWith(".gz")
                        ? new GZIPInputStream(Files.newInputStream(file))
                        : Files.newInputStream(file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String[] header = reader.readLine().split(",");
            List<Map<String, String>> rows = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] cells = line.split(",", -1);
                Map<String, String> row = new HashMap<>();
                for (int c = 0; c < header.length; c++) {
                    row.put(header[c], cells[c]);
                }
                rows.add(row);
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The wiring of the rows that pass, on the neurons listed. */
    static Wiring wiring(List<String> neurons, Path connections, Predicate<Map<String, String>> keep) {
        Map<String, Integer> index = new HashMap<>();
        neurons.forEach(id -> index.putIfAbsent(id, index.size()));
        List<int[]> edges = new ArrayList<>();
        for (Map<String, String> row : rows(connections)) {
            Integer pre = index.get(row.get("pre"));
            Integer post = index.get(row.get("post"));
            if (keep.test(row) && pre != null && post != null) {
                edges.add(new int[] {pre, post});
            }
        }
        return Wiring.of(
                index.size(),
                edges.stream().mapToInt(e -> e[0]).toArray(),
                edges.stream().mapToInt(e -> e[1]).toArray(),
                false);
    }

    static Wiring worm() {
        Path folder = shared().resolve("data/celegans");
        List<String> neurons = rows(folder.resolve("neurons.csv")).stream()
                .map(r -> r.get("name"))
                .toList();
        return wiring(
                neurons, folder.resolve("connections.csv"), r -> r.get("kind").equals("chemical"));
    }

    static Wiring zebrafish() {
        return zebrafish(r -> true);
    }

    private static Wiring zebrafish(Predicate<Map<String, String>> keep) {
        Path folder = shared().resolve("data/zebrafish-hindbrain");
        List<String> neurons = rows(folder.resolve("neurons.csv")).stream()
                .filter(keep)
                .map(r -> r.get("id"))
                .toList();
        return wiring(neurons, folder.resolve("connections.csv"), r -> true);
    }

    private static Wiring white() {
        Path folder = shared().resolve("data/celegans");
        List<String> neurons = rows(folder.resolve("neurons.csv")).stream()
                .map(r -> r.get("name"))
                .toList();
        return wiring(neurons, folder.resolve("connections_white1986.csv"), r -> r.get("kind")
                .equals("chemical"));
    }

    /** The cells of one of the eight nerve rings are those with a synapse. */
    private static Wiring witvliet(String dataset) {
        Path synapses = shared().resolve("data/celegans/synapses.csv");
        List<String> cells = rows(synapses).stream()
                .filter(r -> r.get("dataset").equals(dataset))
                .flatMap(r -> Stream.of(r.get("pre"), r.get("post")))
                .distinct()
                .toList();
        return wiring(cells, synapses, r -> r.get("dataset").equals(dataset));
    }

    private static Wiring cortex(double axon) {
        Path folder = shared().resolve("data/microns-pyc");
        List<String> cells = rows(folder.resolve("soma.csv")).stream()
                .filter(r -> Double.parseDouble(r.get("axon_len")) > axon)
                .map(r -> r.get("segment_id"))
                .toList();
        return wiring(cells, folder.resolve("synapses.csv"), r -> true);
    }

    static Stream<String> graphs() {
        return Stream.of(
                "pyc_full",
                "pyc_111",
                "cook_chemical",
                "white_chemical",
                "witvliet_1",
                "witvliet_8",
                "zebrafish",
                "zebrafish_modA",
                "zebrafish_modO",
                "zebrafish_center");
    }

    private static Wiring graph(String name) {
        return switch (name) {
            case "pyc_full" -> cortex(-1);
            case "pyc_111" -> cortex(100);
            case "cook_chemical" -> worm();
            case "white_chemical" -> white();
            case "witvliet_1" -> witvliet("1");
            case "witvliet_8" -> witvliet("8");
            case "zebrafish" -> zebrafish();
            case "zebrafish_modA" -> zebrafish(r -> r.get("module").equals("modA"));
            case "zebrafish_modO" -> zebrafish(r -> r.get("module").equals("modO"));
            case "zebrafish_center" ->
                zebrafish(r -> r.get("module").equals("modA") || r.get("module").equals("modO"));
            default -> throw new AssertionError(name);
        };
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void censusIsThatOfIgraph(String name) throws IOException {
        String json = Files.readString(shared().resolve("reference/graphs.json"));
        String own = json.substring(json.indexOf('"' + name + "\": {"));
        Wiring graph = graph(name);
        assertEquals(number(own, "n"), graph.n());
        assertEquals(number(own, "m"), graph.m());
        long[] dyads = Census.DYADS.stream().mapToLong(d -> number(own, d)).toArray();
        assertArrayEquals(dyads, Census.dyads(graph));
        long[] triads = Census.TRIADS.stream().mapToLong(t -> number(own, t)).toArray();
        assertArrayEquals(triads, Census.triads(graph, TWO));
        assertArrayEquals(triads, new EnsembleCensus(graph.n()).triads(graph.edgeSources(), graph.outTargets()));
    }

    /** The first value of this key. */
    private static long number(String json, String key) {
        Matcher matcher = Pattern.compile('"' + key + "\":\\s*(\\d+)").matcher(json);
        assertTrue(matcher.find(), key);
        return Long.parseLong(matcher.group(1));
    }

    @Test
    void triadsOfTheCortexAreAsPublished() {
        List<Map<String, String>> published = rows(shared().resolve("reference/pyc111_triads.csv"));
        assertEquals(Census.TRIADS, published.stream().map(r -> r.get("motif")).toList());
        assertArrayEquals(
                published.stream()
                        .mapToLong(r -> Long.parseLong(r.get("observed")))
                        .toArray(),
                Census.triads(cortex(100)));
    }

    @Test
    void motifsAreThoseOfGrandIso() {
        Wiring worm = worm();
        assertEquals(7_410, mappings(worm, 3, "ab", "bc", "ca"));
        assertEquals(12_553, mappings(worm, 3, "ab", "bc", "ac"));
        assertEquals(143_282, mappings(worm, 4, "ab", "ac", "bd", "cd"));
        assertEquals(191_480, mappings(worm, 4, "ac", "ad", "bc", "bd"));
        Wiring zebrafish = zebrafish();
        assertEquals(9_996, mappings(zebrafish, 3, "ab", "bc", "ca"));
        assertEquals(96_054, mappings(zebrafish, 3, "ab", "bc", "ac"));
        assertEquals(110_448, mappings(zebrafish, 4, "ab", "bc", "cd", "da"));
        assertEquals(2_110_366, mappings(zebrafish, 4, "ab", "ac", "bd", "cd"));
    }

    private static long mappings(Wiring graph, int size, String... edges) {
        return new PatternSearch(graph, PatternSearchTest.drawn(size, false, edges), TWO).mappings();
    }
}
