package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleFile;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.nodes.ControlFlowException;
import dev.meso.language.MesoContext;
import dev.meso.language.MesoError;
import dev.meso.language.Version;
import dev.meso.language.ast.Span;
import dev.meso.language.diagnostic.Diagnostic;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;

/** Turns what went wrong at a node into an error that the user can read. */
final class Mistakes {
    private Mistakes() {}

    @TruffleBoundary
    static MesoError at(MesoNode node, MesoException mistake) {
        return at(node, node.span(), mistake);
    }

    @TruffleBoundary
    static MesoError at(MesoNode node, Span span, MesoException mistake) {
        MesoRootNode root = (MesoRootNode) node.getRootNode();
        Diagnostic diagnostic = Diagnostic.error(mistake.code(), mistake.getMessage(), root.text(), span);
        for (String note : mistake.notes()) {
            diagnostic = note.startsWith("did you mean") ? diagnostic.withHint(note) : diagnostic.withNote(note);
        }
        return MesoError.running(diagnostic, root.source(), node);
    }

    /**
     * What a call node throws for {@code thrown}: a mistake becomes an error at the node; errors that have a place and
     * control flow pass; anything else is a defect of Meso, told in one sentence with a report.
     */
    @TruffleBoundary
    static RuntimeException ofCall(MesoNode node, Span span, Throwable thrown) {
        if (thrown instanceof MesoException mistake) {
            return at(node, span, mistake);
        }
        if (thrown instanceof AbstractTruffleException || thrown instanceof ControlFlowException) {
            return (RuntimeException) thrown;
        }
        if (thrown instanceof StackOverflowError || thrown instanceof ThreadDeath) {
            throw (Error) thrown;
        }
        if (thrown instanceof OutOfMemoryError) {
            return at(
                    node,
                    span,
                    new MesoException(
                            ErrorCode.OUT_OF_MEMORY, "there is not enough memory for this", "give more with `-J-Xmx`"));
        }
        return internal(node, span, thrown);
    }

    @TruffleBoundary
    static MesoError undefined(MesoNode node, String name) {
        return at(
                node,
                new MesoException(
                        ErrorCode.USED_BEFORE_DEFINITION,
                        "`" + name + "` has no value yet",
                        "its definition has not been reached"));
    }

    @TruffleBoundary
    static MesoError recursion(MesoNode node) {
        return at(
                node,
                new MesoException(
                        ErrorCode.RECURSION_TOO_DEEP,
                        "functions call each other too deeply",
                        "a function that calls itself must come to an end; a loop needs no depth"));
    }

    private static MesoError internal(MesoNode node, Span span, Throwable thrown) {
        String where = report(node, thrown);
        return at(
                node,
                span,
                new MesoException(
                        ErrorCode.INTERNAL,
                        where == null
                                ? "Meso itself failed (" + thrown.getClass().getSimpleName()
                                        + "); no report could be written"
                                : "Meso itself failed; the report is in " + where));
    }

    /** Writes the report to the temporary folder; null where files cannot be written. */
    private static String report(MesoNode node, Throwable thrown) {
        try {
            StringWriter text = new StringWriter();
            PrintWriter writer = new PrintWriter(text);
            writer.println("Meso failed at " + node.getSourceSection());
            writer.println("Meso " + Version.text() + ", Java " + System.getProperty("java.version") + " on "
                    + System.getProperty("os.name"));
            thrown.printStackTrace(writer);
            writer.flush();
            TruffleFile file = MesoContext.get(node).env().createTempFile(null, "meso-report-", ".txt");
            try (var out = file.newOutputStream(StandardOpenOption.WRITE)) {
                out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            }
            return file.getAbsoluteFile().getPath();
        } catch (IOException | SecurityException | UnsupportedOperationException | IllegalArgumentException e) {
            return null;
        }
    }
}
