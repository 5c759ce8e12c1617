package dev.meso.language.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HighlighterTest {
    @Test
    void wordsAreSpecialOnlyInTheirPlace() {
        assertHighlighted("motif chain ( k ) { a -> b within k hops }", "CDSNSSNSNCNCS");
        assertHighlighted("let motif = within + from . step", "KDSNSNSN");
        assertHighlighted(
                "null CFG2 { preserve degrees , expected edges ; sample switching ; autapses allowed }",
                "KDSCNSCNSCNSCCS");
        assertHighlighted("motif ei { where e . nt == 1 }", "CDSCNSNSnS");
        assertHighlighted("model W { basis 4 of Column ; loss L }", "CDSCnCNSCDS");
        assertHighlighted("expect a == 1 +- 2 from \"x\"", "KNSnSnCsss");
        assertHighlighted("f ( in : 1 , null : if )", "NSNSnSNSKS");
        assertHighlighted(
                "dynamics L ( g ) { state v [ neurons ] = 1 ms ; on spike { post . s += 1 after 2.2 ms } }",
                "CDSNSSCDSNSSnuSCCSNSNSnCnuSS");
        assertHighlighted("let a = 2 uF/cm^2 / ms // c", "KDSnuSNc");
        assertHighlighted("if a & & b", "KNWWN");
    }

    /** Compares the first letters of the kinds; numbers, units, strings and comments in lower case. */
    private static void assertHighlighted(String text, String letters) {
        StringBuilder found = new StringBuilder();
        for (ColoredToken token : Highlighter.highlight(text)) {
            found.append(
                    switch (token.kind()) {
                        case KEYWORD -> 'K';
                        case CONTEXTUAL_KEYWORD -> 'C';
                        case NUMBER -> 'n';
                        case UNIT -> 'u';
                        case STRING -> 's';
                        case COMMENT -> 'c';
                        case NAME -> 'N';
                        case DECLARATION_NAME -> 'D';
                        case SIGN -> 'S';
                        case WRONG -> 'W';
                    });
        }
        assertEquals(letters, found.toString(), text);
    }

    @Test
    void stretchesAreInOrderAndDoNotOverlap() {
        for (String text : new String[] {"let s = \"a {b:.3f} c", "fn f(x) { if x { /* ", "f() let a = '"}) {
            int end = 0;
            for (ColoredToken token : Highlighter.highlight(text)) {
                assertTrue(token.span().start() >= end, text);
                end = token.span().end();
            }
            assertTrue(end <= text.length());
        }
    }
}
