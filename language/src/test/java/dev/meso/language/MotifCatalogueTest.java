package dev.meso.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meso.runtime.motif.Census;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.Test;

/** The motif catalogue of the standard library against the census and against motifs counted in another way. */
class MotifCatalogueTest {
    private static String randomGraph(Random random) {
        int n = 4 + random.nextInt(9);
        double density = random.nextDouble();
        List<String> edges = new ArrayList<>(List.of("[0, 1]"));
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                if (a != b && random.nextDouble() < density) {
                    edges.add("[" + a + ", " + b + "]");
                }
            }
        }
        return "connectome(neurons: " + n + ", synapses: [" + String.join(", ", edges) + "])";
    }

    @Test
    void inducedMotifsAreTheCensus() {
        Random random = new Random(41);
        for (int trial = 0; trial < 20; trial++) {
            try (Programs program = new Programs()) {
                String graph = randomGraph(random);
                program.eval("let g = " + graph);
                Value dyads = program.eval("dyads(g)[\"count\"]");
                Value triads = program.eval("triads(g)[\"count\"]");
                for (int d = 0; d < 3; d++) {
                    assertEquals(dyads.getArrayElement(d).asLong(), found(program, Census.DYADS.get(d)), graph);
                }
                for (int t = 0; t < 16; t++) {
                    assertEquals(triads.getArrayElement(t).asLong(), found(program, Census.TRIADS.get(t)), graph);
                }
            }
        }
    }

    /** The matches searched one by one: a count alone would be read off the census. */
    private static long found(Programs program, String code) {
        return program.eval("find(g, man_" + code + ")").getArraySize();
    }

    @Test
    void cliquesAndSimplicesOfACompleteGraph() {
        try (Programs program = new Programs()) {
            List<String> edges = new ArrayList<>();
            for (int e = 0; e < 36; e++) {
                if (e / 6 != e % 6) {
                    edges.add("[" + e / 6 + ", " + e % 6 + "]");
                }
            }
            program.eval("let g = connectome(neurons: 6, synapses: [" + String.join(", ", edges) + "])");
            assertEquals(20, program.eval("count(g, clique3)").asLong());
            assertEquals(15, program.eval("count(g, clique4)").asLong());
            assertEquals(6, program.eval("count(g, clique5)").asLong());
            assertEquals(120, program.eval("count(g, simplex3)").asLong());
            assertEquals(360, program.eval("count(g, simplex4)").asLong());
            assertEquals(720, program.eval("count(g, simplex5)").asLong());
            assertEquals(40, program.eval("count(g, cycle3)").asLong());
            assertEquals(90, program.eval("count(g, cycle4)").asLong());
            assertEquals(90, program.eval("count(g, bifan)").asLong());
            assertEquals(180, program.eval("count(g, diamond)").asLong());
        }
    }

    @Test
    void motifsAreExecutable() {
        try (Programs program = new Programs()) {
            Value graph = program.eval("connectome(neurons: 3, synapses: [[0, 1], [1, 2], [2, 0]])");
            Value motif = program.eval("cycle3");
            assertEquals(1, motif.execute(graph).asLong());
            assertEquals("cycle3", motif.getMember("name").asString());
            assertEquals(6, program.eval("reachable").execute(2).execute(graph).asLong());
        }
    }
}
