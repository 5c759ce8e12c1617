package dev.meso.repl;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Terminal;

/** Takes UTF-8 and writes it to a terminal in the terminal's own encoding, whole lines or what is flushed. */
final class TerminalStream extends OutputStream {
    private final Terminal terminal;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    TerminalStream(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public synchronized void write(int b) {
        pending.write(b);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
        pending.write(bytes, from, length);
    }

    @Override
    public synchronized void flush() {
        terminal.writer().write(pending.toString(StandardCharsets.UTF_8));
        terminal.writer().flush();
        pending.reset();
    }
}
