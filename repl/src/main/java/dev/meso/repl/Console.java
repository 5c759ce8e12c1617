package dev.meso.repl;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and writes. The streams take UTF-8, whatever the terminal speaks.
 *
 * @param inputTerminal whether somebody types the input
 * @param outputTerminal whether somebody reads the output as it comes
 * @param errorTerminal the same of the error output; progress is shown only then
 */
record Console(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean inputTerminal,
        boolean outputTerminal,
        boolean errorTerminal) {

    /**
     * The streams of the process. The launcher says in {@code meso.terminal} which of them are terminals ({@code i},
     * {@code o}, {@code e}) and whether the locale is plain ASCII ({@code a}): asking Java costs more.
     *
     * @param outputGone called once when the reader of the output has left, as {@code head} does
     */
    static Console ofProcess(Runnable outputGone) {
        String terminal = System.getProperty("meso.terminal", "");
        boolean out = terminal.contains("o");
        boolean err = terminal.contains("e");
        return new Console(
                new FileInputStream(FileDescriptor.in),
                stream(FileDescriptor.out, out, terminal, outputGone),
                stream(FileDescriptor.err, true, err ? terminal : "", () -> {}),
                terminal.contains("i"),
                out,
                err);
    }

    private static PrintStream stream(FileDescriptor file, boolean eager, String terminal, Runnable gone) {
        Charset charset = StandardCharsets.UTF_8;
        if (eager && terminal.contains("a")) {
            charset = StandardCharsets.US_ASCII;
        } else if (eager && System.getProperty("stdout.encoding") instanceof String name && Charset.isSupported(name)) {
            charset = Charset.forName(name);
        }
        OutputStream encoded = new EncodedStream(new FileOutputStream(file), charset, eager, gone);
        return new PrintStream(encoded, false, StandardCharsets.UTF_8);
    }
}
