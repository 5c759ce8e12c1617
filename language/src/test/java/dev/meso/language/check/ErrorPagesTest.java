package dev.meso.language.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.language.diagnostic.Diagnostic;
import dev.meso.language.diagnostic.Renderer;
import dev.meso.language.parse.Repository;
import dev.meso.runtime.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each error code has a page whose first program gives it, with the message shown, and whose second program gives
 * nothing. Mistakes that show only when a program runs are looked at where programs run.
 */
class ErrorPagesTest {
    /** A page in parts; the programs are empty where the page has none. */
    record Page(ErrorCode code, Path path, String text, String wrong, String message, String repaired) {
        static Page of(ErrorCode code) throws IOException {
            Path path = Repository.root().resolve("docs/errors/" + code.number() + ".md");
            String text = Files.readString(path);
            return new Page(
                    code,
                    path,
                    text,
                    block(text, "```meso\n", 0),
                    block(text, "```text\n", 0),
                    block(text, "```meso\n", 1));
        }

        /** The text of the block number {@code index} that opens so, or empty. */
        private static String block(String text, String opening, int index) {
            int at = -opening.length();
            for (int i = 0; i <= index; i++) {
                at = text.indexOf(opening, at + opening.length());
                if (at < 0) {
                    return "";
                }
            }
            int start = at + opening.length();
            return text.substring(start, text.indexOf("```", start));
        }
    }

    @TestFactory
    Stream<DynamicTest> pages() {
        return Arrays.stream(ErrorCode.values())
                .map(code -> DynamicTest.dynamicTest(code.number() + " " + code.title(), () -> verify(Page.of(code))));
    }

    private static void verify(Page page) throws IOException {
        assertTrue(
                page.text()
                        .startsWith(
                                "# " + page.code().number() + ": " + page.code().title() + "\n"),
                page.text());
        Assumptions.assumeFalse(page.wrong().isEmpty(), "the page shows no program");
        List<Diagnostic> found = TestEnvironment.diagnose(page.wrong());
        boolean onlyWhenRun = found.isEmpty();
        if (!onlyWhenRun) {
            assertEquals(page.code(), found.get(0).code(), found.toString());
            String message = Renderer.render(found.get(0)) + "\n";
            if (Boolean.getBoolean("meso.accept")) {
                String accepted =
                        page.text().replace("```text\n" + page.message() + "```", "```text\n" + message + "```");
                Files.writeString(page.path(), accepted);
            } else {
                assertEquals(page.message(), message, "run with -Dmeso.accept=true to accept");
            }
        }
        assertEquals(List.of(), TestEnvironment.diagnose(page.repaired()), "the repaired program is still wrong");
        Assumptions.assumeFalse(onlyWhenRun, "found only when the program runs");
    }
}
