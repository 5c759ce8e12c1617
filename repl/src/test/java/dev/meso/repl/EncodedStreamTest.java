package dev.meso.repl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EncodedStreamTest {
    private static byte[] written(String text, Charset charset, int piece) {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (EncodedStream stream = new EncodedStream(target, charset, true, () -> {})) {
            for (int i = 0; i < bytes.length; i += piece) {
                stream.write(bytes, i, Math.min(piece, bytes.length - i));
                stream.flush();
            }
        }
        return target.toByteArray();
    }

    @Test
    void characterCutByAFlushArriveWhole() {
        String text = "20 µm ± 0.5 → 𝛼\n";
        for (int piece = 1; piece < 5; piece++) {
            assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), written(text, StandardCharsets.UTF_8, piece));
            assertEquals(
                    "20 um +- 0.5 -> ?\n",
                    new String(written(text, StandardCharsets.US_ASCII, piece), StandardCharsets.US_ASCII));
            assertEquals(
                    "20 µm ± 0.5 -> ?\n",
                    new String(written(text, StandardCharsets.ISO_8859_1, piece), StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void aReaderWhoLeftIsNoticedOnceAndWritingGoesNowhere() {
        OutputStream closedPipe = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        AtomicInteger noticed = new AtomicInteger();
        try (EncodedStream stream =
                new EncodedStream(closedPipe, StandardCharsets.UTF_8, true, noticed::incrementAndGet)) {
            stream.write('\n');
            stream.write('\n');
        }
        assertEquals(1, noticed.get());
    }

    @Test
    void aPipeIsWrittenInLargePieces() {
        AtomicInteger writes = new AtomicInteger();
        OutputStream counting = new OutputStream() {
            @Override
            public void write(int b) {
                throw new AssertionError("byte by byte");
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                writes.incrementAndGet();
            }
        };
        byte[] line = "0123456789\n".getBytes(StandardCharsets.UTF_8);
        try (EncodedStream stream = new EncodedStream(counting, StandardCharsets.UTF_8, false, () -> {})) {
            for (int i = 0; i < 10_000; i++) {
                stream.write(line, 0, line.length);
                stream.flush();
            }
        }
        assertEquals(true, writes.get() < 100, writes + " writes for 10,000 lines");
    }
}
