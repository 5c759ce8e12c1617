package dev.meso.language.diagnostic;

import dev.meso.language.ast.Span;
import dev.meso.runtime.error.ErrorCode;
import java.util.List;

/**
 * One mistake, told: what is wrong, where, what disagrees with it, what to try. Drawn by {@link Renderer} only.
 *
 * @param code the stable number
 * @param severity whether the program can run all the same
 * @param message one sentence: what was found and what was expected
 * @param primary where; its text may be empty
 * @param labels other places that take part, in order
 * @param notes further sentences
 * @param hint what to try, or null: {@code "did you mean 'segment_id'?"}
 */
public record Diagnostic(
        ErrorCode code,
        Severity severity,
        String message,
        Label primary,
        List<Label> labels,
        List<String> notes,
        String hint) {
    public Diagnostic {
        message = quoted(message);
        labels = List.copyOf(labels);
        notes = notes.stream().map(Diagnostic::quoted).toList();
        hint = hint == null ? null : quoted(hint);
    }

    /** Whether a program with this mistake can run. */
    public enum Severity {
        ERROR("error"),
        WARNING("warning");

        private final String word;

        Severity(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** A stretch of a source with a few words about it (empty for none). */
    public record Label(SourceText source, Span span, String text) {
        public Label {
            text = text == null ? null : quoted(text);
        }
    }

    /** Names and code stand in one kind of quotes, also where the sentence was written with the backticks of documentation. */
    private static String quoted(String sentence) {
        return sentence.replace('`', '\'');
    }

    /** An error without labels, notes or hint; add them with the {@code with} methods. */
    public static Diagnostic error(ErrorCode code, String message, SourceText source, Span span) {
        return new Diagnostic(code, Severity.ERROR, message, new Label(source, span, ""), List.of(), List.of(), null);
    }

    public static Diagnostic warning(ErrorCode code, String message, SourceText source, Span span) {
        return new Diagnostic(code, Severity.WARNING, message, new Label(source, span, ""), List.of(), List.of(), null);
    }

    /** The same with words beside the first caret. */
    public Diagnostic saying(String text) {
        Label said = new Label(primary.source(), primary.span(), text);
        return new Diagnostic(code, severity, message, said, labels, notes, hint);
    }

    public Diagnostic withLabel(SourceText source, Span span, String text) {
        List<Label> more = new java.util.ArrayList<>(labels);
        more.add(new Label(source, span, text));
        return new Diagnostic(code, severity, message, primary, more, notes, hint);
    }

    public Diagnostic withNote(String note) {
        List<String> more = new java.util.ArrayList<>(notes);
        more.add(note);
        return new Diagnostic(code, severity, message, primary, labels, more, hint);
    }

    public Diagnostic withHint(String newHint) {
        return new Diagnostic(
                code, severity, message, primary, labels, notes, newHint == null || newHint.isEmpty() ? null : newHint);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
