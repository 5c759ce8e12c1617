package dev.meso.language.builtin.models;

import dev.meso.language.builtin.Builtin;
import java.util.List;

/** Fitting declared models to recordings, and asking whether their wiring matters. */
public final class ModelBuiltins {
    static final String GROUP = "models";

    private ModelBuiltins() {}

    public static List<Builtin> all() {
        return List.of(FitModel.FIT, FitModel.ADAM, FitModel.SGD, FitModel.EXPONENTIATED, CompareModel.COMPARE);
    }
}
