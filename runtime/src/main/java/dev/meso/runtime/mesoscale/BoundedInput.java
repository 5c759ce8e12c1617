package dev.meso.runtime.mesoscale;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Numbers, words and lists of a file that may lie: nothing is longer than what is left of the file, no index beyond its range. */
class BoundedInput {
    private final DataInputStream in;
    private final String name;
    /** Bytes not yet read. */
    private long left;

    BoundedInput(DataInputStream in, long length, String name) {
        this.in = in;
        this.left = length;
        this.name = name;
    }

    final MesoException damaged(String what) {
        return new MesoException(
                ErrorCode.WRONG_FORMAT,
                "the file '" + name + "' is damaged: " + what,
                "copy it once more from where it came, or fit the model again");
    }

    final long left() {
        return left;
    }

    final byte letter() throws IOException {
        return taken(1, in.readByte());
    }

    final void check(boolean right, String otherwise) {
        if (!right) {
            throw damaged(otherwise);
        }
    }

    private <T> T taken(int bytes, T value) throws IOException {
        left -= bytes;
        if (left < 0) {
            throw new EOFException();
        }
        return value;
    }

    final long whole() throws IOException {
        return taken(Long.BYTES, in.readLong());
    }

    final double number() throws IOException {
        return taken(Double.BYTES, in.readDouble());
    }

    final boolean truth() throws IOException {
        byte truth = taken(1, in.readByte());
        check(truth == 0 || truth == 1, "neither true nor false");
        return truth == 1;
    }

    final int between(String what, int low, int high) throws IOException {
        int number = taken(Integer.BYTES, in.readInt());
        check(number >= low && number <= high, what + " is " + number);
        return number;
    }

    /** How many things follow that take so many bytes each or more. */
    final int count(int bytesEach) throws IOException {
        int count = taken(Integer.BYTES, in.readInt());
        check(
                count >= 0 && (long) count * bytesEach <= left,
                "it speaks of " + count + " things that it does not hold");
        return count;
    }

    final String text() throws IOException {
        int length = count(1);
        return new String(taken(length, in.readNBytes(length)), StandardCharsets.UTF_8);
    }

    final List<String> texts() throws IOException {
        int count = count(Integer.BYTES);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(text());
        }
        return texts;
    }

    final double[] numbers() throws IOException {
        double[] numbers = new double[count(Double.BYTES)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number();
        }
        return numbers;
    }

    final int[] wholes() throws IOException {
        int[] numbers = new int[count(Integer.BYTES)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = taken(Integer.BYTES, in.readInt());
        }
        return numbers;
    }

    /** Whole numbers from 0 to below {@code n}. */
    final int[] indexes(int n) throws IOException {
        int[] numbers = wholes();
        for (int number : numbers) {
            check(number >= 0 && number < n, "it speaks of number " + number + " of " + n);
        }
        return numbers;
    }

    final <E extends Enum<E>> E word(Class<E> type) throws IOException {
        String word = text();
        for (E one : type.getEnumConstants()) {
            if (one.name().equals(word)) {
                return one;
            }
        }
        throw damaged("it speaks of an unknown " + type.getSimpleName().toLowerCase(Locale.ROOT));
    }
}
