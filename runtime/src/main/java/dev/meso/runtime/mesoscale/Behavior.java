package dev.meso.runtime.mesoscale;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * What the animal did at each frame of a recording, one of several classes.
 *
 * @param names of the classes, at least two
 * @param labels the class of each frame, -1 where unknown
 */
public record Behavior(List<String> names, int[] labels) implements Serializable {
    public Behavior {
        if (names.size() < 2) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    "the behavior has only one class, " + names + ", so there is nothing to predict",
                    "leave the line `behavior` out of the model");
        }
    }

    /**
     * The labels of one side of {@link dev.meso.runtime.recording.Activity#split}.
     *
     * @param bounds where recordings begin, as those of the activity
     * @param first whether the first part or the rest
     */
    Behavior part(int[] bounds, double fraction, boolean first) {
        int[] some = new int[labels.length];
        int count = 0;
        for (int s = 0; s + 1 < bounds.length; s++) {
            int cut = bounds[s] + (int) Math.round(fraction * (bounds[s + 1] - bounds[s]));
            for (int t = first ? bounds[s] : cut; t < (first ? cut : bounds[s + 1]); t++) {
                some[count++] = labels[t];
            }
        }
        return new Behavior(names, Arrays.copyOf(some, count));
    }

    public int classes() {
        return names.size();
    }
}
