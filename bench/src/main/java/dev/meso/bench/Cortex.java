package dev.meso.bench;

import dev.meso.runtime.graph.Wiring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The 111 pyramidal cells of Turner et al. 2022 with axons longer than 100 um, as {@code peers} reads them. */
final class Cortex {
    private static final double LEAST_AXON = 100;

    private Cortex() {}

    static Wiring read(Path folder) throws IOException {
        List<String[]> cells = rows(folder.resolve("soma.csv"));
        int id = List.of(cells.get(0)).indexOf("segment_id");
        int axon = List.of(cells.get(0)).indexOf("axon_len");
        Map<String, Integer> index = new HashMap<>();
        for (String[] row : cells.subList(1, cells.size())) {
            if (Double.parseDouble(row[axon]) > LEAST_AXON) {
                index.put(row[id], index.size());
            }
        }
        List<String[]> synapses = rows(folder.resolve("synapses.csv"));
        int pre = List.of(synapses.get(0)).indexOf("pre");
        int post = List.of(synapses.get(0)).indexOf("post");
        List<String[]> kept = synapses.subList(1, synapses.size()).stream()
                .filter(r -> index.containsKey(r[pre]) && index.containsKey(r[post]))
                .toList();
        return Wiring.of(
                index.size(),
                kept.stream().mapToInt(r -> index.get(r[pre])).toArray(),
                kept.stream().mapToInt(r -> index.get(r[post])).toArray(),
                false);
    }

    private static List<String[]> rows(Path csv) throws IOException {
        return Files.readAllLines(csv).stream().map(line -> line.split(",")).toList();
    }
}
