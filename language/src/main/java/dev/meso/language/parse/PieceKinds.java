package dev.meso.language.parse;

import static dev.meso.grammar.MesoLexer.*;

import dev.meso.language.parse.Piece.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * Says what the words of a text are, also where it is unfinished or wrong: it looks at neighbours only, which is enough
 * because Meso never puts two names side by side except after a keyword.
 */
final class PieceKinds {
    private final List<Token> visible = new ArrayList<>();

    private PieceKinds() {}

    /** The pieces of these tokens, white space left out. */
    static List<Piece> pieces(List<Token> tokens) {
        return new PieceKinds().run(tokens);
    }

    private List<Piece> run(List<Token> tokens) {
        for (Token token : tokens) {
            if (token.getChannel() == Token.DEFAULT_CHANNEL) {
                visible.add(token);
            }
        }
        List<Piece> pieces = new ArrayList<>(tokens.size());
        int at = 0;
        for (Token token : tokens) {
            boolean shown = token.getChannel() == Token.DEFAULT_CHANNEL;
            if (token.getStopIndex() >= token.getStartIndex() && token.getType() != Token.EOF) {
                Kind kind = shown ? visibleKind(token, at) : hiddenKind(token);
                if (kind != null) {
                    String name = VOCABULARY.getSymbolicName(token.getType());
                    pieces.add(new Piece(kind, name, token.getStartIndex(), token.getStopIndex() + 1));
                }
            }
            at += shown ? 1 : 0;
        }
        return Collections.unmodifiableList(pieces);
    }

    private static Kind hiddenKind(Token token) {
        return switch (token.getType()) {
            case LINE_COMMENT, DOC_COMMENT, BLOCK_COMMENT, OPEN_COMMENT -> Kind.COMMENT;
            case HASH_COMMENT -> Kind.WRONG;
            case SEMICOLON -> Kind.SEPARATOR;
            default -> null;
        };
    }

    private Kind visibleKind(Token token, int at) {
        int type = token.getType();
        if (type >= LET && type <= NOT) {
            return isLabel(at) ? Kind.NAME : Kind.KEYWORD;
        }
        if (isName(type)) {
            return nameKind(type, at);
        }
        return switch (type) {
            case INTEGER, DOUBLE -> Kind.NUMBER;
            case UNIT -> Kind.UNIT;
            case TEXT_OPEN, TEXT_CLOSE, BLOCK_TEXT_OPEN, BLOCK_TEXT_CLOSE, TEXT_CHARACTERS, TEXT_ESCAPE -> Kind.TEXT;
            case PRIMED -> Kind.NAME;
            case NEWLINE, SEMICOLON -> Kind.SEPARATOR;
            case STRAY, QUOTED, DIGIT_NAME, BANG, DOUBLE_AMPERSAND, DOUBLE_BAR, DOUBLE_PLUS, DOUBLE_STAR -> Kind.WRONG;
            case COLON_ASSIGN, SLIPPED_ARROW, SLIPPED_EQUAL -> Kind.WRONG;
            default -> Kind.OPERATOR;
        };
    }

    private Kind nameKind(int type, int at) {
        if (isLabel(at)) {
            return Kind.NAME;
        }
        int before = type(at - 1);
        boolean starts = at == 0 || isSeparator(before) || before == LBRACE;
        if (starts && startsValue(type(at + 1), type)) {
            return Kind.CONTEXTUAL_KEYWORD;
        }
        if (declares(before, at - 1)) {
            return Kind.DECLARATION_NAME;
        }
        boolean special = type >= MOTIF && type <= REFRACTORY;
        boolean joined = endsValue(before) || type == EXPECTED && before == COMMA && isName(type(at + 1));
        return special && joined ? Kind.CONTEXTUAL_KEYWORD : Kind.NAME;
    }

    /** Whether the token there is followed by the name it declares. */
    private boolean declares(int type, int at) {
        return switch (type) {
            case LET, VAR, FN, NULL -> !isLabel(at);
            case MOTIF, MODULE, LOSS, MODEL, DYNAMICS, TERM, STATE, INPUT ->
                at == 0 || isSeparator(type(at - 1)) || type(at - 1) == LBRACE || type(at - 1) == RBRACE;
            default -> false;
        };
    }

    /** After a dot or before a colon any word is a name. */
    private boolean isLabel(int at) {
        return type(at - 1) == DOT || type(at + 1) == COLON;
    }

    private int type(int at) {
        return at >= 0 && at < visible.size() ? visible.get(at).getType() : Token.EOF;
    }

    private static boolean isSeparator(int type) {
        return type == NEWLINE || type == SEMICOLON;
    }

    private static boolean isName(int type) {
        return type == NAME || type >= MOTIF && type <= REFRACTORY;
    }

    private static boolean startsValue(int type, int word) {
        return switch (type) {
            case INTEGER, DOUBLE, TEXT_OPEN, TRUE, FALSE, NONE -> true;
            case LPAREN -> word == WHERE || word == REFRACTORY;
            case NOT -> word == WHERE;
            case LBRACE -> word == LAYERS;
            default -> isName(type);
        };
    }

    private static boolean endsValue(int type) {
        return switch (type) {
            case INTEGER, DOUBLE, UNIT, RPAREN, RBRACKET, RBRACE, TEXT_CLOSE, BLOCK_TEXT_CLOSE, TRUE, FALSE, NONE ->
                true;
            default -> isName(type);
        };
    }
}
