package dev.meso.language.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import dev.meso.language.value.ListValue;

/** {@code [a, b]}. */
final class ListNode extends MesoNode {
    @Children
    private final MesoNode[] items;

    ListNode(MesoNode[] items) {
        this.items = items;
    }

    @Override
    @ExplodeLoop
    public Object executeGeneric(VirtualFrame frame) {
        Object[] values = new Object[items.length];
        for (int i = 0; i < items.length; i++) {
            values[i] = items[i].executeGeneric(frame);
        }
        return ListValue.of(values);
    }
}
