package dev.meso.language.check;

import dev.meso.language.ast.Span;
import dev.meso.language.builtin.Builtin;
import dev.meso.language.check.Scopes.Binding;
import dev.meso.language.check.Scopes.BlockScope;
import dev.meso.language.check.Scopes.FunctionScope;
import dev.meso.language.check.Scopes.State;
import dev.meso.language.diagnostic.Diagnostic;
import dev.meso.language.typed.Code;
import dev.meso.language.typed.ModuleScope;
import dev.meso.language.typed.Type;
import dev.meso.language.typed.Variable;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.Suggest;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what a name means. Straight-line code sees what has been defined above it, innermost block first; the body of a
 * function also sees what its scope defines further down, since it runs later.
 */
final class Names {
    /** What every connection has, whatever the file. */
    private static final Set<String> CONNECTION_ATTRIBUTES = Set.of("pre", "post", "weight", "synapses");

    private final Session session;
    private final Map<String, Variable> earlier = new HashMap<>();

    Names(Session session) {
        this.session = session;
    }

    /** A name found in the program: exactly one of {@code binding} and {@code entry} is set. */
    record Found(Binding binding, ModuleScope.Entry entry) {}

    /** What the name means as a value; an unknown one is reported. */
    Checked read(BlockScope at, String name, Span span, boolean called) {
        BlockScope brackets = brackets(at);
        boolean attribute = brackets != null && !called;
        if (attribute && CONNECTION_ATTRIBUTES.contains(name) && !isParameter(at, brackets, name)) {
            return attribute(at, brackets, name, span);
        }
        Found found = find(at, name);
        if (found != null) {
            return new Checked(new Code.Read(span, refer(at, found)), typeOf(found));
        }
        Unit unit = Unit.ofName(name);
        if (attribute) {
            return unit != null
                    ? new Checked(new Code.Constant(span, unit), Type.of(Type.Kind.UNIT))
                    : attribute(at, brackets, name, span);
        }
        Builtin builtin = session.environment.builtin().apply(name);
        if (builtin != null) {
            Type type = builtin.constant() ? Kinds.constantType(builtin.result()) : new Type.BuiltinFunction(builtin);
            return new Checked(new Code.ReadBuiltin(span, builtin), type);
        }
        if (unit != null) {
            return new Checked(new Code.Constant(span, unit), Type.of(Type.Kind.UNIT));
        }
        String library = session.environment.prelude().find(name);
        if (library != null) {
            return Checked.unknown(new Code.ReadLibrary(span, library, name));
        }
        reportUnknown(at, name, span);
        return Checked.unknown(new Code.Constant(span, 0L));
    }

    private Checked attribute(BlockScope at, BlockScope brackets, String name, Span span) {
        Variable connection = refer(at, new Found(brackets.connection, null));
        brackets.connection.used = true;
        return Checked.unknown(new Code.Member(span, new Code.Read(span, connection), span, name));
    }

    /** The innermost brackets of an edge pattern around, or null. */
    private static BlockScope brackets(BlockScope at) {
        for (BlockScope scope = at; scope != null; scope = scope.parent) {
            if (scope.connection != null) {
                return scope;
            }
        }
        return null;
    }

    /** Whether a lambda inside the brackets, or the motif itself, has a parameter of this name. */
    private static boolean isParameter(BlockScope at, BlockScope brackets, String name) {
        for (BlockScope scope = at; scope != null; scope = scope.parent) {
            if (scope.names.containsKey(name)) {
                return true;
            }
            if (scope == brackets.parent) {
                return false;
            }
        }
        return false;
    }

    /** The name of the program that is meant, or null where it has none such (or only one defined further down). */
    Found find(BlockScope at, String name) {
        Binding recursive = null;
        for (BlockScope scope = at; scope != null; scope = scope.parent) {
            Binding binding = scope.names.get(name);
            if (binding == null) {
                continue;
            }
            boolean inside = binding.owner != at.function;
            if (binding.state == State.DEFINED || inside && binding.state == State.LATER) {
                return new Found(binding, null);
            }
            if (inside && recursive == null) {
                recursive = binding;
                if (binding.type instanceof Type.Function) {
                    return new Found(binding, null);
                }
            }
        }
        ModuleScope.Entry entry = session.module.find(name);
        if (entry != null && entry.cell().value != null) {
            return new Found(null, entry);
        }
        return recursive == null ? null : new Found(recursive, null);
    }

    Type typeOf(Found found) {
        return found.entry() != null ? found.entry().type() : found.binding().type;
    }

    /** The variable, after noting that the function at this place uses it. */
    Variable refer(BlockScope at, Found found) {
        if (found.entry() != null) {
            return earlier.computeIfAbsent(found.entry().name(), name -> {
                Variable variable = new Variable(
                        name, found.entry().mutable(), found.entry().definedAt());
                variable.placeInModule();
                variable.bindCell(found.entry().cell());
                return variable;
            });
        }
        Binding binding = found.binding();
        binding.used = true;
        Variable variable = binding.variable;
        if (binding.owner == at.function) {
            return variable;
        }
        if (binding.state != State.DEFINED) {
            binding.forward = true;
        }
        if (binding.topLevel) {
            variable.placeInModule();
            return variable;
        }
        variable.capture();
        for (FunctionScope f = at.function; f != binding.owner; f = f.parent) {
            if (!f.captures.contains(variable)) {
                f.captures.add(variable);
            }
        }
        return variable;
    }

    /** Reports a name that means nothing here, with what may have been meant. */
    void reportUnknown(BlockScope at, String name, Span span) {
        for (BlockScope scope = at; scope != null; scope = scope.parent) {
            Binding later = scope.names.get(name);
            if (later != null) {
                String defines = later.state == State.DEFINING ? "its own definition" : "its definition";
                Diagnostic diagnostic = session.error(
                                ErrorCode.USED_BEFORE_DEFINITION, span, "'" + name + "' is used before " + defines)
                        .withLabel(session.source, later.span(), "defined here");
                session.report(
                        later.state == State.DEFINING
                                ? diagnostic
                                : diagnostic.withHint(
                                        "move the definition of '" + name + "' above " + session.line(span)));
                return;
            }
        }
        session.report(session.error(ErrorCode.UNKNOWN_NAME, span, "'" + name + "' is not defined")
                .withHint(Suggest.didYouMean(name, candidates(at))));
    }

    /** Every name that could stand here. */
    List<String> candidates(BlockScope at) {
        Set<String> all = new LinkedHashSet<>(visible(at));
        all.addAll(session.environment.builtinNames().get());
        all.addAll(session.environment.prelude().names());
        all.addAll(Unit.names());
        return new ArrayList<>(all);
    }

    /** The names of the program in force here. */
    List<String> visible(BlockScope at) {
        Set<String> all = new LinkedHashSet<>();
        for (BlockScope scope = at; scope != null; scope = scope.parent) {
            for (Binding binding : scope.names.values()) {
                if (binding.state == State.DEFINED || binding.owner != at.function) {
                    all.add(binding.name());
                }
            }
        }
        for (ModuleScope.Entry entry : session.module.entries()) {
            if (entry.cell().value != null) {
                all.add(entry.name());
            }
        }
        return new ArrayList<>(all);
    }
}
