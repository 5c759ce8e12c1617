package dev.meso.runtime.io;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.table.BooleanColumn;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.TextColumn;
import dev.meso.runtime.unit.Unit;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;

/** Collects one column of an Arrow file, batch after batch. */
final class ArrowColumn {
    /** A little less than the longest array. */
    static final int MOST_ROWS = Integer.MAX_VALUE - 64;

    private enum Form {
        INTEGER,
        /** 64 bits without a sign: text if one of them needs the last bit. */
        UNSIGNED,
        NUMBER,
        BOOLEAN,
        /** Decimals without places: integers where all fit. */
        WIDE,
        TEXT
    }

    private final Form form;
    private final ArrowType type;
    private final DictionaryEncoding encoding;
    private final DictionaryProvider dictionaries;

    private int rows;
    private long[] missing = new long[16];
    private long[] bits = new long[0];
    private int[] codes = new int[0];
    private final List<String> texts = new ArrayList<>();
    private final Map<String, Integer> codeOf = new HashMap<>();

    private ArrowColumn(Form form, ArrowType type, DictionaryEncoding encoding, DictionaryProvider dictionaries) {
        this.form = form;
        this.type = type;
        this.encoding = encoding;
        this.dictionaries = dictionaries;
    }

    /** @throws MesoException WRONG_FORMAT for a type that a table cannot hold */
    static ArrowColumn of(Field field, DictionaryProvider dictionaries, String file) {
        DictionaryEncoding encoding = field.getDictionary();
        Field cells = encoding == null
                ? field
                : dictionaries.lookup(encoding.getId()).getVector().getField();
        ArrowType type = cells.getType();
        Form form = form(type);
        if (form == null || !cells.getChildren().stream().allMatch(ArrowColumn::isPlain)) {
            throw new MesoException(
                    ErrorCode.WRONG_FORMAT,
                    "column '" + field.getName() + "' of '" + file + "' holds values of the type " + type
                            + ", which a table cannot hold",
                    "leave the column out when the file is written, or make it numbers or text");
        }
        return new ArrowColumn(form, type, encoding, dictionaries);
    }

    /** Whether a part of a nested value says itself what it is: no codes of categories, no bytes. */
    private static boolean isPlain(Field part) {
        return part.getDictionary() == null
                && form(part.getType()) != null
                && part.getChildren().stream().allMatch(ArrowColumn::isPlain);
    }

    /** Nested values become text, as JSON writes them; null for bytes and the like. */
    private static Form form(ArrowType type) {
        return switch (type) {
            case ArrowType.Int t -> t.getIsSigned() || t.getBitWidth() < 64 ? Form.INTEGER : Form.UNSIGNED;
            case ArrowType.FloatingPoint t -> Form.NUMBER;
            case ArrowType.Decimal t -> t.getScale() == 0 ? Form.WIDE : Form.NUMBER;
            case ArrowType.Bool t -> Form.BOOLEAN;
            case ArrowType.Utf8 t -> Form.TEXT;
            case ArrowType.LargeUtf8 t -> Form.TEXT;
            case ArrowType.Utf8View t -> Form.TEXT;
            case ArrowType.Null t -> Form.TEXT;
            case ArrowType.Timestamp t -> Form.TEXT;
            case ArrowType.Date t -> Form.TEXT;
            case ArrowType.Time t -> Form.TEXT;
            case ArrowType.Duration t -> Form.TEXT;
            case ArrowType.List t -> Form.TEXT;
            case ArrowType.LargeList t -> Form.TEXT;
            case ArrowType.FixedSizeList t -> Form.TEXT;
            case ArrowType.Struct t -> Form.TEXT;
            default -> null;
        };
    }

    // ---- adding

    /** Adds the first {@code count} cells; true, so that it can be a step of reading. */
    boolean add(FieldVector cells, int count) {
        grow(rows + count);
        if (encoding == null) {
            for (int i = 0; i < count; i++) {
                add(cells, i, null);
            }
        } else {
            Dictionary dictionary = dictionaries.lookup(encoding.getId());
            FieldVector categories = dictionary.getVector();
            int[] known = codesOf(categories);
            BaseIntVector indices = (BaseIntVector) cells;
            for (int i = 0; i < count; i++) {
                if (cells.isNull(i)) {
                    addMissing();
                } else {
                    add(categories, Math.toIntExact(indices.getValueAsLong(i)), known);
                }
            }
        }
        return true;
    }

    private void grow(int size) {
        int room = Math.max(bits.length, codes.length);
        if (size > room) {
            room = (int) Math.min(MOST_ROWS, Math.max(size, room + (room >> 1) + 1024L));
            missing = Arrays.copyOf(missing, (room >>> 6) + 1);
            if (isText()) {
                codes = Arrays.copyOf(codes, room);
            } else {
                bits = Arrays.copyOf(bits, room);
            }
        }
    }

    private boolean isText() {
        return form == Form.TEXT || form == Form.WIDE;
    }

    /** The codes of all categories, so that each row costs one look-up in an array. */
    private int[] codesOf(FieldVector categories) {
        if (!isText()) {
            return null;
        }
        int[] known = new int[categories.getValueCount()];
        for (int i = 0; i < known.length; i++) {
            known[i] = categories.isNull(i) ? TextColumn.MISSING : code(text(categories, i));
        }
        return known;
    }

    private void addMissing() {
        if (isText()) {
            codes[rows] = TextColumn.MISSING;
        } else {
            missing[rows >>> 6] |= 1L << rows;
        }
        rows++;
    }

    private void add(ValueVector cells, int i, int[] known) {
        if (known != null) {
            codes[rows++] = known[i];
        } else if (cells.isNull(i)) {
            addMissing();
        } else if (isText()) {
            codes[rows++] = code(text(cells, i));
        } else {
            bits[rows++] = bits(cells, i);
        }
    }

    private static long bits(ValueVector cells, int i) {
        return switch (cells) {
            case BaseIntVector v -> v.getValueAsLong(i);
            case Float8Vector v -> Double.doubleToRawLongBits(v.get(i));
            case Float4Vector v -> Double.doubleToRawLongBits(v.get(i));
            case Float2Vector v -> Double.doubleToRawLongBits(v.getValueAsFloat(i));
            case BitVector v -> v.get(i);
            default -> Double.doubleToRawLongBits(((BigDecimal) cells.getObject(i)).doubleValue());
        };
    }

    private int code(String text) {
        Integer known = codeOf.get(text);
        if (known != null) {
            return known;
        }
        int code = texts.size();
        texts.add(text);
        codeOf.put(text, code);
        return code;
    }

    private String text(ValueVector cells, int i) {
        return switch (cells) {
            case VarCharVector v -> new String(v.get(i), StandardCharsets.UTF_8);
            case LargeVarCharVector v -> new String(v.get(i), StandardCharsets.UTF_8);
            case ViewVarCharVector v -> new String(v.get(i), StandardCharsets.UTF_8);
            case TimeStampVector v -> moment(v.get(i), (ArrowType.Timestamp) type);
            default -> plain(cells.getObject(i));
        };
    }

    /** ISO 8601: with a time zone the moment in UTC, else the date and time as written. */
    private static String moment(long value, ArrowType.Timestamp type) {
        long perSecond =
                switch (type.getUnit()) {
                    case SECOND -> 1L;
                    case MILLISECOND -> 1_000L;
                    case MICROSECOND -> 1_000_000L;
                    case NANOSECOND -> 1_000_000_000L;
                };
        Instant instant = Instant.ofEpochSecond(
                Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * (1_000_000_000L / perSecond));
        return type.getTimezone() == null
                ? DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC))
                : DateTimeFormatter.ISO_INSTANT.format(instant);
    }

    private String plain(Object value) {
        return switch (type) {
            case ArrowType.Decimal t -> ((BigDecimal) value).toPlainString();
            case ArrowType.Date t ->
                value instanceof Integer days
                        ? LocalDate.ofEpochDay(days).toString()
                        : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format((LocalDateTime) value);
            case ArrowType.Time t -> DateTimeFormatter.ISO_LOCAL_TIME.format(time(value, t));
            default -> value.toString();
        };
    }

    private static LocalTime time(Object value, ArrowType.Time type) {
        return switch (type.getUnit()) {
            case SECOND -> LocalTime.ofSecondOfDay(((Number) value).longValue());
            case MILLISECOND -> ((LocalDateTime) value).toLocalTime();
            case MICROSECOND -> LocalTime.ofNanoOfDay(Math.multiplyExact(((Number) value).longValue(), 1_000L));
            case NANOSECOND -> LocalTime.ofNanoOfDay(((Number) value).longValue());
        };
    }

    // ---- the result

    Column finish() {
        long[] mask = Arrays.copyOf(missing, (rows + 63) >>> 6);
        return switch (form) {
            case INTEGER -> LongColumn.of(Arrays.copyOf(bits, rows), mask, Unit.ONE);
            case UNSIGNED -> unsigned(mask);
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
            case WIDE -> wide(mask);
            case TEXT -> text();
        };
    }

    private Column text() {
        return TextColumn.coded(Arrays.copyOf(codes, rows), texts.toArray(String[]::new));
    }

    private Column unsigned(long[] mask) {
        for (int i = 0; i < rows; i++) {
            if (bits[i] < 0) {
                String[] spelled = new String[rows];
                for (int j = 0; j < rows; j++) {
                    boolean absent = (missing[j >>> 6] & 1L << j) != 0;
                    spelled[j] = absent ? null : Long.toUnsignedString(bits[j]);
                }
                return TextColumn.of(spelled);
            }
        }
        return LongColumn.of(Arrays.copyOf(bits, rows), mask, Unit.ONE);
    }

    private Column wide(long[] mask) {
        long[] values = new long[texts.size()];
        try {
            for (int code = 0; code < values.length; code++) {
                values[code] = Long.parseLong(texts.get(code));
            }
        } catch (NumberFormatException e) {
            return text();
        }
        long[] cells = new long[rows];
        for (int i = 0; i < rows; i++) {
            if (codes[i] == TextColumn.MISSING) {
                mask[i >>> 6] |= 1L << i;
            } else {
                cells[i] = values[codes[i]];
            }
        }
        return LongColumn.of(cells, mask, Unit.ONE);
    }
}
