package dev.meso.runtime.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Text, stored as codes into a dictionary of the distinct values. */
public final class TextColumn implements Column {
    /** The code of a missing value. */
    public static final int MISSING = -1;

    private final int[] codes;
    private final String[] dictionary;
    private final int missing;

    private TextColumn(int[] codes, String[] dictionary) {
        this.codes = codes;
        this.dictionary = dictionary;
        int n = 0;
        for (int c : codes) {
            n += c >>> 31;
        }
        this.missing = n;
    }

    /** One text a row; null is missing. */
    public static TextColumn of(String... texts) {
        Map<String, Integer> known = new HashMap<>();
        int[] codes = new int[texts.length];
        for (int i = 0; i < codes.length; i++) {
            String text = texts[i];
            if (text == null) {
                codes[i] = MISSING;
                continue;
            }
            Integer code = known.putIfAbsent(text, known.size());
            codes[i] = code == null ? known.size() - 1 : code;
        }
        String[] dictionary = new String[known.size()];
        known.forEach((text, code) -> dictionary[code] = text);
        return new TextColumn(codes, dictionary);
    }

    /** Takes both arrays over. The texts of the dictionary are distinct; {@link #MISSING} is the code of missing values. */
    public static TextColumn coded(int[] codes, String[] dictionary) {
        return new TextColumn(codes, dictionary);
    }

    /** Null where missing. */
    public String get(int row) {
        int code = codes[row];
        return code < 0 ? null : dictionary[code];
    }

    /** The place of the row's text in {@link #dictionary}, {@link #MISSING} where missing. */
    public int code(int row) {
        return codes[row];
    }

    /** The distinct texts; after a selection some may no longer occur. */
    public List<String> dictionary() {
        return List.of(dictionary);
    }

    String[] words() {
        return dictionary;
    }

    @Override
    public int size() {
        return codes.length;
    }

    @Override
    public boolean missing(int row) {
        return codes[row] < 0;
    }

    @Override
    public int missingCount() {
        return missing;
    }

    @Override
    public Object value(int row) {
        return get(Objects.checkIndex(row, codes.length));
    }

    @Override
    public TextColumn select(int[] rows) {
        int[] chosen = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            chosen[i] = codes[rows[i]];
        }
        return new TextColumn(chosen, dictionary);
    }

    @Override
    public String type() {
        return "text";
    }

    @Override
    public int compare(int row, int otherRow) {
        int a = codes[row];
        int b = codes[otherRow];
        return a == b ? 0 : dictionary[a].compareTo(dictionary[b]);
    }
}
