package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.RootCallTarget;
import dev.meso.language.typed.Cell;
import dev.meso.language.typed.Code;
import dev.meso.language.typed.FunctionCode;
import dev.meso.runtime.error.MesoException;

/**
 * A function of the program: its code and the cells of the variables it closes over. The call target takes the cells
 * first, then one argument for each parameter; null stands for an argument that was not given.
 */
public final class FunctionValue extends CallableValue {
    private final RootCallTarget target;
    private final FunctionCode code;
    private final Signature signature;
    private final Cell[] cells;

    public FunctionValue(RootCallTarget target, FunctionCode code, Signature signature, Cell[] cells) {
        this.target = target;
        this.code = code;
        this.signature = signature;
        this.cells = cells;
    }

    /** The signature of a function; made once for each definition. */
    public static Signature signatureOf(FunctionCode code) {
        int n = code.parameters().size();
        String[] names = new String[n];
        boolean[] required = new boolean[n];
        for (int i = 0; i < n; i++) {
            FunctionCode.ParameterCode parameter = code.parameters().get(i);
            names[i] = parameter.variable().name();
            required[i] = parameter.defaultValue() == null;
        }
        return new Signature(code.name() == null ? "function" : code.name(), names, required, -1);
    }

    public RootCallTarget target() {
        return target;
    }

    public FunctionCode code() {
        return code;
    }

    public Cell[] cells() {
        return cells;
    }

    /** A mistake in what the function gave, to be thrown: it shows the function's code where that is known. */
    public RuntimeException mistake(MesoException mistake) {
        return target.getRootNode() instanceof Placed placed ? placed.mistake(mistake) : mistake;
    }

    @Override
    public Signature signature() {
        return signature;
    }

    @Override
    public Object callBound(Object[] bound) {
        return target.call(frameArguments(cells, bound));
    }

    /** What the call target takes. */
    public static Object[] frameArguments(Cell[] cells, Object[] bound) {
        Object[] arguments = new Object[bound.length + 1];
        arguments[0] = cells;
        System.arraycopy(bound, 0, arguments, 1, bound.length);
        return arguments;
    }

    @Override
    public String kind() {
        return "function";
    }

    @Override
    @TruffleBoundary
    public String text() {
        return (code.body() instanceof Code.Motif ? "motif " : "fn ") + signature;
    }
}
