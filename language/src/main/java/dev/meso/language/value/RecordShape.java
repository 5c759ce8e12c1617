package dev.meso.language.value;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The field names of records made in one place; a node that reads a field remembers the shape and the index. */
public final class RecordShape {
    public static final RecordShape EMPTY = new RecordShape();

    private final String[] names;
    private final Map<String, Integer> indexes;

    /** @param names each once */
    public RecordShape(String... names) {
        this.names = names.clone();
        this.indexes = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            indexes.put(names[i], i);
        }
    }

    public int size() {
        return names.length;
    }

    public String name(int index) {
        return names[index];
    }

    String[] names() {
        return names;
    }

    /** Where the field stands, or -1. */
    public int indexOf(String name) {
        Integer index = indexes.get(name);
        return index == null ? -1 : index;
    }

    @Override
    public String toString() {
        return Arrays.toString(names);
    }
}
