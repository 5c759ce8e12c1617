package dev.meso.language.parse;

import dev.meso.language.ast.Span;

/**
 * One mistake in the form of a program.
 *
 * @param span where it stands
 * @param message what is wrong, a clause without a full stop: {@code "this string is not closed"}
 * @param expected what could stand there, in words: {@code "an expression"}; null where that does not help
 * @param hint what to write instead; may be null
 * @param related a second place the mistake has to do with, such as the bracket that is not closed; may be null
 * @param relatedLabel what is at the second place; null where {@code related} is
 */
public record SyntaxProblem(
        Span span, String message, String expected, String hint, Span related, String relatedLabel) {
    static SyntaxProblem of(Span span, String message, String hint) {
        return new SyntaxProblem(span, message, null, hint, null, null);
    }
}
