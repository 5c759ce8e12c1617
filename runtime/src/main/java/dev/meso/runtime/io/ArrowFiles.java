package dev.meso.runtime.io;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.table.BooleanColumn;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import dev.meso.runtime.task.Monitor;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.CompressionUtil;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Feather version 2, which is the file format of Apache Arrow, plain or compressed by LZ4 or Zstandard, through the Arrow
 * library; nothing else loads it. A file is read once from front to back, one batch of rows in memory beside the columns,
 * so a stream suffices and gzip may be around it.
 *
 * <p>Arrow keeps its memory outside the heap and reaches into {@code java.nio} for it, which the JVM allows only with
 * {@code --add-opens=java.base/java.nio=ALL-UNNAMED}. The launcher passes it.
 */
final class ArrowFiles {
    private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FIRST_VERSION = "FEA1".getBytes(StandardCharsets.US_ASCII);

    /** The magic word is padded to the alignment of the messages that follow. */
    private static final int START = 8;

    /** Under this key a column's metadata names its unit. */
    private static final String UNIT = "unit";

    /** As many rows a batch as pandas and pyarrow write. */
    private static final int BATCH = 1 << 16;

    /**
     * A damaged length must not ask for all memory of the machine. Whole files stay far below: a batch takes at most a few
     * times its part of the file, unless that is nearly constant, and is then small.
     */
    private static final long LEAST_LIMIT = 2L << 30;

    private static final long LIMIT_PER_BYTE = 64;

    private ArrowFiles() {}

    private static void requireOpenBuffers(String what, String name) {
        if (!ByteBuffer.class
                .getModule()
                .isOpen(ByteBuffer.class.getPackageName(), BufferAllocator.class.getModule())) {
            throw new MesoException(
                    ErrorCode.FILE_ERROR,
                    "cannot " + what + " '" + name + "': Java was started without access to its buffers, which feather"
                            + " files need",
                    "start Java with --add-opens=java.base/java.nio=ALL-UNNAMED, or use parquet");
        }
    }

    // ---- reading

    static TableReader.Loaded read(Storage.Input input, Monitor monitor) throws IOException {
        requireOpenBuffers("read", input.name());
        try (TableReader.Hashing raw = new TableReader.Hashing(input.open())) {
            boolean packed = input.name().toLowerCase(Locale.ROOT).endsWith(".gz");
            long limit = LEAST_LIMIT + LIMIT_PER_BYTE * input.size();
            Table table = read(packed ? new GZIPInputStream(raw, 1 << 16) : raw, input.name(), limit, monitor);
            return new TableReader.Loaded(table, raw.finish(input.name(), monitor));
        }
    }

    private static Table read(InputStream in, String name, long limit, Monitor monitor) throws IOException {
        byte[] start = in.readNBytes(START);
        if (Arrays.equals(start, 0, Math.min(4, start.length), FIRST_VERSION, 0, 4)) {
            throw new MesoException(
                    ErrorCode.WRONG_FORMAT,
                    "'" + name + "' is a feather file of version 1, which is no longer in use",
                    "write it again, for instance in pandas: pandas.read_feather(name).to_feather(name)");
        }
        if (start.length < START || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw malformed(name, "it does not begin as a feather file does");
        }
        try (BufferAllocator memory = new RootAllocator(limit);
                ArrowStreamReader reader = new ArrowStreamReader(unclosed(in), memory, ArrowCodecs.INSTANCE)) {
            VectorSchemaRoot batch = guarded(name, reader::getVectorSchemaRoot);
            List<Field> fields = batch.getSchema().getFields();
            List<String> names = new ArrayList<>();
            List<ArrowColumn> columns = new ArrayList<>();
            for (Field field : fields) {
                names.add(field.getName());
                columns.add(ArrowColumn.of(field, reader, name));
            }
            long rows = 0;
            while (guarded(name, reader::loadNextBatch)) {
                monitor.checkpoint();
                int count = batch.getRowCount();
                rows += count;
                if (rows > ArrowColumn.MOST_ROWS) {
                    throw new MesoException(
                            ErrorCode.MALFORMED_TABLE,
                            "'" + name + "' has more than " + ArrowColumn.MOST_ROWS + " rows, the most a table holds");
                }
                for (int c = 0; c < columns.size(); c++) {
                    ArrowColumn column = columns.get(c);
                    FieldVector cells = batch.getVector(c);
                    guarded(name, () -> column.add(cells, count));
                }
            }
            requireEnd(in, name);
            List<Column> finished = new ArrayList<>();
            for (int c = 0; c < columns.size(); c++) {
                finished.add(Units.of(
                        columns.get(c).finish(), fields.get(c).getMetadata().get(UNIT)));
            }
            return Table.of(names, finished);
        }
    }

    /** The hash needs the rest of the stream after Arrow has closed its reader. */
    private static InputStream unclosed(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public void close() {
                // Its owner closes it.
            }
        };
    }

    @FunctionalInterface
    private interface Step<T> {
        T take() throws IOException;
    }

    /** Damaged files make Arrow throw exceptions of any kind, worded for programmers. */
    private static <T> T guarded(String name, Step<T> step) {
        try {
            return step.take();
        } catch (MesoException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw malformed(name, "it is damaged or cut off (" + e.getMessage() + ")");
        } catch (OutOfMemoryError e) {
            throw malformed(name, "it needs more memory than there is, or is damaged");
        }
    }

    /** Arrow takes the end of a stream between two batches for the end of the table; a whole file ends in the magic word. */
    private static void requireEnd(InputStream in, String name) throws IOException {
        byte[] tail = new byte[0];
        byte[] piece = new byte[1 << 16];
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            byte[] joined = Arrays.copyOf(tail, tail.length + n);
            System.arraycopy(piece, 0, joined, tail.length, n);
            tail = Arrays.copyOfRange(joined, Math.max(0, joined.length - MAGIC.length), joined.length);
        }
        if (!Arrays.equals(tail, MAGIC)) {
            throw malformed(name, "it is cut off");
        }
    }

    private static MesoException malformed(String name, String what) {
        return new MesoException(ErrorCode.MALFORMED_TABLE, "cannot read '" + name + "': " + what);
    }

    // ---- writing

    /** Compressed by Zstandard; units stand in the columns' metadata. */
    static void write(Table table, String name, Storage storage, Monitor monitor) {
        requireOpenBuffers("write", name);
        List<Field> fields = new ArrayList<>();
        for (int c = 0; c < table.columns().size(); c++) {
            fields.add(field(table.names().get(c), table.column(c)));
        }
        try (Storage.Output output = storage.create(name)) {
            try (BufferAllocator memory = new RootAllocator();
                    VectorSchemaRoot batch = VectorSchemaRoot.create(new Schema(fields), memory);
                    ArrowFileWriter writer = new ArrowFileWriter(
                            batch,
                            new DictionaryProvider.MapDictionaryProvider(),
                            Channels.newChannel(output.stream()),
                            Map.of(),
                            IpcOption.DEFAULT,
                            ArrowCodecs.INSTANCE,
                            CompressionUtil.CodecType.ZSTD)) {
                writer.start();
                for (int from = 0, count; from < table.rows(); from += count) {
                    monitor.checkpoint();
                    count = Math.min(BATCH, table.rows() - from);
                    for (int c = 0; c < fields.size(); c++) {
                        fill(batch.getVector(c), table.column(c), from, count);
                    }
                    batch.setRowCount(count);
                    writer.writeBatch();
                }
                writer.end();
            }
            output.commit();
        } catch (IOException e) {
            throw new MesoException(ErrorCode.FILE_ERROR, "cannot write '" + name + "': " + LocalStorage.reason(e));
        }
    }

    private static Field field(String name, Column column) {
        ArrowType type =
                switch (column) {
                    case LongColumn c -> new ArrowType.Int(64, true);
                    case DoubleColumn c -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
                    case BooleanColumn c -> ArrowType.Bool.INSTANCE;
                    case TextColumn c -> ArrowType.Utf8.INSTANCE;
                };
        boolean hasUnit =
                column instanceof NumberColumn numbers && !numbers.unit().isOne();
        Map<String, String> about =
                hasUnit ? Map.of(UNIT, ((NumberColumn) column).unit().symbol()) : Map.of();
        return new Field(name, new FieldType(true, type, null, about), List.of());
    }

    private static void fill(FieldVector vector, Column column, int from, int count) {
        vector.reset();
        switch (column) {
            case LongColumn c -> {
                BigIntVector cells = (BigIntVector) vector;
                for (int i = 0; i < count; i++) {
                    if (!c.missing(from + i)) {
                        cells.setSafe(i, c.get(from + i));
                    }
                }
            }
            case DoubleColumn c -> {
                Float8Vector cells = (Float8Vector) vector;
                for (int i = 0; i < count; i++) {
                    if (!c.missing(from + i)) {
                        cells.setSafe(i, c.get(from + i));
                    }
                }
            }
            case BooleanColumn c -> {
                BitVector cells = (BitVector) vector;
                for (int i = 0; i < count; i++) {
                    if (!c.missing(from + i)) {
                        cells.setSafe(i, c.get(from + i) ? 1 : 0);
                    }
                }
            }
            case TextColumn c -> {
                VarCharVector cells = (VarCharVector) vector;
                for (int i = 0; i < count; i++) {
                    if (!c.missing(from + i)) {
                        cells.setSafe(i, c.get(from + i).getBytes(StandardCharsets.UTF_8));
                    }
                }
            }
        }
        vector.setValueCount(count);
    }
}
