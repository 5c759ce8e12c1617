package dev.meso.runtime.error;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the names a user may have meant, and words them: "did you mean 'segment_id'?". */
public final class Suggest {
    /** A hint names at most so many. */
    private static final int MOST = 3;

    private Suggest() {}

    /**
     * The candidates nearest to {@code name}, nearest first, at most {@code limit}: those within a third of its length
     * (at least one, at most three) of single-letter insertions, deletions, replacements and swaps of neighbours, case
     * ignored unless two are as near; and those that begin with it. Cost: product of the lengths for each candidate.
     */
    public static List<String> near(String name, Collection<String> candidates, int limit) {
        record Scored(String name, int distance) {}
        String wanted = name.toLowerCase(Locale.ROOT);
        int allowed = Math.max(1, Math.min(3, (wanted.length() + 1) / 3));
        List<Scored> found = new ArrayList<>();
        for (String candidate : candidates) {
            String c = candidate.toLowerCase(Locale.ROOT);
            int d = Math.abs(c.length() - wanted.length()) > allowed ? Integer.MAX_VALUE : distance(wanted, c);
            if (d <= allowed && d < Math.min(wanted.length(), c.length())) {
                found.add(new Scored(candidate, d));
            } else if (wanted.length() >= 3 && c.startsWith(wanted)) {
                found.add(new Scored(candidate, allowed + 1));
            }
        }
        found.sort(Comparator.comparingInt(Scored::distance)
                .thenComparingInt(scored -> distance(name, scored.name()))
                .thenComparing(Scored::name));
        return found.stream().limit(limit).map(Scored::name).toList();
    }

    /** "did you mean 'a'?", "did you mean 'a' or 'b'?"; empty where nothing is near. */
    public static String didYouMean(String name, Collection<String> candidates) {
        List<String> near = near(name, candidates, MOST);
        return near.isEmpty() ? "" : "did you mean " + joined(near, " or ") + "?";
    }

    /** {@code 'a', 'b' and 'c'}. */
    public static String all(List<String> names) {
        return joined(names, " and ");
    }

    private static String joined(List<String> names, String last) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            text.append(i == 0 ? "" : i == names.size() - 1 ? last : ", ");
            text.append('\'').append(names.get(i)).append('\'');
        }
        return text.toString();
    }

    /** Optimal string alignment distance. */
    static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int best = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    best = Math.min(best, before[j - 2] + 1);
                }
                row[j] = best;
            }
            int[] spare = before;
            before = last;
            last = row;
            row = spare;
        }
        return last[b.length()];
    }
}
