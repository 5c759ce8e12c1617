package dev.meso.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.examples.Scripts.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every script of the folder runs, and what it expects holds. */
class ExamplesTest {
    /** The least number of expectations that a script must have checked: one that checks none would pass for nothing. */
    private static long leastExpectations(String script) {
        return switch (script) {
            case "worm.meso" -> 20;
            case "cortex.meso" -> 40;
            case "zebrafish.meso" -> 45;
            case "development.meso" -> 16;
            case "transmission.meso" -> 4;
            case "planted.meso" -> 5;
            case "one_function.meso" -> 4;
            case "worm_activity.meso" -> 6;
            case "worm_ablations.meso" -> 2;
            default -> 0;
        };
    }

    /** The folder of {@code ../shared/data} that a script reads; none where its data ship with the project. */
    private static String dataOf(String script) {
        return switch (script) {
            case "cortex.meso" -> "microns-pyc";
            case "zebrafish.meso" -> "zebrafish-hindbrain";
            case "development.meso" -> "celegans";
            case "transmission.meso", "worm_ablations.meso" -> "celegans-activity";
            default -> "";
        };
    }

    /** Fewer samples or neurons than a reader would take, where a script lets them be said. */
    private static String[] argumentsOf(String script) {
        return switch (script) {
            case "zebrafish.meso" -> new String[] {"60"};
            case "development.meso" -> new String[] {"20"};
            case "transmission.meso" -> new String[] {"5"};
            case "worm_ablations.meso" -> new String[] {"1", "2022-07-27-38"};
            case "fly_brain.meso" -> new String[] {"3000"};
            default -> new String[0];
        };
    }

    @TestFactory
    List<DynamicTest> scriptsRun() throws IOException {
        try (Stream<Path> files = Files.list(Scripts.EXAMPLES)) {
            return files.filter(f -> f.toString().endsWith(".meso"))
                    .sorted()
                    .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> check(f)))
                    .toList();
        }
    }

    private static void check(Path script) throws IOException {
        String name = script.getFileName().toString();
        List<Path> data = List.of();
        if (!dataOf(name).isEmpty()) {
            String shared = System.getenv("MESO_SHARED");
            Path folder = (shared == null ? Scripts.ROOT.resolve("../shared") : Path.of(shared))
                    .resolve("data/" + dataOf(name))
                    .normalize();
            if (!Files.isDirectory(folder)) {
                Assumptions.abort("needs ../shared/data/" + dataOf(name));
            }
            data = List.of(folder);
        }
        Outcome outcome = Scripts.run(script, data, argumentsOf(name));
        assertEquals(List.of(), outcome.reports(), outcome.printed());
        assertTrue(
                outcome.held() >= leastExpectations(name),
                () -> name + " checked only " + outcome.held() + " expectations");
        assertTrue(!outcome.printed().isBlank(), name + " printed nothing");
    }
}
