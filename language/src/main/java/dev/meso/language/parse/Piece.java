package dev.meso.language.parse;

import java.util.List;

/**
 * A stretch of a text as a reader sees it: what colours it in a session and stands in {@code --dump=tokens}. Any text has
 * pieces, finished or not.
 *
 * @param kind what it is
 * @param token its name in the grammar
 * @param start where it starts, a UTF-16 offset
 * @param end where it ends, exclusive
 */
public record Piece(Kind kind, String token, int start, int end) {
    /** What a piece is to a reader. */
    public enum Kind {
        /** A reserved word. */
        KEYWORD,
        /** A word that is special in its place: {@code motif}, {@code within}, {@code structure} in a model. */
        CONTEXTUAL_KEYWORD,
        NAME,
        /** The name that a declaration gives. */
        DECLARATION_NAME,
        NUMBER,
        UNIT,
        TEXT,
        COMMENT,
        OPERATOR,
        /** A written newline or semicolon that separates. */
        SEPARATOR,
        /** What no program contains. */
        WRONG
    }

    /** The pieces of a text in order, without white space. */
    public static List<Piece> of(String text) {
        return PieceKinds.pieces(TokenFilter.filter(text).tokens());
    }
}
