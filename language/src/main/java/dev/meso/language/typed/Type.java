package dev.meso.language.typed;

import dev.meso.language.builtin.Builtin;
import dev.meso.runtime.unit.Unit;
import java.util.List;

/**
 * What is known of a value before anything runs. {@link #UNKNOWN} is compatible with everything: a program that could
 * run is never refused.
 */
public sealed interface Type {
    Type UNKNOWN = new Unknown();
    Type INTEGER = new Plain(Kind.INTEGER);
    Type DOUBLE = new Plain(Kind.DOUBLE);
    Type BOOLEAN = new Plain(Kind.BOOLEAN);
    Type TEXT = new Plain(Kind.TEXT);
    Type NONE = new Plain(Kind.NONE);

    /** What the value is called in messages: {@code "a number"}. */
    String title();

    /** Kinds with nothing further to know. */
    enum Kind {
        INTEGER("a whole number"),
        DOUBLE("a number"),
        BOOLEAN("true or false"),
        TEXT("text"),
        NONE("none"),
        LIST("a list"),
        RANGE("a range"),
        COLUMN("a column"),
        TABLE("a table"),
        GRAPH("a graph"),
        NULL_MODEL("a null model"),
        MOTIF("a motif"),
        STATISTIC("a statistic"),
        PARTITION("a partition"),
        MODULE("a module"),
        LOSS("a loss"),
        MODEL("a model"),
        DYNAMICS("a dynamics"),
        UNIT("a unit"),
        ANY_RECORD("a record"),
        ANY_FUNCTION("a function"),
        ANY_QUANTITY("a quantity");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    record Unknown() implements Type {
        @Override
        public String title() {
            return "a value";
        }
    }

    record Plain(Kind kind) implements Type {
        @Override
        public String title() {
            return kind.title();
        }
    }

    /** A number with a unit. */
    record Quantity(Unit unit) implements Type {
        @Override
        public String title() {
            return "a quantity in " + unit.symbol();
        }
    }

    /** An imported file. */
    record Namespace(ModuleScope scope) implements Type {
        @Override
        public String title() {
            return "an imported file";
        }
    }

    /** A record whose fields are all known. */
    record Fields(List<String> names, List<Type> types) implements Type {
        @Override
        public String title() {
            return "a record";
        }
    }

    /** A function of the program. */
    record Function(String name, List<Parameter> parameters, Type result) implements Type {
        public Function {
            parameters = List.copyOf(parameters);
        }

        @Override
        public String title() {
            return "a function";
        }
    }

    /** A parameter of a {@link Function}. */
    record Parameter(String name, boolean required) {}

    /** A built-in function. */
    record BuiltinFunction(Builtin builtin) implements Type {
        @Override
        public String title() {
            return "a function";
        }
    }

    static Type of(Kind kind) {
        return new Plain(kind);
    }

    default boolean is(Kind kind) {
        return this instanceof Plain plain && plain.kind() == kind;
    }

    default boolean known() {
        return !(this instanceof Unknown);
    }

    /** A number without unit. */
    default boolean isNumber() {
        return is(Kind.INTEGER) || is(Kind.DOUBLE);
    }
}
