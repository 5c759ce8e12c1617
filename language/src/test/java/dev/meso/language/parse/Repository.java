package dev.meso.language.parse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Where the tests find the sources of the repository. */
public final class Repository {
    private Repository() {}

    public static Path root() {
        return Path.of(System.getProperty("meso.root", "..")).toAbsolutePath().normalize();
    }

    /** All {@code .meso} files of the standard library, the examples and the documentation, in a fixed order. */
    public static List<Path> mesoFiles() {
        List<Path> found = new ArrayList<>();
        for (String folder : List.of("stdlib", "examples", "docs")) {
            Path start = root().resolve(folder);
            if (!Files.isDirectory(start)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(start)) {
                files.filter(f ->
                                f.toString().endsWith(".meso") && !f.toString().contains("target"))
                        .sorted()
                        .forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    /** The code blocks of the language's contract; aborts the test where it is not beside the repository. */
    public static List<String> contractPrograms() {
        String folder = System.getenv("MESO_SHARED");
        Path shared = folder == null ? root().resolve("../shared") : Path.of(folder);
        Path contract = shared.resolve("design/language.md");
        Assumptions.assumeTrue(Files.isRegularFile(contract), "needs ../shared/design/language.md");
        List<String> blocks = new ArrayList<>();
        StringBuilder block = null;
        for (String line : read(contract).split("\n")) {
            if (line.startsWith("```")) {
                if (block != null) {
                    blocks.add(block.toString());
                }
                block = block == null ? new StringBuilder() : null;
            } else if (block != null) {
                block.append(line).append('\n');
            }
        }
        return blocks;
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
