package dev.meso.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.language.parse.Repository;
import dev.meso.runtime.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.IOAccess;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each error code has a page. Its first program, when it is run, says exactly what the page shows; its second one says
 * nothing. {@code -Dmeso.accept=true} writes new messages into the pages.
 */
class ErrorPagesTest {
    /** A page in parts; the programs are empty where the page has none. */
    private record Page(ErrorCode code, Path path, String text, String wrong, String message, String repaired) {
        static Page of(ErrorCode code) throws IOException {
            Path path = Repository.root().resolve("docs/errors/" + code.number() + ".md");
            String text = Files.readString(path);
            String wrong = block(text, "```meso\n", 0);
            return new Page(code, path, text, wrong, block(text, "```text\n", 0), block(text, "```meso\n", 1));
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
        Engine engine = Engine.newBuilder()
                .option("engine.WarnInterpreterOnly", "false")
                .build();
        return Arrays.stream(ErrorCode.values())
                .map(code -> DynamicTest.dynamicTest(
                        code.number() + " " + code.title(), () -> verify(engine, Page.of(code))));
    }

    private static void verify(Engine engine, Page page) throws IOException {
        String heading = "# " + page.code().number() + ": " + page.code().title() + "\n";
        assertTrue(page.text().startsWith(heading), page.text());
        Assumptions.assumeFalse(page.wrong().isEmpty(), "the page shows no program");
        String message = said(engine, page.wrong());
        assertTrue(message.contains("[" + page.code().number() + "]"), message);
        if (Boolean.getBoolean("meso.accept")) {
            String shown = "```text\n" + page.message() + "```";
            Files.writeString(page.path(), page.text().replace(shown, "```text\n" + message + "```"));
        } else {
            assertEquals(page.message(), message, "run with -Dmeso.accept=true to accept");
        }
        assertEquals("", said(engine, page.repaired()), "the repaired program is still wrong");
    }

    /** Warnings and the mistake of a program; what it prints is left out. */
    private static String said(Engine engine, String program) throws IOException {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        try (Context context = Context.newBuilder("meso")
                .engine(engine)
                .allowIO(IOAccess.ALL)
                .out(new ByteArrayOutputStream())
                .err(errors)
                .build()) {
            context.eval(Source.newBuilder("meso", program, "program.meso").build());
        } catch (PolyglotException e) {
            if (e.isInternalError()) {
                throw e;
            }
            errors.writeBytes((e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        String folder = Path.of("").toAbsolutePath().toString();
        return errors.toString(StandardCharsets.UTF_8).replace(folder, "/home/ada/worm");
    }
}
