package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import java.util.LinkedHashMap;
import java.util.Map;

/** What comes from other languages or the host, turned into Meso's own values where there is an exact counterpart. */
public final class Foreign {
    private Foreign() {}

    /** A number, text, truth value or nothing as Meso's; Meso's own and all other objects as they are. */
    public static Object toMeso(Object value) {
        if (value instanceof Long || value instanceof Double || value instanceof MesoValue) {
            return value;
        }
        if (value instanceof Boolean || value instanceof String) {
            return value;
        }
        return convert(value);
    }

    @TruffleBoundary
    private static Object convert(Object value) {
        if (value == null) {
            return NoneValue.NONE;
        }
        InteropLibrary interop = InteropLibrary.getUncached(value);
        try {
            if (interop.isNull(value)) {
                return NoneValue.NONE;
            } else if (interop.isString(value)) {
                return interop.asString(value);
            } else if (interop.isBoolean(value)) {
                return interop.asBoolean(value);
            } else if (interop.fitsInLong(value) && !(value instanceof Float)) {
                return interop.asLong(value);
            } else if (interop.fitsInDouble(value)) {
                return interop.asDouble(value);
            }
        } catch (InteropException e) {
            throw new IllegalStateException(e);
        }
        return value;
    }

    /** Each in place. */
    static Object[] toMeso(Object[] values) {
        Object[] converted = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            converted[i] = toMeso(values[i]);
        }
        return converted;
    }

    /** Whether it is an object of another language. */
    public static boolean is(Object value) {
        return !(value instanceof MesoValue
                || value instanceof Long
                || value instanceof Double
                || value instanceof Boolean
                || value instanceof String);
    }

    /** A foreign array as a list, nested arrays as they are; null where it is no array. */
    @TruffleBoundary
    public static ListValue list(Object value) {
        InteropLibrary interop = InteropLibrary.getUncached();
        if (!interop.hasArrayElements(value)) {
            return null;
        }
        try {
            Object[] items = new Object[Operators.length(interop.getArraySize(value), "list")];
            for (int i = 0; i < items.length; i++) {
                items[i] = toMeso(interop.readArrayElement(value, i));
            }
            return ListValue.of(items);
        } catch (InteropException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A foreign object with members, or a map with text keys, as a record; null where it is neither. */
    @TruffleBoundary
    public static RecordValue record(Object value) {
        InteropLibrary interop = InteropLibrary.getUncached();
        Map<String, Object> fields = new LinkedHashMap<>();
        try {
            if (interop.hasHashEntries(value)) {
                Object entries = interop.getHashEntriesIterator(value);
                while (interop.hasIteratorNextElement(entries)) {
                    Object entry = interop.getIteratorNextElement(entries);
                    Object key = toMeso(interop.readArrayElement(entry, 0));
                    if (!(key instanceof String)) {
                        return null;
                    }
                    fields.put((String) key, toMeso(interop.readArrayElement(entry, 1)));
                }
            } else if (interop.hasMembers(value)) {
                Object names = interop.getMembers(value);
                for (long i = 0; i < interop.getArraySize(names); i++) {
                    String name = interop.asString(interop.readArrayElement(names, i));
                    if (interop.isMemberReadable(value, name)) {
                        fields.put(name, toMeso(interop.readMember(value, name)));
                    }
                }
            } else {
                return null;
            }
        } catch (InteropException e) {
            throw new IllegalStateException(e);
        }
        return RecordValue.of(fields);
    }

    /** A member of a foreign object or an entry of a foreign map; null where there is none. */
    @TruffleBoundary
    public static Object member(Object value, String name) {
        InteropLibrary interop = InteropLibrary.getUncached();
        try {
            if (interop.isMemberReadable(value, name)) {
                return toMeso(interop.readMember(value, name));
            }
            if (interop.hasHashEntries(value) && interop.isHashEntryReadable(value, name)) {
                return toMeso(interop.readHashValue(value, name));
            }
        } catch (InteropException e) {
            throw new IllegalStateException(e);
        }
        return null;
    }
}
