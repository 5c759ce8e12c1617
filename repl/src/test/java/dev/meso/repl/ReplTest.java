package dev.meso.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.repl.Request.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sessions typed in ({@code src/test/transcripts/…/NAME.in}) and what they show ({@code NAME.out}). After reading the
 * difference, {@code mvn -pl repl -am test -Dtest=ReplTest -Dsurefire.failIfNoSpecifiedTests=false -Dmeso.accept=true}
 * writes the new {@code .out} files.
 */
class ReplTest {
    private static final Path TRANSCRIPTS =
            Path.of(System.getProperty("meso.root"), "repl", "src", "test", "transcripts");

    @TestFactory
    Stream<DynamicTest> piped() throws IOException {
        return transcripts("piped", ReplTest::pipe);
    }

    @TestFactory
    Stream<DynamicTest> terminal() throws IOException {
        return transcripts("terminal", input -> type(input, null));
    }

    private interface Player {
        String play(String input) throws IOException;
    }

    private static Stream<DynamicTest> transcripts(String folder, Player player) throws IOException {
        List<Path> inputs;
        try (Stream<Path> files = Files.list(TRANSCRIPTS.resolve(folder))) {
            inputs = files.filter(f -> f.toString().endsWith(".in")).sorted().toList();
        }
        assertFalse(inputs.isEmpty(), "no transcripts in " + folder);
        return inputs.stream()
                .map(input ->
                        DynamicTest.dynamicTest(folder + "/" + input.getFileName(), () -> compare(input, player)));
    }

    private static void compare(Path input, Player player) throws IOException {
        String shown = player.play(Files.readString(input));
        Path expected = Path.of(input.toString().replaceFirst("in$", "out"));
        if (Boolean.getBoolean("meso.accept")) {
            Files.writeString(expected, shown);
        }
        assertEquals(Files.readString(expected), shown);
    }

    /** Standard output and error together, then the exit status. */
    private static String pipe(String input) {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
        InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        int status = new Repl(new Console(in, out, out, false, false, false), Settings.DEFAULT).run(new Cancellation());
        return shown.toString(StandardCharsets.UTF_8) + "status " + status + "\n";
    }

    /** What a terminal without any abilities shows. */
    private static String type(String input, Path history) throws IOException {
        return play("dumb", keys(input), history, (terminal, shown) -> {});
    }

    private interface Meanwhile {
        void with(Terminal terminal, ByteArrayOutputStream shown);
    }

    private static InputStream keys(String input) {
        return new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    }

    private static String play(String kind, InputStream keys, Path history, Meanwhile meanwhile) throws IOException {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        try (Terminal terminal = new DumbTerminal("test", kind, keys, shown, StandardCharsets.UTF_8)) {
            meanwhile.with(terminal, shown);
            Console console = new Console(keys, System.out, System.err, true, true, false);
            new Repl(console, Settings.DEFAULT).interactive(terminal, history);
        }
        return shown.toString(StandardCharsets.UTF_8).replace("\r\n", "\n").replace("\r", "");
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void interruptStopsTheStatementAndKeepsTheSession() throws IOException {
        PipedOutputStream typing = new PipedOutputStream();
        PipedInputStream keys = new PipedInputStream(typing);
        typing.write("let k = 41\nif true { print(\"it runs\"); while true { } }\n".getBytes(StandardCharsets.UTF_8));
        String shown = play("dumb", keys, null, (terminal, soFar) -> Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        while (!soFar.toString(StandardCharsets.UTF_8).contains("it runs")) {
                            Thread.sleep(20);
                        }
                        terminal.raise(Terminal.Signal.INT);
                        typing.write("k + 1\nexit\n".getBytes(StandardCharsets.UTF_8));
                        typing.close();
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }));
        assertTrue(shown.contains("it runs\ncancelled"), shown);
        assertTrue(shown.contains("42"), shown);
    }

    @Test
    void tabCompletesAndColoursAreShown() throws IOException {
        String typed = "let tab_neurons = [3, 1, 2]\ntab_n\t|> sum()\nexit\n";
        String shown = play("ansi", keys(typed), null, (terminal, soFar) -> terminal.setSize(new Size(80, 25)));
        assertTrue(shown.contains("tab_neurons"), shown);
        assertTrue(shown.contains("6\n"), shown);
        assertTrue(shown.contains("\u001b[1mlet"), shown);
    }

    @Test
    void spacesBeforeAClosingBracketAreKept() throws IOException {
        assertTrue(type("len(\"a  }\") + 700\nexit\n", null).contains("704"));
    }

    @Test
    void inputIsKeptForTheNextSession(@TempDir Path folder) throws IOException {
        Path history = folder.resolve("history");
        type("let remembered = [1,\n2]\nexit\n", history);
        assertTrue(Files.readString(history).contains("remembered"));
    }
}
