package dev.meso.language.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.meso.language.format.Formatter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the text, it is read or explained, soon. {@code -Dmeso.mutants=100000} tries more. */
class MutantsTest {
    private static final long SEED = 20_240_607;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void mutantsAreReadOrExplained() throws IOException {
        int mutants = Integer.getInteger("meso.mutants", 2_000);
        Mutator mutator = new Mutator(SEED, programs());
        int right = 0;
        for (int i = 0; i < mutants; i++) {
            String mutant = mutator.next();
            if (check(mutant, "mutant " + i + " of seed " + SEED)) {
                right++;
            }
        }
        assertTrue(right > mutants / 100 && right < mutants, right + " of " + mutants + " are programs");
    }

    private static List<String> programs() throws IOException {
        List<Path> files = new ArrayList<>(Repository.mesoFiles());
        for (String folder : List.of("grammar/samples", "language/src/test/resources/syntax")) {
            try (Stream<Path> samples = Files.list(Repository.root().resolve(folder))) {
                samples.filter(f -> f.toString().endsWith(".meso")).sorted().forEach(files::add);
            }
        }
        return files.stream()
                .map(Repository::read)
                .filter(t -> t.length() < 6_000)
                .toList();
    }

    /** Reads and, where it is a program, formats the text; says whether it is one. */
    private static boolean check(String text, String name) {
        boolean ok = false;
        try {
            ParseResult result = SourceReader.read(text);
            ok = result.ok();
            assertEquals(ok, result.problems().isEmpty());
            for (SyntaxProblem problem : result.problems()) {
                assertTrue(problem.span().end() <= text.length(), problem::toString);
                assertFalse(problem.message().isBlank());
            }
            if (ok) {
                String formatted = Formatter.format(text);
                assertEquals(Trees.withoutSpans(text), Trees.withoutSpans(formatted));
                assertEquals(formatted, Formatter.format(formatted));
            }
        } catch (Throwable defect) {
            fail(name + ": " + defect + "\n" + text, defect);
        }
        return ok;
    }

    static Stream<String> pathological() {
        int many = 20_000;
        return Stream.of(
                "(".repeat(many),
                "[".repeat(199) + "]".repeat(199),
                "(".repeat(199) + "a" + ")".repeat(199),
                "f(".repeat(199) + "a" + ")".repeat(199),
                "x[".repeat(199) + "a" + "]".repeat(199),
                "(a = ".repeat(199) + "1" + ")".repeat(199),
                "(a, b) => (".repeat(99) + "1" + ")".repeat(99),
                "{a: ".repeat(199) + "1" + "}".repeat(199),
                "x => {".repeat(199) + "1" + "}".repeat(199),
                "if a { ".repeat(199) + "1" + "}".repeat(199),
                "if a { b } else ".repeat(2_000) + "{ c }",
                "x => ".repeat(many),
                "not ".repeat(many) + "a",
                "-".repeat(many) + "a",
                "a^".repeat(many) + "a",
                "a + ".repeat(many) + "a",
                "a < ".repeat(many) + "a",
                "a |> ".repeat(many) + "a",
                "a" + ".b".repeat(many),
                "f" + "(1)".repeat(many),
                "a and ".repeat(many) + "a",
                "let a = 1\n".repeat(many),
                "let a = = 1\n".repeat(many),
                "\"{".repeat(many),
                "\"\"\"".repeat(many),
                "/*".repeat(many),
                "1m".repeat(many),
                "1 m ".repeat(many),
                "}".repeat(many),
                ";".repeat(many),
                "\n".repeat(many) + "a",
                "{\n".repeat(many),
                "a b ".repeat(many),
                "motif m { " + "a -> b; ".repeat(many) + "}",
                "motif m { " + "a -> b " + "-> b ".repeat(many) + "}",
                "[" + "1, ".repeat(many) + "]",
                "# a\n".repeat(many),
                "\uD800\uDC00\uDC00\uD800",
                "é".repeat(many),
                "1" + "_1".repeat(many),
                "9".repeat(many) + " um" + "/s".repeat(many),
                "1 + 2\uD86A\uDEB70um/s",
                "1_um + 2__ms",
                "(a, b) => a" + " + b".repeat(2_000) + " c",
                "x => a" + " + b".repeat(400) + " c",
                "let y = -a" + ".b".repeat(400) + " c",
                "-a^" + "b^".repeat(400) + " c",
                "1 + not a" + " + b".repeat(400) + " c",
                "a in not b" + " in c".repeat(400) + " c",
                "if a { " + "b + ".repeat(400) + "c",
                "motif m { a -> b; where " + "not a.x == 1 and ".repeat(150) + " }",
                "f(a: ".repeat(199),
                "f(a, x => ".repeat(190) + "1" + ")".repeat(190));
    }

    @ParameterizedTest
    @MethodSource
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void pathological(String text) {
        ParseResult result = SourceReader.read(text);
        assertEquals(result.ok(), result.problems().isEmpty());
    }

    @Test
    void nestingUpToTwoHundredLevelsIsRead() {
        assertTrue(SourceReader.read("(".repeat(200) + "a" + ")".repeat(200)).ok());
        assertTrue(
                SourceReader.read("f([{a: ".repeat(66) + "1" + "}])".repeat(66)).ok());
        assertTrue(
                SourceReader.read("x => {".repeat(199) + "1" + "}".repeat(199)).ok());
        assertFalse(SourceReader.read("(".repeat(201) + "a" + ")".repeat(201)).ok());
    }

    @Test
    void aSmallStackIsEnoughOrExplained() throws InterruptedException {
        List<String> texts = pathological().toList();
        List<Throwable> defects = new ArrayList<>();
        Thread small = new Thread(null, () -> texts.forEach(SourceReader::read), "small stack", 512 * 1024);
        small.setUncaughtExceptionHandler((t, e) -> defects.add(e));
        small.start();
        small.join();
        assertEquals(List.of(), defects);
    }
}
