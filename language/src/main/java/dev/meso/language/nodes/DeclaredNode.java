package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import dev.meso.language.ast.Declaration;
import dev.meso.language.value.DeclaredValue;
import dev.meso.language.value.RecordValue;

/** A module, loss or model as a value; what its clauses say is evaluated where it is declared. */
final class DeclaredNode extends MesoNode {
    private final Declaration declaration;

    @Child
    private MesoNode body;

    DeclaredNode(Declaration declaration, MesoNode body) {
        this.declaration = declaration;
        this.body = body;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        return make((RecordValue) body.executeGeneric(frame));
    }

    @TruffleBoundary
    private Object make(RecordValue clauses) {
        return DeclaredValue.of(
                declaration, clauses, getSourceSection().getCharacters().toString());
    }
}
