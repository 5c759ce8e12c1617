package dev.meso.runtime.tensor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Places buffers in one arena so that those that live at the same time do not overlap. */
final class Memory {
    /** Whole cache lines, so that two threads do not write to one. */
    private static final int ALIGN = 16;

    /** Some numbers that live from one step to another. */
    static final class Buffer {
        private final int size;
        private final int first;
        private int last;
        private int offset = -1;

        private Buffer(int size, int first, int last) {
            this.size = size;
            this.first = first;
            this.last = last;
        }

        int size() {
            return size;
        }

        int last() {
            return last;
        }

        /** Its place, after {@link Memory#place}. */
        int offset() {
            return offset;
        }

        void usedAt(int step) {
            last = Math.max(last, step);
        }
    }

    private final List<Buffer> buffers = new ArrayList<>();

    Buffer buffer(int size, int first, int last) {
        Buffer buffer = new Buffer(size, first, last);
        buffers.add(buffer);
        return buffer;
    }

    /** Gives all buffers their places, the largest first, each in the lowest gap that fits; returns the size of the arena. */
    long place() {
        List<Buffer> placed = new ArrayList<>();
        List<Buffer> bySize = new ArrayList<>(buffers);
        bySize.sort(Comparator.comparingInt((Buffer b) -> -b.size).thenComparingInt(b -> b.first));
        long end = 0;
        for (Buffer buffer : bySize) {
            // `placed` is ordered by offset: the first gap between those that live at the same time.
            long at = 0;
            for (Buffer other : placed) {
                if (other.first <= buffer.last && buffer.first <= other.last) {
                    if (at + round(buffer.size) <= other.offset) {
                        break;
                    }
                    at = Math.max(at, other.offset + round(other.size));
                }
            }
            end = Math.max(end, at + round(buffer.size));
            if (end > Integer.MAX_VALUE - 64) {
                return end;
            }
            buffer.offset = (int) at;
            int i = 0;
            while (i < placed.size() && placed.get(i).offset <= buffer.offset) {
                i++;
            }
            placed.add(i, buffer);
        }
        return end;
    }

    private static long round(int size) {
        return (size + ALIGN - 1L) / ALIGN * ALIGN;
    }
}
