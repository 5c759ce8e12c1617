package dev.meso.language;

import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.source.Source;
import dev.meso.language.typed.ModuleScope;

/** The steps from a source to something that runs, and the modules loaded so far. */
public final class Session {
    private final MesoContext context;
    private final ModuleScope scope = new ModuleScope("<session>");

    Session(MesoContext context) {
        this.context = context;
    }

    /** The names that the sources of this session share. */
    public ModuleScope scope() {
        return scope;
    }

    RootCallTarget program(Source source) {
        throw new UnsupportedOperationException(context + source.getName());
    }
}
