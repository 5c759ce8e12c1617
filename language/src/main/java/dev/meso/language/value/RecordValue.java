package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.Map;

/**
 * A record: named fields in order, {@code {name: "AVA", n: 2}}. Equal where the same names have equal values. A subclass has an order or
 * arithmetic of its own.
 */
public class RecordValue extends MesoValue {
    private final RecordShape shape;
    private final Object[] values;

    /** Takes over {@code values}, one for each name of the shape. */
    public RecordValue(RecordShape shape, Object[] values) {
        this.shape = shape;
        this.values = values;
    }

    /** {@code RecordValue.of("data", 1883.84, "bound", "upper")}. */
    public static RecordValue of(Object... namesAndValues) {
        String[] names = new String[namesAndValues.length / 2];
        Object[] values = new Object[names.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = (String) namesAndValues[2 * i];
            values[i] = namesAndValues[2 * i + 1];
        }
        return new RecordValue(new RecordShape(names), values);
    }

    public static RecordValue of(Map<String, ?> fields) {
        return new RecordValue(
                new RecordShape(fields.keySet().toArray(new String[0])),
                fields.values().toArray());
    }

    public RecordShape shape() {
        return shape;
    }

    public Object value(int index) {
        return values[index];
    }

    /** The field's value, or null. */
    public Object get(String name) {
        int index = shape.indexOf(name);
        return index < 0 ? null : values[index];
    }

    @Override
    public Object ownMember(String name) {
        return get(name);
    }

    @Override
    public String[] ownMembers() {
        return shape.names();
    }

    @Override
    public String kind() {
        return "record";
    }

    @Override
    @TruffleBoundary
    public String text() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : ", ").append(shape.name(i)).append(": ").append(Display.shortText(values[i]));
        }
        return text.append('}').toString();
    }

    @Override
    @TruffleBoundary
    public boolean equals(Object other) {
        if (!(other instanceof RecordValue record) || record.values.length != values.length) {
            return false;
        }
        for (int i = 0; i < values.length; i++) {
            Object theirs = record.get(shape.name(i));
            if (theirs == null || !Values.equal(values[i], theirs)) {
                return false;
            }
        }
        return true;
    }

    @Override
    @TruffleBoundary
    public int hashCode() {
        int hash = 0;
        for (int i = 0; i < values.length; i++) {
            hash += shape.name(i).hashCode() ^ Values.hash(values[i]);
        }
        return hash;
    }
}
