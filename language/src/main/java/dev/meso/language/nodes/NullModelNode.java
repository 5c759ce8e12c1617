package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import dev.meso.language.ast.Declaration;
import dev.meso.language.value.NullModelValue;
import dev.meso.language.value.RecordShape;
import dev.meso.language.value.RecordValue;

/** A null model as a value; its options are evaluated where it is declared. */
final class NullModelNode extends MesoNode {
    private final Declaration.NullModel declaration;
    private final RecordShape shape;

    @Children
    private final MesoNode[] options;

    NullModelNode(Declaration.NullModel declaration, RecordShape shape, MesoNode[] options) {
        this.declaration = declaration;
        this.shape = shape;
        this.options = options;
    }

    @Override
    @ExplodeLoop
    public Object executeGeneric(VirtualFrame frame) {
        Object[] values = new Object[options.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = options[i].executeGeneric(frame);
        }
        return make(values);
    }

    @TruffleBoundary
    private Object make(Object[] values) {
        return new NullModelValue(
                declaration,
                new RecordValue(shape, values),
                getSourceSection().getCharacters().toString());
    }
}
