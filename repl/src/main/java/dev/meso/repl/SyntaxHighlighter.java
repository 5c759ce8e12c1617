package dev.meso.repl;

import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;

/** Colours what is typed. */
final class SyntaxHighlighter implements Highlighter {
    @Override
    public AttributedString highlight(LineReader reader, String text) {
        return new AttributedString(text);
    }
}
