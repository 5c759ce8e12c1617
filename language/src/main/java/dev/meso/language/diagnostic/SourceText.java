package dev.meso.language.diagnostic;

/**
 * A source as a diagnostic shows it. Offsets are UTF-16 code units; lines and columns count from 1, columns in Unicode
 * characters (a tab is one). Asking for a line costs a scan of the text: for messages only.
 *
 * @param name what messages call it: a path as the user gave it, {@code "<eval>"}
 * @param text the whole text
 */
public record SourceText(String name, String text) {
    /** The line that holds the offset. */
    public int line(int offset) {
        int line = 1;
        int end = Math.min(offset, text.length());
        for (int i = 0; i < end; i++) {
            if (endsLine(i)) {
                line++;
            }
        }
        return line;
    }

    public int column(int offset) {
        int end = Math.min(offset, text.length());
        return text.codePointCount(lineStart(end), end) + 1;
    }

    /** The offset of the first character of the line that holds {@code offset}. */
    int lineStart(int offset) {
        int start = Math.min(offset, text.length());
        while (start > 0 && !endsLine(start - 1)) {
            start--;
        }
        return start;
    }

    /** The offset after the last character of the line that holds {@code offset}, line break excluded. */
    int lineEnd(int offset) {
        int end = Math.min(offset, text.length());
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    /** Whether the character at {@code i} is the last of its line; of a CR LF pair only the LF is. */
    private boolean endsLine(int i) {
        char c = text.charAt(i);
        return c == '\n' || c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n');
    }
}
