package dev.meso.runtime.io;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.provenance.InputFile;
import dev.meso.runtime.table.BooleanColumn;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.unit.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Parquet and JSON through an in-memory DuckDB, which costs about a second to start; nothing else uses it. Integers of any
 * width stay exact (those beyond 64 bits become text); dates, times and nested values become text.
 */
final class DuckFiles {
    /** Rows between two questions whether to stop, less one. */
    private static final int CHECK_MASK = 0x3FFF;

    private static final String UNIT_OF = "unit of ";

    private DuckFiles() {}

    static TableReader.Loaded readParquet(Storage.Input input, Monitor monitor) throws IOException {
        return read(
                input,
                monitor,
                ".parquet",
                path -> "SELECT * FROM read_parquet('" + path + "')",
                path -> "SELECT TRY(decode(key)), TRY(decode(value)) FROM parquet_kv_metadata('" + path + "')");
    }

    /** A list of objects, one a row, or objects one after the other. */
    static TableReader.Loaded readJson(Storage.Input input, Monitor monitor) throws IOException {
        String ending = input.name().toLowerCase(java.util.Locale.ROOT).endsWith(".gz") ? ".json.gz" : ".json";
        return read(
                input,
                monitor,
                ending,
                path -> "SELECT * FROM read_json('" + path + "', sample_size = -1, maximum_object_size = 268435456)",
                null);
    }

    @FunctionalInterface
    private interface Query {
        String on(String quotedPath);
    }

    /** {@code about} asks for keys and values of the file's metadata; null where the format has none. */
    private static TableReader.Loaded read(
            Storage.Input input, Monitor monitor, String ending, Query query, Query about) throws IOException {
        Path path = input.path().orElse(null);
        if (path != null) {
            return read(input, path, monitor, query, about);
        }
        Path copy = Files.createTempFile("meso", ending);
        try (InputStream in = input.open()) {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            return read(input, copy, monitor, query, about);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private static TableReader.Loaded read(Storage.Input input, Path path, Monitor monitor, Query query, Query about)
            throws IOException {
        monitor.checkpoint();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query.on(quoted(path)))) {
            Table table = table(rows, monitor);
            if (about != null) {
                table = withUnits(table, connection, about.on(quoted(path)));
            }
            InputFile file;
            try (TableReader.Hashing raw = new TableReader.Hashing(input.open())) {
                file = raw.finish(input.name(), monitor);
            }
            return new TableReader.Loaded(table, file);
        } catch (SQLException e) {
            throw new MesoException(ErrorCode.MALFORMED_TABLE, "cannot read '" + input.name() + "': " + firstLine(e));
        }
    }

    private static Table withUnits(Table plain, Connection connection, String query) throws SQLException {
        Table table = plain;
        try (Statement statement = connection.createStatement();
                ResultSet entries = statement.executeQuery(query)) {
            while (entries.next()) {
                String key = entries.getString(1);
                String name = key != null && key.startsWith(UNIT_OF) ? key.substring(UNIT_OF.length()) : null;
                int place = name == null ? -1 : table.names().indexOf(name);
                if (place >= 0) {
                    table = table.with(name, Units.of(table.column(place), entries.getString(2)));
                }
            }
        }
        return table;
    }

    private static Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            // Never the network: both formats are built in.
            statement.execute("SET autoinstall_known_extensions = false");
        }
        return connection;
    }

    private static String quoted(Path path) {
        return path.toAbsolutePath().toString().replace("'", "''");
    }

    private static String firstLine(SQLException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    // ---- reading

    private static Table table(ResultSet rows, Monitor monitor) throws SQLException {
        ResultSetMetaData about = rows.getMetaData();
        List<Collector> collectors = new ArrayList<>();
        for (int c = 1; c <= about.getColumnCount(); c++) {
            collectors.add(new Collector(about.getColumnName(c), c, about.getColumnTypeName(c)));
        }
        for (long row = 0; rows.next(); row++) {
            if ((row & CHECK_MASK) == 0) {
                monitor.checkpoint();
            }
            for (Collector c : collectors) {
                c.add(rows);
            }
        }
        Map<String, Column> columns = new LinkedHashMap<>();
        for (Collector c : collectors) {
            columns.put(c.name, c.finish());
        }
        return Table.of(columns);
    }

    /** Collects one column. */
    private static final class Collector {
        private enum Form {
            INTEGER,
            NUMBER,
            BOOLEAN,
            WIDE,
            TEXT
        }

        final String name;
        private final int place;
        private final Form form;
        private int rows;
        private long[] bits = new long[1024];
        private long[] missing = new long[16];
        private final List<String> texts = new ArrayList<>();

        Collector(String name, int place, String sqlType) {
            this.name = name;
            this.place = place;
            this.form = form(sqlType);
        }

        private static Form form(String sqlType) {
            String type = sqlType.indexOf('(') < 0 ? sqlType : sqlType.substring(0, sqlType.indexOf('('));
            return switch (type) {
                case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" -> Form.INTEGER;
                case "UBIGINT", "HUGEINT", "UHUGEINT", "BIGNUM" -> Form.WIDE;
                case "FLOAT", "DOUBLE" -> Form.NUMBER;
                case "DECIMAL" -> sqlType.endsWith(",0)") ? Form.WIDE : Form.NUMBER;
                case "BOOLEAN" -> Form.BOOLEAN;
                default -> Form.TEXT;
            };
        }

        void add(ResultSet row) throws SQLException {
            if (rows == bits.length) {
                bits = Arrays.copyOf(bits, rows + (rows >> 1));
                missing = Arrays.copyOf(missing, (bits.length + 63) >>> 6);
            }
            switch (form) {
                case INTEGER -> bits[rows] = row.getLong(place);
                case NUMBER -> bits[rows] = Double.doubleToRawLongBits(row.getDouble(place));
                case BOOLEAN -> bits[rows] = row.getBoolean(place) ? 1 : 0;
                case WIDE -> {
                    Object value = row.getObject(place);
                    texts.add(value == null ? null : new BigDecimal(value.toString()).toPlainString());
                }
                case TEXT -> {
                    Object value = row.getObject(place);
                    texts.add(value == null ? null : value instanceof String s ? s : row.getString(place));
                }
            }
            if (row.wasNull()) {
                missing[rows >>> 6] |= 1L << rows;
                bits[rows] = 0;
            }
            rows++;
        }

        Column finish() {
            long[] mask = Arrays.copyOf(missing, (rows + 63) >>> 6);
            return switch (form) {
                case INTEGER -> LongColumn.of(Arrays.copyOf(bits, rows), mask, Unit.ONE);
                case NUMBER -> {
                    double[] numbers = new double[rows];
                    Arrays.setAll(numbers, i -> Double.longBitsToDouble(bits[i]));
                    yield DoubleColumn.of(numbers, mask, Unit.ONE);
                }
                case BOOLEAN -> {
                    boolean[] flags = new boolean[rows];
                    for (int i = 0; i < rows; i++) {
                        flags[i] = bits[i] != 0;
                    }
                    yield BooleanColumn.of(flags, mask);
                }
                case WIDE -> wide();
                case TEXT -> TextColumn.of(texts.toArray(String[]::new));
            };
        }

        /** Integers where all fit 64 bits, else text. */
        private Column wide() {
            long[] values = new long[rows];
            long[] mask = new long[(rows + 63) >>> 6];
            try {
                for (int i = 0; i < rows; i++) {
                    if (texts.get(i) == null) {
                        mask[i >>> 6] |= 1L << i;
                    } else {
                        values[i] = Long.parseLong(texts.get(i));
                    }
                }
            } catch (NumberFormatException e) {
                return TextColumn.of(texts.toArray(String[]::new));
            }
            return LongColumn.of(values, mask, Unit.ONE);
        }
    }

    // ---- writing

    static void writeParquet(Table table, String name, Storage storage, Monitor monitor) {
        if (table.columns().isEmpty()) {
            throw new MesoException(ErrorCode.WRONG_FORMAT, "a table without columns cannot be saved as parquet");
        }
        try (Storage.Output output = storage.create(name)) {
            Path target = output.path().orElse(null);
            Path copy = target == null ? Files.createTempFile("meso", ".parquet") : null;
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(declaration(table));
                append(table, connection.unwrap(DuckDBConnection.class), monitor);
                statement.execute("COPY t TO '" + quoted(target == null ? copy : target) + "' (FORMAT parquet"
                        + unitsOf(table) + ")");
                if (copy != null) {
                    Files.copy(copy, output.stream());
                }
                output.commit();
            } finally {
                if (copy != null) {
                    Files.deleteIfExists(copy);
                }
            }
        } catch (IOException e) {
            throw new MesoException(ErrorCode.FILE_ERROR, "cannot write '" + name + "': " + LocalStorage.reason(e));
        } catch (SQLException e) {
            throw new MesoException(ErrorCode.FILE_ERROR, "cannot write '" + name + "': " + firstLine(e));
        }
    }

    /** The units, in the metadata of the file: one entry for each column that has one. */
    private static String unitsOf(Table table) {
        StringBuilder entries = new StringBuilder();
        for (int c = 0; c < table.columns().size(); c++) {
            if (table.column(c) instanceof NumberColumn numbers
                    && !numbers.unit().isOne()) {
                String key = (UNIT_OF + table.names().get(c)).replace("\"", "\"\"");
                entries.append(entries.isEmpty() ? "" : ", ")
                        .append('"')
                        .append(key)
                        .append("\": '")
                        .append(numbers.unit().symbol())
                        .append('\'');
            }
        }
        return entries.isEmpty() ? "" : ", KV_METADATA {" + entries + "}";
    }

    private static String declaration(Table table) {
        StringBuilder sql = new StringBuilder("CREATE TABLE t (");
        for (int c = 0; c < table.columns().size(); c++) {
            String type =
                    switch (table.column(c)) {
                        case LongColumn l -> "BIGINT";
                        case DoubleColumn d -> "DOUBLE";
                        case BooleanColumn b -> "BOOLEAN";
                        case TextColumn t -> "VARCHAR";
                    };
            sql.append(c == 0 ? "" : ", ")
                    .append('"')
                    .append(table.names().get(c).replace("\"", "\"\""))
                    .append("\" ")
                    .append(type);
        }
        return sql.append(')').toString();
    }

    private static void append(Table table, DuckDBConnection connection, Monitor monitor) throws SQLException {
        try (DuckDBAppender rows = connection.createAppender("t")) {
            for (int row = 0; row < table.rows(); row++) {
                if ((row & CHECK_MASK) == 0) {
                    monitor.checkpoint();
                }
                rows.beginRow();
                for (Column column : table.columns()) {
                    if (column.missing(row)) {
                        rows.appendNull();
                        continue;
                    }
                    switch (column) {
                        case LongColumn c -> rows.append(c.get(row));
                        case DoubleColumn c -> rows.append(c.get(row));
                        case BooleanColumn c -> rows.append(c.get(row));
                        case TextColumn c -> rows.append(c.get(row));
                    }
                }
                rows.endRow();
            }
        }
    }
}
