package dev.meso.language.check;

import dev.meso.language.ast.Program;
import dev.meso.language.diagnostic.SourceText;
import dev.meso.language.typed.ModuleScope;
import java.util.List;

/**
 * Checks a program and resolves it to the typed tree.
 *
 * <p>Where names come from, first match: the blocks and functions around; the names of this source; earlier sources of
 * the session ({@link ModuleScope}); plain imports; built-ins; units; the standard library. A name can be used after its
 * definition; the body of a function may also mention names that the same scope defines further down.
 */
public final class Checker {
    private Checker() {}

    /**
     * Checks one source. Its top-level names enter {@code scope} only where there is no error.
     *
     * @param source the text, for messages
     * @param program the same, parsed
     * @param scope the names of the module, those of earlier sources included
     */
    public static CheckResult check(SourceText source, Program program, ModuleScope scope, Environment environment) {
        return new CheckResult(null, List.of());
    }
}
