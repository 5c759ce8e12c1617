package dev.meso.runtime.io;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.provenance.InputFile;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.task.Monitor;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads delimited text (RFC 4180, UTF-8, the first row holds the names) in one pass over its bytes, without making a string
 * for a number.
 *
 * <ul>
 *   <li>Separator: a tab for {@code tsv} and {@code tab}; for the others a comma, or where the first row has none a tab or a
 *       semicolon.
 *   <li>Cells in double quotes may hold separators, line ends and doubled quotes. Lines end in LF or CRLF; empty lines are
 *       skipped where there are several columns. A byte order mark is skipped.
 *   <li>Types as in {@link CsvColumn}. An empty cell and an unquoted {@code NA} are missing; {@code NaN} is the number NaN;
 *       {@code true}/{@code false} are booleans.
 *   <li>A column without a name is called {@code column_1} by its place.
 * </ul>
 *
 * <p>Memory: 8 bytes a number, 4 bytes a text cell plus its distinct texts. Files with .gz or gzip's first bytes are unpacked.
 */
final class CsvReader {
    private static final int BUFFER = 1 << 18;
    private static final int LARGEST_CELL = 1 << 28;
    private static final int ROWS_PER_CHECK = 1 << 14;
    private static final int MOST_ROWS = Integer.MAX_VALUE - 8;

    private final String fileName;
    private final InputStream in;
    private final Monitor monitor;
    private byte[] buffer = new byte[BUFFER];
    private int at;
    private int limit;
    private boolean ended;

    private long line = 1;
    /** Where the line begins in {@link #buffer}; negative once it has been moved out. */
    private int lineStart;

    // The cell read last: buffer[from, to), or scratch[0, to) where quotes were doubled.
    private int from;
    private int to;
    private boolean quoted;
    private boolean scratched;
    private byte[] scratch = new byte[0];
    private byte separator;

    private CsvReader(String fileName, InputStream in, Monitor monitor) {
        this.fileName = fileName;
        this.in = in;
        this.monitor = monitor;
    }

    static TableReader.Loaded read(Storage.Input input, String ending, Monitor monitor) throws IOException {
        Set<Integer> text = new HashSet<>();
        while (true) {
            try (TableReader.Hashing raw = new TableReader.Hashing(input.open())) {
                InputStream bytes = unpack(input.name(), raw);
                CsvReader reader = new CsvReader(input.name(), bytes, monitor);
                List<CsvColumn> columns = reader.readAll(ending, text);
                InputFile file = raw.finish(input.name(), monitor);
                int before = text.size();
                for (int c = 0; c < columns.size(); c++) {
                    if (columns.get(c).mustBeText()) {
                        text.add(c);
                    }
                }
                if (text.size() == before) {
                    return new TableReader.Loaded(finish(columns), file);
                }
            }
        }
    }

    private static Table finish(List<CsvColumn> columns) {
        List<String> names = new ArrayList<>();
        List<Column> finished = new ArrayList<>();
        for (CsvColumn c : columns) {
            names.add(c.name);
            finished.add(c.finish());
        }
        return Table.of(names, finished);
    }

    private static InputStream unpack(String name, InputStream raw) throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(raw, 2);
        byte[] start = peeked.readNBytes(2);
        peeked.unread(start);
        boolean packed = start.length == 2 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b;
        if (packed) {
            return new GZIPInputStream(peeked, 1 << 16);
        }
        if (name.toLowerCase(java.util.Locale.ROOT).endsWith(".gz")) {
            throw new MesoException(
                    ErrorCode.MALFORMED_TABLE, "'" + name + "' is not gzip-compressed, though its name ends in .gz");
        }
        return peeked;
    }

    private List<CsvColumn> readAll(String ending, Set<Integer> text) throws IOException {
        skipMark();
        List<CsvColumn> columns = header(ending, text);
        CsvColumn[] row = columns.toArray(CsvColumn[]::new);
        int rows = 0;
        while (readRow(row)) {
            if (++rows % ROWS_PER_CHECK == 0) {
                monitor.checkpoint();
                if (rows >= MOST_ROWS) {
                    throw new MesoException(
                            ErrorCode.MALFORMED_TABLE,
                            "'" + fileName + "' has more than 2^31 rows, the most of a table");
                }
            }
        }
        return columns;
    }

    private void skipMark() throws IOException {
        while (limit < 3 && !ended) {
            fill(0);
        }
        if (limit >= 3 && (buffer[0] & 0xff) == 0xef && (buffer[1] & 0xff) == 0xbb && (buffer[2] & 0xff) == 0xbf) {
            at = 3;
            lineStart = 3;
        } else if (limit >= 2
                && ((buffer[0] & 0xff) == 0xff && (buffer[1] & 0xff) == 0xfe
                        || (buffer[0] & 0xff) == 0xfe && (buffer[1] & 0xff) == 0xff)) {
            throw malformed(1, 1, "the text is UTF-16; save it as UTF-8");
        }
    }

    private List<CsvColumn> header(String ending, Set<Integer> text) throws IOException {
        separator = ending.equals("tsv") || ending.equals("tab") ? (byte) '\t' : sniffSeparator();
        if (at == limit && ended) {
            throw malformed(1, 1, "the file is empty: a first row with the names of the columns is needed");
        }
        List<CsvColumn> columns = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        boolean more = true;
        while (more) {
            long cellLine = line;
            int place = columns.size();
            int start = at - lineStart + 1;
            more = nextCell();
            String name;
            try {
                name = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(scratched ? scratch : buffer, from, to - from))
                        .toString()
                        .strip();
            } catch (CharacterCodingException e) {
                throw malformed(cellLine, start, "bytes that are no UTF-8 text");
            }
            if (name.isEmpty()) {
                name = "column_" + (place + 1);
            }
            if (seen.putIfAbsent(name, place) != null) {
                throw malformed(cellLine, start, "a second column has the name '" + name + "'");
            }
            columns.add(new CsvColumn(name, text.contains(place)));
        }
        return columns;
    }

    /** A comma unless the first row has none but a tab or semicolon. */
    private byte sniffSeparator() throws IOException {
        int i = at;
        int tab = 0;
        int semicolon = 0;
        boolean inside = false;
        while (true) {
            if (i == limit) {
                if (ended) {
                    break;
                }
                fill(0);
                continue;
            }
            byte c = buffer[i++];
            if (c == '"') {
                inside = !inside;
            } else if (!inside) {
                if (c == ',') {
                    return ',';
                }
                if (c == '\n') {
                    break;
                }
                tab += c == '\t' ? 1 : 0;
                semicolon += c == ';' ? 1 : 0;
            }
        }
        return (byte) (tab > 0 ? '\t' : semicolon > 0 ? ';' : ',');
    }

    /** Reads one row into the columns; false at the end of the file. */
    private boolean readRow(CsvColumn[] columns) throws IOException {
        while (true) {
            if (at == limit && !fillMore()) {
                return false;
            }
            // An empty line is a row only where there is a single column.
            byte c = buffer[at];
            if (columns.length == 1 || c != '\n' && c != '\r') {
                break;
            }
            if (c == '\r' && !lineFeedFollows()) {
                break;
            }
            at += c == '\r' ? 2 : 1;
            line++;
            lineStart = at;
        }
        long rowLine = line;
        for (int c = 0; ; c++) {
            int start = at - lineStart + 1;
            long cellLine = line;
            boolean more = nextCell();
            if (c == columns.length) {
                throw malformed(cellLine, start, "the row has more cells than the header, which has " + columns.length);
            }
            try {
                columns[c].add(scratched ? scratch : buffer, from, to, quoted);
            } catch (CharacterCodingException e) {
                throw malformed(cellLine, start, "bytes that are no UTF-8 text in column '" + columns[c].name + "'");
            }
            if (!more) {
                if (c + 1 < columns.length) {
                    throw malformed(
                            rowLine,
                            start,
                            "the row has " + (c + 1) + (c == 0 ? " cell" : " cells") + " where the header has "
                                    + columns.length);
                }
                return true;
            }
        }
    }

    private boolean lineFeedFollows() throws IOException {
        if (at + 1 == limit) {
            fill(at);
        }
        return at + 1 < limit && buffer[at + 1] == '\n';
    }

    /** Reads a cell and what ends it; true where another cell of the row follows. */
    private boolean nextCell() throws IOException {
        scratched = false;
        if (at == limit && !fillMore()) {
            from = to = at;
            quoted = false;
            return false;
        }
        if (buffer[at] == '"') {
            return quotedCell();
        }
        quoted = false;
        from = at;
        byte sep = separator;
        while (true) {
            byte[] b = buffer;
            int end = limit;
            int i = at;
            while (i < end && b[i] != sep && b[i] != '\n') {
                i++;
            }
            at = i;
            if (i < end) {
                break;
            }
            int length = i - from;
            boolean grew = fill(from);
            from = at - length;
            if (!grew) {
                to = at;
                return false;
            }
        }
        to = at;
        return endCell();
    }

    /** At a separator or line feed. */
    private boolean endCell() {
        if (buffer[at++] == separator) {
            return true;
        }
        if (!quoted && to > from && buffer[to - 1] == '\r') {
            to--;
        }
        line++;
        lineStart = at;
        return false;
    }

    private boolean quotedCell() throws IOException {
        quoted = true;
        long openLine = line;
        int openColumn = at - lineStart + 1;
        from = ++at;
        int written = -1;
        while (true) {
            if (at == limit) {
                int length = at - from;
                boolean grew = fill(from);
                from = at - length;
                if (!grew) {
                    throw malformed(openLine, openColumn, "a quote is opened here and never closed");
                }
            }
            byte c = buffer[at++];
            if (c == '"') {
                if (at == limit) {
                    int length = at - from;
                    fill(from);
                    from = at - length;
                }
                if (at == limit || buffer[at] != '"') {
                    break;
                }
                // A doubled quote: from here on the cell is copied without its twins.
                if (written < 0) {
                    written = at - 1 - from;
                    ensureScratch(written + 1);
                    System.arraycopy(buffer, from, scratch, 0, written);
                }
                at++;
            } else if (c == '\n') {
                line++;
                lineStart = at;
            }
            if (written >= 0) {
                ensureScratch(written + 1);
                scratch[written++] = c;
            }
        }
        to = at - 1;
        boolean more = afterQuote();
        if (written >= 0) {
            scratched = true;
            from = 0;
            to = written;
        }
        return more;
    }

    private boolean afterQuote() throws IOException {
        if (at == limit) {
            return false;
        }
        byte c = buffer[at];
        if (c == '\r' && lineFeedFollowsKeepingCell()) {
            at++;
            if (at == limit) {
                return false; // the file ends in a lone carriage return
            }
            c = '\n';
        }
        if (c != separator && c != '\n') {
            throw malformed(
                    line,
                    at - lineStart + 1,
                    "text follows a closing quote; a quote inside a quoted cell is written twice");
        }
        return endCell();
    }

    private boolean lineFeedFollowsKeepingCell() throws IOException {
        if (at + 1 == limit) {
            int back = at - from;
            int length = to - from;
            fill(from);
            from = at - back;
            to = from + length;
        }
        return at + 1 == limit || buffer[at + 1] == '\n';
    }

    private void ensureScratch(int size) {
        if (size > scratch.length) {
            scratch = Arrays.copyOf(scratch, Math.max(256, size * 2));
        }
    }

    private boolean fillMore() throws IOException {
        return fill(at);
    }

    /** Moves {@code buffer[keep, limit)} to the front and reads on; false at the end of the file. */
    private boolean fill(int keep) throws IOException {
        if (ended) {
            return false;
        }
        if (keep > 0) {
            System.arraycopy(buffer, keep, buffer, 0, limit - keep);
            at -= keep;
            limit -= keep;
            lineStart -= keep;
        } else if (limit == buffer.length) {
            if (buffer.length >= LARGEST_CELL) {
                throw malformed(line, 1, "a cell is longer than " + LARGEST_CELL + " bytes");
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int n;
        try {
            n = in.read(buffer, limit, buffer.length - limit);
        } catch (EOFException | ZipException e) {
            throw malformed(line, at - lineStart + 1, "the gzip data is damaged or cut off: " + e.getMessage());
        }
        if (n < 0) {
            ended = true;
            return false;
        }
        limit += n;
        return true;
    }

    private MesoException malformed(long atLine, int atColumn, String what) {
        return new MesoException(
                ErrorCode.MALFORMED_TABLE,
                "'" + fileName + "', line " + atLine + ", column " + Math.max(1, atColumn) + ": " + what);
    }
}
