package dev.meso.language;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.IndirectCallNode;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.api.source.SourceSection;

/**
 * Runs one source of a session. The engine keeps what was parsed and may run it again when other names are known by then:
 * the source is then checked again.
 */
final class EvalRootNode extends RootNode {
    private final Session session;
    private final Source source;

    @Child
    private IndirectCallNode call = IndirectCallNode.create();

    private RootCallTarget program;
    private long version;

    EvalRootNode(MesoLanguage language, Session session, Source source) {
        super(language);
        this.session = session;
        this.source = source;
        prepare();
    }

    private void prepare() {
        program = session.compile(source);
        version = session.version();
    }

    @Override
    public Object execute(VirtualFrame frame) {
        return call.call(current());
    }

    @TruffleBoundary
    private RootCallTarget current() {
        if (version != session.version()) {
            prepare();
        }
        return program;
    }

    @Override
    public String getName() {
        return source.getName();
    }

    @Override
    public SourceSection getSourceSection() {
        return source.createSection(0, source.getLength());
    }

    @Override
    public boolean isInternal() {
        return true;
    }
}
