package dev.meso.runtime.io;

import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.compression.AbstractCompressionCodec;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;

/**
 * How batches of an Arrow file are compressed: as the Arrow library does it, but LZ4, the usual form of feather files, is
 * unpacked here: the stream that Arrow uses moves its whole window for each few bytes when blocks are linked, as pyarrow links
 * them, and took 12 s for a million connections that Zstandard gives in 0.4 s.
 */
final class ArrowCodecs implements CompressionCodec.Factory {
    static final ArrowCodecs INSTANCE = new ArrowCodecs();

    private static final int MAGIC = 0x184D2204;
    private static final int BLOCK_CHECKSUM = 0x10;
    private static final int CONTENT_SIZE = 0x08;
    private static final int DICTIONARY = 0x01;

    private ArrowCodecs() {}

    @Override
    public CompressionCodec createCodec(CodecType type) {
        return type == CodecType.LZ4_FRAME ? new Lz4() : CommonsCompressionFactory.INSTANCE.createCodec(type);
    }

    @Override
    public CompressionCodec createCodec(CodecType type, int level) {
        return type == CodecType.LZ4_FRAME ? new Lz4() : CommonsCompressionFactory.INSTANCE.createCodec(type, level);
    }

    /** Only unpacks: Meso writes Zstandard. */
    private static final class Lz4 extends AbstractCompressionCodec {
        @Override
        public CodecType getCodecType() {
            return CodecType.LZ4_FRAME;
        }

        @Override
        protected ArrowBuf doCompress(BufferAllocator memory, ArrowBuf plain) {
            throw new UnsupportedOperationException("LZ4 is only read");
        }

        @Override
        protected ArrowBuf doDecompress(BufferAllocator memory, ArrowBuf packed) {
            int length = Math.toIntExact(readUncompressedLength(packed));
            byte[] in = new byte[Math.toIntExact(packed.writerIndex() - CompressionUtil.SIZE_OF_UNCOMPRESSED_LENGTH)];
            packed.getBytes(CompressionUtil.SIZE_OF_UNCOMPRESSED_LENGTH, in);
            ArrowBuf plain = memory.buffer(length); // refuses a damaged length
            try {
                plain.setBytes(0, unpackFrame(in, length));
                plain.writerIndex(length);
                return plain;
            } catch (RuntimeException e) {
                plain.close();
                throw e;
            }
        }
    }

    /**
     * An LZ4 frame (github.com/lz4/lz4, doc/lz4_Frame_format.md): a header, blocks, an end mark. Blocks may refer to the ones
     * before. Checksums are passed over; indexes outside the arrays end in an IndexOutOfBoundsException.
     */
    static byte[] unpackFrame(byte[] in, int length) {
        if (int32(in, 0) != MAGIC) {
            throw new IllegalArgumentException("no LZ4 frame");
        }
        int flags = in[4];
        int at = 7 + ((flags & CONTENT_SIZE) != 0 ? 8 : 0) + ((flags & DICTIONARY) != 0 ? 4 : 0);
        byte[] out = new byte[length];
        int to = 0;
        for (int size = int32(in, at); size != 0; size = int32(in, at)) {
            at += 4;
            int bytes = size & Integer.MAX_VALUE;
            if (size < 0) { // stored as it is
                System.arraycopy(in, at, out, to, bytes);
                to += bytes;
            } else {
                to = unpackBlock(in, at, Math.addExact(at, bytes), out, to);
            }
            at = Math.addExact(at, bytes) + ((flags & BLOCK_CHECKSUM) != 0 ? 4 : 0);
        }
        if (to != length) {
            throw new IllegalArgumentException("a buffer of " + length + " bytes unpacks to " + to);
        }
        return out;
    }

    /** Literals, then a copy of what was written before, and so on; the last literals have no copy after them. */
    private static int unpackBlock(byte[] in, int from, int end, byte[] out, int start) {
        int at = from;
        int to = start;
        while (at < end) {
            int token = in[at++] & 0xff;
            int literals = token >>> 4;
            if (literals == 15) {
                int more;
                do {
                    more = in[at++] & 0xff;
                    literals = Math.addExact(literals, more);
                } while (more == 255);
            }
            System.arraycopy(in, at, out, to, literals);
            at += literals;
            to += literals;
            if (at >= end) {
                break;
            }
            int back = in[at] & 0xff | (in[at + 1] & 0xff) << 8;
            at += 2;
            int copy = (token & 15) + 4;
            if ((token & 15) == 15) {
                int more;
                do {
                    more = in[at++] & 0xff;
                    copy = Math.addExact(copy, more);
                } while (more == 255);
            }
            if (back >= copy) {
                System.arraycopy(out, to - back, out, to, copy);
                to += copy;
            } else {
                for (int stop = Math.addExact(to, copy); to < stop; to++) {
                    out[to] = out[to - back]; // the copy repeats itself
                }
            }
        }
        return to;
    }

    private static int int32(byte[] b, int at) {
        return b[at] & 0xff | (b[at + 1] & 0xff) << 8 | (b[at + 2] & 0xff) << 16 | b[at + 3] << 24;
    }
}
