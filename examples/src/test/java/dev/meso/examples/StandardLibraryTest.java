package dev.meso.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The part of the standard library that is written in Meso is tested in Meso. */
class StandardLibraryTest {
    @Test
    void statistics() throws IOException {
        try (var script = StandardLibraryTest.class.getResourceAsStream("/statistics.meso")) {
            String code = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            Scripts.Outcome outcome = Scripts.run("statistics.meso", code);
            assertTrue(outcome.printed().contains("all statistics of the standard library hold"), outcome.printed());
        }
    }
}
