package dev.meso.language.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.language.ast.Declaration;
import dev.meso.language.ast.Expression;
import dev.meso.language.ast.Span;
import dev.meso.language.ast.Statement;
import dev.meso.language.ast.TextPiece;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceReaderTest {
    private static List<Statement> statements(String text) {
        ParseResult result = SourceReader.read(text);
        assertTrue(result.ok(), () -> text + "\n" + result.problems());
        return result.program().statements();
    }

    private static Expression expression(String text) {
        return assertInstanceOf(Statement.Evaluate.class, statements(text).get(0))
                .expression();
    }

    /** Both programs have the same tree. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = "~~",
            value = {
                "-a^b ~~ -(a^b)",
                "a^b^c ~~ a^(b^c)",
                "a^-b^c ~~ a^(-(b^c))",
                "a - b - c ~~ (a - b) - c",
                "a / b * c ~~ (a / b) * c",
                "-a * b ~~ (-a) * b",
                "a + b * c ~~ a + (b * c)",
                "1..n + 1 ~~ 1..(n + 1)",
                "1..n |> f ~~ (1..n) |> f",
                "a + b |> f ~~ (a + b) |> f",
                "0 < a |> f ~~ 0 < (a |> f)",
                "a |> f(1) |> g ~~ (a |> f(1)) |> g",
                "not a == b ~~ not (a == b)",
                "not a and b ~~ (not a) and b",
                "a or b and c ~~ a or (b and c)",
                "x => a or b ~~ x => (a or b)",
                "x => y => x ~~ x => (y => x)",
                "a not in b ~~ (a) not in (b)",
                "-a.b(c)[d] ~~ -(((a.b)(c))[d])",
                "1..10 step 2 * k ~~ (1)..(10) step (2 * k)",
                "20um ~~ 20 um",
                "3 µm/s ~~ 3 um/s",
                "x / ms ~~ (x) / ms",
                "3 m / tau ~~ (3 m) / tau",
                "3 m/tau ~~ (3 m) / tau",
                "if a {1} else if b {2} ~~ if (a) {1} else if (b) {2}",
                "f(x => {}) ~~ f((x => {}))",
            })
    void bindsAs(String text, String bracketed) {
        assertEquals(Trees.withoutSpans(bracketed), Trees.withoutSpans(text));
    }

    @Test
    void bracketsBreakAChainOfComparisons() {
        assertEquals(
                3, ((Expression.Comparison) expression("a < b < c")).operands().size());
        assertEquals(
                2,
                ((Expression.Comparison) expression("(a < b) < c")).operands().size());
    }

    /** How many statements the text has; the bar stands for a line break. */
    @ParameterizedTest
    @CsvSource({
        "a|b, 2",
        "'a;b;', 2",
        "a +|b, 1",
        "a|+ b, 0",
        "a||// c||  |> f|  .b, 1",
        "a|and b|or c, 1",
        "'f(|a,|b|)', 1",
        "'[a,|b,|]', 1",
        "if a { b }|else { c }, 1",
        "if a { b } c, 2",
        "fn f() { a } fn g() { b }, 2",
        "null N { preserve edges } motif m { a -> b } a, 3",
        "let s = if a { b } else { c } let d = e, 2",
        "'let r = {a: 1,|b: 2|c: 3}', 1",
        "f|(a), 2",
        "f|[a], 2",
        "(f|(a)), 0",
        "[f|[0]], 0",
        "'[f,|[0]|,(1) + |(2)]', 1",
        "a // comment|b, 2",
        "a /* | */ b, 0",
        "x.in|b, 2",
        "'fn f(a,|b = 1) =|a', 1",
        "let a =|1, 1",
        "return|b, 2",
        "5 m|m, 2",
        "5|m, 2",
    })
    void newlines(String text, int count) {
        ParseResult result = SourceReader.read(text.replace('|', '\n').replace("\n> ", "|> "));
        assertEquals(count > 0, result.ok(), () -> text + result.problems());
        if (count > 0) {
            assertEquals(count, result.program().statements().size(), text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f(",
                "f(a,",
                "[1",
                "{a: 1",
                "fn f(x) {",
                "motif m {\n a -> b\n",
                "let a =",
                "a +",
                "a |>",
                "let s = \"\"\"\nabc",
                "/* abc",
                "if a { b } else {",
                "a and",
                "f(x => {",
                "\"\"\"{f("
            })
    void unfinishedInputGoesOn(String text) {
        ParseResult result = SourceReader.read(text);
        assertTrue(result.incomplete(), () -> result.problems().toString());
        assertNull(result.program());
    }

    @ParameterizedTest
    @ValueSource(strings = {"f(1 2", "let = 3", "}", "\"abc", "f(]", "a b", "fn f(x", "", "a", "let 3 = {", "[1 2, {"})
    void wrongAndRightInputDoNot(String text) {
        assertEquals(text.equals("fn f(x"), SourceReader.read(text).incomplete());
    }

    @Test
    void spansAreOffsetsOfTheText() {
        Statement.Let let =
                (Statement.Let) statements("\uFEFF/* 🧠 */ let ab = 20 um/s").get(0);
        assertEquals(new Span(10, 26), let.span());
        assertEquals(new Span(14, 16), let.name().span());
        assertEquals(new Span(22, 26), ((Expression.QuantityLiteral) let.value()).unitSpan());
    }

    @Test
    void docComments() {
        String text =
                """
                /// About f.
                ///   Indented.
                fn f(x) = x
                /// Not of g.

                /// Of g.
                //// plain
                fn g(x) = x

                /// Of the motif.
                motif m { a -> b }
                let a = 1 /// not a doc
                let b = 2
                """;
        List<Statement> read = statements(text);
        assertEquals("About f.\n  Indented.", ((Statement.Function) read.get(0)).doc());
        assertNull(((Statement.Function) read.get(1)).doc());
        assertEquals(
                "Of the motif.", ((Statement.Declare) read.get(2)).declaration().doc());
        assertNull(((Statement.Let) read.get(4)).doc());
    }

    @Test
    void textsOverSeveralLinesLoseTheirIndentation() {
        assertEquals("a\n  b\n", text("\"\"\"\n    a\n      b\n    \"\"\""));
        assertEquals("a\n\nb", text("\"\"\"\n    a\n\n    b\"\"\""));
        assertEquals("a\n    b\n", text("\"\"\"a\n      b\n  \"\"\""));
        assertEquals("say \"hi\"\n", text("\"\"\"\r\n  say \"hi\"\r\n  \"\"\""));
        assertEquals("", text("\"\"\"\"\"\""));
        Expression.TextLiteral mixed = (Expression.TextLiteral) expression("\"\"\"\n    {a}\n      b {c}\n    \"\"\"");
        assertEquals("\n  b ", ((TextPiece.Literal) mixed.pieces().get(1)).text());
    }

    private static String text(String literal) {
        Expression.TextLiteral read = (Expression.TextLiteral) expression(literal);
        StringBuilder all = new StringBuilder();
        read.pieces().forEach(p -> all.append(((TextPiece.Literal) p).text()));
        return all.toString();
    }

    @Test
    void interpolationsHoldExpressionsAndFormats() {
        Expression.TextLiteral read = (Expression.TextLiteral) expression("\"{f(\"{x}\", {a: 1}.a):>8.3f}{b}\"");
        assertEquals(2, read.pieces().size());
        assertEquals(">8.3f", ((TextPiece.Interpolation) read.pieces().get(0)).format());
        assertNull(((TextPiece.Interpolation) read.pieces().get(1)).format());
    }

    @Test
    void wordsOfDeclarationsAreFreeAsNames() {
        String words =
                "motif module loss model dynamics as step from of on where within hops induced preserve expected shuffle"
                        + " sample allowed layers optional term state input spike when after refractory";
        for (String word : words.split(" ")) {
            assertEquals(
                    4,
                    statements("let " + word + " = 1\nf(" + word + ")\n" + word + " |> f()\nmotif " + word + " { "
                                    + word + " -> b }")
                            .size());
        }
    }

    @Test
    void reservedWordsStandAfterDotsAndBeforeColons() {
        String words =
                "let var fn if else for in while break continue return import assert expect null true false none and or not";
        for (String word : words.split(" ")) {
            statements("a." + word + " + f(" + word + ": 1) + {" + word + ": 2}." + word);
            assertFalse(SourceReader.read("let " + word + " = 1").ok(), word);
        }
    }

    @Test
    void motifsKeepTheOrderOfTheirLinks() {
        Statement.Declare read =
                (Statement.Declare) statements("motif m { a -> b [w > 1] <- c !> d within k + 1 hops }")
                        .get(0);
        Declaration.Path path = (Declaration.Path)
                ((Declaration.Motif) read.declaration()).clauses().get(0);
        assertEquals(
                List.of("b", "c", "d"),
                path.links().stream().map(l -> l.target().text()).toList());
        assertEquals(Declaration.Arrow.FROM, path.links().get(1).arrow());
        assertTrue(
                path.links().get(0).predicate() != null && path.links().get(1).predicate() == null);
        assertInstanceOf(Expression.Binary.class, path.links().get(2).hops());
    }

    @Test
    void independentMistakesAreReportedTogether() {
        ParseResult result = SourceReader.read("let a = = 1\nlet b = 2\nlet c = 3 3\nx = 'q'");
        assertEquals(3, result.problems().size(), () -> result.problems().toString());
    }
}
