package dev.meso.language.check;

import dev.meso.language.ast.Argument;
import dev.meso.language.ast.ComparisonOperator;
import dev.meso.language.ast.Expression;
import dev.meso.language.ast.Parameter;
import dev.meso.language.ast.Span;
import dev.meso.language.ast.TextPiece;
import dev.meso.language.builtin.Builtin;
import dev.meso.language.check.Scopes.BlockScope;
import dev.meso.language.check.Scopes.FunctionScope;
import dev.meso.language.typed.Code;
import dev.meso.language.typed.FunctionCode;
import dev.meso.language.typed.ModuleScope;
import dev.meso.language.typed.Type;
import dev.meso.language.typed.Type.Kind;
import dev.meso.language.value.NoneValue;
import dev.meso.language.value.QuantityValue;
import dev.meso.language.value.UnitValue;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.error.Suggest;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks expressions: names, units, operands, arguments. */
final class Expressions {
    private final Session session;
    final Names names;
    final Operators operators;
    final Arguments arguments;
    private Statements statements;

    Expressions(Session session) {
        this.session = session;
        this.names = new Names(session);
        this.operators = new Operators(session);
        this.arguments = new Arguments(session);
    }

    void use(Statements newStatements) {
        statements = newStatements;
    }

    /** Only the code, where nothing is asked of the type. */
    Code code(BlockScope at, Expression e) {
        return check(at, e).code();
    }

    Checked check(BlockScope at, Expression e) {
        return switch (e) {
            case Expression.IntegerLiteral i -> new Checked(new Code.Constant(i.span(), i.value()), Type.INTEGER);
            case Expression.DoubleLiteral d -> new Checked(new Code.Constant(d.span(), d.value()), Type.DOUBLE);
            case Expression.BooleanLiteral b -> new Checked(new Code.Constant(b.span(), b.value()), Type.BOOLEAN);
            case Expression.NoneLiteral n -> new Checked(new Code.Constant(n.span(), NoneValue.NONE), Type.NONE);
            case Expression.QuantityLiteral q -> quantity(q);
            case Expression.TextLiteral t -> text(at, t);
            case Expression.Variable v -> variable(at, v, false);
            case Expression.ListLiteral l -> list(at, l);
            case Expression.RecordLiteral r -> record(at, r);
            case Expression.Range r -> range(at, r);
            case Expression.Negate n -> {
                Checked operand = check(at, n.operand());
                Type type = operators.negate(operand.type(), n.operand().span());
                yield new Checked(new Code.Negate(n.span(), operand.code()), type);
            }
            case Expression.Not n -> {
                Checked operand = check(at, n.operand());
                operators.condition(operand.type(), n.operand().span(), "'not'");
                yield new Checked(new Code.Not(n.span(), operand.code()), logical(operand.type(), Type.BOOLEAN));
            }
            case Expression.Binary b -> binary(at, b);
            case Expression.Comparison c -> comparison(at, c);
            case Expression.And a -> {
                Checked left = check(at, a.left());
                Checked right = check(at, a.right());
                operators.condition(left.type(), a.left().span(), "'and'");
                operators.condition(right.type(), a.right().span(), "'and'");
                yield new Checked(
                        new Code.And(a.span(), left.code(), right.code()), logical(left.type(), right.type()));
            }
            case Expression.Or o -> {
                Checked left = check(at, o.left());
                Checked right = check(at, o.right());
                operators.condition(left.type(), o.left().span(), "'or'");
                operators.condition(right.type(), o.right().span(), "'or'");
                yield new Checked(new Code.Or(o.span(), left.code(), right.code()), logical(left.type(), right.type()));
            }
            case Expression.If i -> conditional(at, i, true);
            case Expression.Block b -> block(at, b, true);
            case Expression.Lambda l -> lambda(at, l);
            case Expression.Call c -> call(at, c.span(), c.callee(), null, c.arguments());
            case Expression.Pipe p -> call(at, p.span(), p.callee(), p.left(), p.arguments());
            case Expression.Member m -> member(at, m);
            case Expression.Index i ->
                Checked.unknown(new Code.Index(i.span(), indexed(at, i.target()), code(at, i.index())));
            case Expression.Slice s ->
                Checked.unknown(new Code.Slice(
                        s.span(),
                        indexed(at, s.target()),
                        s.from() == null ? null : code(at, s.from()),
                        s.to() == null ? null : code(at, s.to())));
        };
    }

    private static Type logical(Type left, Type right) {
        return left.is(Kind.BOOLEAN) && right.is(Kind.BOOLEAN) ? Type.BOOLEAN : Type.UNKNOWN;
    }

    private Code indexed(BlockScope at, Expression target) {
        Checked checked = check(at, target);
        Type type = checked.type();
        if (type.isNumber() || type.is(Kind.BOOLEAN) || type.is(Kind.NONE) || type instanceof Type.Function) {
            session.report(ErrorCode.WRONG_TYPE, target.span(), type.title() + " has no items: '[…]' cannot follow it");
        }
        return checked.code();
    }

    private Checked quantity(Expression.QuantityLiteral q) {
        try {
            Unit unit = Unit.parse(q.unit());
            return new Checked(
                    new Code.Constant(q.span(), new QuantityValue(q.value(), unit)), new Type.Quantity(unit));
        } catch (MesoException unknown) {
            session.report(unknown, q.unitSpan());
            return Checked.unknown(new Code.Constant(q.span(), q.value()));
        }
    }

    private Checked text(BlockScope at, Expression.TextLiteral t) {
        StringBuilder whole = new StringBuilder();
        List<Code.Piece> pieces = new ArrayList<>();
        boolean constant = true;
        for (TextPiece piece : t.pieces()) {
            switch (piece) {
                case TextPiece.Literal literal -> {
                    whole.append(literal.text());
                    pieces.add(new Code.Piece(literal.text(), null, null));
                }
                case TextPiece.Interpolation value -> {
                    constant = false;
                    pieces.add(new Code.Piece(null, code(at, value.value()), value.format()));
                }
            }
        }
        Code code = constant ? new Code.Constant(t.span(), whole.toString()) : new Code.Text(t.span(), pieces);
        return new Checked(code, Type.TEXT);
    }

    private Checked variable(BlockScope at, Expression.Variable v, boolean called) {
        Checked found = names.read(at, v.name(), v.span(), called);
        return found.code() instanceof Code.Constant c && c.value() instanceof Unit unit
                ? new Checked(new Code.Constant(c.span(), new UnitValue(unit)), found.type())
                : found;
    }

    private Checked list(BlockScope at, Expression.ListLiteral l) {
        List<Code> items = new ArrayList<>(l.items().size());
        for (Expression item : l.items()) {
            items.add(code(at, item));
        }
        return new Checked(new Code.ListOf(l.span(), items), Type.of(Kind.LIST));
    }

    private Checked record(BlockScope at, Expression.RecordLiteral r) {
        List<String> fields = new ArrayList<>();
        List<Code> values = new ArrayList<>();
        List<Type> types = new ArrayList<>();
        Map<String, Span> seen = new HashMap<>();
        for (Expression.Field field : r.fields()) {
            Span first = seen.putIfAbsent(field.name().text(), field.name().span());
            if (first != null) {
                session.report(session.error(
                                ErrorCode.DUPLICATE_NAME,
                                field.name().span(),
                                "the field '" + field.name().text() + "' is given twice")
                        .withLabel(session.source, first, "first here"));
            }
            Checked value = check(at, field.value());
            fields.add(field.name().text());
            values.add(value.code());
            types.add(value.type());
        }
        return new Checked(new Code.RecordOf(r.span(), fields, values), new Type.Fields(fields, types));
    }

    private Checked range(BlockScope at, Expression.Range r) {
        Checked from = check(at, r.from());
        Checked to = check(at, r.to());
        operators.sameDimension(
                "make a range of", r.to().span(), from.type(), r.from().span(), to.type(), r.to().span());
        for (Checked end : List.of(from, to)) {
            if (end.type().is(Kind.TEXT)
                    || end.type().is(Kind.BOOLEAN)
                    || end.type().is(Kind.LIST)) {
                session.report(
                        ErrorCode.WRONG_TYPE,
                        end == from ? r.from().span() : r.to().span(),
                        "a range goes from number to number, not to "
                                + end.type().title());
            }
        }
        Code step = r.step() == null ? null : code(at, r.step());
        return new Checked(new Code.RangeOf(r.span(), from.code(), to.code(), step), Type.of(Kind.RANGE));
    }

    private Checked binary(BlockScope at, Expression.Binary b) {
        Checked left = check(at, b.left());
        Checked right = check(at, b.right());
        Type type = operators.binary(
                b.operator(),
                b.operatorSpan(),
                left.type(),
                b.left().span(),
                right.type(),
                b.right().span());
        return new Checked(new Code.Binary(b.span(), b.operator(), b.operatorSpan(), left.code(), right.code()), type);
    }

    private Checked comparison(BlockScope at, Expression.Comparison c) {
        List<Code> operands = new ArrayList<>();
        List<Type> types = new ArrayList<>();
        for (Expression operand : c.operands()) {
            Checked checked = check(at, operand);
            operands.add(checked.code());
            types.add(checked.type());
        }
        boolean plain = true;
        for (int i = 0; i < c.operators().size(); i++) {
            ComparisonOperator operator = c.operators().get(i);
            Span left = c.operands().get(i).span();
            Span right = c.operands().get(i + 1).span();
            operators.comparison(operator, types.get(i), left, types.get(i + 1), right);
            plain &= scalar(types.get(i)) && scalar(types.get(i + 1));
        }
        return new Checked(new Code.Comparison(c.span(), operands, c.operators()), plain ? Type.BOOLEAN : Type.UNKNOWN);
    }

    private static boolean scalar(Type type) {
        return type.isNumber() || type.is(Kind.TEXT) || type.is(Kind.BOOLEAN) || type instanceof Type.Quantity;
    }

    /** {@code used}: whether the value is; a branch that is not may not end in a value. */
    Checked conditional(BlockScope at, Expression.If i, boolean used) {
        Checked condition = check(at, i.condition());
        operators.condition(condition.type(), i.condition().span(), "'if'");
        Checked then = block(at, i.then(), used);
        Checked otherwise =
                switch (i.otherwise()) {
                    case null -> null;
                    case Expression.If more -> conditional(at, more, used);
                    case Expression.Block block -> block(at, block, used);
                    case Expression other -> check(at, other);
                };
        Code code = new Code.If(i.span(), condition.code(), then.code(), otherwise == null ? null : otherwise.code());
        boolean same = otherwise != null && then.type().equals(otherwise.type());
        return new Checked(code, same ? then.type() : Type.UNKNOWN);
    }

    Checked block(BlockScope at, Expression.Block block, boolean used) {
        BlockScope inside = new BlockScope(at, at.function);
        return statements.sequence(inside, block.statements(), block.span(), used);
    }

    private Checked lambda(BlockScope at, Expression.Lambda l) {
        Checked made = function(at, l.span(), null, l.parameters(), l.body(), null);
        return made;
    }

    /** A closure; {@code name} is null for a lambda. */
    Checked function(BlockScope at, Span span, String name, List<Parameter> parameters, Expression body, String doc) {
        FunctionScope inside = new FunctionScope(at.function);
        BlockScope scope = new BlockScope(at, inside);
        List<FunctionCode.ParameterCode> codes = parameters(scope, parameters);
        Checked value = check(scope, body);
        FunctionCode function = new FunctionCode(
                span,
                name == null ? "lambda" : name,
                codes,
                value.code(),
                inside.slots,
                inside.captures,
                List.of(),
                doc);
        Type result = body instanceof Expression.Block ? Type.UNKNOWN : value.type();
        return new Checked(new Code.Closure(span, function), signature(function.name(), parameters, result));
    }

    /** Declares the parameters and checks their defaults, which see the parameters before them. */
    List<FunctionCode.ParameterCode> parameters(BlockScope scope, List<Parameter> parameters) {
        List<FunctionCode.ParameterCode> codes = new ArrayList<>();
        Parameter optional = null;
        for (Parameter p : parameters) {
            Code defaultValue = p.defaultValue() == null ? null : code(scope, p.defaultValue());
            Scopes.Binding before = scope.names.get(p.name().text());
            if (before != null) {
                session.report(session.error(
                                ErrorCode.DUPLICATE_NAME,
                                p.name().span(),
                                "two parameters are called '" + p.name().text() + "'")
                        .withLabel(session.source, before.span(), "first here"));
            }
            if (optional != null && p.defaultValue() == null) {
                session.report(session.error(
                                ErrorCode.ARGUMENT_ORDER,
                                p.name().span(),
                                "the parameter '" + p.name().text()
                                        + "' must be given but stands after one with a default")
                        .withLabel(session.source, optional.name().span(), "this one has a default"));
            }
            optional = p.defaultValue() == null ? optional : p;
            Scopes.Binding binding = scope.parameter(p.name().text(), p.name().span());
            codes.add(new FunctionCode.ParameterCode(p.span(), binding.variable, defaultValue));
        }
        return codes;
    }

    static Type signature(String name, List<Parameter> parameters, Type result) {
        List<Type.Parameter> known = new ArrayList<>();
        for (Parameter p : parameters) {
            known.add(new Type.Parameter(p.name().text(), p.defaultValue() == null));
        }
        return new Type.Function(name, known, result);
    }

    private Checked call(BlockScope at, Span span, Expression callee, Expression piped, List<Argument> given) {
        Checked first = piped == null ? null : check(at, piped);
        Checked target = callee instanceof Expression.Variable v ? variable(at, v, true) : check(at, callee);
        List<Code> positional = new ArrayList<>();
        List<Code.NamedArgument> named = new ArrayList<>();
        List<Arguments.Given> checked = new ArrayList<>();
        if (first != null) {
            positional.add(first.code());
            checked.add(new Arguments.Given(null, piped.span(), first.type()));
        }
        for (Argument argument : given) {
            Checked value = check(at, argument.value());
            checked.add(new Arguments.Given(argument, argument.value().span(), value.type()));
            if (argument.name() == null) {
                positional.add(value.code());
            } else {
                named.add(new Code.NamedArgument(
                        argument.name().span(), argument.name().text(), value.code()));
            }
        }
        arguments.verifyNames(checked);
        Type type = called(target, callee, checked, span);
        return new Checked(new Code.Call(span, target.code(), positional, named), type);
    }

    /** Checks the arguments against what is called; gives what is known of the result. */
    private Type called(Checked target, Expression callee, List<Arguments.Given> given, Span span) {
        switch (target.type()) {
            case Type.BuiltinFunction f -> {
                int skip = target.code() instanceof Code.Member ? 1 : 0;
                arguments.check(f.builtin(), skip, given, span);
                return Kinds.typeOf(f.builtin().result());
            }
            case Type.Function f -> {
                arguments.check(f, given, span);
                return f.result();
            }
            case Type.Unknown u -> {
                return Type.UNKNOWN;
            }
            default -> {
                if (!(target.type() instanceof Type.Plain plain) || !mayBeCalled(plain.kind())) {
                    reportNotAFunction(target.type(), callee);
                }
                return Type.UNKNOWN;
            }
        }
    }

    private void reportNotAFunction(Type type, Expression callee) {
        String what = callee instanceof Expression.Variable v ? "'" + v.name() + "'" : "this";
        session.report(session.error(
                        ErrorCode.NOT_A_FUNCTION,
                        callee.span(),
                        what + " is " + type.title() + ", which cannot be called")
                .withHint(type.isNumber() ? "write '*' to multiply" : null));
    }

    private static boolean mayBeCalled(Kind kind) {
        return switch (kind) {
            case INTEGER, DOUBLE, BOOLEAN, TEXT, NONE, LIST, RANGE, COLUMN, TABLE, GRAPH, UNIT, ANY_QUANTITY -> false;
            case NULL_MODEL, MOTIF, STATISTIC, PARTITION, MODULE, LOSS, MODEL, DYNAMICS, ANY_RECORD, ANY_FUNCTION ->
                true;
        };
    }

    private Checked member(BlockScope at, Expression.Member m) {
        Checked target = check(at, m.target());
        Code code = new Code.Member(
                m.span(), target.code(), m.name().span(), m.name().text());
        return new Checked(code, memberType(target.type(), m));
    }

    private Type memberType(Type target, Expression.Member m) {
        String name = m.name().text();
        if (target instanceof Type.Namespace namespace) {
            ModuleScope.Entry entry = namespace.scope().find(name);
            if (entry != null && !entry.imported()) {
                return entry.type();
            }
            List<String> all = new ArrayList<>();
            for (ModuleScope.Entry other : namespace.scope().entries()) {
                if (!other.imported()) {
                    all.add(other.name());
                }
            }
            unknownMember("'" + namespace.scope().name() + "' has no '" + name + "'", m, all);
            return Type.UNKNOWN;
        }
        if (target instanceof Type.Fields fields) {
            int index = fields.names().indexOf(name);
            if (index >= 0) {
                return fields.types().get(index);
            }
            return Type.UNKNOWN;
        }
        Builtin.Kind kind = Kinds.memberKind(target);
        if (kind == null) {
            return Type.UNKNOWN;
        }
        Environment.MemberTables tables = session.environment.members();
        Builtin found = tables.find(kind, name);
        if (found != null) {
            return tables.isProperty(kind, name) ? Kinds.typeOf(found.result()) : new Type.BuiltinFunction(found);
        }
        var all = tables.names(kind);
        if (all != null) {
            unknownMember(target.title() + " has no member '" + name + "'", m, new ArrayList<>(all));
        }
        return Type.UNKNOWN;
    }

    private void unknownMember(String message, Expression.Member m, List<String> all) {
        String hint = Suggest.didYouMean(m.name().text(), all);
        var diagnostic = session.error(ErrorCode.UNKNOWN_MEMBER, m.name().span(), message);
        if (hint.isEmpty() && !all.isEmpty()) {
            diagnostic = diagnostic.withNote("it has " + String.join(", ", all));
        }
        session.report(diagnostic.withHint(hint));
    }
}
