package dev.meso.language.ast;

import java.util.List;

/** What has a value. */
public sealed interface Expression {
    Span span();

    record IntegerLiteral(Span span, long value) implements Expression {}

    record DoubleLiteral(Span span, double value) implements Expression {}

    record BooleanLiteral(Span span, boolean value) implements Expression {}

    record NoneLiteral(Span span) implements Expression {}

    /** {@code 20 um}: {@code unit} is the unit as written ({@code "uF/cm^2"}). */
    record QuantityLiteral(Span span, double value, Span unitSpan, String unit) implements Expression {}

    /** A string; without interpolation it is one {@link TextPiece.Literal} or none. */
    record TextLiteral(Span span, List<TextPiece> pieces) implements Expression {}

    record Variable(Span span, String name) implements Expression {}

    record ListLiteral(Span span, List<Expression> items) implements Expression {}

    /** {@code {name: "AVA", n: 2}}. */
    record RecordLiteral(Span span, List<Field> fields) implements Expression {}

    record Field(Span span, Name name, Expression value) {}

    /** {@code 1..10 step 2}: {@code step} may be null. Open ends occur only as an index and are a {@link Slice}. */
    record Range(Span span, Expression from, Expression to, Expression step) implements Expression {}

    record Negate(Span span, Expression operand) implements Expression {}

    record Not(Span span, Expression operand) implements Expression {}

    /** {@code operatorSpan} is where the sign stands. */
    record Binary(Span span, BinaryOperator operator, Span operatorSpan, Expression left, Expression right)
            implements Expression {}

    /** {@code a < b <= c}: one more operand than operators. */
    record Comparison(Span span, List<Expression> operands, List<ComparisonOperator> operators) implements Expression {}

    record And(Span span, Expression left, Expression right) implements Expression {}

    record Or(Span span, Expression left, Expression right) implements Expression {}

    /** {@code if c { … } else { … }}: {@code otherwise} is a block, another {@code If}, or null. */
    record If(Span span, Expression condition, Block then, Expression otherwise) implements Expression {}

    /** Statements in braces; its value is that of the last one where that is an expression, else none. */
    record Block(Span span, List<Statement> statements) implements Expression {}

    /** {@code x => x.axon_len > 100}, {@code (a, b) => a + b}; a body in braces is a {@link Block}. */
    record Lambda(Span span, List<Parameter> parameters, Expression body) implements Expression {}

    record Call(Span span, Expression callee, List<Argument> arguments) implements Expression {}

    /** {@code left |> f(b)}: {@code left} becomes the first argument; {@code arguments} is empty for a bare name. */
    record Pipe(Span span, Expression left, Expression callee, List<Argument> arguments) implements Expression {}

    record Member(Span span, Expression target, Name name) implements Expression {}

    record Index(Span span, Expression target, Expression index) implements Expression {}

    /** {@code xs[1..]}, {@code xs[..2]}, {@code xs[1..3]}: both ends inclusive; either may be null. */
    record Slice(Span span, Expression target, Expression from, Expression to) implements Expression {}
}
