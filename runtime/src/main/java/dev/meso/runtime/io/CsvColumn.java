package dev.meso.runtime.io;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.table.BooleanColumn;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.TextColumn;
import dev.meso.runtime.unit.Unit;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects the cells of one column and finds its type while they come: integers until a cell is no integer, then numbers
 * until one is no number, else text. A type that turns out too narrow after cells were stored whose spelling is lost makes
 * the column {@link #mustBeText}, and the file is read again.
 *
 * <p>Integers are kept exactly: one that does not fit 64 bits or has a leading zero (an id) makes the column text, and so
 * does one beyond 2^53 beside numbers with decimals.
 */
final class CsvColumn {
    private enum Type {
        UNKNOWN,
        INTEGER,
        NUMBER,
        BOOLEAN,
        TEXT
    }

    private static final int CHUNK_BITS = 16;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int LAST = CHUNK - 1;
    private static final long EXACT = 1L << 53;
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    final String name;
    private Type type;
    private boolean mustBeText;
    private boolean beyondExact;
    private int rows;

    /** Integers, the bits of numbers, or 0 and 1; chunks, so that growing copies nothing. */
    private final List<long[]> chunks = new ArrayList<>();

    private long[] chunk = new long[0];
    private long[] missing = new long[0];
    private int missingCount;

    // Text: codes in chunks, the distinct texts end to end in one array, found by an open hash table.
    private final List<int[]> codeChunks = new ArrayList<>();
    private int[] codeChunk = new int[0];
    private byte[] letters = new byte[0];
    private int[] textEnd = new int[0];
    private int texts;
    private int[] slots = new int[0];

    CsvColumn(String name, boolean text) {
        this.name = name;
        this.type = text ? Type.TEXT : Type.UNKNOWN;
    }

    /** Whether the file has to be read again with this column as text. */
    boolean mustBeText() {
        return mustBeText;
    }

    /** A cell. A quoted empty cell is an empty text in a column of text and missing in others. */
    void add(byte[] b, int from, int to, boolean quoted) throws CharacterCodingException {
        if (type == Type.TEXT) {
            if (!quoted && isMissing(b, from, to)) {
                addCode(TextColumn.MISSING);
            } else {
                addCode(code(b, from, to));
            }
            return;
        }
        if (mustBeText) {
            return;
        }
        int row = rows;
        if ((row & LAST) == 0) {
            chunk = new long[CHUNK];
            chunks.add(chunk);
        }
        if (type == Type.INTEGER && addInteger(b, from, to)) {
            return;
        }
        addInferred(b, from, to, quoted);
    }

    /** The common case: a plain integer of up to 18 digits in a column of integers. */
    private boolean addInteger(byte[] b, int from, int to) {
        int i = from;
        boolean negative = i < to && b[i] == '-';
        if (negative) {
            i++;
        }
        int digits = to - i;
        if (digits < 1 || digits > 18 || b[i] == '0' && (digits > 1 || negative)) {
            return false;
        }
        long value = 0;
        for (; i < to; i++) {
            int d = b[i] - '0';
            if (d < 0 || d > 9) {
                return false;
            }
            value = value * 10 + d;
        }
        chunk[rows++ & LAST] = negative ? -value : value;
        beyondExact |= value > EXACT;
        return true;
    }

    private void addInferred(byte[] b, int from, int to, boolean quoted) {
        int start = from;
        int end = to;
        while (start < end && (b[start] == ' ' || b[start] == '\t')) {
            start++;
        }
        while (end > start && (b[end - 1] == ' ' || b[end - 1] == '\t')) {
            end--;
        }
        if (quoted ? start == end : isMissing(b, start, end)) {
            addMissing();
            return;
        }
        int truth = truth(b, start, end);
        if (truth >= 0) {
            put(Type.BOOLEAN, truth);
            return;
        }
        int form = NumberText.form(b, start, end);
        switch (form) {
            case NumberText.INTEGER -> addInteger(NumberText.integer(b, start, end));
            case NumberText.DECIMAL -> addDecimal(NumberText.decimal(b, start, end));
            case NumberText.ID, NumberText.NONE -> mustBeText = true;
            default -> throw new AssertionError();
        }
    }

    private void addInteger(long value) {
        boolean inexact = value > EXACT || value < -EXACT;
        if (type == Type.NUMBER) {
            if (inexact) {
                mustBeText = true;
            } else {
                put(Type.NUMBER, Double.doubleToRawLongBits(value));
            }
        } else {
            beyondExact |= inexact;
            put(Type.INTEGER, value);
        }
    }

    private void addDecimal(double value) {
        if (type == Type.INTEGER) {
            if (beyondExact) {
                mustBeText = true;
                return;
            }
            for (int c = 0, left = rows; c < chunks.size(); c++, left -= CHUNK) {
                long[] values = chunks.get(c);
                for (int i = 0; i < Math.min(left, CHUNK); i++) {
                    values[i] = Double.doubleToRawLongBits(values[i]);
                }
            }
            type = Type.NUMBER;
        }
        put(Type.NUMBER, Double.doubleToRawLongBits(value));
    }

    private void put(Type as, long bits) {
        if (type == Type.UNKNOWN) {
            type = as;
        }
        if (type != as) {
            mustBeText = true;
            return;
        }
        chunk[rows++ & LAST] = bits;
    }

    private void addMissing() {
        int word = rows >>> 6;
        if (word >= missing.length) {
            missing = Arrays.copyOf(missing, Math.max(word + 1, missing.length * 2));
        }
        missing[word] |= 1L << rows;
        missingCount++;
        rows++;
    }

    /** Empty or {@code NA}. */
    private static boolean isMissing(byte[] b, int from, int to) {
        return from == to || to - from == 2 && b[from] == 'N' && b[from + 1] == 'A';
    }

    /** 1 for true, 0 for false in small, capital or title letters, else -1. */
    private static int truth(byte[] b, int from, int to) {
        if (to - from == 4 && is(b, from, "true", "TRUE", "True")) {
            return 1;
        }
        return to - from == 5 && is(b, from, "false", "FALSE", "False") ? 0 : -1;
    }

    private static boolean is(byte[] b, int from, String... words) {
        for (String word : words) {
            int i = 0;
            while (i < word.length() && b[from + i] == word.charAt(i)) {
                i++;
            }
            if (i == word.length()) {
                return true;
            }
        }
        return false;
    }

    // ---- text

    private void addCode(int code) {
        if ((rows & LAST) == 0) {
            codeChunk = new int[CHUNK];
            codeChunks.add(codeChunk);
        }
        codeChunk[rows++ & LAST] = code;
    }

    private int code(byte[] b, int from, int to) throws CharacterCodingException {
        if (texts * 2 >= slots.length) {
            growSlots();
        }
        int slot = hash(b, from, to) & slots.length - 1;
        for (int code; (code = slots[slot] - 1) >= 0; slot = slot + 1 & slots.length - 1) {
            int start = code == 0 ? 0 : textEnd[code - 1];
            if (Arrays.equals(letters, start, textEnd[code], b, from, to)) {
                return code;
            }
        }
        // Each distinct text is decoded once here, so wrong bytes are found where they first stand.
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(b, from, to - from));
        int start = texts == 0 ? 0 : textEnd[texts - 1];
        long needed = (long) start + to - from;
        if (needed > Integer.MAX_VALUE - 16) {
            throw new MesoException(
                    ErrorCode.MALFORMED_TABLE, "column '" + name + "' holds more than 2 GB of distinct text");
        }
        if (needed > letters.length) {
            letters = Arrays.copyOf(
                    letters, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(needed, letters.length * 2L + 64)));
        }
        System.arraycopy(b, from, letters, start, to - from);
        if (texts == textEnd.length) {
            textEnd = Arrays.copyOf(textEnd, Math.max(16, texts * 2));
        }
        textEnd[texts++] = (int) needed;
        slots[slot] = texts;
        return texts - 1;
    }

    private void growSlots() {
        slots = new int[Math.max(64, slots.length * 2)];
        for (int code = 0; code < texts; code++) {
            int slot = hash(letters, code == 0 ? 0 : textEnd[code - 1], textEnd[code]) & slots.length - 1;
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = code + 1;
        }
    }

    private static int hash(byte[] b, int from, int to) {
        int h = 0;
        for (int i = from; i < to; i++) {
            h = 31 * h + b[i];
        }
        h *= 0x9E3779B1;
        return h ^ h >>> 15;
    }

    // ---- the finished column

    /** Gives up the collected cells. A column without any value is text. */
    Column finish() {
        if (type == Type.TEXT) {
            return finishText();
        }
        if (type == Type.UNKNOWN) {
            int[] none = new int[rows];
            Arrays.fill(none, TextColumn.MISSING);
            return TextColumn.coded(none, new String[0]);
        }
        long[] bits = new long[rows];
        for (int c = 0; c < chunks.size(); c++) {
            int at = c << CHUNK_BITS;
            if (at < rows) {
                System.arraycopy(chunks.get(c), 0, bits, at, Math.min(CHUNK, rows - at));
            }
            chunks.set(c, null);
        }
        long[] mask = missingCount == 0 ? null : Arrays.copyOf(missing, (rows + 63) >>> 6);
        return switch (type) {
            case INTEGER -> LongColumn.of(bits, mask, Unit.ONE);
            case NUMBER -> {
                double[] values = new double[rows];
                for (int i = 0; i < rows; i++) {
                    values[i] = Double.longBitsToDouble(bits[i]);
                }
                yield DoubleColumn.of(values, mask, Unit.ONE);
            }
            default -> {
                boolean[] values = new boolean[rows];
                for (int i = 0; i < rows; i++) {
                    values[i] = bits[i] != 0;
                }
                yield BooleanColumn.of(values, mask);
            }
        };
    }

    private Column finishText() {
        String[] dictionary = new String[texts];
        for (int code = 0; code < texts; code++) {
            int start = code == 0 ? 0 : textEnd[code - 1];
            dictionary[code] = new String(letters, start, textEnd[code] - start, StandardCharsets.UTF_8);
        }
        int[] codes = new int[rows];
        for (int c = 0; c < codeChunks.size(); c++) {
            int at = c << CHUNK_BITS;
            System.arraycopy(codeChunks.get(c), 0, codes, at, Math.min(CHUNK, rows - at));
            codeChunks.set(c, null);
        }
        return TextColumn.coded(codes, dictionary);
    }

    /** Numbers as bytes. */
    static final class NumberText {
        static final int NONE = 0;
        static final int INTEGER = 1;
        static final int DECIMAL = 2;
        /** Digits that are no 64-bit integer in its plain spelling. */
        static final int ID = 3;

        private NumberText() {}

        /** What {@code b[from..to)} is, without spaces around it. */
        static int form(byte[] b, int from, int to) {
            int i = from;
            if (i < to && (b[i] == '-' || b[i] == '+')) {
                i++;
            }
            int first = i;
            while (i < to && b[i] >= '0' && b[i] <= '9') {
                i++;
            }
            int whole = i - first;
            if (i == to && whole > 0) {
                if (b[first] == '0' && (whole > 1 || b[from] == '-')) {
                    return whole == 1 ? DECIMAL : ID;
                }
                return fits(b, from, first, to) ? INTEGER : ID;
            }
            int decimals = 0;
            if (i < to && b[i] == '.') {
                i++;
                int point = i;
                while (i < to && b[i] >= '0' && b[i] <= '9') {
                    i++;
                }
                decimals = i - point;
            }
            if (whole + decimals == 0) {
                return isNamed(b, first, to) ? DECIMAL : NONE;
            }
            if (i < to && (b[i] == 'e' || b[i] == 'E')) {
                i++;
                if (i < to && (b[i] == '-' || b[i] == '+')) {
                    i++;
                }
                int exponent = i;
                while (i < to && b[i] >= '0' && b[i] <= '9') {
                    i++;
                }
                if (i == exponent) {
                    return NONE;
                }
            }
            return i == to ? DECIMAL : NONE;
        }

        private static boolean isNamed(byte[] b, int from, int to) {
            int length = to - from;
            return length == 3 && is(b, from, "NaN", "nan", "NAN", "inf", "Inf", "INF")
                    || length == 8 && is(b, from, "Infinity", "infinity");
        }

        private static boolean fits(byte[] b, int from, int first, int to) {
            if (to - first < 19) {
                return true;
            }
            if (to - first > 19) {
                return false;
            }
            String limit = b[from] == '-' ? "9223372036854775808" : "9223372036854775807";
            for (int i = 0; i < 19; i++) {
                if (b[first + i] != limit.charAt(i)) {
                    return b[first + i] < limit.charAt(i);
                }
            }
            return true;
        }

        /** The value of a text of form INTEGER. */
        static long integer(byte[] b, int from, int to) {
            boolean negative = b[from] == '-';
            long value = 0;
            for (int i = negative || b[from] == '+' ? from + 1 : from; i < to; i++) {
                value = value * 10 - (b[i] - '0');
            }
            return negative ? value : -value;
        }

        /**
         * The nearest double of a text of form DECIMAL. Up to 15 digits and 22 powers of ten both are exact doubles and one
         * operation rounds once (Clinger 1990); the rest is left to {@link Double#parseDouble}.
         */
        static double decimal(byte[] b, int from, int to) {
            int i = from;
            boolean negative = b[i] == '-';
            if (negative || b[i] == '+') {
                i++;
            }
            long digits = 0;
            int count = 0;
            int scale = 0;
            boolean point = false;
            for (; i < to; i++) {
                int c = b[i];
                if (c == '.') {
                    point = true;
                } else if (c >= '0' && c <= '9') {
                    if (digits != 0 || c != '0') {
                        count++;
                    }
                    digits = digits * 10 + (c - '0');
                    scale -= point ? 1 : 0;
                } else {
                    break;
                }
            }
            if (i < to && (b[i] == 'e' || b[i] == 'E')) {
                int exponent = 0;
                int at = i + 1;
                boolean down = b[at] == '-';
                if (down || b[at] == '+') {
                    at++;
                }
                for (; at < to && exponent < 10_000; at++) {
                    exponent = exponent * 10 + (b[at] - '0');
                }
                scale += down ? -exponent : exponent;
                i = to;
            }
            if (i == to && count <= 15 && scale >= -22 && scale <= 22) {
                double value = scale < 0 ? digits / POWERS_OF_TEN[-scale] : digits * POWERS_OF_TEN[scale];
                return negative ? -value : value;
            }
            if (i < to) {
                boolean nan = b[i] == 'N' || b[i] == 'n';
                return nan ? Double.NaN : negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            }
            return Double.parseDouble(new String(b, from, to - from, StandardCharsets.ISO_8859_1));
        }
    }
}
