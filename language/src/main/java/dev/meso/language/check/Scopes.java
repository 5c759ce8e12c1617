package dev.meso.language.check;

import dev.meso.language.ast.Span;
import dev.meso.language.typed.ModuleScope;
import dev.meso.language.typed.Type;
import dev.meso.language.typed.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names in force at a place, while a source is checked. */
final class Scopes {
    private Scopes() {}

    /** A function being checked; the program itself is one. */
    static final class FunctionScope {
        final FunctionScope parent;
        /** Variables of enclosing functions, in the order in which closures hold them. */
        final List<Variable> captures = new ArrayList<>();

        int slots;
        int loops;

        FunctionScope(FunctionScope parent) {
            this.parent = parent;
        }

        boolean isProgram() {
            return parent == null;
        }

        void place(Variable variable) {
            variable.placeInFrame(slots++);
        }
    }

    /** How far straight-line code has come with a definition. */
    enum State {
        LATER,
        DEFINING,
        DEFINED
    }

    /** A name in a block. */
    static final class Binding {
        final Variable variable;
        final FunctionScope owner;
        /** Whether it is a top-level name, which functions reach through its cell. */
        final boolean topLevel;

        final String doc;
        Type type = Type.UNKNOWN;
        State state = State.LATER;
        /** Whether a function mentions it before its definition has ended (its own body included). */
        boolean forward;
        /** Whether any expression mentions it. */
        boolean used;
        /** Whether it is a parameter or loop variable. */
        boolean given;
        /** Whether a plain import brought it. */
        boolean imported;
        /** The module it came from, where imported. */
        ModuleScope source;

        Binding(Variable variable, FunctionScope owner, boolean topLevel, String doc) {
            this.variable = variable;
            this.owner = owner;
            this.topLevel = topLevel;
            this.doc = doc;
        }

        String name() {
            return variable.name();
        }

        Span span() {
            return variable.definedAt();
        }
    }

    /** The names of one block, parameter list or declaration. */
    static final class BlockScope {
        final BlockScope parent;
        final FunctionScope function;
        final Map<String, Binding> names = new LinkedHashMap<>();
        /** Set in the brackets of an edge pattern: names found nowhere in the program are its attributes. */
        Binding connection;

        BlockScope(BlockScope parent, FunctionScope function) {
            this.parent = parent;
            this.function = function;
        }

        /** A name that has its value from the start: a parameter, a loop variable, a motif variable. */
        Binding parameter(String name, Span span) {
            Binding binding = new Binding(new Variable(name, false, span), function, false, null);
            binding.state = State.DEFINED;
            binding.given = true;
            function.place(binding.variable);
            names.putIfAbsent(name, binding);
            return binding;
        }
    }
}
