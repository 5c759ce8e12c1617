package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.frame.VirtualFrame;
import dev.meso.language.MesoContext;
import dev.meso.runtime.error.MesoException;

/** A name of the standard library, loaded when first reached. */
final class LibraryNode extends MesoNode {
    private final String module;
    private final String name;

    @CompilationFinal
    private Object value;

    LibraryNode(String module, String name) {
        this.module = module;
        this.name = name;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        if (value == null) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            value = load();
        }
        return value;
    }

    private Object load() {
        try {
            return MesoContext.get(this).session().libraryValue(module, name);
        } catch (MesoException e) {
            throw error(e);
        }
    }
}
