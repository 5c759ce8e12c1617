package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import dev.meso.language.ast.Declaration;
import dev.meso.language.value.OtherDeclarationValue;

/** A module, loss, model or dynamics as a value. */
final class OtherNode extends MesoNode {
    private final Declaration declaration;

    OtherNode(Declaration declaration) {
        this.declaration = declaration;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        return make();
    }

    @TruffleBoundary
    private Object make() {
        return new OtherDeclarationValue(
                declaration, getSourceSection().getCharacters().toString());
    }
}
