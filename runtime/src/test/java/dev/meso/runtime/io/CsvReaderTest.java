package dev.meso.runtime.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.task.Monitor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReaderTest {
    private static TableReader.Loaded load(String name, byte[] bytes) {
        TableReader.Loaded whole =
                TableReader.read(new MemoryStorage(1 << 20).with(name, bytes).find(name), Monitor.NONE);
        // The same file byte by byte, so that every cell crosses a border of the buffer.
        TableReader.Loaded pieces =
                TableReader.read(new MemoryStorage(1).with(name, bytes).find(name), Monitor.NONE);
        assertEquals(rows(whole.table()), rows(pieces.table()));
        assertEquals(whole.file(), pieces.file());
        return whole;
    }

    private static Table read(String text) {
        return load("t.csv", text.getBytes(StandardCharsets.UTF_8)).table();
    }

    static List<List<Object>> rows(Table t) {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < t.rows(); i++) {
            List<Object> row = new ArrayList<>();
            for (Column c : t.columns()) {
                row.add(c.value(i));
            }
            rows.add(row);
        }
        return rows;
    }

    private static Object only(String cells) {
        return rows(read("x\n" + cells)).stream().map(r -> r.get(0)).toList();
    }

    private static List<Object> list(Object... values) {
        return Arrays.asList(values);
    }

    @Test
    void findsTypes() {
        Table t = read("id,x,flag,name,none\n1,1.5,true,AVA,\n2,-2e3,false,RIM,NA\n-3,4,TRUE,1a,\n");
        assertEquals(
                list("integer", "number", "boolean", "text", "text"),
                t.columns().stream().map(Column::type).toList());
        assertEquals(
                list(
                        list(1L, 1.5, true, "AVA", null),
                        list(2L, -2000.0, false, "RIM", null),
                        list(-3L, 4.0, true, "1a", null)),
                rows(t));
    }

    @Test
    void keepsIdsExactly() {
        assertEquals(list(648518346349491311L, 1L), only("648518346349491311\n1\n"));
        assertEquals(list(Long.MAX_VALUE, Long.MIN_VALUE), only("9223372036854775807\n-9223372036854775808\n"));
        assertEquals(list("9223372036854775808", "1"), only("9223372036854775808\n1\n"));
        assertEquals(list("1", "12345678901234567890"), only("1\n12345678901234567890\n"));
        assertEquals(list("1", "007"), only("1\n007\n"));
        assertEquals(list("648518346349491311", "1.50"), only("648518346349491311\n1.50\n"));
        assertEquals(list("1.50", "648518346349491311"), only("1.50\n648518346349491311\n"));
    }

    @Test
    void readsAgainWhereTheSpellingWouldBeLost() {
        assertEquals(list("1.50", "+5", "TRUE", "x"), only("1.50\n+5\nTRUE\nx\n"));
        assertEquals(list("true", "1"), only("true\n1\n"));
        assertEquals(list("5", " x "), only("5\n x \n"));
    }

    @Test
    void missingAndNotANumber() {
        Table t = read("x,y\n,1\nNA,2\nNaN,3\n1,\n");
        assertEquals(2, t.column("x").missingCount());
        assertEquals(Double.NaN, t.column("x").value(2));
        assertEquals(list(1L, 2L, 3L, null), rows(t).stream().map(r -> r.get(1)).toList());
        assertEquals(list(null, "", "NA", "x"), only("NA\n\"\"\n\"NA\"\nx\n"));
        assertEquals(list(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0), only("inf\n-Infinity\n-0\n"));
        assertEquals(
                list(null, 5L, null),
                rows(read("x,y\n\"\",1\n\"5\",1\n,1\n")).stream()
                        .map(r -> r.get(0))
                        .toList());
    }

    /** At every length and size of what one read gives, so that the end of the file meets the end of the buffer. */
    @Test
    void aFileMayEndInACarriageReturnAfterAQuote() {
        for (int length = 1; length < 60; length++) {
            for (int piece = 1; piece < 12; piece++) {
                String text = "a,b\n,\"" + "x".repeat(length) + "\"\r";
                MemoryStorage files = new MemoryStorage(piece).with("t.csv", text);
                Table t = TableReader.read(files.find("t.csv"), Monitor.NONE).table();
                assertEquals(list(list(null, "x".repeat(length))), rows(t));
            }
        }
    }

    @Test
    void quotesAndLineEnds() {
        assertEquals(
                list(list("a,b", "say \"hi\"", "two\r\nlines"), list("c", "", "µm \uD83E\uDDE0")),
                rows(read("x,\"y \",z\r\n\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\"\r\nc,\"\",µm \uD83E\uDDE0")));
        assertEquals(List.of("x", "y", "z"), read("\uFEFFx,\"y \",z\n1,2,3\n").names());
        assertEquals(2, read("x,y\n\n1,2\n\r\n\n3,4\n\n").rows());
        assertEquals(list(1L, null, 2L), only("1\n\n2\n"));
        assertEquals(0, read("x,y\n").rows());
        assertEquals(List.of("x"), read("x").names());
        assertEquals(list("a\rb"), only("a\rb\n"));
    }

    @Test
    void separators() {
        assertEquals(List.of("a", "b"), read("a;b\n1;2\n").names());
        assertEquals(List.of("a", "b"), read("a\tb\n1\t2\n").names());
        assertEquals(
                List.of("a,b", "c"),
                load("t.tsv", "a,b\tc\n1\t2\n".getBytes(StandardCharsets.UTF_8))
                        .table()
                        .names());
        assertEquals(List.of("column_1", "x"), read(",x\n1,2\n").names());
    }

    @Test
    void unpacksAndHashes() throws IOException {
        byte[] text = "x,y\n1,2\n".getBytes(StandardCharsets.UTF_8);
        TableReader.Loaded loaded = load("t.csv.gz", gzip(text));
        assertEquals(list(list(1L, 2L)), rows(loaded.table()));
        assertEquals(gzip(text).length, loaded.file().bytes());
        assertEquals(
                "bbca2bff6d0e5d1c4a9a5d2ed2f5c7e8".length() * 2,
                loaded.file().sha256().length());
        // sha256sum of the three bytes "x\n1".
        assertEquals(
                sha256("x\n1".getBytes(StandardCharsets.UTF_8)),
                load("t.csv", "x\n1".getBytes(StandardCharsets.UTF_8)).file().sha256());
    }

    private static String sha256(byte[] bytes) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] gzip(byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,b\\n1,2\\n3\\n | line 3, column 1: the row has 1 cell where the header has 2",
                "a,b\\n1,2,3\\n | line 2, column 5: the row has more cells than the header, which has 2",
                "a,b\\n1,\"x\\ny\\n | line 2, column 3: a quote is opened here and never closed",
                "a,b\\n1,\"x\"y\\n | line 2, column 6: text follows a closing quote; a quote inside a quoted cell is written twice",
                "a,a\\n1,2\\n | line 1, column 3: a second column has the name 'a'",
                "'' | line 1, column 1: the file is empty: a first row with the names of the columns is needed",
                "a,b\\n\"x\\ny\",2\\n3\\n | line 4, column 1: the row has 1 cell where the header has 2"
            })
    void saysWhereItIsMalformed(String text, String message) {
        String csv = text.replace("\\n", "\n");
        for (int piece : new int[] {1, 1000}) {
            MesoException e = assertThrows(
                    MesoException.class,
                    () -> TableReader.read(
                            new MemoryStorage(piece).with("t.csv", csv).find("t.csv"), Monitor.NONE));
            assertEquals(ErrorCode.MALFORMED_TABLE, e.code());
            assertEquals("'t.csv', " + message, e.getMessage());
        }
    }

    @Test
    void saysWhereBytesAreNoText() {
        byte[] bytes = {'a', ',', 'b', '\n', '1', ',', 'x', '\n', '2', ',', (byte) 0xff, '\n'};
        MesoException e = assertThrows(MesoException.class, () -> load("t.csv", bytes));
        assertEquals("'t.csv', line 3, column 3: bytes that are no UTF-8 text in column 'b'", e.getMessage());
        byte[] wide = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_16);
        assertTrue(assertThrows(MesoException.class, () -> load("t.csv", wide))
                .getMessage()
                .contains("UTF-16"));
    }

    @Test
    void damagedGzip() throws IOException {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 0; i < 10_000; i++) {
            text.append(i * 7919L % 10_007).append(',').append(i).append('\n');
        }
        byte[] whole = gzip(text.toString().getBytes(StandardCharsets.UTF_8));
        byte[] cut = Arrays.copyOf(whole, whole.length / 2);
        MesoException e = assertThrows(MesoException.class, () -> load("t.csv.gz", cut));
        assertTrue(e.getMessage().contains("the gzip data is damaged or cut off"), e.getMessage());
        assertTrue(e.getMessage().matches("'t.csv.gz', line [0-9]{3,}, column .*"), e.getMessage());
        byte[] plain = "x\n1\n".getBytes(StandardCharsets.UTF_8);
        assertThrows(MesoException.class, () -> load("t.csv.gz", plain));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1",
                "1441.069",
                "747.4839375",
                "123456789012345",
                "1e22",
                "1.7976931348623157e308",
                "4.9e-324",
                "0.30000000000000004",
                "2.2250738585072011e-308",
                "9007199254740993.0",
                "1e-22",
                "1.e3",
                ".5",
                "+0.25",
                "123456789012345678.5",
                "1e400",
                "0e0"
            })
    void decimalsAreTheNearestDoubles(String text) {
        assertEquals(list(Double.parseDouble(text), 0.5), only(text + "\n0.5\n"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1d", "0x1p3", "1_000", "--1", "1e", ".", "-", "1.2.3", "Infinity2", "1,5"})
    void otherSpellingsAreText(String text) {
        assertEquals("text", read("x\n\"" + text + "\"\n").column(0).type());
    }
}
