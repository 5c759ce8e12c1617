package dev.meso.language.check;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.typed.Type;
import dev.meso.language.typed.Type.Kind;

/** How the kinds that built-ins declare and the types that the checker knows go together. */
final class Kinds {
    private Kinds() {}

    /** Broad groups of types; only what is surely wrong is told apart. */
    private enum Group {
        UNKNOWN,
        NUMBER,
        QUANTITY,
        BOOLEAN,
        TEXT,
        NONE,
        LIST,
        COLUMN,
        TABLE,
        RECORD,
        GRAPH,
        FUNCTION,
        NULL_MODEL,
        MOTIF,
        PARTITION,
        STATISTIC,
        UNIT,
        DECLARED
    }

    static boolean accepts(Builtin.Kind wanted, Type type, boolean required) {
        Group given = group(type);
        if (given == Group.UNKNOWN || given == Group.STATISTIC || given == Group.NONE && !required) {
            return true;
        }
        return switch (wanted) {
            case ANY -> true;
            case NUMBER, INTEGER, QUANTITY ->
                switch (given) {
                    case NUMBER, QUANTITY, LIST, COLUMN, UNIT -> true;
                    case BOOLEAN, TEXT, NONE, TABLE, RECORD, GRAPH, FUNCTION, NULL_MODEL, MOTIF, PARTITION, DECLARED ->
                        false;
                    case UNKNOWN, STATISTIC -> true;
                };
            case BOOLEAN -> given == Group.BOOLEAN || given == Group.COLUMN || given == Group.LIST;
            case TEXT -> given == Group.TEXT || given == Group.COLUMN || given == Group.LIST;
            case LIST, COLUMN, PARTITION ->
                switch (given) {
                    case NUMBER, QUANTITY, BOOLEAN, TEXT, NONE, FUNCTION, NULL_MODEL, MOTIF, GRAPH, UNIT, DECLARED ->
                        false;
                    case LIST, COLUMN, TABLE, RECORD, PARTITION, UNKNOWN, STATISTIC -> true;
                };
            case RECORD -> given == Group.RECORD || given == Group.TABLE || given == Group.DECLARED;
            case TABLE -> given == Group.TABLE || given == Group.LIST || given == Group.RECORD || given == Group.TEXT;
            case GRAPH -> given == Group.GRAPH;
            case FUNCTION -> given == Group.FUNCTION || given == Group.TEXT || given == Group.MOTIF;
            case NULL_MODEL -> given == Group.NULL_MODEL || given == Group.LIST;
            case MOTIF -> given == Group.MOTIF || given == Group.LIST || given == Group.FUNCTION;
            case STATISTIC -> given == Group.MOTIF || given == Group.LIST || given == Group.FUNCTION;
            case UNIT -> given == Group.UNIT || given == Group.QUANTITY || given == Group.TEXT || given == Group.NONE;
            case NONE -> given == Group.NONE;
        };
    }

    private static Group group(Type type) {
        return switch (type) {
            case Type.Unknown u -> Group.UNKNOWN;
            case Type.Quantity q -> Group.QUANTITY;
            case Type.Fields f -> Group.RECORD;
            case Type.Function f -> Group.FUNCTION;
            case Type.BuiltinFunction f -> Group.FUNCTION;
            case Type.Namespace n -> Group.RECORD;
            case Type.Plain plain ->
                switch (plain.kind()) {
                    case INTEGER, DOUBLE -> Group.NUMBER;
                    case BOOLEAN -> Group.BOOLEAN;
                    case TEXT -> Group.TEXT;
                    case NONE -> Group.NONE;
                    case LIST, RANGE -> Group.LIST;
                    case COLUMN -> Group.COLUMN;
                    case TABLE -> Group.TABLE;
                    case GRAPH -> Group.GRAPH;
                    case NULL_MODEL -> Group.NULL_MODEL;
                    case MOTIF -> Group.MOTIF;
                    case STATISTIC -> Group.STATISTIC;
                    case PARTITION -> Group.PARTITION;
                    case MODULE, LOSS, MODEL, DYNAMICS -> Group.DECLARED;
                    case UNIT -> Group.UNIT;
                    case ANY_RECORD -> Group.RECORD;
                    case ANY_FUNCTION -> Group.FUNCTION;
                    case ANY_QUANTITY -> Group.QUANTITY;
                };
        };
    }

    /** What a built-in that declares this result gives; number-like results may be elementwise, so nothing is known of them. */
    static Type typeOf(Builtin.Kind kind) {
        return switch (kind) {
            case TEXT -> Type.TEXT;
            case LIST -> Type.of(Kind.LIST);
            case RECORD -> Type.of(Kind.ANY_RECORD);
            case COLUMN -> Type.of(Kind.COLUMN);
            case TABLE -> Type.of(Kind.TABLE);
            case GRAPH -> Type.of(Kind.GRAPH);
            case FUNCTION -> Type.of(Kind.ANY_FUNCTION);
            case NULL_MODEL -> Type.of(Kind.NULL_MODEL);
            case MOTIF -> Type.of(Kind.MOTIF);
            case PARTITION -> Type.of(Kind.PARTITION);
            case UNIT -> Type.of(Kind.UNIT);
            case NONE -> Type.NONE;
            case ANY, NUMBER, INTEGER, BOOLEAN, STATISTIC, QUANTITY -> Type.UNKNOWN;
        };
    }

    /** What a built-in name that stands for a value is: {@code pi}, {@code args}. */
    static Type constantType(Builtin.Kind kind) {
        return kind == Builtin.Kind.NUMBER ? Type.DOUBLE : typeOf(kind);
    }

    /** The kind under which members of a value are declared, or null. */
    static Builtin.Kind memberKind(Type type) {
        return switch (group(type)) {
            case TEXT -> Builtin.Kind.TEXT;
            case LIST -> Builtin.Kind.LIST;
            case COLUMN -> Builtin.Kind.COLUMN;
            case TABLE -> Builtin.Kind.TABLE;
            case GRAPH -> Builtin.Kind.GRAPH;
            case PARTITION -> Builtin.Kind.PARTITION;
            case NULL_MODEL -> Builtin.Kind.NULL_MODEL;
            case MOTIF -> Builtin.Kind.MOTIF;
            case NUMBER -> Builtin.Kind.NUMBER;
            case BOOLEAN -> Builtin.Kind.BOOLEAN;
            case QUANTITY -> Builtin.Kind.QUANTITY;
            case UNIT -> Builtin.Kind.UNIT;
            case NONE -> Builtin.Kind.NONE;
            case UNKNOWN, RECORD, FUNCTION, STATISTIC, DECLARED -> null;
        };
    }

    static String title(Builtin.Kind kind) {
        return switch (kind) {
            case ANY -> "a value";
            case NUMBER -> "a number";
            case INTEGER -> "a whole number";
            case BOOLEAN -> "true or false";
            case TEXT -> "text";
            case LIST -> "a list";
            case RECORD -> "a record";
            case COLUMN -> "a column";
            case TABLE -> "a table";
            case GRAPH -> "a graph";
            case FUNCTION -> "a function";
            case NULL_MODEL -> "a null model";
            case MOTIF -> "a motif";
            case STATISTIC -> "a motif, a list of motifs or a function of a graph";
            case PARTITION -> "a partition";
            case QUANTITY -> "a quantity";
            case UNIT -> "a unit";
            case NONE -> "none";
        };
    }
}
