package dev.meso.language.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Pairs {@code NAME.meso} and {@code NAME.expected} in a folder of {@code src/test/resources}: what a function makes of
 * the first must be the second. {@code -Dmeso.accept=true} rewrites the expected files; read their diff like code.
 */
public final class GoldenFiles {
    private GoldenFiles() {}

    /**
     * One test for each pair.
     *
     * @param folder below {@code src/test/resources} of this module
     * @param run from the path of a program to the text it gives; called once for each
     */
    public static Stream<DynamicTest> in(String folder, UnaryOperator<String> run) {
        return in(folder, (Path path) -> run.apply(read(path)));
    }

    /** What a program is run by. */
    @FunctionalInterface
    public interface Runner {
        String run(Path program);
    }

    public static Stream<DynamicTest> in(String folder, Runner runner) {
        Path root = Path.of(System.getProperty("meso.root"), "language", "src", "test", "resources", folder);
        List<Path> programs = new ArrayList<>();
        try (Stream<Path> found = Files.list(root)) {
            found.filter(p -> p.toString().endsWith(".meso")).sorted().forEach(programs::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (programs.isEmpty()) {
            throw new IllegalStateException("no programs in " + root);
        }
        return programs.stream()
                .map(program ->
                        DynamicTest.dynamicTest(program.getFileName().toString(), () -> verify(program, runner)));
    }

    private static void verify(Path program, Runner runner) throws IOException {
        String name = program.getFileName().toString().replaceFirst("[.]meso$", ".expected");
        Path expected = program.resolveSibling(name);
        String actual = runner.run(program).stripTrailing() + "\n";
        if (Boolean.getBoolean("meso.accept")) {
            Files.writeString(expected, actual);
        }
        assertEquals(Files.exists(expected) ? read(expected) : "", actual, "run with -Dmeso.accept=true to accept");
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
