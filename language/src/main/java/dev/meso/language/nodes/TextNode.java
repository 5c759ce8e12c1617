package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import dev.meso.language.value.Display;
import dev.meso.language.value.Format;
import dev.meso.runtime.error.MesoException;

/** A string with values in it. */
final class TextNode extends MesoNode {
    @Children
    private final MesoNode[] values;

    @CompilationFinal(dimensions = 1)
    private final String[] formats;

    /** @param formats the format of each value, or null */
    TextNode(MesoNode[] values, String[] formats) {
        this.values = values;
        this.formats = formats;
    }

    @Override
    @ExplodeLoop
    public Object executeGeneric(VirtualFrame frame) {
        Object[] pieces = new Object[values.length];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = values[i].executeGeneric(frame);
        }
        return join(pieces);
    }

    @TruffleBoundary
    private String join(Object[] pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces.length; i++) {
            try {
                text.append(formats[i] == null ? Display.text(pieces[i]) : Format.apply(pieces[i], formats[i]));
            } catch (MesoException e) {
                throw Mistakes.at(this, values[i].span(), e);
            }
        }
        return text.toString();
    }
}
