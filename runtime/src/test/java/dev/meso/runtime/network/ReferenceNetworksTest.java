package dev.meso.runtime.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.SharedData;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.network.Clustering.Kind;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
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

    /** Figures of networkx 2.8 and igraph 0.10 for the chemical synapses of the worm. */
    @Test
    void theWormIsMixedAsOthersFind() {
        Connectome worm = SharedData.graph("cook_chemical");
        Wiring w = worm.wiring();
        assertEquals(0.06979584525994531, Assortativity.degrees(w, false, true), 1e-12);
        assertEquals(0.11289560434967955, Assortativity.degrees(w, false, false), 1e-12);
        assertEquals(0.04286018534745284, Assortativity.degrees(w, true, true), 1e-12);
        assertEquals(0.005807467136035372, Assortativity.degrees(w, true, false), 1e-12);
        assertEquals(0.0004548259127364932, Assortativity.undirected(w), 1e-12);
        Partition type = Partition.of(worm.neurons().column("type"));
        assertEquals(0.13505901735587175, Assortativity.blocks(w, type), 1e-12);
        assertEquals(0.34724662757497887, Clustering.of(w, Kind.LOCAL, TWO), 1e-12);
        Distances distances = Distances.all(w, true, TWO);
        assertEquals(0.34419806887794385, distances.efficiency(), 1e-12);
        assertEquals(10, distances.longest());
    }

    /** The first value of this key. */
    private static double number(String json, String key) {
        Matcher matcher = Pattern.compile('"' + key + "\":\\s*([-+.0-9eE]+)").matcher(json);
        assertTrue(matcher.find(), key);
        return Double.parseDouble(matcher.group(1));
    }
}
