package dev.meso.runtime.mesoscale;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.io.Storage;
import dev.meso.runtime.provenance.InputFile;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.task.Monitor;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * Fitted models as files: {@link #MAGIC}, the version of the format, who wrote it, the body ({@link FitWriter}), a checksum (CRC-32) of all before,
 * {@link #END}. The frame is the same in all versions. No class is named in it and none is loaded by it: files come from strangers.
 *
 * <p>The neurons are kept by name and by their fields; the connectome they belong to and the recording are not.
 */
public final class FitFile {
    /** The first bytes; the first of them is no text, so that the file is taken for none. */
    private static final byte[] MAGIC = "\u008eMesoFit".getBytes(StandardCharsets.ISO_8859_1);

    private static final byte[] END = "tiFoseM\n".getBytes(StandardCharsets.ISO_8859_1);

    /** Of the body. It rises with each change of what is written, and of where parameters stand ({@link ModelGraph}, {@link FieldLayout}). */
    static final int VERSION = 2;

    private static final int TRAILER = Long.BYTES + 8;
    private static final int PIECE = 1 << 16;

    private FitFile() {}

    /**
     * What a file holds.
     *
     * @param warnings what to know before the result is trusted
     * @param choices what each number of modules came to; null where one was given
     */
    public record Content(FittedModel model, List<String> warnings, Table choices, Provenance provenance) {}

    /** What was read, and from where. */
    public record Loaded(Content content, InputFile file) {}

    /**
     * Writes a model; the file appears when it is complete.
     *
     * @param software that writes it, for those who read it
     * @throws MesoException FILE_NOT_FOUND, FILE_ERROR
     */
    public static void write(Content content, String software, String name, Storage storage, Monitor monitor) {
        try (Storage.Output output = storage.create(name)) {
            CRC32 sum = new CRC32();
            OutputStream watched = new FilterOutputStream(output.stream()) {
                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    monitor.checkpoint();
                    out.write(bytes, from, length);
                }
            };
            BufferedOutputStream bytes = new BufferedOutputStream(new CheckedOutputStream(watched, sum), PIECE);
            DataOutputStream out = new DataOutputStream(bytes);
            out.write(MAGIC);
            out.writeInt(VERSION);
            FitWriter writer = new FitWriter(out);
            writer.text(software);
            writer.content(content);
            out.flush();
            out.writeLong(sum.getValue());
            out.write(END);
            out.flush();
            output.commit();
        } catch (IOException e) {
            throw new MesoException(ErrorCode.FILE_ERROR, "cannot write '" + name + "': " + e.getMessage());
        }
    }

    /**
     * Reads a model: once to see that the file is whole, once for what it says.
     *
     * @throws MesoException WRONG_FORMAT for what is no fit, a fit of another version, truncated or damaged; FILE_ERROR
     */
    public static Loaded read(Storage.Input input, Monitor monitor) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            long length = whole(input, digest, monitor);
            String hash = HexFormat.of().formatHex(digest.digest());
            try (InputStream file = input.open()) {
                DataInputStream in = new DataInputStream(new BufferedInputStream(file, PIECE));
                in.skipNBytes(MAGIC.length);
                int version = in.readInt();
                FitReader reader = new FitReader(in, length - MAGIC.length - Integer.BYTES, input.name());
                String software = reader.text();
                if (version != VERSION) {
                    throw new MesoException(
                            ErrorCode.WRONG_FORMAT,
                            "the fit '" + input.name() + "' was written by " + software + " in version " + version
                                    + " of its format; this Meso reads version " + VERSION,
                            version > VERSION ? "load it with that Meso or a newer one" : "load it with that Meso",
                            "or fit the model again from its script");
                }
                return new Loaded(reader.content(), new InputFile(input.name(), length + TRAILER, hash));
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (EOFException e) {
            throw truncated(input.name());
        } catch (IOException e) {
            throw new MesoException(ErrorCode.FILE_ERROR, "cannot read '" + input.name() + "': " + e.getMessage());
        }
    }

    private static MesoException truncated(String name) {
        return new MesoException(
                ErrorCode.WRONG_FORMAT,
                "the file '" + name + "' is truncated: it ends before its end",
                "copy it once more from where it came, or fit the model again");
    }

    /** Looks at all bytes; returns how many there are before the checksum. */
    private static long whole(Storage.Input input, MessageDigest digest, Monitor monitor) throws IOException {
        try (InputStream in = new DigestInputStream(new BufferedInputStream(input.open(), PIECE), digest)) {
            CRC32 sum = new CRC32();
            byte[] head = in.readNBytes(MAGIC.length);
            if (!Arrays.equals(head, Arrays.copyOf(MAGIC, head.length)) || head.length == 0) {
                throw new MesoException(
                        ErrorCode.WRONG_FORMAT,
                        "the file '" + input.name() + "' is not a fit of Meso",
                        "load reads what save(w, \"name.fit\") wrote; tables are read with table(\"…\")");
            }
            sum.update(head);
            long left = input.size() - MAGIC.length - TRAILER;
            if (left < 0) {
                throw truncated(input.name());
            }
            byte[] piece = new byte[PIECE];
            for (long rest = left; rest > 0; ) {
                monitor.checkpoint();
                int read = in.read(piece, 0, (int) Math.min(PIECE, rest));
                if (read < 0) {
                    throw truncated(input.name());
                }
                sum.update(piece, 0, read);
                rest -= read;
            }
            DataInputStream trailer = new DataInputStream(in);
            long expected = trailer.readLong();
            if (!Arrays.equals(in.readNBytes(END.length), END)) {
                throw truncated(input.name());
            }
            if (expected != sum.getValue()) {
                throw new FitReader(trailer, 0, input.name()).damaged("its checksum is not that of its bytes");
            }
            return left + MAGIC.length;
        }
    }
}
