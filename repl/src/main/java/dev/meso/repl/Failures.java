package dev.meso.repl;

import dev.meso.language.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.graalvm.polyglot.PolyglotException;

/** Tells a user what went wrong: mistakes as the language drew them, defects of Meso as one sentence and a report. */
final class Failures {
    private Failures() {}

    /** Writes to the error stream, after what the program has printed; gives the exit status. */
    static int explain(PolyglotException e, String code, Console console) {
        console.out().flush();
        if (e.isExit()) {
            return e.getExitStatus();
        }
        if (e.isCancelled() || e.isInterrupted()) {
            console.err().println("cancelled: the program was stopped before its end");
            return Commands.FAILED;
        }
        if (e.isInternalError()) {
            console.err().println(report(e, code));
            return Commands.FAILED;
        }
        console.err().println(e.getMessage());
        return e.isSyntaxError() ? Commands.WRONG : Commands.FAILED;
    }

    /** One sentence; the stack trace and the program go to a file that a user can send. */
    static String report(Throwable failure, String code) {
        try {
            Path file = Files.createTempFile("meso-report-", ".txt");
            try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
                out.println("meso " + Version.text() + ", Java " + Runtime.version() + ", "
                        + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
                failure.printStackTrace(out);
                out.println();
                out.println(code);
            }
            return "Meso failed by a defect of its own, not of the program; please report it with the file " + file;
        } catch (IOException e) {
            return "Meso failed by a defect of its own, not of the program (" + failure
                    + "), and could not write a report";
        }
    }
}
