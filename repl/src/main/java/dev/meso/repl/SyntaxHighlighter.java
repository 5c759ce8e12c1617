package dev.meso.repl;

import dev.meso.language.parse.Piece;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours what is typed, by the lexer of the language itself. */
final class SyntaxHighlighter implements Highlighter {
    @Override
    public AttributedString highlight(LineReader reader, String text) {
        AttributedStringBuilder coloured = new AttributedStringBuilder(text.length());
        int done = 0;
        for (Piece piece : Piece.of(text)) {
            coloured.append(text, done, piece.start());
            coloured.styled(style(piece.kind()), text.substring(piece.start(), piece.end()));
            done = piece.end();
        }
        return coloured.append(text, done, text.length()).toAttributedString();
    }

    private static AttributedStyle style(Piece.Kind kind) {
        AttributedStyle plain = AttributedStyle.DEFAULT;
        return switch (kind) {
            case KEYWORD, CONTEXTUAL_KEYWORD -> plain.bold();
            case NUMBER, UNIT -> plain.foreground(AttributedStyle.CYAN);
            case TEXT -> plain.foreground(AttributedStyle.GREEN);
            case COMMENT -> plain.faint();
            case WRONG -> plain.foreground(AttributedStyle.RED);
            case NAME, DECLARATION_NAME, OPERATOR, SEPARATOR -> plain;
        };
    }
}
