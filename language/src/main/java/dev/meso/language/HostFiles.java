package dev.meso.language;

import com.oracle.truffle.api.TruffleFile;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.source.Source;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.error.Suggest;
import dev.meso.runtime.io.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Files as far as the host lets the context reach them. */
public final class HostFiles implements Storage {
    private static final int MOST_TEMPORARY = 1000;

    private final MesoContext context;
    private final TruffleLanguage.Env env;

    HostFiles(MesoContext context) {
        this.context = context;
        this.env = context.env();
    }

    @Override
    public Input find(String name) {
        try {
            return new HostInput(name, find(name, context.session().current()));
        } catch (SecurityException e) {
            throw denied(name);
        }
    }

    /** Looks beside {@code source} (or in the working folder), then in the data folders. */
    TruffleFile find(String name, Source source) {
        List<String> folders = folders(source);
        TruffleFile asGiven = env.getPublicTruffleFile(name);
        if (asGiven.isAbsolute()) {
            if (asGiven.isRegularFile()) {
                return asGiven;
            }
        } else {
            for (String folder : folders) {
                TruffleFile file = env.getPublicTruffleFile(folder).resolve(name);
                if (file.isRegularFile()) {
                    return file;
                }
            }
        }
        throw notFound(name, asGiven, folders);
    }

    private MesoException notFound(String name, TruffleFile asGiven, List<String> folders) {
        for (String folder : folders) {
            if (env.getPublicTruffleFile(folder).resolve(name).isDirectory()) {
                throw new MesoException(
                        ErrorCode.FILE_NOT_FOUND, "'" + name + "' is a folder, not a file", "name a file in it");
            }
        }
        List<String> notes = new ArrayList<>();
        List<String> beside = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        TruffleFile working = env.getCurrentWorkingDirectory();
        for (String folder : folders) {
            TruffleFile directory = env.getPublicTruffleFile(folder).getAbsoluteFile();
            boolean inside = directory.startsWith(working) && !directory.equals(working);
            shown.add(inside ? working.relativize(directory).getPath() : directory.getPath());
            names(directory.resolve(name).getParent(), beside);
        }
        String near = Suggest.didYouMean(asGiven.getName(), beside);
        if (!near.isEmpty()) {
            notes.add(near);
        }
        notes.add(asGiven.isAbsolute() ? "the path is absolute" : "searched in " + String.join(", ", shown));
        notes.add("name further folders with --data or MESO_DATA");
        return new MesoException(
                ErrorCode.FILE_NOT_FOUND, "there is no file '" + name + "'", notes.toArray(String[]::new));
    }

    /** Adds the names of the files in a folder, for a hint; a folder that cannot be read gives none. */
    private static void names(TruffleFile folder, List<String> names) {
        try {
            if (folder != null && folder.isDirectory()) {
                for (TruffleFile file : folder.list()) {
                    names.add(file.getName());
                }
            }
        } catch (IOException | SecurityException e) {
            // Only a hint is lost.
        }
    }

    @Override
    public List<String> folders() {
        return folders(context.session().current());
    }

    private List<String> folders(Source source) {
        List<String> all = new ArrayList<>();
        String path = source == null ? null : source.getPath();
        if (path != null) {
            TruffleFile parent =
                    env.getPublicTruffleFile(path).getAbsoluteFile().getParent();
            all.add(parent == null ? path : parent.getPath());
        } else {
            all.add(env.getCurrentWorkingDirectory().getPath());
        }
        all.addAll(context.dataFolders());
        return all;
    }

    @Override
    public Output create(String name) {
        try {
            TruffleFile target = env.getPublicTruffleFile(name).getAbsoluteFile();
            TruffleFile folder = target.getParent();
            if (folder == null || !folder.isDirectory()) {
                throw new MesoException(ErrorCode.FILE_NOT_FOUND, "there is no folder for the file " + name);
            }
            if (target.isDirectory()) {
                throw new MesoException(ErrorCode.FILE_ERROR, name + " is a folder");
            }
            return new HostOutput(name, target, temporaryBeside(target));
        } catch (SecurityException e) {
            throw denied(name);
        } catch (IOException e) {
            throw new MesoException(ErrorCode.FILE_ERROR, name + " cannot be written: " + e.getMessage());
        }
    }

    /** Hidden, in the same folder so that the final move is one step. */
    private static TruffleFile temporaryBeside(TruffleFile target) throws IOException {
        for (int i = 0; ; i++) {
            TruffleFile candidate = target.resolveSibling(
                    ".meso-" + ProcessHandle.current().pid() + "-" + i + "-" + target.getName() + ".part");
            try {
                // Not createTempFile: the output gets the permissions any new file has.
                candidate.createFile();
                return candidate;
            } catch (FileAlreadyExistsException e) {
                if (i == MOST_TEMPORARY) {
                    throw e;
                }
            }
        }
    }

    /** Makes a folder below the working folder, unless it is there. */
    public void makeFolder(String name) {
        try {
            env.getPublicTruffleFile(name).getAbsoluteFile().createDirectories();
        } catch (SecurityException e) {
            throw denied(name);
        } catch (IOException e) {
            throw new MesoException(ErrorCode.FILE_ERROR, "the folder " + name + " cannot be made: " + e.getMessage());
        }
    }

    /**
     * A folder on the local disk, made unless it is there.
     *
     * @throws MesoException FILE_ERROR where the host lends a file system of its own, or none
     */
    public Path folder(String name) {
        makeFolder(name);
        Path path = Path.of(env.getPublicTruffleFile(name).getAbsoluteFile().getPath());
        if (!Files.isDirectory(path)) {
            throw new MesoException(ErrorCode.FILE_ERROR, "the folder " + name + " is not on the local disk");
        }
        return path;
    }

    private static MesoException denied(String name) {
        return new MesoException(ErrorCode.FILE_ERROR, "the host does not allow access to the file " + name);
    }

    /**
     * The file on the local disk where the host's file system is the local one. A host may lend the program a file system of
     * its own, in which a path means another file: so size and time of change must agree.
     */
    private static Optional<Path> local(TruffleFile file) {
        try {
            Path path = Path.of(file.getAbsoluteFile().getPath());
            boolean same = Files.isRegularFile(path)
                    && Files.size(path) == file.size()
                    && Files.getLastModifiedTime(path).equals(file.getLastModifiedTime());
            return same ? Optional.of(path) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private record HostInput(String name, TruffleFile file) implements Input {
        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public InputStream open() throws IOException {
            return file.newInputStream();
        }

        @Override
        public Optional<Path> path() {
            return local(file);
        }
    }

    private static final class HostOutput implements Output {
        private final String name;
        private final TruffleFile target;
        private final TruffleFile part;
        private OutputStream stream;

        HostOutput(String name, TruffleFile target, TruffleFile part) {
            this.name = name;
            this.target = target;
            this.part = part;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public OutputStream stream() throws IOException {
            if (stream == null) {
                stream = part.newOutputStream(StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
            }
            return stream;
        }

        @Override
        public void commit() throws IOException {
            closeStream();
            part.move(target, StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        public Optional<Path> path() {
            return local(part);
        }

        @Override
        public void close() throws IOException {
            closeStream();
            if (part.exists()) {
                part.delete();
            }
        }

        private void closeStream() throws IOException {
            if (stream != null) {
                stream.close();
            }
        }
    }
}
