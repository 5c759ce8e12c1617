package dev.meso.runtime.mesoscale;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.io.Serializable;
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

    public int classes() {
        return names.size();
    }
}
