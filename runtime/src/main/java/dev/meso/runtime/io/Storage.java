package dev.meso.runtime.io;

import dev.meso.runtime.error.MesoException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where a program finds its inputs and puts its outputs. Inputs are never changed. */
public interface Storage {
    /**
     * The input of this name: absolute, or relative to the first of {@link #folders} that has it.
     *
     * @throws MesoException FILE_NOT_FOUND listing the folders searched, FILE_ERROR where it may not be read
     */
    Input find(String name);

    /**
     * A new output; a relative name is meant relative to the working folder. It appears under its name, replacing what was
     * there, only on {@link Output#commit}.
     *
     * @throws MesoException FILE_NOT_FOUND where its folder does not exist, FILE_ERROR where it may not be written
     */
    Output create(String name);

    /** Searched for inputs in this order: the folder of the script, then the data folders. */
    List<String> folders();

    /** A file to read. */
    interface Input {
        /** As the user wrote it. */
        String name();

        /** In bytes. */
        long size() throws IOException;

        /** From the beginning; may be asked several times. */
        InputStream open() throws IOException;

        /** Where it is on the local disk, if it is. */
        default Optional<Path> path() {
            return Optional.empty();
        }
    }

    /** A file being written. Closing without {@link #commit} deletes what was written. */
    interface Output extends Closeable {
        String name();

        OutputStream stream() throws IOException;

        /** Moves the finished file into place. */
        void commit() throws IOException;

        /** The temporary file on the local disk, if it is there; for writers that need a path. */
        default Optional<Path> path() {
            return Optional.empty();
        }

        @Override
        void close() throws IOException;
    }
}
