package dev.meso.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.io.IOAccess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a fitted model {@code w} is good for afterwards: {@code simulate}, {@code save} and {@code load}. One fit serves all. */
class FittedModelsTest {
    private static final String FIT =
            """
            let t = tissue(neurons: 24, side: 1, frames: 100, kinds: 1, snr: 3, seed: 1)
            module Column {
              layers { dense 4; choose tanh; skip }
              domain sphere(diameter: 40 um, stride: 20 um)
              interface linear(rank: 3)
            }
            loss Explain { term predict = mean((next - predicted)^2) }
            model Worm {
              structure t.graph
              activity t.activity
              basis 1..2 of Column
              assign scatter_gather(radius: 10 um)
              loss Explain
            }
            let w = fit(Worm, epochs: 1, start: "components", horizon: 2, seed: 1)
            """;

    @TempDir
    static Path folder;

    private static Programs meso;

    @BeforeAll
    static void fit() {
        meso = new Programs(
                Context.newBuilder("meso").allowIO(IOAccess.ALL).currentWorkingDirectory(folder.toAbsolutePath()));
        meso.eval(FIT);
    }

    @AfterAll
    static void close() {
        meso.close();
    }

    private static String printed(String code) {
        meso.printed();
        meso.eval(code);
        return meso.printed();
    }

    @Test
    void aSimulationIsARecordingThatGoesOn() {
        assertEquals(
                "recording [9.1, 9.2, 9.3] s 24\n",
                printed("let a = simulate(w, from: t.activity[90], steps: 3)\n"
                        + "print(type(a), a.time, len(a.neurons))"));
        // Two steps, then one from the last row, are three.
        assertEquals(
                "true\n",
                printed("let b = simulate(w, from: simulate(w, from: t.activity[90], steps: 2)[-1], steps: 1)\n"
                        + "print(abs(b[0].n5 - simulate(w, from: t.activity[90], steps: 3)[2].n5) < 1e-9)"));
        assertEquals(
                "true true\n",
                printed(
                        "let c = simulate(w, from: [t.activity[90], t.activity[91]], steps: 2)\n"
                                + "print(len(c) == 2, abs(c[1][1].n7 - simulate(w, from: t.activity[91], steps: 2)[1].n7) < 1e-9)"));
    }

    @Test
    void neuronsAreDrivenSilencedAndGivenInput() {
        assertEquals(
                "[0.0, 2.0, 4.0] [7.0, 7.0, 7.0] true true\n",
                printed("let free = simulate(w, from: t.activity[90], steps: 3)\n"
                        + "let held = simulate(w, from: t.activity[90], steps: 3, input: [[\"n1\", 0.5]], silenced: \"n2\","
                        + " driven: {n3: k => 2 * k, n4: 7})\n"
                        + "let m = held.table.n2\n"
                        + "print(held.table.n3, held.table.n4, m[0] == m[2], held[0].n1 != free[0].n1)"));
    }

    /** A model with an observer goes on from what it made of all frames before, of its own frames as they are. */
    @Test
    void theObserverSeesTheFramesBefore() {
        assertEquals(
                "true false true\n",
                printed(
                                """
                        model Watched {
                          structure t.graph
                          activity t.activity
                          basis 1 of Column
                          assign scatter_gather(radius: 10 um)
                          observer gain(0.5, drift: 0.1)
                          loss Explain
                        }
                        let o = fit(Watched, epochs: 1, start: "components", horizon: 2, seed: 1)
                        let r = t.activity[50]
                        let alone = {n1: r.n1, n2: r.n2, n3: r.n3}
                        let two = simulate(o, from: r, steps: 2)
                        print(len(two) == 2, two[0].n1 == simulate(o, from: alone, steps: 1)[0].n1,
                          abs(simulate(o, from: two[0], steps: 1)[0].n5 - two[1].n5) < 1e-9)
                        """)
                        .lines()
                        .filter(l -> !l.startsWith("warning"))
                        .map(l -> l + "\n")
                        .reduce("", String::concat));
    }

    @Test
    void whatAStateLacksIsSaid() {
        String said = printed("let s = simulate(w, from: {n1: 1, n2: none}, steps: 1)\nprint(s.time)");
        assertEquals(
                "warning: 23 of 24 values of the state are missing and taken at the mean of the training part\n[0.1] s\n",
                said);
    }

    @Test
    void activityThatLeavesWhatTheModelKnowsIsSaid() {
        String said = printed("let far = simulate(w, from: {n1: 1e6}, steps: 1)");
        assertTrue(said.contains("in 1 of 1 simulations") && said.contains("standard deviations"), said);
    }

    @Test
    void mistakesAreExplained() {
        mistake("simulate(w, from: {n1: 1}, steps: 0)", "1 or more, not 0");
        mistake("simulate(w, from: {n1: 1}, steps: 80000000, input: {n1: 1})", "GB");
        mistake("simulate(w, steps: 3)", "needs the argument 'from'");
        mistake("simulate(w, from: {n1: 1})", "needs the argument 'steps'");
        mistake("simulate(Worm, from: {n1: 1}, steps: 3)", "declared but not fitted");
        mistake("simulate(w, from: {m1: 1}, steps: 3)", "did you mean 'n1'");
        mistake("simulate(w, from: {n1: \"a\"}, steps: 3)", "not a number");
        mistake("simulate(w, from: 3, steps: 3)", "a row of a recording");
        mistake("simulate(w, from: [], steps: 3)", "empty list");
        mistake("simulate(w, from: t.graph.neurons[0], steps: 3)", "no column of the row");
        mistake("simulate(w, from: {n1: 1}, steps: 3, driven: {n1: [1, 2]})", "2 values for 3 steps");
        mistake("simulate(w, from: {n1: 1}, steps: 3, driven: {n1: 1}, silenced: [\"n1\"])", "two conditions");
        mistake("simulate(w, from: {n1: 1}, steps: 3, silenced: [\"n99\"])", "no neuron of the fitted model");
        mistake("simulate(w, from: {n1: 1}, steps: 3, input: {n1: k => \"a\"})", "in step 0");
        mistake("simulate(w, from: {n1: 1}, steps: 3, input: [[\"n1\"]])", "by neuron, such as");
        mistake("simulate(w, from: {n1: 1}, steps: 3, duration: 1)", "has no argument 'duration'");
    }

    private static void mistake(String code, String part) {
        String message = meso.mistake(code);
        assertTrue(message.contains(part), message);
    }

    @Test
    void aModelComesBackFromItsFile() throws IOException {
        printed("save(w, \"w.fit\")\nlet again = load(\"w.fit\", of: t.graph)");
        assertEquals(
                "true true true true true true\n",
                printed("print(again == w, again.summary == w.summary, again.domains == w.domains,"
                        + " again.choices == w.choices, again.partition.modules == w.partition.modules,"
                        + " again.modules == w.modules)"));
        // The same bits.
        assertEquals(
                "true\n",
                printed("print(simulate(again, from: t.activity[90], steps: 4).table =="
                        + " simulate(w, from: t.activity[90], steps: 4).table)"));
        String how = printed("print(provenance(load(\"w.fit\")))");
        assertTrue(how.contains("fit Worm") && how.contains("sha256") && how.contains("tissue"), how);
        assertEquals("24\n", printed("print(len(simulate(load(\"w.fit\"), from: t.activity[90], steps: 1).neurons))"));
        Files.write(
                folder.resolve("cut.fit"), java.util.Arrays.copyOf(Files.readAllBytes(folder.resolve("w.fit")), 900));
        mistake("load(\"cut.fit\")", "truncated");
        mistake("load(\"none.fit\")", "no file");
        mistake("load(\"w.fit\", of: connectome(neurons: 2, synapses: [[0, 1]]))", "none of the 24 neurons");
        mistake("save(w, \"w.csv\")", "a fitted model as a .fit file");
        mistake("save(t.graph, \"g.fit\")", "a fitted model");
    }

    @Test
    void fitsAndSimulationsHavePictures() throws IOException {
        printed("plot(w, \"w.svg\")\nplot(simulate(w, from: t.activity[90], steps: 4), \"s.svg\")\n"
                + "report(\"w.html\", [w])\nsave(w, \"errors.png\")");
        String svg = Files.readString(folder.resolve("w.svg"));
        assertTrue(
                svg.contains("held-out error beside the baselines")
                        && svg.contains("24 neurons, joined")
                        && svg.contains("dense 4 tanh"),
                svg);
        assertTrue(Files.readString(folder.resolve("s.svg")).contains("24 neurons, 4 moments"));
        String page = Files.readString(folder.resolve("w.html"));
        assertTrue(page.contains("<svg") && page.contains("fit Worm"), page);
        mistake("plot(w, view: \"cube\")", "errors, history, space and networks");
    }
}
