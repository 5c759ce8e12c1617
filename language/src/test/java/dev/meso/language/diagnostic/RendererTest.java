package dev.meso.language.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.language.ast.Span;
import dev.meso.runtime.error.ErrorCode;
import org.junit.jupiter.api.Test;

class RendererTest {
    private static final ErrorCode CODE = ErrorCode.UNKNOWN_NAME;

    private static Diagnostic at(String text, int start, int end) {
        return Diagnostic.error(CODE, "wrong", new SourceText("a.meso", text), new Span(start, end));
    }

    @Test
    void caretsStandUnderWhatTheyMean() {
        assertEquals(
                """
                a.meso:2:5: error: wrong [M0201]
                  2 | let name = 3
                    |     ^^^^""",
                Renderer.render(at("\nlet name = 3\n", 5, 9)));
    }

    @Test
    void tabsWideAndCombiningCharacters() {
        String text = "\tlet 神経 = e\u0301x";
        assertEquals(
                """
                a.meso:1:6: error: wrong [M0201]
                  1 |     let 神経 = e\u0301x
                    |         ^^^^""",
                Renderer.render(at(text, 5, 7)));
        assertEquals(
                """
                a.meso:1:13: error: wrong [M0201]
                  1 |     let 神経 = e\u0301x
                    |                 ^""",
                Renderer.render(at(text, 12, 13)));
    }

    @Test
    void severalLinesShowTheFirstAndTheLast() {
        String text = "if a {\n  b\n  c\n  d\n}";
        assertEquals(
                """
                a.meso:1:4: error: wrong [M0201]
                  1 | if a {
                    |    ^^^ here
                    ⋮
                  5 | }
                    | ^""",
                Renderer.render(at(text, 3, text.length()).saying("here")));
    }

    @Test
    void twoPlacesNotesAndHint() {
        String text = "let n = 1\nlet n = 2";
        Diagnostic diagnostic = at(text, 14, 15)
                .saying("again here")
                .withLabel(new SourceText("a.meso", text), new Span(4, 5), "first here")
                .withNote("one\ntwo")
                .withHint("did you mean 'm'?");
        assertEquals(
                """
                a.meso:2:5: error: wrong [M0201]
                  1 | let n = 1
                    |     - first here
                  2 | let n = 2
                    |     ^ again here
                  note: one
                        two
                  hint: did you mean 'm'?""",
                Renderer.render(diagnostic));
    }

    @Test
    void anotherSourceIsNamed() {
        Diagnostic diagnostic =
                at("f(1)", 0, 1).withLabel(new SourceText("b.meso", "\nfn f() = 1"), new Span(4, 5), "");
        assertTrue(Renderer.render(diagnostic).contains("  in b.meso:2\n  2 | fn f() = 1\n    |    -"));
    }

    @Test
    void endOfTextEmptyTextAndWindowsLines() {
        assertEquals("a.meso:1:1: error: wrong [M0201]\n  1 |\n    | ^", Renderer.render(at("", 0, 0)));
        assertTrue(Renderer.render(at("ab", 2, 2)).endsWith("  1 | ab\n    |   ^"));
        assertTrue(Renderer.render(at("a\r\nbc\r\n", 4, 5)).endsWith("  2 | bc\n    |  ^"));
        assertTrue(Renderer.render(at("a\rbc", 99, 120)).contains(":2:3:"));
    }

    @Test
    void longLinesAreCutAroundThePlace() {
        String text = "x".repeat(5000) + "wrong" + "y".repeat(5000);
        String[] lines = Renderer.render(at(text, 5000, 5005)).split("\n");
        assertTrue(lines[0].startsWith("a.meso:1:5001:"));
        assertTrue(lines[1].length() < 160);
        assertEquals(lines[1].indexOf("wrong"), lines[2].indexOf("^^^^^"));
    }

    @Test
    void nothingTurnsTheDirectionOfWriting() {
        assertFalse(Renderer.render(at("a \u202e b", 0, 1)).contains("\u202e"));
    }

    @Test
    void coloursOnlyWhereAsked() {
        Diagnostic diagnostic = at("abc", 1, 2);
        assertFalse(Renderer.render(diagnostic).contains("\u001b"));
        String coloured = Renderer.render(diagnostic, true);
        assertTrue(coloured.contains("\u001b[1;31merror: \u001b[0m"));
        assertEquals(Renderer.render(diagnostic), coloured.replaceAll("\u001b\\[[0-9;]*m", ""));
    }
}
