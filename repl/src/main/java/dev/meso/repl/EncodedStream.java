package dev.meso.repl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Takes UTF-8 and writes what the terminal can show: where its charset lacks a character, a plain stand-in ({@code um}
 * for {@code µm}, {@code +-}, {@code ->}). A reader who has left ends the output silently, as it does with other programs.
 */
final class EncodedStream extends OutputStream {
    private static final int BUFFER = 16_384;
    /** Lines to a file wait at most about this long for company, so that the log of a long run can be followed. */
    private static final long PATIENCE_NANOS = 100_000_000;

    private final OutputStream target;
    /** Null where nothing needs encoding. */
    private final CharsetEncoder encoder;

    private final boolean eager;
    private final Runnable gone;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream(256);
    private boolean broken;
    private long sent = System.nanoTime();

    /**
     * @param eager whether each line is to be seen at once
     * @param gone called once when the reader has left
     */
    EncodedStream(OutputStream target, Charset charset, boolean eager, Runnable gone) {
        this.target = target;
        this.encoder = charset.equals(StandardCharsets.UTF_8) ? null : charset.newEncoder();
        this.eager = eager;
        this.gone = gone;
    }

    @Override
    public synchronized void write(int b) {
        pending.write(b);
        if (b == '\n') {
            lineEnds();
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
        pending.write(bytes, from, length);
        if (length > 0 && bytes[from + length - 1] == '\n') {
            lineEnds();
        } else if (pending.size() >= BUFFER) {
            send();
        }
    }

    private void lineEnds() {
        if (eager || pending.size() >= BUFFER || System.nanoTime() - sent > PATIENCE_NANOS) {
            send();
        }
    }

    /** A lazy stream keeps what it has until it is full or closed: programs flush after each line they print. */
    @Override
    public synchronized void flush() {
        if (eager) {
            send();
        }
    }

    @Override
    public synchronized void close() {
        send();
    }

    private void send() {
        if (pending.size() == 0) {
            return;
        }
        sent = System.nanoTime();
        byte[] bytes = pending.toByteArray();
        pending.reset();
        int whole = encoder == null ? bytes.length : wholeCharacters(bytes);
        pending.write(bytes, whole, bytes.length - whole);
        if (broken) {
            return;
        }
        try {
            if (encoder == null) {
                target.write(bytes, 0, whole);
            } else {
                target.write(encode(new String(bytes, 0, whole, StandardCharsets.UTF_8)));
            }
            target.flush();
        } catch (IOException e) {
            broken = true;
            gone.run();
        }
    }

    /** The length of the bytes without a character cut at their end. */
    private static int wholeCharacters(byte[] bytes) {
        int start = bytes.length - 1;
        while (start > 0 && bytes.length - start < 4 && (bytes[start] & 0xC0) == 0x80) {
            start--;
        }
        int lead = bytes[start] & 0xFF;
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        return start + length > bytes.length ? start : bytes.length;
    }

    private byte[] encode(String text) throws CharacterCodingException {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            String character = text.substring(i, next);
            shown.append(c < 0x80 || encoder.canEncode(character) ? character : standIn(c));
            i = next;
        }
        java.nio.ByteBuffer encoded = encoder.encode(CharBuffer.wrap(shown));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    private static String standIn(int c) {
        return switch (c) {
            case 'µ', 'μ' -> "u";
            case '±' -> "+-";
            case '…' -> "...";
            case '→' -> "->";
            case '←' -> "<-";
            case '↔' -> "<->";
            case '×', '·' -> "*";
            case '−', '–', '—', '─' -> "-";
            case '│' -> "|";
            case '²' -> "^2";
            case '³' -> "^3";
            case 'Ω' -> "Ohm";
            case '‘', '’' -> "'";
            case '“', '”' -> "\"";
            default -> "?";
        };
    }
}
