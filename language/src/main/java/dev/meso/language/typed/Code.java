package dev.meso.language.typed;

import dev.meso.language.ast.BinaryOperator;
import dev.meso.language.ast.ComparisonOperator;
import dev.meso.language.ast.Declaration;
import dev.meso.language.ast.Span;
import dev.meso.language.builtin.Builtin;
import java.util.List;

/**
 * The checked program: names are variables, pipes are calls, chains of links are single edges. Each record becomes one
 * node. {@code check} makes it, {@code nodes} reads it.
 */
public sealed interface Code {
    Span span();

    /** A value known now: Long, Double, Boolean, String, None or a Quantity. */
    record Constant(Span span, Object value) implements Code {}

    /** A string with interpolation. */
    record Text(Span span, List<Piece> pieces) implements Code {}

    /** {@code literal} xor {@code value} is null; {@code format} may be null. */
    record Piece(String literal, Code value, String format) {}

    record ListOf(Span span, List<Code> items) implements Code {}

    record RecordOf(Span span, List<String> names, List<Code> values) implements Code {}

    /** {@code step} may be null. */
    record RangeOf(Span span, Code from, Code to, Code step) implements Code {}

    record Read(Span span, Variable variable) implements Code {}

    /**
     * Gives captured LOCAL variables a new empty {@link Cell}, at the start of a block in which functions mention them
     * before their definition. Their definition then fills that cell: it is a {@link Write} with {@code definition} false.
     */
    record Fresh(Span span, List<Variable> variables) implements Code {}

    /** Defines (a captured variable gets a new cell, so each turn of a loop has its own) or assigns; its value is none. */
    record Write(Span span, Variable variable, Code value, boolean definition) implements Code {}

    record ReadBuiltin(Span span, Builtin builtin) implements Code {}

    /** A name of the standard library, loaded when first reached: {@code module} is {@code "std.motifs"}. */
    record ReadLibrary(Span span, String module, String name) implements Code {}

    record Negate(Span span, Code operand) implements Code {}

    record Not(Span span, Code operand) implements Code {}

    record Binary(Span span, BinaryOperator operator, Span operatorSpan, Code left, Code right) implements Code {}

    record Comparison(Span span, List<Code> operands, List<ComparisonOperator> operators) implements Code {}

    record And(Span span, Code left, Code right) implements Code {}

    record Or(Span span, Code left, Code right) implements Code {}

    /** {@code otherwise} may be null: then the value is none where the condition is false. */
    record If(Span span, Code condition, Code then, Code otherwise) implements Code {}

    /** The value is that of the last item, none where there is none. */
    record Sequence(Span span, List<Code> items) implements Code {}

    record For(Span span, Variable variable, Code iterable, Code body) implements Code {}

    record While(Span span, Code condition, Code body) implements Code {}

    record Break(Span span) implements Code {}

    record Continue(Span span) implements Code {}

    /** {@code value} may be null. */
    record Return(Span span, Code value) implements Code {}

    record Closure(Span span, FunctionCode function) implements Code {}

    record Call(Span span, Code callee, List<Code> positional, List<NamedArgument> named) implements Code {}

    record NamedArgument(Span nameSpan, String name, Code value) {}

    record Member(Span span, Code target, Span nameSpan, String name) implements Code {}

    record Index(Span span, Code target, Code index) implements Code {}

    /** {@code from} and {@code to} may be null. */
    record Slice(Span span, Code target, Code from, Code to) implements Code {}

    /** {@code message} may be null. */
    record Assert(Span span, Code condition, Code message) implements Code {}

    /**
     * {@code left operator right +- tolerance from source}; where the condition is no single comparison, {@code right} and
     * {@code operator} are null and {@code left} is a Boolean. {@code tolerance} and {@code source} may be null.
     */
    record Expect(Span span, Code left, ComparisonOperator operator, Code right, Code tolerance, Code source)
            implements Code {}

    /**
     * Runs another file, once in a session, and gives its namespace. A plain {@code import} becomes a {@link Write} of it to a
     * variable without a legal name and one {@link Write} of a {@link Member} for each name.
     */
    record Import(Span span, String location, boolean library) implements Code {}

    /**
     * A null model. {@code options} are the named arguments in brackets, called {@code "blocks.partition"},
     * {@code "distance.bins"}, {@code "sample.per_edge"}; positional ones are columns, to be read in the declaration.
     */
    record NullModel(Span span, Declaration.NullModel declaration, List<NamedArgument> options) implements Code {}

    /**
     * A motif. Predicates are functions of the motif variables they mention (records of neuron attributes) or of one
     * connection (its attributes); {@code within} bounds and free names are closed over. A motif with parameters is a
     * {@link Closure} whose body is the motif.
     *
     * @param variables the names of the motif variables, in order of first mention in an edge
     * @param where one predicate for each part of an {@code and}
     * @param arguments reads the parameters of the motif, where it has some
     */
    record Motif(
            Span span,
            Declaration.Motif declaration,
            List<String> variables,
            List<EdgeCode> edges,
            List<PredicateCode> where,
            List<Code> arguments)
            implements Code {}

    /**
     * One edge between motif variables {@code from} and {@code to} (indexes in order of first mention in an edge). {@code arrow} is
     * TO, MUTUAL or ABSENT. {@code predicate} (or null) takes one connection; {@code hops} may be null.
     */
    record EdgeCode(Span span, int from, int to, Declaration.Arrow arrow, Closure predicate, Code hops) {}

    /** A condition on the motif variables listed; {@code function} takes one argument per variable. */
    record PredicateCode(Span span, List<Integer> variables, Closure function) {}

    /**
     * A module, a loss or a model. {@code body} is a record of what its clauses say: for a module {@code layers}, {@code domain} and
     * {@code interface}, for a loss one function for each term, for a model a field for each clause.
     */
    record Declared(Span span, Declaration declaration, Code body) implements Code {}

    /** A dynamics: a printable value; running it comes with a later version. */
    record Other(Span span, Declaration declaration) implements Code {}
}
