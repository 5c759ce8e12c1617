package dev.meso.language.check;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.language.diagnostic.Diagnostic;
import dev.meso.language.diagnostic.Renderer;
import dev.meso.language.parse.ParseResult;
import dev.meso.language.parse.Repository;
import dev.meso.language.parse.SourceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Programs with words exchanged, doubled or left out: each gives code or diagnostics, never an exception. {@code
 * -Dmeso.mutants=100000} tries more.
 */
class CheckerMutantsTest {
    private static final long SEED = 20240611;
    private static final int MUTANTS = Integer.getInteger("meso.mutants", 20_000);

    @Test
    void mutantsAreCheckedOrExplained() throws IOException {
        List<String[]> programs = new ArrayList<>();
        List<String> words = new ArrayList<>();
        List<Path> files = new ArrayList<>(Repository.mesoFiles());
        try (var golden = Files.list(Repository.root().resolve("language/src/test/resources/errors"))) {
            golden.filter(p -> p.toString().endsWith(".meso")).sorted().forEach(files::add);
        }
        for (Path file : files) {
            for (String statement : Files.readString(file).split("\n(?=\\S)")) {
                String[] parts = statement.split("(?<=\\W)|(?=\\W)");
                programs.add(parts);
                words.addAll(List.of(parts));
            }
        }
        SplittableRandom random = new SplittableRandom(SEED);
        int parsed = 0;
        for (int i = 0; i < MUTANTS; i++) {
            String text = mutant(programs.get(random.nextInt(programs.size())), words, random);
            ParseResult program = SourceReader.read(text);
            if (!program.ok()) {
                continue;
            }
            parsed++;
            try {
                CheckResult result = TestEnvironment.check(text);
                boolean explained = result.diagnostics().stream().anyMatch(Diagnostic::isError);
                assertTrue(result.ok() != explained, text);
                result.diagnostics().forEach(d -> assertTrue(Renderer.render(d).startsWith("test.meso:")));
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + SEED + ", mutant " + i + ":\n" + text, e);
            }
        }
        assertTrue(parsed > MUTANTS / 20, "only " + parsed + " mutants were programs");
    }

    private static String mutant(String[] parts, List<String> words, SplittableRandom random) {
        List<String> copy = new ArrayList<>(List.of(parts));
        for (int k = random.nextInt(1, 4); k > 0 && !copy.isEmpty(); k--) {
            int at = random.nextInt(copy.size());
            switch (random.nextInt(4)) {
                case 0 -> copy.remove(at);
                case 1 -> copy.set(at, words.get(random.nextInt(words.size())));
                case 2 -> copy.add(at, copy.get(random.nextInt(copy.size())));
                default -> copy.add(at, words.get(random.nextInt(words.size())));
            }
        }
        return String.join("", copy);
    }
}
