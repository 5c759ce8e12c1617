package dev.meso.runtime.tensor;

import java.util.Arrays;
import java.util.List;

/** Parts {@code from .. to-1} of a vector. */
public final class Ranges {
    private final int[][] parts;
    private final int size;

    /** @param parts pairs from, to that do not overlap */
    public Ranges(List<int[]> parts) {
        this.parts = parts.stream().map(int[]::clone).toArray(int[][]::new);
        int sum = 0;
        for (int[] part : this.parts) {
            sum += part[1] - part[0];
        }
        size = sum;
    }

    /** How many numbers in all. */
    public int size() {
        return size;
    }

    /** Which positions of a vector are in a part. */
    boolean[] chosen(int length) {
        boolean[] chosen = new boolean[length];
        forEach((from, to, own) -> Arrays.fill(chosen, from, to, true));
        return chosen;
    }

    /** What to do with a part: positions {@code from .. to-1} of the vector, kept from {@code own} on by the caller. */
    @FunctionalInterface
    interface Part {
        void at(int from, int to, int own);
    }

    void forEach(Part action) {
        int own = 0;
        for (int[] part : parts) {
            action.at(part[0], part[1], own);
            own += part[1] - part[0];
        }
    }
}
