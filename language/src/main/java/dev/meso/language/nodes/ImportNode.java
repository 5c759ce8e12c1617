package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import dev.meso.language.MesoContext;
import dev.meso.runtime.error.MesoException;

/** Runs another file, once in a session, and gives its names. */
final class ImportNode extends MesoNode {
    private final String location;
    private final boolean library;

    ImportNode(String location, boolean library) {
        this.location = location;
        this.library = library;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        return load();
    }

    @TruffleBoundary
    private Object load() {
        try {
            MesoRootNode root = (MesoRootNode) getRootNode();
            return MesoContext.get(this).session().runModule(location, library, root.source());
        } catch (MesoException e) {
            throw error(e);
        }
    }
}
