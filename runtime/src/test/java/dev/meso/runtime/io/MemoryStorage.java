package dev.meso.runtime.io;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files in memory, read in pieces of at most {@code piece} bytes so that every boundary is met. */
final class MemoryStorage implements Storage {
    final Map<String, byte[]> files = new TreeMap<>();
    private final int piece;

    MemoryStorage(int piece) {
        this.piece = piece;
    }

    MemoryStorage with(String name, String text) {
        return with(name, text.getBytes(StandardCharsets.UTF_8));
    }

    MemoryStorage with(String name, byte[] bytes) {
        files.put(name, bytes);
        return this;
    }

    String text(String name) {
        return new String(files.get(name), StandardCharsets.UTF_8);
    }

    @Override
    public Input find(String name) {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw new MesoException(ErrorCode.FILE_NOT_FOUND, name);
        }
        return new Input() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes) {
                    @Override
                    public int read(byte[] buffer, int offset, int length) {
                        return super.read(buffer, offset, Math.min(length, piece));
                    }
                };
            }
        };
    }

    @Override
    public Output create(String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return new Output() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public OutputStream stream() {
                return bytes;
            }

            @Override
            public void commit() {
                files.put(name, bytes.toByteArray());
            }

            @Override
            public void close() {
                // Nothing is left behind.
            }
        };
    }

    @Override
    public List<String> folders() {
        return List.of("memory");
    }
}
