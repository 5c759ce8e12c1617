package dev.meso.repl;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells the line editor when a statement goes on (an open bracket) and which word is being completed. */
final class StatementParser implements Parser {

    @Override
    public ParsedLine parse(String text, int cursor, ParseContext context) {
        // Two empty lines end what looks unfinished, so that a forgotten bracket can be got rid of.
        if ((context == ParseContext.ACCEPT_LINE || context == ParseContext.SECONDARY_PROMPT)
                && Syntax.incomplete(text)
                && !text.endsWith("\n\n")) {
            throw new EOFError(-1, -1, "the statement goes on");
        }
        int start = wordStart(text, cursor);
        return new Word(text, text.substring(start, cursor), cursor);
    }

    /** Where the identifier, path or column that ends at the cursor begins. */
    static int wordStart(String text, int cursor) {
        int quote = Syntax.openQuote(text, cursor);
        if (quote >= 0) {
            return quote + 1;
        }
        int start = cursor;
        while (start > 0 && isNamePart(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    /** The line as one word: nothing in it is quoted or escaped for the editor. */
    private record Word(String line, String word, int cursor) implements CompletingParsedLine {
        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return word.length();
        }

        @Override
        public int rawWordLength() {
            return word.length();
        }

        @Override
        public int wordCursor() {
            return word.length();
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word);
        }
    }
}
