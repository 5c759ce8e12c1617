package dev.meso.language.check;

import dev.meso.language.ast.BinaryOperator;
import dev.meso.language.ast.Declaration;
import dev.meso.language.ast.Expression;
import dev.meso.language.ast.Name;
import dev.meso.language.ast.Span;
import dev.meso.language.ast.Statement;
import dev.meso.language.check.Scopes.Binding;
import dev.meso.language.check.Scopes.BlockScope;
import dev.meso.language.check.Scopes.State;
import dev.meso.language.diagnostic.Diagnostic;
import dev.meso.language.typed.Code;
import dev.meso.language.typed.ModuleScope;
import dev.meso.language.typed.Type;
import dev.meso.language.typed.Variable;
import dev.meso.language.value.NoneValue;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.error.Suggest;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Checks statements: definitions, assignments, control flow, what is computed and dropped. */
final class Statements {
    private final Session session;
    private final Expressions expressions;
    private final Declarations declarations;
    private final Map<Statement.Import, ModuleScope> loaded = new IdentityHashMap<>();

    Statements(Session session, Expressions expressions) {
        this.session = session;
        this.expressions = expressions;
        this.declarations = new Declarations(session, expressions);
    }

    /** The statements of a block whose scope is {@code at}; {@code used} is whether the value of the last one is. */
    Checked sequence(BlockScope at, List<Statement> statements, Span span, boolean used) {
        for (Statement statement : statements) {
            announce(at, statement);
        }
        List<Code> items = new ArrayList<>(statements.size());
        Type type = Type.NONE;
        for (int i = 0; i < statements.size(); i++) {
            boolean last = used && i == statements.size() - 1;
            Checked checked = statement(at, statements.get(i), last, items);
            items.add(checked.code());
            type = last ? checked.type() : Type.UNKNOWN;
        }
        List<Variable> fresh = new ArrayList<>();
        for (Binding binding : at.names.values()) {
            if (binding.forward && !binding.topLevel && binding.variable.captured()) {
                fresh.add(binding.variable);
            }
        }
        if (!fresh.isEmpty()) {
            items.add(0, new Code.Fresh(new Span(span.start(), span.start()), fresh));
        }
        return new Checked(items.size() == 1 ? items.get(0) : new Code.Sequence(span, items), type);
    }

    // ---- names that a block defines ------------------------------------------------------------------------------

    private void announce(BlockScope at, Statement statement) {
        switch (statement) {
            case Statement.Let let -> announce(at, let.name(), let.mutable(), let.doc(), Type.UNKNOWN);
            case Statement.Function f ->
                announce(
                        at,
                        f.name(),
                        false,
                        f.doc(),
                        Expressions.signature(f.name().text(), f.parameters(), Type.UNKNOWN));
            case Statement.Declare d -> {
                Declaration declaration = d.declaration();
                announce(at, declaration.name(), false, declaration.doc(), Declarations.typeOf(declaration));
            }
            case Statement.Import i -> announceImport(at, i);
            default -> {}
        }
    }

    private void announce(BlockScope at, Name name, boolean mutable, String doc, Type type) {
        Binding before = at.names.get(name.text());
        if (before != null && !before.imported) {
            session.report(
                    session.error(ErrorCode.DUPLICATE_NAME, name.span(), "'" + name.text() + "' is defined twice")
                            .withLabel(session.source, before.span(), "first here")
                            .withHint(
                                    before.variable.mutable() && mutable
                                            ? "to change it, write '" + name.text() + " = …' without 'var'"
                                            : null));
            return;
        }
        boolean topLevel = at.parent == null;
        Binding binding = new Binding(new Variable(name.text(), mutable, name.span()), at.function, topLevel, doc);
        binding.type = type;
        at.function.place(binding.variable);
        at.names.put(name.text(), binding);
    }

    private void announceImport(BlockScope at, Statement.Import i) {
        ModuleScope scope;
        try {
            scope = session.environment.imports().load(location(i), i.module() != null);
        } catch (MesoException wrong) {
            session.report(wrong, i.span());
            if (i.alias() != null) {
                announce(at, i.alias(), false, null, Type.UNKNOWN);
            }
            return;
        }
        loaded.put(i, scope);
        if (i.alias() != null) {
            announce(at, i.alias(), false, null, new Type.Namespace(scope));
            return;
        }
        for (ModuleScope.Entry entry : scope.entries()) {
            if (entry.imported()) {
                continue;
            }
            Binding before = at.names.get(entry.name());
            if (before == null) {
                announce(at, new Name(i.span(), entry.name()), false, entry.doc(), entry.type());
                at.names.get(entry.name()).imported = true;
                at.names.get(entry.name()).source = scope;
            } else if (before.imported && before.source != scope) {
                session.report(session.warning(
                                ErrorCode.IMPORTED_TWICE,
                                i.span(),
                                "'" + entry.name() + "' is imported twice; the first one is used")
                        .withLabel(session.source, before.span(), "first here")
                        .withHint("import one of them under a name of its own: 'import … as …'"));
            }
        }
    }

    private static String location(Statement.Import i) {
        if (i.file() != null) {
            return i.file();
        }
        StringBuilder text = new StringBuilder();
        for (Name part : i.module()) {
            text.append(text.isEmpty() ? "" : ".").append(part.text());
        }
        return text.toString();
    }

    // ---- statements ------------------------------------------------------------------------------------------------

    private Checked statement(BlockScope at, Statement statement, boolean last, List<Code> before) {
        return switch (statement) {
            case Statement.Let let -> define(at, let.name(), let.span(), let);
            case Statement.Function f -> define(at, f.name(), f.span(), f);
            case Statement.Declare d -> define(at, d.declaration().name(), d.span(), d);
            case Statement.Assign a -> done(assign(at, a));
            case Statement.For f -> done(forLoop(at, f));
            case Statement.While w -> done(whileLoop(at, w));
            case Statement.Break b -> {
                verifyInLoop(at, b.span(), "break");
                yield done(new Code.Break(b.span()));
            }
            case Statement.Continue c -> {
                verifyInLoop(at, c.span(), "continue");
                yield done(new Code.Continue(c.span()));
            }
            case Statement.Return r -> done(returned(at, r));
            case Statement.Import i -> done(imported(at, i, before));
            case Statement.Assert a -> {
                Checked condition = expressions.check(at, a.condition());
                expressions.operators.condition(condition.type(), a.condition().span(), "'assert'");
                Code message = a.message() == null ? null : expressions.code(at, a.message());
                yield done(new Code.Assert(a.span(), condition.code(), message));
            }
            case Statement.Expect e -> done(expect(at, e));
            case Statement.Evaluate e -> evaluate(at, e, last);
        };
    }

    private static Checked done(Code code) {
        return new Checked(code, Type.NONE);
    }

    private Checked define(BlockScope at, Name name, Span span, Statement statement) {
        Binding binding = at.names.get(name.text());
        boolean again = !binding.span().equals(name.span());
        State old = binding.state;
        if (!again) {
            binding.state = State.DEFINING;
        }
        Checked value =
                switch (statement) {
                    case Statement.Let let ->
                        let.value() instanceof Expression.Lambda l
                                ? expressions.function(at, l.span(), name.text(), l.parameters(), l.body(), let.doc())
                                : expressions.check(at, let.value());
                    case Statement.Function f ->
                        expressions.function(at, f.span(), name.text(), f.parameters(), f.body(), f.doc());
                    case Statement.Declare d -> declarations.check(at, d.declaration());
                    default -> throw new IllegalArgumentException(statement.toString());
                };
        if (again) {
            binding.state = old;
            return done(value.code());
        }
        binding.state = State.DEFINED;
        binding.type = binding.variable.mutable() ? Type.UNKNOWN : value.type();
        boolean makesCell = !binding.forward;
        return done(new Code.Write(span, binding.variable, value.code(), makesCell));
    }

    private Code assign(BlockScope at, Statement.Assign a) {
        String name = a.name().text();
        Checked value = expressions.check(at, a.value());
        Names.Found found = expressions.names.find(at, name);
        if (found == null) {
            reportUnassignable(at, a.name());
            return value.code();
        }
        boolean mutable = found.entry() != null
                ? found.entry().mutable()
                : found.binding().variable.mutable();
        if (!mutable) {
            reportImmutable(a, found);
            return value.code();
        }
        Type old = expressions.names.typeOf(found);
        Variable variable = expressions.names.refer(at, found);
        Code result = value.code();
        if (a.operator() != null) {
            Code read = new Code.Read(a.name().span(), variable);
            Span operator = new Span(a.name().span().end(), a.value().span().start());
            Span sign = sign(operator, a.operator());
            expressions.operators.binary(
                    a.operator(),
                    sign,
                    old,
                    a.name().span(),
                    value.type(),
                    a.value().span());
            result = new Code.Binary(a.span(), a.operator(), sign, read, value.code());
        }
        return new Code.Write(a.span(), variable, result, false);
    }

    /** Where the sign of {@code +=} stands between the name and the value. */
    private Span sign(Span between, BinaryOperator operator) {
        int at = session.source.text().indexOf(operator.symbol(), between.start());
        boolean there = at >= 0 && at < between.end();
        return there ? new Span(at, Math.min(at + 2, between.end())) : between;
    }

    private void reportUnassignable(BlockScope at, Name name) {
        String text = name.text();
        for (BlockScope scope = at; scope != null; scope = scope.parent) {
            if (scope.names.containsKey(text)) {
                expressions.names.reportUnknown(at, text, name.span());
                return;
            }
        }
        if (session.environment.builtin().apply(text) != null) {
            session.report(session.error(
                            ErrorCode.NOT_MUTABLE, name.span(), "'" + text + "' is built in and cannot be assigned to")
                    .withHint("'var " + text + " = …' defines your own"));
            return;
        }
        String near = Suggest.didYouMean(text, expressions.names.visible(at));
        session.report(session.error(ErrorCode.UNKNOWN_NAME, name.span(), "'" + text + "' is not defined")
                .withHint(
                        !near.isEmpty()
                                ? near
                                : "define it with 'let " + text + " = …', or 'var " + text
                                        + " = …' if it will change"));
    }

    private void reportImmutable(Statement.Assign a, Names.Found found) {
        String name = a.name().text();
        Diagnostic diagnostic =
                session.error(ErrorCode.NOT_MUTABLE, a.name().span(), "'" + name + "' cannot be assigned to");
        if (found.entry() != null) {
            ModuleScope.Entry entry = found.entry();
            diagnostic = entry.source().text().isEmpty()
                    ? diagnostic
                    : diagnostic.withLabel(entry.source(), entry.definedAt(), "defined here");
            session.report(diagnostic.withHint("define it again: 'let " + name + " = …', or 'var' if it will change"));
            return;
        }
        Binding binding = found.binding();
        if (binding.imported || binding.type instanceof Type.Function) {
            String place = binding.imported ? "imported here" : "defined here";
            session.report(diagnostic.withLabel(session.source, binding.span(), place));
        } else if (binding.given) {
            session.report(diagnostic
                    .withLabel(
                            session.source, binding.span(), "given here; parameters and loop variables do not change")
                    .withHint("keep the new value under a name of its own: 'let other = …'"));
        } else {
            session.report(diagnostic
                    .withLabel(session.source, binding.span(), "defined here, without 'var'")
                    .withHint("define it with 'var " + name + "' if it should change"));
        }
    }

    private Code forLoop(BlockScope at, Statement.For f) {
        Checked iterable = expressions.check(at, f.iterable());
        expressions.operators.iterable(iterable.type(), f.iterable().span());
        BlockScope inside = new BlockScope(at, at.function);
        Binding item = inside.parameter(f.name().text(), f.name().span());
        at.function.loops++;
        Code body = expressions.block(inside, f.body(), false).code();
        at.function.loops--;
        return new Code.For(f.span(), item.variable, iterable.code(), body);
    }

    private Code whileLoop(BlockScope at, Statement.While w) {
        Checked condition = expressions.check(at, w.condition());
        expressions.operators.condition(condition.type(), w.condition().span(), "'while'");
        at.function.loops++;
        Code body = expressions.block(at, w.body(), false).code();
        at.function.loops--;
        return new Code.While(w.span(), condition.code(), body);
    }

    private void verifyInLoop(BlockScope at, Span span, String word) {
        if (at.function.loops == 0) {
            session.report(ErrorCode.MISPLACED_STATEMENT, span, "'" + word + "' stands outside any loop");
        }
    }

    private Code returned(BlockScope at, Statement.Return r) {
        if (at.function.isProgram()) {
            session.report(
                    session.error(ErrorCode.MISPLACED_STATEMENT, r.span(), "'return' stands outside any function")
                            .withNote("the value of a program is that of its last expression"));
        }
        return new Code.Return(r.span(), r.value() == null ? null : expressions.code(at, r.value()));
    }

    private Code imported(BlockScope at, Statement.Import i, List<Code> before) {
        ModuleScope scope = loaded.get(i);
        Code run = new Code.Import(i.span(), location(i), i.module() != null);
        if (i.alias() != null) {
            Binding binding = at.names.get(i.alias().text());
            binding.state = State.DEFINED;
            return new Code.Write(i.span(), binding.variable, run, !binding.forward);
        }
        if (scope == null) {
            return run;
        }
        Variable namespace = new Variable("import " + location(i), false, i.span());
        at.function.place(namespace);
        before.add(new Code.Write(i.span(), namespace, run, true));
        for (ModuleScope.Entry entry : scope.entries()) {
            Binding binding = at.names.get(entry.name());
            if (!entry.imported()
                    && binding != null
                    && binding.imported
                    && binding.span().equals(i.span())) {
                binding.state = State.DEFINED;
                Code read = new Code.Member(i.span(), new Code.Read(i.span(), namespace), i.span(), entry.name());
                before.add(new Code.Write(i.span(), binding.variable, read, !binding.forward));
            }
        }
        return new Code.Constant(i.span(), NoneValue.NONE);
    }

    private Code expect(BlockScope at, Statement.Expect e) {
        Code tolerance = null;
        Checked limit = null;
        if (e.tolerance() != null) {
            limit = expressions.check(at, e.tolerance());
            tolerance = limit.code();
        }
        Code source = e.source() == null ? null : expressions.code(at, e.source());
        boolean single = e.condition() instanceof Expression.Comparison c
                && c.operators().size() == 1;
        if (!single) {
            Checked condition = expressions.check(at, e.condition());
            expressions.operators.condition(condition.type(), e.condition().span(), "'expect'");
            if (limit != null) {
                session.report(session.error(
                                ErrorCode.WRONG_TYPE,
                                e.tolerance().span(),
                                "a tolerance needs one comparison before it")
                        .withHint("write 'expect x == 0.5 +- 0.01'"));
            }
            return new Code.Expect(e.span(), condition.code(), null, null, tolerance, source);
        }
        Expression.Comparison c = (Expression.Comparison) e.condition();
        Expression leftSide = c.operands().get(0);
        Expression rightSide = c.operands().get(1);
        Checked left = expressions.check(at, leftSide);
        Checked right = expressions.check(at, rightSide);
        expressions.operators.comparison(
                c.operators().get(0), left.type(), leftSide.span(), right.type(), rightSide.span());
        if (limit != null) {
            expressions.operators.sameDimension(
                    "take as tolerance of a value in",
                    e.tolerance().span(),
                    right.type(),
                    rightSide.span(),
                    limit.type(),
                    e.tolerance().span());
        }
        return new Code.Expect(e.span(), left.code(), c.operators().get(0), right.code(), tolerance, source);
    }

    private Checked evaluate(BlockScope at, Statement.Evaluate e, boolean last) {
        return switch (e.expression()) {
            case Expression.If i -> expressions.conditional(at, i, last);
            case Expression.Block b -> expressions.block(at, b, last);
            case Expression value -> {
                Checked checked = expressions.check(at, value);
                boolean call = value instanceof Expression.Call || value instanceof Expression.Pipe;
                if (!last && !call) {
                    reportDropped(value);
                }
                yield checked;
            }
        };
    }

    private void reportDropped(Expression value) {
        Diagnostic diagnostic =
                session.error(ErrorCode.VALUE_DROPPED, value.span(), "this value is computed and then dropped");
        String hint = "show it with 'print(…)', keep it with 'let name = …', or remove the line";
        if (value instanceof Expression.Comparison c
                && c.operators().contains(dev.meso.language.ast.ComparisonOperator.EQUAL)) {
            hint = "to assign, write '='; to require it, write 'assert' or 'expect' before it";
        }
        session.report(diagnostic.withHint(hint));
    }
}
