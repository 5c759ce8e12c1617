package dev.meso.runtime.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import dev.meso.runtime.task.CancelledException;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.unit.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class FilesTest {
    @TempDir
    Path folder;

    private LocalStorage storage() {
        return new LocalStorage(List.of(folder.resolve("none"), folder), folder);
    }

    private Table read(String name) {
        return TableReader.read(storage().find(name), Monitor.NONE).table();
    }

    private static Table finite(long seed) {
        Table t = CsvProperties.randomTable(new Random(seed));
        double[] x = ((DoubleColumn) t.column(1)).array().clone();
        for (int i = 0; i < x.length; i++) {
            x[i] = Double.isFinite(x[i]) ? x[i] : 1.5;
        }
        return t.with(t.names().get(1), DoubleColumn.of(x));
    }

    @Test
    void unitsComeBackFromFilesThatCanSayThem() {
        Table t = Table.of(
                "soma \"x\"",
                DoubleColumn.of(new double[] {1.5, 0}, new long[] {2}, Unit.parse("um")),
                "n",
                LongColumn.of(new long[] {Long.MAX_VALUE, -1}, null, Unit.parse("1/s")));
        for (String name : List.of("t.parquet", "t.feather")) {
            TableWriter.write(t, name, storage());
            Table back = read(name);
            assertEquals(t.names(), back.names());
            assertEquals(CsvReaderTest.rows(t), CsvReaderTest.rows(back), name);
            assertEquals(Unit.parse("um"), ((NumberColumn) back.column(0)).unit(), name);
            assertEquals(Unit.parse("1/s"), ((NumberColumn) back.column(1)).unit(), name);
        }
    }

    @Test
    void idsKeptAsTextComeBackAsText() {
        Table t = Table.of(
                "root", TextColumn.of("72057594062885721000", "1", null), "body", TextColumn.of("007", "42", "180"));
        for (String name : List.of("t.csv", "t.tsv", "t.csv.gz", "t.json", "t.parquet", "t.feather")) {
            TableWriter.write(t, name, storage());
            Table back = read(name);
            assertEquals(
                    List.of("text", "text"),
                    back.columns().stream().map(Column::type).toList(),
                    name);
            assertEquals(CsvReaderTest.rows(t), CsvReaderTest.rows(back), name);
        }
    }

    @Test
    void parquetFeatherAndJsonComeBack() {
        for (long seed = 1; seed <= 3; seed++) {
            Table t = finite(seed);
            for (String name : List.of("t.parquet", "t.feather", "t.json", "t.ndjson", "t.json.gz")) {
                TableWriter.write(t, name, storage());
                Table back = read(name);
                assertEquals(t.names(), back.names());
                assertEquals(
                        t.columns().stream().map(Column::type).toList(),
                        back.columns().stream().map(Column::type).toList(),
                        name);
                assertEquals(CsvReaderTest.rows(t), CsvReaderTest.rows(back), name);
            }
        }
    }

    @Test
    void jsonKeepsLongIds() throws IOException {
        Files.writeString(
                folder.resolve("ids.json"),
                "[{\"id\": 648518346349491311, \"wide\": 1}, {\"id\": 9223372036854775807, \"wide\": 18446744073709551615}]");
        Table t = read("ids.json");
        assertEquals(648518346349491311L, t.column("id").value(0));
        assertEquals(Long.MAX_VALUE, t.column("id").value(1));
        assertEquals("18446744073709551615", t.column("wide").value(1));
    }

    @Test
    void brokenJsonIsExplained() throws IOException {
        Files.writeString(folder.resolve("broken.json"), "[{\"id\": 1}, {\"id\": ");
        MesoException e = assertThrows(MesoException.class, () -> read("broken.json"));
        assertEquals(ErrorCode.MALFORMED_TABLE, e.code());
        Files.writeString(folder.resolve("broken.parquet"), "PAR2");
        assertEquals(
                ErrorCode.MALFORMED_TABLE,
                assertThrows(MesoException.class, () -> read("broken.parquet")).code());
    }

    @Test
    void jsonRefusesNotANumber() {
        Table t = Table.of("x", DoubleColumn.of(1, Double.NaN));
        MesoException e = assertThrows(MesoException.class, () -> TableWriter.write(t, "t.json", storage()));
        assertEquals(ErrorCode.NOT_A_NUMBER, e.code());
        assertFalse(Files.exists(folder.resolve("t.json")));
    }

    @Test
    void missingFilesNameTheFoldersSearched() throws IOException {
        Files.writeString(folder.resolve("soma.csv"), "x\n1\n");
        MesoException e = assertThrows(MesoException.class, () -> storage().find("somma.csv"));
        assertEquals(ErrorCode.FILE_NOT_FOUND, e.code());
        assertEquals("there is no file 'somma.csv'", e.getMessage());
        assertEquals("did you mean 'soma.csv'?", e.notes().get(0));
        assertTrue(e.notes().get(1).contains(folder.resolve("none") + ", " + folder));
        assertEquals(
                ErrorCode.WRONG_FORMAT,
                assertThrows(MesoException.class, () -> TableWriter.write(Table.EMPTY, "t.xls", storage()))
                        .code());
    }

    @Test
    void outputIsWholeOrAbsent() throws IOException {
        Files.writeString(folder.resolve("out.csv"), "old");
        assertThrows(
                IllegalStateException.class,
                () -> TableWriter.text("out.csv", storage(), Monitor.NONE, out -> {
                    out.write("half");
                    throw new IllegalStateException();
                }));
        assertEquals("old", Files.readString(folder.resolve("out.csv")));
        TableWriter.write(Table.of("x", LongColumn.of(1L)), "out.csv", storage());
        assertEquals("x\n1\n", Files.readString(folder.resolve("out.csv")));
        try (Stream<Path> files = Files.list(folder)) {
            assertArrayEquals(
                    new String[] {"out.csv"},
                    files.map(f -> f.getFileName().toString()).toArray());
        }
        assertThrows(MesoException.class, () -> storage().create("absent/out.csv"));
    }

    @Test
    void writingStopsWhenAskedAndLeavesNothing() throws IOException {
        Monitor stops = new Monitor() {
            @Override
            public void checkpoint() {
                throw new CancelledException();
            }
        };
        Table t = Table.of("x", LongColumn.of(1L, 2L));
        for (String name : List.of("out.csv", "out.json.gz", "out.parquet", "out.feather")) {
            assertThrows(CancelledException.class, () -> TableWriter.write(t, name, storage(), stops), name);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
        TableWriter.write(t, "in.parquet", storage());
        assertThrows(CancelledException.class, () -> TableReader.read(storage().find("in.parquet"), stops));
    }

    @Test
    void graphmlIsWellFormedAndTyped() throws Exception {
        Table neurons = Table.of(
                List.of("name", "x", "note"),
                List.of(
                        TextColumn.of("A&B", "C<D>"),
                        DoubleColumn.of(new double[] {1.5, 0}, new long[] {2}, Unit.ONE),
                        TextColumn.of("say \"hi\"\n", "\u0001µ")));
        Table synapses = Table.of(
                List.of("pre", "post", "synapses"),
                List.of(TextColumn.of("A&B", "A&B"), TextColumn.of("C<D>", "A&B"), LongColumn.of(3L, 4L)));
        Connectome g = Connectome.builder()
                .neurons(neurons)
                .synapses(synapses)
                .weight("synapses")
                .position(List.of("x"), Unit.parse("um"))
                .build();
        GraphWriter.write(g, "g.graphml", storage());
        Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("g.graphml").toFile());
        NodeList keys = xml.getElementsByTagName("key");
        assertEquals(4, keys.getLength());
        assertEquals("double", ((Element) keys.item(1)).getAttribute("attr.type"));
        assertEquals("unit: um", keys.item(1).getTextContent());
        NodeList nodes = xml.getElementsByTagName("node");
        assertEquals("n0", ((Element) nodes.item(0)).getAttribute("id"));
        NodeList data = nodes.item(0).getChildNodes();
        assertEquals("A&B", data.item(0).getTextContent());
        assertEquals("say \"hi\"\n", data.item(2).getTextContent());
        assertEquals("\uFFFDµ", nodes.item(1).getChildNodes().item(1).getTextContent());
        NodeList edges = xml.getElementsByTagName("edge");
        assertEquals(2, edges.getLength());
        assertEquals("n1", ((Element) edges.item(0)).getAttribute("target"));
        assertEquals("4", edges.item(1).getTextContent());
        GraphWriter.write(g, "g.csv", storage());
        assertEquals("pre,post,synapses\nA&B,C<D>,3\nA&B,A&B,4\n", Files.readString(folder.resolve("g.csv")));
    }
}
