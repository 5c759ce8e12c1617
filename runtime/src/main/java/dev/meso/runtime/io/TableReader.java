package dev.meso.runtime.io;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.provenance.InputFile;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.task.CancelledException;
import dev.meso.runtime.task.Monitor;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Reads tables, by the ending of the name: {@code csv}, {@code tsv}, {@code tab} and {@code txt}, {@code json}, {@code
 * ndjson} and {@code jsonl}, {@code feather} and {@code arrow} (each also with {@code .gz}), and {@code parquet}.
 */
public final class TableReader {
    private TableReader() {}

    /** A table and the file it came from. */
    public record Loaded(Table table, InputFile file) {}

    /**
     * @throws MesoException MALFORMED_TABLE with line and column, WRONG_FORMAT for an ending not known, FILE_ERROR
     */
    public static Loaded read(Storage.Input input, Monitor monitor) {
        String name = input.name().toLowerCase(Locale.ROOT);
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        String ending = plain.substring(plain.lastIndexOf('.') + 1);
        try {
            return switch (ending) {
                case "csv", "tsv", "tab", "txt" -> CsvReader.read(input, ending, monitor);
                case "json", "ndjson", "jsonl" -> DuckFiles.readJson(input, monitor);
                case "parquet", "pq" -> DuckFiles.readParquet(input, monitor);
                case "feather", "arrow" -> ArrowFiles.read(input, monitor);
                default ->
                    throw new MesoException(
                            ErrorCode.WRONG_FORMAT,
                            "cannot tell what '" + input.name() + "' holds",
                            "the ending must be csv, tsv, json, parquet or feather (all but parquet also with .gz)");
            };
        } catch (ClosedByInterruptException e) {
            throw new CancelledException();
        } catch (IOException e) {
            throw new MesoException(
                    ErrorCode.FILE_ERROR, "cannot read '" + input.name() + "': " + LocalStorage.reason(e));
        }
    }

    /** Hashes what is read through it. */
    static final class Hashing extends FilterInputStream {
        private final MessageDigest digest;
        private long bytes;

        Hashing(InputStream in) {
            super(in);
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            if (b >= 0) {
                digest.update((byte) b);
                bytes++;
            }
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = in.read(buffer, offset, length);
            if (n > 0) {
                digest.update(buffer, offset, n);
                bytes += n;
            }
            return n;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        /** Reads what is left, so that the hash is that of the whole file. */
        InputFile finish(String name, Monitor monitor) throws IOException {
            byte[] rest = new byte[1 << 16];
            while (read(rest, 0, rest.length) >= 0) {
                monitor.checkpoint();
            }
            return new InputFile(name, bytes, HexFormat.of().formatHex(digest.digest()));
        }
    }
}
