package dev.meso.language.check;

import dev.meso.language.diagnostic.Diagnostic;
import dev.meso.language.diagnostic.Renderer;
import dev.meso.language.diagnostic.SourceText;
import dev.meso.language.typed.ModuleScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every mistake the checker knows, as the user sees it. */
class DiagnosticsTest {
    private static final Map<String, String> FILES = Map.of(
            "loops.meso", "motif two { a -> b; b -> a }\nfn twice(x) = 2 * x\n",
            "other.meso", "import \"loops.meso\"\nlet two = 2\n");

    @TestFactory
    Stream<DynamicTest> messages() {
        return GoldenFiles.in("errors", (Path program) -> told(program));
    }

    private static String told(Path program) {
        try {
            SourceText source = new SourceText(program.getFileName().toString(), Files.readString(program));
            CheckResult result = Checker.check(source, new ModuleScope("test"), TestEnvironment.with(FILES));
            StringBuilder text = new StringBuilder();
            for (Diagnostic diagnostic : result.diagnostics()) {
                text.append(Renderer.render(diagnostic)).append("\n\n");
            }
            return text.isEmpty() ? "no mistakes" : text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
