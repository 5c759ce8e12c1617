package dev.meso.runtime.graph;

import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.TextColumn;
import java.util.Arrays;
import java.util.TreeSet;

/** The neurons of a table of edges that comes without a table of neurons. */
final class EndIds {
    private EndIds() {}

    /** The distinct values of both columns, ascending: integers by size, or text where a column is text. */
    static Column distinct(Column pre, Column post) {
        if (pre instanceof LongColumn a && post instanceof LongColumn b) {
            return LongColumn.of(distinct(a.array(), b.array()));
        }
        TreeSet<String> texts = new TreeSet<>();
        for (Column c : new Column[] {pre, post}) {
            for (int i = 0; i < c.size(); i++) {
                texts.add(c.value(i).toString());
            }
        }
        return TextColumn.of(texts.toArray(String[]::new));
    }

    private static long[] distinct(long[] a, long[] b) {
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        for (long[] side : new long[][] {a, b}) {
            for (long id : side) {
                low = Math.min(low, id);
                high = Math.max(high, id);
            }
        }
        if (high - low >= 0 && high - low < 4L * a.length) {
            // Few distinct values for the number of edges: mark those that occur.
            boolean[] seen = new boolean[(int) (high - low) + 1];
            int count = 0;
            for (long[] side : new long[][] {a, b}) {
                for (long id : side) {
                    int place = (int) (id - low);
                    count += seen[place] ? 0 : 1;
                    seen[place] = true;
                }
            }
            long[] ids = new long[count];
            for (int place = 0, k = 0; k < count; place++) {
                if (seen[place]) {
                    ids[k++] = low + place;
                }
            }
            return ids;
        }
        long[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        Arrays.sort(all);
        int count = 0;
        for (int i = 0; i < all.length; i++) {
            if (i == 0 || all[i] != all[i - 1]) {
                all[count++] = all[i];
            }
        }
        return Arrays.copyOf(all, count);
    }
}
