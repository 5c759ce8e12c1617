package dev.meso.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fits from scripts that are stopped, killed and run on several threads. */
class FitTest {
    static final String MODEL =
            """
            let t = tissue(neurons: 32, side: 1, frames: 200, kinds: 1, snr: 3, seed: 1)
            module Column {
              layers { dense 4; choose tanh }
              domain sphere(diameter: 40 um, stride: 20 um)
              interface linear(rank: 3)
            }
            loss Explain { term predict = mean((next - predicted)^2) }
            model Small {
              structure t.graph
              activity  t.activity
              basis     1 of Column
              assign    scatter_gather(radius: 10 um)
              observer  gain(0.8)
              loss      Explain
            }
            """;

    /** Everything a context says, and whether a text was among it. */
    private static final class Said extends ByteArrayOutputStream {
        private final String text;
        private final CountDownLatch heard = new CountDownLatch(1);

        Said(String text) {
            this.text = text;
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            super.write(bytes, from, length);
            if (toString(StandardCharsets.UTF_8).contains(text)) {
                heard.countDown();
            }
        }
    }

    @Test
    @Timeout(60)
    void aFitThatShouldEndKeepsItsBestStateAndTheProgramGoesOn() throws Exception {
        Said said = new Said("fit Small:");
        AtomicBoolean ending = new AtomicBoolean();
        try (Context context = Context.newBuilder("meso")
                .allowPolyglotAccess(PolyglotAccess.ALL)
                .err(said)
                .option("engine.WarnInterpreterOnly", "false")
                .option("meso.progress", "true")
                .build()) {
            ProxyExecutable taken = arguments -> ending.getAndSet(false);
            context.getPolyglotBindings().putMember("meso.ending", taken);
            CompletableFuture<String> result = CompletableFuture.supplyAsync(() -> context.eval(
                            "meso",
                            MODEL
                                    + "let w = fit(Small, epochs: 100000, patience: 100000, start: \"components\", seed: 1)\n"
                                    + "[w.history.epoch.length, w.warnings]")
                    .toString());
            assertTrue(said.heard.await(50, TimeUnit.SECONDS));
            ending.set(true);
            String text = result.get(30, TimeUnit.SECONDS);
            assertTrue(text.contains("the fit was stopped after"), text);
            Value fit = context.getBindings("meso").getMember("w");
            assertTrue(fit.getMember("modules")
                    .getArrayElement(0)
                    .getMember("network")
                    .asString()
                    .startsWith("3 -> "));
            assertFalse(context.eval("meso", "w.summary").isNull());
        }
    }

    private static final String LONG_FIT =
            MODEL + "let w = fit(Small, epochs: 60, patience: 1000, start: \"components\", seed: 1";

    /** A program that fits with a checkpoint; the test kills it. */
    public static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) {
            try (Context context = Context.newBuilder("meso")
                    .allowIO(IOAccess.ALL)
                    .option("engine.WarnInterpreterOnly", "false")
                    .build()) {
                context.eval(
                                "meso",
                                LONG_FIT.replace("epochs: 60", "epochs: 60, checkpoint: \"" + arguments[0] + "\"")
                                        + ")\nw")
                        .toString();
            }
        }
    }

    @Test
    @Timeout(120)
    void aFitThatWasKilledGoesOnWithTheSameBits(@TempDir Path folder) throws Exception {
        // The first epoch is written at once; then the process is killed, as kill -9 does.
        Path written = folder.resolve("Small-1.checkpoint");
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(), "-cp", System.getProperty("java.class.path")));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(List.of(Victim.class.getName(), folder.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        while (process.isAlive() && !Files.exists(written)) {
            Thread.sleep(5);
        }
        boolean working = process.isAlive();
        process.destroyForcibly().waitFor();
        assertTrue(working, () -> said(folder));
        assertTrue(Files.exists(written));

        String resume = ", checkpoint: \"" + folder.toString().replace("\\", "\\\\") + "\"";
        try (Programs meso = new Programs(Context.newBuilder("meso").allowIO(IOAccess.ALL))) {
            String other = meso.mistake(LONG_FIT + ", window: 7" + resume + ")\nw");
            assertTrue(other.contains("is of another model"), other);
        }
        assertEquals(bits(""), bits(resume));
    }

    private static String said(Path folder) {
        try {
            return Files.readString(folder.resolve("said"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Every number of the history and the errors, to the last bit. */
    private static List<Long> bits(String more) {
        try (Programs meso = new Programs(Context.newBuilder("meso").allowIO(IOAccess.ALL))) {
            Value fit = meso.eval(LONG_FIT + more + ")\nw");
            List<Long> bits = new ArrayList<>();
            for (String column : List.of("predict", "validation")) {
                add(bits, fit.getMember("history").getMember(column));
            }
            add(bits, fit.getMember("errors").getMember("error"));
            assertTrue(bits.size() > 100);
            return bits;
        }
    }

    private static void add(List<Long> bits, Value numbers) {
        for (int i = 0; i < numbers.getArraySize(); i++) {
            bits.add(Double.doubleToLongBits(numbers.getArrayElement(i).asDouble()));
        }
    }

    @Test
    void seedsRunOnSeveralThreadsAndTheShortestIsKept() {
        List<String> found = new ArrayList<>();
        for (int threads : new int[] {1, 2, 8}) {
            try (Programs meso =
                    new Programs(Context.newBuilder("meso").option("meso.threads", Integer.toString(threads)))) {
                found.add(meso.eval(
                                MODEL
                                        + "let w = fit(Small, epochs: 1, restarts: 1, seeds: 1..3)\n"
                                        + "[w.restarts.seed, w.restarts.description_length, abs(min(w.restarts.description_length) - w.description_length.total) < 1e-6]")
                        .toString());
            }
        }
        assertEquals(1, Set.copyOf(found).size(), found::toString);
        assertTrue(found.get(0).contains("true"), found.get(0));
    }
}
