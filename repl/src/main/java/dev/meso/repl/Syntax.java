package dev.meso.repl;

import dev.meso.language.parse.SourceReader;

/** What the line editor asks about a text that may not be finished. */
final class Syntax {
    private Syntax() {}

    /** Whether more text could make it right: an open bracket, text or comment, or an operator at the end. */
    static boolean incomplete(String text) {
        return SourceReader.read(text).incomplete();
    }

    /** Where the quoted text in which the place lies begins, or -1. */
    static int openQuote(String text, int place) {
        int quote = -1;
        for (int i = 0; i < place; i++) {
            char c = text.charAt(i);
            if (quote >= 0 && c == '\\') {
                i++;
            } else if (c == '"') {
                quote = quote < 0 ? i : -1;
            } else if (quote < 0 && c == '/' && i + 1 < place && text.charAt(i + 1) == '/') {
                int end = text.indexOf('\n', i);
                if (end < 0 || end >= place) {
                    return -1;
                }
                i = end;
            } else if (quote >= 0 && c == '\n') {
                quote = -1;
            }
        }
        return quote;
    }
}
