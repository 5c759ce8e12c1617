package dev.meso.runtime.graph;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.error.Suggest;
import dev.meso.runtime.table.BooleanColumn;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.TextColumn;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.Arrays;

/**
 * Finds neurons by id. Ids are integers or text; an integer and its digits as text are the same id. Immutable, and shared by
 * all that has the same neurons in the same order: a graph, its null samples, columns and partitions of its neurons.
 */
public final class NeuronIds {
    /** A table of all ids between the least and the greatest is used up to this many entries per neuron. */
    private static final int SPARSEST_TABLE = 8;

    private static final long EXACT = 1L << 53;

    private final Column ids;
    private final long least;
    private final int[] direct;
    private final Long2IntOpenHashMap integers;
    private final Object2IntOpenHashMap<String> texts;

    /**
     * Ids of neurons that are in no graph, such as the columns of a recording.
     *
     * @throws MesoException DUPLICATE_ID, MALFORMED_TABLE
     */
    public static NeuronIds of(Column ids) {
        return new NeuronIds(ids, "neurons");
    }

    /** @throws MesoException DUPLICATE_ID with count and first three, MALFORMED_TABLE where an id is missing */
    NeuronIds(Column ids, String name) {
        this.ids = ids;
        requireAll(ids, "neurons", name);
        if (ids instanceof LongColumn numbers) {
            texts = null;
            long low = Long.MAX_VALUE;
            long high = Long.MIN_VALUE;
            for (long id : numbers.array()) {
                low = Math.min(low, id);
                high = Math.max(high, id);
            }
            least = low;
            if (high - low >= 0 && high - low < (long) SPARSEST_TABLE * ids.size() + 1024) {
                integers = null;
                direct = new int[(int) (high - low) + 1];
                Arrays.fill(direct, -1);
                for (int i = 0; i < ids.size(); i++) {
                    int place = (int) (numbers.get(i) - low);
                    if (direct[place] >= 0) {
                        throw duplicates(name);
                    }
                    direct[place] = i;
                }
            } else {
                direct = null;
                integers = new Long2IntOpenHashMap(ids.size());
                integers.defaultReturnValue(-1);
                for (int i = 0; i < ids.size(); i++) {
                    if (integers.put(numbers.get(i), i) >= 0) {
                        throw duplicates(name);
                    }
                }
            }
        } else {
            least = 0;
            direct = null;
            integers = null;
            texts = new Object2IntOpenHashMap<>(ids.size());
            texts.defaultReturnValue(-1);
            TextColumn words = (TextColumn) ids;
            for (int i = 0; i < ids.size(); i++) {
                if (texts.put(words.get(i), i) >= 0) {
                    throw duplicates(name);
                }
            }
        }
    }

    private MesoException duplicates(String name) {
        Object2IntOpenHashMap<Object> seen = new Object2IntOpenHashMap<>();
        int repeats = 0;
        StringBuilder first = new StringBuilder();
        for (int i = 0; i < ids.size(); i++) {
            if (seen.addTo(ids.value(i), 1) == 1) {
                if (repeats < 3) {
                    first.append(repeats == 0 ? "" : ", ").append(ids.value(i));
                }
                repeats++;
            }
        }
        return new MesoException(
                ErrorCode.DUPLICATE_ID,
                repeats + (repeats == 1 ? " id occurs" : " ids occur") + " more than once in '" + name + "' of neurons",
                (repeats > 3 ? "the first are " : repeats == 1 ? "it is " : "they are ") + first);
    }

    /**
     * A column usable as ids: integers or text. Whole doubles become integers.
     *
     * @throws MesoException INEXACT_ID where doubles cannot hold the ids exactly
     */
    static Column exact(Column column, String name) {
        if (column instanceof BooleanColumn) {
            throw new MesoException(
                    ErrorCode.WRONG_TYPE, "column '" + name + "' holds booleans; ids are integers or text");
        }
        if (!(column instanceof DoubleColumn numbers)) {
            return column;
        }
        long[] whole = new long[column.size()];
        long[] missing = new long[(column.size() + 63) >>> 6];
        for (int i = 0; i < whole.length; i++) {
            double id = numbers.get(i);
            if (numbers.missing(i) || Double.isNaN(id)) {
                missing[i >>> 6] |= 1L << i;
            } else if (id != Math.rint(id) || Math.abs(id) >= EXACT) {
                throw new MesoException(
                        ErrorCode.INEXACT_ID,
                        "column '" + name + "' holds decimal numbers such as " + id + " (row " + i
                                + "), so its ids are not exact",
                        "doubles keep 15 to 17 digits: write the ids as integers or text where the table is made");
            } else {
                whole[i] = (long) id;
            }
        }
        return LongColumn.of(whole, missing, numbers.unit());
    }

    /** @throws MesoException MALFORMED_TABLE with count and first rows where a value is missing */
    static void requireAll(Column column, String table, String name) {
        if (column.missingCount() == 0) {
            return;
        }
        StringBuilder rows = new StringBuilder();
        for (int i = 0, shown = 0; i < column.size() && shown < 3; i++) {
            if (column.missing(i)) {
                rows.append(shown++ == 0 ? "" : ", ").append(i);
            }
        }
        throw new MesoException(
                ErrorCode.MALFORMED_TABLE,
                "'" + name + "' is missing in " + column.missingCount() + " of " + column.size() + " rows of " + table,
                "the first rows are " + rows + " (counted from 0)");
    }

    /** The id of each neuron, integers or text. */
    public Column ids() {
        return ids;
    }

    /** The neuron of this id (Long or String), -1 where there is none. */
    public int find(Object id) {
        if (id instanceof Long number) {
            return texts == null ? find(number.longValue()) : texts.getInt(number.toString());
        }
        if (id instanceof String text) {
            return texts == null ? findDigits(text) : texts.getInt(text);
        }
        return -1;
    }

    private int find(long id) {
        if (direct != null) {
            long place = id - least;
            return place >= 0 && place < direct.length ? direct[(int) place] : -1;
        }
        return integers.get(id);
    }

    private int findDigits(String text) {
        try {
            long id = Long.parseLong(text);
            return Long.toString(id).equals(text) ? find(id) : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** The neuron of this id. @throws MesoException UNKNOWN_NEURON with near ids */
    public int require(Object wanted) {
        int found = find(wanted);
        if (found < 0) {
            String near = ids instanceof TextColumn words && wanted instanceof String text
                    ? Suggest.didYouMean(text, words.dictionary())
                    : "";
            String message = "there is no neuron with the id " + wanted;
            throw near.isEmpty()
                    ? new MesoException(ErrorCode.UNKNOWN_NEURON, message)
                    : new MesoException(ErrorCode.UNKNOWN_NEURON, message, near);
        }
        return found;
    }

    /** The neuron of each row of a column of ids, -1 where the id is unknown. */
    public int[] find(Column column) {
        int[] found = new int[column.size()];
        if (column instanceof LongColumn numbers && texts == null) {
            long[] wanted = numbers.array();
            for (int i = 0; i < found.length; i++) {
                found[i] = find(wanted[i]);
            }
        } else if (column instanceof TextColumn words) {
            int[] ofCode = new int[words.dictionary().size()];
            for (int c = 0; c < ofCode.length; c++) {
                ofCode[c] = find(words.dictionary().get(c));
            }
            for (int i = 0; i < found.length; i++) {
                found[i] = ofCode[words.code(i)];
            }
        } else {
            for (int i = 0; i < found.length; i++) {
                found[i] = find(column.value(i));
            }
        }
        return found;
    }
}
