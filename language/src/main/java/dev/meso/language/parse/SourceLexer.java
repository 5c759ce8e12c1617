package dev.meso.language.parse;

import dev.meso.grammar.MesoLexer;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * The generated lexer, made safe for any text: closing more braces than were opened leaves it where it is, and a string
 * that is not closed on its line ends there even inside an interpolation, so that one missing quote does not swallow the
 * rest of the file.
 */
final class SourceLexer extends MesoLexer {
    SourceLexer(String text) {
        super(new SourceCharacters(text));
        removeErrorListeners();
    }

    /** All tokens with the hidden ones, the last being EOF. */
    static List<Token> tokens(String text) {
        SourceLexer lexer = new SourceLexer(text);
        List<Token> tokens = new ArrayList<>(text.length() / 3 + 4);
        while (true) {
            Token token = lexer.nextToken();
            tokens.add(token);
            if (token.getType() == Token.EOF) {
                return tokens;
            }
        }
    }

    @Override
    public int popMode() {
        return _modeStack.isEmpty() ? _mode : super.popMode();
    }

    @Override
    public Token nextToken() {
        Token token = super.nextToken();
        if (token.getType() == NEWLINE) {
            while (inLineText()) {
                popMode();
            }
        }
        return token;
    }

    private boolean inLineText() {
        if (_mode == TEXT) {
            return true;
        }
        for (int i = 0; i < _modeStack.size(); i++) {
            if (_modeStack.get(i) == TEXT) {
                return true;
            }
        }
        return false;
    }
}
