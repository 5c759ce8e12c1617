package dev.meso.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.examples.Scripts.Outcome;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the fly reads tables as Codex writes them: here a brain of a few neurons whose numbers are known. */
class FlyBrainTest {
    private static final List<String> TRANSMITTERS = List.of("ACH", "GABA", "GLUT");
    private static final int NEURONS = 60;

    @TempDir
    Path folder;

    @Test
    void readsTheTablesOfCodex() throws IOException {
        StringBuilder neurons = new StringBuilder("root_id,group,nt_type,nt_type_score\n");
        for (int i = 0; i < NEURONS; i++) {
            neurons.append(id(i)).append(",G,").append(TRANSMITTERS.get(i % 3)).append(",0.9\n");
        }
        StringBuilder connections = new StringBuilder("pre_root_id,post_root_id,neuropil,syn_count,nt_type\n");
        for (int i = 0; i < NEURONS; i++) {
            row(connections, i, (i + 1) % NEURONS, "ME_R", 7); // a ring
            row(connections, i, (i + 2) % NEURONS, "ME_R", 3); // below five in each neuropil, six in both
            row(connections, i, (i + 2) % NEURONS, "LO_R", 3);
            row(connections, i, (i + 7) % NEURONS, "LO_R", 4); // below five: no connection
        }
        for (int i = 0; i < 15; i++) {
            row(connections, i + 1, i, "ME_R", 5); // answers
        }
        write("neurons.csv.gz", neurons);
        write("connections.csv.gz", connections);

        Outcome outcome = Scripts.run(Scripts.EXAMPLES.resolve("fly_brain.meso"), List.of(folder), "codex");
        String printed = outcome.printed();
        assertTrue(printed.contains("not the snapshot 630"), printed);
        assertTrue(printed.contains("60 neurons, 135 connections"), printed);
        assertTrue(printed.contains("ME_R"), printed);
        assertEquals(List.of(), outcome.reports(), printed);
    }

    /** Ids of FlyWire have 18 digits. */
    private static String id(int i) {
        return "7205759406" + (10_000_000 + i);
    }

    private static void row(StringBuilder rows, int pre, int post, String neuropil, int synapses) {
        rows.append(id(pre))
                .append(',')
                .append(id(post))
                .append(',')
                .append(neuropil)
                .append(',');
        rows.append(synapses).append(',').append(TRANSMITTERS.get(pre % 3)).append('\n');
    }

    private void write(String name, CharSequence text) throws IOException {
        try (Writer out = new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(folder.resolve(name))), StandardCharsets.UTF_8)) {
            out.append(text);
        }
    }
}
