package dev.meso.language;

import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.TruffleFile;
import com.oracle.truffle.api.source.Source;
import dev.meso.language.builtin.Builtins;
import dev.meso.language.check.Environment;
import dev.meso.language.check.RuntimeNullModels;
import dev.meso.language.typed.ModuleScope;
import dev.meso.language.value.MemberTables;
import dev.meso.language.value.RecordValue;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The imported files and library modules of a session: each is read and checked once, and run once when first reached. */
final class Modules {
    private final MesoContext context;
    private final Session session;
    private final Library library = new Library();
    private final Map<String, Module> loaded = new LinkedHashMap<>();

    /** A file or library module; {@code program} is null while it is being checked. */
    private static final class Module {
        final ModuleScope scope;
        RootCallTarget program;
        boolean started;

        Module(ModuleScope scope) {
            this.scope = scope;
        }
    }

    Modules(MesoContext context, Session session) {
        this.context = context;
        this.session = session;
    }

    /** What the checker must know to check {@code source}. */
    Environment environment(Source source) {
        return new Environment(
                Builtins::find,
                Builtins::names,
                library,
                (location, isLibrary) -> module(location, isLibrary, source).scope,
                new RuntimeNullModels(),
                MemberTables.ALL);
    }

    RecordValue libraryNames() {
        List<Object> pairs = new ArrayList<>();
        for (String name : library.names()) {
            pairs.add(name);
            pairs.add(library.find(name));
        }
        return RecordValue.of(pairs.toArray());
    }

    /** Loads a module, runs it where it has not run, and gives its names. */
    ModuleScope run(String location, boolean isLibrary, Source importer) {
        Module module = module(location, isLibrary, importer);
        if (!module.started) {
            module.started = true;
            try {
                module.program.call();
            } catch (RuntimeException | Error e) {
                module.started = false;
                throw e;
            }
        }
        return module.scope;
    }

    private Module module(String location, boolean isLibrary, Source importer) {
        TruffleFile file = isLibrary ? null : find(location, importer);
        String key = isLibrary ? location : canonical(file);
        Module known = loaded.get(key);
        if (known != null) {
            if (known.program == null) {
                throw new MesoException(
                        ErrorCode.WRONG_VALUE,
                        "`" + location + "` imports itself, directly or through other files",
                        "files that import each other in a ring cannot be run one after the other");
            }
            return known;
        }
        Module module = new Module(new ModuleScope(location));
        loaded.put(key, module);
        try {
            Source source = isLibrary ? library.source(location) : read(file, location);
            module.program = session.compile(source, module.scope);
        } finally {
            if (module.program == null) {
                loaded.remove(key);
            }
        }
        return module;
    }

    private static String canonical(TruffleFile file) {
        try {
            return "file:" + file.getCanonicalFile().getPath();
        } catch (IOException e) {
            return "file:" + file.getAbsoluteFile().getPath();
        }
    }

    private Source read(TruffleFile file, String location) {
        try {
            return Source.newBuilder(MesoLanguage.ID, file).build();
        } catch (IOException | SecurityException e) {
            throw new MesoException(ErrorCode.FILE_NOT_FOUND, "the file " + location + " cannot be read");
        }
    }

    /** A path as written, looked up beside the file that imports it, then in the data folders. */
    private TruffleFile find(String location, Source importer) {
        try {
            return context.files().find(location, importer);
        } catch (SecurityException e) {
            throw new MesoException(
                    ErrorCode.FILE_NOT_FOUND,
                    "the host does not allow reading files, so " + location + " cannot be read");
        }
    }
}
