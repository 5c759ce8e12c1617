package dev.meso.language.parse;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;

/** Compares programs by their syntax trees. */
public final class Trees {
    private static final Pattern SPAN = Pattern.compile("Span=?\\[start=\\d+, end=\\d+]");

    private Trees() {}

    /** The syntax tree as text, without the places; fails the test where the text is no program. */
    public static String withoutSpans(String text) {
        ParseResult result = SourceReader.read(text);
        assertTrue(result.ok(), () -> result.problems() + "\nin:\n" + text);
        return SPAN.matcher(result.program().statements().toString()).replaceAll("");
    }
}
