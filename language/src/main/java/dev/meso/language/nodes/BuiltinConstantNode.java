package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.frame.VirtualFrame;
import dev.meso.language.MesoContext;
import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Call;

/** A built-in name that stands for a value: {@code pi}, {@code args}. */
final class BuiltinConstantNode extends MesoNode {
    private final Builtin builtin;

    @CompilationFinal
    private Object value;

    BuiltinConstantNode(Builtin builtin) {
        this.builtin = builtin;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        if (value == null) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            value = builtin.body().run(new Call(builtin, new Object[0], MesoContext.get(this)));
        }
        return value;
    }
}
