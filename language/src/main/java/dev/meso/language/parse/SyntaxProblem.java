package dev.meso.language.parse;

import dev.meso.language.ast.Span;
import dev.meso.runtime.error.ErrorCode;

/**
 * One mistake in the form of a program.
 *
 * @param span where it stands
 * @param message what is wrong, a clause without a full stop: {@code "this string is not closed"}
 * @param expected what could stand there, in words: {@code "an expression"}; null where that does not help
 * @param hint what to write instead; may be null
 * @param related a second place the mistake has to do with, such as the bracket that is not closed; may be null
 * @param relatedLabel what is at the second place; null where {@code related} is
 * @param code the number under which the mistake is explained
 */
public record SyntaxProblem(
        Span span, String message, String expected, String hint, Span related, String relatedLabel, ErrorCode code) {
    /** A mistake of form, {@link ErrorCode#SYNTAX}. */
    public SyntaxProblem(Span span, String message, String expected, String hint, Span related, String relatedLabel) {
        this(span, message, expected, hint, related, relatedLabel, ErrorCode.SYNTAX);
    }

    /** The same under another number. */
    SyntaxProblem as(ErrorCode newCode) {
        return new SyntaxProblem(span, message, expected, hint, related, relatedLabel, newCode);
    }

    static SyntaxProblem of(Span span, String message, String hint) {
        return new SyntaxProblem(span, message, null, hint, null, null);
    }
}
