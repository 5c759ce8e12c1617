package dev.meso.runtime.mesoscale;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.zip.CRC32;

/** The file in which a fit keeps its state, one for each model and seed. It is replaced as a whole, so a fit that is killed leaves the one before. */
final class Checkpoint {
    private static final long NANOS_BETWEEN = 2_000_000_000L;

    private final Path file;
    /** Of the model, its data and its options: a checkpoint of another fit is refused. */
    private final long fingerprint;

    private long saved = System.nanoTime() - NANOS_BETWEEN;

    Checkpoint(Path directory, ModelFit.Problem problem, FitOptions options) {
        file = directory.resolve(problem.spec().name() + "-" + options.seed() + ".checkpoint");
        fingerprint = fingerprint(problem, options);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static long fingerprint(ModelFit.Problem problem, FitOptions options) {
        CRC32 sum = new CRC32();
        sum.update((problem.spec() + " " + options + " " + problem.loss().source() + " "
                        + problem.activity().names() + " "
                        + Arrays.toString(problem.activity().bounds()))
                .getBytes(StandardCharsets.UTF_8));
        long data = Arrays.hashCode(problem.activity().values());
        long wiring = Arrays.hashCode(problem.structure().weights());
        long fields = Arrays.hashCode(problem.structure().fields().members());
        return sum.getValue() ^ data << 32 ^ wiring << 16 ^ fields;
    }

    /** Inputs and outputs of a module in the fit that was kept; 0 where there is none. */
    int size() {
        if (!Files.exists(file)) {
            return 0;
        }
        try (DataInputStream in = open()) {
            return header(in);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    void restore(Training training) {
        try (DataInputStream in = open()) {
            header(in);
            training.restore(in);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Writes the state, but not more often than every two seconds unless {@code last}. */
    void save(Training training, boolean last) {
        if (!last && System.nanoTime() - saved < NANOS_BETWEEN) {
            return;
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
                out.writeLong(fingerprint);
                out.writeInt(training.size());
                training.save(out);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unwritable(e);
        }
        saved = System.nanoTime();
    }

    private DataInputStream open() throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
    }

    private int header(DataInputStream in) throws IOException {
        if (in.readLong() != fingerprint) {
            throw new MesoException(
                    ErrorCode.WRONG_FORMAT,
                    "the checkpoint " + file.getFileName() + " is of another model, other data or other options",
                    "give another directory, or remove the file to begin anew");
        }
        return in.readInt();
    }

    private MesoException unreadable(IOException e) {
        return new MesoException(
                ErrorCode.WRONG_FORMAT,
                "the checkpoint " + file.getFileName() + " cannot be read: " + e.getMessage(),
                "remove it to begin anew");
    }

    private MesoException unwritable(IOException e) {
        return new MesoException(
                ErrorCode.FILE_ERROR, "the checkpoint " + file.getFileName() + " cannot be written: " + e.getMessage());
    }
}
