package dev.meso.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.IOAccess;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every {@code scripts/NAME.meso} prints what {@code scripts/NAME.output} says, mistakes included. With
 * {@code -Dmeso.accept=true} the outputs are written anew; read their difference like code.
 */
class ScriptsTest {
    private static final Path SCRIPTS = Path.of("src/test/resources/scripts");

    @TestFactory
    List<DynamicTest> scripts() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.filter(f -> f.toString().endsWith(".meso"))
                    .sorted()
                    .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> check(f)))
                    .toList();
        }
    }

    private static void check(Path script) throws IOException {
        String found = run(script);
        Path golden = Path.of(script.toString().replace(".meso", ".output"));
        if (Boolean.getBoolean("meso.accept")) {
            Files.writeString(golden, found);
            return;
        }
        assertEquals(Files.exists(golden) ? Files.readString(golden) : "", found, script.toString());
    }

    private static String run(Path script) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Context context = Context.newBuilder("meso")
                .allowIO(IOAccess.ALL)
                .out(out)
                .err(out)
                .arguments("meso", new String[] {"one", "two"})
                .option("engine.WarnInterpreterOnly", "false")
                .build()) {
            try {
                context.eval(Source.newBuilder("meso", script.toFile()).build());
            } catch (PolyglotException e) {
                if (e.isInternalError()) {
                    throw e;
                }
                out.writeBytes((e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            String summary = context.getBindings("meso")
                    .getMember("meso:expectations")
                    .getMember("summary")
                    .asString();
            if (!summary.isEmpty()) {
                out.writeBytes((summary + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
