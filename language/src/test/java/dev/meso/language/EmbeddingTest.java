package dev.meso.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Meso inside a Java program, through the public polyglot API only. */
class EmbeddingTest {
    @Test
    void valuesReachTheHost() {
        try (Programs meso = new Programs()) {
            assertEquals(2, meso.eval("1 + 1").asLong());
            assertEquals(0.5, meso.eval("1 / 2").asDouble());
            assertTrue(meso.eval("none").isNull());
            assertEquals("a\tb", meso.eval("\"a\\tb\"").asString());
            assertEquals(
                    List.of(1L, 2L),
                    meso.eval("[1, 2]").as(List.class).stream()
                            .map(x -> ((Number) x).longValue())
                            .toList());
            Value record = meso.eval("({name: \"AVA\", n: 2})");
            assertEquals("AVA", record.getMember("name").asString());
            assertEquals(2, record.as(Map.class).size());
            assertEquals("record", record.getMetaObject().getMetaSimpleName());
            assertEquals("[1.5, \"x\"]", meso.eval("[1.5, \"x\"]").toString());
            assertEquals("0.333333", meso.eval("1 / 3").toString());
            assertEquals("20 um", meso.eval("20 um").toString());
        }
    }

    @Test
    void fittedModelsAndLengthsReachTheHost() {
        try (Programs meso = new Programs()) {
            meso.eval("let g = connectome(neurons: 4, synapses: [[0, 1], [1, 2], [2, 3], [3, 0], [0, 2]])");
            Value fit = meso.eval("fit(g, DCSBM, seed: 1, blocks: 1)");
            assertEquals(1, fit.getMember("blocks").getArraySize());
            Value length = fit.getMember("description_length");
            assertEquals("distributed", length.getMember("encoding").asString());
            double terms = 0;
            for (String term : fit.getMember("terms").getMemberKeys()) {
                terms += fit.getMember("terms").getMember(term).asDouble();
            }
            assertEquals(terms, length.getMember("total").asDouble(), 1e-9);
            meso.context().getBindings("meso").putMember("mine", fit);
            assertEquals(5, meso.eval("sample(g, mine, seed: 2)[0].m").asLong());
        }
    }

    @Test
    void functionsGoBothWays() {
        try (Programs meso = new Programs()) {
            Value area = meso.eval("fn area(r, scale = 2) = r * scale\narea");
            assertTrue(area.canExecute());
            assertEquals(6, area.execute(3).asLong());
            assertEquals(12, area.execute(3, 4).asLong());
            PolyglotException missing = assertThrows(PolyglotException.class, area::execute);
            assertTrue(missing.isGuestException() && !missing.isInternalError(), missing.getMessage());
            assertTrue(missing.getMessage().contains("needs the argument `r`"), missing.getMessage());
            meso.context().getBindings("meso").putMember("twice", (ProxyExecutable) a -> 2 * a[0].asLong());
            assertEquals(10, meso.eval("twice(5)").asLong());
            assertEquals(
                    List.of(2L, 4L),
                    meso.eval("map([1, 2], twice)").as(List.class).stream()
                            .map(x -> ((Number) x).longValue())
                            .toList());
            assertEquals(4, meso.eval("sqrt").execute(16).asInt());
        }
    }

    @Test
    void javaScriptFunctionsCanBeCalled() {
        try (Context context = Context.newBuilder("meso", "js")
                .option("engine.WarnInterpreterOnly", "false")
                .build()) {
            Value names = context.getBindings("meso");
            names.putMember("add", context.eval("js", "(a, b) => a + b"));
            names.putMember("cell", context.eval("js", "({name: 'AVA', xs: [1, 2, 3.5]})"));
            assertEquals(7, context.eval("meso", "add(3, 4)").asLong());
            assertEquals("AVAL", context.eval("meso", "add(cell.name, \"L\")").asString());
            assertEquals(6.5, context.eval("meso", "sum(cell.xs)").asDouble());
            assertEquals(
                    3.5,
                    context.eval("meso", "var m = 0\nfor x in cell.xs { m = max(m, x) }\nm")
                            .asDouble());
            Value square = context.eval("meso", "x => x * x");
            assertEquals(9, context.eval("js", "(f) => f(3)").execute(square).asLong());
        }
    }

    @Test
    void hostListsAndMapsAreRead() {
        try (Programs meso = new Programs()) {
            Value names = meso.context().getBindings("meso");
            names.putMember("edges", ProxyArray.fromArray(ProxyArray.fromArray(0, 1), ProxyArray.fromArray(1, 2)));
            names.putMember("settings", ProxyObject.fromMap(Map.of("seed", 7)));
            assertEquals(2, meso.eval("len(edges)").asLong());
            assertEquals(2, meso.eval("edges[1][1]").asLong());
            assertEquals(7, meso.eval("settings.seed").asLong());
            assertEquals(8, meso.eval("settings[\"seed\"] + 1").asLong());
        }
    }

    @Test
    void sourcesShareNames() {
        try (Programs meso = new Programs()) {
            meso.eval("let n = 40");
            meso.eval("fn f() = n + 2");
            assertEquals(42, meso.eval("f()").asLong());
            meso.eval("let n = 1");
            assertEquals(3, meso.eval("f()").asLong());
            assertEquals(3, meso.eval("f()").asLong());
            assertTrue(meso.context().getBindings("meso").getMemberKeys().contains("n"));
            meso.mistake("let broken = 1\nbroken.x");
            assertEquals(1, meso.eval("broken").asLong(), "names defined before a failure stay");
        }
    }

    @Test
    void mistakesHavePlaces() {
        try (Programs meso = new Programs()) {
            PolyglotException syntax = assertThrows(PolyglotException.class, () -> meso.eval("let x = )"));
            assertTrue(syntax.isSyntaxError());
            assertEquals(9, syntax.getSourceLocation().getStartColumn());
            PolyglotException open = assertThrows(PolyglotException.class, () -> meso.eval("let x = ("));
            assertTrue(open.isIncompleteSource());
            PolyglotException name = assertThrows(PolyglotException.class, () -> meso.eval("lenn([1])"));
            assertTrue(name.isSyntaxError());
            assertTrue(name.getMessage().contains("did you mean"), name.getMessage());
            PolyglotException running =
                    assertThrows(PolyglotException.class, () -> meso.eval("let xs = [1]\nprint(xs[3])"));
            assertFalse(running.isSyntaxError());
            assertTrue(running.isGuestException());
            assertEquals(2, running.getSourceLocation().getStartLine());
        }
    }

    @Test
    void expectationsReachTheHost() {
        try (Programs meso = new Programs()) {
            Value expectations = meso.context().getBindings("meso").getMember("meso:expectations");
            assertEquals("", expectations.getMember("summary").asString());
            meso.eval("expect 1 == 1\nexpect 2 == 2.5 +- 0.1 from \"a paper\"");
            assertEquals(
                    "1 of 2 expectations hold",
                    expectations.getMember("summary").asString());
            assertEquals(1, expectations.getMember("held").asLong());
            Value second = expectations.getMember("results").getArrayElement(1);
            assertFalse(second.getMember("holds").asBoolean());
            assertEquals("a paper", second.getMember("source").asString());
        }
    }

    @Test
    void filesAreReachedOnlyAsFarAsTheHostAllows(@TempDir Path folder) throws Exception {
        Path other = Files.writeString(folder.resolve("other.meso"), "let answer = 42\nfn f(x) = x + answer\n");
        Path main = Files.writeString(
                folder.resolve("main.meso"), "import \"other.meso\" as o\nimport \"other.meso\"\no.answer + f(1)\n");
        Source source = Source.newBuilder("meso", main.toFile()).build();
        try (Programs meso = new Programs(Context.newBuilder("meso").allowIO(IOAccess.ALL))) {
            assertEquals(85, meso.context().eval(source).asLong());
        }
        try (Programs meso = new Programs(Context.newBuilder("meso").allowIO(IOAccess.NONE))) {
            String message = meso.mistake("import \"" + other + "\" as o\no.answer");
            assertTrue(message.contains("M04"), message);
            assertEquals(3, meso.eval("1 + 2").asLong());
        }
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aLoopCanBeInterruptedAndTheSessionGoesOn() throws Exception {
        for (String endless : List.of(
                "var i = 0\nwhile true { i += 1 }", "for i in 1..10^18 { }", "fn f(n) = n\nwhile true { f(1) }")) {
            try (Programs meso = new Programs()) {
                meso.eval("let kept = 5");
                CountDownLatch started = new CountDownLatch(1);
                AtomicReference<PolyglotException> thrown = new AtomicReference<>();
                Thread runner = new Thread(() -> {
                    started.countDown();
                    try {
                        meso.eval(endless);
                    } catch (PolyglotException e) {
                        thrown.set(e);
                    }
                });
                runner.start();
                started.await();
                // An interruption that comes while the program is about to run is lost, so it is repeated.
                while (runner.isAlive()) {
                    try {
                        meso.context().interrupt(Duration.ofMillis(500));
                    } catch (TimeoutException e) {
                        // The program began only after it was asked to end.
                    }
                    runner.join(50);
                }
                assertTrue(thrown.get().isInterrupted(), endless);
                assertEquals(5, meso.eval("kept").asLong());
            }
        }
    }

    @Test
    void failuresOfHostFunctionsStayTheHosts() {
        ProxyExecutable proxy = a -> {
            throw new IllegalStateException("the host's own failure");
        };
        try (Programs meso = new Programs(Context.newBuilder("meso").allowIO(IOAccess.NONE))) {
            meso.context().getBindings("meso").putMember("broken", proxy);
            PolyglotException host = assertThrows(PolyglotException.class, () -> meso.eval("broken()"));
            assertTrue(host.isHostException(), "failures of host functions stay the host's");
        }
    }

    @Test
    void filesThatImportEachOtherAreRefused(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("a.meso"), "import \"b.meso\" as b\nlet x = 1\n");
        Files.writeString(folder.resolve("b.meso"), "import \"a.meso\" as a\nlet y = a.x\n");
        Path main = Files.writeString(folder.resolve("main.meso"), "import \"a.meso\" as a\na.x\n");
        try (Programs meso = new Programs(Context.newBuilder("meso").allowIO(IOAccess.ALL))) {
            PolyglotException ring = assertThrows(PolyglotException.class, () -> meso.context()
                    .eval(Source.newBuilder("meso", main.toFile()).build()));
            assertFalse(ring.isInternalError());
            assertTrue(ring.getMessage().contains("imports itself"), ring.getMessage());
        }
    }
}
