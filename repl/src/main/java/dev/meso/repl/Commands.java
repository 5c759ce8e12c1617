package dev.meso.repl;

import dev.meso.language.Version;
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
                case Request.Interactive interactive -> new Repl(console, interactive.settings()).run(cancellation);
                case Request.Check check -> check(check);
                case Request.Format format -> new SourceTools(console).format(format);
                case Request.Dump dump -> new SourceTools(console).dump(dump);
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
        out.println("meso " + Version.text());
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
        return execute(read(run.file()), run.settings(), false);
    }

    private static Source read(Path file) {
        try {
            return Source.newBuilder(Programs.LANGUAGE, file.toFile())
                    .name(file.toString())
                    .build();
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no file " + file);
        } catch (IOException e) {
            throw new UsageException("cannot read " + file + (Files.isDirectory(file) ? ": it is a folder" : ""));
        }
    }

    private int eval(Request.Eval eval) {
        return execute(
                Source.newBuilder(Programs.LANGUAGE, eval.code(), "<eval>").buildLiteral(), eval.settings(), true);
    }

    private int execute(Source source, Settings settings, boolean print) {
        try (Context context = Programs.open(settings, console)) {
            cancellation.watch(context);
            int status = DONE;
            try {
                Value value = context.eval(source);
                if (Programs.isUnseenPicture(value)) {
                    value.invokeMember("show");
                } else if (print && !value.isNull()) {
                    console.out().println(value.isString() ? value.asString() : value.toString());
                }
            } catch (PolyglotException e) {
                if (cancellation.outputIsGone()) {
                    return FAILED;
                }
                status = Failures.explain(e, source.getCharacters().toString(), console);
            }
            return cancellation.asked() ? status : Math.max(status, expectations(context));
        } catch (PolyglotException e) {
            return FAILED; // closing a cancelled context says again that it was cancelled
        }
    }

    /** Says how many expectations hold, if there were any; status 1 unless all do. */
    private int expectations(Context context) {
        Value expectations = Programs.expectations(context);
        String summary = expectations.getMember("summary").asString();
        if (!summary.isEmpty()) {
            console.out().println(summary);
        }
        return Programs.allHold(expectations) ? DONE : FAILED;
    }

    private int check(Request.Check check) {
        int status = DONE;
        try (Engine engine = Engine.create(Programs.LANGUAGE)) {
            for (Path file : check.files()) {
                Source source = read(file);
                try (Context context = Programs.builder(check.settings(), console)
                        .engine(engine)
                        .build()) {
                    cancellation.watch(context);
                    context.parse(source);
                } catch (PolyglotException e) {
                    status = Math.max(
                            status, Failures.explain(e, source.getCharacters().toString(), console));
                }
            }
        }
        return status;
    }
}
