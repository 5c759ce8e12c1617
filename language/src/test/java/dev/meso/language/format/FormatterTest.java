package dev.meso.language.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meso.language.parse.Repository;
import dev.meso.language.parse.SourceReader;
import dev.meso.language.parse.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FormatterTest {
    /** Parse, format, parse is the identity; formatting again changes nothing; every comment survives. */
    static void roundTrip(String text) {
        String formatted = Formatter.format(text);
        assertEquals(Trees.withoutSpans(text), Trees.withoutSpans(formatted), formatted);
        assertEquals(formatted, Formatter.format(formatted));
        assertEquals(comments(text), comments(formatted));
    }

    private static List<String> comments(String text) {
        return SourceReader.tree(text).tokens().stream()
                .filter(t -> t.getText().startsWith("//") || t.getText().startsWith("/*"))
                .map(t -> t.getText().stripTrailing())
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> samplesStdlibAndExamplesMakeTheRoundTrip() throws IOException {
        List<Path> files = new ArrayList<>(Repository.mesoFiles());
        try (Stream<Path> samples = Files.list(Repository.root().resolve("grammar/samples"))) {
            samples.filter(f -> !f.toString().endsWith("Slip.meso")).sorted().forEach(files::add);
        }
        return files.stream()
                .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> roundTrip(Repository.read(f))));
    }

    @Test
    void programsOfTheContractMakeTheRoundTrip() {
        Repository.contractPrograms().forEach(FormatterTest::roundTrip);
    }

    @Test
    void layout() {
        assertFormat(
                """
                let a=1 ;let b = f( x , y:2 ) // one
                let long_name=[ 1,2 ] // two



                if a<b{a= - b ^ 2}
                else   {
                // lonely
                  b+=20um/s
                g
                |>f( )
                   // then
                |> h
                }
                let r={ a : 1,
                 b:[
                  2,
                 3 ] }
                /*x*/ f(x=>{
                  return xs [ 1 ..2 ]
                }, y)
                """,
                """
                let a = 1; let b = f(x, y: 2)  // one
                let long_name = [1, 2]         // two

                if a < b { a = -b^2 }
                else {
                    // lonely
                    b += 20um/s
                    g
                        |> f()
                        // then
                        |> h
                }
                let r = {a: 1,
                    b: [
                        2,
                        3]}
                /*x*/ f(x => {
                    return xs[1..2]
                }, y)
                """
                        .replace("20um/s", "20 um/s"));
    }

    private static void assertFormat(String text, String expected) {
        // An index on its own, here for the layout, needs the bracket beside its list.
        assertEquals(expected, Formatter.format(text.replace("xs [", "xs[")));
        roundTrip(text.replace("xs [", "xs["));
    }

    @Test
    void emptyAndCommentsOnly() {
        assertEquals("", Formatter.format(""));
        assertEquals("", Formatter.format("\n\n"));
        assertEquals("// a\n\n// b\n", Formatter.format("\n// a  \n\n\n// b"));
        assertEquals("f(  // a\n    1\n    // b\n)\n", Formatter.format("f( // a\n1\n// b\n)"));
    }

    @Test
    void semicolonsStayOnlyBetweenItemsOfOneLine() {
        assertEquals("a; b\nc\nd\n", Formatter.format("a;;b;\nc\n;d;"));
        assertEquals("motif m { a -> b; b -> c }\n", Formatter.format("motif m { ; a->b ; b->c; }"));
        assertEquals("a /* x */; b // y\nc\n".replace(" // y", "  // y"), Formatter.format("a /* x */ ; b; // y\nc"));
    }

    @Test
    void aStraySemicolonLeavesTheDocComment() {
        roundTrip("/// a\n;/// b\n;\nlet x = 1; /// c\nlet y = 2");
    }

    @Test
    void lineEndsOfWindows() {
        assertEquals("let a = 1\nlet b = 2\n", Formatter.format("let a=1\r\nlet b=2\r\n"));
    }

    @Test
    void refusesWhatIsNoProgram() {
        assertThrows(IllegalArgumentException.class, () -> Formatter.format("let = 3"));
    }
}
