package dev.meso.language.check;

import dev.meso.language.ast.BinaryOperator;
import dev.meso.language.ast.ComparisonOperator;
import dev.meso.language.ast.Span;
import dev.meso.language.diagnostic.Diagnostic;
import dev.meso.language.typed.Type;
import dev.meso.language.typed.Type.Kind;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.unit.Unit;
import java.util.EnumSet;
import java.util.Set;

/** What operators give and refuse. Only what must fail when it runs is refused here. */
final class Operators {
    /** Kinds that no arithmetic takes. */
    private static final Set<Kind> NOT_FOR_ARITHMETIC = EnumSet.of(
            Kind.TABLE,
            Kind.GRAPH,
            Kind.NULL_MODEL,
            Kind.MOTIF,
            Kind.MODULE,
            Kind.LOSS,
            Kind.MODEL,
            Kind.DYNAMICS,
            Kind.NONE);

    private final Session session;

    Operators(Session session) {
        this.session = session;
    }

    Type binary(BinaryOperator operator, Span operatorSpan, Type left, Span leftSpan, Type right, Span rightSpan) {
        if (refused(left) || refused(right)) {
            Type wrong = refused(left) ? left : right;
            Span where = refused(left) ? leftSpan : rightSpan;
            session.report(ErrorCode.WRONG_TYPE, where, "'" + operator.symbol() + "' cannot take " + wrong.title());
            return Type.UNKNOWN;
        }
        if (isText(left) != isText(right) && left.known() && right.known()) {
            return mixedText(operator, operatorSpan, left, leftSpan, right, rightSpan);
        }
        if (left.isNumber() && right.isNumber()) {
            boolean whole = left.is(Kind.INTEGER)
                    && right.is(Kind.INTEGER)
                    && operator != BinaryOperator.DIVIDE
                    && operator != BinaryOperator.POWER;
            return whole ? Type.INTEGER : operator == BinaryOperator.POWER ? Type.UNKNOWN : Type.DOUBLE;
        }
        if (unitOf(left) == null || unitOf(right) == null) {
            return Type.UNKNOWN;
        }
        return quantities(operator, operatorSpan, left, leftSpan, right, rightSpan);
    }

    private Type quantities(
            BinaryOperator operator, Span operatorSpan, Type left, Span leftSpan, Type right, Span rightSpan) {
        Unit a = unitOf(left);
        Unit b = unitOf(right);
        try {
            switch (operator) {
                case ADD, SUBTRACT, REMAINDER -> {
                    if (operator == BinaryOperator.REMAINDER && b.isOne()) {
                        return left;
                    }
                    String verb = operator == BinaryOperator.ADD
                            ? "add"
                            : operator == BinaryOperator.SUBTRACT ? "subtract" : "take the remainder of";
                    boolean same = sameDimension(verb, operatorSpan, left, leftSpan, right, rightSpan);
                    return same ? left : Type.UNKNOWN;
                }
                case MULTIPLY -> {
                    return quantity(a.times(b));
                }
                case DIVIDE -> {
                    return quantity(a.dividedBy(b));
                }
                case POWER -> {
                    if (!b.isOne()) {
                        session.report(session.error(ErrorCode.WRONG_UNIT, rightSpan, "an exponent cannot have a unit")
                                .saying(says(right)));
                    }
                    return Type.UNKNOWN;
                }
            }
        } catch (MesoException tooLarge) {
            session.report(tooLarge, operatorSpan);
        }
        return Type.UNKNOWN;
    }

    private static Type quantity(Unit unit) {
        return unit.dimension().equals(Unit.ONE.dimension()) ? Type.DOUBLE : new Type.Quantity(unit);
    }

    private Type mixedText(
            BinaryOperator operator, Span operatorSpan, Type left, Span leftSpan, Type right, Span rightSpan) {
        boolean other = (isText(left) ? right : left).isNumber()
                || (isText(left) ? right : left) instanceof Type.Quantity
                || (isText(left) ? right : left).is(Kind.BOOLEAN);
        if (!other || operator == BinaryOperator.MULTIPLY) {
            return Type.UNKNOWN;
        }
        Diagnostic diagnostic = session.error(
                        ErrorCode.WRONG_TYPE,
                        operatorSpan,
                        "'" + operator.symbol() + "' cannot take " + left.title() + " and " + right.title())
                .withLabel(session.source, leftSpan, left.title())
                .withLabel(session.source, rightSpan, right.title());
        session.report(
                operator == BinaryOperator.ADD
                        ? diagnostic.withHint("write the value inside the text: \"… {value}\"")
                        : diagnostic);
        return Type.UNKNOWN;
    }

    void comparison(ComparisonOperator operator, Type left, Span leftSpan, Type right, Span rightSpan) {
        if (operator == ComparisonOperator.IN || operator == ComparisonOperator.NOT_IN) {
            if (right.isNumber() || right.is(Kind.BOOLEAN) || right instanceof Type.Quantity) {
                session.report(session.error(
                                ErrorCode.WRONG_TYPE,
                                rightSpan,
                                "'" + operator.symbol() + "' cannot search in " + right.title())
                        .withHint("the right side is a list, a range, a column or text"));
            }
            return;
        }
        if (unitOf(left) != null && unitOf(right) != null) {
            sameDimension("compare", rightSpan, left, leftSpan, right, rightSpan);
            return;
        }
        boolean order = operator != ComparisonOperator.EQUAL && operator != ComparisonOperator.NOT_EQUAL;
        boolean mixed = isText(left) && unitOf(right) != null || unitOf(left) != null && isText(right);
        if (order && mixed) {
            session.report(session.error(
                            ErrorCode.WRONG_TYPE, rightSpan, "cannot compare " + left.title() + " and " + right.title())
                    .saying(right.title())
                    .withLabel(session.source, leftSpan, left.title()));
        }
    }

    /** Reports units that cannot be added or compared, both named; {@code at} may be the right side itself. */
    boolean sameDimension(String verb, Span at, Type left, Span leftSpan, Type right, Span rightSpan) {
        Unit a = unitOf(left);
        Unit b = unitOf(right);
        if (a == null || b == null || a.compatible(b)) {
            return true;
        }
        Diagnostic diagnostic = session.error(
                        ErrorCode.WRONG_UNIT, at, "cannot " + verb + " " + a.name() + " and " + b.name())
                .withLabel(session.source, leftSpan, says(left));
        session.report(
                at.equals(rightSpan)
                        ? diagnostic.saying(says(right))
                        : diagnostic.withLabel(session.source, rightSpan, says(right)));
        return false;
    }

    Type negate(Type operand, Span span) {
        if (refused(operand) || isText(operand) || operand.is(Kind.BOOLEAN)) {
            session.report(ErrorCode.WRONG_TYPE, span, "'-' cannot take " + operand.title());
            return Type.UNKNOWN;
        }
        return operand.isNumber() || operand instanceof Type.Quantity ? operand : Type.UNKNOWN;
    }

    /** Reports a condition that is surely neither true nor false. */
    void condition(Type type, Span span, String where) {
        if (type.isNumber()
                || isText(type)
                || refused(type)
                || type instanceof Type.Quantity
                || type instanceof Type.Function
                || type.is(Kind.LIST)
                || type.is(Kind.RANGE)) {
            session.report(
                    session.error(ErrorCode.WRONG_TYPE, span, where + " needs true or false, not " + type.title())
                            .withHint(type.isNumber() ? "compare it: '… > 0'" : null));
        }
    }

    /** Reports something that surely has no items. */
    void iterable(Type type, Span span) {
        if (type.isNumber()
                || type.is(Kind.BOOLEAN)
                || type.is(Kind.NONE)
                || type instanceof Type.Quantity
                || type instanceof Type.Function
                || type.is(Kind.NULL_MODEL)
                || type.is(Kind.MOTIF)
                || type.is(Kind.GRAPH)) {
            session.report(session.error(ErrorCode.WRONG_TYPE, span, "cannot go through " + type.title())
                    .withHint(
                            type.is(Kind.INTEGER)
                                    ? "write a range: 'for i in 1..n'"
                                    : type.is(Kind.GRAPH) ? "write '.neurons' or '.synapses' after the graph" : null));
        }
    }

    static Unit unitOf(Type type) {
        return type.isNumber() ? Unit.ONE : type instanceof Type.Quantity q ? q.unit() : null;
    }

    private static String says(Type type) {
        Unit unit = unitOf(type);
        return unit.isOne()
                ? "no unit"
                : unit.symbol() + ", " + unit.dimension().describe();
    }

    private static boolean isText(Type type) {
        return type.is(Kind.TEXT);
    }

    private static boolean refused(Type type) {
        return type instanceof Type.Plain plain && NOT_FOR_ARITHMETIC.contains(plain.kind());
    }
}
