package dev.meso.language;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.source.Source;
import dev.meso.language.ast.TreeText;
import dev.meso.language.check.CheckResult;
import dev.meso.language.check.Checker;
import dev.meso.language.diagnostic.Diagnostic;
import dev.meso.language.diagnostic.Renderer;
import dev.meso.language.diagnostic.SourceText;
import dev.meso.language.nodes.NodeBuilder;
import dev.meso.language.typed.ModuleScope;
import dev.meso.language.value.NamespaceValue;
import dev.meso.language.value.RecordValue;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;

/** The steps from a source to something that runs. All sources of a session share one scope of names. */
public final class Session {
    private final MesoContext context;
    private final ModuleScope scope = new ModuleScope("<session>");
    private final Modules modules;
    private long version;
    private Source current;

    Session(MesoContext context) {
        this.context = context;
        this.modules = new Modules(context, this);
    }

    /** The names that the sources of this session share. */
    public ModuleScope scope() {
        return scope;
    }

    /** The names of the standard library that need no import, each with its module. */
    RecordValue libraryNames() {
        return modules.libraryNames();
    }

    /** Changes whenever the names of the session do: what was built before may mean something else now. */
    long version() {
        return version;
    }

    /** To be called when names change in another way than by a source. */
    void touch() {
        version++;
    }

    /** The program evaluated last; paths are looked up beside it. Null before the first. */
    Source current() {
        return current;
    }

    /**
     * Reads, checks and builds a source of the session.
     *
     * @throws MesoError PARSE_ERROR with all mistakes found
     */
    @TruffleBoundary
    RootCallTarget compile(Source source) {
        version++;
        current = source;
        return compile(source, scope);
    }

    RootCallTarget compile(Source source, ModuleScope into) {
        SourceText text = new SourceText(nameOf(source), source.getCharacters().toString());
        CheckResult checked = Checker.check(text, into, modules.environment(source));
        if (!checked.ok()) {
            throw MesoError.syntax(checked.diagnostics(), source, checked.incomplete());
        }
        for (Diagnostic warning : checked.diagnostics()) {
            context.warn(Renderer.render(warning));
        }
        if (into == scope && context.env().getOptions().get(MesoLanguage.DUMP)) {
            context.printLine(TreeText.of(checked.code()).stripTrailing());
        }
        return NodeBuilder.build(context.language(), source, text, checked.code());
    }

    /** What messages call a source: its path as seen from the working folder, or its name. */
    private String nameOf(Source source) {
        String path = source.getPath();
        if (path == null) {
            return source.getName();
        }
        try {
            String folder = context.env().getCurrentWorkingDirectory().getPath()
                    + context.env().getFileNameSeparator();
            return path.startsWith(folder) ? path.substring(folder.length()) : path;
        } catch (SecurityException e) {
            return path;
        }
    }

    /**
     * A name of the standard library; its module is loaded and run when it is first asked for.
     *
     * @throws MesoException UNKNOWN_NAME where the module does not define it
     */
    @TruffleBoundary
    public Object libraryValue(String module, String name) {
        ModuleScope library = modules.run(module, true, null);
        ModuleScope.Entry entry = library.find(name);
        if (entry == null || entry.cell().value == null) {
            throw new MesoException(ErrorCode.UNKNOWN_NAME, "`" + module + "` has no `" + name + "`");
        }
        return entry.cell().value;
    }

    /** Runs an imported file or library module, once in a session, and gives its names. */
    @TruffleBoundary
    public NamespaceValue runModule(String location, boolean library, Source importer) {
        return new NamespaceValue(modules.run(location, library, importer));
    }
}
