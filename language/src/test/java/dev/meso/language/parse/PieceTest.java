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
                "let motif = 20 um     | KEYWORD NAME OPERATOR NUMBER UNIT",
                "motif ffl { a -> b }  | KEYWORD NAME OPERATOR NAME OPERATOR NAME OPERATOR",
                "g.where(n => n.in)    | NAME OPERATOR NAME OPERATOR NAME OPERATOR NAME OPERATOR NAME OPERATOR",
                "f(\"a {x} \\n\") // no | NAME OPERATOR TEXT TEXT OPERATOR NAME OPERATOR TEXT TEXT TEXT OPERATOR COMMENT",
                "1..10 step 2; not x   | NUMBER OPERATOR NUMBER KEYWORD NUMBER SEPARATOR KEYWORD NAME",
            })
    void kinds(String text, String kinds) {
        assertEquals(kinds, Piece.of(text).stream().map(p -> p.kind().name()).collect(Collectors.joining(" ")));
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
