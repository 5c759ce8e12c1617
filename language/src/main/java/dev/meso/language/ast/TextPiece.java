package dev.meso.language.ast;

/** A part of a string with interpolation. */
public sealed interface TextPiece {
    /** Characters, escapes already replaced. */
    record Literal(Span span, String text) implements TextPiece {}

    /** {@code {expr}} or {@code {expr:.3f}}; {@code format} is null without a colon. */
    record Interpolation(Span span, Expression value, Span formatSpan, String format) implements TextPiece {}
}
