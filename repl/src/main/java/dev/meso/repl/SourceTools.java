package dev.meso.repl;

import dev.meso.language.ast.TreeText;
import dev.meso.language.check.Checker;
import dev.meso.language.diagnostic.Diagnostic;
import dev.meso.language.diagnostic.Renderer;
import dev.meso.language.diagnostic.SourceText;
import dev.meso.language.format.Formatter;
import dev.meso.language.parse.ParseResult;
import dev.meso.language.parse.Piece;
import dev.meso.language.parse.SourceReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;

/** Commands that look at sources and run nothing: {@code fmt} and {@code --dump}. */
final class SourceTools {
    private final Console console;

    SourceTools(Console console) {
        this.console = console;
    }

    /** Lays out files in place, or names those that are not laid out and gives status 1. */
    int format(Request.Format request) {
        int status = Commands.DONE;
        for (Path file : request.files()) {
            status = Math.max(status, format(file, request.checkOnly()));
        }
        return status;
    }

    private int format(Path file, boolean checkOnly) {
        String text = read(file);
        int status = explain(file.toString(), text, SourceReader.read(text));
        if (status != Commands.DONE) {
            return status;
        }
        String laidOut = Formatter.format(text);
        if (laidOut.equals(text)) {
            return Commands.DONE;
        }
        if (checkOnly) {
            console.out().println(file + " is not laid out; `meso fmt " + file + "` does it");
            return Commands.FAILED;
        }
        replace(file, laidOut);
        return Commands.DONE;
    }

    /** The new text stands beside the old one before it takes its place: no moment has half a file. */
    private static void replace(Path file, String text) {
        try {
            Path target = file.toRealPath();
            Path fresh = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".new");
            try {
                Files.writeString(fresh, text);
                if (Files.getFileAttributeView(target, PosixFileAttributeView.class) != null) {
                    Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(target));
                }
                move(fresh, target);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new UsageException("cannot write " + file);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The text of a source file. */
    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no file " + file);
        } catch (CharacterCodingException e) {
            throw new UsageException(file + " is not UTF-8 text");
        } catch (IOException e) {
            throw new UsageException("cannot read " + file + (Files.isDirectory(file) ? ": it is a folder" : ""));
        }
    }

    /** Writes the mistakes in a text's form, if any, and gives the status. */
    private int explain(String name, String text, ParseResult result) {
        for (Diagnostic diagnostic : Checker.explain(new SourceText(name, text), result)) {
            console.err().println(Renderer.render(diagnostic));
        }
        return result.ok() ? Commands.DONE : Commands.WRONG;
    }

    /** The checker needs what a context knows, so the language itself writes the code. */
    private int dumpCode(Request.Dump request) {
        Source source = Source.newBuilder(Programs.LANGUAGE, request.code(), request.name())
                .buildLiteral();
        try (Context context = Programs.builder(request.settings(), console)
                .option("meso.dump", "true")
                .build()) {
            context.parse(source);
            return Commands.DONE;
        } catch (PolyglotException e) {
            return Failures.explain(e, request.code(), console);
        }
    }

    /** Shows what the lexer, the parser or the checker makes of a text. */
    int dump(Request.Dump request) {
        String text = request.code();
        if (request.phase() == Request.Phase.TOKENS) {
            for (Piece piece : Piece.of(text)) {
                String shown = text.substring(piece.start(), piece.end()).replace("\n", "\\n");
                console.out().printf("%6d  %-9s %-18s %s%n", piece.start(), piece.kind(), piece.token(), shown);
            }
            return Commands.DONE;
        }
        if (request.phase() == Request.Phase.CODE) {
            return dumpCode(request);
        }
        ParseResult result = SourceReader.read(text);
        int status = explain(request.name(), text, result);
        if (status == Commands.DONE) {
            console.out().print(TreeText.of(result.program()));
        }
        return status;
    }
}
