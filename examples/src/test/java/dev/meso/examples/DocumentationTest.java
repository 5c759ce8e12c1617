package dev.meso.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.graalvm.polyglot.PolyglotException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every program of the documentation runs. A block that opens with {@code ```meso} must run, one with {@code ```meso fails}
 * must end with an error that Meso explains.
 */
class DocumentationTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```meso( fails)?\\n(.*?)^```$");

    @TestFactory
    List<DynamicTest> programsRun() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> docs = Files.list(Scripts.ROOT.resolve("docs"))) {
            for (Path page : Stream.concat(docs, Stream.of(Scripts.ROOT.resolve("README.md")))
                    .filter(f -> f.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                String text = Files.readString(page);
                Matcher block = BLOCK.matcher(text);
                while (block.find()) {
                    long line = text.substring(0, block.start()).lines().count() + 1;
                    String name = page.getFileName() + ":" + line;
                    String code = block.group(2);
                    boolean fails = block.group(1) != null;
                    tests.add(DynamicTest.dynamicTest(name, () -> check(name, code, fails)));
                }
            }
        }
        assertTrue(tests.size() > 20, "only " + tests.size() + " programs found in the documentation");
        return tests;
    }

    private static void check(String name, String code, boolean fails) throws IOException {
        if (!fails) {
            assertEquals(List.of(), Scripts.run(name, code).reports());
            return;
        }
        PolyglotException error = assertThrows(PolyglotException.class, () -> Scripts.run(name, code));
        assertTrue(error.isGuestException() && !error.isInternalError(), () -> "not explained: " + error);
    }
}
