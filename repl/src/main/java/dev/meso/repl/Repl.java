package dev.meso.repl;

import dev.meso.language.Version;
import dev.meso.repl.Request.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * The interactive session: reads statements, evaluates them in one context, prints each result. Input that is piped in is
 * read without prompts, colours or history, so {@code echo '1+1' | meso repl} prints {@code 2}.
 */
final class Repl {
    private static final String PROMPT = "meso> ";
    private static final String CONTINUED = "    | ";
    private static final String GREETING =
            "Meso %s. Tab completes, help explains, Ctrl-C stops a statement, Ctrl-D leaves.";

    private final Console console;
    private final Settings settings;

    Repl(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    /** Until the input ends; the exit status is 1 where piped input had mistakes or an expectation failed. */
    int run(Cancellation cancellation) {
        if (!console.inputTerminal()) {
            return piped(cancellation);
        }
        try (Terminal terminal =
                TerminalBuilder.builder().name("meso").system(true).build()) {
            return interactive(terminal, historyFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int piped(Cancellation cancellation) {
        boolean fine = true;
        try (ReplSession session = new ReplSession(settings, console);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8))) {
            cancellation.watch(session.context());
            StringBuilder statement = new StringBuilder();
            for (String line = lines.readLine(); line != null && !cancellation.asked(); line = lines.readLine()) {
                statement.append(statement.isEmpty() ? "" : "\n").append(line);
                if (!Syntax.incomplete(statement.toString())) {
                    if (session.isLeaving(statement.toString())) {
                        statement.setLength(0);
                        break;
                    }
                    fine &= session.evaluate(statement.toString());
                    statement.setLength(0);
                }
            }
            if (!statement.toString().isBlank()) {
                fine &= session.evaluate(statement.toString());
            }
            fine &= cancellation.asked() || Programs.allHold(Programs.expectations(session.context()));
            return fine ? Commands.DONE : Commands.FAILED;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A session on a terminal.
     *
     * @param history where earlier input is kept, or null for nowhere
     */
    int interactive(Terminal terminal, Path history) {
        Console onTerminal = new Console(
                terminal.input(),
                new java.io.PrintStream(new TerminalStream(terminal), true, StandardCharsets.UTF_8),
                new java.io.PrintStream(new TerminalStream(terminal), true, StandardCharsets.UTF_8),
                true,
                true,
                console.errorTerminal());
        try (ReplSession session = new ReplSession(settings, onTerminal)) {
            terminal.handle(Terminal.Signal.INT, signal -> session.interrupt());
            LineReader reader = reader(terminal, session, history);
            terminal.writer().println(GREETING.formatted(Version.text()));
            while (true) {
                try {
                    String text = reader.readLine(PROMPT);
                    if (session.isLeaving(text)) {
                        return Commands.DONE;
                    }
                    session.evaluate(text);
                } catch (UserInterruptException e) {
                    // Ctrl-C at the prompt drops the line.
                } catch (EndOfFileException e) {
                    return Commands.DONE;
                }
                terminal.flush();
            }
        }
    }

    private static LineReader reader(Terminal terminal, ReplSession session, Path history) {
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("meso")
                .parser(new StatementParser())
                .completer(new NameCompleter(session))
                .highlighter(new SyntaxHighlighter())
                .history(new DefaultHistory())
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, CONTINUED)
                // With an indentation JLine takes the spaces before a closing bracket away, also inside a string.
                .variable(LineReader.INDENTATION, 0)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.INSERT_TAB, false)
                .option(LineReader.Option.AUTO_GROUP, true);
        if (history != null) {
            builder.variable(LineReader.HISTORY_FILE, history);
        }
        return builder.build();
    }

    /** {@code meso/history} in the user's folder for configuration; null where it cannot be made. */
    private static Path historyFile() {
        String configured = System.getenv("XDG_CONFIG_HOME");
        Path folder = configured == null || configured.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".config")
                : Path.of(configured);
        try {
            return Files.createDirectories(folder.resolve("meso")).resolve("history");
        } catch (IOException e) {
            return null;
        }
    }
}
