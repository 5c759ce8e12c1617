package dev.meso.language.diagnostic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/** Finds the names somebody may have meant: near in spelling, whatever the case. */
public final class Suggest {
    private static final int MOST = 3;
    private static final int PREFIX_LENGTH = 3;

    private Suggest() {}

    /**
     * The candidates near to {@code name}, nearest first, at most three and none that is much worse than the first.
     * Distance: insertions, deletions, replacements and swaps of neighbours (Damerau 1964), case ignored; up to 1 for
     * names of two or three letters, 2 up to six, 3 beyond; a candidate that begins with the name (or the reverse) is near too.
     */
    public static List<String> near(String name, Collection<String> candidates) {
        record Scored(String text, int distance) {}
        String wanted = name.toLowerCase(Locale.ROOT);
        List<Scored> found = new ArrayList<>();
        for (String candidate : new LinkedHashSet<>(candidates)) {
            int distance = rank(wanted, candidate.toLowerCase(Locale.ROOT));
            if (distance >= 0 && !candidate.equals(name)) {
                found.add(new Scored(candidate, distance));
            }
        }
        found.sort(Comparator.comparingInt(Scored::distance)
                .thenComparingInt(s -> Math.abs(s.text().length() - name.length()))
                .thenComparing(Scored::text));
        List<String> result = new ArrayList<>();
        for (Scored s : found) {
            if (result.size() < MOST && s.distance() <= found.get(0).distance() + 1) {
                result.add(s.text());
            }
        }
        return result;
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

    /** Twice the distance (so that a prefix can stand between two distances), or -1 where too far. */
    private static int rank(String wanted, String candidate) {
        if (wanted.equals(candidate)) {
            return 0;
        }
        int allowed = wanted.length() < 2 ? 0 : wanted.length() <= 3 ? 1 : wanted.length() <= 6 ? 2 : 3;
        boolean tiny = wanted.length() == 2 || candidate.length() == 1;
        if (tiny && wanted.charAt(0) != candidate.charAt(0)) {
            allowed = 0;
        }
        int distance = distance(wanted, candidate, allowed);
        if (distance <= allowed) {
            return 2 * distance;
        }
        int shorter = Math.min(wanted.length(), candidate.length());
        boolean prefix = wanted.startsWith(candidate) || candidate.startsWith(wanted);
        return prefix && shorter >= PREFIX_LENGTH ? 2 * allowed + 1 : -1;
    }

    /** The optimal string alignment distance, or any number above {@code bound} where it is greater. */
    static int distance(String a, String b, int bound) {
        if (Math.abs(a.length() - b.length()) > bound) {
            return bound + 1;
        }
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int best = Math.min(last[j - 1] + replaced, Math.min(last[j], row[j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                row[j] = swapped ? Math.min(best, beforeLast[j - 2] + 1) : best;
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }
}
