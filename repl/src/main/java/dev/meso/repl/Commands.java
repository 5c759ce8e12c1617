package dev.meso.repl;

import dev.meso.repl.Request.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/** Carries out one request; every method gives the exit status: 0 done, 1 the program failed, 2 wrong usage or syntax. */
final class Commands {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG = 2;
    static final String VERSION = "0.1.0";

    private final Console console;
    private final Cancellation cancellation;

    Commands(Console console, Cancellation cancellation) {
        this.console = console;
        this.cancellation = cancellation;
    }

    int run(List<String> words, Map<String, String> environment) {
        try {
            return switch (Arguments.parse(words, environment)) {
                case Request.Run run -> runFile(run);
                case Request.Eval eval -> eval(eval);
                case Request.Interactive interactive -> DONE;
                case Request.Check check -> DONE;
                case Request.Format format -> DONE;
                case Request.Dump dump -> DONE;
                case Request.Version ignored -> version();
                case Request.Help ignored -> help();
            };
        } catch (UsageException e) {
            console.err().println("meso: " + e.getMessage());
            console.err().println("`meso help` lists what there is");
            return WRONG;
        }
    }

    private int help() {
        console.out().print(Arguments.USAGE);
        return DONE;
    }

    private int version() {
        PrintStream out = console.out();
        out.println("meso " + VERSION);
        try (Engine engine = Engine.create()) {
            String name = engine.getImplementationName();
            out.println("runtime: " + (isOptimizing(name) ? "optimizing" : "fallback interpreter, slower") + " (" + name
                    + ")");
        }
        out.println("Java: " + Runtime.version() + ", " + System.getProperty("java.vendor"));
        return DONE;
    }

    static boolean isOptimizing(String implementation) {
        return !implementation.equals("Interpreted");
    }

    private int runFile(Request.Run run) {
        Source source;
        try {
            source = Source.newBuilder(Programs.LANGUAGE, run.file().toFile()).build();
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no file " + run.file());
        } catch (IOException e) {
            throw new UsageException(
                    "cannot read " + run.file() + (Files.isDirectory(run.file()) ? ": it is a folder" : ""));
        }
        return execute(source, run.settings(), false);
    }

    private int eval(Request.Eval eval) {
        return execute(
                Source.newBuilder(Programs.LANGUAGE, eval.code(), "<eval>").buildLiteral(), eval.settings(), true);
    }

    private int execute(Source source, Settings settings, boolean print) {
        try (Context context = Programs.open(settings, console)) {
            cancellation.watch(context);
            Value value = context.eval(source);
            if (print && !value.isNull()) {
                console.out().println(value);
            }
            return DONE;
        } catch (PolyglotException e) {
            return explain(e);
        }
    }

    private int explain(PolyglotException e) {
        console.out().flush();
        console.err().println(e.getMessage());
        return e.isSyntaxError() ? WRONG : FAILED;
    }

    static Path absolute(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
