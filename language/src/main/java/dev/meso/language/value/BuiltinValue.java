package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import dev.meso.language.MesoContext;
import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Call;

/** A built-in as a value, alone ({@code map(xs, sqrt)}) or bound to the value whose method it is ({@code g.where}). */
public final class BuiltinValue extends CallableValue {
    private final Builtin builtin;
    private final Object self;
    private Signature signature;

    public BuiltinValue(Builtin builtin) {
        this(builtin, null);
    }

    /** {@code self} becomes the first argument; null for none. */
    public BuiltinValue(Builtin builtin, Object self) {
        this.builtin = builtin;
        this.self = self;
    }

    public Builtin builtin() {
        return builtin;
    }

    /** The value whose method this is, or null. */
    public Object self() {
        return self;
    }

    @Override
    public Signature signature() {
        if (signature == null) {
            signature = builtin.signatureFrom(self == null ? 0 : 1);
        }
        return signature;
    }

    @Override
    @TruffleBoundary
    public Object callBound(Object[] bound) {
        Object[] all = bound;
        if (self != null) {
            all = new Object[bound.length + 1];
            all[0] = self;
            System.arraycopy(bound, 0, all, 1, bound.length);
        }
        return Foreign.toMeso(builtin.body().run(new Call(builtin, all, MesoContext.get(null))));
    }

    @Override
    public String kind() {
        return "function";
    }

    @Override
    public String text() {
        return "built-in " + signature();
    }
}
