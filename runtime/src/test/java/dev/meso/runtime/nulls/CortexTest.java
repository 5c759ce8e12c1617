package dev.meso.runtime.nulls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.stats.Censuses;
import dev.meso.runtime.stats.Comparison;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The 111 cortical cells of Turner et al. (Cell 185, 2022): published and independently sampled values. */
class CortexTest {
    private static final Parallel PARALLEL = new Parallel(2, Monitor.NONE);

    static Path shared() {
        String given = System.getenv("MESO_SHARED");
        Path shared = given != null
                ? Path.of(given)
                : Path.of(System.getProperty("meso.root", "."))
                        .resolve("../shared")
                        .normalize();
        if (!Files.isDirectory(shared)) {
            Assumptions.abort("needs ../shared, the data for testing");
        }
        return shared;
    }

    /** Cells whose axon is longer than 100 um, and the connections among them. */
    static Observed cortex() throws IOException {
        Path data = shared().resolve("data/microns-pyc");
        Set<String> kept = new HashSet<>();
        Map<String, Integer> index = new HashMap<>();
        for (Map<String, String> cell : rows(data.resolve("soma.csv"))) {
            if (Double.parseDouble(cell.get("axon_len")) > 100) {
                kept.add(cell.get("segment_id"));
                index.put(cell.get("segment_id"), index.size());
            }
        }
        List<int[]> edges = new ArrayList<>();
        for (Map<String, String> synapse : rows(data.resolve("synapses.csv"))) {
            if (kept.contains(synapse.get("pre")) && kept.contains(synapse.get("post"))) {
                edges.add(new int[] {index.get(synapse.get("pre")), index.get(synapse.get("post"))});
            }
        }
        int[] pre = edges.stream().mapToInt(e -> e[0]).toArray();
        int[] post = edges.stream().mapToInt(e -> e[1]).toArray();
        return Observed.of(index.size(), pre, post, null, false);
    }

    static List<Map<String, String>> rows(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String[] names = lines.get(0).split(",");
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < names.length; i++) {
                row.put(names[i], fields[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    private static double[] reference(String column) throws IOException {
        return rows(shared().resolve("reference/pyc111_triads.csv")).stream()
                .mapToDouble(row -> Double.parseDouble(row.get(column)))
                .toArray();
    }

    @Test
    void observedAndExactExpectations() throws IOException {
        Observed cortex = cortex();
        double[] observed = reference("observed");
        double[] er = reference("er_expected");
        double[] ger = reference("ger_expected");
        double[] erHere = NullModels.ER.expectedTriads(cortex).orElseThrow();
        double[] gerHere = NullModels.GER.expectedTriads(cortex).orElseThrow();
        long[] here = Sample.of(cortex).triads();
        for (int t = 0; t < 16; t++) {
            assertEquals(observed[t], here[t]);
            assertEquals(er[t], erHere[t], 1e-6);
            assertEquals(ger[t], gerHere[t], 1e-6);
        }
        assertEquals(1, cortex.dropped());
        assertEquals(753 - 1 - 659, cortex.merged());
    }

    @Test
    void meansOfTheConfigurationModels() throws IOException {
        Observed cortex = cortex();
        int samples = 2000;
        List<Ensemble> ensembles = new ArrayList<>();
        for (NullModel model : List.of(NullModels.CFG, NullModels.GCFG, NullModels.DCFG)) {
            ensembles.add(Ensemble.of(model, cortex, Options.DEFAULT, samples, 1));
        }
        Comparison.Result result = Comparison.of(List.of(Censuses.TRIADS), ensembles, PARALLEL);
        String[] columns = {"cfg", "gcfg", "dcfg"};
        int[] drawn = {20_000, 6_000, 20_000};
        for (int k = 0; k < 3; k++) {
            double[] mean = reference(columns[k] + "_mean");
            double[] sd = reference(columns[k] + "_sd");
            for (int t = 0; t < 16; t++) {
                Comparison.Row row = result.rows().get(16 * k + t);
                double error = Math.sqrt(row.sd() * row.sd() / samples + sd[t] * sd[t] / drawn[k]);
                // The table gives four decimals.
                assertEquals(mean[t], row.expected(), 4 * error + 1e-4, columns[k] + " " + row.statistic());
            }
            assertTrue(result.certificates().get(k).warnings().isEmpty(), () -> result.certificates()
                    .toString());
        }
        double inSpace = result.certificates().get(1).inSpace();
        assertTrue(inSpace > 0.2 && inSpace < 0.8, () -> "gCFG stands in its space " + inSpace);
    }

    @Test
    void descriptionLengths() throws IOException {
        Observed cortex = cortex();
        assertEquals(2560.56, NullModels.ER.descriptionLength(cortex).total(), 0.005);
        assertEquals(2560.56, NullModels.GNM.descriptionLength(cortex).total(), 0.005);
        assertEquals(2560.44, NullModels.GER.descriptionLength(cortex).total(), 0.005);
        DescriptionLength cfg = NullModels.CFG.descriptionLength(cortex);
        assertEquals(1883.84, cfg.data(), 0.005);
        assertEquals(624.89, cfg.model(), 0.005);
        assertEquals(2508.73, cfg.total(), 0.005);
        assertEquals("upper", cfg.bound());
        assertEquals(1845.7, GraphCount.benderCanfield(cortex), 0.05);
        assertEquals(1847.9, GraphCount.saddlePoint(cortex).orElseThrow(), 0.05);
        assertEquals(1847.9, cfg.estimate().orElseThrow(), 0.05);
    }
}
