package dev.meso.language.check;

import dev.meso.language.ast.Span;
import dev.meso.language.diagnostic.Diagnostic;
import dev.meso.language.diagnostic.SourceText;
import dev.meso.language.typed.ModuleScope;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.util.ArrayList;
import java.util.List;

/** One run of the checker: what it reads and the mistakes found so far. */
final class Session {
    final SourceText source;
    final ModuleScope module;
    final Environment environment;
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    Session(SourceText source, ModuleScope module, Environment environment) {
        this.source = source;
        this.module = module;
        this.environment = environment;
    }

    Diagnostic error(ErrorCode code, Span span, String message) {
        return Diagnostic.error(code, message, source, span);
    }

    Diagnostic warning(ErrorCode code, Span span, String message) {
        return Diagnostic.warning(code, message, source, span);
    }

    void report(Diagnostic diagnostic) {
        diagnostics.add(diagnostic);
    }

    void report(ErrorCode code, Span span, String message) {
        report(error(code, span, message));
    }

    /** Tells at {@code span} what the runtime found wrong. */
    void report(MesoException mistake, Span span) {
        Diagnostic diagnostic = error(mistake.code(), span, mistake.getMessage());
        for (String note : mistake.notes()) {
            boolean hint = note.startsWith("did you mean");
            diagnostic = hint ? diagnostic.withHint(note) : diagnostic.withNote(note);
        }
        report(diagnostic);
    }

    int errors() {
        return (int) diagnostics.stream().filter(Diagnostic::isError).count();
    }

    /** In order of place. */
    List<Diagnostic> diagnostics() {
        List<Diagnostic> sorted = new ArrayList<>(diagnostics);
        sorted.sort((a, b) ->
                Integer.compare(a.primary().span().start(), b.primary().span().start()));
        return sorted;
    }

    /** {@code line 3}. */
    String line(Span span) {
        return "line " + source.line(span.start());
    }
}
