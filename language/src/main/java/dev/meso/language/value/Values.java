package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropLibrary;

/** What holds for all values: their kinds, equality, hash. */
public final class Values {
    private Values() {}

    /** The kind in the user's words, without article: {@code "whole number"}, {@code "table"}. */
    @TruffleBoundary
    public static String kind(Object value) {
        if (value instanceof MesoValue meso) {
            return meso.kind();
        } else if (value instanceof Long) {
            return "integer";
        } else if (value instanceof Double) {
            return "number";
        } else if (value instanceof Boolean) {
            return "boolean";
        } else if (value instanceof String) {
            return "text";
        }
        InteropLibrary interop = InteropLibrary.getUncached();
        if (interop.isExecutable(value)) {
            return "function";
        }
        return interop.hasArrayElements(value) ? "foreign list" : "foreign object";
    }

    /** The kind with its article, for messages; short values are shown: {@code the text "abc"}, {@code a table}. */
    @TruffleBoundary
    public static String describe(Object value) {
        if (value instanceof Long || value instanceof Double) {
            return "the number " + Display.shortText(value);
        } else if (value instanceof Boolean || value == NoneValue.NONE) {
            return Display.shortText(value);
        } else if (value instanceof String text) {
            return text.length() <= 40 ? "the text " + Display.quote(text) : "text";
        } else if (value instanceof QuantityValue quantity) {
            return "the quantity " + quantity.text();
        }
        String kind = kind(value);
        return ("aeiou".indexOf(kind.charAt(0)) >= 0 ? "an " : "a ") + kind;
    }

    /** Whether two values are the same: numbers by value whatever their kind, lists and records by content. */
    @TruffleBoundary
    public static boolean equal(Object a, Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            return x.longValue() == y.longValue();
        } else if (a instanceof Number && b instanceof Number) {
            return equalNumbers(a, b);
        }
        return a.equals(b) || sequencesEqual(a, b);
    }

    private static boolean equalNumbers(Object a, Object b) {
        if (a instanceof Double x && b instanceof Double y) {
            return x.doubleValue() == y.doubleValue();
        }
        long whole = a instanceof Long x ? x : (Long) b;
        double other = a instanceof Double x ? x : (Double) b;
        return (double) whole == other && (long) other == whole && other < 0x1p63;
    }

    private static boolean sequencesEqual(Object a, Object b) {
        if (a instanceof RangeValue range && b instanceof ListValue list) {
            return rangeEquals(range, list);
        }
        return b instanceof RangeValue range && a instanceof ListValue list && rangeEquals(range, list);
    }

    private static boolean rangeEquals(RangeValue range, ListValue list) {
        if (range.length() != list.length()) {
            return false;
        }
        for (int i = 0; i < list.length(); i++) {
            if (!equal(range.get(i), list.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Agrees with {@link #equal} for numbers, text, lists and records. */
    public static int hash(Object value) {
        if (value instanceof Long whole) {
            return Double.hashCode((double) whole);
        }
        return value.hashCode();
    }
}
