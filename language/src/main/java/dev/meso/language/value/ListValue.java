package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.Arrays;
import java.util.List;

/**
 * A list: immutable, from 0. Lists of whole numbers and of numbers are kept in primitive arrays; make one with the
 * factories, which take over the array they are given.
 */
public abstract sealed class ListValue extends MesoValue {
    public static final ListValue EMPTY = new Objects(new Object[0]);

    private static final int SHOWN = 100;

    private ListValue() {}

    public static ListValue of(long... items) {
        return new Longs(items);
    }

    public static ListValue of(double... items) {
        return new Doubles(items);
    }

    /** Of any values; primitive where all are whole numbers or all are doubles. */
    @TruffleBoundary
    public static ListValue of(Object... items) {
        if (items.length == 0) {
            return EMPTY;
        }
        if (items[0] instanceof Long && all(items, Long.class)) {
            long[] longs = new long[items.length];
            for (int i = 0; i < longs.length; i++) {
                longs[i] = (Long) items[i];
            }
            return new Longs(longs);
        }
        if (items[0] instanceof Double && all(items, Double.class)) {
            double[] doubles = new double[items.length];
            for (int i = 0; i < doubles.length; i++) {
                doubles[i] = (Double) items[i];
            }
            return new Doubles(doubles);
        }
        return new Objects(items);
    }

    public static ListValue of(List<?> items) {
        return of(items.toArray());
    }

    static ListValue ofNames(String[] names) {
        return new Objects(names.length == 0 ? new Object[0] : Arrays.copyOf(names, names.length, Object[].class));
    }

    private static boolean all(Object[] items, Class<?> type) {
        for (Object item : items) {
            if (item.getClass() != type) {
                return false;
            }
        }
        return true;
    }

    public abstract int length();

    public abstract Object get(int index);

    /** The part from {@code from} to {@code to}, {@code to} exclusive; shares nothing with this. */
    public abstract ListValue slice(int from, int to);

    /** A copy of the items. */
    public Object[] toArray() {
        Object[] items = new Object[length()];
        for (int i = 0; i < items.length; i++) {
            items[i] = get(i);
        }
        return items;
    }

    @Override
    public final long size() {
        return length();
    }

    @Override
    public final Object element(long index) {
        return get((int) index);
    }

    @Override
    public Members members() {
        return ListMembers.MEMBERS;
    }

    @Override
    public final String kind() {
        return "list";
    }

    @Override
    @TruffleBoundary
    public final String text() {
        StringBuilder text = new StringBuilder("[");
        int n = length();
        for (int i = 0; i < n; i++) {
            if (n > SHOWN && i == SHOWN / 2) {
                text.append(", … ").append(n - SHOWN / 2).append(" more");
                break;
            }
            text.append(i == 0 ? "" : ", ").append(Display.shortText(get(i)));
        }
        return text.append(']').toString();
    }

    @Override
    @TruffleBoundary
    public final boolean equals(Object other) {
        if (!(other instanceof ListValue list) || list.length() != length()) {
            return false;
        }
        for (int i = 0; i < length(); i++) {
            if (!Values.equal(get(i), list.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    @TruffleBoundary
    public final int hashCode() {
        int hash = 1;
        for (int i = 0; i < length(); i++) {
            hash = 31 * hash + Values.hash(get(i));
        }
        return hash;
    }

    /** Whole numbers. */
    public static final class Longs extends ListValue {
        private final long[] items;

        private Longs(long[] items) {
            this.items = items;
        }

        /** Its own array: do not write to it. */
        public long[] items() {
            return items;
        }

        @Override
        public int length() {
            return items.length;
        }

        @Override
        public Object get(int index) {
            return items[index];
        }

        @Override
        public ListValue slice(int from, int to) {
            return new Longs(Arrays.copyOfRange(items, from, to));
        }
    }

    /** Doubles. */
    public static final class Doubles extends ListValue {
        private final double[] items;

        private Doubles(double[] items) {
            this.items = items;
        }

        /** Its own array: do not write to it. */
        public double[] items() {
            return items;
        }

        @Override
        public int length() {
            return items.length;
        }

        @Override
        public Object get(int index) {
            return items[index];
        }

        @Override
        public ListValue slice(int from, int to) {
            return new Doubles(Arrays.copyOfRange(items, from, to));
        }
    }

    /** Anything, mixed kinds included. */
    public static final class Objects extends ListValue {
        private final Object[] items;

        private Objects(Object[] items) {
            this.items = items;
        }

        @Override
        public int length() {
            return items.length;
        }

        @Override
        public Object get(int index) {
            return items[index];
        }

        @Override
        public ListValue slice(int from, int to) {
            return of(Arrays.copyOfRange(items, from, to));
        }
    }
}
