package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.ArityException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.interop.UnsupportedTypeException;
import dev.meso.runtime.error.ErrorCode;

/** A function of another language, given to a built-in. */
public final class ForeignFunction extends CallableValue {
    private static final Signature ANY = new Signature("function", new String[] {"arguments"}, new boolean[1], 0);

    private final Object target;

    public ForeignFunction(Object target) {
        this.target = target;
    }

    @Override
    public Signature signature() {
        return ANY;
    }

    @Override
    public Object callBound(Object[] bound) {
        return call((Object[]) bound[0]);
    }

    @Override
    @TruffleBoundary
    public Object call(Object... positional) {
        try {
            return Foreign.toMeso(InteropLibrary.getUncached().execute(target, positional));
        } catch (ArityException e) {
            throw new ArgumentException(
                    ErrorCode.TOO_MANY_ARGUMENTS, -1, "the function takes another number of arguments");
        } catch (UnsupportedTypeException | UnsupportedMessageException e) {
            throw new ArgumentException(ErrorCode.WRONG_TYPE, -1, "the function does not take these arguments");
        }
    }

    @Override
    public String kind() {
        return "function";
    }

    @Override
    @TruffleBoundary
    public String text() {
        return String.valueOf(InteropLibrary.getUncached().toDisplayString(target));
    }
}
