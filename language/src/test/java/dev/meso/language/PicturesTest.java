package dev.meso.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.io.IOAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plot}, {@code save} of pictures and {@code report}. */
class PicturesTest {
    private static final String GRAPH =
            "let g = connectome(neurons: 6, synapses: [[0, 1], [1, 2], [2, 0], [2, 3], [3, 4], [4, 5], [1, 0]])\n"
                    + "let c = compare(g, dyads, against: [ER, CFG], samples: 99, seed: 1)\n";

    @TempDir
    Path folder;

    private Programs programs() {
        return new Programs(
                Context.newBuilder("meso").allowIO(IOAccess.ALL).currentWorkingDirectory(folder.toAbsolutePath()));
    }

    @Test
    void picturesThatNobodyKeepsAreWritten() throws IOException {
        try (Programs meso = programs()) {
            meso.eval(GRAPH + "plot(c)\nlet kept = plot(triads(g))\nfor i in 0..1 { plot(g.in_degrees) }\n"
                    + "let quiet = plot(g, \"g.svg\")\nplot(g, \"h.png\")\nprint(kept)");
            assertEquals(
                    "plot: plots/1-comparison.svg\nplot: plots/2-histogram.svg\nplot: plots/3-histogram.svg\n"
                            + "plot of the counts of 16 motifs\n",
                    meso.printed());
        }
        try (var files = Files.list(folder.resolve("plots"))) {
            assertEquals(3, files.count());
        }
        assertTrue(Files.readString(folder.resolve("g.svg")).startsWith("<svg"));
        assertEquals((byte) 'P', Files.readAllBytes(folder.resolve("h.png"))[1]);
    }

    @Test
    void partitionsAreDrawnOnTheirGraphSavedAndReported() throws IOException {
        try (Programs meso = programs()) {
            meso.eval(GRAPH + "let p = partition(g, [\"b\", \"a\", \"b\", none, \"a\", \"a\"])\n"
                    + "plot(p, \"p.svg\")\nplot(p, view: \"blocks\", file: \"b.svg\")\nsave(p, \"p.csv\")\n"
                    + "report(\"r.html\", [p])");
        }
        assertTrue(Files.readString(folder.resolve("p.svg")).contains("in 2 blocks"));
        assertTrue(Files.readString(folder.resolve("b.svg")).contains("5 neurons in 2 blocks"));
        assertEquals(
                "neuron,block\n0,b\n1,a\n2,b\n3,\n4,a\n5,a\n",
                Files.readString(folder.resolve("p.csv")).replace("\r", ""));
        String page = Files.readString(folder.resolve("r.html"));
        assertTrue(page.contains("partition of 6 neurons into 2 blocks") && page.contains("in 2 blocks</text>"), page);
    }

    /** Violins are still there after rows were chosen. */
    @Test
    void comparisonsKeepTheirSamples() {
        try (Programs meso = programs()) {
            String svg = meso.eval(GRAPH + "plot(c.where(r => r.null == \"CFG\").sort(\"observed\")[0..2]).svg")
                    .asString();
            assertTrue(svg.contains("99 samples of each null model"), svg);
            String loaded =
                    meso.eval("save(c, \"c.csv\")\nplot(table(\"c.csv\")).svg").asString();
            assertTrue(loaded.contains("± 2 sd"), loaded);
        }
    }

    @Test
    void reportHoldsEverything() throws IOException {
        try (Programs meso = programs()) {
            meso.eval(GRAPH
                    + "report(\"out.html\", title: \"Six cells\", [\"# Pairs\", c, plot(g), {n: g.n}, g.neurons, 3])");
            meso.eval("save(c, \"c.html\")");
        }
        String page = Files.readString(folder.resolve("out.html"));
        for (String part :
                List.of("<h1>Six cells</h1>", "<h2>Pairs</h2>", "<svg", "as CSV", "seed 1", "Made with Meso")) {
            assertTrue(page.contains(part), part);
        }
        assertTrue(Files.readString(folder.resolve("c.html")).contains("<svg"));
    }

    @Test
    void whatHasNoPictureSaysWhatHas() {
        try (Programs meso = programs()) {
            for (String code : List.of("plot(3)", "plot(ER)", "save(x => x, \"f.svg\")")) {
                String message = meso.mistake(code);
                assertTrue(message.contains("has no picture") && message.contains("can be plotted"), message);
            }
            String columns = meso.mistake("plot(table({a: [1], b: [2]}))");
            assertTrue(columns.contains("plot(t, x: \"a\", y: \"b\")"), columns);
            assertTrue(meso.mistake("plot([1, 2], \"f.jpg\")").contains(".svg, .png or .html"));
            assertTrue(meso.mistake("report(\"f.txt\", [])").contains(".html"));
            assertTrue(meso.mistake(GRAPH + "plot(g, view: \"cube\")").contains("matrix and space"));
        }
        assertFalse(Files.exists(folder.resolve("f.svg")));
    }

    @Test
    void withoutAccessNothingIsWritten() {
        try (Programs meso = new Programs(Context.newBuilder("meso").allowIO(IOAccess.NONE))) {
            String message = meso.mistake("plot([1, 2, 3])\nprint(1)");
            assertTrue(message.contains("M0405"), message);
        }
    }
}
