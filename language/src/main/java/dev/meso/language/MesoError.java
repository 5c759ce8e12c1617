package dev.meso.language;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.interop.ExceptionType;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.api.source.SourceSection;
import dev.meso.language.ast.Span;
import dev.meso.language.diagnostic.Diagnostic;
import dev.meso.language.diagnostic.Renderer;
import dev.meso.language.diagnostic.SourceText;
import dev.meso.runtime.error.MesoException;

/** A mistake in a program, found before or while it runs. Its message is the diagnostic as the renderer draws it. */
@ExportLibrary(InteropLibrary.class)
public final class MesoError extends AbstractTruffleException {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;
    private final transient Source source;
    private final boolean syntax;
    private final boolean incomplete;

    private MesoError(
            String message, Diagnostic diagnostic, Source source, Node node, boolean syntax, boolean incomplete) {
        super(message, node);
        this.diagnostic = diagnostic;
        this.source = source;
        this.syntax = syntax;
        this.incomplete = incomplete;
    }

    /** A mistake found while the program runs, at a node. */
    @TruffleBoundary
    public static MesoError running(Diagnostic diagnostic, Source source, Node node) {
        return new MesoError(Renderer.render(diagnostic), diagnostic, source, node, false, false);
    }

    /** A mistake in what another language or the host asked of a value; it has no place in a program. */
    @TruffleBoundary
    public static MesoError outside(MesoException mistake) {
        Diagnostic diagnostic =
                Diagnostic.error(mistake.code(), mistake.getMessage(), new SourceText("<host>", ""), new Span(0, 0));
        StringBuilder message = new StringBuilder(mistake.getMessage());
        for (String note : mistake.notes()) {
            diagnostic = diagnostic.withNote(note);
            message.append("; ").append(note);
        }
        message.append(" [").append(mistake.code().number()).append(']');
        return new MesoError(message.toString(), diagnostic, null, null, false, false);
    }

    /**
     * Mistakes found before the program runs.
     *
     * @param diagnostics at least one; the first gives the place
     * @param incomplete whether more text could make the source right
     */
    static MesoError syntax(java.util.List<Diagnostic> diagnostics, Source source, boolean incomplete) {
        StringBuilder message = new StringBuilder();
        for (Diagnostic d : diagnostics) {
            message.append(message.isEmpty() ? "" : "\n\n").append(Renderer.render(d));
        }
        return new MesoError(message.toString(), diagnostics.get(0), source, null, true, incomplete);
    }

    public Diagnostic diagnostic() {
        return diagnostic;
    }

    @ExportMessage
    ExceptionType getExceptionType() {
        return syntax ? ExceptionType.PARSE_ERROR : ExceptionType.RUNTIME_ERROR;
    }

    @ExportMessage
    boolean isExceptionIncompleteSource() {
        return incomplete;
    }

    @ExportMessage
    boolean hasSourceLocation() {
        return source != null;
    }

    @ExportMessage
    @TruffleBoundary
    SourceSection getSourceLocation() throws UnsupportedMessageException {
        if (source == null) {
            throw UnsupportedMessageException.create();
        }
        Span span = diagnostic.primary().span();
        int start = Math.min(span.start(), source.getLength());
        return source.createSection(start, Math.min(span.length(), source.getLength() - start));
    }
}
