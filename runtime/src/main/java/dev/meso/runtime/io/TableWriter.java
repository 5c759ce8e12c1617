package dev.meso.runtime.io;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.table.BooleanColumn;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import dev.meso.runtime.task.Monitor;
import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * Writes tables, by the ending of the name: {@code csv}, {@code tsv}, {@code json} (each also with {@code .gz}), {@code ndjson},
 * {@code parquet} and {@code feather}. The file appears under its name only when it is complete. Numbers keep full precision.
 */
public final class TableWriter {
    private TableWriter() {}

    /** What writes one file; it does not close the stream. */
    @FunctionalInterface
    interface Body {
        void write(Writer out) throws IOException;
    }

    /** {@link #write(Table, String, Storage, Monitor)} that nobody stops. */
    public static void write(Table table, String name, Storage storage) {
        write(table, name, storage, Monitor.NONE);
    }

    /**
     * @param monitor asked while rows are written; where it stops the work nothing is left behind
     * @throws MesoException WRONG_FORMAT for an ending not known, FILE_ERROR, NOT_A_NUMBER for NaN or infinite numbers in JSON
     */
    public static void write(Table table, String name, Storage storage, Monitor monitor) {
        switch (ending(name)) {
            case "csv" -> text(name, storage, monitor, out -> delimited(table, ',', out));
            case "tsv", "tab" -> text(name, storage, monitor, out -> delimited(table, '\t', out));
            case "json" -> {
                requireJsonNumbers(table);
                text(name, storage, monitor, out -> json(table, "[\n", ",\n", "\n]\n", out));
            }
            case "ndjson", "jsonl" -> {
                requireJsonNumbers(table);
                text(name, storage, monitor, out -> json(table, "", "\n", "\n", out));
            }
            case "parquet", "pq" -> DuckFiles.writeParquet(table, name, storage, monitor);
            case "feather", "arrow" -> ArrowFiles.write(table, name, storage, monitor);
            default -> throw unknownEnding(name, "csv, tsv, json, ndjson, parquet or feather");
        }
    }

    /** The ending in small letters, without {@code .gz}. */
    static String ending(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        String plain = small.endsWith(".gz") ? small.substring(0, small.length() - 3) : small;
        return plain.substring(plain.lastIndexOf('.') + 1);
    }

    static MesoException unknownEnding(String name, String known) {
        return new MesoException(
                ErrorCode.WRONG_FORMAT,
                "cannot tell from its ending how to write '" + name + "'",
                "the ending must be " + known);
    }

    /** Writes text, compressed where the name ends in .gz, and moves it into place. */
    static void text(String name, Storage storage, Monitor monitor, Body body) {
        try (Storage.Output output = storage.create(name)) {
            OutputStream bytes = new Watched(output.stream(), monitor);
            boolean packed = name.toLowerCase(Locale.ROOT).endsWith(".gz");
            GZIPOutputStream gzip = packed ? new GZIPOutputStream(bytes, 1 << 16) : null;
            Writer out =
                    new BufferedWriter(new OutputStreamWriter(packed ? gzip : bytes, StandardCharsets.UTF_8), 1 << 16);
            body.write(out);
            out.flush();
            if (gzip != null) {
                gzip.finish();
            }
            output.commit();
        } catch (IOException | UncheckedIOException e) {
            IOException cause = e instanceof UncheckedIOException u ? u.getCause() : (IOException) e;
            throw new MesoException(ErrorCode.FILE_ERROR, "cannot write '" + name + "': " + LocalStorage.reason(cause));
        }
    }

    /** Asks whether to stop with every block of bytes that goes out. */
    private static final class Watched extends FilterOutputStream {
        private final Monitor monitor;

        Watched(OutputStream out, Monitor monitor) {
            super(out);
            this.monitor = monitor;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            monitor.checkpoint();
            out.write(bytes, from, length);
        }
    }

    /** The table as a CSV file has it, for a place inside another document. */
    public static String csv(Table table) {
        java.io.StringWriter text = new java.io.StringWriter();
        try {
            delimited(table, ',', text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return text.toString();
    }

    // ---- delimited text

    private static void delimited(Table table, char separator, Writer out) throws IOException {
        for (int c = 0; c < table.names().size(); c++) {
            if (c > 0) {
                out.write(separator);
            }
            cell(table.names().get(c), separator, out);
        }
        out.write('\n');
        boolean single = table.columns().size() == 1;
        for (int row = 0; row < table.rows(); row++) {
            for (int c = 0; c < table.columns().size(); c++) {
                if (c > 0) {
                    out.write(separator);
                }
                Column column = table.column(c);
                if (column.missing(row)) {
                    // An empty line would not be seen as a row.
                    out.write(single ? "NA" : "");
                } else if (column instanceof TextColumn text) {
                    cell(text.get(row), separator, out);
                } else {
                    out.write(plain(column, row));
                }
            }
            out.write('\n');
        }
    }

    private static String plain(Column column, int row) {
        return switch (column) {
            case LongColumn c -> Long.toString(c.get(row));
            case DoubleColumn c -> number(c.get(row));
            case BooleanColumn c -> Boolean.toString(c.get(row));
            case TextColumn c -> c.get(row);
        };
    }

    /** The shortest text that reads back as the same double. */
    static String number(double x) {
        if (Double.isInfinite(x)) {
            return x > 0 ? "inf" : "-inf";
        }
        return Double.toString(x);
    }

    /** Quoted where it would otherwise be read differently. */
    private static void cell(String text, char separator, Writer out) throws IOException {
        boolean quote = text.isEmpty() || text.equals("NA") || text.charAt(0) == '\uFEFF';
        for (int i = 0; i < text.length() && !quote; i++) {
            char c = text.charAt(i);
            quote = c == separator || c == '"' || c == '\n' || c == '\r' || c == ',' || c == ';' || c == '\t';
        }
        if (!quote) {
            out.write(text);
            return;
        }
        out.write('"');
        out.write(text.replace("\"", "\"\""));
        out.write('"');
    }

    // ---- JSON

    private static void requireJsonNumbers(Table table) {
        for (int c = 0; c < table.columns().size(); c++) {
            if (!(table.column(c) instanceof DoubleColumn numbers)) {
                continue;
            }
            for (int i = 0; i < numbers.size(); i++) {
                if (!numbers.missing(i) && !Double.isFinite(numbers.get(i))) {
                    throw new MesoException(
                            ErrorCode.NOT_A_NUMBER,
                            "column '" + table.names().get(c) + "' holds " + numbers.get(i) + " in row " + i
                                    + ", which JSON cannot say",
                            "save it as csv or parquet");
                }
            }
        }
    }

    private static void json(Table table, String open, String between, String close, Writer out) throws IOException {
        String[] keys = new String[table.names().size()];
        for (int c = 0; c < keys.length; c++) {
            keys[c] = (c == 0 ? "" : ", ") + jsonText(table.names().get(c)) + ": ";
        }
        out.write(open);
        for (int row = 0; row < table.rows(); row++) {
            out.write(row == 0 ? "" : between);
            out.write('{');
            for (int c = 0; c < keys.length; c++) {
                out.write(keys[c]);
                Column column = table.column(c);
                if (column.missing(row)) {
                    out.write("null");
                } else {
                    out.write(column instanceof TextColumn text ? jsonText(text.get(row)) : plain(column, row));
                }
            }
            out.write('}');
        }
        out.write(close);
    }

    /** A list of rows, for writers of larger documents. */
    static void jsonRows(Table table, Writer out) throws IOException {
        requireJsonNumbers(table);
        json(table, "[\n", ",\n", "\n]", out);
    }

    static String jsonText(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ' || Character.isSurrogate(c) && !isPaired(text, i)) {
                        quoted.append(String.format("\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    private static boolean isPaired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
