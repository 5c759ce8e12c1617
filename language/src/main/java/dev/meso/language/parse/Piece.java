package dev.meso.language.parse;

import static dev.meso.grammar.MesoLexer.*;

import dev.meso.grammar.MesoLexer;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

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
        /** A reserved word, or a word such as {@code motif} or {@code where} in its place. */
        KEYWORD,
        NAME,
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
        List<Token> tokens = TokenFilter.filter(text).tokens();
        List<Piece> pieces = new ArrayList<>(tokens.size());
        Token before = null;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.getStopIndex() < token.getStartIndex() || token.getType() == Token.EOF || isSpace(token)) {
                continue;
            }
            String name = MesoLexer.VOCABULARY.getSymbolicName(token.getType());
            pieces.add(
                    new Piece(kind(token, before, tokens, i), name, token.getStartIndex(), token.getStopIndex() + 1));
            before = token.getChannel() == Token.DEFAULT_CHANNEL ? token : before;
        }
        return pieces;
    }

    private static boolean isSpace(Token token) {
        return token.getType() == WHITESPACE
                || (token.getType() == NEWLINE && token.getChannel() != Token.DEFAULT_CHANNEL);
    }

    private static Kind kind(Token token, Token before, List<Token> tokens, int index) {
        int type = token.getType();
        if (type >= LET && type <= NOT) {
            return before != null && before.getType() == DOT ? Kind.NAME : Kind.KEYWORD;
        }
        if (type >= MOTIF && type <= REFRACTORY) {
            boolean member = before != null && before.getType() == DOT;
            return !member && isOperand(next(tokens, index)) ? Kind.KEYWORD : Kind.NAME;
        }
        return switch (type) {
            case NAME, PRIMED -> Kind.NAME;
            case INTEGER, DOUBLE -> Kind.NUMBER;
            case UNIT -> Kind.UNIT;
            case TEXT_OPEN, TEXT_CLOSE, TEXT_CHARACTERS, TEXT_ESCAPE, BLOCK_TEXT_OPEN, BLOCK_TEXT_CLOSE, QUOTED ->
                Kind.TEXT;
            case DOC_COMMENT, LINE_COMMENT, BLOCK_COMMENT, OPEN_COMMENT -> Kind.COMMENT;
            case NEWLINE, SEMICOLON -> Kind.SEPARATOR;
            case STRAY, HASH_COMMENT, DIGIT_NAME -> Kind.WRONG;
            default -> Kind.OPERATOR;
        };
    }

    private static int next(List<Token> tokens, int index) {
        for (int i = index + 1; i < tokens.size(); i++) {
            if (tokens.get(i).getChannel() == Token.DEFAULT_CHANNEL) {
                return tokens.get(i).getType();
            }
        }
        return Token.EOF;
    }

    /** Whether a token begins an operand or a body: after the word {@code motif} it is a keyword, before {@code =} a name. */
    private static boolean isOperand(int type) {
        return (type >= LET && type <= PRIMED && type != AND && type != OR && type != IN)
                || type == INTEGER
                || type == DOUBLE
                || type == TEXT_OPEN
                || type == LBRACE;
    }
}
