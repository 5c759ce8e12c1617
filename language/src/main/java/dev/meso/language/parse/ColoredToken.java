package dev.meso.language.parse;

import dev.meso.language.ast.Span;

/** A stretch of text and what it is, for highlighting. */
public record ColoredToken(Span span, Kind kind) {
    /** What a stretch of text is. */
    public enum Kind {
        /** A reserved word. */
        KEYWORD,
        /** A word that is special in its place: {@code motif}, {@code within}, {@code structure} of a model. */
        CONTEXTUAL_KEYWORD,
        NUMBER,
        UNIT,
        /** Text in quotes with the quotes, without its interpolations. */
        STRING,
        COMMENT,
        NAME,
        /** The name that a declaration gives. */
        DECLARATION_NAME,
        /** Operators, brackets and other signs. */
        SIGN,
        /** What no program holds. */
        WRONG
    }
}
