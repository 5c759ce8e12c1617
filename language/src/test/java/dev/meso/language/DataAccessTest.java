package dev.meso.language;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data across the border of the language: files as far as the host allows, edges from the host, values to it. */
class DataAccessTest {
    @TempDir
    Path folder;

    @Test
    void withoutAccessThereAreNoFiles() throws IOException {
        Path file = Files.writeString(folder.resolve("t.csv"), "x\n1\n");
        try (Programs meso = new Programs(Context.newBuilder("meso").allowIO(IOAccess.NONE))) {
            for (String code : List.of(
                    "table(\"" + file + "\")",
                    "table(\"" + folder.resolve("t.feather") + "\")",
                    "save(table({a: [1]}), \"" + folder.resolve("out.feather") + "\")",
                    "connectome(synapses: \"" + file + "\")",
                    "save(table({a: [1]}), \"" + folder.resolve("out.csv") + "\")")) {
                String message = meso.mistake(code);
                assertTrue(message.contains("M0401") || message.contains("M0405"), message);
            }
        }
        assertFalse(Files.exists(folder.resolve("out.csv")));
        assertFalse(Files.exists(folder.resolve("out.feather")));
    }

    @Test
    void savesAndReadsBack() throws IOException {
        try (Programs meso = new Programs(Context.newBuilder("meso").allowIO(IOAccess.ALL))) {
            for (String ending : List.of("csv", "tsv", "json", "parquet", "feather", "csv.gz")) {
                Path file = folder.resolve("t." + ending);
                Value same = meso.eval("let t_" + ending.replace('.', '_')
                        + " = table([{id: 648518346349491311, x: 0.1, name: \"a,b\", ok: true}, {id: 2, x: 1e-300, name: \"µ\","
                        + " ok: false}])\nsave(t_" + ending.replace('.', '_') + ", \"" + file + "\")\ntable(\"" + file
                        + "\") == t_" + ending.replace('.', '_'));
                assertTrue(same.asBoolean(), ending);
            }
            meso.eval("save(connectome(neurons: 3, synapses: [[0, 1], [1, 2]]), \"" + folder.resolve("g.graphml")
                    + "\")");
        }
        try (Stream<Path> files = Files.list(folder)) {
            // Nothing is left over beside the seven outputs.
            assertEquals(7, files.count());
        }
        assertTrue(Files.readString(folder.resolve("g.graphml")).contains("<edge source=\"0\" target=\"1\">"));
    }

    @Test
    void takesEdgesFromTheHost() {
        try (Programs meso = new Programs(Context.newBuilder("meso").allowAllAccess(true))) {
            meso.context().getBindings("meso").putMember("edges", List.of(List.of(0, 1), List.of(1, 2), List.of(2, 0)));
            Value g = meso.eval("connectome(neurons: 4, synapses: edges)");
            assertEquals(4, g.getMember("n").asInt());
            assertEquals(3, g.getMember("m").asInt());
            Value degrees = g.getMember("in_degrees");
            assertArrayEquals(new int[] {1, 1, 1, 0}, degrees.as(int[].class));
            assertEquals(
                    2,
                    g.invokeMember("where", (ProxyExecutable)
                                    n -> n[0].getMember("id").asInt() < 2)
                            .getMember("n")
                            .asInt());
            assertEquals(3, g.getMember("synapses").getArraySize());
        }
    }

    @Test
    void provenanceNamesFilesFiltersAndCounts() throws IOException {
        Files.writeString(folder.resolve("cells.csv"), "id,len\n1,50\n2,150\n3,250\n");
        Files.writeString(folder.resolve("edges.csv"), "pre,post\n1,2\n2,3\n2,3\n");
        try (Programs meso =
                new Programs(Context.newBuilder("meso").allowIO(IOAccess.ALL).option("meso.data", folder.toString()))) {
            String text = meso.eval("provenance(connectome(neurons: \"cells.csv\", synapses: \"edges.csv\")"
                            + ".where(n => n.len > 100).simple())")
                    .toString();
            assertTrue(text.contains("file cells.csv, bytes 24"), text);
            assertTrue(
                    text.contains("keep neurons: neurons before 3, neurons after 2, edges before 3, edges after 2"),
                    text);
            assertTrue(
                    text.contains("merge parallel edges: edges before 2, connections 1, merged 1, autapses dropped 0"),
                    text);
            assertTrue(text.contains("sha256 "), text);
        }
    }
}
