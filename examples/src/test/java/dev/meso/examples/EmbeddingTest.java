package dev.meso.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.Test;

/** What a Java program can do with Meso, and what a context does not let it do. */
class EmbeddingTest {
    @Test
    void theExampleRuns() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (Context context = Embedding.context()) {
            Embedding.show(context, new PrintStream(printed, true, StandardCharsets.UTF_8));
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("a graph: 5 neurons, 6 connections"), text);
        assertTrue(text.contains("pairs bi: 1"), text);
        assertTrue(text.contains("three-cycles: 1"), text);
        assertTrue(text.contains("squares by JavaScript: 9"), text);
        assertTrue(text.contains("two-way pairs by Java: 1.0"), text);
        assertTrue(text.contains("AVA has 2 cells"), text);
    }

    @Test
    void tablesRecordsGraphsAndFunctionsComeBack() {
        try (Context context = Embedding.context()) {
            Value graph = context.eval("meso", "edges => connectome(neurons: 5, synapses: edges)")
                    .execute(Embedding.EDGES);
            assertEquals(6, graph.getMember("m").asInt());
            assertTrue(graph.getMemberKeys().contains("neurons"));
            Value neurons = graph.getMember("neurons");
            assertTrue(neurons.hasArrayElements());
            assertEquals(5, neurons.getArraySize());
            Value record = context.eval("meso", "{n: 2, ok: true, x: 0.5}");
            assertEquals(2, record.getMember("n").asInt());
            assertTrue(record.getMember("ok").asBoolean());
            assertEquals(0.5, record.getMember("x").asDouble());
            assertTrue(context.eval("meso", "fn f(x) = x + 1\nf").canExecute());
            assertTrue(context.eval("meso", "CFG").isMetaObject()
                    || !context.eval("meso", "CFG").isNull());
            Value list = context.eval("meso", "[1, 2, 3]");
            assertEquals(
                    List.of(1, 2, 3),
                    list.as(List.class).stream()
                            .map(x -> ((Number) x).intValue())
                            .toList());
        }
    }

    @Test
    void oneSourceSeesTheNamesOfAnother() {
        try (Context context = Context.create("meso")) {
            context.eval("meso", "let n = 41");
            assertEquals(42, context.eval("meso", "n + 1").asInt());
            assertEquals(41, context.getBindings("meso").getMember("n").asInt());
        }
    }

    @Test
    void filesAreDeniedWhereTheContextDeniesThem() {
        String read = "table(\""
                + Scripts.EXAMPLES.resolve("data/worm/neurons.csv").toString().replace("\\", "/") + "\")";
        try (Context context = Context.create("meso")) {
            PolyglotException error = assertThrows(PolyglotException.class, () -> context.eval("meso", read));
            assertTrue(error.isGuestException() && !error.isInternalError(), error::toString);
        }
    }
}
