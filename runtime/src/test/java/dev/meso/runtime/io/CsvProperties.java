package dev.meso.runtime.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.table.BooleanColumn;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import dev.meso.runtime.task.Monitor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The reader against an obvious one, on any text; and what is written is read back. */
class CsvProperties {
    @Provide
    Arbitrary<String> csv() {
        return Arbitraries.strings()
                .withChars("aN\"\",,,,\n\n\r101.-e A\u00b5\t")
                .ofMaxLength(60)
                .map(s -> "a,b\n" + s);
    }

    /** Cells of text after the header, or null where the text is malformed. */
    private static List<List<String>> naive(String text) {
        List<List<String>> rows = new ArrayList<>();
        int i = text.indexOf('\n') + 1;
        while (i < text.length()) {
            if (text.charAt(i) == '\n') {
                i++;
                continue;
            }
            if (text.startsWith("\r\n", i)) {
                i += 2;
                continue;
            }
            List<String> row = new ArrayList<>();
            boolean more = true;
            while (more) {
                StringBuilder cell = new StringBuilder();
                boolean quoted = i < text.length() && text.charAt(i) == '"';
                if (quoted) {
                    i++;
                    while (true) {
                        if (i == text.length()) {
                            return null;
                        }
                        if (text.startsWith("\"\"", i)) {
                            cell.append('"');
                            i += 2;
                        } else if (text.charAt(i) == '"') {
                            i++;
                            break;
                        } else {
                            cell.append(text.charAt(i++));
                        }
                    }
                    if (text.startsWith("\r\n", i) || text.substring(i).equals("\r")) {
                        i++;
                    }
                } else {
                    while (i < text.length() && text.charAt(i) != ',' && text.charAt(i) != '\n') {
                        cell.append(text.charAt(i++));
                    }
                    if (i < text.length()
                            && text.charAt(i) == '\n'
                            && !cell.isEmpty()
                            && cell.charAt(cell.length() - 1) == '\r') {
                        cell.setLength(cell.length() - 1);
                    }
                }
                // A mark keeps apart what is missing from what is a quoted empty text.
                row.add(quoted ? "q" + cell : cell.isEmpty() || cell.toString().equals("NA") ? null : "u" + cell);
                more = i < text.length() && text.charAt(i) == ',';
                if (more) {
                    i++;
                } else if (i < text.length()) {
                    if (text.charAt(i) != '\n') {
                        return null;
                    }
                    i++;
                }
            }
            if (row.size() != 2) {
                return null;
            }
            rows.add(row);
        }
        return rows;
    }

    @Property(tries = 4000)
    void readsWhatTheObviousReaderReads(@ForAll("csv") String text) {
        List<List<String>> expected = naive(text);
        Table read = null;
        MesoException malformed = null;
        try {
            read = TableReader.read(new MemoryStorage(7).with("t.csv", text).find("t.csv"), Monitor.NONE)
                    .table();
        } catch (MesoException e) {
            malformed = e;
        }
        if (expected == null) {
            assertEquals(ErrorCode.MALFORMED_TABLE, malformed == null ? null : malformed.code(), text);
            return;
        }
        assertEquals(expected.size(), read == null ? -1 : read.rows(), () -> text);
        for (int c = 0; c < 2; c++) {
            Column column = read.column(c);
            for (int i = 0; i < expected.size(); i++) {
                String cell = expected.get(i).get(c);
                Object value = column.value(i);
                if (cell == null) {
                    assertEquals(null, value);
                } else if (column instanceof TextColumn) {
                    assertEquals(
                            cell.substring(1).isBlank() && column.missingCount() == column.size()
                                    ? null
                                    : cell.substring(1),
                            value);
                } else {
                    String plain = cell.substring(1).strip();
                    Object number = plain.isEmpty()
                            ? null
                            : column instanceof LongColumn
                                    ? (Object) Long.valueOf(plain)
                                    : (Object) Double.valueOf(plain);
                    assertEquals(number, value, cell);
                }
            }
        }
    }

    @Property(tries = 150)
    void writesWhatIsReadBack(@ForAll long seed) {
        Random random = new Random(seed);
        Table table = randomTable(random);
        for (String name : List.of("t.csv", "t.tsv", "t.csv.gz")) {
            MemoryStorage storage = new MemoryStorage(1 << 16);
            TableWriter.write(table, name, storage);
            Table back = TableReader.read(storage.find(name), Monitor.NONE).table();
            assertEquals(table.names(), back.names());
            assertEquals(CsvReaderTest.rows(table), CsvReaderTest.rows(back));
        }
    }

    /** Columns that hold at least one value of their type, so that the type can be found again. */
    static Table randomTable(Random random) {
        int rows = 1 + random.nextInt(20);
        long[] missing = new long[1];
        for (int i = 1; i < rows; i++) {
            missing[0] |= random.nextInt(4) == 0 ? 1L << i : 0;
        }
        long[] longs = random.longs(rows).toArray();
        double[] doubles = new double[rows];
        Arrays.setAll(
                doubles,
                i -> random.nextInt(3) == 0 ? random.nextGaussian() : Double.longBitsToDouble(random.nextLong()));
        doubles[0] = 0.5;
        boolean[] flags = new boolean[rows];
        String[] texts = new String[rows];
        String letters = "ab,;\t\"\n\r NA1µ\uFEFF\u4e2d";
        for (int i = 0; i < rows; i++) {
            flags[i] = random.nextBoolean();
            StringBuilder text = new StringBuilder();
            for (int k = random.nextInt(4); k > 0; k--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            texts[i] = random.nextInt(5) == 0 ? null : text.toString();
        }
        texts[0] = "x";
        for (int i = 0; i < rows; i++) {
            if ((missing[0] >>> i & 1) != 0) {
                longs[i] = 0;
                doubles[i] = 0;
                flags[i] = false;
            }
        }
        return Table.of(
                List.of("integers", "a \"b\", c", "flags", "texts"),
                List.of(
                        LongColumn.of(longs, missing.clone(), dev.meso.runtime.unit.Unit.ONE),
                        DoubleColumn.of(doubles, missing.clone(), dev.meso.runtime.unit.Unit.ONE),
                        BooleanColumn.of(flags, missing.clone()),
                        TextColumn.of(texts)));
    }
}
