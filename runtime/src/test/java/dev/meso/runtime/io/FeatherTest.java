package dev.meso.runtime.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.unit.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TimeStampNanoTZVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.impl.UnionListWriter;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feather files made by the Arrow library itself; FilesTest has those that Meso writes. */
class FeatherTest {
    private static byte[] file(VectorSchemaRoot root, DictionaryProvider dictionaries, CodecType codec, int batches) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ArrowFileWriter writer = new ArrowFileWriter(
                root,
                dictionaries,
                Channels.newChannel(bytes),
                Map.of(),
                IpcOption.DEFAULT,
                codec == CodecType.NO_COMPRESSION
                        ? NoCompressionCodec.Factory.INSTANCE
                        : CommonsCompressionFactory.INSTANCE,
                codec)) {
            writer.start();
            for (int i = 0; i < batches; i++) {
                writer.writeBatch();
            }
            writer.end();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static Table read(String name, byte[] bytes) {
        return TableReader.read(new MemoryStorage(1000).with(name, bytes).find(name), Monitor.NONE)
                .table();
    }

    private static Table read(byte[] bytes) {
        return read("t.feather", bytes);
    }

    private static MesoException refused(String name, byte[] bytes) {
        return assertThrows(MesoException.class, () -> read(name, bytes));
    }

    /** One vector of three cells, the last one missing. */
    private static <V extends FieldVector> Column column(V vector, Consumer<V> fill) {
        return column(vector, fill, new MapDictionaryProvider());
    }

    private static <V extends FieldVector> Column column(V vector, Consumer<V> fill, DictionaryProvider dictionaries) {
        vector.allocateNew();
        fill.accept(vector);
        vector.setValueCount(3);
        try (VectorSchemaRoot root = VectorSchemaRoot.of(vector)) {
            Column plain =
                    read(file(root, dictionaries, CodecType.NO_COMPRESSION, 1)).column(0);
            for (CodecType codec : List.of(CodecType.LZ4_FRAME, CodecType.ZSTD)) {
                Column packed = read(file(root, dictionaries, codec, 1)).column(0);
                assertEquals(values(plain), values(packed), codec.toString());
            }
            return plain;
        }
    }

    private static List<Object> values(Column column) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < column.size(); i++) {
            values.add(column.missing(i) ? null : column.value(i));
        }
        return values;
    }

    private static void assertColumn(Column column, String type, Object... values) {
        assertEquals(type, column.type());
        assertEquals(Arrays.asList(values), values(column));
    }

    private static void setInts(FieldVector vector, long first, long second) {
        ((BaseIntVector) vector).setWithPossibleTruncate(0, first);
        ((BaseIntVector) vector).setWithPossibleTruncate(1, second);
    }

    @Test
    void integersOfAllWidthsAreExact() {
        try (BufferAllocator memory = new RootAllocator()) {
            long id = 720_575_940_628_857_210L;
            String integer = "integer";
            assertColumn(column(new SmallIntVector("x", memory), v -> setInts(v, -3, 7)), integer, -3L, 7L, null);
            assertColumn(column(new UInt1Vector("x", memory), v -> setInts(v, 255, 7)), integer, 255L, 7L, null);
            assertColumn(column(new UInt2Vector("x", memory), v -> setInts(v, 65_535, 7)), integer, 65_535L, 7L, null);
            assertColumn(
                    column(new UInt4Vector("x", memory), v -> setInts(v, 4_294_967_295L, 7)),
                    integer,
                    4_294_967_295L,
                    7L,
                    null);
            assertColumn(column(new UInt8Vector("x", memory), v -> setInts(v, id, 7)), integer, id, 7L, null);
            assertColumn(
                    column(new UInt8Vector("x", memory), v -> setInts(v, -1, 7)),
                    "text",
                    "18446744073709551615",
                    "7",
                    null);
        }
    }

    @Test
    void textsCategoriesAndNothingAtAll() {
        try (BufferAllocator memory = new RootAllocator();
                VarCharVector types = new VarCharVector("types", memory)) {
            assertColumn(
                    column(new LargeVarCharVector("x", memory), v -> {
                        v.setSafe(0, "naïve".getBytes(StandardCharsets.UTF_8));
                        v.setSafe(1, new byte[0]);
                    }),
                    "text",
                    "naïve",
                    "",
                    null);
            assertColumn(column(new NullVector("x", 3), v -> {}), "text", null, null, null);

            types.allocateNew();
            types.setSafe(0, "T4a".getBytes(StandardCharsets.UTF_8));
            types.setSafe(1, "Mi1".getBytes(StandardCharsets.UTF_8));
            types.setValueCount(2);
            Dictionary dictionary =
                    new Dictionary(types, new DictionaryEncoding(1, false, new ArrowType.Int(16, true)));
            try (VarCharVector cells = new VarCharVector("x", memory)) {
                cells.allocateNew();
                cells.setSafe(0, "Mi1".getBytes(StandardCharsets.UTF_8));
                cells.setSafe(1, "T4a".getBytes(StandardCharsets.UTF_8));
                cells.setValueCount(3);
                FieldVector codes = (FieldVector) DictionaryEncoder.encode(cells, dictionary);
                try (VectorSchemaRoot root = VectorSchemaRoot.of(codes)) {
                    byte[] file = file(root, new MapDictionaryProvider(dictionary), CodecType.LZ4_FRAME, 2);
                    assertColumn(read(file).column(0), "text", "Mi1", "T4a", null, "Mi1", "T4a", null);
                }
            }
        }
    }

    @Test
    void timesAreTextAsIsoWritesThem() {
        try (BufferAllocator memory = new RootAllocator()) {
            assertColumn(
                    column(new TimeStampMicroVector("x", memory), v -> {
                        v.set(0, 1_704_164_645_000_000L);
                        v.set(1, -1);
                    }),
                    "text",
                    "2024-01-02T03:04:05",
                    "1969-12-31T23:59:59.999999",
                    null);
            assertColumn(
                    column(new TimeStampNanoTZVector("x", memory, "Europe/Vienna"), v -> {
                        v.set(0, 1_704_164_645_000_000_000L);
                        v.set(1, 1);
                    }),
                    "text",
                    "2024-01-02T03:04:05Z",
                    "1970-01-01T00:00:00.000000001Z",
                    null);
            assertColumn(
                    column(new DateDayVector("x", memory), v -> {
                        v.set(0, 19_724);
                        v.set(1, -1);
                    }),
                    "text",
                    "2024-01-02",
                    "1969-12-31",
                    null);
            assertColumn(
                    column(new TimeMicroVector("x", memory), v -> {
                        v.set(0, 3_600_000_000L);
                        v.set(1, 1);
                    }),
                    "text",
                    "01:00:00",
                    "00:00:00.000001",
                    null);
        }
    }

    @Test
    void listsAreTextAsJsonWritesThem() {
        try (BufferAllocator memory = new RootAllocator()) {
            assertColumn(
                    column(ListVector.empty("position", memory), v -> {
                        UnionListWriter writer = v.getWriter();
                        writer.setPosition(0);
                        writer.startList();
                        writer.writeBigInt(720_575_940_628_857_210L);
                        writer.writeBigInt(-2);
                        writer.endList();
                        writer.setPosition(1);
                        writer.startList();
                        writer.endList();
                    }),
                    "text",
                    "[720575940628857210,-2]",
                    "[]",
                    null);
        }
    }

    @Test
    void numbersOfSinglePrecision() {
        try (BufferAllocator memory = new RootAllocator()) {
            assertColumn(
                    column(new Float4Vector("x", memory), v -> {
                        v.set(0, 0.5f);
                        v.set(1, Float.NEGATIVE_INFINITY);
                    }),
                    "number",
                    0.5,
                    Double.NEGATIVE_INFINITY,
                    null);
        }
    }

    @Test
    void whatATableCannotHoldIsRefusedByName() {
        try (BufferAllocator memory = new RootAllocator()) {
            MesoException e = assertThrows(
                    MesoException.class,
                    () -> column(new VarBinaryVector("mesh", memory), v -> v.setSafe(0, new byte[] {1})));
            assertEquals(ErrorCode.WRONG_FORMAT, e.code());
            assertTrue(e.getMessage().contains("column 'mesh'"), e.getMessage());
        }
    }

    /** Reads the file named, in a JVM of its own. */
    static final class Reading {
        public static void main(String[] names) {
            Path file = Path.of(names[0]);
            LocalStorage storage = new LocalStorage(List.of(file.getParent()), file.getParent());
            try {
                TableReader.read(storage.find(file.getFileName().toString()), Monitor.NONE);
            } catch (MesoException e) {
                System.out.println(e.getMessage() + e.notes());
            }
        }
    }

    @Test
    void withoutTheFlagOfTheLauncherTheHintNamesIt(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("t.feather"), written(CsvProperties.randomTable(new Random(5))));
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reading.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, java.waitFor(), said);
        assertTrue(said.startsWith("cannot read 't.feather'"), said);
        assertTrue(said.contains("--add-opens=java.base/java.nio=ALL-UNNAMED"), said);
        assertEquals(1, said.lines().count(), said);
    }

    private static byte[] written(Table table) {
        MemoryStorage storage = new MemoryStorage(1 << 16);
        TableWriter.write(table, "t.feather", storage);
        return storage.files.get("t.feather");
    }

    @Test
    void filesOfOtherKindsAndDamagedOnesAreExplained() {
        byte[] first = "FEA1 and so on".getBytes(StandardCharsets.US_ASCII);
        MesoException old = refused("t.feather", first);
        assertEquals(ErrorCode.WRONG_FORMAT, old.code());
        assertTrue(old.getMessage().contains("version 1"), old.getMessage());
        assertEquals(
                ErrorCode.MALFORMED_TABLE, refused("t.feather", new byte[0]).code());
        assertEquals(
                ErrorCode.MALFORMED_TABLE,
                refused("t.feather", "pre,post\n1,2\n".getBytes(StandardCharsets.US_ASCII))
                        .code());
        byte[] whole = written(CsvProperties.randomTable(new Random(5)));
        for (int length = 0; length < whole.length; length += 7) {
            assertEquals(
                    ErrorCode.MALFORMED_TABLE,
                    refused("t.feather", Arrays.copyOf(whole, length)).code());
        }
    }

    /** Changed bytes give another table or one sentence, never an exception of the library. */
    @Test
    void changedBytesNeverEndInAnotherException() {
        byte[] whole = written(CsvProperties.randomTable(new Random(6)));
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                read(damaged);
            } catch (MesoException e) {
                refused++;
            }
        }
        assertTrue(refused > 50, "refused " + refused);
    }

    @Test
    void unitsIdsAndGzipComeBack() throws IOException {
        Table table = Table.of(
                List.of("x", "n", "id"),
                List.of(
                        DoubleColumn.of(new double[] {1.5, 2, 0}, new long[] {4}, Unit.parse("um")),
                        LongColumn.of(new long[] {Long.MAX_VALUE, -1, 3}, null, Unit.parse("ms")),
                        TextColumn.of("007", "72057594062885721000", null)));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(written(table));
        }
        for (Table back : List.of(read(written(table)), read("t.feather.gz", packed.toByteArray()))) {
            assertEquals(table.names(), back.names());
            assertEquals(CsvReaderTest.rows(table), CsvReaderTest.rows(back));
            assertEquals(Unit.parse("um"), ((NumberColumn) back.column(0)).unit());
            assertEquals(Unit.parse("ms"), ((NumberColumn) back.column(1)).unit());
            assertColumn(back.column(2), "text", "007", "72057594062885721000", null);
        }
    }

    @Test
    void tablesOfManyBatchesAndOfNoRows() {
        int rows = 200_001;
        long[] ids = new long[rows];
        String[] texts = new String[rows];
        for (int i = 0; i < rows; i++) {
            ids[i] = 720_575_940_600_000_000L + i;
            texts[i] = i % 7 == 0 ? null : "t" + i % 1000;
        }
        Table table = Table.of("id", LongColumn.of(ids), "type", TextColumn.of(texts));
        Table back = read(written(table));
        assertEquals(values(table.column(0)), values(back.column(0)));
        assertEquals(values(table.column(1)), values(back.column(1)));
        Table none = table.select(new int[0]);
        assertEquals(0, read(written(none)).rows());
        assertEquals(List.of("id", "type"), read(written(none)).names());
    }
}
