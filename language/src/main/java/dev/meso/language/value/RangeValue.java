package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;

/**
 * Whole numbers {@code from..to step s}, both ends included where the step reaches them. {@code 5..1} is empty;
 * {@code 5..1 step -1} counts down.
 */
public final class RangeValue extends MesoValue {
    private final long from;
    private final long step;
    private final long length;

    private RangeValue(long from, long step, long length) {
        this.from = from;
        this.step = step;
        this.length = length;
    }

    /** @throws MesoException WRONG_VALUE where the step is 0 or the range has 2^63 numbers or more */
    public static RangeValue of(long from, long to, long step) {
        if (step == 0) {
            throw zeroStep();
        }
        if (step > 0 ? from > to : from < to) {
            return new RangeValue(from, step, 0);
        }
        long span = to - from;
        if (((to ^ from) & (to ^ span)) < 0) {
            throw tooLong();
        }
        long length = span / step + 1;
        if (length <= 0) {
            throw tooLong();
        }
        return new RangeValue(from, step, length);
    }

    @TruffleBoundary
    private static MesoException zeroStep() {
        return new MesoException(ErrorCode.WRONG_VALUE, "the step of a range cannot be 0");
    }

    @TruffleBoundary
    private static MesoException tooLong() {
        return new MesoException(ErrorCode.INTEGER_OVERFLOW, "a range cannot have more than 2^63 - 1 numbers");
    }

    public long from() {
        return from;
    }

    public long step() {
        return step;
    }

    public long length() {
        return length;
    }

    /** Number {@code index}, {@code 0 <= index < length()}. */
    public long get(long index) {
        return from + index * step;
    }

    @Override
    public long size() {
        return length;
    }

    @Override
    public Object element(long index) {
        return get(index);
    }

    @Override
    public String kind() {
        return "range";
    }

    @Override
    @TruffleBoundary
    public String text() {
        long last = length == 0 ? from - step : get(length - 1);
        return from + ".." + last + (step == 1 ? "" : " step " + step);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RangeValue r
                && length == r.length
                && (length == 0 || from == r.from && (length == 1 || step == r.step));
    }

    @Override
    public int hashCode() {
        return length == 0 ? 0 : Long.hashCode(31 * from + length);
    }
}
