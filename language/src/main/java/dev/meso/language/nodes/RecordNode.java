package dev.meso.language.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import dev.meso.language.value.RecordShape;
import dev.meso.language.value.RecordValue;

/** {@code {name: a, n: b}}. */
final class RecordNode extends MesoNode {
    private final RecordShape shape;

    @Children
    private final MesoNode[] values;

    RecordNode(RecordShape shape, MesoNode[] values) {
        this.shape = shape;
        this.values = values;
    }

    @Override
    @ExplodeLoop
    public Object executeGeneric(VirtualFrame frame) {
        Object[] fields = new Object[values.length];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = values[i].executeGeneric(frame);
        }
        return new RecordValue(shape, fields);
    }
}
