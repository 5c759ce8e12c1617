package dev.meso.language.parse;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.misc.Interval;

/**
 * The characters of a text for the lexer: code points are read whole, indexes are UTF-16 code units, so that the offsets
 * of tokens are those of the {@code String}.
 */
final class SourceCharacters implements CharStream {
    private final String text;
    private int position;

    SourceCharacters(String text) {
        this.text = text;
    }

    @Override
    public void consume() {
        if (position >= text.length()) {
            throw new IllegalStateException("cannot consume the end of the text");
        }
        position += Character.charCount(text.codePointAt(position));
    }

    @Override
    public int LA(int offset) {
        if (offset == 1) {
            return position < text.length() ? text.codePointAt(position) : EOF;
        }
        if (offset < 0) {
            int at = position;
            for (int i = offset; i < 0; i++) {
                if (at <= 0) {
                    return EOF;
                }
                at -= Character.charCount(text.codePointBefore(at));
            }
            return text.codePointAt(at);
        }
        int at = position;
        for (int i = 1; i < offset && at < text.length(); i++) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at < text.length() ? text.codePointAt(at) : EOF;
    }

    @Override
    public int mark() {
        return -1;
    }

    @Override
    public void release(int marker) {}

    @Override
    public int index() {
        return position;
    }

    @Override
    public void seek(int index) {
        position = Math.min(index, text.length());
    }

    @Override
    public int size() {
        return text.length();
    }

    @Override
    public String getSourceName() {
        return UNKNOWN_SOURCE_NAME;
    }

    @Override
    public String getText(Interval interval) {
        int end = Math.min(interval.b + 1, text.length());
        return interval.a >= end ? "" : text.substring(interval.a, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
