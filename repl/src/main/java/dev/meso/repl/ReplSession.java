package dev.meso.repl;

import dev.meso.repl.Request.Settings;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/** One context whose names stay from statement to statement. */
final class ReplSession implements AutoCloseable {
    private static final String SOURCE = "<repl>";

    private static final String HELP =
            """
            Type a statement; its value is printed. An open bracket continues on the next line.
              help(x)        what x is: a function, a declaration, a value with documentation
              describe(x)    what a value looks like;  members(x)  what stands behind its dot
              Tab            completes names, members, columns, files and named arguments
              Up, Ctrl-R     earlier input
              Ctrl-C         stops the running statement or drops the line (a fit keeps its best state);  Ctrl-D or exit  leaves
            """;

    private final Settings settings;
    private final Console console;
    private final Context context;
    private final Ending ending = new Ending();
    private volatile boolean running;

    ReplSession(Settings settings, Console console) {
        this.settings = settings;
        this.console = console;
        this.context = Programs.open(settings, console);
        ending.offer(context);
    }

    Context context() {
        return context;
    }

    Settings settings() {
        return settings;
    }

    /** The names defined so far. */
    Value names() {
        return context.getBindings(Programs.LANGUAGE);
    }

    /** Whether the statement is a word that leaves, unless the user gave it another meaning. */
    boolean isLeaving(String text) {
        String word = text.strip();
        return (word.equals("exit") || word.equals("quit")) && !names().hasMember(word);
    }

    /** Evaluates one input and prints its value or its mistake; whether all went well. */
    boolean evaluate(String text) {
        if (text.isBlank()) {
            return true;
        }
        if (text.strip().equals("help") && !names().hasMember("help")) {
            console.out().print(HELP);
            console.out().flush();
            return true;
        }
        try {
            running = true;
            Value value = context.eval(
                    Source.newBuilder(Programs.LANGUAGE, text, SOURCE).buildLiteral());
            if (Programs.isUnseenPicture(value)) {
                value.invokeMember("show");
            } else if (!value.isNull()) {
                console.out().println(value);
            }
            return true;
        } catch (PolyglotException e) {
            Failures.explain(e, text, console);
            return false;
        } finally {
            running = false;
            console.out().flush();
            console.err().flush();
        }
    }

    /** Stops the running statement, if any; the session and its names stay. A fit keeps its best state and the statement goes on. */
    void interrupt() {
        if (running && !ending.taken()) {
            try {
                context.interrupt(Duration.ofSeconds(2));
            } catch (TimeoutException e) {
                console.err().println("the statement does not stop; a second Ctrl-C tries again, Ctrl-\\ ends Meso");
            }
        }
    }

    @Override
    public void close() {
        context.close(true);
    }
}
