package dev.meso.language.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.language.ast.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each file {@code syntax/name.meso} is wrong, and {@code name.expected} beside it holds what is said about it. With {@code
 * -Dmeso.accept=true} the second is written anew; read the difference like code.
 */
class SyntaxProblemsTest {
    private static final Path FOLDER = Repository.root().resolve("language/src/test/resources/syntax");

    @TestFactory
    Stream<DynamicTest> eachMistakeIsExplained() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> programs =
                    files.filter(f -> f.toString().endsWith(".meso")).sorted().toList();
            assertTrue(programs.size() > 80, "files: " + programs.size());
            return programs.stream()
                    .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> compare(f)));
        }
    }

    private static void compare(Path program) throws IOException {
        String text = Repository.read(program);
        ParseResult result = SourceReader.read(text);
        assertTrue(!result.ok() && !result.problems().isEmpty(), "should be wrong");
        String said = describe(text, result);
        Path expected = Path.of(program.toString().replace(".meso", ".expected"));
        if (Boolean.getBoolean("meso.accept")) {
            Files.writeString(expected, said);
        }
        assertEquals(Repository.read(expected), said);
    }

    private static String describe(String text, ParseResult result) {
        StringBuilder said = new StringBuilder(result.incomplete() ? "(incomplete)\n" : "");
        for (SyntaxProblem problem : result.problems()) {
            said.append(place(text, problem.span())).append(": ").append(problem.message());
            said.append('\n');
            if (problem.expected() != null) {
                said.append("    expected: ").append(problem.expected()).append('\n');
            }
            if (problem.hint() != null) {
                said.append("    hint: ").append(problem.hint()).append('\n');
            }
            if (problem.related() != null) {
                said.append("    ").append(place(text, problem.related()));
                said.append(": ").append(problem.relatedLabel()).append('\n');
            }
        }
        return said.toString();
    }

    /** Line, column and the source text. */
    private static String place(String text, Span span) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < span.start(); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        String source = text.substring(span.start(), span.end()).replace("\n", "\\n");
        return line + ":" + (span.start() - lineStart + 1) + " [" + source + "]";
    }
}
