package dev.meso.language.ast;

import java.util.List;

/** What a program or block is made of. {@code doc} is the text of the {@code ///} comment before it, or null. */
public sealed interface Statement {
    Span span();

    /** {@code let n = 10}, {@code var k = 0}. */
    record Let(Span span, Name name, Expression value, boolean mutable, String doc) implements Statement {}

    /** {@code k = k + 1}, {@code k += 1}: {@code operator} is null for plain {@code =}. */
    record Assign(Span span, Name name, BinaryOperator operator, Expression value) implements Statement {}

    /** {@code fn square(x) = x * x}; a body in braces is a {@link Expression.Block}. */
    record Function(Span span, Name name, List<Parameter> parameters, Expression body, String doc)
            implements Statement {}

    /** {@code for c in g.neurons { … }}. */
    record For(Span span, Name name, Expression iterable, Expression.Block body) implements Statement {}

    /** {@code while k < 10 { … }}. */
    record While(Span span, Expression condition, Expression.Block body) implements Statement {}

    record Break(Span span) implements Statement {}

    record Continue(Span span) implements Statement {}

    /** {@code return x}; {@code value} is null where nothing is returned. */
    record Return(Span span, Expression value) implements Statement {}

    /** {@code import "motifs/feedback.meso" as fb} ({@code file} set) or {@code import std.motifs} ({@code module} set). */
    record Import(Span span, String file, List<Name> module, Name alias) implements Statement {}

    /** {@code assert condition, "message"}; {@code message} may be null. */
    record Assert(Span span, Expression condition, Expression message) implements Statement {}

    /** {@code expect a == b +- t from "source"}; {@code tolerance} and {@code source} may be null. */
    record Expect(Span span, Expression condition, Expression tolerance, Expression source) implements Statement {}

    /** An expression on a line of its own. */
    record Evaluate(Span span, Expression expression) implements Statement {}

    /** {@code null CFG { … }}, {@code motif ffl { … }} and their kin. */
    record Declare(Span span, Declaration declaration) implements Statement {}
}
