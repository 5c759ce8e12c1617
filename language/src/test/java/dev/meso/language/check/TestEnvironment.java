package dev.meso.language.check;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.diagnostic.Diagnostic;
import dev.meso.language.diagnostic.SourceText;
import dev.meso.language.typed.ModuleScope;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small world for the checker: some built-ins, a library of three names, files by name. */
final class TestEnvironment {
    private static final Map<String, Builtin> BUILTINS = new LinkedHashMap<>();

    static {
        add(Builtin.named("print").rest("values", Kind.ANY, "").returns(Kind.NONE, ""));
        add(Builtin.named("abs").parameter("x", Kind.NUMBER, "").returns(Kind.NUMBER, ""));
        add(Builtin.named("mean").parameter("x", Kind.COLUMN, "").returns(Kind.NUMBER, ""));
        add(Builtin.named("len").parameter("x", Kind.ANY, "").returns(Kind.INTEGER, ""));
        add(Builtin.named("map")
                .parameter("xs", Kind.LIST, "")
                .parameter("f", Kind.FUNCTION, "")
                .returns(Kind.LIST, ""));
        add(Builtin.named("min").rest("xs", Kind.ANY, "").returns(Kind.NUMBER, ""));
        add(Builtin.named("table").parameter("path", Kind.TEXT, "").returns(Kind.TABLE, ""));
        add(Builtin.named("connectome")
                .parameter("neurons", Kind.ANY, "")
                .parameter("synapses", Kind.ANY, "")
                .optional("id", Kind.TEXT, "")
                .optional("weight", Kind.TEXT, "")
                .optional("unit", Kind.UNIT, "")
                .returns(Kind.GRAPH, ""));
        add(Builtin.named("triads").parameter("g", Kind.GRAPH, "").returns(Kind.TABLE, ""));
        add(Builtin.named("count")
                .parameter("g", Kind.GRAPH, "")
                .parameter("motif", Kind.MOTIF, "")
                .optional("mappings", Kind.BOOLEAN, "")
                .returns(Kind.INTEGER, ""));
        add(Builtin.named("compare")
                .parameter("g", Kind.GRAPH, "")
                .parameter("stat", Kind.STATISTIC, "")
                .parameter("against", Kind.NULL_MODEL, "")
                .optional("samples", Kind.INTEGER, "")
                .optional("seed", Kind.INTEGER, "")
                .returns(Kind.TABLE, ""));
        add(Builtin.named("sample")
                .parameter("g", Kind.GRAPH, "")
                .parameter("model", Kind.NULL_MODEL, "")
                .parameter("n", Kind.INTEGER, "")
                .optional("seed", Kind.INTEGER, ""));
        add(Builtin.named("expected")
                .parameter("g", Kind.GRAPH, "")
                .parameter("model", Kind.NULL_MODEL, "")
                .parameter("stat", Kind.STATISTIC, "")
                .returns(Kind.TABLE, ""));
        add(Builtin.named("description_length")
                .parameter("g", Kind.GRAPH, "")
                .parameter("model", Kind.NULL_MODEL, "")
                .returns(Kind.RECORD, ""));
        add(Builtin.named("save").parameter("x", Kind.ANY, "").parameter("path", Kind.TEXT, ""));
        add(Builtin.named("error").parameter("message", Kind.TEXT, ""));
        add(Builtin.named("reciprocity").parameter("g", Kind.GRAPH, "").returns(Kind.NUMBER, ""));
        for (String name : List.of("sum", "overlap", "complexity")) {
            add(Builtin.named(name).parameter("x", Kind.ANY, "").returns(Kind.NUMBER, ""));
        }
        add(Builtin.named("cross_entropy")
                .parameter("given", Kind.ANY, "")
                .parameter("predicted", Kind.ANY, "")
                .returns(Kind.NUMBER, ""));
    }

    private static void add(Builtin.Builder builder) {
        Builtin builtin = builder.runs(call -> null);
        BUILTINS.put(builtin.name(), builtin);
    }

    private static final Map<String, Builtin> GRAPH_MEMBERS = new LinkedHashMap<>();

    static {
        member(Builtin.named("n").parameter("self", Kind.GRAPH, "").returns(Kind.INTEGER, ""));
        member(Builtin.named("m").parameter("self", Kind.GRAPH, "").returns(Kind.INTEGER, ""));
        member(Builtin.named("neurons").parameter("self", Kind.GRAPH, "").returns(Kind.TABLE, ""));
        member(Builtin.named("synapses").parameter("self", Kind.GRAPH, "").returns(Kind.TABLE, ""));
        member(Builtin.named("where")
                .parameter("self", Kind.GRAPH, "")
                .parameter("predicate", Kind.FUNCTION, "")
                .returns(Kind.GRAPH, ""));
    }

    private static void member(Builtin.Builder builder) {
        Builtin builtin = builder.runs(call -> null);
        GRAPH_MEMBERS.put(builtin.name(), builtin);
    }

    private TestEnvironment() {}

    /** A world with these files. */
    static Environment with(Map<String, String> files) {
        return new Environment(
                BUILTINS::get,
                BUILTINS::keySet,
                prelude(),
                new Files(files, new HashMap<>()),
                new RuntimeNullModels(),
                members());
    }

    static Environment plain() {
        return with(Map.of());
    }

    private static Environment.Prelude prelude() {
        Map<String, String> names = Map.of("ffl", "std.motifs", "cycle3", "std.motifs", "CFG", "std.nulls");
        return new Environment.Prelude() {
            @Override
            public String find(String name) {
                return names.get(name);
            }

            @Override
            public Collection<String> names() {
                return names.keySet();
            }
        };
    }

    private static Environment.MemberTables members() {
        return new Environment.MemberTables() {
            @Override
            public Builtin find(Kind kind, String name) {
                return kind == Kind.GRAPH ? GRAPH_MEMBERS.get(name) : null;
            }

            @Override
            public Collection<String> names(Kind kind) {
                return kind == Kind.GRAPH
                        ? GRAPH_MEMBERS.keySet().stream().sorted().toList()
                        : null;
            }

            @Override
            public boolean isProperty(Kind kind, String name) {
                return !name.equals("where");
            }
        };
    }

    private record Files(Map<String, String> files, Map<String, ModuleScope> loaded) implements Environment.Imports {
        @Override
        public ModuleScope load(String location, boolean library) {
            return loaded.computeIfAbsent(location, this::check);
        }

        private ModuleScope check(String location) {
            String text = location.equals("std.motifs") ? "motif ffl { a -> b; b -> c; a -> c }" : files.get(location);
            if (text == null) {
                throw new MesoException(
                        ErrorCode.FILE_NOT_FOUND,
                        "there is no file '" + location + "'",
                        "searched: the folder of the script");
            }
            ModuleScope scope = new ModuleScope(location);
            CheckResult result = Checker.check(new SourceText(location, text), scope, TestEnvironment.with(files));
            if (!result.ok()) {
                throw new IllegalStateException(result.diagnostics().toString());
            }
            return scope;
        }
    }

    /** The diagnostics of a text, checked in an empty session. */
    static List<Diagnostic> diagnose(String text) {
        return new ArrayList<>(check(text).diagnostics());
    }

    static CheckResult check(String text) {
        return Checker.check(new SourceText("test.meso", text), new ModuleScope("test"), plain());
    }
}
