package dev.meso.language.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PieceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "let motif = 20 um     | KEYWORD DECLARATION_NAME OPERATOR NUMBER UNIT",
                "motif ffl { a -> b }  | CONTEXTUAL_KEYWORD DECLARATION_NAME OPERATOR NAME OPERATOR NAME OPERATOR",
                "g.where(n => n.in)    | NAME OPERATOR NAME OPERATOR NAME OPERATOR NAME OPERATOR NAME OPERATOR",
                "f(\"a {x} \\n\") // no | NAME OPERATOR TEXT TEXT OPERATOR NAME OPERATOR TEXT TEXT TEXT OPERATOR COMMENT",
                "1..10 step 2; not x   | NUMBER OPERATOR NUMBER CONTEXTUAL_KEYWORD NUMBER SEPARATOR KEYWORD NAME",
            })
    void kinds(String text, String kinds) {
        assertEquals(kinds, Piece.of(text).stream().map(p -> p.kind().name()).collect(Collectors.joining(" ")));
    }

    @Test
    void wordsAreSpecialOnlyInTheirPlace() {
        assertHighlighted("motif chain ( k ) { a -> b within k hops }", "CDSNSSNSNCNCS");
        assertHighlighted("let motif = within + from . step", "KDSNSNSN");
        assertHighlighted(
                "null CFG2 { preserve degrees , expected edges ; sample switching ; autapses allowed }",
                "KDSCNSCN;CN;CCS");
        assertHighlighted("motif ei { where e . nt == 1 }", "CDSCNSNSnS");
        assertHighlighted("model W { basis 4 of Column ; loss L }", "CDSCnCN;CDS");
        assertHighlighted("expect a == 1 +- 2 from \"x\"", "KNSnSnCsss");
        assertHighlighted("f ( in : 1 , null : if )", "NSNSnSNSKS");
        assertHighlighted(
                "dynamics L ( g ) { state v [ neurons ] = 1 ms ; on spike { post . s += 1 after 2.2 ms } }",
                "CDSNSSCDSNSSnu;CCSNSNSnCnuSS");
        assertHighlighted("let a = 2 uF/cm^2 / ms // c", "KDSnuSNc");
        assertHighlighted("if a & & b", "KNWWN");
    }

    /** Compares the first letters of the kinds; numbers, units, strings and comments in lower case. */
    private static void assertHighlighted(String text, String letters) {
        StringBuilder found = new StringBuilder();
        for (Piece token : Piece.of(text)) {
            found.append(
                    switch (token.kind()) {
                        case KEYWORD -> 'K';
                        case CONTEXTUAL_KEYWORD -> 'C';
                        case NUMBER -> 'n';
                        case UNIT -> 'u';
                        case TEXT -> 's';
                        case COMMENT -> 'c';
                        case NAME -> 'N';
                        case DECLARATION_NAME -> 'D';
                        case OPERATOR -> 'S';
                        case SEPARATOR -> ';';
                        case WRONG -> 'W';
                    });
        }
        assertEquals(letters, found.toString(), text);
    }

    @Test
    void piecesOfAnyTextAreInOrderAndInside() {
        String letters = "ab1 .\"{}()[]\n/*\\'µ😀=-><|#\t";
        Random random = new Random(7);
        for (int k = 0; k < 2_000; k++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(30); i >= 0; i--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            List<Piece> pieces = Piece.of(text.toString());
            int end = 0;
            for (Piece piece : pieces) {
                assertTrue(piece.start() >= end && piece.end() > piece.start(), text::toString);
                end = piece.end();
            }
            assertTrue(end <= text.length(), text::toString);
        }
    }
}
