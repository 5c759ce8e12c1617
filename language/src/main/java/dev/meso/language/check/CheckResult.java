package dev.meso.language.check;

import dev.meso.language.diagnostic.Diagnostic;
import dev.meso.language.typed.FunctionCode;
import java.util.List;

/**
 * What checking gives.
 *
 * @param code the program, or null where there are errors
 * @param diagnostics errors and warnings in order of place
 * @param incomplete whether the text is no program yet but more text could make it one
 */
public record CheckResult(FunctionCode code, List<Diagnostic> diagnostics, boolean incomplete) {
    public CheckResult {
        diagnostics = List.copyOf(diagnostics);
    }

    public boolean ok() {
        return code != null;
    }
}
