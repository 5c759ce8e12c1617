package dev.meso.language.diagnostic;

import java.util.Collection;
import java.util.List;

/** Words the names that somebody may have meant; which are near is decided in the runtime. */
public final class Suggest {
    private static final int MOST = 3;

    private Suggest() {}

    /** The candidates near to {@code name}, nearest first, at most three. */
    public static List<String> near(String name, Collection<String> candidates) {
        return dev.meso.runtime.error.Suggest.near(name, candidates, MOST);
    }

    /** {@code did you mean 'count'?}, {@code did you mean 'ffl' or 'ffb'?}, or null where nothing is near. */
    public static String hint(String name, Collection<String> candidates) {
        List<String> near = near(name, candidates);
        return near.isEmpty() ? null : "did you mean " + either(near) + "?";
    }

    /** {@code 'a'}, {@code 'a' or 'b'}, {@code 'a', 'b' or 'c'}. */
    public static String either(List<String> names) {
        return joined(names, " or ");
    }

    /** {@code 'a', 'b' and 'c'}. */
    public static String all(List<String> names) {
        return joined(names, " and ");
    }

    private static String joined(List<String> names, String last) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            String separator = i == 0 ? "" : i == names.size() - 1 ? last : ", ";
            text.append(separator).append('\'').append(names.get(i)).append('\'');
        }
        return text.toString();
    }
}
