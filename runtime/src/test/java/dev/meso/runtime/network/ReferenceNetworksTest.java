package dev.meso.runtime.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.SharedData;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.network.Clustering.Kind;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real graphs whose clustering and path lengths are known from igraph. */
class ReferenceNetworksTest {
    private static final Parallel TWO = new Parallel(2, Monitor.NONE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pyc_full",
                "pyc_111",
                "cook_chemical",
                "white_chemical",
                "witvliet_1",
                "witvliet_8",
                "zebrafish",
                "zebrafish_modA",
                "zebrafish_modO",
                "zebrafish_center"
            })
    void isThatOfIgraph(String name) throws IOException {
        String json = Files.readString(SharedData.folder().resolve("reference/graphs.json"));
        String own = json.substring(json.indexOf('"' + name + "\": {"));
        Wiring w = SharedData.graph(name).wiring();
        assertEquals(
                number(own, "clustering_undirected_global"),
                Clustering.of(w, Kind.UNDIRECTED, TWO),
                1e-12,
                "clustering");
        assertEquals(
                number(own, "mean_path_directed_reachable"),
                Distances.all(w, true, TWO).mean(),
                1e-12,
                "directed");
        assertEquals(
                number(own, "mean_path_undirected_reachable"),
                Distances.all(w, false, TWO).mean(),
                1e-12,
                "undirected");
    }

    /** The first value of this key. */
    private static double number(String json, String key) {
        Matcher matcher = Pattern.compile('"' + key + "\":\\s*([-+.0-9eE]+)").matcher(json);
        assertTrue(matcher.find(), key);
        return Double.parseDouble(matcher.group(1));
    }
}
