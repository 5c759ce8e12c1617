package dev.meso.runtime.io;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.error.Suggest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Files of the local disk. */
public final class LocalStorage implements Storage {
    private static final int MOST_NAMES = 10_000;

    private final List<Path> inputs;
    private final Path outputs;

    /**
     * @param inputs the folders searched for inputs, in order
     * @param outputs what the names of outputs are relative to
     */
    public LocalStorage(List<Path> inputs, Path outputs) {
        this.inputs = List.copyOf(inputs);
        this.outputs = outputs;
    }

    @Override
    public List<String> folders() {
        return inputs.stream().map(Path::toString).toList();
    }

    @Override
    public Input find(String name) {
        try {
            for (Path folder : inputs.isEmpty() ? List.of(Path.of("")) : inputs) {
                Path path = folder.resolve(name);
                if (Files.isRegularFile(path)) {
                    return new LocalInput(name, path);
                }
            }
        } catch (InvalidPathException e) {
            throw new MesoException(ErrorCode.FILE_NOT_FOUND, "'" + name + "' is not the name of a file");
        }
        throw notFound(name);
    }

    private MesoException notFound(String name) {
        Path asked = Path.of(name);
        List<String> notes = new ArrayList<>();
        List<String> beside = new ArrayList<>();
        List<Path> searched = asked.isAbsolute() ? List.of(Path.of("/")) : inputs;
        for (Path folder : searched) {
            Path parent = folder.resolve(name).getParent();
            if (parent != null && Files.isDirectory(parent)) {
                try (Stream<Path> files = Files.list(parent)) {
                    files.limit(MOST_NAMES)
                            .forEach(f -> beside.add(f.getFileName().toString()));
                } catch (IOException e) {
                    // Only a hint is lost.
                }
            }
        }
        if (asked.getFileName() != null) {
            String near = Suggest.didYouMean(asked.getFileName().toString(), beside);
            if (!near.isEmpty()) {
                notes.add(near);
            }
        }
        if (!asked.isAbsolute()) {
            notes.add("searched in " + String.join(", ", folders()));
            notes.add("name further folders with --data DIR or MESO_DATA");
        }
        return new MesoException(
                ErrorCode.FILE_NOT_FOUND, "there is no file '" + name + "'", notes.toArray(String[]::new));
    }

    @Override
    public Output create(String name) {
        Path target;
        try {
            target = outputs.resolve(name).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new MesoException(ErrorCode.FILE_ERROR, "'" + name + "' is not the name of a file");
        }
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new MesoException(
                    ErrorCode.FILE_NOT_FOUND, "there is no folder '" + folder + "' to write '" + name + "' to");
        }
        if (Files.isDirectory(target)) {
            throw new MesoException(ErrorCode.FILE_ERROR, "'" + name + "' is a folder");
        }
        try {
            return new LocalOutput(name, target, temporaryBeside(target));
        } catch (IOException e) {
            throw new MesoException(ErrorCode.FILE_ERROR, "cannot write '" + name + "': " + reason(e));
        }
    }

    /** Hidden, in the same folder so that the final move is atomic, and with the same ending for writers that look at it. */
    private static Path temporaryBeside(Path target) throws IOException {
        for (int i = 0; ; i++) {
            Path candidate =
                    target.resolveSibling("." + ProcessHandle.current().pid() + "-" + i + "." + target.getFileName());
            try {
                // Not createTempFile: the output gets the permissions any new file has.
                return Files.createFile(candidate);
            } catch (FileAlreadyExistsException e) {
                if (i == 1000) {
                    throw e;
                }
            }
        }
    }

    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "it is not there";
        }
        if (e instanceof FileSystemException f && f.getReason() != null) {
            return f.getReason();
        }
        return String.valueOf(e.getMessage());
    }

    private record LocalInput(String name, Path file) implements Input {
        @Override
        public long size() throws IOException {
            return Files.size(file);
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }

        @Override
        public Optional<Path> path() {
            return Optional.of(file);
        }
    }

    private static final class LocalOutput implements Output {
        private final String name;
        private final Path target;
        private final Path temporary;
        private OutputStream stream;
        private boolean done;

        LocalOutput(String name, Path target, Path temporary) {
            this.name = name;
            this.target = target;
            this.temporary = temporary;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public OutputStream stream() throws IOException {
            if (stream == null) {
                stream = new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16);
            }
            return stream;
        }

        @Override
        public Optional<Path> path() {
            return Optional.of(temporary);
        }

        @Override
        public void commit() throws IOException {
            if (stream != null) {
                stream.close();
            }
            try {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
            }
            done = true;
        }

        @Override
        public void close() throws IOException {
            if (!done) {
                if (stream != null) {
                    stream.close();
                }
                Files.deleteIfExists(temporary);
                done = true;
            }
        }
    }
}
