package dev.meso.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Completion over names that are plain proxies: what it offers depends on members only. */
class CompletionsTest {
    private static Context context;
    private static Value names;

    @BeforeAll
    static void open() {
        context = Context.create();
        ProxyObject neurons = ProxyObject.fromMap(Map.of("soma_x", 1, "type", 2));
        ProxyObject synapses = ProxyObject.fromMap(Map.of("weight", 1));
        ProxyObject graph = ProxyObject.fromMap(Map.of("neurons", neurons, "synapses", synapses));
        names = context.asValue(ProxyObject.fromMap(Map.of("worm", graph, "soma", neurons)));
    }

    @AfterAll
    static void close() {
        context.close();
    }

    /** The texts offered at the end of what is typed. */
    private static List<String> at(String typed, Path... data) {
        return new Completions(names, List.of(data))
                .at(typed, typed.length()).stream()
                        .map(Completions.Suggestion::text)
                        .sorted()
                        .toList();
    }

    @Test
    void namesOfTheSession() {
        assertTrue(at("let x = wo").contains("worm"));
        assertEquals(List.of("while"), at("whi"));
        assertFalse(at("so").contains("worm"));
    }

    @Test
    void membersBehindADot() {
        assertEquals(List.of("neurons", "synapses"), at("worm."));
        assertEquals(List.of("soma_x"), at("print(worm.neurons.so"));
        assertEquals(List.of(), at("nothing.so"));
        assertEquals(
                List.of(), at("1..w").stream().filter(s -> s.equals("soma_x")).toList());
    }

    @Test
    void columnsInIndexesAndInPredicates() {
        assertEquals(List.of("soma_x", "type"), at("soma[\""));
        assertEquals(List.of("type"), at("worm.neurons[\"ty"));
        assertEquals(List.of("soma_x"), at("worm.where(n => n.so"));
        assertEquals(List.of("weight"), at("worm.connections(c => c."));
        assertEquals(List.of("type"), at("soma.where(r => r.t"));
    }

    @Test
    void filesOfAllFolders(@TempDir Path data) throws IOException {
        Files.createDirectories(data.resolve("zz_tables"));
        Files.writeString(data.resolve("zz_tables/cells.csv"), "id\n");
        Files.writeString(data.resolve("zz_tales.txt"), "");
        assertEquals(List.of("zz_tables/", "zz_tales.txt"), at("table(\"zz_ta", data));
        assertEquals(List.of("zz_tables/cells.csv"), at("let t = table(\"zz_tables/c", data));
        assertEquals(List.of(), at("table(\"no/such/folder/", data));
    }

    @Test
    void argumentsOfABuiltIn() {
        for (Builtin builtin : Builtins.all()) {
            for (Builtin.Parameter p : builtin.parameters()) {
                if (!p.rest()) {
                    assertTrue(at(builtin.name() + "(").contains(p.name() + ":"), builtin.signature());
                }
            }
        }
    }

    @Test
    void realValuesBringTheirDescriptions() {
        try (Context meso = Context.create("meso")) {
            meso.eval("meso", "let g = connectome(neurons: 3, synapses: [[0, 1], [1, 2]])");
            Completions completions = new Completions(meso.getBindings("meso"), List.of());
            assertTrue(completions.at("g.", 2).stream().allMatch(s -> !s.about().isEmpty()));
            assertTrue(completions.at("g.wh", 4).stream().anyMatch(s -> s.text().equals("where(")));
            assertEquals(
                    "std.nulls",
                    completions.at("dCF", 3).stream()
                            .filter(s -> s.text().equals("dCFG"))
                            .findFirst()
                            .orElseThrow()
                            .about());
            assertTrue(completions.at("compare(g, triads, ag", 21).stream()
                    .anyMatch(s -> s.text().equals("against:") && !s.about().isEmpty()));
            assertTrue(completions.at("g.neurons.where(r => r.", 23).stream()
                    .anyMatch(s -> s.text().equals("id")));
        }
    }

    @Test
    void nothingFailsOnUnfinishedText() {
        String typed = "let f = (a, [b, {c: \"d {e(1..] }).worm.neurons[\"x\"].y // \" \\";
        for (int cursor = 0; cursor <= typed.length(); cursor++) {
            new Completions(names, List.of()).at(typed, cursor);
        }
    }
}
